"""Comparing tracers: rows, marks, run files, and going on after a kill."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from preceptor.course import Course, runs
from preceptor.data import write_folds
from preceptor.domain import UserError
from preceptor.trace import Checkpoint
from preceptor.trace.history import HistoryTracer
from preceptor.workflow import tracing_pairs
from preceptor.workflow.clock import system_clock
from preceptor.workflow.tracing import TracerOptions
from preceptor.workflow.tracing_evaluation import evaluate_tracing
from preceptor.workflow.tracing_options import FLOOR, TracingOptions, parse_model

HISTORY = TracingOptions(models=("history",), folds=3)


class StoppedError(BaseException):
    """As a kill: nobody tries again."""


@pytest.fixture
def fresh(course_copy):
    course = Course.open(course_copy)
    course.replace(log=course.load_log().of_students(range(40)))
    return course


def by_model(found):
    return {row["model"]: row for row in found.result["rows"]}


def test_every_model_has_a_row_and_the_floor_is_the_first(fresh, still_clock, quiet):
    found = evaluate_tracing(fresh, HISTORY, still_clock, quiet)
    assert [row["model"] for row in found.result["rows"]] == [FLOOR, "history"]
    floor, history = found.result["rows"]
    for row in (floor, history):
        for name in ("auc", "accuracy", "log_loss", "brier", "ece"):
            assert set(row[name]) == {"mean", "sd", "ci95"}
            assert row[name]["ci95"][0] < row[name]["mean"] < row[name]["ci95"][1]
            assert set(row["per_concept"][name]) == {"mean", "sd", "ci95"}
        assert row["answers"] == len(found.log)
        assert row["folds"] == [1, 2, 3]
    gain = history["over_floor"]["auc"]
    assert gain["mean"] == pytest.approx(history["auc"]["mean"] - floor["auc"]["mean"])
    run = json.loads((fresh.path / "runs" / found.result["run"].rsplit("/", 1)[1]).read_text())
    assert run["metrics"]["rows"][1]["auc"]["mean"] == history["auc"]["mean"]


def test_the_figures_are_those_of_the_predictions(fresh, still_clock, quiet):
    found = evaluate_tracing(fresh, HISTORY, still_clock, quiet)
    own = [part for part in found.predictions if part.model == "history"]
    aucs = [roc_auc_score(found.log.correct[part.rows] >= 0.5, part.p_correct) for part in own]
    assert by_model(found)["history"]["auc"]["mean"] == pytest.approx(np.mean(aucs))
    assert by_model(found)["history"]["auc"]["sd"] == pytest.approx(np.std(aucs, ddof=1))
    assert sorted(np.concatenate([part.rows for part in own])) == list(range(len(found.log)))


def test_an_interrupted_evaluation_goes_on(fresh, still_clock, quiet, monkeypatch):
    options = replace(HISTORY, models=("history", "dkt:size=small"), folds=3, run_folds=(1, 2))
    whole = evaluate_tracing(fresh, options, still_clock, quiet).result["rows"]
    for file in (fresh.path / "runs").rglob("*.*"):
        file.unlink()

    save, epochs = Checkpoint.save, []

    def stops(checkpoint, values):
        save(checkpoint, values)
        epochs.append(len(values["history"]["losses"]))
        if len(epochs) == 2:
            raise StoppedError

    monkeypatch.setattr(Checkpoint, "save", stops)
    with pytest.raises(StoppedError):
        evaluate_tracing(fresh, options, still_clock, quiet)
    assert len(runs(fresh, "evaluate-tracing-fold")) == 2
    monkeypatch.setattr(HistoryTracer, "fit", lambda *_, **__: pytest.fail("finished pairs were trained again"))
    again = evaluate_tracing(fresh, replace(options, resume=True), still_clock, quiet).result["rows"]
    assert epochs[:3] == [1, 2, 3]
    for one, other in zip(whole, again, strict=True):
        for name in ("auc", "log_loss"):
            assert one[name]["mean"] == pytest.approx(other[name]["mean"], abs=1e-6)
    assert not list((fresh.path / "runs").rglob("*.ckpt"))


def test_rows_are_equal_bit_for_bit_in_workers(fresh, tmp_path, quiet):
    options = replace(HISTORY, models=("history", "dkt:size=small"), run_folds=(1, 2))

    def rows(course, backend):
        found = evaluate_tracing(course, replace(options, backend=backend), system_clock(), quiet).result["rows"]
        return json.dumps([{name: told for name, told in row.items() if name != "train_seconds"} for row in found])

    other = Course.open(shutil.copytree(fresh.path, tmp_path / "other"))
    assert rows(fresh, "here") == rows(other, "workers:2")
    assert len(runs(other, "evaluate-tracing-fold")) == len(runs(fresh, "evaluate-tracing-fold")) == 4


def test_one_bar_counts_the_pairs(fresh, still_clock):
    seen = []
    evaluate_tracing(fresh, HISTORY, still_clock, lambda *told: seen.append(told))
    assert seen == [("models and folds", done, 3) for done in range(4)]


def test_what_earlier_code_measured_is_taken_up_and_told(fresh, still_clock, quiet, monkeypatch):
    options = replace(HISTORY, run_folds=(1,), resume=True)
    assert evaluate_tracing(fresh, options, still_clock, quiet).result["notes"] == []
    assert evaluate_tracing(fresh, options, still_clock, quiet).result["notes"] == []
    monkeypatch.setattr(tracing_pairs, "code_digest", lambda: "the code of tomorrow")
    (note,) = evaluate_tracing(fresh, options, still_clock, quiet).result["notes"]
    assert "history (fold 1)" in note


def test_other_vectors_are_not_taken_for_finished(fresh, still_clock, quiet, monkeypatch):
    options = replace(HISTORY, models=("semantic-dkt:size=small",), run_folds=(1,), resume=True)
    evaluate_tracing(fresh, options, still_clock, quiet)
    evaluate_tracing(fresh, options, still_clock, quiet)
    assert len(runs(fresh, "evaluate-tracing-fold")) == 1
    monkeypatch.setattr("preceptor.embed.texts.said", lambda text: text[::2])
    evaluate_tracing(fresh, options, still_clock, quiet)
    assert len(runs(fresh, "evaluate-tracing-fold")) == 2


def test_other_data_is_not_taken_for_finished(fresh, still_clock, quiet):
    options = replace(HISTORY, run_folds=(1,), resume=True)
    first = evaluate_tracing(fresh, options, still_clock, quiet)
    fresh.replace(log=fresh.load_log().of_students(range(39)))
    second = evaluate_tracing(fresh, options, still_clock, quiet)
    assert len(runs(fresh, "evaluate-tracing-fold")) == 2
    assert by_model(first)["history"]["auc"] != by_model(second)["history"]["auc"]


def test_what_the_course_lacks_makes_a_tracer_not_applicable(fresh, still_clock, quiet, monkeypatch):
    monkeypatch.setattr(HistoryTracer, "needs", frozenset({"durations", "times"}))
    log = fresh.load_log()
    bare = replace(log, duration_seconds=np.full(len(log), np.nan, dtype=np.float32))
    fresh.replace(log=bare)
    row = by_model(evaluate_tracing(fresh, HISTORY, still_clock, quiet))["history"]
    assert (row["applicable"], row["missing"]) == (False, ["durations"])
    assert "auc" not in row


def test_inputs_that_are_missing_or_left_out_are_marked(fresh, still_clock, quiet, monkeypatch):
    monkeypatch.setattr(HistoryTracer, "uses", frozenset({"times", "durations", "vectors"}))
    log = fresh.load_log()
    fresh.replace(log=replace(log, time_seconds=np.full(len(log), np.nan)))
    row = by_model(evaluate_tracing(fresh, HISTORY, still_clock, quiet))["history"]
    assert (row["uses"], row["lacked"], row["left_out"]) == (["durations"], ["times"], ["vectors"])


def test_the_second_model_is_compared_with_the_first(fresh, still_clock, quiet):
    options = replace(HISTORY, models=("history", "dkt:size=small"), run_folds=(2,))
    rows = by_model(evaluate_tracing(fresh, options, still_clock, quiet))
    gain = rows["dkt:size=small"]["over_first"]["auc"]
    assert gain["mean"] == pytest.approx(rows["dkt:size=small"]["auc"]["mean"] - rows["history"]["auc"]["mean"])
    assert "over_first" not in rows["history"]


def test_imported_splits_replace_the_protocol_s_own(fresh, still_clock, quiet, tmp_path):
    log = fresh.load_log()
    folds = np.full(len(log.student_ids), -1)
    present = np.unique(log.student)
    folds[present] = 1 + np.arange(len(present)) % 4
    write_folds(tmp_path / "splits.csv", log, folds)
    options = replace(HISTORY, splits=tmp_path / "splits.csv", run_folds=(4,))
    found = evaluate_tracing(fresh, options, still_clock, quiet)
    tested = found.log.student[found.predictions[1].rows]
    assert set(folds[tested]) == {4}
    assert found.result["protocol"]["splits"] == "imported"


def test_pykt_reads_two_levels(fresh, still_clock, quiet):
    found = evaluate_tracing(fresh, replace(HISTORY, protocol="pykt", run_folds=(1, 3)), still_clock, quiet)
    row = by_model(found)["history"]
    several = any(len(question.concepts) > 1 for question in found.bank.questions)
    assert several == ("kc_level" in row)
    assert (found.log.position[found.predictions[-1].rows] > 0).all()
    assert np.array_equal(found.predictions[0].rows, found.predictions[-1].rows)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"models": ("histroy",)}, "did you mean 'history'"),
        ({"models": ()}, "names no tracer"),
        ({"models": ("history:size=small",)}, "takes no --size"),
        ({"models": ("dkt:width=3",)}, "'width=3'"),
        ({"models": ("dkt:size",)}, "'size'"),
        ({"protocol": "pkyt"}, "did you mean 'pykt'"),
        ({"folds": 2}, "--folds is 2"),
        ({"run_folds": (9,)}, "--test-folds is 9"),
        ({"run_folds": (1, 1)}, "each once"),
        ({"backend": "cloud"}, "The backend is 'cloud'"),
    ],
)
def test_mistakes_are_told_before_anything_is_trained(fresh, still_clock, quiet, fingerprint, changes, words):
    before = fingerprint(fresh.path)
    with pytest.raises(UserError, match=words):
        evaluate_tracing(fresh, replace(HISTORY, **changes), still_clock, quiet)
    assert fingerprint(fresh.path) == before


def test_the_spelling_of_a_model():
    assert parse_model("dkt") == TracerOptions("dkt")
    expected = TracerOptions("dkt", size="large", questions="embedding")
    assert parse_model("dkt:questions=embedding:size=large") == expected


def test_only_tracers_that_can_choose_a_device_get_one():
    tracers = TracingOptions(models=("history", "dkt"), device="meta").tracers()
    assert (tracers["history"].device, tracers["dkt"].device) == ("", "meta")


def test_more_folds_than_students_can_fill_are_refused(fresh, still_clock, quiet):
    with pytest.raises(UserError, match="40 students fill only"):
        evaluate_tracing(fresh, replace(HISTORY, folds=300), still_clock, quiet)


def test_folds_of_the_data_set_that_are_not_taken_are_told(fresh, still_clock, quiet):
    log = fresh.load_log()
    fresh.replace(log=replace(log, student_fold=np.arange(len(log.student_ids)) % 5 + 1))
    (note,) = evaluate_tracing(fresh, HISTORY, still_clock, quiet).result["notes"]
    assert "5 folds of its own" in note
    assert evaluate_tracing(fresh, replace(HISTORY, folds=5), still_clock, quiet).result["notes"] == []


def test_tracers_that_see_less_than_the_whole_history_are_told(fresh, still_clock, quiet, monkeypatch):
    monkeypatch.setattr(HistoryTracer, "window", 70)
    (note,) = evaluate_tracing(fresh, HISTORY, still_clock, quiet).result["notes"]
    assert note == "history sees the last 70 answers."


@pytest.fixture
def one_question_a_kc(fresh):
    """Only the first question of every set of concepts, so that nobody can tell questions from concepts."""
    bank, log = fresh.load_bank(), fresh.load_log()
    first = {}
    for question in bank.questions:
        first.setdefault(tuple(sorted(question.concepts)), question)
    kept = {question.question_id for question in first.values()}
    log = log.take(np.flatnonzero([log.question_ids[row] in kept for row in log.question]))
    fresh.replace(bank=replace(bank, questions=tuple(first.values())), log=log)
    return fresh


def test_what_an_option_asks_for_and_the_course_lacks_makes_a_tracer_not_applicable(
    one_question_a_kc, still_clock, quiet
):
    asking = "dkt:questions=embedding"
    options = replace(HISTORY, models=(asking, "history"), run_folds=(1,))
    rows = by_model(evaluate_tracing(one_question_a_kc, options, still_clock, quiet))
    assert (rows[asking]["applicable"], rows[asking]["missing"]) == (False, ["question ids"])
    assert "auc" not in rows[asking]
    assert rows["history"]["applicable"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("dkt:questions=names", "--questions is 'names'"),
        ("lpkt:size=huge", "--size is 'huge'"),  # although the course lacks what LPKT needs
        ("history:questions=embedding", "takes no --questions"),
    ],
)
def test_wrong_options_are_refused_before_anything_is_trained(
    one_question_a_kc, still_clock, quiet, monkeypatch, wrong, words
):
    monkeypatch.setattr(HistoryTracer, "fit", lambda *_, **__: pytest.fail("something was trained"))
    options = replace(HISTORY, models=("history", wrong))
    with pytest.raises(UserError, match=words):
        evaluate_tracing(one_question_a_kc, options, still_clock, quiet)


def test_a_curve_on_top_is_a_row_of_its_own(fresh, still_clock, quiet):
    options = replace(
        HISTORY, models=("history", "history:forgetting=level", "history:forgetting=odds"), run_folds=(1,)
    )
    rows = by_model(evaluate_tracing(fresh, options, still_clock, quiet))
    losses = [rows[label]["log_loss"]["mean"] for label in options.models]
    assert losses[0] > losses[1] != losses[2]


def test_a_curve_needs_times_unless_nothing_fades(fresh, still_clock, quiet):
    log = fresh.load_log()
    fresh.replace(log=replace(log, time_seconds=np.full(len(log), np.nan)))
    options = replace(HISTORY, models=("history:forgetting=odds", "history:forgetting=level"), run_folds=(1,))
    odds, level = evaluate_tracing(fresh, options, still_clock, quiet).result["rows"][1:]
    assert (odds["applicable"], odds["missing"]) == (False, ["times"])
    assert level["applicable"]


def test_a_curve_on_a_tracer_that_knows_time_is_refused(fresh, still_clock, quiet):
    with pytest.raises(UserError, match="would count it twice"):
        evaluate_tracing(fresh, replace(HISTORY, models=("das3h:forgetting=odds",)), still_clock, quiet)


def test_pykt_reads_tracers_alone():
    with pytest.raises(UserError, match="reads tracers alone"):
        replace(HISTORY, models=("dkt:forgetting=level",), protocol="pykt").tracers()


def test_new_questions_are_predicted_and_what_is_held_out_is_told(fresh, still_clock, quiet):
    options = replace(HISTORY, models=("history",), protocol="new-questions", run_folds=(1, 2))
    found = evaluate_tracing(fresh, options, still_clock, quiet)
    protocol = found.result["protocol"]
    assert protocol["held_out"]["what"] == "families of questions"
    families = len({question.family for question in found.bank.questions})
    assert sum(part["groups"] for part in protocol["held_out"]["folds"].values()) == families - families // 3
    assert "once it was predicted itself" in protocol["history"]
    family = np.array([question.family for question in found.bank.questions])
    asked = [set(family[found.log.question[part.rows]]) for part in found.predictions]
    assert asked[0] == asked[2]
    assert not asked[0] & asked[1]
    assert 0 < by_model(found)["history"]["answers"] < len(found.log)


def test_the_floor_of_a_held_out_concept_is_the_average_over_all(fresh, still_clock, quiet):
    options = replace(HISTORY, protocol="new-concepts", run_folds=(1,))
    found = evaluate_tracing(fresh, options, still_clock, quiet)
    floor = found.predictions[0]
    concepts = found.bank.q_matrix.concepts[found.log.question[floor.rows]]
    alone = (concepts >= 0).sum(axis=1) == 1
    assert alone.any()
    assert len(set(floor.p_correct[alone].round(9))) == 1


def test_a_tracer_without_a_place_for_new_concepts_is_not_applicable(fresh, still_clock, quiet):
    options = replace(HISTORY, models=("sakt:size=small", "history"), protocol="new-concepts", run_folds=(1,))
    found = by_model(evaluate_tracing(fresh, options, still_clock, quiet))
    assert found["sakt:size=small"]["missing"] == ["place for new KCs"]
    assert found["history"]["applicable"]


def test_rows_of_a_log_without_order_are_marked_and_averaged_over_shuffles(fresh, still_clock, quiet):
    options = replace(HISTORY, protocol="unordered", run_folds=(1,), resume=True)
    found = evaluate_tracing(fresh, options, still_clock, quiet)
    row = by_model(found)["history"]
    assert row["order"] == "arbitrary"
    assert row["shuffles"]["number"] == 5
    assert row["shuffles"]["auc_sd"] > 0
    assert "order arbitrary" in found.result["protocol"]["history"]
    own = next(part for part in found.predictions if part.model == "history")
    assert row["auc"]["mean"] != roc_auc_score(found.log.correct[own.rows] >= 0.5, own.p_correct)
    again = by_model(evaluate_tracing(fresh, options, still_clock, quiet))["history"]
    assert again["auc"]["ci95"] == row["auc"]["ci95"]
    assert again["shuffles"] == row["shuffles"]
