import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import ConceptRecall, recall

SHARE = st.floats(0, 1)


def test_golden_values():
    mastery, retention = np.array([0.8, 0.8, 0.8, 0.2, 0.1]), np.array([1.0, 0.5, 0.0, 0.5, 0.5])
    np.testing.assert_allclose(recall(mastery, retention, 0.2), [0.8, 0.5, 0.2, 0.2, 0.1])


def test_every_question_has_its_own_floor():
    np.testing.assert_allclose(recall(np.full(2, 0.9), np.full(2, 0.5), np.array([0.25, 0.5])), [0.575, 0.7])


@settings(deadline=None, derandomize=True, max_examples=200)
@given(SHARE, SHARE, SHARE)
def test_recall_lies_between_floor_and_mastery_and_what_is_below_the_floor_stays(mastery, retention, guess):
    now = float(recall(np.array(mastery), np.array(retention), guess))
    if mastery <= guess:
        assert now == mastery
    else:
        assert guess - 1e-12 <= now <= mastery + 1e-12
        assert mastery - now == pytest.approx((mastery - guess) * (1 - retention), abs=1e-12)


def test_forgotten_is_the_difference():
    known = ConceptRecall("c", 0.9, 0.6, 0.5, 3.0, 0.0, 4, 3.0)
    assert known.forgotten == pytest.approx(0.3)
