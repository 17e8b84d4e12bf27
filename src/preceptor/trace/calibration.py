"""Calibration on validation students: logits are stretched and shifted so that predicted shares come true."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit


def fit_platt(p_correct: NDArray[np.float32], correct: NDArray[np.float32]) -> tuple[float, float]:
    """Shift a and slope b that maximise the likelihood of σ(a + b·logit p) (Platt, 1999).

    Ranks stay as they are: b is at least 0.05. Without answers the predictions stay unchanged.

    Args:
        p_correct: [rows], predictions for students the model was not trained on.
        correct: [rows], credit in 0..1.
    """
    if not len(correct):
        return 0.0, 1.0
    z, y = logit(np.clip(p_correct.astype(np.float64), 1e-6, 1 - 1e-6)), correct.astype(np.float64)

    def loss(ab: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        score = ab[0] + ab[1] * z
        wrong = expit(score) - y
        return float(np.mean(np.logaddexp(0, score) - y * score)), np.array([wrong.mean(), (wrong * z).mean()])

    fitted = minimize(loss, np.array([0.0, 1.0]), jac=True, bounds=[(-3.0, 3.0), (0.05, 3.0)], method="L-BFGS-B")
    return float(fitted.x[0]), float(fitted.x[1])
