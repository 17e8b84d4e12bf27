"""The contract of every knowledge-tracing model."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, QMatrix, UserError

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, steps done, steps in all)."""


def silent(what: str, done: int, total: int) -> None:
    """Progress that shows nothing."""


class TracerState(Protocol):
    """What a tracer carries of n students; opaque to everyone else."""

    def take(self, students: NDArray[np.int64]) -> Self:
        """Select or repeat students by index."""
        ...

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """The students of all parts, one part after the other."""
        ...


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
        seconds: Time of training alone.
    """

    epochs: int
    interactions: int
    valid_log_loss: tuple[float, ...]
    best_epoch: int
    seconds: float


class Tracer(ABC):
    """A knowledge-tracing model over one Q-matrix.

    Every array holds n students. A prediction never sees the answer it predicts: `predict` reads the state,
    `update` makes the next one. `update` takes constant time, however long the history is.

    Args:
        q_matrix: The questions and concepts the model knows.
    """

    name: ClassVar[str]
    time_aware: ClassVar[bool] = False
    options: ClassVar[frozenset[str]] = frozenset()
    """Which of the options "size" and "question_difficulty" the model takes."""

    def __init__(self, q_matrix: QMatrix) -> None:
        self.q_matrix = q_matrix

    @abstractmethod
    def fit(
        self, train: Log, valid: Log, *, seed: int, clock: Callable[[], float], progress: Progress = silent
    ) -> FitReport:
        """Fit on the training students, choose by the validation students.

        Args:
            train: Interactions of the training students.
            valid: Interactions of the validation students.
            seed: Seed of all randomness.
            clock: Monotonic seconds, for the report.
            progress: Told after every pass.
        """

    @abstractmethod
    def initial(self, n: int) -> TracerState:
        """State of n students who have answered nothing."""

    @abstractmethod
    def update(self, state: Any, answers: Answers) -> TracerState:
        """State after one more answer of each student; `state` is left as it was."""

    @abstractmethod
    def predict(self, state: Any, questions: NDArray[Any], at_seconds: NDArray[np.float64]) -> NDArray[np.float32]:
        """P(correct), float32 [n, m], on `questions` [n, m] at `at_seconds` [n]."""

    @abstractmethod
    def mastery(self, state: Any, concepts: NDArray[Any], at_seconds: NDArray[np.float64]) -> NDArray[np.float32]:
        """P(correct), float32 [n, m], on each of `concepts` [m]."""

    def distinct(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Classes of questions that the model cannot tell apart.

        Returns:
            One question of each class, int64 [d], and the class of every question, int64 [questions]. By default
            every question is a class of its own.
        """
        every = np.arange(len(self.q_matrix.question_ids))
        return every, every

    @abstractmethod
    def score(self, log: Log) -> NDArray[np.float32]:
        """P(correct) of every row of `log` from its student's earlier rows, float32 [rows].

        Equals `score_by_replay` to rounding; a model may compute it in one sweep.
        """

    @abstractmethod
    def save(self, folder: Path) -> None:
        """Write the model into an existing folder."""

    @classmethod
    @abstractmethod
    def load(cls, folder: Path, q_matrix: QMatrix) -> Self:
        """Read a model that `save` wrote; questions added since then are allowed where the model can take them."""


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
