"""The exact one-step look-ahead: on every tracer it is what answering every question both ways gives."""

from itertools import product

import numpy as np
import pytest
import torch

from preceptor.domain import SECONDS_PER_DAY, UserError
from preceptor.forgetting import NoForgetting
from preceptor.mind import MindModel
from preceptor.recommend import LookAhead, look_ahead_foresight, look_ahead_semantic, objective_names
from preceptor.recommend.look_ahead_foresight import TracerForesight
from preceptor.recommend.look_ahead_semantic import SemanticForesight
from preceptor.trace import Answers, QuestionVectors
from preceptor.trace.kc_calibration import own_concepts
from preceptor.trace.semantic_dkt import SemanticDktTracer
from preceptor.trace.training import TrainingPlan

START = 1_756_684_800.0
every_objective = pytest.mark.parametrize("name", objective_names())


def day(days, n=1):
    return np.full(n, START + days * SECONDS_PER_DAY)


def by_brute_force(tracer, state, weights, at):
    """P(correct) and improvement of every question, by the tracer's own verbs, one hypothetical student at a time."""
    questions, concepts = (np.arange(len(ids)) for ids in (tracer.q_matrix.question_ids, tracer.q_matrix.concept_ids))
    p_correct = tracer.predict(state, questions[None], at)[0].astype(float)
    after = np.empty((2, len(questions)))
    for question, credit in product(questions, (0, 1)):
        answers = Answers(np.array([question]), np.array([credit], np.float32), at, np.array([np.nan], np.float32))
        after[credit, question] = weights @ tracer.mastery(tracer.update(state, answers), concepts, at)[0]
    now = weights @ tracer.mastery(state, concepts, at)[0]
    return p_correct, (1 - p_correct) * after[0] + p_correct * after[1] - now


@every_objective
def test_it_is_the_brute_force_look_ahead_on_every_tracer(name, model, objectives, some_minds, everything):
    minds, policy = some_minds(model), LookAhead(model)
    weights = policy.weights(minds, objectives[name], day(9, 3))
    plan = policy.plan(minds, np.tile(everything, (3, 1)), objectives[name], day(9, 3))
    for i in range(3):
        state = minds.take([i]).tracer_state
        p_correct, improvement = by_brute_force(model.tracer, state, weights[i], day(9))
        np.testing.assert_allclose(plan.p_correct[i], p_correct, atol=1e-5)
        np.testing.assert_allclose(plan.improvement[i], improvement, atol=1e-5)


@every_objective
def test_the_best_is_chosen_and_ranked_first(name, model, objectives, some_minds, everything, rng):
    minds, policy = some_minds(model), LookAhead(model)
    choice = policy.choose(minds, everything, objectives[name], day(9, 3), rng)
    plan = policy.plan(minds, np.tile(everything, (3, 1)), objectives[name], day(9, 3))
    for i in range(3):
        allowed = np.arange(10) != minds.recent[i, -1]
        assert allowed[choice.question[i]]
        assert choice.improvement[i] >= plan.improvement[i, allowed].max() - 1e-6
        mind = minds.take([i])
        first, *rest = policy.rank(mind, everything, objectives[name], day(9)[0], k=20)
        assert first.question == choice.question[i]
        assert first.p_correct == pytest.approx(choice.p_correct[i])
        sets = [frozenset(model.q_matrix.concepts[one.question]) for one in (first, *rest)]
        assert len(sets) == len(set(sets)) == 6
        found = policy.improvement_of(mind, first.question, objectives[name], day(9))
        assert found[0] == pytest.approx(first.improvement, abs=1e-6)


def test_weights_follow_the_tracer_s_mastery_not_recall(model, objectives, some_minds):
    minds = some_minds(model)
    weights = LookAhead(model).weights(minds, objectives["weakest"], day(40, 3))
    mastery = model.tracer.mastery(minds.tracer_state, np.arange(4), day(40, 3))
    np.testing.assert_array_equal(weights.argmax(axis=1), mastery.argmin(axis=1))


