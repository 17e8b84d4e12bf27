"""Rows of answers, as `preceptor.data.answers_table` reads them, to a bank and a log."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from preceptor.data.assemble import answer_ids, positions, revisions
from preceptor.data.bank_table import build_bank, log_questions
from preceptor.data.merge import time_order
from preceptor.data.reader import Imported, ReadOptions, Reject
from preceptor.domain import Bank, Log, question_id


def imported_rows(
    rows: pl.DataFrame,
    source: str,
    options: ReadOptions,
    *,
    known: Mapping[str, Mapping[str, str]] | None = None,
    notes: tuple[str, ...] = (),
    rejects: tuple[Reject, ...] = (),
) -> Imported:
    """Build what a reader returns; the bank holds what the rows say of their questions.

    Args:
        rows: The columns of `preceptor.data.answers_table.ROWS` and `file`, the index of the file a row stands in.
        source: Name of the data set.
        options: Takes `concept_separator` and `order`.
        known: Role → cell of the questions that exist; None if the rows are all there is.
        notes: What was decided so far.
        rejects: Rows that were left out.
    """
    questions = log_questions(rows, options.concept_separator)
    if known is not None:
        questions = {name: _joined(cells, questions.get(name, {})) for name, cells in known.items()}
    bank, unnamed = build_bank(source, questions, options.concept_separator)
    if unnamed == len(questions):
        notes += ("No concepts are named, so each question stands as its own KC.",)
    log, moved = log_of(rows, source, bank, by_time=options.order == "time")
    report = {"rows_read": len(log) + len(rejects), "rows_moved": moved, "rows_rejected": len(rejects)}
    report |= {"questions_without_concepts": unnamed, "rows_without_time": int(np.isnan(log.time_seconds).sum())}
    return Imported(bank, log, report, notes, rejects)


def log_of(rows: pl.DataFrame, source: str, bank: Bank, *, by_time: bool) -> tuple[Log, int]:
    """Build the log of rows.

    Args:
        rows: As for `imported_rows`.
        source: Name of the data set.
        bank: Holds every question that the rows name.
        by_time: Whether rows are sorted by time, where all rows of a student have one.

    Returns:
        The log, and how many rows changed their place in their student's history.
    """
    coded = _coded(rows, by_time)
    rows = coded.rows
    ids = [question_id(source, name) for name in coded.questions]
    correct = rows["correct"].to_numpy()
    time = rows["time"].fill_null(np.nan).to_numpy()
    parts = {"student": coded.student, "question": coded.question, "correct": correct, "time": time}
    parts |= {name: rows[name].to_numpy() for name in ("file", "place")}
    folds = rows.group_by("student", maintain_order=True).agg(pl.col("fold").drop_nulls().first())
    log = Log.of(
        coded.students,
        ids,
        student=coded.student,
        question=coded.question,
        correct=correct,
        event_id=answer_ids(source, coded.students, ids, parts),
        revision=revisions([bank.question[name] for name in ids], coded.question),
        time_seconds=time,
        duration_seconds=rows["duration"].fill_null(np.nan).to_numpy(),
        response=_texts(rows["response"]),
        student_fold=folds["fold"].fill_null(-1).to_numpy(),
    )
    return log, coded.moved


@dataclass(frozen=True, slots=True)
class _Coded:
    """Rows in the log's order with names as indices."""

    students: list[str]
    questions: list[str]
    student: NDArray[np.int64]
    question: NDArray[np.int64]
    rows: pl.DataFrame
    moved: int


def _coded(rows: pl.DataFrame, by_time: bool) -> _Coded:
    students, student = _codes(rows["student"])
    questions, question = _codes(rows["question"])
    time = rows["time"].fill_null(np.nan).to_numpy()
    order = time_order(student, time if by_time else np.full(len(time), np.nan))
    if (np.diff(order) == 1).all():
        return _Coded(students, questions, student, question, rows, 0)
    moved = int((positions(student)[order] != positions(student[order])).sum())
    return _Coded(students, questions, student[order], question[order], rows[order], moved)


def _texts(column: pl.Series) -> NDArray[np.object_]:
    if column.null_count() == len(column):
        return np.full(len(column), "", dtype=object)
    return np.array(column.fill_null("").to_list(), dtype=object)


def _codes(column: pl.Series) -> tuple[list[str], NDArray[np.int64]]:
    """Names in order of first appearance, and every cell's index among them."""
    names = column.unique(maintain_order=True)
    return names.to_list(), column.cast(pl.Enum(names)).to_physical().cast(pl.Int64).to_numpy()


def _joined(cells: Mapping[str, str], from_log: Mapping[str, str]) -> dict[str, str]:
    """A question of the questions file; the log fills what the file leaves empty."""
    return {**from_log, **{role: cell for role, cell in cells.items() if cell}}
