import numpy as np
import pytest

from preceptor.domain import recall
from preceptor.forgetting import NoForgetting, PowerCurve, Practice, PracticeLog
from preceptor.forgetting.power_parameters import PowerParameters


def test_golden_retention(true_curve):
    """(1 + f·t/S)^(−d) with f = 0.9^(−1/d) − 1."""
    factor = 0.9 ** (-1 / 0.6) - 1
    expected = [(1 + factor * t / 2) ** -0.6 for t in (1, 2, 20)]
    np.testing.assert_allclose(true_curve.retention(np.array([1.0, 2, 20]), np.full(3, 2.0)), expected)


def test_golden_strength(true_curve):
    practice = Practice(np.zeros((1, 1)), *(np.array([[x]], np.float32) for x in (5, 3, 1.5)))
    expected = 4 * 2.5**0.8 * 4**0.4 / 3**0.2
    assert true_curve.strength_days(np.array([[2]]), practice)[0, 0] == pytest.approx(expected)


def test_golden_recalibration(true_curve):
    """One line for practised and one for unpractised concepts, both on the logit."""
    logit = np.log(0.8 / 0.2)
    expected = [1 / (1 + np.exp(-(0.6 + 1.1 * logit))), 1 / (1 + np.exp(-(-0.3 + 0.9 * logit)))]
    np.testing.assert_allclose(true_curve.recalibrate(np.full(2, 0.8), np.array([True, False])), expected)


def test_before_it_is_fitted_memory_lasts_a_week_and_mastery_stays():
    curve = PowerCurve(3)
    np.testing.assert_allclose(curve.strength_days(np.arange(3)[None], Practice.none(1, 3)), 7.0)
    np.testing.assert_allclose(curve.recalibrate(np.array([0.3, 0.9]), np.array([True, False])), [0.3, 0.9])


def test_mastered_concepts_fade_too_and_lose_all_above_the_floor(true_curve):
    """TASA's forgetting score is 0 for a mastered concept at any time; here the loss tends to max(0, m − g)."""
    mastery, floor = np.array([1.0, 0.95, 0.05]), 0.1
    soon, late, last = (
        recall(mastery, true_curve.retention(np.full(3, t), np.full(3, 5.0)), floor) for t in (5, 100, 1e12)
    )
    assert (soon[:2] < mastery[:2] - 0.05).all()
    assert (late[:2] < soon[:2]).all()
    np.testing.assert_allclose(mastery - last, np.maximum(0, mastery - floor), atol=1e-4)


def test_the_fit_predicts_new_answers_as_well_as_the_truth(fitted, true_curve, answers, p_correct, log_loss):
    fresh = answers(20_000, seed=77)
    truth = log_loss(p_correct(true_curve, fresh), fresh.correct)
    assert log_loss(p_correct(fitted, fresh), fresh.correct) < truth * 1.01
    assert log_loss(p_correct(NoForgetting(), fresh), fresh.correct) > truth * 1.05
    assert np.abs(p_correct(fitted, fresh) - p_correct(true_curve, fresh)).mean() < 0.03


def test_long_gaps_are_predicted_lower_than_short_ones(fitted, answers, p_correct):
    log = answers(500, seed=4)
    practised = log.practised[:, 0]
    by_gap = [
        p_correct(fitted, PracticeLog(**{**columns(log), "elapsed_days": np.full_like(log.elapsed_days, days)}))
        for days in (0.01, 1.0, 10.0, 90.0)
    ]
    falls = -np.diff(np.stack(by_gap), axis=0)
    assert (falls[:, practised] >= 0).all()
    assert by_gap[0][practised].mean() - by_gap[3][practised].mean() > 0.15
    np.testing.assert_array_equal(falls[:, ~practised], 0)


def test_it_tells_fast_from_slow_concepts_and_success_from_failure(fitted):
    practice = Practice(np.zeros((1, 4)), *(np.full((1, 4), x, np.float32) for x in (4, 3, 1)))
    strength = fitted.strength_days(np.arange(4)[None], practice)[0]
    assert strength[3] > 2 * strength[0]
    parameters = fitted.parameters
    assert min(parameters.w_spaced, parameters.w_credit, parameters.w_failures) >= 0
    assert parameters.w_spaced > 0.2


def test_where_nothing_is_forgotten_nothing_fades(unforgotten, p_correct, log_loss):
    """Fitted jointly with mastery, so what the tracer knows already is not taken off again."""
    log = unforgotten(6_000, seed=5)
    curve = PowerCurve(4).fit(log)
    held = curve.retention(log.elapsed_days, curve.strength_days(log.concepts, log))[log.practised]
    assert held.mean() > 0.98
    fresh = unforgotten(12_000, seed=6)
    assert log_loss(p_correct(curve, fresh), fresh.correct) < log_loss(fresh.mastery, fresh.correct) * 1.005


def test_what_a_tracer_has_averaged_over_gaps_is_not_counted_twice(answers, true_curve, p_correct):
    """A tracer without time predicts the mean over gaps; the fitted curve must still be right at every gap."""
    log = answers(6_000, seed=9)
    without_gap = p_correct(true_curve, PracticeLog(**{**columns(log), "elapsed_days": 0 * log.elapsed_days}))
    faded = p_correct(true_curve, log)
    averaged = np.where(log.practised[:, 0], without_gap * (faded.sum() / without_gap.sum()), without_gap)
    seen = PracticeLog(**{**columns(log), "mastery": averaged.astype(np.float32)})
    predicted = p_correct(PowerCurve(4).fit(seen), seen)
    gaps = log.elapsed_days[:, 0]
    for low, high in ((0, 0.1), (0.1, 1), (1, 10), (10, 1000)):
        rows = log.practised[:, 0] & (gaps >= low) & (gaps < high)
        assert predicted[rows].mean() == pytest.approx(log.correct[rows].mean(), abs=0.04)


def test_a_fit_to_no_answers_keeps_the_prior(answers):
    nothing = PracticeLog(**{name: column[:0] for name, column in columns(answers(10, seed=1)).items()})
    fitted, prior = (curve.to_dict() for curve in (PowerCurve(4).fit(nothing), PowerCurve(4)))
    assert fitted.pop("base") == prior.pop("base")
    assert fitted.pop("name") == prior.pop("name")
    assert fitted == pytest.approx(prior)


def test_a_concept_without_answers_gets_the_mean_strength(answers):
    log = answers(1_000, seed=3)
    curve = PowerCurve(5).fit(log)
    assert curve.parameters.base[4] == pytest.approx(curve.parameters.base[:4].mean(), abs=0.5)


def test_parameters_survive_json():
    prior = PowerParameters.prior(3)
    restored = PowerParameters.from_dict(prior.to_dict())
    np.testing.assert_array_equal(restored.base, prior.base)
    assert restored.to_dict() == prior.to_dict()


def columns(log):
    return {name: getattr(log, name) for name in log.__slots__}
