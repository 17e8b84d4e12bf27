"""The contract of every forgetting curve."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import recall
from preceptor.forgetting.practice import Counters, Practice, PracticeLog


class ForgettingCurve(ABC):
    """A retention curve with its memory strengths and the recalibration of mastery that was fitted with it.

    Promise: retention is 1 at 0, falls with time and tends to 0; stronger memories fall more slowly.

    Args:
        concepts: Number of concepts.
    """

    name: ClassVar[str]
    forgets: ClassVar[bool] = True
    """Whether anything fades; what does not needs no times."""
    level_sd: float = 0.0
    """Spread of the students' levels on the logit of mastery; 0 if the curve learns none."""
    retention_at_strength: ClassVar[float] = 0.9
    """What strength means: the retention after as many days."""

    @abstractmethod
    def __init__(self, concepts: int) -> None: ...

    @property
    @abstractmethod
    def guess_floor(self) -> float:
        """P(correct) on an open question by guessing."""

    @property
    def knows_students(self) -> bool:
        """Whether answers tell the curve what sets this student apart, see `witnessed`."""
        return False

    @abstractmethod
    def fit(self, log: PracticeLog) -> Self:
        """Fit strengths and recalibration jointly to whole histories; returns itself."""

    @abstractmethod
    def retention(self, elapsed_days: NDArray[np.float64], strength_days: NDArray[np.float64]) -> NDArray[np.float64]:
        """H in 0..1, of the broadcast shape."""

    @abstractmethod
    def strength_days(self, concepts: NDArray[Any], counters: Counters) -> NDArray[np.float64]:
        """Memory strength after the counted practice.

        Args:
            concepts: Concept indices, broadcastable to the counters; negative ones are padding.
            counters: What strength rests on.

        Returns:
            float64, shape of the counters.
        """

    def retained(
        self, concepts: NDArray[Any], counters: Counters, elapsed_days: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Retention of what the counted practice left, `elapsed_days` later; arguments as `strength_days`."""
        return self.retention(elapsed_days, self.strength_days(concepts, counters))

    @abstractmethod
    def recalibrate(
        self, mastery: NDArray[Any], practised: NDArray[Any], student_effects: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """P(correct) right after practice from the tracer's P(correct).

        Args:
            mastery: [n, ...], the tracer's, of n students.
            practised: Bool of this shape, whether there was any practice.
            student_effects: float64 [n, 5], see `Practice`.
        """

    def fade(
        self, mastery: NDArray[Any], retention: NDArray[Any], guess_floor: NDArray[Any] | float
    ) -> NDArray[np.float64]:
        """Recall: what retention leaves of recalibrated mastery; falls from mastery at 1 to the floor at 0."""
        return np.asarray(recall(mastery, retention, guess_floor))

    def nothing(self, students: int, concepts: int) -> Practice:
        """Nobody has practised anything."""
        return Practice.none(students, concepts)

    def practised(
        self,
        practice: Practice,
        exercised: NDArray[Any],
        correct: NDArray[np.float32],
        at_seconds: NDArray[np.float64],
    ) -> Practice:
        """Practice after one more answer of each student, arguments as `Practice.after`."""
        return practice.after(exercised, correct, at_seconds)

    def witnessed(self, practice: Practice, before: PracticeLog) -> Practice:
        """Learn from one more answer of each student what sets this student apart; call before `practised`.

        Args:
            practice: Of the n students.
            before: Their n answers as rows, with what was counted before them.
        """
        return practice

    def followed(self, log: PracticeLog) -> PracticeLog:
        """The log with `memory` and `student_effects` as they stood before every answer of whole histories."""
        return log

    def predict(self, log: PracticeLog) -> NDArray[np.float64]:
        """P(correct) of every answer of whole histories from what was before it, float64 [rows].

        A question fades as the mean retention of its concepts; its guess floor is its own.
        """
        return self.p_correct(self.followed(log))

    def p_correct(self, log: PracticeLog) -> NDArray[np.float64]:
        """As `predict`, of a log that was followed already; rows need not be whole histories."""
        held = np.where(log.practised, self.retained(log.concepts, log, log.elapsed_days), 1.0)
        real = log.concepts >= 0
        mean_retention = (held * real).sum(-1) / np.maximum(real.sum(-1), 1)
        floor = np.where(np.isnan(log.guess), self.guess_floor, log.guess)
        mastery = self.recalibrate(log.mastery, np.asarray(log.practised.any(-1)), log.student_effects)
        return self.fade(mastery, mean_retention, floor)

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """Everything fitted, as JSON values with `name`."""

    @classmethod
    @abstractmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `to_dict`."""
