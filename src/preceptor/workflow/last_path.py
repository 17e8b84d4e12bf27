"""A student's last sitting, replayed: what was asked, and how recall of its concepts went."""

import numpy as np
from numpy.typing import NDArray

from preceptor.mind import MindModel, Minds
from preceptor.workflow.context import Context
from preceptor.workflow.explaining import shortened
from preceptor.workflow.minds import StudentRecord
from preceptor.workflow.views import ConceptPath, PathStep, PathView

MOST = 20
"""Most answers of a path."""
IMPORTED = 10
"""Imported answers have no sittings: so many of the last ones are a path."""


def last_path(context: Context, student_id: str, at_seconds: float) -> PathView:
    """Replay the student's history to the start of the last sitting, and on step by step.

    Args:
        context: The opened course.
        student_id: The student.
        at_seconds: Now, for answers without a time.

    Raises:
        UserError: If nobody has this id.
    """
    record = context.minds.record(student_id)
    sitting, positions = _positions(context, record)
    if not positions:
        return PathView(sitting, (), ())
    bank = context.bank
    recall = recalls_along(context.trained.model, record, positions, at_seconds)
    asked = [bank.question[record.history[i].question_id] for i in positions]
    steps = tuple(
        PathStep(question.question_id, shortened(question.text), question.concepts, record.history[i].correct)
        for i, question in zip(positions, asked, strict=True)
    )
    column = bank.q_matrix.concept_index
    concepts = tuple(
        ConceptPath(name, bank.concept[name].name, tuple(recall[:, column[name]].tolist()))
        for name in dict.fromkeys(name for question in asked for name in question.concepts)
    )
    return PathView(sitting, steps, concepts)


def _positions(context: Context, record: StudentRecord) -> tuple[bool, list[int]]:
    """Whether there is a sitting, and where the answers of the last one stand in the history."""
    for sitting in reversed(context.store.sittings(record.student_id)):
        found = positions_of(context, record, sitting.sitting_id)
        if found:
            return True, found[-MOST:]
    return False, _known(context, record)[-IMPORTED:]


def positions_of(context: Context, record: StudentRecord, sitting_id: int) -> list[int]:
    """Where the answers of a sitting stand in the history, those to questions that have left the bank left out."""
    own = {event.event_id for event in context.store.events(record.student_id, sitting_id)}
    return [i for i in _known(context, record) if record.history[i].event_id in own]


def _known(context: Context, record: StudentRecord) -> list[int]:
    return [i for i, event in enumerate(record.history) if event.question_id in context.bank.question]


def recalls_along(
    model: MindModel, record: StudentRecord, positions: list[int], at_seconds: float
) -> NDArray[np.float64]:
    """Recall of all concepts before each of these answers and after the last, float64 [answers + 1, concepts]."""
    history, first = record.history, positions[0]
    mind, wanted, found = model.replay(history[:first]), set(positions), []

    def recall(at: float | None, of: Minds) -> NDArray[np.float64]:
        return np.asarray(model.recall(of, np.array([at_seconds if at is None else at]))[0])

    for i in range(first, positions[-1] + 1):
        if i in wanted:
            found.append(recall(history[i].time_seconds, mind))
        mind = model.answer_alike(mind, history[i])
    return np.stack([*found, recall(history[positions[-1]].time_seconds, mind)])
