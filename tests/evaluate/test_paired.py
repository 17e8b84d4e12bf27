import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from preceptor.evaluate.bootstrap import resamples
from preceptor.evaluate.paired import compared, figure_of, holm, mean_of, paired, student_means


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.fixture(scope="module")
def shares():
    return resamples(60, rng(1))


@pytest.fixture(scope="module")
def arms():
    """Sixty students in five replicates: what a student brings along stays, chance does not."""
    chance = rng(2)
    student = chance.normal(0.5, 0.2, (60, 1))
    reference = student + chance.normal(0, 0.1, (60, 5))
    return student + 0.05 + chance.normal(0, 0.1, (60, 5)), reference


def test_the_difference_is_the_mean_over_students_of_means_over_replicates(arms, shares):
    drawn = paired(*arms, shares)
    per_student = (arms[0] - arms[1]).mean(axis=1)
    assert drawn.value == pytest.approx(per_student.mean())
    assert drawn.sd == pytest.approx(per_student.std(ddof=1))
    assert drawn.students == 60
    assert drawn.estimate.mean == drawn.value


def test_the_interval_is_near_the_paired_t_interval_of_scipy(arms, shares):
    found = paired(*arms, shares).interval()
    expected = stats.ttest_rel(arms[0].mean(axis=1), arms[1].mean(axis=1)).confidence_interval(0.95)
    width = expected.high - expected.low
    assert found == pytest.approx((expected.low, expected.high), abs=0.05 * width)


def test_the_interval_is_scipys_percentile_interval_at_the_wider_level(arms, shares):
    per_student = (arms[0] - arms[1]).mean(axis=1)
    tail = stats.norm.cdf(np.sqrt(60 / 59) * stats.t.ppf(0.025, 59))
    expected = stats.bootstrap(
        (per_student,), np.mean, confidence_level=1 - 2 * tail, method="percentile", rng=rng(9)
    ).confidence_interval
    width = expected.high - expected.low
    assert mean_of(per_student, shares).interval() == pytest.approx((expected.low, expected.high), abs=0.03 * width)


def test_p_is_near_the_paired_t_test_of_scipy(arms, shares):
    chance = rng(4)
    for shift in (0.0, 0.01, 0.02, 0.03):
        difference = chance.normal(shift, 0.1, 60)
        assert mean_of(difference, shares).p == pytest.approx(stats.ttest_1samp(difference, 0).pvalue, abs=0.02)


def test_replicates_of_a_student_stay_together(arms, shares):
    """Copying every replicate five times adds nothing; counted as students it would halve the interval."""
    one, copied = arms[0][:, :1], np.repeat(arms[0][:, :1], 5, axis=1)
    assert mean_of(copied, shares).interval() == pytest.approx(mean_of(one, shares).interval())
    scattered = mean_of(copied.ravel(), resamples(300, rng(1)))
    low, high = mean_of(copied, shares).interval()
    assert scattered.interval()[1] - scattered.interval()[0] < 0.6 * (high - low)


def test_pairing_takes_the_students_own_level_out(arms, shares):
    together = paired(*arms, shares).interval()
    low, high = mean_of(arms[0], shares).interval()
    assert together[1] - together[0] < 0.6 * (high - low)


def test_replicates_count_by_their_mean_not_by_the_best_of_them(shares):
    values = np.zeros((60, 5))
    values[:, 0] = 1
    assert mean_of(values, shares).value == pytest.approx(0.2)


def test_a_student_without_a_value_is_left_out(arms, shares):
    holed = arms[0].copy()
    holed[:3] = np.nan
    holed[5, 2] = np.nan
    drawn = paired(holed, arms[1], shares)
    per_student = np.nanmean((holed - arms[1])[3:], axis=1)
    assert (drawn.students, drawn.value) == (57, pytest.approx(per_student.mean()))
    assert drawn.interval()[0] < drawn.value < drawn.interval()[1]
    assert np.isnan(student_means(holed)[:3]).all()
    assert student_means(holed)[5] == pytest.approx(holed[5, [0, 1, 3, 4]].mean())


def test_one_student_is_no_sample(shares):
    with pytest.raises(ValueError, match="1 students have values"):
        mean_of(np.array([1.0, np.nan]), resamples(2, rng(), 50))


def test_arms_of_other_students_are_not_paired(arms, shares):
    with pytest.raises(ValueError, match="not paired"):
        paired(arms[0], arms[1][:, :4], shares)


def test_no_spread_is_certain_and_no_difference_is_none(shares):
    always = mean_of(np.full(60, 0.1), shares)
    assert always.interval() == pytest.approx((0.1, 0.1))
    assert always.p == 0.0
    never = mean_of(np.zeros(60), shares)
    assert (never.p, never.interval()) == (1.0, (0.0, 0.0))


def test_a_figure_of_means_is_drawn_with_both_means_from_the_same_students(shares):
    chance = rng(6)
    below = chance.uniform(1, 2, 60)
    ratio = figure_of((3 * below, below), lambda means: means[..., 0] / means[..., 1], shares)
    assert ratio.value == pytest.approx(3)
    assert ratio.interval() == pytest.approx((3, 3))


def test_a_figure_of_one_mean_is_that_mean(arms, shares):
    as_figure = figure_of((arms[0],), lambda means: means[..., 0], shares)
    plain = mean_of(arms[0], shares)
    assert as_figure.value == pytest.approx(plain.value)
    assert as_figure.interval() == pytest.approx(plain.interval())
    assert as_figure.sd == pytest.approx(plain.sd, rel=0.05)


@pytest.mark.parametrize("p", [[0.04], [0.01, 0.02, 0.02, 0.5, 0.001], [0.9, 0.8, 0.03, 0.0, 1.0]])
def test_holm_is_that_of_statsmodels(p):
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1])


@example(276, 2, -0.5, 0.01)  # a tail so thin that its share is 0 in floating point
@given(st.integers(0, 10_000), st.integers(2, 30), st.floats(-0.6, 0.6), st.sampled_from([0.05, 0.01, 1e-4, 1e-7]))
def test_an_interval_excludes_zero_just_where_p_is_below_its_level(seed, n, shift, alpha):
    chance = rng(seed)
    drawn = mean_of(chance.normal(shift, 0.5, n), resamples(n, chance, 400))
    low, high = drawn.interval(alpha)
    assert (low > 0 or high < 0) == (drawn.p <= alpha)


@given(st.integers(0, 10_000), st.integers(1, 8))
def test_after_holm_an_interval_excludes_zero_just_where_its_p_does(seed, count):
    chance = rng(seed)
    shares = resamples(20, chance, 300)
    figures = {str(i): mean_of(chance.normal(chance.uniform(-0.5, 0.5), 0.5, 20), shares) for i in range(count)}
    for name, difference in compared(figures).items():
        assert difference.holds == (difference.holm_p <= 0.05)
        assert difference.p <= difference.holm_p
        assert difference.holm_ci95[0] <= difference.estimate.ci95[0]
        assert difference.holm_ci95[1] >= difference.estimate.ci95[1]
        assert difference.estimate.mean == figures[name].value


def test_names_of_arms_change_nothing(arms, shares):
    figures = {"a": paired(*arms, shares), "b": mean_of(rng(3).normal(0, 1, 60), shares)}
    turned = {"b": figures["a"], "a": figures["b"]}
    assert compared(figures)["a"] == compared(turned)["b"]
