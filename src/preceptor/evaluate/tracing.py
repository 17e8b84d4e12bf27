"""Tracing against its floor: the average of each concept over the training students."""

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, QMatrix
from preceptor.evaluate.bootstrap import Estimate, estimate_auc_gain
from preceptor.trace import question_rows


def concept_average(train: Log, test: Log, q_matrix: QMatrix) -> NDArray[np.float64]:
    """Predict every answer of `test` as the mean training accuracy of its question's concepts, float64 [rows]."""
    questions = len(q_matrix.question_ids)
    asked = question_rows(train, q_matrix)
    credit = np.bincount(asked, weights=train.correct, minlength=questions)
    answers = np.bincount(asked, minlength=questions)
    overall = float(train.correct.mean())
    average = (q_matrix.dense.T @ credit + overall) / (q_matrix.dense.T @ answers + 1)
    of_question = q_matrix.dense @ average / np.maximum(q_matrix.dense.sum(axis=1), 1)
    return np.asarray(of_question[question_rows(test, q_matrix)], dtype=np.float64)


def auc_gain(p_correct: NDArray[np.float64], floor: NDArray[np.float64], test: Log, seed: int) -> Estimate:
    """AUC over the floor's with an interval over the test students."""
    return estimate_auc_gain(p_correct, floor, test.correct, test.student, np.random.default_rng(seed))
