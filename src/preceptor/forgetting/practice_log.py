"""Turn a log into what a curve is fitted to."""

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, QMatrix
from preceptor.forgetting.contract import Practice, PracticeLog


def practice_log(
    log: Log, rows_of_question: NDArray[np.int64], q_matrix: QMatrix, mastery: NDArray[np.float32]
) -> PracticeLog:
    """Counters of every answer's concepts just before the answer, all students in step.

    Args:
        log: Answers.
        rows_of_question: int64 [rows], rows of `q_matrix`.
        q_matrix: Questions and concepts.
        mastery: float32 [rows], the tracer's P(correct) before each answer.
    """
    concepts = q_matrix.concepts[rows_of_question]
    columns = {name: np.zeros(concepts.shape) for name in ("elapsed", "attempts", "credit", "spaced")}
    lengths = np.diff(log.offsets)
    order = np.argsort(-lengths, kind="stable")
    practice = Practice.none(int((lengths > 0).sum()), len(q_matrix.concept_ids))
    for position in range(int(lengths.max(initial=0))):
        alive = order[lengths[order] > position]
        practice = practice.take(np.arange(len(alive)))
        rows = log.offsets[alive] + position
        own, at_seconds = np.maximum(concepts[rows], 0), log.time_seconds[rows]
        before = {"attempts": practice.attempts, "credit": practice.credit, "spaced": practice.spaced}
        for name, table in before.items():
            columns[name][rows] = np.take_along_axis(table, own, axis=1)
        columns["elapsed"][rows] = np.take_along_axis(practice.elapsed_days(at_seconds), own, axis=1)
        practice = practice.after(q_matrix.dense[rows_of_question[rows]], log.correct[rows], at_seconds)
    return PracticeLog(
        concepts=concepts,
        elapsed_days=columns["elapsed"],
        practised=(columns["attempts"] > 0) & (concepts >= 0),
        attempts=columns["attempts"].astype(np.float32),
        credit=columns["credit"].astype(np.float32),
        spaced=columns["spaced"].astype(np.float32),
        mastery=mastery,
        guess=q_matrix.guess[rows_of_question],
        correct=log.correct,
        student=log.student,
    )
