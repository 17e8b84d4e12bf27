"""`preceptor report`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from preceptor.cli.options import CoursePath, Json
from preceptor.cli.output import emit, progress
from preceptor.course import Course
from preceptor.evaluate import check_folder
from preceptor.workflow.clock import system_clock
from preceptor.workflow.reporting import report


def run(
    course: CoursePath,
    out: Annotated[str, typer.Option(metavar="FILE", help="Where to; empty: report.html in the course.")] = "",
    json_output: Json = False,
) -> None:
    """Write everything that was measured on a course as one HTML file.

    Nothing is measured for it: every figure comes from a run file, to which it
    links. The file needs no network and prints well.
    """
    if out:
        check_folder(Path(out))
    with progress(json_output) as told:
        told("Report", 0, 1)
        found = report(Course.open(course), Path(out) if out else None, system_clock())
        told("Report", 1, 1)
    emit(found, json_output, lambda shown: _render(shown, found))


def _render(out: Console, found: dict[str, Any]) -> None:
    out.print(f"Report on {found['course']}: {found['report']}")
    out.print(f"Run files: {sum(found['runs'].values())}, on earlier data: {found['earlier']}.")
