"""One sequence file of pyKT: rows of comma-joined lists, padded with −1, to one row an entry."""

from collections.abc import Callable

import numpy as np
import polars as pl
from numpy.typing import NDArray

from preceptor.data.cells import Checks
from preceptor.data.fixed import require_columns
from preceptor.data.frames import Table
from preceptor.data.problems import Problem
from preceptor.data.students import name_fault
from preceptor.domain import UserError

TEST_FOLD = 5
PADDING = "-1"
LISTS = ("questions", "concepts", "responses", "timestamps", "usetimes", "is_repeat")
_MS = 1000

Mask = NDArray[np.bool_]


def read_sequences(table: Table) -> tuple[pl.DataFrame, list[Problem]]:
    """Read the entries of a file.

    Args:
        table: The file; needs `fold`, `uid`, `responses` and one of `questions` and `concepts`.

    Returns:
        The entries of the good rows: `student`, `question`, `correct`, `time` and `duration` (seconds, null where
        unknown), `fold`, `kcs` (numbers joined by "_", null where the file has none), `repeat` (whether the entry
        repeats the one before for another KC), and empty `response`, `concepts`, `text`; and what is wrong with the
        other rows.

    Raises:
        UserError: If a column is missing.
    """
    require_columns(table, ("fold", "uid", "responses"))
    frame = table.frame
    lists = [name for name in LISTS if name in frame.columns and not _absent(frame[name])]
    if not {"questions", "concepts"} & set(lists):
        raise UserError(f"{table.path}, header: no column questions or concepts.", mend="look which file it is")
    checks = Checks(frame.height)
    checks.add(np.isin(np.arange(frame.height), [problem.row - 1 for problem in table.problems]), lambda _: "")
    _check_rows(frame, lists, checks)
    good = frame.with_row_index("row").filter(pl.Series(~checks.bad))
    entries = good.select("row", "uid", "fold", *(pl.col(name).str.split(",") for name in lists)).explode(lists)
    entries = entries.with_columns(pl.col(lists).str.strip_chars())
    entries = _values(entries.with_columns(padding=pl.col("responses") == PADDING), lists)
    _check_entries(entries, checks)
    entries = entries.filter(~pl.col("padding") & ~pl.col("row").is_in(list(checks.reasons)))
    reasons = {row: reason for row, reason in checks.reasons.items() if reason}
    problems = sorted([*table.problems, *table.problem(reasons.items())], key=lambda problem: problem.row)
    return entries.drop("padding", "row"), problems


def _absent(column: pl.Series) -> bool:
    """Whether the data set has nothing in this column, which pyKT writes as NA."""
    return len(column) > 0 and bool(column.eq_missing("NA").all())


def _check_rows(frame: pl.DataFrame, lists: list[str], checks: Checks) -> None:
    """Mark rows whose student, fold or lengths are wrong."""
    for name in ("uid", "fold", *lists):
        checks.add(frame[name].is_null().to_numpy(), _saying(f"{name} is empty"))
    students = frame["uid"].fill_null("")
    faults = {name: fault for name in students.unique() if (fault := name_fault(name.strip()))}
    checks.add(students.is_in(list(faults)).to_numpy(), lambda row: faults[students[row]])
    folds = frame["fold"].cast(pl.Int64, strict=False)
    outside = ~folds.is_between(-1, TEST_FOLD - 1).fill_null(False)
    checks.add(outside.to_numpy(), lambda row: f"fold is {frame['fold'][row]!r}, not one of -1 to {TEST_FOLD - 1}")
    counts = frame.select(pl.col(lists).str.count_matches(",", literal=True) + 1)
    shortest, longest = counts.min_horizontal(), counts.max_horizontal()
    checks.add(
        (shortest != longest).fill_null(False).to_numpy(),
        lambda row: "its lists have different lengths: " + ", ".join(f"{n} {counts[n][row]}" for n in lists),
    )


def _values(entries: pl.DataFrame, lists: list[str]) -> pl.DataFrame:
    """Entries in the columns of an answer; numbers that cannot be read become NaN."""

    def seconds(name: str) -> pl.Expr:
        if name not in lists:
            return pl.lit(None, pl.Float64)
        known = pl.when(pl.col(name) != "NA").then(pl.col(name))
        return known.cast(pl.Float64, strict=False).fill_null(pl.when(known.is_not_null()).then(np.nan)) / _MS

    asked = "questions" if "questions" in lists else "concepts"
    return entries.select(
        "row",
        "padding",
        student=pl.col("uid").str.strip_chars(),
        fold=pl.col("fold").cast(pl.Int64).replace(-1, TEST_FOLD),
        question=pl.col(asked),
        kcs=pl.col("concepts") if "concepts" in lists else pl.lit(None, pl.String),
        correct=pl.col("responses").cast(pl.Float64, strict=False),
        time=seconds("timestamps"),
        duration=seconds("usetimes"),
        repeat=(pl.col("is_repeat") == "1") if "is_repeat" in lists and asked == "questions" else pl.lit(False),
        response=pl.lit(None, pl.String),
        concepts=pl.lit(None, pl.String),
        text=pl.lit(None, pl.String),
    )


def _check_entries(entries: pl.DataFrame, checks: Checks) -> None:
    """Mark rows that hold an entry which is none."""
    before = pl.all_horizontal(
        pl.col(name) == pl.col(name).shift().over("row") for name in ("question", "correct")
    ).fill_null(pl.int_range(pl.len()).over("row") == 0)
    wrong: dict[str, pl.Expr] = {
        "padding stands between its answers": pl.col("padding").cast(pl.Int8).diff().over("row") < 0,
        "a response is not in 0..1": ~pl.col("correct").is_between(0, 1).fill_null(False),
        "an answer has no question": pl.col("question").is_in(["", PADDING]),
        "an answer has no KC": pl.col("kcs").is_in(["", PADDING]),
        "a timestamp is not a number of milliseconds": ~pl.col("time").is_finite(),
        "a use time is not a number of milliseconds": ~(pl.col("duration").is_finite() & (pl.col("duration") >= 0)),
        "is_repeat marks an answer that differs from the one before": pl.col("repeat") & ~before,
    }
    for reason, expression in wrong.items():
        real = pl.lit(True) if reason.startswith("padding") else ~pl.col("padding")
        rows = entries.filter(real & expression)["row"].unique()
        mask = np.isin(np.arange(len(checks.bad)), rows.to_numpy())
        checks.add(mask, _saying(reason))


def _saying(reason: str) -> Callable[[int], str]:
    return lambda _: reason
