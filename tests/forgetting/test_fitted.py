"""What every fitted curve finds in answers that were drawn from itself."""

from dataclasses import fields, replace

import numpy as np
import pytest

from preceptor.forgetting import NoForgetting, PracticeLog, forgetting_names, make_curve
from preceptor.forgetting.fitted import FACTOR, LEVEL

fitted_curve = pytest.mark.parametrize("name", forgetting_names())


def emptied(log):
    return PracticeLog(**{f.name: getattr(log, f.name)[:0] for f in fields(PracticeLog)})


@fitted_curve
def test_the_fit_predicts_new_answers_as_well_as_the_truth(name, fitted, true_curve, draw, log_loss):
    truth, curve = true_curve(name), fitted(name)
    fresh, _ = draw(truth, 400, 30, seed=77)
    ideal = log_loss(truth.predict(fresh), fresh.correct)
    assert log_loss(curve.predict(fresh), fresh.correct) < ideal * 1.005
    assert log_loss(NoForgetting().predict(fresh), fresh.correct) > ideal * 1.02
    assert np.abs(curve.predict(fresh) - truth.predict(fresh)).mean() < 0.02


@fitted_curve
def test_the_fit_finds_the_parameters_that_answers_determine(name, fitted, true_curve):
    found, truth = fitted(name).to_dict(), true_curve(name).to_dict()
    for parameter in ("shift", "slope", "new_shift", "new_slope"):
        assert found[parameter] == pytest.approx(truth[parameter], abs=0.2), parameter
    assert found["guess_floor"] == pytest.approx(truth["guess_floor"], abs=0.06)
    assert np.corrcoef(found["base"], truth["base"])[0, 1] > 0.9
    if name != "fsrs6":  # its growth is told apart only by far more answers
        assert found["w_spaced"] == pytest.approx(truth["w_spaced"], rel=0.5)


@fitted_curve
def test_a_fit_to_no_answers_keeps_the_prior(name, answers):
    found, prior = (curve.to_dict() for curve in (make_curve(name, 4).fit(emptied(answers(1, 1))), make_curve(name, 4)))
    np.testing.assert_allclose(found.pop("base"), prior.pop("base"))
    assert found.pop("name") == prior.pop("name")
    assert found.pop("student_sd") == pytest.approx(0.3)
    assert prior.pop("student_sd") == 0.0
    assert found.pop("level_sd") == 0.0
    assert prior.pop("level_sd") == 0.0
    assert found == pytest.approx(prior)


@fitted_curve
def test_with_few_answers_the_prior_dominates(name, answers):
    """One student, twelve answers, all wrong: memory still lasts about as long as was expected, within two sd."""
    log = answers(1, seed=5)
    curve = make_curve(name, 4).fit(replace(log, correct=0 * log.correct))
    prior = make_curve(name, 4)
    for concept in range(4):
        assert curve.base[concept] == pytest.approx(prior.base[concept], abs=2 * prior.prior_strength[1])


def test_a_concept_without_answers_gets_the_mean_strength(answers):
    curve = make_curve("power", 5).fit(answers(60, seed=3))
    assert curve.base[4] == pytest.approx(curve.values["level"])
    assert curve.values["level"] == pytest.approx(curve.base[:4].mean(), abs=0.5)


@pytest.mark.parametrize("name", ["power", "odds"])
def test_where_nothing_is_forgotten_nothing_fades(name, true_curve, draw, log_loss):
    """Fitted jointly with mastery, so what the tracer knows already is not taken off again."""
    log, _ = draw(true_curve(name), 300, 40, seed=5, forgets=False)
    curve = make_curve(name, 4).fit(log)
    fresh, _ = draw(true_curve(name), 300, 40, seed=6, forgets=False)
    ideal = log_loss(true_curve(name).predict(replace(fresh, elapsed_days=0 * fresh.elapsed_days)), fresh.correct)
    assert log_loss(curve.predict(fresh), fresh.correct) < ideal * 1.005
    faded = curve.predict(replace(fresh, elapsed_days=0 * fresh.elapsed_days)) - curve.predict(fresh)
    assert faded.mean() < 0.02


