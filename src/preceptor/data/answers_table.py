"""One file of answers: its columns read, its bad rows marked."""

from functools import partial

import numpy as np
import polars as pl

from preceptor.data.cells import Checks, credit, numbers, texts, times
from preceptor.data.columns import ANSWER_ROLES, assign_columns
from preceptor.data.doubts import LAST_TIME_SECONDS
from preceptor.data.frames import Table
from preceptor.data.problems import Problem
from preceptor.data.reader import ReadOptions
from preceptor.data.students import name_fault

ROWS = pl.Schema(
    {
        "row": pl.Int64(),
        "place": pl.Int64(),
        "student": pl.String(),
        "question": pl.String(),
        "correct": pl.Float64(),
        "concepts": pl.String(),
        "time": pl.Float64(),
        "duration": pl.Float64(),
        "response": pl.String(),
        "fold": pl.Int64(),
        "text": pl.String(),
    }
)


def read_answers(table: Table, options: ReadOptions) -> tuple[pl.DataFrame, list[Problem], tuple[str, ...]]:
    """Read the answers of one file.

    Args:
        table: The file.
        options: Takes `columns` and `time_unit`.

    Returns:
        The good rows in the columns of `ROWS` (`place` counts the rows of the student in the file, bad ones too; times
        and durations in seconds, null where unknown), what is wrong with the others, and what was decided without
        asking.

    Raises:
        UserError: If a column is missing.
    """
    frame = table.frame
    roles, notes = _roles(table, options)
    checks = Checks(frame.height)
    columns: dict[str, pl.Series] = {"row": pl.int_range(frame.height, eager=True)}
    columns |= {role: texts(frame[column]) for role, column in roles.items() if ROWS[role] == pl.String}
    # The reader has said why; the first reason of a row stands.
    checks.add(np.isin(np.arange(frame.height), [problem.row - 1 for problem in table.problems]), lambda _: "")
    columns["place"] = (
        pl.select(pl.int_range(frame.height).alias("row"), columns["student"].alias("student"))
        .select(pl.int_range(pl.len()).over("student"))
        .to_series()
    )
    _check_students(columns["student"], checks)
    checks.add(columns["question"].is_null().to_numpy(), lambda _: "question is empty")
    columns["correct"] = _correct(frame[roles["correct"]], checks)
    if "time" in roles:
        columns["time"], guess = _time(frame[roles["time"]], options.time_unit, checks)
        notes += (f"{table.path.name}: {guess}.",) if guess else ()
    if "duration" in roles:
        columns["duration"] = _duration(frame[roles["duration"]], checks)
    if "fold" in roles:
        columns["fold"] = _fold(frame[roles["fold"]], checks)
    absent = [pl.lit(None, kind).alias(name) for name, kind in ROWS.items() if name not in columns]
    rows = pl.DataFrame(columns).with_columns(absent).select(ROWS.names())
    return rows.filter(pl.Series(~checks.bad)) if checks.bad.any() else rows, _problems(table, checks), notes


def _roles(table: Table, options: ReadOptions) -> tuple[dict[str, str], tuple[str, ...]]:
    """The column of every role; where there are concepts, questions may be absent."""
    assign = partial(assign_columns, table.path, table.frame.columns, options.columns, ANSWER_ROLES)
    roles, notes = assign(())
    if "question" not in roles and "concepts" in roles:
        roles["question"] = roles["concepts"]
        notes += (f"{table.path.name}: no question column, so each KC stands as the question.",)
    if not {"student", "question", "correct"} <= roles.keys():
        assign(("student", "correct") if "question" in roles else ("student", "question", "correct"))
    return roles, notes


def _check_students(column: pl.Series, checks: Checks) -> None:
    faults = {name: fault for name in column.unique() if (fault := name_fault(name or ""))}
    checks.add(column.fill_null("").is_in([name or "" for name in faults]).to_numpy(), lambda row: faults[column[row]])


def _problems(table: Table, checks: Checks) -> list[Problem]:
    """What is wrong, by row; blank lines of a text file and rows that its reader has named already are left out."""
    named = {problem.row - 1 for problem in table.problems}
    if table.text is not None:
        blank = table.frame.select(pl.all_horizontal(pl.all().is_null())).to_series()
        named |= set(blank.arg_true().to_list())
    found = table.problem((row, reason) for row, reason in checks.reasons.items() if row not in named)
    return sorted([*table.problems, *found], key=lambda problem: problem.row)


def _correct(column: pl.Series, checks: Checks) -> pl.Series:
    values, bad = credit(column)
    checks.add(bad, lambda row: f"correctness is {_shown(column, row)}, not in 0..1")
    return pl.Series(values)


def _time(column: pl.Series, unit: str | None, checks: Checks) -> tuple[pl.Series, str]:
    values, bad, guess = times(column, unit)
    checks.add(bad, lambda row: f"time is {_shown(column, row)}, neither ISO 8601 nor an epoch number")
    late = values >= LAST_TIME_SECONDS
    checks.add(late, lambda row: f"time is {_shown(column, row)}, which as seconds or milliseconds lies after 2100")
    return pl.Series(values).fill_nan(None), guess


def _duration(column: pl.Series, checks: Checks) -> pl.Series:
    values, bad = numbers(column)
    checks.add(bad | (values < 0), lambda row: f"duration is {_shown(column, row)}, not a number of seconds")
    return pl.Series(values).fill_nan(None)


def _fold(column: pl.Series, checks: Checks) -> pl.Series:
    values, bad = numbers(column)
    known = ~np.isnan(values)
    wrong = bad | (known & ((values < 0) | (values > 999) | (values % 1 != 0)))
    checks.add(wrong, lambda row: f"fold is {_shown(column, row)}, not a whole number in 0..999")
    return pl.Series(np.where(known & ~wrong, values, -1.0)).cast(pl.Int64)


def _shown(column: pl.Series, row: int) -> str:
    value = column[row]
    return "empty" if value is None or value == "" else repr(value)
