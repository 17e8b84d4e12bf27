"""Tutors of an experiment that speak through a language model over HTTP: their words, their failures, their costs."""

import json
import pickle
from dataclasses import replace
from itertools import pairwise

import pytest

from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.evaluate.judging_dialogues.cases import Unit
from preceptor.evaluate.tutoring.design import LabDesign
from preceptor.progress import silent
from preceptor.workflow.built_in import BuiltInOptions, make_built_in_course
from preceptor.workflow.spoken_design import LabModel, SpokenDesign, model_told
from preceptor.workflow.training import train
from preceptor.workflow.training_options import TrainOptions
from preceptor.workflow.tutor_cases import tutor_cases
from preceptor.workflow.tutor_evaluation import evaluate_tutor
from preceptor.workflow.tutor_pieces import checked_arms, laboratory
from preceptor.workflow.tutor_runs import LabOptions, pieces_of

DRAFT = "Look at what each number stands for. Then put the parts together."
FALSE = "By the way, $2 + 2 = 5$."
DESIGN = LabDesign("logistic", students=3, turns=3)
ARMS = ("none", "random", "vanilla-icl", "tasa")
SPEAKING = ("vanilla-icl", "tasa")


@pytest.fixture(scope="module")
def pristine(tmp_path_factory, still_clock, now, fits_end_early):
    made = make_built_in_course(tmp_path_factory.mktemp("voices") / "course", BuiltInOptions(students=30, days=20), now)
    with fits_end_early():
        train(made, TrainOptions(model="history"), still_clock, silent)
    return made


@pytest.fixture
def course(pristine):
    """The course without anything that an earlier test left there."""
    for name in ("runs/tutor", "asked"):
        for file in (pristine.path / name).glob("*.*"):
            file.unlink()
    return Course.open(pristine.path)


@pytest.fixture
def asked(course, scripted, still_clock):
    """Runs arms through a server that answers with `respond`; returns the result, its pieces and the server."""

    def run(respond, arms=ARMS, seeds=1, **model):
        with scripted.ScriptedServer(respond) as server:
            named = LabModel.named(course, server.url, model.pop("name", "tiny-7B"), **model)
            options = LabOptions(arms, SpokenDesign.of(DESIGN, named), seeds)
            result = evaluate_tutor(course, options, still_clock, silent)
            pieces = {piece.arm: json.loads(piece.path.read_bytes()) for piece in pieces_of(course, options)}
        return result, pieces, server

    return run


@pytest.fixture
def composed(course, still_clock):
    """Outcomes of the same arms without a model."""

    def run(arms):
        options = LabOptions(arms, DESIGN, 1)
        evaluate_tutor(course, options, still_clock, silent)
        return [json.loads(piece.path.read_bytes())["outcomes"] for piece in pieces_of(course, options)]

    return run


@pytest.fixture
def heard(course, scripted):
    """What a student hears in whole sessions where the server says `draft`, by arm."""

    def run(draft, arms=SPEAKING):
        with scripted.ScriptedServer(lambda body: scripted.Answer(draft)) as server:
            design = SpokenDesign.of(DESIGN, LabModel.named(course, server.url, "tiny"))
            cases = tutor_cases(course, LabOptions(arms, design), silent)
        return [case for case in cases if case.unit is Unit.DIALOGUE], server

    return run


def replies(case, arm):
    """What the tutor says to the answers of a session; its other words stand with the questions."""
    said = case.arms[arm]
    return [after.text for before, after in pairwise(said) if before.role == "student"]


def test_the_words_of_a_full_form_are_the_models_behind_a_deterministic_verdict(heard):
    cases, _ = heard(DRAFT)
    for case in cases:
        for arm in SPEAKING:
            told = replies(case, arm)
            assert len(told) == DESIGN.turns
            assert all(DRAFT in reply and reply.index(DRAFT) > 0 for reply in told)


