"""Ids of many answers at once."""

from binascii import hexlify
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from preceptor.domain import Question
from preceptor.domain.identity import ID_BYTES

_CHUNK = 125_000
_PLAIN_BELOW = 1e16  # larger numbers are written with an exponent


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
    names = pl.Series(question_ids, dtype=pl.String)
    return _hashed(source, student_ids, student, position, lambda part: names.gather(question[part]), correct)


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
    place = np.where(timed, rows["file"], rows["place"])
    number = _occurrences(rows, timed, place)
    names = pl.Series(question_ids, dtype=pl.String)

    def asked(part: slice) -> pl.Series:
        return names.gather(rows["question"][part]) + _apart(rows["time"][part], timed[part], number[part])

    position = np.where(timed, number, rows["place"])
    return _hashed(source, student_ids, rows["student"], position, asked, rows["correct"])


def _apart(time: NDArray[np.float64], timed: NDArray[np.bool_], number: NDArray[np.int64]) -> pl.Series:
    """What tells answers to one question apart: `@` and the time, or `#` and the number of an untimed repetition."""
    at = _when(time, timed)
    repeated = ~timed & (number > 0)
    if not repeated.any():
        return at
    return at.set(pl.Series(repeated), None).fill_null("#" + pl.Series(number).cast(pl.String))


def _when(time: NDArray[np.float64], timed: NDArray[np.bool_]) -> pl.Series:
    """`@` and what `repr` writes of every known time; empty text for the others."""
    whole = timed & (np.floor(time) == time) & (np.abs(time) < _PLAIN_BELOW) & ~((time == 0) & np.signbit(time))
    seconds = pl.Series(np.where(whole, time, 0).astype(np.int64)).cast(pl.String)
    at = ("@" + seconds + ".0").set(~pl.Series(timed), "")
    other = np.flatnonzero(timed & ~whole)
    return at.scatter(other, [f"@{value!r}" for value in time[other].tolist()]) if len(other) else at


def _hashed(
    source: str,
    student_ids: Sequence[str],
    student: NDArray[Any],
    position: NDArray[Any],
    asked: Callable[[slice], pl.Series],
    correct: NDArray[Any],
) -> NDArray[np.bytes_]:
    """Hash source, student, position, question and credit of every row as `preceptor.domain.digest` does."""
    prefixes = pl.Series([_part(source) + _part(name) for name in student_ids], dtype=pl.String)
    places = pl.Series([_part(str(i)) for i in range(int(position.max(initial=-1)) + 1)], dtype=pl.String)
    texts, credit = _credits(correct)
    credit_parts = pl.Series([_part(text) for text in texts], dtype=pl.String)

    def hexadecimal(begin: int) -> bytes:
        rows = slice(begin, begin + _CHUNK)
        parts = pl.DataFrame(
            {
                "prefix": prefixes.gather(student[rows]),
                "place": places.gather(position[rows]),
                "question": asked(rows),
                "credit": credit_parts.gather(credit[rows]),
            }
        )
        length = pl.col("question").str.len_bytes().cast(pl.String)
        joined = pl.concat_str("prefix", "place", length, pl.lit(":"), "question", "credit").cast(pl.Binary)
        contents = parts.select(joined).to_series().to_list()
        return hexlify(b"".join([blake2b(content, digest_size=ID_BYTES).digest() for content in contents]))

    with ThreadPoolExecutor(2) as workers:  # while one chunk is hashed, the next one's texts are joined
        chunks = list(workers.map(hexadecimal, range(0, len(student), _CHUNK)))
    return np.frombuffer(b"".join(chunks), dtype=f"S{2 * ID_BYTES}")


def _occurrences(rows: Mapping[str, NDArray[Any]], timed: NDArray[np.bool_], place: NDArray[Any]) -> NDArray[np.int64]:
    """How many rows with the same student, question, credit, time and place came before each."""
    columns = {
        "asked": rows["student"] * (rows["question"].max(initial=0) + 1) + rows["question"],
        # The bits, because text tells −0.0 from 0.0 and numbers do not.
        "time": np.where(timed, rows["time"], np.nan).view(np.int64),
        "place": place,
    }
    varying = {name: column for name, column in columns.items() if (column[1:] != column[:-1]).any()}
    frame = pl.DataFrame(varying or columns)
    number = np.zeros(len(frame), dtype=np.int64)
    doubtful = np.flatnonzero(frame.is_duplicated().to_numpy())
    texts, credit = _credits(rows["correct"][doubtful])  # rare rows, so that credit is looked at only here
    same = frame[doubtful].with_columns(credit=pl.Series(texts, dtype=pl.String).gather(credit))
    number[doubtful] = same.select(pl.int_range(pl.len()).over(same.columns)).to_series().to_numpy()
    return number


def revisions(questions: Sequence[Question], question: NDArray[Any]) -> NDArray[np.bytes_]:
    """Revision of every row's question.

    Args:
        questions: The questions behind the indices.
        question: Question index of every row.
    """
    codes: NDArray[np.bytes_] = np.array([entry.revision for entry in questions], dtype="S21")
    return codes[np.asarray(question, dtype=np.int64)]


def _credits(correct: NDArray[Any]) -> tuple[list[str], NDArray[np.int64]]:
    """Credit as it stands in ids, and the index of every row's among them."""
    # The same single precision as the log's, so that an id can be computed again from a stored row.
    values, credit = np.unique(np.asarray(correct, dtype=np.float32), return_inverse=True)
    return [f"{value:g}" for value in values.tolist()], credit


def _part(text: str) -> str:
    return f"{len(text.encode())}:{text}"
