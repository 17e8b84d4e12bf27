"""The latent truth stands beside the log: consistent with it, and read by the evaluation alone."""

import json
import shutil

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.curriculum import built_in_bank
from preceptor.data import split_by_student
from preceptor.domain import UserError
from preceptor.evaluate import PolicyDesign
from preceptor.evaluate.policy_case import case_picture
from preceptor.simulate import LatentMind, make_family, simulate_log
from preceptor.workflow.classroom import Classroom
from preceptor.workflow.evaluating import evaluate_policy
from preceptor.workflow.policy_contest import PolicyChoice
from preceptor.workflow.recommending import recommend
from preceptor.workflow.simulating import load_truth
from preceptor.workflow.training import train
from preceptor.workflow.training_options import TrainOptions

DESIGN = PolicyDesign(students=6)


def damage(course, how):
    """Take the truth away, or make it garbage."""
    folder = course / "latent"
    if how == "gone":
        shutil.rmtree(folder)
    else:
        for path in (file for file in folder.rglob("*") if file.is_file()):
            path.write_bytes(b"nothing of this is true")


def everything(path, clock, quiet, now):
    """What training, the policy and the tutor make of a course."""
    course = Course.open(path)
    train(course, TrainOptions(model="history"), clock, quiet)
    weights = (course.default("models") / "weights.safetensors").read_bytes()
    mind = (course.default("models") / "mind.json").read_bytes()
    options = {"objective": "global", "k": 5, "horizon_days": 7.0, "at_seconds": now, "clock": clock}
    recommended = recommend(course, "s0007", **options).recommendations
    classroom = Classroom.open(path)
    try:
        first = classroom.next("s0007", now)
        answered = classroom.answer(
            "s0007", first.question.question_id, "I don't know", idempotency_key="a", at_seconds=now
        )
        opened = classroom.tutor_open("s0007", now + 1)
        told = classroom.tutor_say("s0007", "I don't know", idempotency_key="b", at_seconds=now + 2)
        page, roster = classroom.student("s0007", now + 3), classroom.roster(now + 3)
    finally:
        classroom.close()
    return weights, mind, recommended, first, answered, opened, told, page, roster


def test_tracers_policies_and_tutors_never_read_it(small_course, tmp_path, still_clock, quiet, now):
    found = []
    for how in ("whole", "gone", "corrupt"):
        path = shutil.copytree(small_course, tmp_path / how)
        if how != "whole":
            damage(path, how)
        found.append(everything(path, still_clock, quiet, now))
    assert found[0] == found[1] == found[2]


def test_log_and_truth_move_together(small_course):
    course = Course.open(small_course)
    truth, bank, log = load_truth(course), course.load_bank(), course.load_log()
    assert truth.student_ids == log.student_ids
    plain = simulate_log(built_in_bank(3, 2026), 60, 30, 7)
    assert np.array_equal(log.correct, plain.log.correct)
    shift = np.unique(np.round(log.time_seconds - plain.log.time_seconds))
    assert len(shift) == 1
    assert shift[0] % 86_400 == 0
    mind, rows = LatentMind(bank, truth.parameters), bank.q_matrix.question_index
    whole = np.flatnonzero(np.diff(log.offsets) >= truth.holdback)
    assert len(whole) > 50
    state = truth.state.take(whole)
    for step in range(truth.holdback):
        row = log.offsets[whole + 1] - truth.holdback + step
        question = np.array([rows[log.question_ids[log.question[r]]] for r in row])
        p = mind.p_correct(state, question, log.time_seconds[row])
        assert np.allclose(p, plain.p_correct[row], atol=1e-9)
        state = mind.practise(state, question, log.correct[row] > 0.5, log.time_seconds[row])


def test_the_log_ends_before_the_course_is_opened(small_course, now):
    times = Course.open(small_course).load_log().time_seconds
    assert now - 3 * 86_400 < times.max() <= now
    assert times.min() > now - 31 * 86_400


def test_evaluation_rows(course_copy, still_clock, quiet):
    course = Course.open(course_copy)
    result = evaluate_policy(course, "global", DESIGN, still_clock, quiet)
    names = [row["policy"] for row in result["rows"]]
    assert names[0] == "planner"
    assert len(names) == len(set(names)) == 4
    assert result["simulated"]
    assert result["students"] == 6
    for row in result["rows"]:
        for metric in ("now", "later", "planner_gain_now", "planner_gain_later"):
            low, high = row[metric]["ci95"]
            assert low <= row[metric]["mean"] <= high
        assert 0 < row["now"]["mean"] < 1
        assert row["later"]["mean"] < row["now"]["mean"]
        assert result["improvement"][row["policy"]]["day7"] == row["later"]
    assert set(result["paired"]) == set(names) - {"planner"}
    assert result["paired"][names[1]]["now"]["mean"] == pytest.approx(
        result["rows"][0]["now"]["mean"] - result["rows"][1]["now"]["mean"]
    )
    assert len(list((course_copy / "runs").glob("*-evaluate-policy.json"))) == 1


