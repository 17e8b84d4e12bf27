"""Cells to values; a cell that cannot be read is marked, never guessed."""

from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import polars as pl
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_WORDS = {"true": "1", "correct": "1", "yes": "1", "false": "0", "incorrect": "0", "wrong": "0", "no": "0"}
# The usual form, which is read a column at a time; other ISO 8601 texts are read one by one.
_PLAIN_TIME = r"^[12]\d{3}-\d\d-\d\d[T ]\d\d:\d\d:[0-5]\d(\.\d{1,6})?$"
_MILLISECONDS_FROM = 1e11  # as seconds this is the year 5138, as milliseconds 1973


def texts(column: pl.Series) -> pl.Series:
    """Cells as text without outer spaces; whole floats lose their ".0", empty cells become null."""
    if column.dtype.is_float() and bool((column.drop_nulls().fill_nan(0) % 1 == 0).all()):
        column = column.fill_nan(None).cast(pl.Int64)
    stripped = column.cast(pl.String).str.strip_chars()
    return stripped.set(stripped == "", None)


def numbers(column: pl.Series) -> tuple[Floats, Mask]:
    """Cells as finite numbers.

    Returns:
        The numbers, NaN where there is none; and a mask of the cells that hold something else than a number.
    """
    cells = texts(column) if column.dtype == pl.String else column
    values = cells.cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy()
    empty = cells.is_null().to_numpy() | (cells.is_nan().to_numpy() if cells.dtype.is_float() else False)
    finite = np.isfinite(values)
    return np.where(finite, values, np.nan), ~finite & ~empty


def credit(column: pl.Series) -> tuple[Floats, Mask]:
    """Cells as credit: numbers in 0..1, true and false, correct and incorrect.

    Returns:
        The credit, and a mask of the cells that are none (empty ones too).
    """
    if column.dtype == pl.String:
        column = texts(column).str.to_lowercase().replace(_WORDS)
    values, _ = numbers(column)
    bad = ~((values >= 0) & (values <= 1))
    return values, bad


def times(column: pl.Series, unit: str | None) -> tuple[Floats, Mask, str]:
    """Cells as UTC seconds: dates and times of a Parquet file, epoch numbers or ISO 8601 texts (UTC unless they say).

    Args:
        column: The cells; empty ones are unknown times.
        unit: Unit of epoch numbers, "s" or "ms"; None to guess it from their size.

    Returns:
        The times, NaN where unknown; a mask of the cells that are no time; what was guessed, or an empty text.
    """
    if column.dtype in (pl.Date, pl.Datetime):
        seconds = column.dt.epoch("us").cast(pl.Float64) / 1e6
        return seconds.fill_null(np.nan).to_numpy(), np.zeros(len(column), dtype=bool), ""
    values, bad = numbers(column)
    if column.dtype == pl.String and bad.sum() > np.isfinite(values).sum():
        return *_iso_times(texts(column)), ""
    known = values[~np.isnan(values)]
    guess = ""
    if unit is None and len(known):
        unit = "ms" if np.median(known) >= _MILLISECONDS_FROM else "s"
        guess = f"took the times as {'milliseconds' if unit == 'ms' else 'seconds'} since 1970"
    return values / (1000 if unit == "ms" else 1), bad, guess


def _iso_times(cells: pl.Series) -> tuple[Floats, Mask]:
    plain = cells.set(~cells.str.contains(_PLAIN_TIME).fill_null(False), None).str.replace("T", " ", literal=True)
    moments = plain.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us", strict=False)
    seconds = (moments.dt.epoch("us").cast(pl.Float64) / 1e6).fill_null(np.nan).to_numpy(writable=True)
    bad = np.zeros(len(cells), dtype=bool)
    for row in np.flatnonzero((moments.is_null() & cells.is_not_null()).to_numpy()).tolist():
        value = _iso_time(cells[row])
        bad[row] = value is None
        seconds[row] = np.nan if value is None else value
    return seconds, bad


def _iso_time(cell: str) -> float | None:
    try:
        moment = datetime.fromisoformat(cell.removesuffix(" UTC"))
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


class Checks:
    """Collects what is wrong with the rows of one file; the first reason of a row stands.

    Args:
        rows: Number of rows.
    """

    def __init__(self, rows: int) -> None:
        self.bad: Mask = np.zeros(rows, dtype=bool)
        self.reasons: dict[int, str] = {}

    def add(self, wrong: Mask, reason: Callable[[int], str]) -> None:
        """Mark rows.

        Args:
            wrong: Mask of the rows that fail this check.
            reason: Says why, for the index of a row.
        """
        for row in np.flatnonzero(wrong & ~self.bad).tolist():
            self.reasons[row] = reason(row)
        self.bad |= wrong
