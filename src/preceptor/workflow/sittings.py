"""Sittings: a goal of questions, opened at the first question and closed at the last."""

from preceptor.store import Sitting, Store
from preceptor.workflow.views import SittingView

SITTING_GOAL = 10
LONGEST_SECONDS = 12 * 3600.0
"""A sitting left open longer is over: the student comes back to a new one."""


class Sittings:
    """Opens and closes sittings.

    Args:
        store: Keeps them.
        goal: Questions of a new sitting.
    """

    def __init__(self, store: Store, goal: int = SITTING_GOAL) -> None:
        self._store = store
        self._goal = goal

    def current(self, student_id: str, at_seconds: float) -> Sitting:
        """The open sitting, or a new one."""
        found = self._store.current_sitting(student_id)
        if found is not None and not found.reached and at_seconds - found.opened_seconds <= LONGEST_SECONDS:
            return found
        return self._store.open_sitting(student_id, self._goal, at_seconds)

    def of_event(self, student_id: str, event_id: str) -> SittingView:
        """The sitting in which a stored answer was given."""
        sittings = self._store.sittings(student_id)
        for sitting in reversed(sittings):
            if any(event.event_id == event_id for event in self._store.events(student_id, sitting.sitting_id)):
                return sitting_view(sitting)
        return sitting_view(sittings[-1]) if sittings else UNBEGUN

    def after_answer(self, student_id: str, sitting: Sitting, at_seconds: float) -> SittingView:
        """Progress after one more answer; a sitting that reached its goal is closed."""
        current = self._store.current_sitting(student_id) or sitting
        if not current.reached:
            return sitting_view(current)
        return sitting_view(self._store.close_sitting(student_id, at_seconds) or current)

    def end(self, student_id: str, at_seconds: float) -> SittingView:
        """End the open sitting; an unbegun one ends empty."""
        ended = self._store.close_sitting(student_id, at_seconds)
        return sitting_view(ended) if ended else UNBEGUN


UNBEGUN = SittingView(0, 0, SITTING_GOAL, 0.0, finished=True)


def sitting_view(sitting: Sitting) -> SittingView:
    """A sitting as it is shown."""
    finished = sitting.reached or sitting.closed_seconds is not None
    return SittingView(sitting.sitting_id, sitting.answered, sitting.goal_questions, sitting.correct, finished)
