"""Practice: the next question, its hints, and why it was chosen."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.answers import Verdict, as_typed, items_shown
from preceptor.domain import Question, QuestionKind, UserError, unknown_name
from preceptor.recommend import Objective
from preceptor.store import Pending
from preceptor.workflow.answering import Answering, Given, Taken
from preceptor.workflow.choosing import Choosing
from preceptor.workflow.context import Context
from preceptor.workflow.explaining import Explainer, concept_names
from preceptor.workflow.opening import opening
from preceptor.workflow.personas import Personas
from preceptor.workflow.sittings import Sittings, sitting_view
from preceptor.workflow.steered import Steered
from preceptor.workflow.views import (
    AnswerView,
    ConceptName,
    Evidence,
    NextView,
    QuestionView,
    Recommendation,
    SittingView,
)
from preceptor.workflow.voice import Voice


class Practice:
    """What a student does.

    Args:
        context: The opened course.
        voice: Speaks about answers.
        choosing: Chooses the questions.
        steered: Chooses them by the tutor's rules.
        personas: Renewed when a sitting ends.
        sittings: Count what was answered.
    """

    def __init__(
        self,
        context: Context,
        voice: Voice,
        choosing: Choosing,
        steered: Steered,
        personas: Personas,
        sittings: Sittings,
    ) -> None:
        self._context = context
        self._choosing = choosing
        self._steered = steered
        self._personas = personas
        self._lock = threading.RLock()
        self._sittings = sittings
        self._answering = Answering(context, voice, self._sittings, self._lock)
        self._skipped: dict[str, tuple[int, frozenset[str]]] = {}

    def next(
        self,
        student_id: str,
        at_seconds: float,
        objective: str = "",
        skip: bool = False,
        *,
        tutored: bool = False,
        concept_id: str = "",
    ) -> NextView:
        """The question that waits, or a newly chosen one.

        Args:
            student_id: The student.
            at_seconds: Now, UTC.
            objective: What to improve; empty keeps whatever waits. Another one than the waiting question was chosen
                for chooses anew.
            skip: Put the waiting question aside; it does not come back in this sitting.
            tutored: Choose by the tutor's rules, see docs/tutor-rules.md.
            concept_id: The concept that the student asks the tutor for; a waiting question on others is replaced.
        """
        with self._lock:
            aim = self._objective(objective or self._choosing.objective)
            record = self._context.minds.record(student_id)
            sitting = self._sittings.current(student_id, at_seconds)
            waiting = self._context.store.pending(student_id)
            kept = None if waiting is None or skip else self._kept(waiting, objective, concept_id)
            if waiting is not None and kept is not None:
                question = self._context.question(waiting.question_id)
                seen = question.hints[: waiting.hints_opened]
                return NextView(question_view(self._context, question), kept, sitting_view(sitting), True, seen)
            if waiting is None and not sitting.answered:
                # the sitting before this one may have been left open; nobody waits for a model here
                self._personas.renew(student_id, at_seconds, ask=False)
            if waiting is not None and skip:
                self._put_aside(student_id, sitting.sitting_id, waiting.question_id)
            rest = self._rest(self._aside(student_id, sitting.sitting_id))
            if tutored:
                found, _ = self._steered.choose(record, rest, aim, at_seconds, concept_id)
            else:
                rest = opening(record.history, self._context.bank, rest, at_seconds)
                found = self._choosing.choose(record, rest, aim, at_seconds)
            self._context.store.set_pending(student_id, found.question_id, _why_json(aim.name, found), at_seconds)
            question = self._context.question(found.question_id)
            return NextView(question_view(self._context, question), found, sitting_view(sitting), resumed=False)

    def hint(self, student_id: str, question_id: str, level: int) -> str:
        """Hint number `level`, from 1; on the waiting question it is remembered, whoever answers from where."""
        hints = self._context.question(question_id).hints
        if not 1 <= level <= len(hints):
            raise UserError(f"Hint {level} does not exist.", allowed=f"1 to {len(hints)}" if hints else "no hints")
        waiting = self._context.store.pending(student_id)
        if waiting is not None and waiting.question_id == question_id:
            self.open_hints(student_id, level)
        return hints[level - 1]

    def open_hints(self, student_id: str, hints_opened: int) -> None:
        """Remember how many hints of the waiting question were opened."""
        with self._lock:
            waiting = self._context.store.pending(student_id)
            if waiting is not None and hints_opened > waiting.hints_opened:
                self._context.store.set_pending(
                    student_id, waiting.question_id, waiting.why_json, waiting.served_seconds, hints_opened
                )

    def answer(self, given: Given) -> AnswerView:
        """Check an answer and record it once per key; the last one of a sitting renews the persona."""
        answered = self._answering.answer(given)
        if answered.scored:
            self._renewed(given, answered.sitting)
        return answered

    @contextmanager
    def together(self) -> Iterator[None]:
        """Store all that is stored inside in one transaction; nothing slow belongs inside."""
        with self._lock, self._context.store.together():  # in this order: who holds the lock may have to write
            yield

    def check(self, given: Given) -> Verdict:
        """Check an answer and record nothing."""
        return self._answering.check(given)

    def take(self, given: Given, verdict: Verdict | None = None) -> Taken:
        """As `answer`, without a word about it; it is checked here unless the verdict is given."""
        taken = self._answering.take(given, verdict)
        if taken.stored is not None:
            self._renewed(given, taken.sitting)
        return taken

    def sitting_of(self, student_id: str, event_id: str) -> SittingView:
        """The sitting in which a stored answer was given."""
        return self._sittings.of_event(student_id, event_id)

    def end_sitting(self, student_id: str, at_seconds: float) -> SittingView:
        """End the sitting now; an unbegun one ends empty."""
        with self._lock:
            self._context.minds.record(student_id)
            ended = self._sittings.end(student_id, at_seconds)
            self._personas.renew(student_id, at_seconds)
            return ended

    def explain(self, student_id: str, at_seconds: float) -> Recommendation:
        """Why the waiting question was chosen, its evidence weighed at the first call and kept."""
        with self._lock:
            found = self.next(student_id, at_seconds).recommendation
            waiting = self._context.store.pending(student_id)
            if waiting is None or all(evidence.effect is not None for evidence in found.evidence):
                return found
            chosen_for = json.loads(waiting.why_json)["objective"]
            explainer = Explainer(self._context.bank, self._choosing.planner, self._objective(chosen_for))
            record = self._context.minds.record(student_id)
            found = replace(found, evidence=explainer.causes(record, found.question_id, at_seconds))
            self._context.store.set_pending(
                student_id,
                waiting.question_id,
                _why_json(chosen_for, found),
                waiting.served_seconds,
                waiting.hints_opened,
            )
            return found

    def _renewed(self, given: Given, sitting: SittingView) -> None:
        """Renew the persona where an answer was the last of its sitting."""
        if sitting.finished:
            self._personas.renew(given.student_id, given.at_seconds)

    def _objective(self, name: str) -> Objective:
        found = self._context.trained.objectives.get(name)
        if found is None:
            raise unknown_name("objective", name, self._context.trained.objectives)
        return found

    def _kept(self, waiting: Pending, objective: str, concept_id: str) -> Recommendation | None:
        """Why the waiting question was chosen; None if it has to be chosen anew."""
        if not self._askable(waiting.question_id):
            return None
        if concept_id and concept_id not in self._context.question(waiting.question_id).concepts:
            return None
        try:
            stored = json.loads(waiting.why_json)
            chosen_for, found = stored["objective"], _recommendation_from(stored["recommendation"])
        except (ValueError, KeyError, TypeError):
            return None  # written by another version
        return found if objective in ("", chosen_for) else None

    def _rest(self, aside: frozenset[str]) -> NDArray[np.bool_]:
        """What may be asked without what was put aside, bool [questions]; everything if nothing is left."""
        candidates = self._context.candidates()
        rest = candidates.copy()
        place = self._context.bank.q_matrix.question_index
        rest[[place[question_id] for question_id in aside if question_id in place]] = False
        return rest if rest.any() else candidates

    def _put_aside(self, student_id: str, sitting_id: int, question_id: str) -> None:
        self._skipped[student_id] = (sitting_id, self._aside(student_id, sitting_id) | {question_id})

    def _aside(self, student_id: str, sitting_id: int) -> frozenset[str]:
        """What the student skipped or was shown the answer of in this sitting; skips are forgotten at a restart."""
        skipped_in, questions = self._skipped.get(student_id, (sitting_id, frozenset()))
        shown = self._context.store.shown_questions(student_id, sitting_id)
        return (questions if skipped_in == sitting_id else frozenset()) | shown

    def _askable(self, question_id: str) -> bool:
        index = self._context.bank.q_matrix.question_index.get(question_id)
        return index is not None and bool(self._context.candidates()[index])


def question_view(context: Context, question: Question) -> QuestionView:
    """A question as a student sees it."""
    return QuestionView(
        question_id=question.question_id,
        revision=question.revision,
        text=question.text,
        kind=question.kind.value,
        options=tuple(as_typed(option, question) for option in question.options),
        options_shown=items_shown(question) if question.kind is QuestionKind.ORDER else question.options,
        language=question.language,
        concepts=concept_names(context.bank, question),
        hints=len(question.hints),
    )


def _why_json(objective: str, found: Recommendation) -> str:
    return json.dumps({"objective": objective, "recommendation": asdict(found)})


def _recommendation_from(values: dict[str, Any]) -> Recommendation:
    concepts = tuple(ConceptName(**entry) for entry in values["concepts"])
    evidence = tuple(Evidence(**entry) for entry in values["evidence"])
    return Recommendation(**{**values, "concepts": concepts, "evidence": evidence})
