"""Ids of many answers at once."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
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


def answer_ids(
    source: str, student_ids: Sequence[str], question_ids: Sequence[str], rows: Mapping[str, NDArray[Any]]
) -> NDArray[np.bytes_]:
    """Event ids that an answer keeps when its file is mended, grows or is renamed.

    An answer with a time is known by its student, question, credit and time; equal answers of one file are
    numbered. An answer without a time is known by its place among the student's rows instead; where files read
    together hold an equal answer in the same place, these are numbered too, so that none is lost.

    Args:
        source: Name of the data set.
        student_ids: Names behind `student`.
        question_ids: Names behind `question`.
        rows: `student`, `question`, `file` and `place` as int64, `correct` and `time` (NaN where unknown) as float64,
            all [answers].
    """
    timed = ~np.isnan(rows["time"])
    when = [
        f"@{seconds!r}" if known else "" for seconds, known in zip(rows["time"].tolist(), timed.tolist(), strict=True)
    ]
    credit = [f"{value:g}" for value in np.asarray(rows["correct"], dtype=np.float32).tolist()]
    place = np.where(timed, rows["file"], rows["place"])
    keys = zip(rows["student"].tolist(), rows["question"].tolist(), credit, when, place.tolist(), strict=True)
    number = _occurrences(keys)
    asked = [
        question_ids[q] + (at or (f"#{n}" if n else ""))
        for q, at, n in zip(rows["question"].tolist(), when, number, strict=True)
    ]
    names = {name: i for i, name in enumerate(dict.fromkeys(asked))}
    position = np.where(timed, number, rows["place"])
    question = np.array([names[name] for name in asked], dtype=np.int64)
    return event_ids(source, student_ids, list(names), rows["student"], position, question, rows["correct"])


def _occurrences(keys: Iterable[Hashable]) -> list[int]:
    """How many equal keys came before each."""
    seen: Counter[Hashable] = Counter()
    found = []
    for key in keys:
        found.append(seen[key])
        seen[key] += 1
    return found


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
