"""`evaluate tutor`: the product's tutors cross the same students, piece by piece, and go on where they were."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.evaluate.tutoring.design import FORMS, LabDesign
from preceptor.progress import silent
from preceptor.workflow.tutor_evaluation import evaluate_tutor
from preceptor.workflow.tutor_pieces import TutorPiece, checked_arms, new_students, run_piece
from preceptor.workflow.tutor_runs import LabOptions, runnable
from preceptor.workflow.tutor_runs import pieces_of as named_pieces
from preceptor.workflow.tutor_sweep import sweep_tutor

DESIGN = LabDesign("logistic", students=12, turns=4)
ARMS = ("none", "random", "oracle", "tasa", "tasa-no-forgetting", "vanilla-icl", "tutorllm", "policy:spaced-review")


@pytest.fixture(scope="module")
def result(lab_course, still_clock, fitted_encoder):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("preceptor.workflow.remembering.make_encoder", lambda name, texts: fitted_encoder(*texts))
        return evaluate_tutor(lab_course, LabOptions(ARMS, DESIGN, seeds=2), still_clock, silent)


def pieces_of(result, course):
    return {path.name: json.loads(path.read_bytes()) for path in (course.path / "runs" / "tutor").glob("*.json")}


def test_every_arm_and_replicate_leaves_a_run_file(result, lab_course):
    found = {(piece["arm"], piece["seed"]) for piece in pieces_of(result, lab_course).values()}
    assert found == {(arm, seed) for arm in result["arms"] for seed in (0, 1)}


def test_rivals_without_a_model_are_selections(result):
    assert result["arms"] == [
        "none", "random", "oracle", "tasa", "tasa-no-forgetting", "vanilla-icl-selection", "tutorllm-selection",
        "policy:spaced-review",
    ]  # fmt: skip


def test_all_arms_share_one_design(result, lab_course):
    hashes = {piece["design"]["config_hash"] for piece in pieces_of(result, lab_course).values()}
    assert hashes == {DESIGN.config_hash} == {result["design"]["config_hash"]}


def test_all_arms_meet_the_same_students(result, lab_course):
    for form in ("accuracy_pre", "expected_pre", "recall_pre"):
        for seed in (0, 1):
            own = [p["outcomes"][form] for p in pieces_of(result, lab_course).values() if p["seed"] == seed]
            assert all(one == own[0] for one in own)


def test_no_tutor_beats_the_oracle_at_its_horizon(result):
    path = {(row["arm"], row["turns"]): row["mean"] for row in result["path"]}
    assert all(path[arm, DESIGN.turns] <= path["oracle", DESIGN.turns] + 0.01 for arm in result["arms"])


def test_rows_hold_every_form_and_differences_their_correction(result):
    outcomes = {row["outcome"] for row in result["rows"] if row["arm"] == "tasa"}
    assert {f"{kind}_{form}" for kind in ("accuracy", "recall") for form in FORMS} <= outcomes
    row = next(r for r in result["differences"] if (r["arm"], r["outcome"]) == ("oracle", "recall_day7"))
    assert row["holm_p"] >= row["p"]
    assert row["n"] == DESIGN.students


def test_only_arms_that_may_know_recall_are_held_to_it(result):
    believing = {row["arm"] for row in result["calibration"]}
    assert believing == {"tasa", "tasa-no-forgetting", "tutorllm-selection", "policy:spaced-review"}
    assert all(0 <= row["ece"] <= 1 for row in result["calibration"])


def test_nothing_false_is_said_and_nothing_given_away(result):
    rows = {(row["arm"], row["outcome"]): row["mean"] for row in result["rows"]}
    for arm in result["arms"]:
        assert rows[arm, "wrong_statements"] == 0
        assert rows[arm, "leaks"] == 0


def test_a_finished_piece_is_read_and_not_run_again(result, lab_course, still_clock, monkeypatch):
    monkeypatch.setattr("preceptor.workflow.tutor_runs.run_piece", None)
    again = evaluate_tutor(lab_course, LabOptions(ARMS, DESIGN, seeds=2), still_clock, silent)
    assert again["resumed"] == len(again["arms"]) * 2
    assert again["rows"] == result["rows"]
    assert again["differences"] == result["differences"]


def test_pieces_on_other_settings_or_of_other_code_have_other_names(lab_course, monkeypatch, tmp_path):
    options = LabOptions(("random",), LabDesign("logistic", 4), 1)
    (before,) = named_pieces(lab_course, options)
    other = shutil.copytree(lab_course.path, tmp_path / "course")
    with (other / "course.toml").open("a") as file:
        file.write("tutor_memories_fade = true\n")
    (settled,) = named_pieces(Course.open(other), options)
    monkeypatch.setattr("preceptor.workflow.piece_version.sources_of", lambda name: ((name, "mended"),))
    (mended,) = named_pieces(lab_course, options)
    assert len({one.path.name for one in (before, settled, mended)}) == 3


def test_a_tracer_trained_anew_is_another_piece_under_the_same_name(lab_course, tmp_path):
    """Defect: pieces knew the course's chosen model alone, and another tracer's old figures counted as its new ones."""
    course = Course.open(shutil.copytree(lab_course.path, tmp_path / "course"))
    options = LabOptions(("tasa", "tasa:history"), LabDesign("logistic", 4), 1)
    chosen, named = named_pieces(course, options)
    (run,) = (course.path / "models" / "history").iterdir()
    shutil.copytree(run, run.with_name("29991231T000000-aaaaaa"))
    after = named_pieces(course, options)
    assert after[0].path == chosen.path
    assert after[1].path != named.path


def test_an_arm_on_a_tracer_that_the_course_lacks_is_refused_before_it_runs(lab_course):
    with pytest.raises(UserError, match="no model 'akt'"):
        runnable(lab_course, LabOptions(("tasa", "tasa:akt"), DESIGN))


def test_a_piece_is_the_same_when_it_is_run_alone(result, lab_course):
    path = next(p for p in (lab_course.path / "runs" / "tutor").glob("logistic-tasa-s1-*.json"))
    kept = json.loads(path.read_bytes())
    path.unlink()
    piece = TutorPiece(lab_course.path, "tasa", 1, DESIGN, 20, kept["version"])
    found = run_piece(piece)
    assert found["outcomes"] == kept["outcomes"]
    assert piece.path == path


def test_power_is_told_before(result):
    assert result["power"]["detectable"] > 0
    assert "80% power" in result["power"]["told"]
    assert result["power_measured"]["source"] == "measured"


def test_students_are_no_ones_the_model_was_trained_on(result, lab_course):
    history = lab_course.load_log()
    fresh = new_students(lab_course.load_bank(), replace(DESIGN, students=5), 20)
    assert not np.isin(fresh.log.time_seconds, history.time_seconds).all()
    assert not set(map(bytes, fresh.log.event_id)) & set(map(bytes, history.event_id))


@pytest.mark.parametrize(
    "names",
    [
        ("nobody",),
        ("tasa", "tasa"),
        ("vanilla-icl", "vanilla-icl-selection"),
        ("tasa-selection",),
        ("policy:none",),
        (),
    ],
)
def test_unknown_and_repeated_arms_are_refused(names):
    with pytest.raises(UserError):
        checked_arms(names)


def test_a_family_that_nobody_can_teach_is_refused(lab_course, still_clock):
    with pytest.raises(UserError, match="knows no tutor"):
        evaluate_tutor(lab_course, LabOptions(("none",), replace(DESIGN, family="graded")), still_clock, silent)
    with pytest.raises(UserError) as caught:
        evaluate_tutor(lab_course, LabOptions(("none",), replace(DESIGN, family="logistics")), still_clock, silent)
    assert caught.value.allowed == "logistic, misconception, two-state"


def test_other_numbers_of_a_family_make_other_students_and_another_design(lab_course):
    bank = lab_course.load_bank()
    quick = replace(DESIGN, latent=(("learning_rate", 0.5),))
    assert quick.config_hash != DESIGN.config_hash
    plain, other = (new_students(bank, design, 20) for design in (DESIGN, quick))
    assert other.family.parameters.learning_rate == 0.5
    assert other.log.correct.mean() > plain.log.correct.mean()
    with pytest.raises(UserError, match="parameter"):
        new_students(bank, replace(DESIGN, latent=(("no such", 1.0),)), 20)


def test_a_sweep_holds_every_arm_against_random_at_both_ends_of_each_range(lab_course, still_clock, monkeypatch):
    ranges = {"open": lambda family: {"failure_gain": (0.2, 1.0)}}
    monkeypatch.setattr("preceptor.workflow.tutor_sweep.SWEEPS", ranges)
    found = sweep_tutor(lab_course, LabOptions(("none", "random"), DESIGN, seeds=1), still_clock, silent)
    rows = [row for row in found["sweep"] if row["outcome"] == "recall_day7"]
    assert [(row["parameter"], row["value"]) for row in rows] == [
        ("", None), ("failure_gain", 0.2), ("failure_gain", 1.0),
    ]  # fmt: skip
    assert rows[2]["mean"] < rows[1]["mean"] < 0  # where mistakes teach more, practice is worth more


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("learning_rate", np.nan, "from 0 to 1"),
        ("learning_rate", 5.0, "from 0 to 1"),
        ("slip_median", -0.1, "from 0 to 1"),
        ("strength_growth", -10.0, "0 or more"),
        ("strength_median_days", 0.0, "above 0"),
        ("base_logit", np.inf, "a number"),
    ],
)
def test_numbers_that_no_student_can_have_are_refused_before_anything_runs(lab_course, name, value, allowed):
    design = replace(DESIGN, latent=((name, value),))
    with pytest.raises(UserError, match=f"(?s)No student has {name}=.*{allowed}"):
        runnable(lab_course, LabOptions(("random",), design, seeds=1))


@pytest.mark.parametrize("horizon_days", [-1.0, np.nan, np.inf])
def test_a_horizon_is_a_number_of_days(horizon_days):
    with pytest.raises(UserError, match="horizon_days"):
        replace(DESIGN, horizon_days=horizon_days)


def test_a_sweep_keeps_the_numbers_that_were_given(lab_course, still_clock, monkeypatch):
    monkeypatch.setattr("preceptor.workflow.tutor_sweep.SWEEPS", {"open": lambda _: {"failure_gain": (0.2, 1.0)}})
    quick = LabOptions(("none", "random"), replace(DESIGN, latent=(("learning_rate", 0.5),)), seeds=1)
    plain = LabOptions(("none", "random"), DESIGN, seeds=1)
    one, other = (sweep_tutor(lab_course, options, still_clock, silent)["sweep"] for options in (plain, quick))
    recall = [[row["mean"] for row in rows if row["outcome"] == "recall_day7"] for rows in (one, other)]
    assert all(a != b for a, b in zip(*recall, strict=True))


def test_a_sweep_needs_what_arms_are_held_against(lab_course, still_clock):
    for arms in (("none", "textbook"), ("random",)):
        with pytest.raises(UserError, match="random"):
            sweep_tutor(lab_course, LabOptions(arms, DESIGN, seeds=1), still_clock, silent)


def test_an_unknown_kind_of_sweep_is_refused_with_the_kinds(lab_course, still_clock):
    with pytest.raises(UserError, match="loose, open"):
        sweep_tutor(lab_course, LabOptions(("random", "none"), DESIGN), still_clock, silent, "everything")


def test_a_course_without_a_model_is_refused(lab_course, tmp_path, still_clock):
    copy = shutil.copytree(lab_course.path, tmp_path / "course")
    shutil.rmtree(copy / "models")
    with pytest.raises(UserError, match="no trained model"):
        evaluate_tutor(Course.open(copy), LabOptions(("none",), DESIGN), still_clock, silent)
