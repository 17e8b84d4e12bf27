import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from preceptor.evaluate.mastery import score_mastery


def drawn(seed, students=12, concepts=3, ties=True):
    rng = np.random.default_rng(seed)
    truth = rng.random((students, concepts))
    estimate = truth + rng.normal(0, 0.3, truth.shape)
    return truth, np.round(estimate, 1) if ties else estimate


@settings(deadline=None, derandomize=True, max_examples=20)
@given(seed=st.integers(0, 999))
def test_ranks_are_those_of_scipy_with_ties(seed):
    truth, estimate = drawn(seed)
    found = score_mastery(truth, {"it": estimate}, seed, replicates=2)["it"]
    own = [spearmanr(truth[:, c], estimate[:, c]).statistic for c in range(3)]
    assert found.within[0] == pytest.approx(np.mean(own))
    assert found.overall[0] == pytest.approx(spearmanr(truth.ravel(), estimate.ravel()).statistic)
    assert found.mae[0] == pytest.approx(np.abs(truth - estimate).mean())


def test_a_resample_counts_students_as_often_as_they_were_drawn():
    truth, estimate = drawn(4)
    found = score_mastery(truth, {"it": estimate}, 7, replicates=3)["it"]
    counts = np.random.default_rng(7).multinomial(12, np.full(12, 1 / 12), 3)
    for replicate, count in enumerate(counts, 1):
        rows = np.repeat(np.arange(12), count)
        own = [spearmanr(truth[rows, c], estimate[rows, c]).statistic for c in range(3)]
        assert found.within[replicate] == pytest.approx(np.mean(own))
        flat = spearmanr(truth[rows].ravel(), estimate[rows].ravel()).statistic
        assert found.overall[replicate] == pytest.approx(flat)
        assert found.mae[replicate] == pytest.approx(np.abs(truth - estimate)[rows].mean())


def test_an_estimate_of_the_truth_itself_is_surely_better_than_noise():
    truth, noisy = drawn(1, students=60, ties=False)
    scores = score_mastery(truth, {"truth": truth, "noisy": noisy}, 0, replicates=200)
    for metric in ("within", "overall"):
        assert scores["truth"].estimate(metric).mean == pytest.approx(1)
        assert scores["truth"].estimate(metric, scores["noisy"]).ci95[0] > 0
    assert scores["truth"].estimate("mae", scores["noisy"]).ci95[1] < 0


def test_an_estimate_that_ranks_concepts_but_not_students_counts_only_overall():
    """The average of each concept: alike for all students."""
    truth, _ = drawn(2, students=40)
    truth += np.array([0.0, 1.0, 2.0])
    averages = np.tile(truth.mean(axis=0), (40, 1))
    found = score_mastery(truth, {"averages": averages}, 0, replicates=5)["averages"]
    assert found.within[0] == 0
    assert found.overall[0] > 0.85