def test_only_students_outside_training_are_evaluated(course_copy, still_clock, quiet):
    course = Course.open(course_copy)
    log = course.load_log()
    test = split_by_student(log, 0).test
    result = evaluate_policy(course, "global", PolicyDesign(students=500), still_clock, quiet)
    assert result["students"] == (np.diff(log.offsets)[test] > 20).sum() <= len(test)


def test_several_judges_and_objectives(course_copy, still_clock, quiet):
    """Nobody is asked who trained the policies or a judge, and the run file names the frozen minds."""
    choice = PolicyChoice(
        ("random", "no-practice", "lowest-recall"), ("latent", "latent:all-or-none", "own", "history"), "random"
    )
    course, design = Course.open(course_copy), PolicyDesign(students=6, steps=5)
    result = evaluate_policy(course, "practiced,weakest", design, still_clock, quiet, choice)
    judges = ["latent:graded", "latent:all-or-none", "own", "history"]
    assert list(result["judges"]) == judges
    assert [(row["judge"], row["objective"], row["policy"]) for row in result["rows"]] == [
        (judge, objective, policy)
        for judge in judges
        for objective in ("practiced", "weakest")
        for policy in choice.policies
    ]
    bank = course.load_bank()
    for name, family in (("latent:graded", "graded"), ("latent:all-or-none", "all-or-none")):
        assert result["judges"][name]["parameters"] == make_family(family, bank).parameter_hash
    assert [name for name, told in result["judges"].items() if told.get("own")] == ["own"]
    test = split_by_student(course.load_log(), 0).test
    assert result["judges"]["history"]["trained_on"] <= len(test) / 2
    nothing = [row for row in result["rows"] if row["policy"] == "no-practice" and row["judge"].startswith("latent")]
    assert all(row["recall_over_reference"]["day30"]["mean"] < 0 for row in nothing)
    assert {claim["policy"] for claim in result["claims"]} == {"no-practice", "lowest-recall"}
    assert result["paired"] == {}
    run = json.loads(next((course_copy / "runs").glob("*-evaluate-policy.json")).read_text())
    assert run["metrics"]["judges"] == result["judges"]
    assert run["config"]["judges"] == ["latent", "latent:all-or-none", "own", "history"]


def test_one_student_is_told_and_drawn(course_copy, still_clock, quiet, tmp_path):
    course, drawn = Course.open(course_copy), tmp_path / "case.svg"
    log = course.load_log()
    ids = [log.student_ids[i] for i in split_by_student(log, 0).test]
    choice = PolicyChoice(("random", "no-practice"), case=ids[0], picture=drawn)
    result = evaluate_policy(course, "weakest", PolicyDesign(students=500, steps=4), still_clock, quiet, choice)
    (case,) = result["cases"]
    assert case["student"] == ids[0]
    assert len(case["paths"]["random"]["asked"]) == 4
    assert case["paths"]["no-practice"]["asked"] == []
    assert drawn.read_text() == case_picture(case)


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (PolicyChoice(policies=("plannr",)), "did you mean 'planner'"),
        (PolicyChoice(reference="random", policies=("planner",)), "policy among those compared"),
        (PolicyChoice(beside=("random",), policies=("planner",)), "policy among those compared"),
        (PolicyChoice(judges=("latnt",)), "judge 'latnt'"),
        (PolicyChoice(judges=("latent:gradet",)), "did you mean 'graded'"),
        (PolicyChoice(judges=("latent", "latent:graded")), "every judge once"),
        (PolicyChoice(case="nobody"), "Unknown student 'nobody'"),
    ],
)
def test_choices_that_make_no_sense(course_copy, still_clock, quiet, choice, words):
    with pytest.raises(UserError) as caught:
        evaluate_policy(Course.open(course_copy), "global", DESIGN, still_clock, quiet, choice)
    assert words in f"{caught.value} {caught.value.allowed}"


@pytest.mark.parametrize("how", ["gone", "corrupt"])
def test_without_truth_nothing_is_evaluated(course_copy, still_clock, quiet, how):
    damage(course_copy, how)
    with pytest.raises(UserError, match="latent truth"):
        evaluate_policy(Course.open(course_copy), "global", DESIGN, still_clock, quiet)


def test_without_a_model_nothing_is_evaluated(course_copy, still_clock, quiet):
    shutil.rmtree(course_copy / "models")
    with pytest.raises(UserError, match="no trained model"):
        evaluate_policy(Course.open(course_copy), "global", DESIGN, still_clock, quiet)


@pytest.mark.parametrize(
    ("objective", "design", "words"),
    [
        ("globl", DESIGN, "did you mean 'global'"),
        ("global", PolicyDesign(students=0), "students"),
        ("global", PolicyDesign(horizon_days=-1.0), "horizon"),
        ("global", PolicyDesign(horizon_days=float("nan")), "horizon"),
    ],
)
def test_designs_that_make_no_sense(course_copy, still_clock, quiet, objective, design, words):
    with pytest.raises(UserError, match=words):
        evaluate_policy(Course.open(course_copy), objective, design, still_clock, quiet)
