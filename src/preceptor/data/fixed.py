"""Answer tables whose format fixes the names of their columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from preceptor.data.answers_table import ROWS, read_answers
from preceptor.data.cells import texts
from preceptor.data.frames import Table, load_table
from preceptor.data.problems import Problem, settle
from preceptor.data.reader import ReadOptions, Reject
from preceptor.domain import UserError, unknown_name

Faults = Callable[[pl.DataFrame], Mapping[int, str]]
"""Rows → number of a row in its file, from 0 → what is wrong with it."""


def read_fixed(
    files: Sequence[Path],
    columns: Mapping[str, str],
    options: ReadOptions,
    *,
    more: Sequence[str] = (),
    faults: Faults | None = None,
) -> tuple[pl.DataFrame, tuple[Reject, ...]]:
    """Read files of answers as one.

    Args:
        files: Tables of one format.
        columns: Role (see `preceptor.data.answers_table.ROWS`) → the column that plays it; other roles stay empty.
        options: Takes `encoding` and `on_bad_row`; numbers for times are seconds.
        more: Columns to keep as text under their own names.
        faults: Finds what else is wrong with the rows of one file.

    Returns:
        The good rows with the columns of `ROWS`, `file` (index into `files`) and those of `more`; and the bad rows.

    Raises:
        UserError: If columns are missing, rows are bad or there are none.
    """
    parts: list[pl.DataFrame] = []
    problems: list[Problem] = []
    for number, path in enumerate(files):
        table = load_table(path, options.encoding)
        require_columns(table, (*columns.values(), *more))
        rows, found, _ = read_answers(table, replace(options, columns=columns, time_unit="s"))
        rows = rows.with_columns(pl.lit(None, kind).alias(role) for role, kind in _unplayed(columns).items())
        rows = rows.with_columns(texts(table.frame[name]).gather(rows["row"]).alias(name) for name in more)
        wrong = faults(rows) if faults else {}
        problems += sorted([*found, *table.problem(wrong.items())], key=lambda problem: problem.row)
        parts.append(rows.filter(~pl.col("row").is_in(list(wrong))).with_columns(file=pl.lit(number, pl.Int64)))
    rejects = settle(problems, options.on_bad_row)
    rows = pl.concat(parts)
    if rows.is_empty():
        raise UserError(f"{files[0]} holds no answers.", allowed="at least one row below the header")
    return rows, rejects


def require_columns(table: Table, names: Sequence[str]) -> None:
    """Refuse a table that lacks a column.

    Raises:
        UserError: Naming the column and those that are there.
    """
    for name in names:
        if name not in table.frame.columns:
            raise unknown_name(f"column in {table.path}", name, table.frame.columns)


def _unplayed(columns: Mapping[str, str]) -> dict[str, pl.DataType]:
    return {role: kind for role, kind in ROWS.items() if role not in ("row", "place", *columns)}