def test_only_candidates_are_looked_at(model, objectives, some_minds, everything):
    some = np.isin(np.arange(10), [2, 8])
    minds, policy = some_minds(model), LookAhead(model)
    whole = policy.plan(minds, np.tile(everything, (3, 1)), objectives["global"], day(9, 3))
    plan = policy.plan(minds, np.tile(some, (3, 1)), objectives["global"], day(9, 3))
    np.testing.assert_allclose(plan.improvement[:, some], whole.improvement[:, some], atol=1e-6)
    ranked = policy.rank(minds.take([1]), some, objectives["global"], day(9)[0], k=5)
    assert {one.question for one in ranked} <= {2, 8}
    with pytest.raises(UserError, match="can be asked"):
        policy.rank(minds.take([1]), ~everything, objectives["global"], day(9)[0], k=5)


def test_portions_change_nothing(model, objectives, some_minds, everything, monkeypatch):
    minds, policy = some_minds(model), LookAhead(model)
    expected = policy.plan(minds, np.tile(everything, (3, 1)), objectives["global"], day(9, 3))
    monkeypatch.setattr(look_ahead_foresight, "ENTRIES", 12)
    monkeypatch.setattr(look_ahead_semantic, "TOGETHER", 3)
    found = policy.plan(minds, np.tile(everything, (3, 1)), objectives["global"], day(9, 3))
    np.testing.assert_allclose(found.improvement, expected.improvement, atol=1e-6)


@pytest.fixture(scope="module", params=["frozen", "tuned", "from nothing", "calibrated"])
def semantic(request, bank, log):
    """Semantic DKT in all its forms, fitted in a moment."""
    rng = np.random.default_rng(1)
    concepts = rng.normal(size=(4, 16)).astype(np.float32)
    questions = (bank.q_matrix.dense @ concepts + rng.normal(size=(10, 16))).astype(np.float32)
    vectors = (
        None if request.param == "from nothing" else QuestionVectors(questions, concepts, request.param == "tuned")
    )
    tracer = SemanticDktTracer(bank.q_matrix, size="small", vectors=vectors, plan=TrainingPlan(epochs=2))
    train, valid = log.of_students(range(30)), log.of_students(range(30, 40))
    tracer.fit(train, valid, seed=0, clock=lambda: 0.0)
    if request.param != "calibrated":
        return tracer
    tracer = own_concepts(tracer, concepts)
    with torch.no_grad():  # as if calibration had moved them
        tracer.network.head.of_concept.weight.mul_(0.5)
    return tracer


def test_the_fast_way_is_the_general_way(semantic, some_minds, rng):
    minds = some_minds(MindModel(semantic, NoForgetting(4)))
    weights, question = rng.dirichlet(np.ones(4), size=3), rng.integers(10, size=(3, 25))
    weights[1] = [0, 0, 1, 0]
    fast = SemanticForesight(semantic).plan(minds.tracer_state, question, weights, day(9, 3))
    general = TracerForesight(semantic).plan(minds.tracer_state, question, weights, day(9, 3))
    np.testing.assert_allclose(fast.p_correct, general.p_correct, atol=1e-6)
    np.testing.assert_allclose(fast.improvement, general.improvement, atol=1e-6)
    assert np.ptp(general.improvement) > 1e-4


def test_it_follows_weights_that_change(semantic, some_minds):
    """The tables it keeps are made anew."""
    foresight, minds = SemanticForesight(semantic), some_minds(MindModel(semantic, NoForgetting(4)))
    question, weights = np.tile(np.arange(10), (3, 1)), np.full((3, 4), 0.25)
    before = foresight.plan(minds.tracer_state, question, weights, day(9, 3))
    weight = semantic.network.read.weight
    with torch.no_grad():
        weight.mul_(-1)
    try:
        found = foresight.plan(minds.tracer_state, question, weights, day(9, 3))
        expected = TracerForesight(semantic).plan(minds.tracer_state, question, weights, day(9, 3))
    finally:
        with torch.no_grad():
            weight.mul_(-1)
    np.testing.assert_allclose(found.improvement, expected.improvement, atol=1e-6)
    assert np.abs(found.improvement - before.improvement).max() > 1e-4
