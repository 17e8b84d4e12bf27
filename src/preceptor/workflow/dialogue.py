"""The tutoring dialogue: hints, reasons, feedback and the next question in one conversation."""

from dataclasses import replace

from preceptor.answers import DONT_KNOW, check
from preceptor.domain import Interaction, Question
from preceptor.tutor import Intent, MessageReply, Proposal, reply_to_message
from preceptor.workflow.answering import Given
from preceptor.workflow.context import Context
from preceptor.workflow.practice import Practice
from preceptor.workflow.views import AnswerView, NextView, TutorMessage, TutorTurnView
from preceptor.workflow.voice import Voice

CHANGED = "The question has changed in the meantime, so I did not count this. Here is the one that is open now."


class Dialogue:
    """Tutors students; the next question always comes from the policy.

    Args:
        context: The opened course.
        practice: Records answers and chooses questions.
        voice: Composes the words.
    """

    def __init__(self, context: Context, practice: Practice, voice: Voice) -> None:
        self._context = context
        self._practice = practice
        self._voice = voice
        self._last: dict[str, tuple[str, TutorTurnView]] = {}

    def open(self, student_id: str, at_seconds: float) -> TutorTurnView:
        """Greet the student and put the waiting or a new question."""
        upcoming = self._practice.next(student_id, at_seconds, tutored=True)
        record = self._context.minds.record(student_id)
        turn = self._voice.opening(record, _proposal(upcoming), at_seconds)
        return _turn_view((TutorMessage("tutor", turn.feedback, turn.event_ids),), upcoming)

    def say(
        self, student_id: str, message: str, *, idempotency_key: str, at_seconds: float, question_id: str = ""
    ) -> TutorTurnView:
        """Reply to a message: a hint, a reason, or feedback and the next question; a message sent twice counts once.

        Args:
            student_id: The student.
            message: What the student wrote.
            idempotency_key: The client's key of this message.
            at_seconds: Now, UTC.
            question_id: The question on the student's screen; empty for the waiting one. If another one waits by
                now, nothing is scored.
        """
        stored = self._context.store.event(student_id, idempotency_key)
        if stored is not None:
            question = self._context.question(stored.question_id)
            response = _response(reply_to_message(message, question, self._context.bank, stored.hints_used, ""))
            again = Given(student_id, stored.question_id, response, idempotency_key, at_seconds)
            return self._answered(stored, self._practice.answer(again), message, at_seconds)
        key, said = self._last.get(student_id, ("", None))
        if said is not None and key == idempotency_key:
            return said
        said = self._reply(student_id, message, idempotency_key, at_seconds, question_id)
        self._last[student_id] = (idempotency_key, said)
        return said

    def _reply(
        self, student_id: str, message: str, idempotency_key: str, at_seconds: float, question_id: str
    ) -> TutorTurnView:
        current = self._practice.next(student_id, at_seconds, tutored=True)
        student = TutorMessage("student", message)
        if question_id not in ("", current.question.question_id):
            return _turn_view((student, TutorMessage("tutor", CHANGED)), current)
        question = self._context.question(current.question.question_id)
        opened = len(current.hints_opened)
        reply = reply_to_message(message, question, self._context.bank, opened, current.recommendation.why)
        if reply.text:
            self._practice.open_hints(student_id, reply.hints_opened)
            seen = question.hints[: reply.hints_opened]
            return replace(_turn_view((student, TutorMessage("tutor", reply.text)), current), hints_opened=seen)
        given = Given(student_id, question.question_id, _response(reply), idempotency_key, at_seconds, opened)
        answered = self._practice.answer(given)
        stored = self._context.store.event(student_id, idempotency_key)
        if stored is None:
            return _turn_view((student, TutorMessage("tutor", answered.feedback)), current)
        return self._answered(stored, answered, message, at_seconds)

    def _answered(self, stored: Interaction, answered: AnswerView, message: str, at_seconds: float) -> TutorTurnView:
        """Feedback on a stored answer and the question that follows, in the sitting of the answer."""
        upcoming = self._practice.next(stored.student_id, at_seconds, tutored=True)
        told = self._feedback(stored, self._context.question(stored.question_id), upcoming, at_seconds)
        return replace(_turn_view((TutorMessage("student", message), told), upcoming), sitting=answered.sitting)

    def _feedback(self, stored: Interaction, question: Question, upcoming: NextView, at_seconds: float) -> TutorMessage:
        record = self._context.minds.record(stored.student_id)
        verdict = check(question, stored.response, worker=self._context.worker)
        turn = self._voice.about(record, stored, verdict, _proposal(upcoming), at_seconds)
        return TutorMessage("tutor", turn.feedback, turn.event_ids)


def _response(reply: MessageReply) -> str:
    return DONT_KNOW if reply.intent is Intent.DONT_KNOW else reply.response


def _proposal(upcoming: NextView) -> Proposal:
    return Proposal(upcoming.question.question_id, upcoming.recommendation.why, upcoming.recommendation.lead)


def _turn_view(messages: tuple[TutorMessage, ...], upcoming: NextView) -> TutorTurnView:
    return TutorTurnView(messages, upcoming.question, upcoming.sitting, upcoming.hints_opened)
