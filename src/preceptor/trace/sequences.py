"""Answers of many students as padded tensors."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.domain import Log
from preceptor.trace.answers import Answers
from preceptor.trace.batches import Window, padded_rows


@dataclass(frozen=True, slots=True)
class Sequences:
    """Stretches of histories, [students, steps] each; padding stands at the end.

    Args:
        question: int64, rows of the Q-matrix.
        correct: float32, credit in 0..1.
        real: bool, false where padded.
        time_seconds: float64, NaN where unknown.
        duration_seconds: float32, NaN where unknown.
    """

    question: Tensor
    correct: Tensor
    real: Tensor
    time_seconds: Tensor
    duration_seconds: Tensor


@dataclass(frozen=True, slots=True)
class LogTensors:
    """A log's columns as tensors, from which batches are cut."""

    question: Tensor
    correct: Tensor
    time_seconds: Tensor
    duration_seconds: Tensor

    @classmethod
    def of(cls, log: Log, rows_of_question: NDArray[np.int64]) -> "LogTensors":
        """Columns of `log`; `rows_of_question` int64 [rows] are rows of the Q-matrix."""
        return cls(
            torch.tensor(rows_of_question),
            torch.tensor(log.correct),
            torch.tensor(log.time_seconds),
            torch.tensor(log.duration_seconds),
        )

    def batch(self, group: list[Window], device: torch.device) -> tuple[Sequences, NDArray[np.int64]]:
        """Padded windows, and the log rows of their real positions in row-major order, int64 [answers]."""
        rows, real = padded_rows(group)
        index = torch.from_numpy(rows)
        columns = (self.question, self.correct, self.time_seconds, self.duration_seconds)
        question, correct, time, duration = (column[index].to(device) for column in columns)
        return Sequences(question, correct, torch.from_numpy(real).to(device), time, duration), rows[real]


@dataclass(frozen=True, slots=True)
class Step:
    """One answer of each of n students as tensors [n], see `Answers`."""

    question: Tensor
    correct: Tensor
    time_seconds: Tensor
    duration_seconds: Tensor

    @classmethod
    def of(cls, answers: Answers, device: torch.device) -> "Step":
        """Copies of the columns."""
        return cls(
            torch.tensor(answers.question, dtype=torch.int64, device=device),
            torch.tensor(answers.correct, dtype=torch.float32, device=device),
            torch.tensor(answers.time_seconds, dtype=torch.float64, device=device),
            torch.tensor(answers.duration_seconds, dtype=torch.float32, device=device),
        )
