"""A course with its students, opened for service: what the API, the pages and the terminal call."""

import gc
import re
from collections.abc import Iterator
from pathlib import Path

from preceptor.answers import PROSE, Unreadable, as_typed, of_words, preview
from preceptor.domain import UserError, digest
from preceptor.tutor.steering import Steering
from preceptor.workflow.answering import Given
from preceptor.workflow.choosing import Choosing
from preceptor.workflow.contesting import Contesting
from preceptor.workflow.context import Context
from preceptor.workflow.dialogue import Dialogue
from preceptor.workflow.last_path import last_path
from preceptor.workflow.minds import NEWCOMER
from preceptor.workflow.overview import Overview
from preceptor.workflow.personas import REWRITER, Personas
from preceptor.workflow.practice import Practice, question_view
from preceptor.workflow.review_room import ReviewRoom
from preceptor.workflow.reviewing import Review
from preceptor.workflow.session_summary import session_summary
from preceptor.workflow.sittings import Sittings
from preceptor.workflow.steered import Steered
from preceptor.workflow.transcripts import Session, session_of
from preceptor.workflow.tutoring import Tutor
from preceptor.workflow.views import (
    AnswerView,
    ClassConcept,
    ContestedAnswer,
    ContestView,
    KeyReport,
    NextView,
    PathView,
    PersonaView,
    QuestionView,
    Recommendation,
    RosterRow,
    SessionSummary,
    SittingView,
    StudentView,
    TutorTurnView,
)
from preceptor.workflow.voice import Voice

LONGEST_NAME = 60
TEX_SIGNS = re.compile(r"[$\\{}]")
"""Left out in a search, so that what is seen on the screen is found."""


