"""The tutoring dialogue: hints, reasons, feedback and the next question in one conversation."""

from dataclasses import replace

from preceptor.answers import DONT_KNOW, check
from preceptor.domain import Question
from preceptor.tutor import Intent, Proposal, reply_to_message
from preceptor.workflow.context import Context
from preceptor.workflow.practice import Practice
from preceptor.workflow.views import NextView, TutorMessage, TutorTurnView
from preceptor.workflow.voice import Voice


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

    def open(self, student_id: str, at_seconds: float) -> TutorTurnView:
        """Greet the student and put the waiting or a new question."""
        upcoming = self._practice.next(student_id, at_seconds, "global", skip=False)
        record = self._context.minds.record(student_id)
        turn = self._voice.opening(record, _proposal(upcoming), at_seconds)
        return _turn_view((TutorMessage("tutor", turn.feedback, turn.event_ids),), upcoming)

    def say(self, student_id: str, message: str, *, idempotency_key: str, at_seconds: float) -> TutorTurnView:
        """Reply to a message: a hint, a reason, or feedback and the next question; a message sent twice counts once."""
        current = self._practice.next(student_id, at_seconds, "global", skip=False)
        known = self._context.store.event(student_id, idempotency_key)
        question = self._context.question(known.question_id if known else current.question.question_id)
        pending = self._context.store.pending(student_id)
        opened = known.hints_used if known else pending.hints_opened if pending else 0
        reply = reply_to_message(message, question, self._context.bank, opened, current.recommendation.why)
        student = TutorMessage("student", message)
        if reply.text and known is None:
            self._practice.open_hints(student_id, reply.hints_opened)
            return _turn_view((student, TutorMessage("tutor", reply.text)), current)
        response = DONT_KNOW if reply.intent is Intent.DONT_KNOW else reply.response
        answered = self._practice.answer(
            student_id,
            question.question_id,
            response,
            idempotency_key=idempotency_key,
            at_seconds=at_seconds,
            hints_used=opened,
            duration_seconds=None,
        )
        if not answered.scored:
            return _turn_view((student, TutorMessage("tutor", answered.feedback)), current)
        upcoming = self._practice.next(student_id, at_seconds, "global", skip=False)
        told = self._feedback(student_id, answered.event_id, question, response, opened, upcoming, at_seconds)
        return replace(_turn_view((student, told), upcoming), sitting=answered.sitting)

    def _feedback(
        self,
        student_id: str,
        event_id: str,
        question: Question,
        response: str,
        hints_used: int,
        upcoming: NextView,
        at_seconds: float,
    ) -> TutorMessage:
        record = self._context.minds.record(student_id)
        verdict = check(question, response, worker=self._context.worker)
        turn = self._voice.about(
            record, event_id, question.question_id, response, verdict, hints_used, _proposal(upcoming), at_seconds
        )
        return TutorMessage("tutor", turn.feedback, turn.event_ids)


def _proposal(upcoming: NextView) -> Proposal:
    return Proposal(upcoming.question.question_id, upcoming.recommendation.why)


def _turn_view(messages: tuple[TutorMessage, ...], upcoming: NextView) -> TutorTurnView:
    return TutorTurnView(messages, upcoming.question, upcoming.sitting)
