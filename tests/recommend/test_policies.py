"""What every policy promises, and what the simple ones do."""

import subprocess
import sys

import numpy as np
import pytest
import torch

from preceptor.domain import SECONDS_PER_DAY, UserError
from preceptor.recommend import HistoricalOrder, LowestRecallFirst, RandomQuestion, make_policy, policy_names
from preceptor.recommend.learned.brain import Brain, Form
from preceptor.recommend.learned.policy import LearnedPolicy, Origin, tracer_version
from preceptor.recommend.observation import layout_of
from preceptor.recommend.worlds import world_for
from preceptor.trace import Answers

START = 1_756_684_800.0
PLANS = {"planner", "planner-pruned", "planner-unspaced", "look-ahead", "look-ahead-pruned", "look-ahead-deep"}
LEARNED = {f"learned {kind}": kind for kind in ("actor", "values", "logits", "atoms")}
"""Policies of untrained networks; those of logits draw."""
every_policy = pytest.mark.parametrize("name", [*policy_names(), *LEARNED])


def made(name, model):
    """A registered policy, or one with a network."""
    if name not in LEARNED:
        return make_policy(name, model)
    world = world_for(model, timed=False)
    layout, kind = layout_of(world), LEARNED[name]
    atoms = {"atoms": 5, "most_return": 1.0} if kind == "atoms" else {}
    torch.manual_seed(0)
    form = Form(kind, layout.features_width, layout.vector_width, 4, 6, deterministic=kind != "logits", **atoms)
    origin = Origin("ddpg", "plain", "global", model.tracer.name, tracer_version(model.tracer), "run")
    return LearnedPolicy(model, Brain(form, world.question_vectors), origin)


def copies(name):
    """Of every student: enough for one that draws, a few for one that follows many hypothetical students."""
    return 3 if name == "look-ahead-deep" else 40


def at(days, n):
    return np.full(n, START + days * SECONDS_PER_DAY)


@every_policy
def test_the_question_just_answered_is_not_asked_again(name, model, some_minds, everything, objectives, rng):
    minds = some_minds(model).take(np.repeat([0, 1, 2], copies(name)))
    chosen = made(name, model).choose(minds, everything, objectives["global"], at(9, len(minds)), rng).question
    assert (chosen != minds.recent[:, -1]).all()


@every_policy
def test_only_candidates_are_asked(name, model, some_minds, objectives, rng):
    minds = some_minds(model).take(np.repeat([0, 1, 2], copies(name)))
    candidates = np.isin(np.arange(10), [2, 8])
    chosen = made(name, model).choose(minds, candidates, objectives["global"], at(9, len(minds)), rng).question
    assert candidates[chosen].all()


@every_policy
def test_candidates_may_differ_from_student_to_student(name, model, some_minds, objectives, rng):
    minds = some_minds(model).take(np.array([0, 1, 2, 1, 2, 0]))
    candidates = np.zeros((6, 10), dtype=bool)
    candidates[np.arange(6)[:, None], [[0, 1], [2, 9], [4, 8], [3, 6], [7, 0], [9, 5]]] = True
    chosen = made(name, model).choose(minds, candidates, objectives["global"], at(9, 6), rng).question
    assert candidates[np.arange(6), chosen].all()
    candidates[3] = False
    with pytest.raises(UserError, match="can be asked"):
        made(name, model).choose(minds, candidates, objectives["global"], at(9, 6), rng)


@every_policy
def test_the_only_question_is_asked_again_and_none_is_a_user_error(name, model, some_minds, objectives, rng):
    policy, minds = made(name, model), some_minds(model)
    only = np.arange(10) == 8
    chosen = policy.choose(minds, only, objectives["global"], at(9, 3), rng).question
    assert chosen.tolist() == [8, 8, 8]
    with pytest.raises(UserError, match="can be asked"):
        policy.choose(minds, np.zeros(10, bool), objectives["global"], at(9, 3), rng)


