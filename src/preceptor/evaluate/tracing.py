"""Tracing against its floor: the average of each concept over the training students."""

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, QMatrix
from preceptor.evaluate.bootstrap import Estimate, estimate_auc_gain
from preceptor.trace import question_rows


def concept_average(train: Log, test: Log, q_matrix: QMatrix) -> NDArray[np.float64]:
    """Predict every answer of `test` as the mean training accuracy of its question's concepts, float64 [rows]."""
    dense = q_matrix.dense[question_rows(train, q_matrix)]
    overall = float(train.correct.mean())
    average = (dense.T @ train.correct + overall) / (dense.sum(axis=0) + 1)
    own = q_matrix.dense[question_rows(test, q_matrix)]
    return np.asarray(own @ average / np.maximum(own.sum(axis=1), 1), dtype=np.float64)


def auc_gain(p_correct: NDArray[np.float64], floor: NDArray[np.float64], test: Log, seed: int) -> Estimate:
    """AUC over the floor's with an interval over the test students."""
    return estimate_auc_gain(p_correct, floor, test.correct, test.student, np.random.default_rng(seed))
