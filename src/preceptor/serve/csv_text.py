"""The roster as CSV that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable

from preceptor.workflow.sheets import inert
from preceptor.workflow.views import RosterRow

COLUMNS = (
    "student_id",
    "display_name",
    "answers",
    "mean_recall",
    "reviews_due",
    "weakest",
    "last_active_days",
    "simulated",
)


def roster_csv(rows: Iterable[RosterRow]) -> str:
    """Write one line a student, RFC 4180.

    Text that a spreadsheet would take for a formula is preceded by an apostrophe.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for row in rows:
        last = "" if row.last_active_days is None else f"{row.last_active_days:.2f}"
        simulated = "yes" if row.simulated else "no"
        names = (inert(row.student_id), inert(row.display_name))
        writer.writerow((*names, row.answers, f"{row.mean_recall:.4f}", row.due, inert(row.weakest), last, simulated))
    return buffer.getvalue()
