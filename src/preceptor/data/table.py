"""The `table` format: any CSV, TSV or Parquet file with one answer a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from preceptor.data.answers_table import read_answers
from preceptor.data.assemble import answer_ids, positions, revisions
from preceptor.data.bank_table import build_bank, log_questions, read_questions
from preceptor.data.columns import check_options, with_mapping_file
from preceptor.data.frames import Table, files_of, load_table
from preceptor.data.merge import time_order
from preceptor.data.problems import Problem, settle
from preceptor.data.reader import Imported, ReadOptions
from preceptor.domain import Bank, Log, UserError, question_id

SOURCE = "table"


class TableReader:
    """Reads one answer a row; columns are named by the user, by a mapping file or by their usual names."""

    def read(self, sources: Sequence[Path], options: ReadOptions) -> Imported:
        """Read files or folders of answers.

        A file that was read before and has been mended, has grown or has another name brings only what is new, see
        `preceptor.data.assemble.answer_ids`.

        Args:
            sources: CSV, TSV or Parquet files, or folders of them; several are read as one log.
            options: Takes all but `courses`.

        Raises:
            UserError: If files, columns or rows are missing or wrong; bad rows are told together.
        """
        options = with_mapping_file(options)
        check_options(options)
        tables = [load_table(file, options.encoding) for source in sources for file in files_of(source)]
        known, notes = read_questions(options.bank_file, options) if options.bank_file else (None, ())
        read = [read_answers(table, options) for table in tables]
        rows = pl.concat([part.with_columns(file=pl.lit(i)) for i, (part, _, _) in enumerate(read)])
        late = [] if options.order == "time" else _out_of_order(rows)
        late += [] if known is None else _unknown_questions(rows, known)
        problems = [p for i, (_, found, _) in enumerate(read) for p in (*found, *_of_file(late, i, tables[i]))]
        rejects = settle(problems, options.on_bad_row)
        rows = _without(rows, late)
        if rows.is_empty():
            raise UserError(f"{sources[0]} holds no answers.", allowed="at least one row below the header")
        said = (*notes, *(note for _, _, part in read for note in part))
        return _imported(rows, known, options, said, rejects)


_Late = list[tuple[int, int, str]]  # file, row from 0, reason


def _out_of_order(rows: pl.DataFrame) -> _Late:
    """Rows whose time lies before an earlier row of the same student."""
    latest = pl.col("time").cum_max().over("student")
    late = rows.filter(pl.col("time") < latest).select("file", "row", "student")
    return [(f, r, f"time lies before an earlier row of student {s}") for f, r, s in late.iter_rows()]


def _unknown_questions(rows: pl.DataFrame, known: dict[str, Any]) -> _Late:
    unknown = rows.filter(~pl.col("question").is_in(list(known))).select("file", "row", "question")
    return [(f, r, f"question {q!r} is not in the questions file") for f, r, q in unknown.iter_rows()]


def _of_file(late: _Late, file: int, table: Table) -> list[Problem]:
    return table.problem((row, reason) for of, row, reason in late if of == file)


def _without(rows: pl.DataFrame, late: _Late) -> pl.DataFrame:
    if not late:
        return rows
    gone = pl.DataFrame([(f, r) for f, r, _ in late], schema={"file": pl.Int32, "row": pl.Int64}, orient="row")
    return rows.join(gone, on=["file", "row"], how="anti", maintain_order="left")


@dataclass(frozen=True, slots=True)
class _Coded:
    """Rows in the log's order with names as indices."""

    students: list[str]
    questions: list[str]
    student: NDArray[np.int64]
    question: NDArray[np.int64]
    rows: pl.DataFrame
    moved: int


def _imported(
    rows: pl.DataFrame,
    known: dict[str, dict[str, str]] | None,
    options: ReadOptions,
    notes: tuple[str, ...],
    rejects: tuple[Any, ...],
) -> Imported:
    source = options.source or SOURCE
    questions = log_questions(rows, options.concept_separator)
    if known is not None:
        questions = {name: _joined(cells, questions.get(name, {})) for name, cells in known.items()}
    bank, unnamed = build_bank(source, questions, options.concept_separator)
    if unnamed == len(questions):
        notes += ("No concepts are named, so each question stands as its own KC.",)
    coded = _coded(rows, options.order == "time")
    log = _log(coded, source, bank)
    report = {"rows_read": len(log) + len(rejects), "rows_moved": coded.moved, "rows_rejected": len(rejects)}
    report |= {"questions_without_concepts": unnamed, "rows_without_time": int(np.isnan(log.time_seconds).sum())}
    return Imported(bank, log, report, notes, rejects)


def _joined(cells: dict[str, str], from_log: dict[str, str]) -> dict[str, str]:
    """A question of the questions file; the log fills what the file leaves empty."""
    return from_log | {role: cell for role, cell in cells.items() if cell}


def _coded(rows: pl.DataFrame, by_time: bool) -> _Coded:
    students, student = _codes(rows["student"])
    questions, question = _codes(rows["question"])
    time = rows["time"].fill_null(np.nan).to_numpy()
    order = time_order(student, time if by_time else np.full(len(time), np.nan))
    moved = int((positions(student)[order] != positions(student[order])).sum())
    return _Coded(students, questions, student[order], question[order], rows[order], moved)


def _codes(column: pl.Series) -> tuple[list[str], NDArray[np.int64]]:
    """Names in order of first appearance, and every cell's index among them."""
    names = column.unique(maintain_order=True)
    return names.to_list(), column.cast(pl.Enum(names)).to_physical().cast(pl.Int64).to_numpy()


def _log(coded: _Coded, source: str, bank: Bank) -> Log:
    rows = coded.rows
    ids = [question_id(source, name) for name in coded.questions]
    correct = rows["correct"].to_numpy()
    time = rows["time"].fill_null(np.nan).to_numpy()
    parts = {"student": coded.student, "question": coded.question, "correct": correct, "time": time}
    parts |= {name: rows[name].to_numpy() for name in ("file", "place")}
    folds = rows.group_by("student", maintain_order=True).agg(pl.col("fold").drop_nulls().first())
    return Log.of(
        coded.students,
        ids,
        student=coded.student,
        question=coded.question,
        correct=correct,
        event_id=answer_ids(source, coded.students, ids, parts),
        revision=revisions([bank.question[name] for name in ids], coded.question),
        time_seconds=time,
        duration_seconds=rows["duration"].fill_null(np.nan).to_numpy(),
        response=np.array(rows["response"].fill_null("").to_list(), dtype=object),
        student_fold=folds["fold"].fill_null(-1).to_numpy(),
    )
