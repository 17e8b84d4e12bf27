"""Two ways to present histories to a tracer and to read its predictions: leak-free, and as pyKT does."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from preceptor.data import Split, assign_folds, brings_folds, split_by_fold
from preceptor.domain import Bank, Log, QMatrix, UserError
from preceptor.evaluate.expansion import Expansion, expand, late_fusion
from preceptor.trace import Tracer

WINDOW, SHORTEST = 200, 3


@dataclass(frozen=True)
class Task:
    """One fold as a tracer sees it.

    Args:
        q_matrix: Questions and concepts.
        origin: int64 [questions], the bank's question behind each; None where they are the bank's own.
        train: Training students' log.
        valid: Validation students' log.
        test: Test students' log.
        rows: int64 [test rows], the rows of the course's log behind them.
        fold: The fold's number.
        unseen: int64, questions of `q_matrix` that join the bank after the training.
    """

    q_matrix: QMatrix
    origin: NDArray[np.int64] | None
    train: Log
    valid: Log
    test: Log
    rows: NDArray[np.int64]
    fold: int
    unseen: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))


class Scorer(Protocol):
    """A tracer, alone or with a curve on top."""

    def score(self, log: Log) -> NDArray[Any]:
        """P(correct) of every row of `log` from its student's earlier rows, [rows]."""
        ...


@dataclass(frozen=True)
class Scores:
    """Predictions of one fold's test answers.

    Args:
        rows: int64 [answers], rows of the course's log, ascending.
        p_correct: float64 [answers].
        kc_rows: int64 [predictions], the same with one prediction a KC, where they were made from rows that leak;
            empty where no question has several KCs or nothing was expanded.
        kc_p_correct: float64 [predictions].
        by_shuffle: float64 [shuffles, answers], where the order of answers is arbitrary; `p_correct` is their mean.
    """

    rows: NDArray[np.int64]
    p_correct: NDArray[np.float64]
    kc_rows: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    kc_p_correct: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    by_shuffle: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0)))


class TracingProtocol(ABC):
    """How students are divided, histories presented and predictions read."""

    name: ClassVar[str]
    told: ClassVar[dict[str, str]]
    """What the protocol does, for the result and the docs."""
    holds_out: ClassVar[bool] = False
    """Whether questions are held out, whose labels nothing may have been fitted to."""
    fewest_folds: ClassVar[int] = 3
    shuffles: ClassVar[int] = 0
    """In how many orders answers are read; 0 where their own order is known."""

    def bound(self, bank: Bank, fold_of_student: NDArray[np.int64], seed: int) -> Self:
        """The protocol for one course.

        Args:
            bank: Its questions.
            fold_of_student: int64 [students], see `assign`.
            seed: Of everything the protocol draws.
        """
        return self

    def training(self, log: Log, students: NDArray[np.int64], fold: int) -> Log:
        """What may be learned from some students."""
        return log.of_students(students)

    def counted(self, log: Log, students: NDArray[np.int64], fold: int) -> NDArray[np.int64]:
        """Rows of test students that are predicted, int64, ascending."""
        return np.flatnonzero(np.isin(log.student, students))

    def about(self, folds: Sequence[int]) -> dict[str, Any]:
        """What else the result says of the folds that were run."""
        return {}

    @abstractmethod
    def assign(self, log: Log, folds: int, seed: int) -> NDArray[np.int64]:
        """The fold of every student, int64 [students], see `preceptor.data.assign_folds`."""

    @abstractmethod
    def keeps_folds(self, log: Log, folds: int) -> bool:
        """Whether `assign` takes the data set's own folds."""

    @abstractmethod
    def split(self, fold_of_student: NDArray[np.int64], fold: int) -> Split:
        """Who trains, validates and tests in a fold."""

    @abstractmethod
    def task(self, log: Log, q_matrix: QMatrix, split: Split, fold: int) -> Task:
        """Logs in the form that the tracer sees."""

    @abstractmethod
    def score(self, tracer: Scorer, task: Task) -> Scores:
        """A fitted tracer's predictions of the test answers that count."""


