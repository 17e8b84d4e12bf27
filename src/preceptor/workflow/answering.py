"""Answers: checked, recorded once, explained."""

import threading
from dataclasses import dataclass, replace

import numpy as np

from preceptor.answers import Verdict, VerdictOutcome, as_typed, check
from preceptor.domain import ConflictError, Interaction, Outcome, Question
from preceptor.mind import Minds
from preceptor.workflow.context import Context
from preceptor.workflow.sittings import Sittings, sitting_view
from preceptor.workflow.views import AnswerView, SittingView
from preceptor.workflow.voice import Voice


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it arrives.

    Args:
        idempotency_key: The client's key; one key, one answer.
        hints_used: How many hints the client showed; what the server remembers of the waiting question counts too.
    """

    student_id: str
    question_id: str
    response: str
    idempotency_key: str
    at_seconds: float
    hints_used: int = 0
    duration_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer that was checked.

    Args:
        stored: The answer on record; None where it could not be scored.
        verdict: How checking ended, with today's diagnosis.
        sitting: Progress of its sitting.
    """

    stored: Interaction | None
    verdict: Verdict
    sitting: SittingView


class Answering:
    """Takes answers.

    Args:
        context: The opened course.
        voice: Speaks about answers.
        sittings: Counts them.
        lock: Held while an answer is recorded.
    """

    def __init__(self, context: Context, voice: Voice, sittings: Sittings, lock: threading.RLock) -> None:
        self._context = context
        self._voice = voice
        self._sittings = sittings
        self._lock = lock

    def answer(self, given: Given) -> AnswerView:
        """Check and record an answer to the waiting question; a key sent again returns what was recorded.

        Raises:
            ConflictError: If the question is not the waiting one, or the key stands for another answer.
        """
        question, record = self._context.question(given.question_id), self._context.minds.record(given.student_id)
        before = self._recall(record.mind, question, given.at_seconds)
        taken = self.take(given)
        stored, verdict = taken.stored, taken.verdict
        if stored is None:
            return AnswerView(verdict.outcome.value, False, verdict.message, "", (), before, before, taken.sitting)
        record = self._context.minds.record(given.student_id)
        words = self._voice.about(record, stored, verdict, given.at_seconds)
        return AnswerView(
            outcome=stored.outcome.value,
            scored=True,
            feedback=words.text,
            key=as_typed(question.key, question),
            steps=tuple(step.text for step in question.steps),
            recall_before=before,
            recall_after=self._recall(record.mind, question, given.at_seconds),
            sitting=taken.sitting,
            event_id=stored.event_id,
        )

    def check(self, given: Given) -> Verdict:
        """Check an answer and record nothing; algebra may take its time."""
        return check(self._context.question(given.question_id), given.response, worker=self._context.worker)

    def take(self, given: Given, verdict: Verdict | None = None) -> Taken:
        """As `answer`, without a word about it.

        Args:
            given: The answer.
            verdict: What checking it gave; None to check it here.
        """
        question = self._context.question(given.question_id)
        verdict = verdict or self.check(given)
        with self._lock:
            stored = self._context.store.event(given.student_id, given.idempotency_key)
            if stored is not None:
                _require_same(stored, given)
                sitting = self._sittings.of_event(given.student_id, stored.event_id)
            else:
                opened = self._hints_opened(given)
                current = self._sittings.current(given.student_id, given.at_seconds)
                if verdict.scored is None:
                    return Taken(None, verdict, sitting_view(current))
                event = self._event(given, question, verdict.scored, max(given.hints_used, opened))
                stored, _ = self._context.store.append(event, current.sitting_id)
                sitting = self._sittings.after_answer(given.student_id, current, given.at_seconds)
        return Taken(stored, _as_stored(verdict, stored), sitting)

    def _hints_opened(self, given: Given) -> int:
        """How many hints of the waiting question are open; no other question may be answered.

        A question that is no longer on the screen may have shown its key already.
        """
        waiting = self._context.store.pending(given.student_id)
        if waiting is None or waiting.question_id != given.question_id:
            raise ConflictError(
                "This question is not the one that waits for an answer.",
                allowed="the question that was served last and not yet answered",
                mend="ask for the next question and answer that one",
            )
        return waiting.hints_opened

    def _event(self, given: Given, question: Question, outcome: Outcome, hints_used: int) -> Interaction:
        return Interaction(
            event_id=given.idempotency_key,
            student_id=given.student_id,
            question_id=given.question_id,
            revision=question.revision,
            correct=credit(outcome, hints_used, len(question.hints)),
            position=len(self._context.minds.record(given.student_id).history),
            time_seconds=given.at_seconds,
            response=given.response,
            duration_seconds=given.duration_seconds,
            outcome=outcome,
            hints_used=hints_used,
        )

    def _recall(self, mind: Minds, question: Question, at_seconds: float) -> float:
        model = self._context.trained.model
        index = [model.q_matrix.concept_index[c] for c in question.concepts]
        return float(model.recall(mind, np.array([at_seconds]))[0, index].mean())


def credit(outcome: Outcome, hints_used: int, hints: int) -> float:
    """Credit of an answer: 1 for a right one without help, less by an equal part for every hint, else 0.

    After the last hint, which shows the answer, nothing is left: it tells nothing of what the student knew.
    """
    if outcome is not Outcome.CORRECT:
        return 0.0
    return max(0.0, 1.0 - hints_used / hints) if hints else 1.0


def _require_same(stored: Interaction, given: Given) -> None:
    if (stored.question_id, stored.response) != (given.question_id, given.response):
        raise ConflictError(
            f"The idempotency key {stored.event_id!r} already stands for a different answer.",
            allowed="one key for one answer",
            mend="send a new key with a new answer",
        )


def _as_stored(verdict: Verdict, stored: Interaction) -> Verdict:
    """The verdict that was recorded, with today's diagnosis."""
    return replace(verdict, outcome=VerdictOutcome(stored.outcome.value))
