"""How long ago: the gap before every answer and the buckets that gaps are counted in."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log
from preceptor.forgetting import PracticeLog

BUCKETS = ("< 1 h", "< 1 d", "< 7 d", "< 30 d", "more")
"""Buckets of gaps; each begins where the one before it ends."""

ENDS_DAYS = (1 / 24, 1.0, 7.0, 30.0)
FIRST = "first encounter"
SITTING_PAUSE_SECONDS = 3600.0
"""A longer pause ends a sitting."""


@dataclass(frozen=True)
class Gaps:
    """When every answer of a log was given, seen from the student's earlier answers.

    Args:
        log: A log with a time on every row.
        seen: The same answers with what was practised before them.
    """

    log: Log
    seen: PracticeLog

    @cached_property
    def days(self) -> NDArray[np.float64]:
        """float64 [rows], days since the question's concepts were last practised; NaN at a first encounter.

        Of several concepts the one practised last counts.
        """
        known = np.where(self.seen.practised, self.seen.elapsed_days, np.inf).min(axis=1)
        return np.where(np.isinf(known), np.nan, known)

    @cached_property
    def bucket(self) -> NDArray[np.int64]:
        """int64 [rows], index into `BUCKETS`; −1 at a first encounter."""
        return np.where(np.isnan(self.days), -1, np.digitize(np.nan_to_num(self.days), ENDS_DAYS))

    @cached_property
    def sitting_position(self) -> NDArray[np.int64]:
        """int64 [rows], index of the answer in its sitting, from 0."""
        pause = np.diff(self.log.time_seconds, prepend=-np.inf)
        starts = (pause > SITTING_PAUSE_SECONDS) | (self.log.position == 0)
        rows = np.arange(len(self.log))
        return rows - np.maximum.accumulate(np.where(starts, rows, 0))

    @cached_property
    def month(self) -> NDArray[np.int64]:
        """int64 [rows], calendar month 0..11 in UTC."""
        months = (self.log.time_seconds * 1000).astype("datetime64[ms]").astype("datetime64[M]")
        return months.astype(np.int64) % 12

    @cached_property
    def average(self) -> dict[str, NDArray[np.float64]]:
        """Mean over each question's concepts: `right` and `wrong`, ln(1 + earlier right or wrong answers)."""
        real = self.seen.concepts >= 0
        wrong = np.maximum(self.seen.attempts - self.seen.credit, 0)
        share = real / np.maximum(real.sum(axis=1, keepdims=True), 1)
        return {
            "right": (np.log1p(self.seen.credit, dtype=np.float64) * share).sum(axis=1),
            "wrong": (np.log1p(wrong, dtype=np.float64) * share).sum(axis=1),
        }

    def after(self, days: float) -> NDArray[np.bool_]:
        """Bool [rows], whether the gap is at least this long."""
        return np.asarray(np.nan_to_num(self.days, nan=-1.0) >= days)
