"""What a store promises."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from preceptor.domain import Interaction
from preceptor.store.contests import Contest, Correction
from preceptor.store.dialogues import StoredDialogue
from preceptor.store.personas import PersonaVersion
from preceptor.store.turns import TutorTurn


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session of practice.

    Args:
        sitting_id: Identifier given by the store.
        student_id: The student.
        goal_questions: How many questions the student set out to answer.
        opened_seconds: UTC seconds of its start.
        closed_seconds: UTC seconds of its end; None while it is open.
        answered: Number of answers given in it.
        correct: Sum of credit of these answers.
    """

    sitting_id: int
    student_id: str
    goal_questions: int
    opened_seconds: float
    closed_seconds: float | None
    answered: int
    correct: float

    @property
    def reached(self) -> bool:
        """Whether the goal is reached."""
        return self.answered >= self.goal_questions


@dataclass(frozen=True, slots=True)
class Pending:
    """The question on a student's screen.

    Args:
        question_id: The question.
        why_json: Why it was chosen, as the caller wrote it.
        served_seconds: UTC seconds when it was first shown.
        hints_opened: How many of its hints are open.
    """

    question_id: str
    why_json: str
    served_seconds: float
    hints_opened: int


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A question a teacher took out of service.

    Args:
        question_id: The question.
        reason: The teacher's words; may be empty.
        time_seconds: UTC seconds of the decision.
    """

    question_id: str
    reason: str
    time_seconds: float


@dataclass(frozen=True, slots=True)
class KeyReport:
    """A student's report that a key is wrong.

    Args:
        report_id: Identifier given by the store.
        student_id: The student.
        question_id: The question.
        note: The student's words; may be empty.
        time_seconds: UTC seconds of the report.
        resolved: Whether a teacher has dealt with it.
    """

    report_id: int
    student_id: str
    question_id: str
    note: str
    time_seconds: float
    resolved: bool


class Store(Protocol):
    """Keeps what happens live; every write is durable before its method returns, from any thread.

    The position of a live interaction is its index among the student's live interactions. It is counted when
    read, so `join_history` can number the whole history whatever was imported in the meantime. Answers are never
    changed; where one has been corrected, all that is read of it holds the grade that counts now.
    """

    def together(self) -> AbstractContextManager[None]:
        """Make one transaction of all that this thread does inside: durable when it ends, or nothing of it.

        Nobody else may write meanwhile, so nothing slow belongs inside.
        """
        ...

    def append(self, interaction: Interaction, sitting_id: int | None = None) -> tuple[Interaction, bool]:
        """Store one answer and take its question off the screen, together or not at all.

        The event id is the client's idempotency key. Sent again with the same question and response it changes
        nothing and returns what was stored: grade, hints and times are those of the first try.

        Returns:
            The stored interaction and whether this call created it.

        Raises:
            ConflictError: If the student used the event id for a different answer.
            UserError: If the sitting is not theirs.
        """
        ...

    def event(self, student_id: str, event_id: str) -> Interaction | None:
        """The stored interaction of an idempotency key; None if there is none."""
        ...

    def events(self, student_id: str, sitting_id: int | None = None, since: int = 0) -> tuple[Interaction, ...]:
        """A student's live interactions in the order they were stored.

        Args:
            student_id: The student.
            sitting_id: Only those of this sitting.
            since: How many of the first to leave out.
        """
        ...

    def event_count(self, student_id: str) -> int:
        """How many live interactions a student has."""
        ...

    def written(self, student_id: str) -> tuple[int, int]:
        """How many live interactions a student has, and how many of them are corrected: both only grow."""
        ...

    def students(self) -> tuple[str, ...]:
        """Ids of all students with a live answer, a sitting or a display name, sorted."""
        ...

    def open_sitting(self, student_id: str, goal_questions: int, time_seconds: float) -> Sitting:
        """Begin a sitting; one that is still open is closed."""
        ...

    def current_sitting(self, student_id: str) -> Sitting | None:
        """The student's open sitting; None if there is none."""
        ...

    def sittings(self, student_id: str) -> tuple[Sitting, ...]:
        """All sittings of a student, oldest first."""
        ...

    def close_sitting(self, student_id: str, time_seconds: float) -> Sitting | None:
        """End the student's open sitting and return it as it ended; None if none was open."""
        ...

    def set_pending(
        self, student_id: str, question_id: str, why_json: str, time_seconds: float, hints_opened: int = 0
    ) -> None:
        """Remember what is on the student's screen, replacing what was."""
        ...

    def pending(self, student_id: str) -> Pending | None:
        """What is on the student's screen; None before the first question and after an answer."""
        ...

    def set_display_name(self, student_id: str, name: str) -> None:
        """Name a student; names stand apart from the answers and never leave with them."""
        ...

    def display_names(self) -> dict[str, str]:
        """Display names by student id."""
        ...

    def exclude(self, question_id: str, reason: str, time_seconds: float) -> None:
        """Take a question out of service."""
        ...

    def include(self, question_id: str) -> None:
        """Put an excluded question back into service."""
        ...

    def exclusions(self) -> tuple[Exclusion, ...]:
        """The excluded questions, oldest decision first."""
        ...

    def report_key(self, student_id: str, question_id: str, note: str, time_seconds: float) -> KeyReport:
        """Store a student's report of a wrong key."""
        ...

    def key_reports(self) -> tuple[KeyReport, ...]:
        """All reports, oldest first."""
        ...

    def resolve_key_report(self, report_id: int) -> None:
        """Mark a report as dealt with.

        Raises:
            UserError: If there is no such report.
        """
        ...

    def contest(
        self,
        student_id: str,
        event_id: str,
        note: str,
        second_right: bool | None,
        time_seconds: float,
        correction: Correction | None = None,
    ) -> Contest:
        """Store that a student contests a grade, together with the correction that came of it at once.

        One answer is contested once: a second contest changes nothing and returns the first.
        """
        ...

    def contest_of(self, student_id: str, event_id: str) -> Contest | None:
        """The contest of an answer; None if it is not contested."""
        ...

    def contests(self, student_id: str | None = None) -> tuple[Contest, ...]:
        """All contests, oldest first; of one student if named."""
        ...

    def correct(self, correction: Correction) -> bool:
        """Let another grade count for an answer; whether it is new. An answer is corrected once."""
        ...

    def uphold(self, contest_id: int) -> None:
        """Mark that a teacher lets the grade stand.

        Raises:
            UserError: If there is no such contest.
        """
        ...

    def keep_turn(self, turn: TutorTurn) -> None:
        """Store a turn of a dialogue, or what has become of it since: the student and the key name it.

        Raises:
            ConflictError: If the student used the key for another message.
        """
        ...

    def turn(self, student_id: str, turn_key: str) -> TutorTurn | None:
        """The turn with this key; None if there is none."""
        ...

    def turns(self, student_id: str, sitting_id: int | None = None) -> tuple[TutorTurn, ...]:
        """A student's turns, oldest first; of one sitting if named."""
        ...

    def shown_questions(self, student_id: str, sitting_id: int) -> frozenset[str]:
        """Other questions whose worked answers were shown in the turns of a sitting."""
        ...

    def tokens_of_turns(self) -> tuple[int, int]:
        """Tokens that models have read and written for all stored turns."""
        ...

    def add_persona(
        self, student_id: str, time_seconds: float, up_to_event: str, content: Mapping[str, Any]
    ) -> PersonaVersion:
        """Store the next version of a persona; one that rests on the same answer as the last changes nothing."""
        ...

    def personas(self, student_id: str) -> tuple[PersonaVersion, ...]:
        """All versions of a student's persona, oldest first."""
        ...

    def persona_up_to(self, student_id: str) -> str:
        """The answer that the newest version of a student's persona rests on; empty if there is none."""
        ...

    def keep_dialogues(self, dialogues: Sequence[StoredDialogue]) -> None:
        """Store dialogues with other tutors, all or none; those that are there already change nothing."""
        ...

    def dialogues(self, student_id: str) -> tuple[StoredDialogue, ...]:
        """A student's dialogues with other tutors, by tutor and concept."""
        ...

    def export_student(self, student_id: str) -> dict[str, Any]:
        """Everything stored about a student, ready for JSON: table name → rows."""
        ...

    def delete_student(self, student_id: str) -> int:
        """Erase everything stored about a student and return how many rows that was."""
        ...

    def close(self) -> None:
        """Release the file."""
        ...