@every_policy
def test_choices_say_what_the_model_says(name, model, some_minds, everything, objectives, rng):
    minds = some_minds(model)
    choice = made(name, model).choose(minds, everything, objectives["global"], at(9, 3), rng)
    expected = model.p_correct(minds, choice.question[:, None], at(9, 3))[:, 0]
    np.testing.assert_allclose(choice.p_correct, expected, atol=1e-6)
    assert np.isnan(choice.improvement).all() == (name not in PLANS)


@every_policy
def test_the_same_chance_gives_the_same_choices(name, model, some_minds, everything, objectives):
    minds = some_minds(model).take(np.repeat([0, 1, 2], copies(name)))
    one, other = (
        made(name, model)
        .choose(minds, everything, objectives["global"], at(9, len(minds)), np.random.default_rng(5))
        .question
        for _ in range(2)
    )
    np.testing.assert_array_equal(one, other)


def test_random_questions_are_all_alike(counting, mind_of, everything, objectives, rng):
    minds = mind_of(counting, (3, 1.0, 0)).take(np.zeros(9_000, dtype=int))
    chosen = RandomQuestion(counting).choose(minds, everything, objectives["global"], at(1, 9_000), rng).question
    counts = np.bincount(chosen, minlength=10)
    assert counts[3] == 0
    np.testing.assert_allclose(counts[np.arange(10) != 3], 1_000, atol=130)


def test_the_lowest_recall_comes_first(counting, mind_of, everything, objectives, rng):
    """d was failed, then b; with d's questions out of the way b is the lowest."""
    mind = mind_of(counting, (8, 0.0, 0), (8, 0.0, 0), (2, 0.0, 0), (0, 1.0, 0))
    recall = counting.recall(mind, at(0.1, 1))[0]
    assert recall.argsort()[:2].tolist() == [3, 1]
    minds = mind.take(np.zeros(300, dtype=int))
    policy = LowestRecallFirst(counting)
    chosen = policy.choose(minds, everything, objectives["global"], at(0.1, 300), rng).question
    assert set(chosen) == {8, 9}
    without_d = everything & ~np.isin(np.arange(10), [8, 9])
    chosen = policy.choose(minds, without_d, objectives["global"], at(0.1, 300), rng).question
    assert set(chosen) == {2, 3, 6, 7}


def test_the_lowest_recall_is_what_is_left_now_not_what_was_mastered(counting, mind_of, everything, objectives, rng):
    """a was mastered long ago and fades fastest; c is a little weaker but fresh."""
    answers = [(0, 1.0, 0)] * 4 + [(4, 1.0, 100)] * 2 + [(2, 1.0, 100)] * 2 + [(8, 1.0, 100)] * 2
    mind = mind_of(counting, *answers)
    assert counting.mastery(mind, at(100, 1))[0].argmin() != 0
    chosen = LowestRecallFirst(counting).choose(mind, everything, objectives["global"], at(100, 1), rng).question
    assert 0 in counting.q_matrix.concepts[chosen[0]]


def test_the_concept_failed_most_often_comes_first(counting, mind_of, everything, objectives, rng):
    """b failed twice and c once, though c's recall is as low as a single failure makes it."""
    mind = mind_of(counting, (2, 0.0, 0), (2, 0.0, 0), (4, 0.0, 0), (8, 1.0, 0), (0, 1.0, 0))
    minds = mind.take(np.zeros(200, dtype=int))
    chosen = make_policy("most-failed", counting).choose(minds, everything, objectives["global"], at(1, 200), rng)
    assert set(chosen.question) == {2, 3, 6, 7}


def test_review_asks_what_is_due_and_nothing_new(counting, mind_of, everything, objectives, rng):
    """c was practised last and d never: a, practised once and long ago, is due."""
    mind = mind_of(counting, (0, 1.0, 0), (2, 1.0, 30), (2, 1.0, 40), (4, 1.0, 41), (4, 1.0, 41))
    minds = mind.take(np.zeros(200, dtype=int))
    review = make_policy("spaced-review", counting)
    assert counting.retention(mind, at(41, 1))[0].argmin() == 0
    chosen = review.choose(minds, everything, objectives["global"], at(41, 200), rng).question
    assert set(chosen) == {0, 1, 6}
    only_new = everything & np.isin(np.arange(10), [8, 9])
    assert set(review.choose(minds, only_new, objectives["global"], at(41, 200), rng).question) == {8, 9}


