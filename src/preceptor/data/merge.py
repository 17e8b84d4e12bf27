"""The union of two logs."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from preceptor.domain import Log

_WEIGHTS = np.uint64(0x9E3779B97F4A7C15) ** np.arange(1, 6, dtype=np.uint64)
"""One for each four bytes of an event id; that sums of different ids seldom meet is all that is asked of them."""


def merge_logs(old: Log, new: Log) -> tuple[Log, int]:
    """Add the rows of `new` that `old` does not have, known by event id.

    A student all of whose rows have times gets them in order of time; every other student gets the old rows, then
    the new ones, each in their order.

    Args:
        old: The log as it is.
        new: The log to add; merging it again adds nothing.

    Returns:
        The union, and the number of rows added.
    """
    fresh = _fresh(old, new)
    if not old.student_ids and not old.question_ids:
        order = time_order(fresh.student, fresh.time_seconds)
        return (fresh if (np.diff(order) == 1).all() else fresh.take(order)), len(fresh)
    students = _union(old.student_ids, new.student_ids)
    questions = _union(old.question_ids, new.question_ids)
    student = np.r_[
        _indices(old.student_ids, students)[old.student], _indices(new.student_ids, students)[fresh.student]
    ]
    question = np.r_[
        _indices(old.question_ids, questions)[old.question], _indices(new.question_ids, questions)[fresh.question]
    ]
    time = np.r_[old.time_seconds, fresh.time_seconds]
    order = time_order(student, time)
    merged = Log.of(
        students,
        questions,
        student=student[order],
        question=question[order],
        correct=np.r_[old.correct, fresh.correct][order],
        event_id=np.r_[old.event_id, fresh.event_id][order],
        revision=np.r_[old.revision, fresh.revision][order],
        time_seconds=time[order],
        duration_seconds=np.r_[old.duration_seconds, fresh.duration_seconds][order],
        response=np.r_[old.response, fresh.response][order],
        student_fold=_folds(old, new, students),
    )
    return merged, len(fresh)


def time_order(student: NDArray[np.integer], time_seconds: NDArray[np.float64]) -> NDArray[np.int64]:
    """Order rows by student, then by time where all rows of the student have one, then as they come.

    Args:
        student: Student index of every row, from 0.
        time_seconds: Time of every row; NaN where unknown.
    """
    if not len(student):
        return np.empty(0, dtype=np.int64)
    untimed = np.bincount(student, weights=np.isnan(time_seconds)) > 0
    time = np.where(untimed[student], 0.0, time_seconds)
    step = np.diff(student)
    if (step >= 0).all() and ((step > 0) | (np.diff(time) >= 0)).all():
        return np.arange(len(student))
    return np.lexsort((time, student))  # stable, so that equal rows stay as they come


def _fresh(old: Log, new: Log) -> Log:
    """Rows of `new` that `old` does not have, each once."""
    if not len(old) and _surely_distinct(new.event_id):
        return new
    brought = pl.Series(new.event_id)
    wanted = brought.is_first_distinct()
    if len(old):
        wanted &= ~brought.is_in(pl.Series(old.event_id).implode())
    return new if wanted.all() else new.take(wanted.to_numpy())


def _surely_distinct(ids: NDArray[np.bytes_]) -> bool:
    """Whether ids have distinct sums and so are distinct; True is certain, False is not."""
    sums = np.ascontiguousarray(ids).view(np.uint32).reshape(-1, len(_WEIGHTS)).astype(np.uint64) @ _WEIGHTS
    sums.sort()
    return bool((sums[1:] != sums[:-1]).all())


def _union(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old, *new)))


def _folds(old: Log, new: Log, students: tuple[str, ...]) -> NDArray[np.int16]:
    """Folds of the union; one that was assigned before stays."""
    folds = np.full(len(students), -1, dtype=np.int16)
    folds[_indices(new.student_ids, students)] = new.student_fold
    assigned = np.flatnonzero(old.student_fold >= 0)  # the union begins with the old students
    folds[assigned] = old.student_fold[assigned]
    return folds


def _indices(names: tuple[str, ...], union: tuple[str, ...]) -> NDArray[np.int64]:
    index = {name: i for i, name in enumerate(union)}
    return np.array([index[name] for name in names], dtype=np.int64)