class Classroom:
    """One object with plain verbs; times are UTC seconds. Safe to call from several threads.

    Args:
        context: The opened course.
        policy: What chooses the questions, see `Choosing.of`; None for what the course's settings say.
        tutor: Who tutors; None for our tutor without a language model.
    """

    def __init__(self, context: Context, policy: str | None = None, tutor: Tutor | None = None) -> None:
        tutor = tutor or Tutor()
        chosen = policy if policy is not None else tutor.variant.policy or None
        choosing = Choosing.of(context.course, context.bank, context.trained, chosen)
        self._context = context
        self._voice = Voice(context)
        known = self._voice.known
        self._personas = Personas(context, known, tutor.models.get(REWRITER))
        steered = Steered(Steering(context.bank, context.trained.model), choosing, known, tutor.variant.knows)
        sittings = Sittings(context.store, tutor.budget.turns)
        self._practice = Practice(context, self._voice, choosing, steered, self._personas, sittings)
        self._contesting = Contesting(context, sittings)
        self._dialogue = Dialogue(context, self._practice, self._voice, tutor, self._contesting)
        self._overview = Overview(context)
        self.review = ReviewRoom(Review(context.course))
        self.bank = context.bank
        self.course_name = context.course.title
        self.language = context.course.language
        self._prepare_planner = choosing.planner.prepare
        self.choosing_told = choosing.told

    @classmethod
    def open(cls, path: Path, policy: str | None = None, tutor: Tutor | None = None, tracer: str = "") -> "Classroom":
        """Open a course folder.

        Args:
            path: The folder.
            policy: What chooses the questions: a registered or learned policy; None for what the course's settings say.
            tutor: Who tutors; None for our tutor without a language model.
            tracer: Another model of the course than the chosen one as the source of mastery, see `load_trained`.

        Raises:
            UserError: If it is no course, is damaged, has nothing that can be asked, or the policy does not fit it.
        """
        context = Context.open(path, tracer)
        if not context.candidates().any():
            context.close()
            raise UserError(
                f"The course {context.course.name!r} has no question that can be asked.",
                allowed="a course with a question bank whose keys can be checked and whose questions have labels",
                mend="import a bank, for example: preceptor import oatutor FOLDER --course DIR; where its questions "
                f"have no concepts: preceptor annotate {path}",
            )
        try:
            return cls(context, policy, tutor)
        except UserError:
            context.close()
            raise

    def prepare(self) -> None:
        """Do now what the first visitor would otherwise wait for: replay the class, fit the encoder, start algebra."""
        self._context.worker.start()
        self._overview.prepare()
        self._voice.prepare()
        self._prepare_planner()
        gc.collect()
        gc.freeze()  # what is loaded stays: to look through it again and again stops everybody for a third of a second

    def close(self) -> None:
        """Release files and processes."""
        gc.unfreeze()
        self._context.close()

    def __enter__(self) -> "Classroom":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def roster(self, at_seconds: float) -> tuple[RosterRow, ...]:
        """Every student in one line each."""
        return self._overview.roster(at_seconds)

    def class_map(self, at_seconds: float) -> tuple[ClassConcept, ...]:
        """Every concept over the whole class."""
        return self._overview.class_map(at_seconds)

    def student(self, student_id: str, at_seconds: float) -> StudentView:
        """The state of one student."""
        return self._overview.student(student_id, at_seconds)

    def persona(self, student_id: str, at_seconds: float) -> PersonaView:
        """What is known of a student, each statement with the answers that it rests on."""
        return self._personas.view(student_id, at_seconds)

    def last_path(self, student_id: str, at_seconds: float) -> PathView:
        """The student's last sitting, and how recall of its concepts went."""
        return last_path(self._context, student_id, at_seconds)

    def add_student(self, display_name: str, at_seconds: float) -> str:
        """Add a student and return the new id, which says nothing of the name."""
        name = _checked_name(display_name)
        student_id = "n" + digest(at_seconds, len(self._context.minds.students()))[:8]
        self._context.store.set_display_name(student_id, name)
        return student_id

    def admitted(self, student_id: str, at_seconds: float) -> str:
        """The id of a student; for "new", of one who is added, unless somebody has that id."""
        if student_id != NEWCOMER or student_id in self._context.minds.students():
            return student_id
        return self.add_student("New student", at_seconds)

    def rename(self, student_id: str, display_name: str) -> None:
        """Change the display name; the log keeps the id."""
        self._context.minds.record(student_id)
        self._context.store.set_display_name(student_id, _checked_name(display_name))

    def next(self, student_id: str, at_seconds: float, objective: str = "", skip: bool = False) -> NextView:
        """The question that waits, or a newly chosen one; `skip` puts the waiting one aside.

        An `objective` other than the one the waiting question was chosen for chooses anew.
        """
        return self._practice.next(student_id, at_seconds, objective, skip)

    def hint(self, student_id: str, question_id: str, level: int) -> str:
        """One hint, from level 1 (vague) to the last (complete)."""
        self._context.minds.record(student_id)
        return self._practice.hint(student_id, question_id, level)

    def preview(self, response: str, question_id: str = "") -> tuple[str, str]:
        """What was understood of a typed answer: (LaTeX, message), one of them empty.

        With its question, units and separators are read as they will be checked; prose needs no preview.
        """
        question = self._context.question(question_id) if question_id else None
        prose = question is not None and (question.kind in PROSE or of_words(question))
        if not response.strip() or prose:
            return "", ""
        shown = preview(response, question)
        return ("", shown.message) if isinstance(shown, Unreadable) else (shown, "")

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
        """Check an answer and record it once per key; what cannot be read is not scored."""
        return self._practice.answer(
            Given(student_id, question_id, response, idempotency_key, at_seconds, hints_used, duration_seconds)
        )

    def end_sitting(self, student_id: str, at_seconds: float) -> SittingView:
        """End the sitting now."""
        return self._practice.end_sitting(student_id, at_seconds)

    def tutor_open(self, student_id: str, at_seconds: float) -> TutorTurnView:
        """Open the dialogue with the waiting or a new question."""
        return self._dialogue.open(student_id, at_seconds)

    def tutor_say(
        self, student_id: str, message: str, *, idempotency_key: str, at_seconds: float, question_id: str = ""
    ) -> TutorTurnView:
        """Say something to the tutor, about the question on the screen, and hear the reply."""
        return self._dialogue.say(
            student_id, message, idempotency_key=idempotency_key, at_seconds=at_seconds, question_id=question_id
        )

    def tutor_stream(
        self, student_id: str, message: str, *, idempotency_key: str, at_seconds: float, question_id: str = ""
    ) -> Iterator[str | TutorTurnView]:
        """As `tutor_say`, heard piece by piece; the whole turn comes last."""
        return self._dialogue.stream(
            student_id, message, idempotency_key=idempotency_key, at_seconds=at_seconds, question_id=question_id
        )

    def tutor_session(self, student_id: str, sitting_id: int | None = None) -> Session:
        """What was said in a session; the latest one if none is named.

        Raises:
            UserError: If nobody has this id.
        """
        self._context.minds.record(student_id)
        return session_of(self._context, student_id, sitting_id)

    def tutor_summary(self, student_id: str, at_seconds: float, sitting_id: int | None = None) -> SessionSummary:
        """What a session changed; the latest one with an answer if none is named."""
        return session_summary(self._context, student_id, at_seconds, sitting_id)

    def contest(self, student_id: str, event_id: str, note: str, at_seconds: float) -> ContestView:
        """Say that an answer was graded wrong though it was right; it is checked again by other means at once.

        Raises:
            UserError: If there is no such answer, or it was not graded wrong.
        """
        return self._contesting.contest(student_id, event_id, note.strip(), at_seconds)

    def contests(self) -> tuple[ContestedAnswer, ...]:
        """Contested grades that a teacher may still decide."""
        return self._contesting.open_contests()

    def accept_contest(self, contest_id: int, at_seconds: float) -> ContestView:
        """A teacher takes a contested answer for right."""
        return self._contesting.accept(contest_id, at_seconds)

    def uphold_contest(self, contest_id: int, at_seconds: float) -> ContestView:
        """A teacher lets a contested grade stand."""
        return self._contesting.uphold(contest_id, at_seconds)

    def explain(self, student_id: str, at_seconds: float) -> Recommendation:
        """Why the waiting question was chosen."""
        return self._practice.explain(student_id, at_seconds)

    def report_key(self, student_id: str, question_id: str, note: str, at_seconds: float) -> None:
        """Report that something is wrong with a question."""
        self._context.minds.record(student_id)
        self._context.question(question_id)
        self._context.store.report_key(student_id, question_id, note, at_seconds)

    def key_reports(self) -> tuple[KeyReport, ...]:
        """Open reports, oldest first."""
        bank = self._context.bank
        return tuple(
            KeyReport(
                report_id=report.report_id,
                question_id=report.question_id,
                text=bank.question[report.question_id].text,
                key=as_typed(bank.question[report.question_id].key, bank.question[report.question_id]),
                note=report.note,
                student_id=report.student_id,
                time_seconds=report.time_seconds,
            )
            for report in self._context.store.key_reports()
            if not report.resolved and report.question_id in bank.question
        )

    def resolve_report(self, report_id: int) -> None:
        """Mark a report as dealt with; it is no longer shown."""
        self._context.store.resolve_key_report(report_id)

    def exclude(self, question_id: str, reason: str, at_seconds: float) -> None:
        """Never serve a question again; answers already given stay as they are."""
        self._context.question(question_id)
        self._context.store.exclude(question_id, reason, at_seconds)

    def include(self, question_id: str) -> None:
        """Serve an excluded question again."""
        self._context.question(question_id)
        self._context.store.include(question_id)

    def excluded(self) -> tuple[tuple[str, str, str], ...]:
        """Excluded questions as (id, text, reason)."""
        known = self._context.bank.question
        return tuple(
            (exclusion.question_id, known[exclusion.question_id].text, exclusion.reason)
            for exclusion in self._context.store.exclusions()
            if exclusion.question_id in known
        )

    def questions(self, search: str = "", limit: int = 50) -> tuple[QuestionView, ...]:
        """Questions whose text or concept contains `search`, in bank order."""
        wanted = search.casefold().strip()
        found: list[QuestionView] = []
        for question in self._context.bank.questions:
            names = [self._context.bank.concept[c].name for c in question.concepts]
            shown = " ".join((question.text, TEX_SIGNS.sub("", question.text), *names)).casefold()
            if question.servable and wanted in shown:
                found.append(question_view(self._context, question))
            if len(found) >= limit:
                break
        return tuple(found)


def _checked_name(display_name: str) -> str:
    name = " ".join(display_name.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise UserError(
            "This name cannot be used.", allowed=f"1 to {LONGEST_NAME} printable characters", mend="choose another name"
        )
    return name
