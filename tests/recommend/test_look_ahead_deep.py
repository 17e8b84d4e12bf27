"""Look-ahead over several answers against full enumeration."""

import numpy as np
import pytest

from preceptor.domain import SECONDS_PER_DAY
from preceptor.recommend import DeepLookAhead, LookAhead, look_ahead_deep
from preceptor.trace import Answers

START = 1_756_684_800.0
AT = np.array([START + 9 * SECONDS_PER_DAY])
FEW = np.isin(np.arange(10), [0, 3, 6, 9])


def enumerated(tracer, state, weights, allowed, depth):
    """Δ of every allowed question by following every question and outcome, one state at a time."""
    concepts, found = np.arange(4), {}

    def value(state):
        return weights @ tracer.mastery(state, concepts, AT)[0]

    def after(state, question, credit):
        return tracer.update(
            state,
            Answers(np.array([question]), np.array([credit], np.float32), AT, np.array([np.nan], np.float32)),
        )

    for question in np.flatnonzero(allowed):
        p = float(tracer.predict(state, np.array([[question]]), AT)[0, 0])
        found[question] = -value(state)
        for credit, chance in ((0, 1 - p), (1, p)):
            then = after(state, question, credit)
            left = allowed & (np.arange(10) != question)
            further = max(enumerated(tracer, then, weights, left, depth - 1).values()) if depth > 1 else 0.0
            found[question] += chance * (value(then) + further)
    return found


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_with_the_whole_bank_it_is_full_enumeration(depth, model, objectives, some_minds):
    if depth == 3 and model.tracer.name not in ("semantic-dkt", "bkt", "dkt"):
        pytest.skip("three answers are enumerated for three tracers: it takes long")
    minds = some_minds(model).take([2])
    policy = DeepLookAhead(model, depth=depth, breadth=10)
    weights = policy.weights(minds, objectives["upcoming"], AT)
    expected = enumerated(model.tracer, minds.tracer_state, weights[0], FEW, depth)
    plan = policy.plan(minds, FEW[None], objectives["upcoming"], AT)
    assert set(np.flatnonzero(np.isfinite(plan.improvement[0]))) <= set(expected)
    for question in np.flatnonzero(np.isfinite(plan.improvement[0])):
        assert plan.improvement[0, question] == pytest.approx(expected[question], abs=1e-5)
    assert plan.improvement.max() == pytest.approx(max(expected.values()), abs=1e-5)


def test_a_narrow_beam_never_promises_more_than_a_wide_one(model, objectives, some_minds, everything):
    minds, at = some_minds(model), np.tile(AT, 3)
    allowed = np.tile(everything, (3, 1))
    best = [
        DeepLookAhead(model, 2, breadth).plan(minds, allowed, objectives["weakest"], at).improvement.max(axis=1)
        for breadth in (1, 3, 10)
    ]
    assert (np.diff(best, axis=0) >= -1e-6).all()
    one = LookAhead(model).plan(minds, allowed, objectives["weakest"], at).improvement
    narrow = DeepLookAhead(model, 1, 1).plan(minds, allowed, objectives["weakest"], at).improvement
    np.testing.assert_allclose(narrow.max(axis=1), one.max(axis=1), atol=1e-9)


def test_the_question_just_asked_is_not_the_next_one_unless_it_is_alone(model, objectives, some_minds, rng):
    allowed = np.array([[True, True, False], [False, False, True]])
    left = look_ahead_deep._without(allowed, np.array([1, 2]))
    np.testing.assert_array_equal(left, [[True, False, False], [False, False, True]])
    only = np.arange(10) == 8
    choice = DeepLookAhead(model, 3).choose(some_minds(model), only, objectives["global"], np.tile(AT, 3), rng)
    assert (choice.question == 8).all()