def test_what_a_tracer_has_averaged_over_gaps_is_not_counted_twice(true_curve, draw):
    """A tracer without time predicts the mean over gaps; the fitted curve must still be right at every gap."""
    truth = true_curve("power")
    log, _ = draw(truth, 300, 40, seed=9)
    faded, unfaded = truth.predict(log), truth.predict(replace(log, elapsed_days=0 * log.elapsed_days))
    practised = log.practised[:, 0]
    averaged = np.where(practised, unfaded * (faded[practised].sum() / unfaded[practised].sum()), unfaded)
    seen = replace(log, mastery=averaged.astype(np.float32))
    predicted, gaps = make_curve("power", 4).fit(seen).predict(seen), log.elapsed_days[:, 0]
    for low, high in ((0, 0.1), (0.1, 1), (1, 10), (10, 1000)):
        rows = practised & (gaps >= low) & (gaps < high)
        assert predicted[rows].mean() == pytest.approx(log.correct[rows].mean(), abs=0.04)


def test_students_who_remember_longer_are_found_online(true_curve, draw, log_loss):
    """The factor starts from 0 and comes to order new students as they are; the better known, the better predicted."""
    truth = true_curve("exponential", student_sd=1.0)
    curve = make_curve("exponential", 4).fit(draw(truth, 150, 60, seed=21, factors=1.0)[0])
    assert curve.student_sd == pytest.approx(1.0, abs=0.35)
    fresh, effects = draw(truth, 100, 80, seed=22, factors=1.0)
    last = np.arange(80 - 1, len(fresh.student), 80)
    followed = curve.followed(fresh)
    assert np.corrcoef(followed.student_effects[last, FACTOR], effects[:, FACTOR])[0, 1] > 0.6
    late = np.arange(len(fresh.student)) % 80 >= 40
    alike = replace(followed, student_effects=0 * followed.student_effects)
    known, unknown = (log_loss(curve.p_correct(log)[late], fresh.correct[late]) for log in (followed, alike))
    assert known < unknown - 0.005


def test_where_students_differ_much_predictions_in_order_are_right_at_every_gap(true_curve, draw):
    """A fit that knows every student from all their answers expects more of a new one's first answers than there is."""
    log, _ = draw(true_curve("power", student_sd=1.5), 300, 40, seed=21, factors=1.5)
    predicted, gaps = make_curve("power", 4).fit(log).predict(log), log.elapsed_days[:, 0]
    for low, high in ((0, 0.1), (0.1, 1), (1, 10), (10, 1000)):
        rows = log.practised[:, 0] & (gaps >= low) & (gaps < high)
        assert predicted[rows].mean() == pytest.approx(log.correct[rows].mean(), abs=0.016)


@pytest.mark.parametrize("name", ["power", "odds"])
def test_what_the_tracer_leaves_out_of_students_is_not_taken_for_forgetting(name, true_curve, draw, log_loss):
    """Students differ in level and not in memory: the level is found, and no factor stands in for it."""
    truth = true_curve(name, level_sd=0.8)
    curve = make_curve(name, 4).fit(draw(truth, 150, 60, seed=41, levels=0.8)[0])
    assert curve.level_sd == pytest.approx(0.8, abs=0.15)
    fresh, effects = draw(truth, 100, 80, seed=42, levels=0.8)
    followed = curve.followed(fresh)
    found = followed.student_effects[79::80]
    assert np.corrcoef(found[:, LEVEL], effects[:, LEVEL])[0, 1] > 0.85
    assert np.abs(found[:, FACTOR]).mean() < 0.3
    late = np.arange(len(fresh.student)) % 80 >= 40
    alike = replace(followed, student_effects=0 * followed.student_effects)
    known, unknown = (log_loss(curve.p_correct(log)[late], fresh.correct[late]) for log in (followed, alike))
    assert known < unknown - 0.02


