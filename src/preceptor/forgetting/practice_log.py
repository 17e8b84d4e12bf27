"""Turn a log, or a moment, into rows as a curve reads them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, QMatrix
from preceptor.forgetting.practice import Practice, PracticeLog


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
        memory=np.zeros((*concepts.shape, 0)),
        student_effects=np.zeros((len(log), 5)),
    )


def practice_now(
    practice: Practice,
    concepts: NDArray[Any],
    at_seconds: NDArray[np.float64],
    *,
    mastery: NDArray[np.float32],
    guess: NDArray[np.float32],
    correct: NDArray[np.float32],
) -> PracticeLog:
    """One row for each of n students: an answer at `at_seconds` [n], as it looks just before.

    Args:
        practice: Of the n students.
        concepts: int [n, k], the answered question's concepts, −1 as padding.
        at_seconds: float64 [n], UTC seconds; NaN where unknown.
        mastery: float32 [n], the tracer's P(correct).
        guess: float32 [n], P(correct) by guessing; NaN where it must be fitted.
        correct: float32 [n], credit in 0..1.
    """
    student = np.arange(len(concepts))
    cell = student[:, None], np.maximum(concepts, 0)
    attempts = practice.attempts[cell]
    return PracticeLog(
        concepts=concepts,
        elapsed_days=practice.elapsed_days(at_seconds)[cell],
        practised=(attempts > 0) & (concepts >= 0),
        attempts=attempts,
        credit=practice.credit[cell],
        spaced=practice.spaced[cell],
        mastery=mastery,
        guess=guess,
        correct=correct,
        student=student,
        memory=practice.memory[cell],
        student_effects=practice.student_effects,
    )
