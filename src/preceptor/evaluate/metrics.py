"""How good predictions of answers are."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

BINS = 20


@dataclass(frozen=True, slots=True)
class Metrics:
    """Metrics of predicted P(correct).

    Args:
        auc: Area under the ROC curve; NaN if all answers are alike.
        accuracy: Share of answers on the right side of one half.
        log_loss: Mean −log P(answer), in nats.
        brier: Mean squared error.
        ece: Expected calibration error: mean over 20 bins with equal counts of |mean prediction − mean answer|.
        answers: How many answers were predicted.
    """

    auc: float
    accuracy: float
    log_loss: float
    brier: float
    ece: float
    answers: int


def metrics_of(p_correct: NDArray[Any], correct: NDArray[Any]) -> Metrics:
    """Compare predictions with answers.

    Args:
        p_correct: [rows] in 0..1.
        correct: [rows], credit in 0..1; one half and more counts as right where a metric needs right or wrong.
    """
    p = np.clip(np.asarray(p_correct, dtype=np.float64), 1e-6, 1 - 1e-6)
    y = np.asarray(correct, dtype=np.float64)
    right = y >= 0.5
    mixed = bool(right.any() and not right.all())
    return Metrics(
        auc=float(roc_auc_score(right, p)) if mixed else float("nan"),
        accuracy=float(((p >= 0.5) == right).mean()),
        log_loss=float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()),
        brier=float(((p - y) ** 2).mean()),
        ece=expected_calibration_error(p, y),
        answers=len(y),
    )


def expected_calibration_error(p_correct: NDArray[np.float64], correct: NDArray[np.float64]) -> float:
    """Σ over bins of (answers in the bin / all) · |mean prediction − mean answer|, 20 bins with equal counts.

    Answers with equal predictions count as their mean, so that the order of rows changes nothing where a bin ends
    among them.
    """
    _, group = np.unique(p_correct, return_inverse=True)
    shared = (np.bincount(group, weights=correct) / np.bincount(group))[group]
    order = np.argsort(p_correct, kind="stable")
    bins = [part for part in np.array_split(order, BINS) if len(part)]
    gaps = [len(part) * abs(float((p_correct[part] - shared[part]).mean())) for part in bins]
    return float(sum(gaps) / len(p_correct))
