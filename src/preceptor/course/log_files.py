"""The log as Parquet: names once, rows in buckets of students."""

import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from preceptor.course.parquet import read_frame, write_frame
from preceptor.domain import Log

BUCKETS = 16
AT_ONCE = 2
"""Buckets that are written at the same time."""
_NUMBERS = ("student", "question", "correct", "time_seconds", "duration_seconds")
_CODES = ("event_id", "revision")


def log_version(log: Log) -> str:
    """Hash of everything a log holds."""
    state = blake2b(digest_size=10)
    for names in (log.student_ids, log.question_ids, log.response.tolist()):
        state.update(json.dumps(names).encode())
    for column in (*_NUMBERS, *_CODES, "student_fold"):
        state.update(np.ascontiguousarray(getattr(log, column)).tobytes())
    return state.hexdigest()


def student_bucket(student_id: str) -> int:
    """The bucket that holds all rows of a student, 0 to 15."""
    return blake2b(student_id.encode(), digest_size=1).digest()[0] % BUCKETS


def write_log(folder: Path, log: Log) -> None:
    """Write a log into an empty folder.

    Raises:
        OSError: If it cannot be written.
    """
    students = {"student_id": pl.Series(log.student_ids, dtype=pl.String), "fold": log.student_fold}
    write_frame(folder / "students.parquet", pl.DataFrame(students))
    questions = {"question_id": pl.Series(log.question_ids, dtype=pl.String)}
    write_frame(folder / "questions.parquet", pl.DataFrame(questions))
    bucket_of_student = np.array([student_bucket(name) for name in log.student_ids], dtype=np.int64)
    bucket_of_row = bucket_of_student[log.student]

    def write(bucket: int) -> None:
        write_frame(_bucket_path(folder, bucket), _frame(log.take(np.flatnonzero(bucket_of_row == bucket))))

    with ThreadPoolExecutor(AT_ONCE) as workers:  # while one compresses, another waits for the disk
        list(workers.map(write, range(BUCKETS)))


def read_log(folder: Path) -> Log:
    """Read a log; it equals the one that was written.

    Raises:
        FileNotFoundError: If a file is not there.
        UserError: If a file is damaged.
    """
    students = read_frame(folder / "students.parquet")
    questions = read_frame(folder / "questions.parquet")
    rows = pl.concat([read_frame(_bucket_path(folder, bucket)) for bucket in range(BUCKETS)])
    # A student's rows lie in one bucket in order, so a stable sort by student restores the whole order.
    order = np.argsort(rows["student"].to_numpy(), kind="stable")
    columns: dict[str, NDArray[Any]] = {name: rows[name].to_numpy()[order] for name in _NUMBERS}
    columns |= {name: np.array(rows[name].to_list(), dtype="S21")[order] for name in _CODES}
    return Log.of(
        students["student_id"].to_list(),
        questions["question_id"].to_list(),
        **columns,
        response=np.array(rows["response"].to_list(), dtype=object)[order],
        student_fold=students["fold"].to_numpy(),
    )


def _frame(log: Log) -> pl.DataFrame:
    columns: dict[str, Any] = {name: getattr(log, name) for name in _NUMBERS}
    columns |= {name: pl.Series(getattr(log, name).tolist(), dtype=pl.Binary) for name in _CODES}
    return pl.DataFrame(columns | {"response": pl.Series(log.response.tolist(), dtype=pl.String)})


def _bucket_path(folder: Path, bucket: int) -> Path:
    return folder / f"bucket-{bucket:02d}.parquet"
