"""The pictures of the page of what tutors teach, from the same run files."""

from collections.abc import Mapping
from typing import Any

from preceptor.evaluate.interval_picture import Point, lines_picture, rows_picture
from preceptor.tutor.variants import DEFAULT_VARIANT as OURS

Run = Mapping[str, Any]
REFERENCE, OUTCOME = "random", "recall_day7"
POINTS = 100
"""Percentage points of a share."""
AXIS = f"percentage points of recall after 7 days, less {REFERENCE}"


def main_picture(family: str, run: Run) -> str:
    """True recall of every arm after 7 days, less that of random practice, as SVG."""
    rows = {
        row["arm"]: _point(row, row["holm_ci95"], int(row["arm"] == OURS))
        for row in run["differences"]
        if (row["reference"], row["outcome"]) == (REFERENCE, OUTCOME)
    }
    ordered = {arm: rows[arm] for arm in run["arms"] if arm in rows}
    return rows_picture(f"Tutors and controls, family {family}", AXIS, ordered)


def turns_picture(family: str, run: Run) -> str:
    """True recall gained by every arm after each number of turns, as SVG."""
    lines: dict[str, dict[float, Point]] = {arm: {} for arm in run["arms"]}
    for row in run["path"]:
        if row["turns"] and row["turns"] % 2 == 0:
            lines[row["arm"]][row["turns"]] = _point(row, row["ci95"])
    title, gained = f"By the number of turns, family {family}", "percentage points of recall gained, after 7 days"
    return lines_picture(title, "turns", gained, lines)


def sweep_picture(family: str, run: Run) -> str:
    """True recall of our tutor less that of random practice, at either end of every range, as SVG."""
    rows = {
        f"{row['parameter']} = {row['value']:g}" if row["parameter"] else "as fitted": _point(
            row, row["ci95"], int(not row["parameter"])
        )
        for row in run["sweep"]
        if (row["arm"], row["outcome"]) == (OURS, OUTCOME)
    }
    return rows_picture(f"{OURS} at the ends of ranges, family {family}", AXIS, rows)


PICTURES = {"main": main_picture, "turns": turns_picture, "sweep": sweep_picture, "loose": sweep_picture}
"""Design → its picture, one a family."""


def picture_name(design: str, family: str) -> str:
    """The file below docs/."""
    return f"images/lab-{design}-{family}.svg"


def _point(row: Run, ends: tuple[float, float], color: int = 0) -> Point:
    low, high = ends
    return Point(POINTS * row["mean"], POINTS * low, POINTS * high, color)
