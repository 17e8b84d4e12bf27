"""The contract of every forgetting curve."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY


class Counters(Protocol):
    """Counts of practice, one entry a student and concept, in arrays of one shape."""

    @property
    def attempts(self) -> NDArray[np.float32]:
        """Answers so far."""
        ...

    @property
    def credit(self) -> NDArray[np.float32]:
        """Sum of credit of these answers."""
        ...

    @property
    def spaced(self) -> NDArray[np.float32]:
        """Credit earned after a pause, see `Practice`."""
        ...


@dataclass(frozen=True, slots=True)
class Practice:
    """What memory strength rests on: counters of n students on every concept, [n, concepts] each.

    Args:
        last_seconds: float64, UTC seconds of the last practice; NaN if never.
        attempts: float32, answers so far.
        credit: float32, sum of credit of these answers.
        spaced: float32, credit earned after a pause; an answer e days after the last one counts e / (e + 1 day).
    """

    last_seconds: NDArray[np.float64]
    attempts: NDArray[np.float32]
    credit: NDArray[np.float32]
    spaced: NDArray[np.float32]

    @classmethod
    def none(cls, students: int, concepts: int) -> "Practice":
        """Nobody has practised anything."""
        zeros = np.zeros((students, concepts), dtype=np.float32)
        return cls(np.full((students, concepts), np.nan), zeros, zeros, zeros)

    def take(self, students: NDArray[Any]) -> "Practice":
        """Select or repeat students by index."""
        return Practice(
            self.last_seconds[students], self.attempts[students], self.credit[students], self.spaced[students]
        )

    @classmethod
    def joined(cls, parts: Sequence["Practice"]) -> "Practice":
        """The students of all parts, one part after the other."""
        return cls(
            np.concatenate([part.last_seconds for part in parts]),
            np.concatenate([part.attempts for part in parts]),
            np.concatenate([part.credit for part in parts]),
            np.concatenate([part.spaced for part in parts]),
        )

    def elapsed_days(self, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """Days from the last practice to `at_seconds` [n], never negative; 0 where unknown or never practised."""
        elapsed = (at_seconds[:, None] - self.last_seconds) / SECONDS_PER_DAY
        return np.fmax(elapsed, 0.0)  # takes 0 where the other is NaN

    def after(
        self, exercised: NDArray[Any], correct: NDArray[np.float32], at_seconds: NDArray[np.float64]
    ) -> "Practice":
        """Counters after one more answer of each student.

        Args:
            exercised: [n, concepts], 1 where the answered question exercises the concept.
            correct: float32 [n], credit in 0..1.
            at_seconds: float64 [n], UTC seconds; NaN where unknown.
        """
        student, concept = np.nonzero(exercised)
        last, attempts = self.last_seconds.copy(), self.attempts.copy()
        credit, spaced = self.credit.copy(), self.spaced.copy()
        share, at = exercised[student, concept], at_seconds[student]
        gain = share * correct[student]
        elapsed = np.fmax((at - last[student, concept]) / SECONDS_PER_DAY, 0.0)
        last[student, concept] = at
        attempts[student, concept] += share
        credit[student, concept] += gain
        spaced[student, concept] = spaced[student, concept] + gain * elapsed / (elapsed + 1.0)
        return Practice(last, attempts, credit, spaced)


@dataclass(frozen=True, slots=True)
class PracticeLog:
    """Answers as a curve is fitted to them, one row an answer; k is the most concepts a question has.

    Args:
        concepts: int [rows, k], concept indices, −1 as padding.
        elapsed_days: float64 [rows, k], days since the student last practised the concept; 0 where unknown.
        practised: bool [rows, k], whether the student had practised the concept before.
        attempts: float32 [rows, k], earlier answers on the concept.
        credit: float32 [rows, k], their credit.
        spaced: float32 [rows, k], see `Practice`.
        mastery: float32 [rows], the tracer's P(correct) before the answer.
        guess: float32 [rows], P(correct) by guessing; NaN where it must be fitted.
        correct: float32 [rows], credit in 0..1.
        student: int [rows], index of the student who answered; a student's rows stand in the order of answering.
    """

    concepts: NDArray[Any]
    elapsed_days: NDArray[np.float64]
    practised: NDArray[np.bool_]
    attempts: NDArray[np.float32]
    credit: NDArray[np.float32]
    spaced: NDArray[np.float32]
    mastery: NDArray[np.float32]
    guess: NDArray[np.float32]
    correct: NDArray[np.float32]
    student: NDArray[Any]


class ForgettingCurve(ABC):
    """A retention curve with its memory strengths and the recalibration of mastery that was fitted with it.

    Promise: retention is 1 at 0, falls with time and tends to 0; stronger memories fall more slowly.

    Args:
        concepts: Number of concepts.
    """

    name: ClassVar[str]

    @abstractmethod
    def __init__(self, concepts: int) -> None: ...

    @property
    @abstractmethod
    def guess_floor(self) -> float:
        """P(correct) on an open question by guessing."""

    @abstractmethod
    def fit(self, log: PracticeLog) -> Self:
        """Fit strengths and recalibration jointly; returns itself."""

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

    @abstractmethod
    def recalibrate(self, mastery: NDArray[Any], practised: NDArray[Any]) -> NDArray[np.float64]:
        """P(correct) right after practice from the tracer's P(correct); `practised` says if there was any."""

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """Everything fitted, as JSON values with `name`."""

    @classmethod
    @abstractmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The inverse of `to_dict`."""
