"""Practice: the next question, hints, answers, sittings."""

import json
import threading
from dataclasses import asdict, replace

import numpy as np

from preceptor.answers import check
from preceptor.domain import Interaction, Outcome, Question, UserError, unknown_name
from preceptor.mind import Minds
from preceptor.recommend import Planner
from preceptor.store import Sitting
from preceptor.workflow.context import Context
from preceptor.workflow.explaining import concept_names, recommendation
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

SITTING_GOAL = 10
HORIZON_DAYS = 7.0


class Practice:
    """What a student does.

    Args:
        context: The opened course.
        voice: Speaks about answers.
    """

    def __init__(self, context: Context, voice: Voice) -> None:
        self._context = context
        self._voice = voice
        self._planner = Planner(context.trained.model, HORIZON_DAYS)
        self._lock = threading.RLock()

    def next(self, student_id: str, at_seconds: float, objective: str, skip: bool) -> NextView:
        """The question that waits, or a newly chosen one."""
        with self._lock:
            record = self._context.minds.record(student_id)
            sitting = self._sitting(student_id, at_seconds)
            waiting = self._context.store.pending(student_id)
            if waiting is not None and not skip and self._askable(waiting.question_id):
                question = self._context.question(waiting.question_id)
                found = _recommendation_from(waiting.why_json)
                seen = question.hints[: waiting.hints_opened]
                return NextView(question_view(self._context, question), found, _view(sitting), True, seen)
            avoid = waiting.question_id if waiting is not None else ""
            found = self._choose(record.mind, record.history, objective, avoid, at_seconds)
            why = json.dumps(asdict(found))
            self._context.store.set_pending(student_id, found.question_id, why, at_seconds)
            question = self._context.question(found.question_id)
            return NextView(question_view(self._context, question), found, _view(sitting), resumed=False)

    def hint(self, student_id: str, question_id: str, level: int) -> str:
        """Hint number `level`, from 1; on the waiting question it is remembered, whoever answers from where."""
        hints = self._context.question(question_id).hints
        if not 1 <= level <= len(hints):
            raise UserError(f"Hint {level} does not exist.", allowed=f"1 to {len(hints)}" if hints else "no hints")
        waiting = self._context.store.pending(student_id)
        if waiting is not None and waiting.question_id == question_id:
            self.open_hints(student_id, level)
        return hints[level - 1]

    def answer(
        self,
        student_id: str,
        question_id: str,
        response: str,
        *,
        idempotency_key: str,
        at_seconds: float,
        hints_used: int,
        duration_seconds: float | None,
    ) -> AnswerView:
        """Check an answer and record it once per key."""
        question = self._context.question(question_id)
        if not question.servable:
            raise UserError(f"The question {question_id} cannot be answered here.", allowed="questions with a key")
        verdict = check(question, response, worker=self._context.worker)
        with self._lock:
            record = self._context.minds.record(student_id)
            repeated = self._context.store.event(student_id, idempotency_key) is not None
            sitting = self._last_sitting(student_id) if repeated else self._sitting(student_id, at_seconds)
            before = self._recall(record.mind, question, at_seconds)
            waiting = self._context.store.pending(student_id)
            if waiting is not None and waiting.question_id == question_id:
                hints_used = max(hints_used, waiting.hints_opened)
            if verdict.scored is None:
                return AnswerView(verdict.outcome.value, False, verdict.message, "", (), before, before, _view(sitting))
            stored, created = self._context.store.append(
                Interaction(
                    event_id=idempotency_key,
                    student_id=student_id,
                    question_id=question_id,
                    revision=question.revision,
                    correct=credit(verdict.scored, hints_used, len(question.hints)),
                    position=len(record.history),
                    time_seconds=at_seconds,
                    response=response,
                    duration_seconds=duration_seconds,
                    outcome=verdict.scored,
                    hints_used=hints_used,
                ),
                sitting.sitting_id,
            )
            advanced = self._context.minds.advance(stored) if created else record
            shown = self._after_answer(student_id, sitting, at_seconds)
        after = self._recall(advanced.mind, question, at_seconds)
        turn = self._voice.about(
            advanced, stored.event_id, question_id, response, verdict, hints_used, None, at_seconds
        )
        steps = tuple(step.text for step in question.steps)
        return AnswerView(
            verdict.outcome.value, True, turn.feedback, question.key, steps, before, after, shown, stored.event_id
        )

    def end_sitting(self, student_id: str, at_seconds: float) -> SittingView:
        """End the sitting now; an unbegun one ends empty."""
        with self._lock:
            self._context.minds.record(student_id)
            ended = self._context.store.close_sitting(student_id, at_seconds)
            return _view(ended) if ended else SittingView(0, 0, SITTING_GOAL, 0.0, finished=True)

    def open_hints(self, student_id: str, hints_opened: int) -> None:
        """Remember how many hints of the waiting question were opened."""
        with self._lock:
            waiting = self._context.store.pending(student_id)
            if waiting is not None and hints_opened > waiting.hints_opened:
                self._context.store.set_pending(
                    student_id, waiting.question_id, waiting.why_json, waiting.served_seconds, hints_opened
                )

    def explain(self, student_id: str, at_seconds: float) -> Recommendation:
        """Why the waiting question was chosen."""
        return self.next(student_id, at_seconds, "global", skip=False).recommendation

    def _choose(
        self,
        mind: Minds,
        history: tuple[Interaction, ...],
        objective_name: str,
        avoid: str,
        at_seconds: float,
    ) -> Recommendation:
        objective = self._context.trained.objectives.get(objective_name)
        if objective is None:
            raise unknown_name("objective", objective_name, self._context.trained.objectives)
        candidates = self._context.candidates()
        if avoid and candidates.sum() > 1:
            candidates[self._context.bank.q_matrix.question_index[avoid]] = False
        ranked = self._planner.rank(mind, candidates, objective, at_seconds, 1)[0]
        recalls = self._context.trained.model.concept_recalls(mind, at_seconds)
        return recommendation(self._context.bank, history, recalls, ranked, objective, HORIZON_DAYS, at_seconds)

    def _recall(self, mind: Minds, question: Question, at_seconds: float) -> float:
        model = self._context.trained.model
        index = [model.q_matrix.concept_index[c] for c in question.concepts]
        return float(model.recall(mind, np.array([at_seconds]))[0, index].mean())

    def _askable(self, question_id: str) -> bool:
        index = self._context.bank.q_matrix.question_index.get(question_id)
        return index is not None and bool(self._context.candidates()[index])

    def _sitting(self, student_id: str, at_seconds: float) -> Sitting:
        current = self._context.store.current_sitting(student_id)
        if current is not None and not current.reached:
            return current
        return self._context.store.open_sitting(student_id, SITTING_GOAL, at_seconds)

    def _last_sitting(self, student_id: str) -> Sitting:
        """The sitting of an answer that is sent once more, which may have ended with it."""
        return self._context.store.sittings(student_id)[-1]

    def _after_answer(self, student_id: str, sitting: Sitting, at_seconds: float) -> SittingView:
        current = self._context.store.current_sitting(student_id) or sitting
        if not current.reached:
            return _view(current)
        ended = self._context.store.close_sitting(student_id, at_seconds)
        return _view(ended or current)


def credit(outcome: Outcome, hints_used: int, hints: int) -> float:
    """Credit of an answer: 1 for a right one without help, less by an equal part for every hint, else 0.

    After the last hint, which shows the answer, nothing is left: it tells nothing of what the student knew.
    """
    if outcome is not Outcome.CORRECT:
        return 0.0
    return max(0.0, 1.0 - hints_used / hints) if hints else 1.0


def question_view(context: Context, question: Question) -> QuestionView:
    """A question as a student sees it."""
    return QuestionView(
        question_id=question.question_id,
        revision=question.revision,
        text=question.text,
        kind=question.kind.value,
        options=question.options,
        concepts=concept_names(context.bank, question),
        hints=len(question.hints),
    )


def _view(sitting: Sitting) -> SittingView:
    finished = sitting.reached or sitting.closed_seconds is not None
    return SittingView(sitting.sitting_id, sitting.answered, sitting.goal_questions, sitting.correct, finished)


def _recommendation_from(why_json: str) -> Recommendation:
    values = json.loads(why_json)
    found = Recommendation(**values)
    return replace(
        found,
        concepts=tuple(ConceptName(**entry) for entry in values["concepts"]),
        evidence=tuple(Evidence(**entry) for entry in values["evidence"]),
    )
