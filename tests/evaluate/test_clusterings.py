"""B-cubed by hand, and intervals over kinds of questions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.evaluate.clusterings import Resampled, b_cubed, estimate, f1

LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=30)


def test_b_cubed_by_hand():
    found = b_cubed(["a", "a", "a", "b"], [1, 1, 2, 2])
    assert found.precision == pytest.approx([2 / 3, 2 / 3, 1 / 3, 1])
    assert found.recall == pytest.approx([1, 1, 1 / 2, 1 / 2])


@settings(deadline=None, derandomize=True)
@given(LABELS)
def test_precision_and_recall_change_places_with_found_and_true(pairs):
    found, true = zip(*pairs, strict=True)
    one, other = b_cubed(found, true), b_cubed(true, found)
    assert one.precision == pytest.approx(other.recall)
    assert one.recall == pytest.approx(other.precision)


@settings(deadline=None, derandomize=True)
@given(LABELS)
def test_the_extremes(pairs):
    _, true = zip(*pairs, strict=True)
    assert b_cubed(true, true).precision == pytest.approx(1)
    assert b_cubed(range(len(true)), true).precision == pytest.approx(1)
    assert b_cubed([0] * len(true), true).recall == pytest.approx(1)


def test_f1_of_nothing_is_nothing():
    assert f1(np.array([0.0, 1.0]), np.array([0.0, 0.5])) == pytest.approx([0, 2 / 3])


def test_intervals_resample_whole_kinds():
    values = np.repeat([0.0, 1.0] * 20, 50)
    few = estimate(Resampled(np.repeat(np.arange(40), 50).tolist(), np.random.default_rng(0)).mean(values))
    many = estimate(Resampled(list(range(2000)), np.random.default_rng(0)).mean(values))
    assert few.mean == many.mean == pytest.approx(0.5)
    assert few.sd == pytest.approx(0.5 / 40**0.5, rel=0.1)
    assert many.sd == pytest.approx(0.5 / 2000**0.5, rel=0.1)


def test_gains_are_paired():
    resampled = Resampled(list(range(50)), np.random.default_rng(1))
    values = np.random.default_rng(2).uniform(size=50)
    gain = estimate(resampled.mean(values + 0.1) - resampled.mean(values))
    assert gain.ci95 == pytest.approx((0.1, 0.1))
