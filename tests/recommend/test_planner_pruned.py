"""The pruned planner: exact where it looks, the planner where it looks everywhere, and little missed."""

import numpy as np
import pytest
import torch

from preceptor.domain import SECONDS_PER_DAY, QMatrix
from preceptor.forgetting import PowerCurve
from preceptor.mind import MindModel
from preceptor.recommend import Planner, make_objective, planner_pruned
from preceptor.recommend.planner_pruned import PrunedPlanner, live_planner
from preceptor.trace import Answers, QuestionVectors
from preceptor.trace.semantic_dkt import SemanticDktTracer

START = 1_756_684_800.0
QUESTIONS, CONCEPTS, STUDENTS = 400, 10, 30
objectives = pytest.mark.parametrize("name", ["global", "practiced", "weakest"])


@pytest.fixture(scope="module")
def model():
    rng = np.random.default_rng(2)
    own = np.arange(QUESTIONS) % CONCEPTS
    concepts = rng.normal(size=(CONCEPTS, 16)).astype(np.float32)
    questions = (concepts[own] + 0.7 * rng.normal(size=(QUESTIONS, 16))).astype(np.float32)
    names = tuple(f"q{i}" for i in range(QUESTIONS)), tuple(f"c{i}" for i in range(CONCEPTS))
    q_matrix = QMatrix(*names, own[:, None].astype(np.int32), np.full(QUESTIONS, np.nan, np.float32))
    torch.manual_seed(0)
    tracer = SemanticDktTracer(q_matrix, size="small", vectors=QuestionVectors(questions, concepts))
    tracer.network.reset()
    return MindModel(tracer, PowerCurve(CONCEPTS))


@pytest.fixture(scope="module")
def minds(model):
    rng = np.random.default_rng(3)
    found = model.initial(STUDENTS)
    for step in range(15):
        asked, correct = rng.integers(QUESTIONS, size=STUDENTS), rng.random(STUDENTS) < 0.6
        at, unknown = np.full(STUDENTS, START + 600.0 * step), np.full(STUDENTS, np.nan, np.float32)
        found = model.answer(found, Answers(asked, correct.astype(np.float32), at, unknown))
    return found


def now():
    return np.full(STUDENTS, START + 2 * SECONDS_PER_DAY)


def plans(model, minds, name, allowed):
    objective, makes = make_objective(name, model.q_matrix), (Planner(model), PrunedPlanner(model))
    return [made.plan(minds, allowed, objective, now()) for made in makes]


@objectives
def test_what_is_looked_at_is_exact_and_only_that_may_be_asked(model, minds, name, rng):
    allowed = np.broadcast_to(rng.random(QUESTIONS) < 0.7, (STUDENTS, QUESTIONS))
    exact, pruned = plans(model, minds, name, allowed)
    looked = np.isfinite(pruned.improvement)
    assert not looked[~allowed].any()
    weighty = CONCEPTS if name == "global" else 1
    assert (looked.sum(axis=1) >= min(planner_pruned.LOOKED_AT, weighty)).all()
    assert (looked.sum(axis=1) <= planner_pruned.LOOKED_AT + weighty).all()
    np.testing.assert_allclose(pruned.improvement[looked], exact.improvement[looked], atol=1e-6)
    np.testing.assert_allclose(pruned.p_correct, exact.p_correct, atol=1e-6)


@objectives
def test_little_is_missed(model, minds, name):
    allowed = np.ones((STUDENTS, QUESTIONS), dtype=bool)
    exact, pruned = plans(model, minds, name, allowed)
    best, found = (plan.improvement.max(axis=1) for plan in (exact, pruned))
    assert (best - found).sum() <= 0.05 * best.sum()


def test_where_there_are_many_sets_only_those_that_an_estimate_puts_first_are_looked_at(model, minds, monkeypatch):
    monkeypatch.setattr(planner_pruned, "SETS", 4)
    monkeypatch.setattr(planner_pruned, "LOOKED_AT", 20)
    allowed = np.ones((STUDENTS, QUESTIONS), dtype=bool)
    exact, pruned = plans(model, minds, "global", allowed)
    looked = np.isfinite(pruned.improvement)
    assert looked.sum(axis=1).max() <= 24
    np.testing.assert_allclose(pruned.improvement[looked], exact.improvement[looked], atol=1e-6)
    best, found = (plan.compared.max(axis=1) for plan in (exact, pruned))
    rng = np.random.default_rng(0)
    by_lot = np.array([own[rng.permutation(QUESTIONS)[:24]].max() for own in exact.compared])
    assert (best - found).sum() < 0.3 * (best - by_lot).sum()


