"""Calibration of a course's model, and mastery held against the truth."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from preceptor.course import Course, runs
from preceptor.data import split_by_student
from preceptor.domain import Bank, Log, UserError
from preceptor.embed import LexicalEncoder
from preceptor.trace.kc_plan import KcCalibrationPlan
from preceptor.workflow.calibrating import CalibrateOptions, calibrate, concept_groups
from preceptor.workflow.mastery_evaluation import MASTERY, OWN, OWN_AND_CLASS, QUESTIONS, UNCALIBRATED, evaluate_mastery
from preceptor.workflow.model_files import ENCODER_FOLDER
from preceptor.workflow.models import load_trained
from preceptor.workflow.simulating import load_true_bank, load_truth
from preceptor.workflow.training import train
from preceptor.workflow.training_options import TrainOptions

QUICK = KcCalibrationPlan(epochs=6, states=400, valid_states=200, states_per_batch=64)
OPTIONS = CalibrateOptions(plan=QUICK)


def silent(what, done, total):
    pass


@pytest.fixture(scope="module")
def made(small_course, tmp_path_factory, still_clock, fits_end_early):
    """The small course with a semantic-dkt of few passes, its calibration's result, and its folder; only read."""
    course = Course.open(shutil.copytree(small_course, tmp_path_factory.mktemp("calibrated") / "course"))
    with fits_end_early():
        train(course, TrainOptions("semantic-dkt", size="small"), still_clock, silent)
        result = calibrate(course, OPTIONS, still_clock, silent)
    return course, result


@pytest.fixture
def own(made, tmp_path):
    return Course.open(shutil.copytree(made[0].path, tmp_path / "own"))


def test_concepts_come_nearer_to_their_questions_and_questions_stay(made):
    _, result = made
    assert result.after.kc_mae < 0.3 * result.before.kc_mae
    assert result.after.kc_mae_states < 0.3 * result.before.kc_mae_states
    assert result.after.test == result.before.test


def test_the_calibrated_run_becomes_the_courses_model_and_names_the_one_before(made):
    course, result = made
    trained = load_trained(course, course.load_bank())
    assert trained.run.name == result.run_id != result.calibrated_from
    assert trained.metrics["calibrated_from"] == result.calibrated_from
    assert trained.metrics["calibration"]["after"]["kc_mae"] == result.after.kc_mae
    assert trained.model.tracer.calibrated


def test_the_encoder_of_the_training_stays_beside_the_calibrated_model(made):
    course, result = made
    before, after = (
        LexicalEncoder.load(course.path / "models" / "semantic-dkt" / run / ENCODER_FOLDER).encode(["Add fractions"])
        for run in (result.calibrated_from, result.run_id)
    )
    assert np.array_equal(before, after)


def test_there_is_a_run_file(made):
    course, result = made
    (record,) = runs(course, "calibrate")
    assert record["metrics"]["after"]["kc_mae"] == result.after.kc_mae
    assert record["config"]["plan"]["concept_vector"] == "centroid"
    assert result.to_dict()["run"].endswith("-calibrate.json")


def test_calibrated_again_it_starts_from_the_uncalibrated_run(own, made, still_clock):
    again = calibrate(own, OPTIONS, still_clock, silent)
    assert again.calibrated_from == made[1].calibrated_from
    assert again.after.kc_mae == pytest.approx(made[1].after.kc_mae)


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_where_calibration_saw_every_state_of_training_students_none_is_left_to_measure_on(own, still_clock):
    plan = replace(QUICK, states=20_000, epochs=1)
    result = calibrate(own, replace(OPTIONS, plan=plan), still_clock, silent)
    train = own.load_log().of_students(split_by_student(own.load_log(), 0, 5, 4).train)
    assert result.report.states == len(train)
    for measured in (result.before, result.after):
        assert measured.kc_mae_states is None
        assert 0 < measured.kc_mae < 1
    json.dumps(result.to_dict(), allow_nan=False)


def test_without_answers_there_is_nothing_to_calibrate_on(own, still_clock):
    own.replace(log=Log.empty())
    with pytest.raises(UserError, match="has no answers to learn from") as refused:
        calibrate(own, OPTIONS, still_clock, silent)
    assert "preceptor import" in refused.value.mend
    assert "ExRec" in refused.value.mend
    own.replace(simulated=False, log=Log.empty())
    with pytest.raises(UserError, match="has no answers") as refused:
        evaluate_mastery(own, 0, still_clock, silent)
    assert "people's" not in str(refused.value)


