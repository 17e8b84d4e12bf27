"""Difficulties of questions, fitted before a network is trained, from the training students only."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, QMatrix
from preceptor.trace.das3h import Das3hTracer


def fit_difficulties(train: Log, valid: Log, q_matrix: QMatrix, clock: Callable[[], float]) -> NDArray[np.float32]:
    """How much harder each question is than the average of its concepts, in logits, float32 [questions].

    The difficulties of `Das3hTracer`: those of a penalised logistic regression that knows practice and ability, with
    the penalty that suits the validation students best. Learned along with a network's other weights, by an
    optimiser that gives every weight steps of like size, difficulties of rarely asked questions follow chance.

    Args:
        train: Interactions of the training students.
        valid: Interactions of the validation students.
        q_matrix: Questions and concepts.
        clock: Monotonic seconds.
    """
    tracer = Das3hTracer(q_matrix)
    tracer.fit(train, valid, seed=0, clock=clock)
    return np.asarray(tracer.fitted.difficulty, dtype=np.float32)
