"""The pruned look-ahead: what its scores are made of, and how little it misses."""

import numpy as np
import pytest
import torch

from preceptor.domain import SECONDS_PER_DAY, QMatrix
from preceptor.forgetting import NoForgetting
from preceptor.mind import MindModel
from preceptor.recommend import DeepLookAhead, LookAhead, PrunedLookAhead, look_ahead_pruned
from preceptor.recommend.look_ahead_shortlist import GradientShortlist, SetShortlist
from preceptor.recommend.vector_world import VectorWorld
from preceptor.trace import Answers, QuestionVectors
from preceptor.trace.lstm import lstm_cell
from preceptor.trace.semantic_dkt import SemanticDktTracer

START = 1_756_684_800.0
QUESTIONS, CONCEPTS = 600, 12


def day(days, n=1):
    return np.full(n, START + days * SECONDS_PER_DAY)


@pytest.fixture(scope="module")
def tracer():
    """600 questions of 12 concepts; untrained but for louder vectors, so that answers move states far."""
    rng = np.random.default_rng(2)
    own = np.arange(QUESTIONS) % CONCEPTS
    concepts = rng.normal(size=(CONCEPTS, 16)).astype(np.float32)
    questions = (concepts[own] + 0.7 * rng.normal(size=(QUESTIONS, 16))).astype(np.float32)
    names = tuple(f"q{i}" for i in range(QUESTIONS)), tuple(f"c{i}" for i in range(CONCEPTS))
    q_matrix = QMatrix(*names, own[:, None].astype(np.int32), np.full(QUESTIONS, np.nan, np.float32))
    torch.manual_seed(0)
    made = SemanticDktTracer(q_matrix, size="small", vectors=QuestionVectors(questions, concepts))
    made.network.reset()
    return made


@pytest.fixture(scope="module")
def minds(tracer):
    """Forty students with twenty answers."""
    rng, model = np.random.default_rng(3), MindModel(tracer, NoForgetting(CONCEPTS))
    found = model.initial(40)
    for _ in range(20):
        asked = rng.integers(QUESTIONS, size=40)
        found = model.answer(found, Answers.untimed(asked, rng.integers(2, size=40)))
    return found


def single(rng, n):
    weights = np.zeros((n, CONCEPTS))
    weights[np.arange(n), rng.integers(CONCEPTS, size=n)] = 1
    return weights


def test_the_slope_is_the_gradient_of_the_value(tracer, minds, rng):
    world = VectorWorld(tracer)
    shortlist, weights = GradientShortlist(world), torch.tensor(rng.dirichlet(np.ones(CONCEPTS)), dtype=torch.float32)
    hidden = minds.tracer_state.hidden[0].clone().requires_grad_()
    logits = world.head.pairs(world.head.student(hidden[None]), world.concept_parts)[0]
    (torch.sigmoid(world.shift + world.slope * logits) @ weights).backward()
    with torch.no_grad():
        found = shortlist.slope(hidden, world.head.student(hidden), weights)
    np.testing.assert_allclose(found, hidden.grad, atol=1e-6)


def test_scores_are_the_first_order_change_over_all_units(tracer, minds, rng):
    """The compiled pass, with its table of exponentials, against the LSTM itself; a small state uses all its units."""
    world = VectorWorld(tracer)
    shortlist, weights = GradientShortlist(world), single(rng, 1)
    state = minds.take([0]).tracer_state
    found = shortlist.scores(state, weights, np.ones((1, QUESTIONS), bool), day(1))[0]
    hidden, cell = state.hidden[0], state.cell[0]
    with torch.inference_mode():
        slope = shortlist.slope(hidden, world.head.student(hidden), torch.tensor(weights[0], dtype=torch.float32))
        base = world.of_answer + world.recurrent @ hidden
        wrong, right = (lstm_cell(world.of_question + each, cell)[0] @ slope for each in base)
    p_correct = tracer.predict(state, np.arange(QUESTIONS)[None], day(1))[0]
    np.testing.assert_allclose(found, (1 - p_correct) * wrong.numpy() + p_correct * right.numpy(), atol=2e-4)