def test_the_rule_of_oatutor_takes_unseen_questions_with_the_lowest_product(
    counting, mind_of, everything, objectives, rng
):
    mind = mind_of(counting, (8, 0.0, 0), (8, 0.0, 0), (0, 1.0, 0), (0, 1.0, 0))
    minds = mind.take(np.zeros(200, dtype=int))
    policy = make_policy("lowest-mastery", counting)
    mastery = counting.mastery(mind, at(1, 1))[0]
    products = [np.prod([mastery[c] for c in own if c >= 0]) for own in counting.q_matrix.concepts]
    unseen = [q for q in range(10) if q not in (0, 8)]
    expected = {q for q in unseen if np.isclose(products[q], min(products[i] for i in unseen))}
    chosen = policy.choose(minds, everything, objectives["global"], at(1, 200), rng).question
    assert set(chosen) == expected
    seen = np.isin(np.arange(10), [0, 8])
    assert set(policy.choose(minds, seen, objectives["global"], at(1, 200), rng).question) == {8}


def test_the_constant_question_is_the_first_there_is(counting, mind_of, everything, objectives, rng):
    mind = mind_of(counting, (5, 1.0, 0))
    policy, asked = make_policy("constant", counting), []
    for day in range(4):
        asked.append(int(policy.choose(mind, everything, objectives["global"], at(day, 1), rng).question[0]))
        mind = counting.answer(mind, Answers.untimed(np.array(asked[-1:]), np.ones(1)))
    assert asked == [0, 1, 0, 1]


@every_policy
def test_who_does_not_heed_the_objective_chooses_alike_for_all(name, model, some_minds, everything, objectives):
    policy, minds = made(name, model), some_minds(model)
    if not policy.heeds_objective:
        chosen = [
            policy.choose(minds, everything, objective, at(9, 3), np.random.default_rng(1)).question
            for objective in objectives.values()
        ]
        assert all((one == chosen[0]).all() for one in chosen)


def test_historical_order_asks_what_was_asked(counting, mind_of, everything, objectives, rng):
    mind = mind_of(counting, (0, 1.0, 0), (2, 0.0, 1))
    logged = np.array([[5, 5, 0, 9]])
    policy = HistoricalOrder(counting, logged, mind.answered)
    for expected in logged[0]:
        choice = policy.choose(mind, everything, objectives["global"], at(5, 1), rng)
        assert choice.question.tolist() == [expected]
        mind = counting.answer(mind, Answers.untimed(choice.question, np.ones(1)))


def test_an_unknown_policy_is_named(counting):
    with pytest.raises(UserError, match="did you mean 'planner'"):
        make_policy("planer", counting)


def test_policies_never_load_the_simulator():
    code = "import sys, preceptor.recommend; print([m for m in sys.modules if m.startswith('preceptor.simulate')])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@every_policy
def test_ranked_questions_are_candidates_one_of_each_set_of_concepts(name, model, some_minds, everything, objectives):
    policy, mind = made(name, model), some_minds(model).take([0])
    when = at(9, 1)[0]
    ranked = policy.rank(mind, everything, objectives["global"], when, 20, np.random.default_rng(1))
    questions = [one.question for one in ranked]
    dense = model.q_matrix.dense
    assert len({dense[question].tobytes() for question in questions}) == len(questions) > 1
    assert mind.recent[0, -1] not in questions
    chosen = policy.choose(mind, everything, objectives["global"], at(9, 1), np.random.default_rng(1))
    assert questions[0] == chosen.question[0]
    again = policy.rank(mind, everything, objectives["global"], when, 20, np.random.default_rng(1))
    assert [one.question for one in again] == questions
    some = np.isin(np.arange(10), questions[1:])
    assert policy.rank(mind, some, objectives["global"], when, 1)[0].question in questions[1:]