def test_of_equals_no_more_are_looked_at(model, minds, monkeypatch):
    """Where nothing that counts may be asked, every estimate is 0."""
    monkeypatch.setattr(planner_pruned, "SETS", 4)
    monkeypatch.setattr(planner_pruned, "LOOKED_AT", 20)
    objective, pruned = make_objective("practiced", model.q_matrix), PrunedPlanner(model)
    target = objective.weights(minds, model.recall(minds, now())).argmax(axis=1)
    allowed = model.q_matrix.concepts[:, 0] != target[:, None]
    looked = np.isfinite(pruned.plan(minds, allowed, objective, now()).improvement)
    assert (looked.sum(axis=1) >= 20).all()
    assert (looked.sum(axis=1) <= 24).all()


def test_questions_of_many_sets_are_looked_at_so_that_there_is_something_to_rank(model, minds, monkeypatch):
    monkeypatch.setattr(planner_pruned, "SETS", CONCEPTS)
    monkeypatch.setattr(planner_pruned, "LOOKED_AT", 1)
    allowed = np.ones((STUDENTS, QUESTIONS), dtype=bool)
    pruned = plans(model, minds, "global", allowed)[1]
    looked = np.isfinite(pruned.improvement)
    assert all(len(np.unique(np.flatnonzero(own) % CONCEPTS)) == CONCEPTS for own in looked)


def test_a_tracer_that_knows_time_is_asked_for_every_question(model, minds, monkeypatch):
    monkeypatch.setattr(type(model.tracer), "time_aware", True)
    monkeypatch.setattr(planner_pruned, "EXACT", QUESTIONS - 1)
    allowed = np.ones((STUDENTS, QUESTIONS), dtype=bool)
    assert np.isfinite(plans(model, minds, "global", allowed)[1].improvement).all()
    assert type(live_planner(model)) is Planner


def test_a_student_has_no_part_in_anothers_plan(model, minds):
    objective, pruned = make_objective("global", model.q_matrix), PrunedPlanner(model)
    allowed = np.ones((STUDENTS, QUESTIONS), dtype=bool)
    together = pruned.plan(minds, allowed, objective, now()).improvement
    alone = pruned.plan(minds.take([4]), allowed[:1], objective, now()[:1]).improvement
    both = np.isfinite(together[4]) & np.isfinite(alone[0])
    assert both.sum() >= planner_pruned.LOOKED_AT
    np.testing.assert_allclose(together[4][both], alone[0][both], atol=1e-6)


def test_where_nothing_that_counts_can_be_asked_something_else_is(model, minds, rng):
    """As the planner does: an improvement of 0 is no reason to ask nothing."""
    objective = make_objective("practiced", model.q_matrix)
    target = objective.weights(minds, model.recall(minds, now())).argmax(axis=1)[0]
    candidates = model.q_matrix.concepts[:, 0] != target
    chosen = PrunedPlanner(model).choose(minds.take([0]), candidates, objective, now()[:1], rng)
    assert candidates[chosen.question[0]]
    assert chosen.improvement[0] == 0


def test_a_student_waits_for_the_exact_planner_only_where_it_is_quick(model, monkeypatch):
    assert type(live_planner(model)) is Planner
    monkeypatch.setattr(planner_pruned, "EXACT", QUESTIONS - 1)
    waited = live_planner(model, 3.0)
    assert type(waited) is PrunedPlanner
    assert waited.horizon_days == 3.0


def test_the_shortlist_goes_to_what_has_rested(model, rng):
    """Sets that were practised a moment ago do not take the places of rested ones."""
    minds = model.initial(1)
    for concept in range(CONCEPTS):
        asked = np.array([concept])
        days = 0.0 if concept % 2 else 30.0
        at = np.array([START + days * SECONDS_PER_DAY])
        unknown = np.full(1, np.nan, np.float32)
        minds = model.answer(minds, Answers(asked, np.ones(1, np.float32), at, unknown))
    at = np.array([START + 30 * SECONDS_PER_DAY + 60])
    allowed, objective = np.ones((1, QUESTIONS), dtype=bool), make_objective("global", model.q_matrix)
    exact = Planner(model).plan(minds, allowed, objective, at)
    pruned = PrunedPlanner(model).plan(minds, allowed, objective, at)
    best, found = exact.compared.max(), exact.compared[0, pruned.compared[0].argmax()]
    assert found >= 0.95 * best > 0
    shortlisted = np.isfinite(pruned.improvement[0])
    promised = np.array([exact.compared[0, np.arange(QUESTIONS) % CONCEPTS == c].max() for c in range(CONCEPTS)])
    assert shortlisted[np.arange(QUESTIONS) % CONCEPTS == promised.argmax()].sum() > 1
