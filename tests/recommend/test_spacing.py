"""Practice right after practice counts a quarter, and the planner turns to what has rested."""

import numpy as np

from preceptor.domain import SECONDS_PER_DAY, QMatrix
from preceptor.forgetting import PowerCurve, Practice
from preceptor.mind import MindModel
from preceptor.recommend import Planner, make_objective
from preceptor.recommend.planner_unspaced import UnspacedPlanner
from preceptor.recommend.spacing import rested, spaced
from preceptor.trace import Answers, make_tracer

START = 1_756_684_800.0
Q_MATRIX = QMatrix(
    ("a1", "a2", "b1", "ab", "none"),
    ("a", "b"),
    np.array([[0, -1], [0, -1], [1, -1], [0, 1], [-1, -1]], np.int32),
    np.full(5, np.nan, np.float32),
)
EVERY = np.ones((1, 5), dtype=bool)


def practised(*last_days):
    """One student's practice, days after the start; None for never."""
    last = [np.nan if days is None else START + days * SECONDS_PER_DAY for days in last_days]
    none = Practice.none(1, len(last))
    attempts = np.array([[float(days is not None) for days in last_days]], np.float32)
    return Practice(np.array([last]), attempts, none.credit, none.spaced, none.memory, none.student_effects)


def answer(question, days):
    at = np.array([START + days * SECONDS_PER_DAY])
    return Answers(np.array([question]), np.ones(1, np.float32), at, np.full(1, np.nan, np.float32))


def test_practice_counts_a_quarter_at_once_and_half_of_the_rest_after_a_day():
    at = np.array([START + 3 * SECONDS_PER_DAY])
    counts = rested(practised(3, 2, 0, None), at)
    np.testing.assert_allclose(counts, [[0.25, 0.625, 0.25 + 0.75 * 0.75, 1.0]])
    np.testing.assert_array_equal(rested(practised(3, 2), np.array([np.nan])), [[1.0, 1.0]])


def test_a_gain_shrinks_by_the_weighted_rest_of_its_concepts_and_a_loss_does_not():
    counts = np.array([[0.25, 1.0]])
    improvement = np.array([[0.08, -0.08, 0.04, 0.04, 0.0]])
    found = spaced(improvement, counts, np.array([[0.75, 0.25]]), EVERY, Q_MATRIX)
    np.testing.assert_allclose(found, [[0.02, -0.08, 0.04, 0.04 * 0.4375, 0.0]])
    assert improvement[0, 0] == 0.08


def test_where_all_that_counts_is_equally_rested_nothing_changes():
    improvement = np.array([[0.08, 0.07, 0.0, 0.04, 0.0]])
    only_a = np.array([[1.0, 0.0]])
    np.testing.assert_array_equal(spaced(improvement, np.array([[0.25, 1.0]]), only_a, EVERY, Q_MATRIX), improvement)
    without_b = np.array([[True, True, False, False, False]])
    found = spaced(improvement, np.array([[0.25, 1.0]]), np.array([[0.5, 0.5]]), without_b, Q_MATRIX)
    np.testing.assert_allclose(found[0, :2], improvement[0, :2])


def test_what_was_not_looked_at_stays_out():
    improvement = np.array([[0.08, -np.inf, 0.04, -np.inf, 0.0]])
    found = spaced(improvement, np.array([[0.25, 1.0]]), np.array([[0.5, 0.5]]), EVERY, Q_MATRIX)
    np.testing.assert_array_equal(np.isneginf(found), np.isneginf(improvement))


def test_right_after_practice_the_planner_turns_to_another_concept_and_after_a_pause_it_comes_back():
    """More practice of a promises more than b, which has been right ten times; but a was asked a minute ago."""
    model = MindModel(make_tracer("history", Q_MATRIX), PowerCurve(2))
    mind = model.initial(1)
    for question, days in [(2, 5.0 * i) for i in range(10)] + [(0, 50.0)]:
        mind = model.answer(mind, answer(question, days))
    objective, allowed = make_objective("global", Q_MATRIX), np.array([False, True, True, False, False])
    for pause_days, first in ((1 / 1440, "b1"), (30.0, "a2")):
        at = np.array([START + (50.0 + pause_days) * SECONDS_PER_DAY])
        plan = Planner(model).plan(mind, allowed[None], objective, at)
        assert plan.improvement[0, 1] > plan.improvement[0, 2] > 0
        choice = Planner(model).choose(mind, allowed, objective, at, np.random.default_rng(0))
        assert Q_MATRIX.question_ids[int(choice.question[0])] == first
        assert choice.improvement[0] == plan.improvement[0, choice.question[0]]
        ranked = Planner(model).rank(mind, allowed, objective, at[0], k=2)
        assert [one.delayed for one in ranked] == [False, first == "b1"]
        unspaced = UnspacedPlanner(model).choose(mind, allowed, objective, at, np.random.default_rng(0))
        assert Q_MATRIX.question_ids[int(unspaced.question[0])] == "a2"


def test_with_a_thousand_concepts_the_planner_still_asks_what_promises_most():
    """Every improvement is a thousandth of what it would be for one concept; ties must not swallow them."""
    concepts, rng = 1200, np.random.default_rng(4)
    names = tuple(f"q{i}" for i in range(concepts)), tuple(f"c{i}" for i in range(concepts))
    one_each = QMatrix(*names, np.arange(concepts, dtype=np.int32)[:, None], np.full(concepts, np.nan, np.float32))
    model = MindModel(make_tracer("history", one_each), PowerCurve(concepts))
    minds = model.initial(3)
    for step in range(40):
        at, unknown = np.full(3, START + step * SECONDS_PER_DAY), np.full(3, np.nan, np.float32)
        credit = (rng.random(3) < 0.6).astype(np.float32)
        minds = model.answer(minds, Answers(rng.integers(concepts, size=3), credit, at, unknown))
    at, allowed = np.full(3, START + 60 * SECONDS_PER_DAY), np.ones((3, concepts), dtype=bool)
    objective = make_objective("global", one_each)
    worth = Planner(model).plan(minds, allowed, objective, at).compared
    chosen = Planner(model).choose(minds, allowed[0], objective, at, rng).question
    assert (worth[np.arange(3), chosen] >= 0.99 * worth.max(axis=1)).all()
