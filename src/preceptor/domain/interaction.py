"""One answer event."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How an answer event ended."""

    CORRECT = "correct"
    WRONG = "wrong"
    DONT_KNOW = "dont_know"


@dataclass(frozen=True, slots=True)
class Interaction:
    """One student's answer to one question.

    Args:
        event_id: Content hash (imports) or idempotency key (live answers).
        student_id: The student.
        question_id: The question.
        revision: The content revision of the question that was answered.
        correct: Credit in 0..1.
        position: Index in the student's history, from 0.
        time_seconds: UTC seconds since 1970; None if unknown (never invented).
        response: What the student typed or chose; empty if unknown.
        duration_seconds: Time spent; None if unknown.
        outcome: Right, wrong, or "I don't know".
        hints_used: How many hints were opened before answering.
    """

    event_id: str
    student_id: str
    question_id: str
    revision: str
    correct: float
    position: int
    time_seconds: float | None = None
    response: str = ""
    duration_seconds: float | None = None
    outcome: Outcome = Outcome.WRONG
    hints_used: int = 0
