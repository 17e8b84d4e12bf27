"""What goes into a tracer and what it reports."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, QMatrix, UserError


@dataclass(frozen=True, slots=True)
class Answers:
    """One answer of each of n students.

    Args:
        question: int [n], rows of the tracer's Q-matrix.
        correct: float32 [n], credit in 0..1.
        time_seconds: float64 [n], UTC seconds, NaN where unknown.
        duration_seconds: float32 [n], NaN where unknown.
    """

    question: NDArray[Any]
    correct: NDArray[np.float32]
    time_seconds: NDArray[np.float64]
    duration_seconds: NDArray[np.float32]

    @classmethod
    def untimed(cls, question: NDArray[Any], correct: NDArray[Any]) -> "Answers":
        """Answers without times and durations."""
        n = len(question)
        return cls(
            question,
            np.asarray(correct, dtype=np.float32),
            np.full(n, np.nan),
            np.full(n, np.nan, dtype=np.float32),
        )


@dataclass(frozen=True, slots=True)
class FitReport:
    """What a fit did.

    Args:
        epochs: Passes over the training students.
        interactions: Training interactions a pass.
        valid_log_loss: Mean log loss on the validation students after each pass.
        best_epoch: The pass whose weights were kept, from 1; 0 for a closed-form fit.
        seconds: Time of training alone, with that before an interruption.
    """

    epochs: int
    interactions: int
    valid_log_loss: tuple[float, ...]
    best_epoch: int
    seconds: float


def question_rows(log: Log, q_matrix: QMatrix) -> NDArray[np.int64]:
    """Rows of `q_matrix` for every row of `log`, int64 [rows].

    Raises:
        UserError: If the log has a question that the bank does not know.
    """
    index = q_matrix.question_index
    used = np.unique(log.question)
    table = np.full(len(log.question_ids), -1, dtype=np.int64)
    for i in used:
        table[i] = index.get(log.question_ids[i], -1)
    unknown = [log.question_ids[i] for i in used if table[i] < 0]
    if unknown:
        raise UserError(
            f"The log has {len(unknown)} questions that the bank does not know, for example {unknown[0]!r}.",
            allowed="questions of the course's bank",
            mend="import the bank and the log together",
        )
    return table[log.question]


def mean_log_loss(p_correct: NDArray[Any], correct: NDArray[Any]) -> float:
    """Mean −log P(answer) in nats; 0 without answers."""
    p = np.clip(np.asarray(p_correct, dtype=np.float64), 1e-6, 1 - 1e-6)
    return float(-np.mean(correct * np.log(p) + (1 - correct) * np.log(1 - p))) if len(p) else 0.0
