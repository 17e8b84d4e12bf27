import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from preceptor.evaluate import Estimate, estimate_mean
from preceptor.evaluate.bootstrap import estimate_auc_gain


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.fixture(scope="module")
def answers():
    """Fifty students with forty answers each: what is true, a coarse and a useless prediction."""
    chance = rng(3)
    student = np.repeat(np.arange(50), 40)
    logit = chance.normal(0, 1, 50)[student] + chance.normal(0, 1, 2_000)
    true = 1 / (1 + np.exp(-logit))
    return {
        "student": student,
        "true": true,
        "coarse": true.round(1),
        "useless": chance.random(2_000),
        "correct": chance.random(2_000) < true,
    }


def test_mean_and_spread():
    estimate = estimate_mean(np.array([1.0, 2, 3, 4]), rng())
    assert estimate.mean == 2.5
    assert estimate.sd == pytest.approx(np.std([1, 2, 3, 4], ddof=1))
    assert estimate.ci95[0] < 2.5 < estimate.ci95[1]


def test_the_same_chance_gives_the_same_interval():
    values = rng(5).normal(size=40)
    assert estimate_mean(values, rng(1)) == estimate_mean(values, rng(1))
    assert estimate_mean(values, rng(1)).ci95 != estimate_mean(values, rng(2)).ci95


def test_the_interval_is_about_two_standard_errors_and_covers_the_truth():
    chance, covered = rng(7), 0
    for _ in range(300):
        values = chance.normal(1.0, 2.0, 80)
        estimate = estimate_mean(values, chance, replicates=400)
        covered += estimate.ci95[0] <= 1.0 <= estimate.ci95[1]
    assert 0.9 <= covered / 300 <= 0.98
    wide = estimate_mean(rng(8).normal(1.0, 2.0, 400), rng())
    assert wide.ci95[1] - wide.ci95[0] == pytest.approx(2 * 1.96 * 2 / 20, rel=0.15)


def test_no_spread_no_width():
    assert estimate_mean(np.full(9, 0.3), rng()).ci95 == pytest.approx((0.3, 0.3))
    assert estimate_mean(np.array([0.3]), rng()).sd == 0.0


@pytest.mark.parametrize(("interval", "excluded"), [((0.1, 0.2), True), ((-0.2, -0.1), True), ((-0.1, 0.1), False)])
def test_whether_zero_is_excluded(interval, excluded):
    assert Estimate(0.0, 1.0, interval).excludes_zero is excluded


def test_a_clear_gain_is_the_difference_of_aucs_and_excludes_zero(answers):
    gain = estimate_auc_gain(answers["true"], answers["useless"], answers["correct"], answers["student"], rng(), 200)
    true, useless = (roc_auc_score(answers["correct"], answers[name]) for name in ("true", "useless"))
    assert gain.mean == pytest.approx(true - useless)
    assert gain.excludes_zero
    assert gain.ci95[0] < gain.mean < gain.ci95[1]


def test_ties_count_half_as_in_scikit_learn(answers):
    gain = estimate_auc_gain(answers["true"], answers["coarse"], answers["correct"], answers["student"], rng(), 50)
    expected = roc_auc_score(answers["correct"], answers["true"]) - roc_auc_score(answers["correct"], answers["coarse"])
    assert gain.mean == pytest.approx(expected)


def test_no_gain_includes_zero(answers):
    same = estimate_auc_gain(answers["true"], answers["true"], answers["correct"], answers["student"], rng(), 50)
    assert (same.mean, same.ci95) == (0.0, (0.0, 0.0))
    assert not same.excludes_zero
    other = rng(9).random(2_000)
    blind = estimate_auc_gain(other, answers["useless"], answers["correct"], answers["student"], rng(), 200)
    assert not blind.excludes_zero


def test_whole_students_are_resampled(answers):
    """One resample is the AUC over the drawn students' rows, each as often as drawn."""
    seen = estimate_auc_gain(answers["true"], answers["useless"], answers["correct"], answers["student"], rng(4), 2)
    chance, gains = rng(4), []
    for _ in range(2):
        drawn = chance.integers(0, 50, 50)
        rows = np.concatenate([np.flatnonzero(answers["student"] == one) for one in drawn])
        right = answers["correct"][rows]
        gains.append(roc_auc_score(right, answers["true"][rows]) - roc_auc_score(right, answers["useless"][rows]))
    assert seen.ci95 == pytest.approx(tuple(np.quantile(gains, [0.025, 0.975])))


def test_names_of_students_do_not_matter(answers):
    """A test log holds few of the course's students, so their indices have gaps."""
    columns = (answers["true"], answers["useless"], answers["correct"])
    one = estimate_auc_gain(*columns, answers["student"], rng(), 50)
    assert one == estimate_auc_gain(*columns, answers["student"] * 7 + 100, rng(), 50)
