"""Contested grades: checked again, else decided by the teacher; a changed grade replays."""

from preceptor.answers import VerdictOutcome, check
from preceptor.domain import Interaction, Outcome, UserError
from preceptor.store import Contest
from preceptor.workflow.answering import credit
from preceptor.workflow.context import Context

CHECK, TEACHER = "check", "teacher"


class Contesting:
    """Takes objections.

    Args:
        context: The opened course.
    """

    def __init__(self, context: Context) -> None:
        self._context = context

    def contest(self, student_id: str, event_id: str, note: str, at_seconds: float) -> Contest:
        """Object to a grade; what today's check grants is granted at once, and the rest waits for the teacher.

        A key that was mended since, or algebra that was cut short, is what today's check may see otherwise.

        Raises:
            UserError: If the student has no such answer, or it counts as right already.
        """
        store = self._context.store
        event = store.event(student_id, event_id)
        if event is not None and event.outcome is Outcome.CORRECT:
            raise UserError("This answer counts as right.", allowed="answers that were graded as wrong")
        contest = store.object_to(student_id, event_id, note, at_seconds)
        assert event is not None
        question = self._context.question(event.question_id)
        if not contest.decided_by:
            verdict = check(question, event.response, worker=self._context.worker)
            if verdict.outcome is VerdictOutcome.CORRECT:
                store.decide_contest(contest.contest_id, self._credit(event), CHECK, at_seconds)
            else:
                store.report_key(student_id, event.question_id, note, at_seconds)
        return next(found for found in store.contests() if found.contest_id == contest.contest_id)

    def decide(self, contest_id: int, *, accepted: bool, at_seconds: float) -> None:
        """The teacher's decision."""
        contest = next((found for found in self._context.store.contests() if found.contest_id == contest_id), None)
        if contest is None:
            raise UserError(f"There is no open objection {contest_id}.", mend="reload the list of objections")
        event = self._context.store.event(contest.student_id, contest.event_id)
        granted = self._credit(event) if accepted and event is not None else None
        self._context.store.decide_contest(contest_id, granted, TEACHER, at_seconds)

    def _credit(self, event: Interaction) -> float:
        """What the answer earns as a right one, less what its hints cost."""
        question = self._context.bank.question.get(event.question_id)
        return credit(Outcome.CORRECT, event.hints_used, len(question.hints) if question else 0)
