"""Ids of many answers at once."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Question
from preceptor.domain.identity import ID_BYTES


def positions(student: NDArray[Any]) -> NDArray[np.int64]:
    """Index of every row within its student, from 0.

    Args:
        student: Student indices in any order.
    """
    order = np.argsort(student, kind="stable")
    sorted_student = student[order]
    starts = np.flatnonzero(np.r_[True, sorted_student[1:] != sorted_student[:-1]])
    lengths = np.diff(np.r_[starts, len(student)])
    result = np.empty(len(student), dtype=np.int64)
    result[order] = np.arange(len(student)) - np.repeat(starts, lengths)
    return result


def event_ids(
    source: str,
    student_ids: Sequence[str],
    question_ids: Sequence[str],
    student: NDArray[Any],
    position: NDArray[Any],
    question: NDArray[Any],
    correct: NDArray[Any],
) -> NDArray[np.bytes_]:
    """`preceptor.domain.event_id` of many rows; every distinct part is encoded once.

    Args:
        source: Name of the data set.
        student_ids: Names behind `student`.
        question_ids: Names behind `question`.
        student: Student index of every row.
        position: Index of every row in its student's history.
        question: Question index of every row.
        correct: Credit of every row.
    """
    prefixes = [_part(source) + _part(name) for name in student_ids]
    places = [_part(str(i)) for i in range(int(position.max(initial=-1)) + 1)]
    questions = [_part(name) for name in question_ids]
    # The same single precision as the log's, so that an id can be computed again from a stored row.
    credit = np.asarray(correct, dtype=np.float32).tolist()
    credit_parts = {value: _part(f"{value:g}") for value in set(credit)}
    ids = [
        blake2b(prefixes[s] + places[p] + questions[q] + credit_parts[c], digest_size=ID_BYTES).hexdigest()
        for s, p, q, c in zip(student.tolist(), position.tolist(), question.tolist(), credit, strict=True)
    ]
    return np.array(ids, dtype="S20")


def revisions(questions: Sequence[Question], question: NDArray[Any]) -> NDArray[np.bytes_]:
    """Revision of every row's question.

    Args:
        questions: The questions behind the indices.
        question: Question index of every row.
    """
    codes: NDArray[np.bytes_] = np.array([entry.revision for entry in questions], dtype="S21")
    return codes[np.asarray(question, dtype=np.int64)]


def _part(text: str) -> bytes:
    encoded = text.encode()
    return b"%d:%s" % (len(encoded), encoded)
