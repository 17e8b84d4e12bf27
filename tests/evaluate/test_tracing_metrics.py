"""Metrics over folds: exact points, intervals like those of brute resampling."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from preceptor.evaluate import Predicted, measure, metrics_of
from preceptor.evaluate.tracing_metrics import ENOUGH, NAMES, Sampled


def drawn(students, answers, seed, folds=1):
    """Students of different ability on three KCs, split into folds; predictions are right but coarse."""
    rng = np.random.default_rng(seed)
    student = np.repeat(np.arange(students), answers)
    logit = rng.normal(0, 1, students)[student] + rng.normal(0, 1, len(student))
    p = (1 / (1 + np.exp(-logit))).round(2).clip(0.01, 0.99)
    y = (rng.random(len(p)) < p).astype(float)
    concepts = np.stack([rng.integers(0, 3, len(p)), np.where(rng.random(len(p)) < 0.3, 3, -1)], axis=1)
    return [
        Predicted(p[own], y[own], student[own], concepts[own]) for own in (student % folds == k for k in range(folds))
    ]


def test_points_are_those_of_the_plain_metrics():
    (fold,) = drawn(40, 30, 0)
    measured = measure([fold], 40, seed=0, replicates=20)
    plain = metrics_of(fold.p_correct, fold.correct)
    for name in NAMES:
        assert measured.overall[name].by_fold[0] == getattr(plain, name)
    assert measured.answers == plain.answers


def test_no_interval_reaches_below_the_least_a_metric_can_be():
    (fold,) = drawn(30, 4, 5)
    sampled = measure([fold], 30, seed=0, replicates=50).overall["ece"]
    below = Sampled(np.array([0.001]), sampled.resampled)
    assert below.estimate().ci95[0] < 0
    assert below.estimate(least=0.0).ci95[0] == 0.0


def test_points_within_kcs_are_weighted_by_answers():
    (fold,) = drawn(40, 30, 1)
    measured = measure([fold], 40, seed=0, replicates=20)
    assert measured.concepts == 4
    total = dict.fromkeys(("auc", "brier", "log_loss", "accuracy"), 0.0)
    answers = 0
    for concept in range(4):
        own = (fold.concepts == concept).any(axis=1)
        plain = metrics_of(fold.p_correct[own], fold.correct[own])
        answers += plain.answers
        total = {name: value + plain.answers * getattr(plain, name) for name, value in total.items()}
    for name, value in total.items():
        assert measured.by_concept[name].by_fold[0] == pytest.approx(value / answers), name


def test_kcs_with_few_answers_are_left_out():
    (fold,) = drawn(20, 20, 2)
    rare = fold.concepts.copy()
    rare[: ENOUGH - 1, 0] = 9
    measured = measure([Predicted(fold.p_correct, fold.correct, fold.student, rare)], 20, 0, 10)
    assert measured.concepts == 4
    none = np.full_like(rare, -1)
    assert measure([Predicted(fold.p_correct, fold.correct, fold.student, none)], 20, 0, 10).concepts == 0


def test_intervals_are_those_of_resampling_whole_students():
    (fold,) = drawn(120, 15, 3)
    measured = measure([fold], 120, seed=1)
    rng, found = np.random.default_rng(9), []
    for _ in range(400):
        rows = np.concatenate([np.flatnonzero(fold.student == one) for one in rng.integers(0, 120, 120)])
        found.append(metrics_of(fold.p_correct[rows], fold.correct[rows]))
    for name in ("auc", "accuracy", "log_loss", "brier"):
        brute = np.quantile([getattr(metrics, name) for metrics in found], [0.025, 0.975])
        ends = measured.overall[name].estimate().ci95
        assert ends == pytest.approx(brute, abs=0.12 * (brute[1] - brute[0])), name


def test_means_and_deviations_are_over_folds():
    folds = drawn(60, 20, 4, folds=3)
    aucs = [roc_auc_score(fold.correct, fold.p_correct) for fold in folds]
    estimate = measure(folds, 60, 0, 50).overall["auc"].estimate()
    assert estimate.mean == pytest.approx(np.mean(aucs))
    assert estimate.sd == pytest.approx(np.std(aucs, ddof=1))
    assert np.isnan(measure(folds[:1], 60, 0, 50).overall["auc"].estimate().sd)


def test_models_are_paired_resample_by_resample():
    (fold,) = drawn(80, 20, 5)
    noisy = np.clip(fold.p_correct + np.random.default_rng(0).normal(0, 0.05, len(fold.p_correct)), 0.01, 0.99)
    other = Predicted(noisy, fold.correct, fold.student, fold.concepts)
    one, two = (measure([part], 80, seed=3).overall["auc"] for part in (fold, other))
    gain = one.less(two).estimate()
    assert gain.mean == pytest.approx(float(one.by_fold[0] - two.by_fold[0]))
    width = np.subtract(*gain.ci95[::-1])
    assert width < 0.5 * np.subtract(*one.estimate().ci95[::-1])
    assert one.less(one).estimate().ci95 == (0.0, 0.0)


def test_without_both_outcomes_there_is_no_auc_but_the_rest():
    (fold,) = drawn(10, 10, 6)
    measured = measure([Predicted(fold.p_correct, np.ones_like(fold.correct), fold.student, fold.concepts)], 10, 0, 20)
    assert np.isnan(measured.overall["auc"].estimate().mean)
    assert measured.overall["brier"].estimate().ci95[0] > 0


def test_students_of_all_folds_share_one_resample():
    """Test folds without a common student are resampled together; the interval of the mean narrows."""
    folds = drawn(200, 15, 7, folds=4)
    alone = measure(folds[:1], 200, 0).overall["brier"].estimate()
    together = measure(folds, 200, 0).overall["brier"].estimate()
    ratio = np.subtract(*alone.ci95[::-1]) / np.subtract(*together.ci95[::-1])
    assert 1.5 < ratio < 2.6