def test_what_the_guard_refuses_reaches_no_student(heard):
    cases, _ = heard(f"{DRAFT} {FALSE}")
    told = [reply for case in cases for arm in SPEAKING for reply in replies(case, arm)]
    assert told
    assert all("2 + 2 = 5" not in reply for reply in told)


def test_the_model_is_told_the_session_so_far(heard):
    cases, server = heard(DRAFT, ("tasa", "random"))
    shown = [body["messages"][-1]["content"] for body in server.requests]
    first = [text for text in shown if DRAFT[:20] not in text]
    assert len(first) >= len(cases)
    later = next(text for text in shown if text.count("- tutor:") > 2)
    assert DRAFT[:20] in later
    assert "- student:" in later


def test_full_forms_bear_their_own_names_and_controls_stay_what_they_are(asked, scripted, composed):
    result, pieces, _ = asked(lambda body: scripted.Answer(DRAFT))
    assert tuple(result["arms"]) == ARMS
    assert [row["arm"] for row in result["spoken"]] == list(SPEAKING)
    assert [pieces[arm]["outcomes"] for arm in ("none", "random")] == composed(("none", "random"))
    assert pieces["random"]["spoken"] is None
    assert len({piece["design"]["config_hash"] for piece in pieces.values()}) == 1


def test_tokens_are_those_of_the_calls(asked, scripted):
    result, pieces, server = asked(lambda body: scripted.Answer(DRAFT))
    assert pieces["none"]["tokens"] == 0
    assert {row["arm"]: row["tokens"] for row in result["spoken"]} == dict.fromkeys(
        SPEAKING, 110 * DESIGN.students * DESIGN.turns
    )
    assert len(server.requests) <= 2 * DESIGN.students * DESIGN.turns


def test_a_failing_model_falls_back_to_the_deterministic_words_and_is_counted(asked, scripted, composed):
    calls = []

    def respond(body):
        calls.append(body)
        return scripted.Answer(DRAFT) if len(calls) == 1 else scripted.Answer(body=b"<html>no model</html>")

    result, pieces, _ = asked(respond, ("random", "tasa"))
    (row,) = result["spoken"]
    turns = DESIGN.students * DESIGN.turns
    assert (row["turns"], row["fallbacks"], row["failed"]) == (turns, turns - 1, {"invalid": turns - 1})
    assert row["fallback_share"] == (turns - 1) / turns
    same = zip(pieces["tasa"]["outcomes"]["recall_day7"], composed(("tasa",))[0]["recall_day7"], strict=True)
    assert sum(one == other for one, other in same) >= DESIGN.students - 1


def test_a_draft_that_the_guard_refuses_is_counted_as_a_fallback(asked, scripted):
    result, _, _ = asked(lambda body: scripted.Answer(f"{DRAFT} {FALSE}"), ("random", "tasa"))
    (row,) = result["spoken"]
    assert row["fallbacks"] == row["turns"]
    assert sum(row["refused"].values()) == row["turns"]
    assert row["failed"] == {}


def test_an_outage_is_no_tutor(asked, scripted, course):
    with pytest.raises(UserError, match="said nothing"):
        asked(lambda body: scripted.Answer(status=400, body=b"{}"), ("random", "tasa"))
    kept = [file.name for file in (course.path / "runs" / "tutor").glob("*.json")]
    assert [name.split("-")[1] for name in kept] == ["random"]


def test_a_finished_piece_is_read_and_a_paid_answer_is_not_asked_for_again(asked, scripted, course):
    first, _, _ = asked(lambda body: scripted.Answer(DRAFT))
    again, _, server = asked(lambda body: scripted.Answer("Something else."))
    assert again["resumed"] == len(ARMS)
    assert again["rows"] == first["rows"]
    for file in (course.path / "runs" / "tutor").glob("*.json"):
        file.unlink()
    anew, _, server = asked(lambda body: scripted.Answer("Something else."))
    assert anew["rows"] == first["rows"]
    assert anew["spoken"] == first["spoken"]
    assert server.requests == []


