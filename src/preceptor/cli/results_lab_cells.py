"""Cells of the page of what tutors teach."""

from collections.abc import Mapping
from typing import Any

from preceptor.cli.output import signed


def corrected(row: Mapping[str, Any]) -> str:
    """A difference with its interval after Holm's correction, and a star where that excludes 0."""
    low, high = (signed(end, 3) for end in row["holm_ci95"])
    star = "\\*" if row["holds"] else ""
    return f"{signed(row['mean'], 3)} ({low} to {high}){star}"


def estimated(estimate: Mapping[str, Any] | None, digits: int = 3) -> str:
    """A mean with its interval; a dash where there is none."""
    if estimate is None:
        return "–"
    low, high = estimate["ci95"]
    return f"{estimate['mean']:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"
