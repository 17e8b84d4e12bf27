"""`evaluate forgetting` on a course: what it gives, writes and refuses."""

import json

import numpy as np
import pytest

from preceptor.course import Course, runs
from preceptor.domain import Log, UserError
from preceptor.evaluate.forgetting import ANY_GAP, BASELINES, ForgettingDesign
from preceptor.trace import make_tracer, tracer_class, tracer_names
from preceptor.workflow.forgetting import evaluate_course_forgetting, mastery_names
from preceptor.workflow.tracing_options import parse_model


def silent(what, done, total):
    pass


def test_rows_controls_and_run_file(course_copy, still_clock):
    course = Course.open(course_copy)
    design = ForgettingDesign(model="logistic", curves=("none",), folds=3)
    result = evaluate_course_forgetting(course, design, still_clock, silent)
    names = [row["curve"] for row in result["rows"] if row["bucket"] == ANY_GAP]
    assert names == [*BASELINES, "none"]
    for row in result["rows"]:
        for metric in ("log_loss", "rmse_bins", "bias"):
            assert set(row[metric]) == {"mean", "sd", "ci95"}
    assert len(result["controls"]) == 6
    assert result["students"] == 60
    assert result["simulated"] is True
    record = runs(course, "evaluate-forgetting")[-1]
    assert record["config"]["folds"] == 3
    assert record["metrics"]["best"] == result["best"] == "none"
    assert json.dumps(result)


@pytest.mark.parametrize(
    ("design", "words"),
    [
        (ForgettingDesign(folds=2), "--folds is 2"),
        (ForgettingDesign(model="logistik"), "did you mean 'logistic'"),
        (ForgettingDesign(model="dkt:questions=embeding"), "--questions is 'embeding'"),
        (ForgettingDesign(model="dkt:forgetting=power"), "puts every curve on the tracer"),
        (ForgettingDesign(model="history:size=large"), "takes no --size"),
        (ForgettingDesign(curves=("powr",)), "did you mean 'power'"),
        (ForgettingDesign(folds=61), "cannot make 61 folds"),
    ],
)
def test_what_cannot_be_evaluated_is_refused(small_course, still_clock, design, words):
    with pytest.raises(UserError, match=words):
        evaluate_course_forgetting(Course.open(small_course), design, still_clock, silent)


def test_a_tracer_that_knows_time_is_refused(small_course, still_clock):
    timed = [name for name in tracer_names() if tracer_class(name).time_aware]
    assert timed
    assert {"logistic", "history", "dkt"} <= set(mastery_names())
    assert not set(timed) & set(mastery_names())
    for name in timed:
        with pytest.raises(UserError, match="knows time"):
            evaluate_course_forgetting(Course.open(small_course), ForgettingDesign(model=name), still_clock, silent)


@pytest.mark.parametrize("model", ["dkt:questions=embedding:size=small", "semantic-dkt:size=small"])
def test_a_tracers_options_reach_it(small_course, still_clock, monkeypatch, model):
    built = []

    def remember(options, bank):
        built.append(options)
        return make_tracer("history", bank.q_matrix)

    monkeypatch.setattr("preceptor.workflow.forgetting_pieces.build_tracer", remember)
    design = ForgettingDesign(model=model, curves=("none",), folds=3)
    result = evaluate_course_forgetting(Course.open(small_course), design, still_clock, silent)
    assert result["model"] == model
    assert built == [parse_model(model)] * 6


def test_gaps_are_never_invented(small_course, still_clock, monkeypatch):
    course = Course.open(small_course)
    log = course.load_log()
    log.time_seconds[5] = np.nan
    monkeypatch.setattr(Course, "load_log", lambda self: log)
    with pytest.raises(UserError, match="never invented"):
        evaluate_course_forgetting(course, ForgettingDesign(), still_clock, silent)
    monkeypatch.setattr(Course, "load_log", lambda self: Log.empty())
    with pytest.raises(UserError, match="never invented"):
        evaluate_course_forgetting(course, ForgettingDesign(), still_clock, silent)
