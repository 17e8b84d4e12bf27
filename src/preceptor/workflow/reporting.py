"""A course's results as one page."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from preceptor.course import Course, explained, replace_file, run_files
from preceptor.evaluate import CourseFacts, RunFile, course_report
from preceptor.workflow.clock import Clock
from preceptor.workflow.published import COUNTED
from preceptor.workflow.status import status

REPORT_FILE = "report.html"


def report(course: Course, out: Path | None, clock: Clock) -> dict[str, Any]:
    """Write the page; nothing is measured for it.

    Args:
        course: The course.
        out: Where to; None for `report.html` in the course.
        clock: Says the day.

    Returns:
        `course`, `report` (the file), `runs` (run files it was made from, by command) and `earlier` (how many of these
        were made on other data than the course has now).

    Raises:
        UserError: If a run file is damaged, or the page cannot be written.
    """
    page = out or course.path / REPORT_FILE
    known = status(course)
    current = course.data_hash
    runs = [
        RunFile(_link(path, page.parent), record, record["data_hash"] != current) for path, record in run_files(course)
    ]
    facts = CourseFacts(
        known.name,
        str(course.path),
        {name: getattr(known, name) for name in COUNTED},
        known.simulated,
        known.notes,
        known.models,
        known.default_model,
        known.policies,
        datetime.fromtimestamp(clock.now(), UTC).date().isoformat(),
    )
    with explained("write", page):
        replace_file(page, course_report(facts, runs).encode())
    commands = [run.command for run in runs]
    return {
        "course": known.name,
        "report": str(page),
        "runs": {name: commands.count(name) for name in dict.fromkeys(commands)},
        "earlier": sum(run.earlier for run in runs),
    }


def _link(path: Path, folder: Path) -> str:
    """A run file seen from the page's folder, so that both can move together."""
    return quote(Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix())