class LeakFree(TracingProtocol):
    """A KC is an axis, histories are whole, every answer counts."""

    name = "leak-free"
    told: ClassVar[dict[str, str]] = {
        "students": "test fold k, validation fold k − 1, the rest trains",
        "history": "whole, from the first answer, which is predicted too",
        "concepts": "an axis of each question, never extra rows",
    }

    def assign(self, log: Log, folds: int, seed: int) -> NDArray[np.int64]:
        """The data set's folds where it has that many; a hash otherwise."""
        return assign_folds(log, folds, seed)

    def keeps_folds(self, log: Log, folds: int) -> bool:
        """Where it has that many."""
        return brings_folds(log, folds)

    def split(self, fold_of_student: NDArray[np.int64], fold: int) -> Split:
        """Test fold k, validation fold k − 1; before the first comes the last."""
        folds = np.unique(fold_of_student[fold_of_student > 0]).tolist()
        before = folds[folds.index(fold) - 1] if fold in folds else 0
        return split_by_fold(fold_of_student, fold, before)

    def task(self, log: Log, q_matrix: QMatrix, split: Split, fold: int) -> Task:
        """The log's own rows."""
        train, valid = (self.training(log, side, fold) for side in (split.train, split.valid))
        rows = np.flatnonzero(np.isin(log.student, split.test))
        return Task(q_matrix, None, train, valid, log.take(rows), rows, fold)

    def score(self, tracer: Scorer, task: Task) -> Scores:
        """Every answer of the test students."""
        return Scores(task.rows, tracer.score(task.test).astype(np.float64))


class PyktReading(TracingProtocol):
    """pyKT's question-level reading: rows are KCs, histories are windows, predictions of a question are averaged."""

    name = "pykt"
    fewest_folds = 2
    told: ClassVar[dict[str, str]] = {
        "students": "a fifth tests; the others in folds, fold k validates, the rest trains",
        "history": f"cut into windows of {WINDOW} rows that start anew; windows below {SHORTEST} rows are left out; "
        "the first answer of a window is not predicted",
        "concepts": "one row a KC while training; a question is predicted as the mean over its KCs from what came "
        "before its first row",
    }

    def assign(self, log: Log, folds: int, seed: int) -> NDArray[np.int64]:
        """Fold 0 tests: the data set's last fold where it has one more than asked, a fifth by hash otherwise."""
        return assign_folds(log, folds, seed, held_out=0.2)

    def keeps_folds(self, log: Log, folds: int) -> bool:
        """Where it has one more, as pyKT's own files do: five folds and the test students."""
        return brings_folds(log, folds, held_out=True)

    def split(self, fold_of_student: NDArray[np.int64], fold: int) -> Split:
        """Fold 0 tests, fold k validates."""
        test = int(fold_of_student.max()) + 1
        return split_by_fold(np.where(fold_of_student == 0, test, fold_of_student), test, fold)

    def task(self, log: Log, q_matrix: QMatrix, split: Split, fold: int) -> Task:
        """Expanded rows in windows, each a student of its own."""
        parts = [self._expanded(log, q_matrix, side) for side in (split.train, split.valid, split.test)]
        train, valid, test = parts
        return Task(test.q_matrix, test.origin, train.log, valid.log, test.log, test.rows, fold)

    def score(self, tracer: Scorer, task: Task) -> Scores:
        """Question level by late fusion; KC level, which leaks, beside it where some question has several KCs.

        Raises:
            UserError: If there is a curve on top of the tracer: pyKT knows none.
        """
        if not isinstance(tracer, Tracer):
            raise UserError("`pykt` reads tracers alone, and there is a curve on top.", mend="leave forgetting= out")
        later = task.test.position > 0
        kc_rows, kc_p = task.rows[later], tracer.score(task.test).astype(np.float64)[later]
        if len(np.unique(task.rows)) == len(task.rows):
            return Scores(kc_rows, kc_p)
        rows, fused = late_fusion(tracer, task.test, task.rows)
        return Scores(rows, fused, kc_rows, kc_p)

    @staticmethod
    def _expanded(log: Log, q_matrix: QMatrix, students: NDArray[np.int64]) -> Expansion:
        own = np.flatnonzero(np.isin(log.student, students))
        expansion = expand(log.take(own), q_matrix, WINDOW, SHORTEST)
        return replace(expansion, rows=own[expansion.rows])
