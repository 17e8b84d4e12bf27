"""What a tutor's turn brings to each student and concept, before a family makes knowledge of it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY
from preceptor.simulate.state import LatentStudents


@dataclass(frozen=True)
class Lesson:
    """What a turn brings to each student and concept that it touches; K pairs, each at most once.

    Args:
        rows: int64 [K], the students.
        concepts: int64 [K].
        at_seconds: float64 [K].
        questions: int64 [K], the question that the student answered; −1 where none was.
        answered: float64 [K], what answering teaches of the rest, before the student's rate.
        explained: float64 [K], what the explanation teaches of it, before the student's rate.
        rate: float64 [K], the student's rate, less where prerequisites are missing.
        refreshed: float64 [K], 0..1, share of the time since the last practice that is as if it had not passed.
        success: float64 [K], 0..1, unaided part of a right answer; it lengthens memory.
    """

    rows: NDArray[np.int64]
    concepts: NDArray[np.int64]
    at_seconds: NDArray[np.float64]
    questions: NDArray[np.int64]
    answered: NDArray[np.float64]
    explained: NDArray[np.float64]
    rate: NDArray[np.float64]
    refreshed: NDArray[np.float64]
    success: NDArray[np.float64]

    @property
    def gain(self) -> NDArray[np.float64]:
        """Share of the rest that is learned, 0..1, float64 [K]."""
        return np.minimum(self.rate * (self.answered + self.explained), 1.0)


def studied(state: LatentStudents, lesson: Lesson) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """`last_practice_seconds` and `practices` after a lesson: the last practice moves towards now by `refreshed`."""
    cell = (lesson.rows, lesson.concepts)
    last, practices = state.last_practice_seconds.copy(), state.practices.copy()
    last[cell] = moved(last[cell], practices[cell] > 0, lesson.at_seconds, lesson.refreshed)
    practices[cell] += 1
    return last, practices


def moved(
    last_seconds: NDArray[np.float64],
    before: NDArray[np.bool_],
    at_seconds: NDArray[np.float64],
    refreshed: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Where the clock of forgetting stands after a share of the time was made good; at the time itself if it is new.

    Moving the clock and leaving the level keeps every later recall at least as high, whatever the form of forgetting.
    """
    return np.where(before, last_seconds + refreshed * np.maximum(at_seconds - last_seconds, 0), at_seconds)


def days_since(
    last_seconds: NDArray[np.float64], before: NDArray[np.bool_], at_seconds: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Days since the last practice; 0 where there was none."""
    return np.where(before, np.maximum(at_seconds - last_seconds, 0), 0.0) / SECONDS_PER_DAY


def strengthened(
    days: NDArray[np.float64], spacing: NDArray[np.float64], growth: float, most: float
) -> NDArray[np.float64]:
    """A time of memory after success: days·(1 + growth·spacing), never above `most` days."""
    return np.minimum(days * (1 + growth * spacing), most)


def times(at_seconds: NDArray[Any] | float, n: int) -> NDArray[np.float64]:
    """One time a student, float64 [n]."""
    return np.broadcast_to(np.asarray(at_seconds, dtype=np.float64), n)
