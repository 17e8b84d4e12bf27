"""Logistic regression finds known weights, shrinks as told, and knows when answers of one student are alike."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.special import expit

from preceptor.evaluate.logistic import clustered_sd, fit_logistic

WEIGHTS = np.array([0.5, -1.0, 2.0])


@pytest.fixture(scope="module")
def answers():
    rng = np.random.default_rng(1)
    design = np.column_stack([np.ones(20_000), rng.normal(size=(20_000, 2))])
    return design, (rng.random(20_000) < expit(design @ WEIGHTS)).astype(float)


def test_known_weights_are_found(answers):
    np.testing.assert_allclose(fit_logistic(*answers, np.full(3, 10.0)), WEIGHTS, atol=0.07)


def test_sparse_and_dense_designs_agree(answers):
    design, correct = answers
    sparse = fit_logistic(csr_matrix(design), correct, np.full(3, 1.0))
    np.testing.assert_allclose(sparse, fit_logistic(design, correct, np.full(3, 1.0)), atol=1e-4)


def test_a_narrow_prior_holds_its_own_weight_only(answers):
    held = fit_logistic(*answers, np.array([10.0, 1e-4, 10.0]))
    assert abs(held[1]) < 1e-3
    assert held[2] > 1.0


def test_errors_grow_when_answers_of_a_student_are_copies(answers):
    design, correct = (part[:500] for part in answers)
    weights = fit_logistic(design, correct, np.full(3, 10.0))
    plain = clustered_sd(design, correct, weights, np.arange(500))
    copied = clustered_sd(np.repeat(design, 4, axis=0), np.repeat(correct, 4), weights, np.repeat(np.arange(500), 4))
    np.testing.assert_allclose(copied, plain, rtol=1e-6)
