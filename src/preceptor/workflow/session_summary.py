"""What a session changed: recall before and now, and when each concept should come back."""

import numpy as np

from preceptor.domain import SECONDS_PER_DAY, UserError
from preceptor.workflow.context import Context
from preceptor.workflow.last_path import positions_of, recalls_along
from preceptor.workflow.minds import StudentRecord
from preceptor.workflow.overview import DUE_RETENTION
from preceptor.workflow.sittings import UNBEGUN, sitting_view
from preceptor.workflow.views import ConceptProgress, SessionSummary

LATEST_REVIEW_DAYS = 30
"""Further ahead no review is named."""


def session_summary(
    context: Context, student_id: str, at_seconds: float, sitting_id: int | None = None
) -> SessionSummary:
    """Compare a session's start with now.

    Args:
        context: The opened course.
        student_id: The student.
        at_seconds: Now, UTC.
        sitting_id: The session; None for the latest one with an answer.

    Raises:
        UserError: If nobody has this id, or the session is not theirs.
    """
    record = context.minds.record(student_id)
    sittings = context.store.sittings(student_id)
    if sitting_id is None:
        named = next((sitting for sitting in reversed(sittings) if sitting.answered), None)
    else:
        named = next((sitting for sitting in sittings if sitting.sitting_id == sitting_id), None)
        if named is None:
            raise UserError(f"Session {sitting_id} is not a session of {student_id!r}.", mend="leave its number out")
    if named is None:
        return SessionSummary(UNBEGUN, ())
    return SessionSummary(sitting_view(named), _progress(context, record, named.sitting_id, at_seconds))


def _progress(
    context: Context, record: StudentRecord, sitting_id: int, at_seconds: float
) -> tuple[ConceptProgress, ...]:
    positions, model = positions_of(context, record, sitting_id), context.trained.model
    if not positions:
        return ()
    before = recalls_along(model, record, positions[:1], at_seconds)[0]
    now = model.recall(record.mind, np.array([at_seconds]))[0]
    ahead = np.arange(LATEST_REVIEW_DAYS + 1)
    left = np.stack([model.left(record.mind, np.array([at_seconds + day * SECONDS_PER_DAY]))[0] for day in ahead])
    asked = [context.bank.question[record.history[i].question_id] for i in positions]
    column, found = context.bank.q_matrix.concept_index, []
    for concept_id in dict.fromkeys(concept_id for question in asked for concept_id in question.concepts):
        place = column[concept_id]
        if not context.bank.q_matrix.named[place]:
            continue
        due = np.flatnonzero(left[:, place] < DUE_RETENTION)
        name = context.bank.concept[concept_id].name
        days = int(due[0]) if len(due) else None
        found.append(ConceptProgress(concept_id, name, float(before[place]), float(now[place]), days))
    return tuple(sorted(found, key=lambda concept: concept.recall_before - concept.recall_now))