def test_a_level_that_does_not_outlast_the_day_is_not_kept(true_curve, draw):
    """Every student has a good day, and then a bad one: what one day tells would mislead on the next."""
    log, _ = draw(true_curve("power"), 100, 40, seed=43)
    half = np.arange(len(log.student)) % 40 // 2 % 2
    rng = np.random.default_rng(4)
    shorter = np.where(np.arange(len(log.student))[:, None] % 2, 0.01, 5.0) * np.ones_like(log.elapsed_days)
    moody = np.where(rng.random(len(half)) < 0.8, 1 - half, log.correct).astype(np.float32)
    curve = make_curve("power", 4).fit(replace(log, correct=moody, elapsed_days=shorter))
    assert curve.level_sd == 0.0


def test_both_effects_move_as_the_filter_of_two_dimensions_says(true_curve, draw):
    """Against the same step written with matrices: I ← I + g·gᵀ/v, u ← u + (D + I)⁻¹·g·(y−p)/v."""
    curve = true_curve("power", student_sd=0.7, level_sd=0.4)
    log, _ = draw(curve, 6, 5, seed=4)
    before = replace(log, student_effects=np.tile([0.2, -0.3, 1.5, 0.4, 2.0], (30, 1)))
    after = curve.filtered(before)
    p = curve.p_correct(before)
    for row in range(30):
        raised = [
            curve.p_correct(replace(before, student_effects=before.student_effects + shift))[row]
            for shift in np.eye(5)[:2] * 1e-6
        ]
        slope = (np.array(raised) - p[row]) / 1e-6
        variance = p[row] * (1 - p[row])
        information = np.array([[1.5, 0.4], [0.4, 2.0]]) + np.outer(slope, slope) / variance
        step = np.linalg.solve(np.diag([0.4**-2, 0.7**-2]) + information, slope)
        moved = step * (log.correct[row] - p[row]) / variance
        np.testing.assert_allclose(after[row, :2], np.array([0.2, -0.3]) + moved, atol=1e-4)
        np.testing.assert_allclose(after[row, 2:], information[[0, 0, 1], [0, 1, 1]], atol=1e-3)


def test_an_answer_without_a_gap_says_nothing_of_how_long_the_student_remembers(true_curve, draw):
    curve = true_curve("power", student_sd=0.5, level_sd=0.5)
    log, _ = draw(curve, 4, 10, seed=3)
    together = replace(log, elapsed_days=0 * log.elapsed_days)
    followed = curve.followed(together).student_effects
    np.testing.assert_array_equal(followed[:, FACTOR], 0.0)
    assert (followed[1::10, LEVEL] != 0).all()


def test_students_found_to_be_alike_are_not_followed(true_curve, draw):
    curve = true_curve("power", student_sd=0.01, level_sd=0.01)
    assert not curve.knows_students
    log, _ = draw(curve, 4, 10, seed=3)
    np.testing.assert_array_equal(curve.followed(log).student_effects, 0.0)


@pytest.mark.parametrize("name", ["power", "exponential"])
def test_curves_on_the_chance_keep_the_one_formula_of_recall(name):
    from preceptor.domain import recall

    mastery, retention = np.meshgrid(np.linspace(0, 1, 21), np.linspace(0, 1, 21))
    np.testing.assert_allclose(
        make_curve(name, 1).fade(mastery, retention, 0.2), recall(mastery, retention, 0.2), atol=1e-12
    )


def test_what_was_saved_before_students_were_told_apart_still_loads():
    old = {"name": "power", "base": [0.0, 1.0], "decay": 0.6, "shift": 0.1}
    curve = type(make_curve("power", 2)).from_dict(old)
    assert curve.values["decay"] == 0.6
    assert not curve.knows_students
