import numpy as np
import pytest

from preceptor.forgetting import PowerCurve, Practice

TRUE = {
    "base": np.log([1.0, 2.0, 4.0, 8.0]),
    "decay": 0.6,
    "w_spaced": 0.8,
    "w_credit": 0.4,
    "w_failures": 0.2,
    "shift": 0.6,
    "slope": 1.1,
    "new_shift": -0.3,
    "new_slope": 0.9,
}


@pytest.fixture
def curve():
    return PowerCurve.from_dict(TRUE)


def test_golden_retention(curve):
    """(1 + f·t/S)^(−d) with f = 0.9^(−1/d) − 1."""
    factor = 0.9 ** (-1 / 0.6) - 1
    expected = [(1 + factor * t / 2) ** -0.6 for t in (1, 2, 20)]
    np.testing.assert_allclose(curve.retention(np.array([1.0, 2, 20]), np.full(3, 2.0)), expected)


def test_golden_strength(curve):
    counts = (np.array([[x]], np.float32) for x in (5, 3, 1.5))
    practice = Practice(np.zeros((1, 1)), *counts, np.zeros((1, 1, 0)), np.array([[0.0, np.log(3.0), 0.0, 0.0, 0.0]]))
    expected = 3 * 4 * 2.5**0.8 * 4**0.4 / 3**0.2
    assert curve.strength_days(np.array([[2]]), practice)[0, 0] == pytest.approx(expected)


def test_golden_recalibration(curve):
    """One line for practised and one for unpractised concepts, both on the logit."""
    logit = np.log(0.8 / 0.2)
    expected = [1 / (1 + np.exp(-(0.6 + 1.1 * logit))), 1 / (1 + np.exp(-(-0.3 + 0.9 * logit)))]
    np.testing.assert_allclose(curve.recalibrate(np.full(2, 0.8), np.array([True, False]), np.zeros((2, 5))), expected)


def test_before_it_is_fitted_memory_lasts_a_week_and_mastery_stays():
    curve = PowerCurve(3)
    np.testing.assert_allclose(curve.strength_days(np.arange(3)[None], curve.nothing(1, 3)), 7.0)
    np.testing.assert_allclose(
        curve.recalibrate(np.array([0.3, 0.9]), np.array([True, False]), np.zeros((2, 5))), [0.3, 0.9]
    )


def test_mastered_concepts_fade_too_and_lose_all_above_the_floor(curve):
    """TASA's forgetting score is 0 for a mastered concept at any time; here the loss tends to max(0, m − g)."""
    mastery, floor = np.array([1.0, 0.95, 0.05]), 0.1
    soon, late, last = (
        curve.fade(mastery, curve.retention(np.full(3, t), np.full(3, 5.0)), floor) for t in (5, 100, 1e12)
    )
    assert (soon[:2] < mastery[:2] - 0.05).all()
    assert (late[:2] < soon[:2]).all()
    np.testing.assert_allclose(mastery - last, np.maximum(0, mastery - floor), atol=1e-4)