def test_without_the_compiled_pass_it_is_the_same(tracer, minds, rng):
    shortlist = GradientShortlist(VectorWorld(tracer))
    state, unit = minds.tracer_state, torch.tensor([3, 1, 30])
    answers = torch.randn(2, 4, 3)
    slope = torch.tensor([0.5, -1.0, 2.0])
    compiled = shortlist._compiled(unit, answers, state.cell[0, unit], slope)
    plain = shortlist._plain(unit, answers, state.cell[0, unit], slope)
    np.testing.assert_allclose(compiled, plain, atol=5e-4)


def test_what_it_promises_is_exact_and_little_is_missed(tracer, minds, rng, monkeypatch):
    monkeypatch.setattr(look_ahead_pruned, "LOOKED_AT", 24)
    model = MindModel(tracer, NoForgetting(CONCEPTS))
    pruned, exact = PrunedLookAhead(model), LookAhead(model)
    allowed, at = np.ones((40, QUESTIONS), bool), day(1, 40)
    for weights in (single(rng, 40), np.full((40, CONCEPTS), 1 / CONCEPTS)):
        found, every = (each.foresee(minds.tracer_state, allowed, weights, at) for each in (pruned, exact))
        looked_at = np.isfinite(found.improvement)
        assert (looked_at.sum(axis=1) == 24).all()
        np.testing.assert_allclose(found.improvement[looked_at], every.improvement[looked_at], atol=1e-6)
        np.testing.assert_allclose(found.p_correct[looked_at], every.p_correct[looked_at], atol=1e-6)
        best = every.improvement.max(axis=1)
        regret = (best - found.improvement.max(axis=1)).sum() / best.sum()
        assert 0 <= regret <= 0.02


def test_many_concepts_shorten_the_list(tracer, minds, monkeypatch):
    monkeypatch.setattr(look_ahead_pruned, "ENTRIES", 30 * CONCEPTS)
    policy = PrunedLookAhead(MindModel(tracer, NoForgetting(CONCEPTS)))
    weights, allowed = np.full((40, CONCEPTS), 1 / CONCEPTS), np.ones((40, QUESTIONS), bool)
    found = policy.foresee(minds.tracer_state, allowed, weights, day(1, 40))
    assert (np.isfinite(found.improvement).sum(axis=1) == 30).all()


def test_nobody_is_asked_what_is_not_allowed(tracer, minds, rng):
    policy = PrunedLookAhead(MindModel(tracer, NoForgetting(CONCEPTS)))
    allowed = rng.random((40, QUESTIONS)) < 0.2
    allowed[0] = np.arange(QUESTIONS) < 5
    found = policy.foresee(minds.tracer_state, allowed, single(rng, 40), day(1, 40))
    assert not np.isfinite(found.improvement[~allowed]).any()
    assert np.isfinite(found.improvement[0]).sum() <= 5
    assert np.isfinite(found.improvement.max(axis=1)).all()


def test_other_tracers_look_at_one_question_a_set_of_concepts_first(
    model, objectives, some_minds, everything, monkeypatch
):
    """Within the set of the best representative nothing is missed."""
    monkeypatch.setattr(look_ahead_pruned, "LOOKED_AT", 3)
    monkeypatch.setattr(look_ahead_pruned, "LEAST", 3)
    pruned, exact, minds = PrunedLookAhead(model), LookAhead(model), some_minds(model)
    allowed = np.tile(everything, (3, 1))
    found = pruned.plan(minds, allowed, objectives["practiced"], day(9, 3))
    every = exact.plan(minds, allowed, objectives["practiced"], day(9, 3))
    looked_at = np.isfinite(found.improvement)
    np.testing.assert_allclose(found.improvement[looked_at], every.improvement[looked_at], atol=1e-6)
    if isinstance(pruned._shortlist, SetShortlist):
        first = [0, 2, 3, 4, 6, 8]
        best = np.array(first)[every.improvement[:, first].argmax(axis=1)]
        own = exact.concept_set[best][:, None] == exact.concept_set
        assert (looked_at[own]).all()


def test_a_beam_may_stand_on_it(tracer, minds, rng):
    model = MindModel(tracer, NoForgetting(CONCEPTS))
    allowed, weights, few = np.ones((2, QUESTIONS), bool), single(rng, 2), minds.take([0, 1]).tracer_state
    plans = [
        DeepLookAhead(model, 2, 3, one_step).foresee(few, allowed, weights, day(1, 2)).improvement.max(axis=1)
        for one_step in (PrunedLookAhead(model), LookAhead(model))
    ]
    np.testing.assert_allclose(*plans, rtol=0.02)
