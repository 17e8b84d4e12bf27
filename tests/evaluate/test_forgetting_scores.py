"""Scores of known predictions, and intervals that know who answered."""

import numpy as np
import pytest
from sklearn.metrics import log_loss, roc_auc_score

from preceptor.evaluate.forgetting_scores import Sample

STUDENTS = 80


@pytest.fixture(scope="module")
def answers():
    rng = np.random.default_rng(4)
    student = np.repeat(np.arange(STUDENTS), rng.integers(5, 40, STUDENTS))
    p = np.clip(0.6 + 0.15 * rng.normal(size=STUDENTS)[student] + 0.1 * rng.normal(size=len(student)), 0.05, 0.95)
    return p, (rng.random(len(student)) < p).astype(float), student, rng.integers(0, 6, len(student))


def test_points_are_those_of_the_plain_definitions(answers):
    p, correct, student, bins = answers
    scores = Sample(correct, student, bins, seed=0).scores(p)
    assert scores.log_loss.mean == pytest.approx(log_loss(correct, p))
    assert scores.auc.mean == pytest.approx(roc_auc_score(correct, p))
    assert scores.bias.mean == pytest.approx(p.mean() - correct.mean())
    squares = [(bins == b).sum() * (p - correct)[bins == b].mean() ** 2 for b in range(6)]
    assert scores.rmse_bins.mean == pytest.approx(np.sqrt(sum(squares) / len(p)))


def test_intervals_hold_their_points_and_a_bias_that_is_there_is_seen(answers):
    p, correct, student, bins = answers
    sample = Sample(correct, student, bins, seed=0)
    scores = sample.scores(p)
    for estimate in (scores.log_loss, scores.auc, scores.bias, scores.rmse_bins):
        assert estimate.ci95[0] < estimate.mean < estimate.ci95[1]
    assert not sample.scores(p).bias.excludes_zero
    assert sample.scores(p + 0.1).bias.excludes_zero


def test_students_are_resampled_whole(answers):
    p, correct, _, bins = answers
    alone = Sample(correct, np.arange(len(p)), bins, seed=0)
    whole = Sample(np.repeat(correct, 4), np.repeat(np.arange(len(p)), 4), np.repeat(bins, 4), seed=0)
    assert whole.mean(np.repeat(p, 4)).sd == pytest.approx(alone.mean(p).sd, rel=1e-9)


def test_two_models_on_one_sample_are_paired(answers):
    p, correct, student, bins = answers
    sample = Sample(correct, student, bins, seed=0)
    assert sample.mean((p + 0.01) - p).sd == pytest.approx(0.0, abs=1e-12)


def test_answers_that_are_all_alike_have_no_auc(answers):
    p, _, student, bins = answers
    assert Sample(np.ones(len(p)), student, bins, seed=0).scores(p).auc is None
