"""Replaying many students at once, for rosters and experiments; a single student is replayed by the model itself."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Interaction, Log
from preceptor.mind.model import MindModel
from preceptor.mind.state import Minds
from preceptor.trace import Answers, question_rows

ENTRIES_AT_ONCE = 4_000_000
"""Most students × concepts held at once; bounds memory, changes no result."""


def replay_log(
    model: MindModel, log: Log, students: NDArray[Any], stop: NDArray[Any] | None = None, *, keep_seen: bool = True
) -> Minds:
    """Minds of `students` from their rows of `log`, all in step; equal to single replays up to rounding.

    Args:
        model: The model behind the minds.
        log: The answers.
        students: int [n], indices into the log's students.
        stop: int [n], the log row before which each replay ends; None replays whole histories.
        keep_seen: Whether minds keep when each question was seen last, which costs memory.
    """
    return _replayed(model, log, students, model.initial(len(students), keep_seen=keep_seen), stop)


def _replayed(
    model: MindModel, log: Log, students: NDArray[Any], minds: Minds, stop: NDArray[Any] | None = None
) -> Minds:
    rows_of_question = question_rows(log, model.q_matrix)
    begin = log.offsets[students]
    lengths = (log.offsets[np.asarray(students) + 1] if stop is None else stop) - begin
    order = np.argsort(-lengths, kind="stable")
    finished: list[Minds] = []
    for position in range(int(lengths.max(initial=0))):
        alive = int((lengths > position).sum())
        if alive < len(minds):
            finished.append(minds.take(np.arange(alive, len(minds))))
            minds = minds.take(np.arange(alive))
        rows = begin[order[:alive]] + position
        minds = model.answer(
            minds,
            Answers(rows_of_question[rows], log.correct[rows], log.time_seconds[rows], log.duration_seconds[rows]),
        )
    finished.append(minds)
    return Minds.joined(finished[::-1]).take(np.argsort(order, kind="stable"))


def replay_without(model: MindModel, history: Sequence[Interaction], left_out: Sequence[int]) -> Minds:
    """A single student's mind as it would be without one answer, for each of several answers.

    Args:
        model: The model behind the minds.
        history: The student's interactions, in order.
        left_out: Positions in `history`, at least one; variant i lacks the answer at left_out[i].

    Returns:
        One mind a variant. The part before the first of these answers is replayed once for all.
    """
    absent = np.asarray(left_out)
    first = int(absent.min())
    minds = model.replay(history[:first]).take(np.zeros(len(absent), dtype=np.int64))
    for position in range(first, len(history)):
        answered = model.answer_alike(minds, history[position])
        here = np.flatnonzero(absent == position)
        if len(here):
            index = np.arange(len(absent))
            index[here] = len(absent) + np.arange(len(here))
            answered = Minds.joined([answered, minds.take(here)]).take(index)
        minds = answered
    return minds


def replay_recall_only(model: MindModel, log: Log) -> Minds:
    """Minds of all students of `log` that can be asked for recall; what has been seen is left out to save memory."""
    parts = []
    everyone = np.arange(len(log.student_ids))
    at_once = max(64, ENTRIES_AT_ONCE // max(len(model.q_matrix.concept_ids), 1))
    for start in range(0, len(everyone), at_once):
        students = everyone[start : start + at_once]
        parts.append(_replayed(model, log, students, model.initial(len(students), keep_seen=False)))
    return Minds.joined(parts) if parts else model.initial(0, keep_seen=False)
