"""`preceptor calibrate` and `preceptor evaluate mastery`, as a person sees them."""

from functools import partial

import pytest

from preceptor.trace.kc_plan import KcCalibrationPlan
from preceptor.trace.training import TrainingPlan


@pytest.fixture
def quick(monkeypatch):
    """Trainings and calibrations of a pass or two."""
    monkeypatch.setattr("preceptor.trace.neural.NeuralTracer.plan_default", TrainingPlan(epochs=2))
    plan = partial(KcCalibrationPlan, epochs=2, states=300, valid_states=100, states_per_batch=64)
    monkeypatch.setattr("preceptor.cli.calibrate.KcCalibrationPlan", plan)


def test_from_training_to_the_truth(cli, course_copy, quick, monkeypatch):
    assert cli("train", course_copy, "--model", "semantic-dkt", "--size", "small", "--json").code == 0
    found = cli("calibrate", course_copy, "--json").json()
    assert found["after"]["kc_mae"] < found["before"]["kc_mae"]
    every = partial(KcCalibrationPlan, epochs=1, states=20_000, valid_states=100, states_per_batch=64)
    monkeypatch.setattr("preceptor.cli.calibrate.KcCalibrationPlan", every)
    shown = cli("calibrate", course_copy, "--samples", 5, "--joint")
    assert shown.code == 0
    assert "KC MAE" in shown.out
    assert "–" in shown.out
    assert "nan" not in shown.out
    truth = cli("evaluate", "mastery", course_copy, "--truth")
    assert truth.code == 0
    assert "uncalibrated mastery" in truth.out
    assert "semantic-dkt, calibrated" in truth.out


def test_what_mastery_is_held_against_must_be_said(refused, course_copy):
    assert "--truth" in refused("evaluate", "mastery", course_copy)
    assert "takes no --students" in refused("evaluate", "mastery", course_copy, "--students", 3)


def test_a_course_without_a_semantic_tracer_is_told_how_to_get_one(refused, course_copy):
    assert "--model semantic-dkt" in refused("calibrate", course_copy)
    assert "cluster, concept" in refused("calibrate", course_copy, "--level", "school")
