"""From a course to a learned policy that serves it."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from preceptor.annotate.asking_answers import Variation
from preceptor.annotate.varying import new_question
from preceptor.course import Course, runs
from preceptor.domain import UserError
from preceptor.evaluate import PolicyDesign
from preceptor.recommend import make_policy
from preceptor.recommend import policy_names as registered_names
from preceptor.recommend.learned.policy import saved_origin
from preceptor.workflow.choosing import Choosing
from preceptor.workflow.evaluating import evaluate_policy
from preceptor.workflow.learned_policies import load_policy, of_every_seed, policy_names
from preceptor.workflow.models import load_trained
from preceptor.workflow.policies import _learner, left_over, train_policy
from preceptor.workflow.policy_contest import PolicyChoice
from preceptor.workflow.policy_ground import askable_rows, lay_ground
from preceptor.workflow.policy_options import PolicyOptions
from preceptor.workflow.policy_teaching import TEACHERS, teach
from preceptor.workflow.recommending import recommend
from preceptor.workflow.status import status

QUICK = PolicyOptions("practiced", "ddpg", transitions=600, updates=30, horizon=5)


def silent(what, done, total):
    pass


@pytest.fixture
def course(semantic_course, tmp_path):
    return Course.open(shutil.copytree(semantic_course, tmp_path / "course"))


def test_what_is_told_and_kept(learned):
    course, result = learned
    told = result.to_dict()
    assert (told["objective"], told["algorithm"], told["critic"]) == ("practiced", "ddpg", "plain")
    assert told["transitions"] == 600
    assert told["updates"] == 30
    assert told["seconds"] > 0
    improvement = told["improvement"]
    low, high = improvement["ci95"]
    assert low <= improvement["mean"] <= high
    assert -100 <= improvement["percent_of_bound"] <= 100
    assert set(told["baselines"]) == {"random", "untrained"}
    assert told["simulated"]
    assert course.default("policies") == course.path / "policies" / told["policy"]
    assert runs(course, "train-policy")[-1]["metrics"]["policy"] == told["policy"]
    assert not list((course.path / "policies").rglob("interrupted*"))


def test_students_of_the_splits_are_those_of_the_tracer(learned):
    course, result = learned
    assert sum(result.students.values()) == 40
    ground = lay_ground(course, result.options)
    ids = [set(students.ids) for students in ground.students.values()]
    assert not ids[0] & ids[1] | ids[0] & ids[2] | ids[1] & ids[2]


def test_status_and_recommend_know_the_policy(learned, still_clock):
    course, result = learned
    assert status(course).policies == policy_names(course)
    assert set(policy_names(course)) == {*registered_names(), result.policy}
    assert policy_names(course)[0] == "planner"
    student = status(course).example_students[0]
    asked = {
        name: recommend(
            course,
            student,
            objective="practiced",
            k=3,
            horizon_days=7.0,
            at_seconds=None,
            clock=still_clock,
            policy=name,
        )
        for name in ("planner", "learned", result.policy, "ddpg-plain-practiced")
    }
    chosen = {name: [entry.question_id for entry in found.recommendations] for name, found in asked.items()}
    assert chosen["learned"] == chosen[result.policy] == chosen["ddpg-plain-practiced"]
    assert len(chosen["learned"]) == 3
    assert asked["learned"].policy == "ddpg (plain critic)"
    for entry in asked["learned"].recommendations:
        assert np.isfinite(entry.expected_improvement)
        assert entry.why
        assert 0 < entry.p_correct < 1


def test_recommend_says_which_policies_there_are(learned, still_clock):
    course, result = learned
    with pytest.raises(UserError, match="no policy for the objective 'weakest'") as refused:
        load_policy(course, load_trained(course, course.load_bank()).model, "learned", "weakest")
    assert result.policy in str(refused.value)
    assert "train-policy" in str(refused.value)


def test_a_policy_does_not_outlive_its_tracer(learned, tmp_path, still_clock):
    from preceptor.workflow.training import train
    from preceptor.workflow.training_options import TrainOptions

    course = Course.open(shutil.copytree(learned[0].path, tmp_path / "course"))
    train(course, TrainOptions(model="history"), still_clock, silent)
    model = load_trained(course, course.load_bank()).model
    with pytest.raises(UserError, match=r"trained on the tracer semantic-dkt .* now served by another history"):
        load_policy(course, model, "learned", "practiced")


@pytest.mark.parametrize(("algorithm", "critic"), [("td3", "mve"), ("dqn", "plain")])
def test_a_training_killed_between_epochs_resumes_to_the_same_end(algorithm, critic, course, still_clock, tmp_path):
    options = replace(QUICK, algorithm=algorithm, critic=critic)
    torch.set_num_threads(1)
    whole = train_policy(Course.open(shutil.copytree(course.path, tmp_path / "whole")), options, still_clock, silent)
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "policy_process.py"), str(course.path), algorithm, critic, "4"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "ready\n"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    seen = []
    resumed = train_policy(
        course, replace(options, resume=True), still_clock, lambda what, done, total: seen.append(done)
    )
    assert seen == [5, 6, 7, 8, 9, 10]
    np.testing.assert_allclose(resumed.training["scores"], whole.training["scores"], atol=1e-6, rtol=0)
    assert resumed.improvement.estimate.mean == pytest.approx(whole.improvement.estimate.mean, abs=1e-6)


def test_other_options_do_not_go_on_from_what_was_left(course):
    ground = lay_ground(course, QUICK)
    files = {left_over(course, options, ground).checkpoint.path for options in (QUICK, replace(QUICK, seed=1))}
    assert len(files) == 2


def test_the_original_bank_has_no_question_that_extending_made(course):
    bank = course.load_bank()
    origin = next(question for question in bank.questions if question.servable)
    variation = Variation(question="What is $2+2$?", answer="4", steps=["Add."], added_concept="")
    made = new_question(origin, 0, variation)
    larger = replace(bank, questions=(*bank.questions, made))
    original, extended = askable_rows(larger, "original"), askable_rows(larger, "extended")
    assert set(extended) - set(original) == {len(bank.questions)}
    np.testing.assert_array_equal(original, askable_rows(bank, "extended"))
    with pytest.raises(UserError, match="bank"):
        askable_rows(bank, "other")


@pytest.mark.parametrize("name", ["ddpg", "discrete-sac"])
def test_a_teacher_comes_first(name, course, still_clock):
    """Before any update the policy is already what the look-ahead taught, and its targets with it."""
    told = []
    options = replace(QUICK, algorithm=name, teacher="look-ahead", transitions=100, updates=0)
    taught = train_policy(course, options, still_clock, lambda what, done, total: told.append(what))
    assert told[:5] == ["lessons"] * 4 + ["cloning"]
    assert taught.to_dict()["teacher"] == "look-ahead"
    untrained = taught.baselines["untrained"].estimate.mean
    assert taught.improvement.estimate.mean != untrained
    ground = lay_ground(course, options)
    learner, _ = _learner(ground, options)
    before = [weight.clone() for weight in learner.brain.parameters()]
    teach(ground, learner, options, silent)
    assert any(not torch.equal(*pair) for pair in zip(before, learner.brain.parameters(), strict=True))
    if name == "ddpg":
        actor, target = learner.algorithm.policy.actor, learner.algorithm.actor_old
        pairs = zip(actor.parameters(), target.parameters(), strict=True)
        assert all(torch.equal(*pair) for pair in pairs)


@pytest.mark.parametrize("teacher", [name for name in TEACHERS if name != "look-ahead"])
def test_other_look_aheads_teach_too(teacher, course):
    """What they would ask is no worse than most questions in the eyes of the exact look-ahead."""
    from preceptor.recommend.learned.cloning import Teacher

    ground = lay_ground(course, replace(QUICK, objective="weakest", teacher=teacher))
    env, chooser = ground.env("train", num_envs=6, seed=0), make_policy(teacher, ground.trained.model)
    obs, info = env.reset()
    lesson = Teacher(env, chooser).promised(obs, info["mask"])
    options = replace(QUICK, algorithm="discrete-sac", teacher=teacher, transitions=100, updates=0)
    learner, _ = _learner(ground, options)
    before = [weight.clone() for weight in learner.brain.parameters()]
    teach(ground, learner, options, silent)
    assert any(not torch.equal(*pair) for pair in zip(before, learner.brain.parameters(), strict=True))
    assert np.isfinite(lesson.max(axis=1)).all()
    exact = Teacher(env, make_policy("look-ahead", ground.trained.model)).promised(obs, info["mask"])
    best = np.take_along_axis(exact, lesson.argmax(axis=1)[:, None], axis=1)[:, 0]
    assert (best >= np.median(exact, axis=1)).all()


def test_a_teacher_needs_the_state_it_reads(course_copy, still_clock):
    options = replace(QUICK, algorithm="discrete-sac", teacher="look-ahead", transitions=100, updates=0)
    with pytest.raises(UserError, match="semantic-dkt and without a clock"):
        train_policy(Course.open(course_copy), options, still_clock, silent)


@pytest.mark.parametrize("name", ["ddpg", "discrete-sac"])
def test_the_paper_preset_runs(name, course, still_clock):
    result = train_policy(course, replace(QUICK, algorithm=name, preset="paper", updates=4), still_clock, silent)
    assert result.settings.reward_scale == 1000
    assert abs(result.improvement.estimate.mean) < 1


def test_the_objective_is_as_released_under_the_preset_paper_alone(course, still_clock):
    """In training, in measuring, and with the policy, so that serving does the same."""
    recent = np.array([[3, 3, 3, 3, 3, 3, 40, 40, 80, 80]], dtype=np.int32)
    options = replace(QUICK, objective="upcoming", updates=2, transitions=100)
    weights = {}
    for preset in ("tuned", "paper"):
        ground = lay_ground(course, replace(options, preset=preset))
        trained = ground.trained.objectives["upcoming"]
        weights[preset] = ground.env("test", num_envs=2).objective.recent_weights(recent)
        expected = trained.as_released() if preset == "paper" else trained
        np.testing.assert_array_equal(weights[preset], expected.recent_weights(recent))
        result = train_policy(course, replace(options, preset=preset), still_clock, silent)
        assert saved_origin(course.path / "policies" / result.policy).released == (preset == "paper")
    assert not np.array_equal(weights["tuned"], weights["paper"])


def test_what_needs_vectors_is_refused_on_another_tracer(course_copy, still_clock):
    course = Course.open(course_copy)
    with pytest.raises(UserError, match="semantic-dkt"):
        train_policy(course, QUICK, still_clock, silent)
    with pytest.raises(UserError, match="--critic mve with the tracer semantic-dkt"):
        train_policy(course, replace(QUICK, algorithm="discrete-sac", critic="mve"), still_clock, silent)


def test_discrete_algorithms_learn_on_any_tracer(course_copy, still_clock):
    course = Course.open(course_copy)
    result = train_policy(course, replace(QUICK, algorithm="dqn", transitions=100, updates=4), still_clock, silent)
    model = load_trained(course, course.load_bank()).model
    assert load_policy(course, model, result.policy, "practiced").origin.tracer == "dkt"


def test_an_exam_of_other_weights_needs_another_policy(course_copy, still_clock, monkeypatch):
    """Told where a question is asked, and where a course is opened to serve."""
    ids = Course.open(course_copy).load_bank().q_matrix.concept_ids

    def course_with(**settings):
        for name, value in settings.items():
            monkeypatch.setenv(f"PRECEPTOR_{name.upper()}", value)
        return Course.open(course_copy)

    def ask(course):
        found = recommend(course, status(course).example_students[0], objective="exam", k=1, horizon_days=7.0,
                          at_seconds=None, clock=still_clock, policy="learned")  # fmt: skip
        return found.recommendations

    def open_to_serve(course):
        bank = course.load_bank()
        return Choosing.of(course, bank, load_trained(course, bank), "learned")

    course = course_with(exam_minutes_per_day="2", exam_days="3", exam_weights=f"{ids[0]}=1")
    options = replace(QUICK, objective="exam", algorithm="dqn", horizon=10, updates=2)
    train_policy(course, options, still_clock, silent)
    assert len(ask(course)) == 1
    assert open_to_serve(course).objective == "exam"
    course = course_with(exam_weights=f"{ids[0]}=1, {ids[1]}=2")
    for call in (ask, open_to_serve):
        with pytest.raises(UserError, match="weights of 'exam' have changed") as refused:
            call(course)
        assert "--objective exam --algorithm dqn --critic plain" in str(refused.value)


def test_a_course_without_a_model_is_told_to_train_one(tmp_path, still_clock):
    with pytest.raises(UserError, match="no trained model"):
        train_policy(Course.create(tmp_path / "empty", "empty"), QUICK, still_clock, silent)


def test_a_model_based_critic_is_held_against_the_plain_one(learned, tmp_path, still_clock):
    original, plain = learned
    course = Course.open(shutil.copytree(original.path, tmp_path / "course"))
    mve = train_policy(course, replace(QUICK, critic="mve", transitions=100, updates=4), still_clock, silent)
    twins = (mve.policy, plain.to_dict()["policy"])
    choice = PolicyChoice(("random", "no-practice", *twins), ("own",), "random", ("no-practice",))
    rows = evaluate_policy(course, "practiced", PolicyDesign(students=4, steps=3), still_clock, silent, choice)["rows"]
    over = {row["policy"]: set(row["over"]) for row in rows}
    assert over == {
        "random": {"no-practice"},
        "no-practice": set(),
        twins[0]: {"no-practice", twins[1]},
        twins[1]: {"no-practice"},
    }


def test_a_learned_policy_is_judged_under_its_own_objective(learned, tmp_path, still_clock):
    """Beside the registered ones, by its run and by `learned`; elsewhere it does not take part."""
    original, result = learned
    course = Course.open(shutil.copytree(original.path, tmp_path / "course"))
    saved, design = result.to_dict()["policy"], PolicyDesign(students=4, steps=3)

    def judged(objective, policies, reference):
        choice = PolicyChoice(policies, ("own",), reference)
        return evaluate_policy(course, objective, design, still_clock, silent, choice)["rows"]

    rows = judged("practiced,weakest", ("random", saved), "random")
    pairs = [(row["objective"], row["policy"]) for row in rows]
    assert pairs == [("practiced", "random"), ("practiced", saved), ("weakest", "random")]
    newest = {row["policy"]: row["recall"] for row in judged("practiced", ("learned", "random"), "random")}
    assert newest["learned"] == rows[1]["recall"]
    with pytest.raises(UserError, match="another objective"):
        judged("weakest", ("random", saved), saved)
    with pytest.raises(UserError, match="no policy"):
        judged("weakest", ("random", "learned"), "random")


def test_policies_of_an_earlier_tracer_are_left_out_of_all_by_name(learned, tmp_path, still_clock):
    original, result = learned
    course = Course.open(shutil.copytree(original.path, tmp_path / "course"))
    saved, design = result.policy, PolicyDesign(students=3, steps=2)
    file = course.path / "policies" / saved / "config.json"
    config = json.loads(file.read_text())
    config["origin"]["version"] = "0" * 16
    file.write_text(json.dumps(config))

    def judged(*policies):
        choice = PolicyChoice(policies, ("own",), "random")
        return evaluate_policy(course, "practiced", design, still_clock, silent, choice)

    found = judged("all")
    assert [one["policy"] for one in found["skipped"]] == [saved]
    assert "was trained on the tracer semantic-dkt" in found["skipped"][0]["why"]
    assert saved not in {row["policy"] for row in found["rows"]}
    assert judged("random", "constant")["skipped"] == []
    with pytest.raises(UserError, match="now served by another"):
        judged("random", saved)


def later(clock, minutes):
    return replace(clock, now=lambda: clock.now() + 60 * minutes)


def test_trainings_that_differ_in_the_seed_count_as_their_mean(learned, tmp_path, still_clock):
    """Each replicate plays with the next; other chance for everybody, and no other options among them."""
    original, result = learned
    course = Course.open(shutil.copytree(original.path, tmp_path / "course"))
    name = result.policy.partition("/")[0]
    longer = replace(QUICK, transitions=2 * QUICK.transitions)
    runs = [
        train_policy(course, replace(longer, seed=seed), later(still_clock, minutes=seed), silent).policy
        for seed in (1, 2)
    ]
    assert of_every_seed(course, name) == tuple(runs)

    def judged(*policies, replicates=1):
        design = PolicyDesign(students=4, steps=3, replicates=replicates)
        choice = PolicyChoice(("random", *policies), ("own",), "random")
        rows = evaluate_policy(course, "practiced", design, still_clock, silent, choice)["rows"]
        return {row["policy"]: row["improvement"]["now"]["mean"] for row in rows}

    every = f"{name}/*"
    once, twice = judged(*runs), judged(*runs, every, replicates=2)
    alone = judged(every)
    assert (alone[every], alone["random"]) == (twice[every], twice["random"])  # all arms share the replicates
    assert twice["random"] != once["random"]
    second = 2 * twice[runs[1]] - once[runs[1]]
    assert twice[every] == pytest.approx((once[runs[0]] + second) / 2)
    with pytest.raises(UserError, match="replicates"):
        judged(runs[0], replicates=0)
