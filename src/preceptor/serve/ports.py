"""What the pages and the API need from the class: one object with plain verbs."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from preceptor.workflow.review_views import ConceptReview, ReviewView, StepView
from preceptor.workflow.transcripts import Session
from preceptor.workflow.views import (
    AnswerView,
    ClassConcept,
    ContestedAnswer,
    ContestView,
    KeyReport,
    NextView,
    PathView,
    QuestionView,
    Recommendation,
    RosterRow,
    SessionSummary,
    SittingView,
    StudentView,
    TutorTurnView,
)

DONT_KNOW = "I don't know"


class ReviewPort(Protocol):
    """The review of a course's annotation. Every verb may block.

    Concepts are named by id or, where a teacher types them, by name; unknown ones raise `UnknownNameError`, what cannot
    be done a plain `UserError`. `at_seconds` is UTC.
    """

    def view(self) -> ReviewView:
        """The whole review; one without an annotator where the course was never annotated."""
        ...

    def concept(self, concept_id: str) -> ConceptReview:
        """One concept with its questions."""
        ...

    def accept(self, question_id: str, concept_id: str, at_seconds: float) -> None:
        """A label is right."""
        ...

    def remove(self, question_id: str, concept_id: str, at_seconds: float) -> None:
        """A label is wrong."""
        ...

    def move(self, question_id: str, concept_id: str, target: str, at_seconds: float) -> None:
        """A question has the concept called `target` instead."""
        ...

    def add(self, question_id: str, name: str, at_seconds: float) -> None:
        """A question has the concept called `name`, too."""
        ...

    def rename(self, concept_id: str, name: str, at_seconds: float) -> None:
        """A concept is called `name`."""
        ...

    def merge(self, concept_id: str, into: str, at_seconds: float) -> str:
        """A concept is the one called `into`; returns the id of that."""
        ...

    def split(self, concept_id: str, name: str, question_ids: Sequence[str], at_seconds: float) -> str:
        """Some questions of a concept have one of their own; returns its id."""
        ...

    def need(self, concept_id: str, name: str, at_seconds: float) -> None:
        """The concept called `name` should be known before."""
        ...

    def need_not(self, concept_id: str, needs: str, at_seconds: float) -> None:
        """The concept with the id `needs` need not be known before."""
        ...

    def steps(self, question_id: str, steps: Sequence[StepView], at_seconds: float) -> None:
        """A question has these steps."""
        ...

    def undo(self, event_id: str, at_seconds: float) -> None:
        """A decision does not count."""
        ...

    def use(self) -> bool:
        """Write the labels that stand into the course; whether anything changed."""
        ...


class ClassroomPort(Protocol):
    """A course with its students, as the app uses it. Every verb may block and is called off the event loop.

    Times are UTC seconds; unknown students and questions raise `UnknownNameError`, a reused idempotency key with
    other content raises `ConflictError`, any other mistake a plain `UserError`. `language` is the ISO 639-1 code of the
    course's texts.
    """

    course_name: str
    language: str

    @property
    def review(self) -> ReviewPort:
        """The review of what the course's questions are about."""
        ...

    def roster(self, at_seconds: float) -> tuple[RosterRow, ...]:
        """Every student in one line each."""
        ...

    def class_map(self, at_seconds: float) -> tuple[ClassConcept, ...]:
        """Every concept over the whole class."""
        ...

    def student(self, student_id: str, at_seconds: float) -> StudentView:
        """The state of one student."""
        ...

    def last_path(self, student_id: str, at_seconds: float) -> PathView:
        """The student's last sitting, and how recall of its concepts went."""
        ...

    def add_student(self, display_name: str, at_seconds: float) -> str:
        """Add a student and return the new id."""
        ...

    def rename(self, student_id: str, display_name: str) -> None:
        """Change the display name; the log keeps the id."""
        ...

    def next(self, student_id: str, at_seconds: float, objective: str = "", skip: bool = False) -> NextView:
        """The question that waits, or a newly chosen one; an empty objective keeps what waits."""
        ...

    def hint(self, student_id: str, question_id: str, level: int) -> str:
        """One hint, from level 1 (vague) to the last (complete)."""
        ...

    def preview(self, response: str, question_id: str = "") -> tuple[str, str]:
        """What was understood: (LaTeX, message), one of them empty; with a question, as an answer to it is read."""
        ...

    def answer(
        self,
        student_id: str,
        question_id: str,
        response: str,
        *,
        idempotency_key: str,
        at_seconds: float,
        hints_used: int = 0,
        duration_seconds: float | None = None,
    ) -> AnswerView:
        """Check an answer and record it once per key."""
        ...

    def end_sitting(self, student_id: str, at_seconds: float) -> SittingView:
        """End the sitting now."""
        ...

    def tutor_open(self, student_id: str, at_seconds: float) -> TutorTurnView:
        """Open the dialogue where it was left."""
        ...

    def tutor_stream(
        self, student_id: str, message: str, *, idempotency_key: str, at_seconds: float, question_id: str = ""
    ) -> Iterator[str | TutorTurnView]:
        """Say something to the tutor and hear the reply piece by piece; last comes the turn.

        The turn holds the student's message and the whole reply. `question_id` is the question on the screen: if it
        is no longer the one that waits, nothing is scored, the reply says so, and the turn carries the one that waits.
        """
        ...

    def tutor_session(self, student_id: str, sitting_id: int | None = None) -> Session:
        """What was said in a session; the latest one if none is named."""
        ...

    def tutor_summary(self, student_id: str, at_seconds: float, sitting_id: int | None = None) -> SessionSummary:
        """What a session changed; the latest one with an answer if none is named."""
        ...

    def contest(self, student_id: str, event_id: str, note: str, at_seconds: float) -> ContestView:
        """Have the grade of an answer checked again, once."""
        ...

    def contests(self) -> tuple[ContestedAnswer, ...]:
        """Contested grades that a teacher may still decide."""
        ...

    def accept_contest(self, contest_id: int, at_seconds: float) -> ContestView:
        """A teacher takes a contested answer for right."""
        ...

    def uphold_contest(self, contest_id: int, at_seconds: float) -> ContestView:
        """A teacher lets a contested grade stand."""
        ...

    def explain(self, student_id: str, at_seconds: float) -> Recommendation:
        """Why the waiting question was chosen."""
        ...

    def report_key(self, student_id: str, question_id: str, note: str, at_seconds: float) -> None:
        """Report that something is wrong with a question."""
        ...

    def key_reports(self) -> tuple[KeyReport, ...]:
        """All reports."""
        ...

    def resolve_report(self, report_id: int) -> None:
        """Mark a report as dealt with."""
        ...

    def exclude(self, question_id: str, reason: str, at_seconds: float) -> None:
        """Never serve a question again."""
        ...

    def include(self, question_id: str) -> None:
        """Serve an excluded question again."""
        ...

    def excluded(self) -> tuple[tuple[str, str, str], ...]:
        """Excluded questions as (id, text, reason)."""
        ...

    def questions(self, search: str = "", limit: int = 50) -> tuple[QuestionView, ...]:
        """Questions whose text or concept contains `search`."""
        ...
