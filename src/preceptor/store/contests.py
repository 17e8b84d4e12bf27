"""Contested grades and their corrections as they are stored."""

from dataclasses import dataclass
from enum import StrEnum

from preceptor.domain import Outcome


class Authority(StrEnum):
    """Who corrected a grade."""

    CHECKER = "checker"
    TEACHER = "teacher"


@dataclass(frozen=True, slots=True)
class Correction:
    """Another grade for an answer; the answer's own row stays as it is.

    Args:
        student_id: The student.
        event_id: The answer.
        correct: The credit that counts instead, in 0..1.
        outcome: The outcome that counts instead.
        by: Who corrected it.
        time_seconds: UTC seconds of the correction.
    """

    student_id: str
    event_id: str
    correct: float
    outcome: Outcome
    by: Authority
    time_seconds: float


@dataclass(frozen=True, slots=True)
class Contest:
    """A student's "I think I was right".

    Args:
        contest_id: Identifier given by the store.
        student_id: The student.
        event_id: The answer.
        note: The student's words; may be empty.
        second_right: Whether the second checker takes the answer for right; None if it cannot say.
        time_seconds: UTC seconds of the contest.
        upheld: Whether a teacher has decided that the grade stays.
        correction: What counts instead; None where the grade stands.
    """

    contest_id: int
    student_id: str
    event_id: str
    note: str
    second_right: bool | None
    time_seconds: float
    upheld: bool = False
    correction: Correction | None = None

    @property
    def settled(self) -> bool:
        """Whether nobody has to look at it any more."""
        return self.upheld or self.correction is not None
