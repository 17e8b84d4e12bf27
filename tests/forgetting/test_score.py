from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import UserError
from preceptor.forgetting import TAU_MODES, make_score, score_names, tau_days

every_score = pytest.mark.parametrize("name", score_names())
SHARE = st.floats(0, 1)
DAYS = st.floats(0, 1e4)


made = cache(make_score)


def score(name, mastery, elapsed_days, tau=1.0):
    return float(made(name, tau).score(np.array(mastery), np.array(elapsed_days)))


@pytest.mark.parametrize(
    ("mastery", "x", "exponential", "rational"),
    [
        (0.2, 0, 0.800, 0.000),
        (0.2, 1, 0.926, 0.400),
        (0.2, 10, 1.000, 0.727),
        (0.5, 1, 0.816, 0.250),
        (0.8, 1, 0.706, 0.100),
        (0.8, 10, 1.000, 0.182),
        (0.95, 10, 1.000, 0.045),
    ],
)
def test_golden_scores(mastery, x, exponential, rational):
    assert score("tasa-exponential", mastery, 3 * x, tau=3) == pytest.approx(exponential, abs=5e-4)
    assert score("tasa-rational", mastery, 3 * x, tau=3) == pytest.approx(rational, abs=5e-4)


@every_score
@settings(deadline=None, derandomize=True, max_examples=60)
@given(mastery=SHARE, more=SHARE, elapsed=DAYS, later=DAYS)
def test_scores_rise_with_time_and_fall_with_mastery(name, mastery, more, elapsed, later):
    low, high = sorted((mastery, more))
    soon, late = sorted((elapsed, later))
    assert 0 <= score(name, low, soon) <= score(name, low, late) <= 1
    assert score(name, high, soon) <= score(name, low, soon)


def test_the_rational_score_never_calls_forgotten_what_is_mastered():
    """The defect that recall does not share; and right after practice nothing is forgotten."""
    assert score("tasa-rational", 1.0, 1e6) == 0.0
    assert score("tasa-rational", 0.2, 0.0) == 0.0
    assert score("tasa-exponential", 1.0, 1e6) == pytest.approx(1.0)
    assert score("tasa-exponential", 0.2, 0.0) == pytest.approx(0.8)


@pytest.mark.parametrize("tau", [0.0, -1.0, np.nan, np.inf])
def test_a_time_constant_is_above_zero(tau):
    with pytest.raises(UserError, match="above 0"):
        make_score("tasa-rational", tau)


def test_an_unknown_score_or_mode_is_named(answers):
    with pytest.raises(UserError, match="did you mean 'tasa-rational'"):
        make_score("tasa-rationel", 1.0)
    with pytest.raises(UserError, match="did you mean 'median-gap'"):
        tau_days("median-gaps", answers(1, 1))


def with_gaps(log, days):
    return replace(log, elapsed_days=np.where(log.practised, np.resize(days, log.elapsed_days.shape), 0.0))


def test_two_seconds_are_two_seconds(answers):
    """The original stored seconds as minutes; here a gap of 2 s is 2 s in days, whatever the mode says of it."""
    log = with_gaps(answers(5, 1), 2 / 86_400)
    for mode in ("spacing-interval", "median-gap"):
        assert tau_days(mode, log) == pytest.approx(2 / 86_400)


def test_mean_of_all_gaps_and_median_of_the_last_ones(answers):
    """The original takes, of every student and concept, the gap before the last answer."""
    log = answers(20, 1)
    last = {}
    for student, concept, days in zip(log.student, log.concepts[:, 0], log.elapsed_days[:, 0], strict=True):
        if days > 0:
            last[student, concept] = days
    assert tau_days("spacing-interval", log) == pytest.approx(log.elapsed_days[log.practised].mean())
    assert tau_days("median-gap", log) == pytest.approx(np.median(list(last.values())))
    assert tau_days("7d", log) == 7.0


@pytest.mark.parametrize("mode", ["fitted", "validation"])
def test_the_time_constant_that_answers_were_drawn_with_is_found(mode, answers):
    log, rng = answers(600, 3), np.random.default_rng(0)
    chance = log.mastery * np.exp(-log.elapsed_days[:, 0] / 12.0)
    drawn = replace(log, correct=(rng.random(len(chance)) < chance).astype(np.float32))
    assert tau_days(mode, drawn) == pytest.approx(12.0, rel=0.25)


@pytest.mark.parametrize("mode", list(TAU_MODES))
def test_without_gaps_it_is_a_week(mode, answers):
    log = answers(3, 1)
    assert tau_days(mode, replace(log, elapsed_days=0 * log.elapsed_days)) == 7.0
