"""Logs as pyKT presents them: one row a KC, histories in windows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, QMatrix
from preceptor.trace import Answers, Tracer, question_rows

STUDENTS_AT_ONCE = 128


@dataclass(frozen=True)
class Expansion:
    """An expanded log.

    Args:
        log: One row a KC of every answer; every window is a student.
        q_matrix: One question for each pair of a question and one of its KCs.
        origin: int64 [questions of `q_matrix`], row of the original Q-matrix.
        rows: int64 [rows of `log`], row of the original log.
    """

    log: Log
    q_matrix: QMatrix
    origin: NDArray[np.int64]
    rows: NDArray[np.int64]


def expand(log: Log, q_matrix: QMatrix, window: int, shortest: int) -> Expansion:
    """Write every answer once for each KC of its question and cut histories into windows.

    Args:
        log: Answers; those to questions without KCs are left out.
        q_matrix: Their questions.
        window: Most rows of a window.
        shortest: Fewest rows of a window; shorter ones are left out.
    """
    real = q_matrix.concepts >= 0
    origin, slot = np.nonzero(real)
    number = np.cumsum(real.ravel()).reshape(real.shape) - 1  # of each pair, row by row
    own = question_rows(log, q_matrix)
    row, row_slot = np.nonzero(real[own])
    question = number[own[row], row_slot]
    start = np.searchsorted(log.student[row], log.student[row])
    place = np.arange(len(row)) - start
    piece = log.student[row].astype(np.int64) * (int(place.max(initial=0)) // window + 1) + place // window
    _, student, length = np.unique(piece, return_inverse=True, return_counts=True)
    kept = length[student] >= shortest
    row, question = row[kept], question[kept]
    _, student = np.unique(student[kept], return_inverse=True)
    ids = tuple(f"{q_matrix.question_ids[q]}/{s}" for q, s in zip(origin.tolist(), slot.tolist(), strict=True))
    expanded = QMatrix(ids, q_matrix.concept_ids, q_matrix.concepts[origin, slot][:, None], q_matrix.guess[origin])
    names = [f"window {i}" for i in range(int(student.max(initial=-1)) + 1)]
    made = Log.of(
        names, ids, student=student, question=question, correct=log.correct[row], event_id=log.event_id[row],
        revision=log.revision[row], time_seconds=log.time_seconds[row], duration_seconds=log.duration_seconds[row],
    )  # fmt: skip
    return Expansion(made, expanded, origin.astype(np.int64), row.astype(np.int64))


def late_fusion(tracer: Tracer, log: Log, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Predict every answer as the mean over its KC rows, all from what came before the first of them.

    An answer that begins its window is not predicted.

    Args:
        tracer: A fitted tracer over single KCs.
        log: Expanded rows, see `expand`.
        rows: int64 [rows], the original row of each.

    Returns:
        Original rows, int64 [answers], and P(correct), float64 [answers].
    """
    first = np.r_[True, (np.diff(rows) != 0) | (np.diff(log.student) != 0)]
    begins = np.flatnonzero(first)
    size = np.diff(np.r_[begins, len(rows)])
    fused = np.full(len(rows), np.nan)
    size_at = np.zeros(len(rows), dtype=np.int64)
    size_at[begins] = size
    order = np.argsort(-np.diff(log.offsets), kind="stable")
    for start in range(0, len(order), STUDENTS_AT_ONCE):
        _fuse(tracer, log, order[start : start + STUDENTS_AT_ONCE], size_at, fused)
    counts = first & (log.position > 0)
    return rows[counts], fused[counts]


def _fuse(
    tracer: Tracer, log: Log, students: NDArray[np.int64], size_at: NDArray[np.int64], fused: NDArray[np.float64]
) -> None:
    """Step through some students, longest first, and fill `fused` where an answer begins."""
    question = question_rows(log, tracer.q_matrix)
    lengths = np.diff(log.offsets)[students]
    slots = np.arange(int(size_at.max(initial=1)))
    state = tracer.initial(len(students))
    for position in range(int(lengths.max(initial=0))):
        alive = students[lengths > position]
        if len(alive) < len(state):
            state = state.take(np.arange(len(alive)))
        at = log.offsets[alive] + position
        member = at[:, None] + np.minimum(slots, np.maximum(size_at[at], 1)[:, None] - 1)
        p_correct = tracer.predict(state, question[member], log.time_seconds[at]).astype(np.float64)
        real = slots < size_at[at][:, None]
        fused[at] = (p_correct * real).sum(axis=1) / np.maximum(real.sum(axis=1), 1)
        answers = Answers(question[at], log.correct[at], log.time_seconds[at], log.duration_seconds[at])
        state = tracer.update(state, answers)
