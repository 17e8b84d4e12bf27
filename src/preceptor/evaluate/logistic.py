"""Logistic regression with a spread of its own for every weight, and its errors clustered by student."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

ITERATIONS = 150


def fit_logistic(design: Any, correct: NDArray[Any], sd: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights w that minimise Σ log loss of σ(Xw) + ½ Σ (w_i / sd_i)², by L-BFGS; deterministic.

    Args:
        design: X, [rows, columns], an array or a sparse matrix.
        correct: [rows], credit in 0..1.
        sd: float64 [columns], standard deviation of each weight's normal prior around 0.

    Returns:
        float64 [columns].
    """
    scaled, y = design * sd if isinstance(design, np.ndarray) else design.multiply(sd).tocsr(), np.asarray(correct)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logit = scaled @ weights
        value = float((np.logaddexp(0, logit) - y * logit).sum() + 0.5 * (weights @ weights))
        return value, scaled.T @ (expit(logit) - y) + weights

    found = minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS})
    return np.asarray(found.x * sd)


def clustered_sd(
    design: NDArray[np.float64], correct: NDArray[Any], weights: NDArray[np.float64], student: NDArray[Any]
) -> NDArray[np.float64]:
    """Standard errors of maximum-likelihood weights, robust to answers of one student being alike.

    The sandwich H⁻¹ (Σ_s g_s g_sᵀ) H⁻¹ with H the Hessian and g_s the gradient over student s's answers
    (Liang & Zeger, 1986).

    Args:
        design: float64 [rows, columns].
        correct: [rows], credit in 0..1.
        weights: float64 [columns], as fitted.
        student: [rows], whose answer it is.

    Returns:
        float64 [columns].
    """
    p = expit(design @ weights)
    bread = np.linalg.pinv((design * (p * (1 - p))[:, None]).T @ design)
    _, who = np.unique(student, return_inverse=True)
    gradient = np.zeros((int(who.max()) + 1, design.shape[1]))
    np.add.at(gradient, who, design * (p - np.asarray(correct))[:, None])
    return np.asarray(np.sqrt(np.diag(bread @ (gradient.T @ gradient) @ bread)))
