"""Stepping through a log student by student: the reference that every one-sweep `score` must equal."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log
from preceptor.trace.answers import Answers, question_rows

if TYPE_CHECKING:
    from preceptor.trace.contract import Tracer


def score_by_replay(tracer: "Tracer", log: Log) -> NDArray[np.float32]:
    """P(correct) of every row by `predict` then `update`, all students in step, float32 [rows]."""
    rows_of_question = question_rows(log, tracer.q_matrix)
    lengths = np.diff(log.offsets)
    order = np.argsort(-lengths, kind="stable")
    scores = np.zeros(len(log), dtype=np.float32)
    state = tracer.initial(int((lengths > 0).sum()))
    for position in range(int(lengths.max(initial=0))):
        alive = order[lengths[order] > position]
        if len(alive) < len(state):
            state = state.take(np.arange(len(alive)))
        rows = log.offsets[alive] + position
        question, at_seconds = rows_of_question[rows], log.time_seconds[rows]
        scores[rows] = tracer.predict(state, question[:, None], at_seconds)[:, 0]
        answers = Answers(question, log.correct[rows], at_seconds, log.duration_seconds[rows])
        state = tracer.update(state, answers)
    return scores
