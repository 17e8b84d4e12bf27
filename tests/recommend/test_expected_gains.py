"""What an answer is expected to add, worked out by hand from made-up students."""

import numpy as np
import pytest

from preceptor.domain import QMatrix
from preceptor.recommend import expected_gains as room
from preceptor.recommend.expected_gains import expected_gains
from preceptor.trace import Answers
from preceptor.trace.bkt import BktTracer

GUESS = np.full(4, np.nan, dtype=np.float32)


@pytest.fixture
def tracer():
    concepts = np.array([[0, -1], [1, -1], [0, 1], [1, 0]], dtype=np.int32)
    return BktTracer(QMatrix(("a", "b", "ab", "ba"), ("x", "y"), concepts, GUESS))


def test_it_is_the_mean_of_both_outcomes_less_what_was_there(tracer, monkeypatch):
    monkeypatch.setattr(room, "ANSWERS", 0)
    state, at = tracer.initial(1), np.zeros(1)
    before = tracer.mastery(state, np.arange(2), at)[0].astype(float)
    expected = []
    for question, concepts in enumerate([[0], [1], [0, 1], [1, 0]]):
        p = float(tracer.predict(state, np.array([[question]]), at)[0, 0])
        right, wrong = (
            tracer.mastery(tracer.update(state, Answers.untimed(np.array([question]), np.array([credit]))), [0, 1], at)
            for credit in (1.0, 0.0)
        )
        expected.append((p * right[0] + (1 - p) * wrong[0] - before)[concepts].mean())
    found = expected_gains(tracer, np.arange(4), 7.0, np.random.default_rng(0))
    np.testing.assert_allclose(found, expected, atol=1e-6)
    assert np.abs(found).max() > 1e-3


def test_the_same_chance_gives_the_same_gains_and_answers_matter(tracer):
    one, again = (expected_gains(tracer, np.arange(4), 7.0, np.random.default_rng(3)) for _ in range(2))
    np.testing.assert_array_equal(one, again)
    room_less = expected_gains(tracer, np.arange(4), 7.0, np.random.default_rng(4))
    assert not np.array_equal(one, room_less)