def test_pieces_of_another_model_have_other_names_and_of_another_address_the_same(course):
    def paths(**model):
        design = SpokenDesign.of(DESIGN, LabModel.named(course, **{"url": "http://127.0.0.1:1/v1", **model}))
        return {piece.path for piece in pieces_of(course, LabOptions(ARMS, design, 1))}

    plain = {piece.path for piece in pieces_of(course, LabOptions(ARMS, DESIGN, 1))}
    assert not plain & paths(name="a")
    assert not paths(name="a") & paths(name="b")
    assert paths(name="a") == paths(name="a", url="http://127.0.0.1:2/v1") == paths(name="a", size="7B")
    assert not paths(name="a") & paths(name="a", budget_tokens=100)


def test_where_the_budget_ends_the_deterministic_words_go_on(asked, scripted):
    result, _, server = asked(lambda body: scripted.Answer(DRAFT), ("random", "tasa"), budget_tokens=2000)
    (row,) = result["spoken"]
    assert 0 < len(server.requests) < row["turns"]
    assert row["failed"] == {"budget": row["fallbacks"]}
    assert row["tokens"] <= 2000


@pytest.mark.parametrize(
    ("name", "size", "parameters", "evidence"),
    [
        ("tiny-7B", "", 7_000_000_000, True), ("SmolLM2-135M", "", 135_000_000, False), ("tiny", "", None, False),
        ("tiny", "4B", 4_000_000_000, True), ("tiny-8B", "3.9B", 3_900_000_000, False),
    ],
)  # fmt: skip
def test_only_a_model_of_four_billion_parameters_is_evidence(course, name, size, parameters, evidence):
    model = LabModel.named(course, "http://127.0.0.1:1/v1", name, size)
    told = {"language_model": name, "model_size_parameters": parameters, "evidence": evidence}
    assert model_told(SpokenDesign.of(DESIGN, model)) == told
    assert model_told(DESIGN) == {}


def test_a_selection_that_is_named_so_stays_one_beside_its_full_form(asked, scripted):
    arms = ("vanilla-icl", "vanilla-icl-selection")
    result, pieces, _ = asked(lambda body: scripted.Answer(DRAFT), arms)
    assert tuple(result["arms"]) == arms
    assert pieces["vanilla-icl-selection"]["spoken"] is None


def test_no_key_stands_in_a_piece(asked, scripted, monkeypatch, course):
    monkeypatch.setenv("PRECEPTOR_LLM_TUTOR_KEY", "sk-secret")
    laboratory.cache_clear()  # the environment is read when a course is opened
    _, _, server = asked(lambda body: scripted.Answer(DRAFT), ("random", "tasa"))
    assert server.headers[0]["authorization"] == "Bearer sk-secret"
    for file in (course.path / "runs").rglob("*.json"):
        assert "sk-secret" not in file.read_text()


def test_without_forgetting_no_planner_stands_on_a_tracer_that_knows_time():
    with pytest.raises(UserError) as caught:
        checked_arms(("tasa-no-forgetting:das3h",))
    assert "das3h has time within" in caught.value.given
    assert "dkt" in caught.value.allowed
    assert "lpkt" not in caught.value.allowed
    with pytest.raises(UserError):
        checked_arms(("tasa-no-forgetting",), default_model="das3h/20250101T000000")
    for arms in (("tasa-no-forgetting:dkt/1",), ("tasa:das3h",), ("vanilla-icl:das3h",)):
        assert checked_arms(arms, default_model="das3h/1")


def test_a_budget_belongs_to_the_design():
    model = LabModel("a", "http://127.0.0.1:1/v1", None, 20.0)
    design = SpokenDesign.of(DESIGN, model)
    assert design.config_hash != DESIGN.config_hash
    assert design.config_hash != replace(design, model=replace(model, timeout_seconds=30.0)).config_hash
    assert design.budget.turns == DESIGN.turns
    assert design.about["config_hash"] == design.config_hash
    assert pickle.loads(pickle.dumps(design)).model.url == model.url, "it travels to workers"