def test_what_moves_questions_fits_forgetting_anew(own, still_clock):
    result = calibrate(own, replace(OPTIONS, plan=replace(QUICK, joint=True)), still_clock, silent)
    assert result.after.test != result.before.test
    assert json.loads((own.default("models") / "mind.json").read_text())["curve"]["name"] != "none"


def test_a_model_of_another_kind_is_refused_and_runs_are_named(own, made, still_clock):
    train(own, TrainOptions("history"), still_clock, silent)
    with pytest.raises(UserError, match="history") as refused:
        calibrate(own, OPTIONS, still_clock, silent)
    assert made[1].calibrated_from in str(refused.value)
    assert calibrate(own, replace(OPTIONS, run=made[1].calibrated_from), still_clock, silent).after.kc_mae < 0.1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"level": "school"}, "--level"),
        ({"run": "none"}, "Unknown run"),
        ({"plan": KcCalibrationPlan(joint_on="luck")}, "--joint-on"),
        ({"plan": KcCalibrationPlan(concept_vector="best")}, "centroid"),
    ],
)
def test_what_is_unknown_is_refused(made, still_clock, wrong, told):
    with pytest.raises(UserError, match=told):
        calibrate(made[0], replace(OPTIONS, **wrong), still_clock, silent)


def test_concepts_of_one_cluster_are_one_group_at_the_level_of_clusters(made):
    bank = made[0].load_bank()
    first, second, *others = bank.concepts
    joined = Bank((replace(first, cluster="both"), replace(second, cluster="both"), *others), bank.questions)
    assert (first.concept_id, second.concept_id) in concept_groups(joined, "cluster")
    assert len(concept_groups(joined, "cluster")) == len(concept_groups(joined, "concept")) - 1


def test_mastery_is_held_against_the_truth(made, still_clock):
    found = evaluate_mastery(made[0], 0, still_clock, silent)
    rows = {row["estimate"]: row for row in found["rows"]}
    assert list(rows) == [MASTERY, UNCALIBRATED, OWN, OWN_AND_CLASS, QUESTIONS]
    assert rows[MASTERY]["mae"]["mean"] < rows[UNCALIBRATED]["mae"]["mean"]
    less = rows[UNCALIBRATED]["less"]["mae"]
    assert less["mean"] == pytest.approx(rows[MASTERY]["mae"]["mean"] - rows[UNCALIBRATED]["mae"]["mean"])
    assert rows[MASTERY]["less"]["within"]["ci95"] == (0, 0)
    assert found["calibrated"]
    assert found["own_concepts"]


def test_annotated_anew_the_true_concepts_are_read_through_their_questions(own, still_clock, fits_end_early):
    bank, truth = own.load_bank(), load_truth(own)
    labels = {c.concept_id: f"k{i // 2}" for i, c in enumerate(bank.concepts)}
    names = dict.fromkeys(labels.values())
    concepts = tuple(replace(bank.concepts[0], concept_id=name, name=name, prerequisites=()) for name in names)
    questions = tuple(
        replace(q, concepts=tuple(dict.fromkeys(labels[c] for c in q.concepts)), steps=(), distractors=())
        for q in bank.questions
    )
    own.replace(Bank(concepts, questions))
    assert load_true_bank(own, truth).concepts == bank.concepts
    with fits_end_early():
        train(own, TrainOptions("history"), still_clock, silent)
    found = evaluate_mastery(own, 0, still_clock, silent)
    assert not found["own_concepts"]
    assert found["concepts"] == len(bank.concepts)
    assert UNCALIBRATED not in {row["estimate"] for row in found["rows"]}


def test_without_the_bank_of_the_simulation_other_concepts_are_told(own):
    shutil.rmtree(own.path / "latent" / "bank")
    truth = load_truth(own)
    assert load_true_bank(own, truth).content_hash == own.load_bank().content_hash
    bank = own.load_bank()
    gone = bank.concepts[0].concept_id
    kept = (replace(q, steps=()) for q in bank.questions if gone not in q.concepts)
    concepts = (replace(c, prerequisites=()) for c in bank.concepts if c.concept_id != gone)
    own.replace(Bank(tuple(concepts), tuple(kept)))
    with pytest.raises(UserError, match="other concepts"):
        load_true_bank(own, truth)


def test_without_a_model_there_is_nothing_to_compare(own, still_clock):
    shutil.rmtree(own.path / "models")
    with pytest.raises(UserError, match="no trained model"):
        evaluate_mastery(own, 0, still_clock, silent)
    with pytest.raises(UserError, match="No semantic-dkt was trained") as refused:
        calibrate(own, OPTIONS, still_clock, silent)
    assert refused.value.mend.endswith("--model semantic-dkt")
    assert "history" not in str(refused.value)
