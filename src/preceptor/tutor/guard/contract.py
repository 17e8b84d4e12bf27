"""What a guard promises: every sentence is released or refused before a student sees it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from preceptor.domain import Question


class Reason(StrEnum):
    """Why a sentence is kept back."""

    LEAK = "leak"  # gives away the answer of an open question, alone or with what was shown before
    FALSE_CLAIM = "false_claim"  # a mathematical statement that does not hold
    VERDICT = "verdict"  # contradicts or repeats the grade
    ECHO = "echo"  # repeats instructions, or what a student tried to smuggle in
    UNSAFE = "unsafe"
    LANGUAGE = "language"  # another language than the question's
    FORM = "form"  # too long, empty, or not text for a student


@dataclass(frozen=True, slots=True)
class Shown:
    """What the student can already see, and what must stay hidden.

    Args:
        question: The question that is open after this turn's words; None where the session ends. The stem itself is
            shown by the app.
        texts: Everything shown in this session so far, oldest first, and this turn's released sentences last.
        hints_opened: How many hints of the open question the student has seen.
        may_show_key: Whether the open question's answer may be shown: it is closed, or its last hint is open.
        closed: The question that this turn is about, where it is over; its answer may be shown.
        student_said: The student's own words in this session, newest last; to repeat them is no leak of the tutor's,
            to confirm them is.
    """

    question: Question | None
    texts: tuple[str, ...] = ()
    hints_opened: int = 0
    may_show_key: bool = False
    closed: Question | None = None
    student_said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Released:
    """A sentence that may be shown.

    Args:
        text: The sentence, as it is to be shown.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A sentence that is kept back.

    Args:
        reason: Why; counted.
        detail: What was found, for the transcript's reader, never for the student.
    """

    reason: Reason
    detail: str = ""


Release = Released | Refused


class Guard(Protocol):
    """Checks sentence by sentence; the deterministic text takes over where one is refused."""

    def check(self, sentence: str, shown: Shown) -> Release:
        """Release or refuse one sentence, in the light of everything shown before it; never raises for any text."""
        ...
