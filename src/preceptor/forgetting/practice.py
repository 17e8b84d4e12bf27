"""What memory strength rests on: counters of practice, and answers as a curve is fitted to them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY


class Counters(Protocol):
    """What strength rests on, one entry a student and concept: `Practice` and `PracticeLog` both are."""

    @property
    def attempts(self) -> NDArray[np.float32]:
        """[n, k], answers so far."""
        ...

    @property
    def credit(self) -> NDArray[np.float32]:
        """[n, k], sum of credit of these answers."""
        ...

    @property
    def spaced(self) -> NDArray[np.float32]:
        """[n, k], credit earned after a pause, see `Practice`."""
        ...

    @property
    def memory(self) -> NDArray[np.float64]:
        """[n, k, size], what the curve itself remembers of the concept; size 0 for most curves."""
        ...

    @property
    def student_effects(self) -> NDArray[np.float64]:
        """[n, 5], what sets this student apart, see `Practice`."""
        ...


@dataclass(frozen=True, slots=True)
class Practice:
    """What memory strength rests on: counters of n students on every concept, [n, concepts] each.

    Args:
        last_seconds: float64, UTC seconds of the last practice; NaN if never.
        attempts: float32, answers so far.
        credit: float32, sum of credit of these answers.
        spaced: float32, credit earned after a pause; an answer e days after the last one counts e / (e + 1 day).
        memory: float64 [n, concepts, size], the curve's own; only the curve reads and writes it.
        student_effects: float64 [n, 5], the student's level on the logit of mastery, the log factor on all strengths
            of the student, and the Fisher information of the level, of both together and of the factor.
    """

    last_seconds: NDArray[np.float64]
    attempts: NDArray[np.float32]
    credit: NDArray[np.float32]
    spaced: NDArray[np.float32]
    memory: NDArray[np.float64]
    student_effects: NDArray[np.float64]

    @classmethod
    def none(cls, students: int, concepts: int, memory_size: int = 0) -> "Practice":
        """Nobody has practised anything."""
        zeros = np.zeros((students, concepts), dtype=np.float32)
        memory = np.zeros((students, concepts, memory_size))
        return cls(np.full((students, concepts), np.nan), zeros, zeros, zeros, memory, np.zeros((students, 5)))

    def take(self, students: NDArray[Any]) -> "Practice":
        """Select or repeat students by index."""
        return Practice(*(column[students] for column in self._columns()))

    def entries(self, students: NDArray[Any], concepts: NDArray[Any]) -> "Practice":
        """Of each of `students` [m] as many `concepts` [m, k] of their own, as m students with k concepts."""
        of_concepts = [column[students[:, None], concepts] for column in self._columns()[:-1]]
        return Practice(*[*of_concepts, self.student_effects[students]])

    @classmethod
    def joined(cls, parts: Sequence["Practice"]) -> "Practice":
        """The students of all parts, one part after the other."""
        return cls(*(np.concatenate(columns) for columns in zip(*(part._columns() for part in parts), strict=True)))

    def _columns(self) -> tuple[NDArray[Any], ...]:
        return self.last_seconds, self.attempts, self.credit, self.spaced, self.memory, self.student_effects

    def elapsed_days(self, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """Days from the last practice to `at_seconds` [n], never negative; 0 where unknown or never practised."""
        elapsed = (at_seconds[:, None] - self.last_seconds) / SECONDS_PER_DAY
        return np.fmax(elapsed, 0.0)  # takes 0 where the other is NaN

    def after(
        self, exercised: NDArray[Any], correct: NDArray[np.float32], at_seconds: NDArray[np.float64]
    ) -> "Practice":
        """Counters after one more answer of each student; what a curve remembers besides is left to the curve.

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
        # A time that runs backwards does not make the last practice older; an unknown one makes it unknown.
        last[student, concept] = np.where(np.isnan(at), at, np.fmax(last[student, concept], at))
        attempts[student, concept] += share
        credit[student, concept] += gain
        spaced[student, concept] = spaced[student, concept] + gain * elapsed / (elapsed + 1.0)
        return replace(self, last_seconds=last, attempts=attempts, credit=credit, spaced=spaced)


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
        memory: float64 [rows, k, size], see `Practice`; of size 0 until a curve has followed the log.
        student_effects: float64 [rows, 5], see `Practice`; 0 until a curve has followed the log.
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
    memory: NDArray[np.float64]
    student_effects: NDArray[np.float64]
