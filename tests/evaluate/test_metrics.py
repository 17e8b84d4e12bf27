import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, brier_score_loss, log_loss, roc_auc_score

from preceptor.evaluate import metrics_of
from preceptor.evaluate.metrics import expected_calibration_error

P = np.array([0.9, 0.8, 0.3, 0.6, 0.2])
Y = np.array([1, 0, 0, 1, 1])


def test_values_by_hand():
    metrics = metrics_of(P, Y)
    assert metrics.auc == pytest.approx(3 / 6)
    assert metrics.accuracy == pytest.approx(3 / 5)
    assert metrics.brier == pytest.approx((0.01 + 0.64 + 0.09 + 0.16 + 0.64) / 5)
    assert metrics.log_loss == pytest.approx(-sum(map(math.log, (0.9, 0.2, 0.7, 0.6, 0.2))) / 5)
    assert metrics.answers == 5


@settings(deadline=None, derandomize=True, max_examples=30)
@given(seed=st.integers(0, 10_000), rounded=st.booleans())
def test_they_agree_with_scikit_learn(seed, rounded):
    rng = np.random.default_rng(seed)
    p = rng.uniform(0.01, 0.99, 80)
    p = p.round(1).clip(0.1, 0.9) if rounded else p
    y = np.append((rng.random(78) < p[:78]).astype(int), [0, 1])
    metrics = metrics_of(p, y)
    assert metrics.auc == pytest.approx(roc_auc_score(y, p))
    assert metrics.accuracy == pytest.approx(accuracy_score(y, p >= 0.5))
    assert metrics.log_loss == pytest.approx(log_loss(y, p))
    assert metrics.brier == pytest.approx(brier_score_loss(y, p))


def test_without_both_outcomes_there_is_no_auc():
    assert math.isnan(metrics_of(P, np.ones(5)).auc)
    assert metrics_of(P, np.ones(5)).accuracy == pytest.approx(3 / 5)


def test_certain_and_wrong_is_bad_but_finite():
    metrics = metrics_of(np.array([0.0, 1.0]), np.array([1.0, 0.0]))
    assert metrics.log_loss == pytest.approx(-math.log(1e-6), rel=1e-3)
    assert metrics.auc == 0.0


def test_partial_credit_counts_as_credit_where_it_can():
    metrics = metrics_of(np.array([0.6, 0.4]), np.array([0.5, 0.4]))
    assert metrics.accuracy == 1.0
    assert metrics.brier == pytest.approx((0.01 + 0.0) / 2)


def test_calibration_by_hand():
    """Forty answers in twenty bins of two: half the bins are off by 0.3, half by 0.1."""
    p = np.concatenate([np.linspace(0.2, 0.201, 20), np.linspace(0.9, 0.901, 20)])
    y = np.concatenate([np.full(20, 0.5), np.ones(20)])
    assert expected_calibration_error(p, y) == pytest.approx((0.2995 + 0.0995) / 2)
    assert metrics_of(p, y).ece == pytest.approx((0.2995 + 0.0995) / 2)


def test_fewer_answers_than_bins():
    assert expected_calibration_error(np.array([0.1, 0.9]), np.array([0.0, 1.0])) == pytest.approx(0.1)


def test_equal_predictions_are_calibrated_together_in_whatever_order_rows_come():
    """A floor predicts the same for many rows; sorted by student they must not look badly calibrated."""
    p, y = np.full(100, 0.7), np.repeat([1.0, 0.0], [70, 30])
    assert expected_calibration_error(p, y) == pytest.approx(0, abs=1e-12)
    rng = np.random.default_rng(0)
    p, y = rng.choice([0.2, 0.5, 0.8], 300), rng.integers(0, 2, 300).astype(float)
    order = rng.permutation(300)
    assert expected_calibration_error(p[order], y[order]) == pytest.approx(expected_calibration_error(p, y))


def test_a_calibrated_predictor_has_a_small_error_and_a_shifted_one_its_shift():
    rng = np.random.default_rng(1)
    p = rng.uniform(0.2, 0.8, 40_000)
    y = (rng.random(40_000) < p).astype(float)
    assert expected_calibration_error(p, y) < 0.015
    assert expected_calibration_error(p + 0.1, y) == pytest.approx(0.1, abs=0.01)
