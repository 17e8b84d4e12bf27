"""`preceptor export`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from preceptor.cli.options import CoursePath, Json
from preceptor.cli.output import emit, progress, table
from preceptor.course import Course
from preceptor.domain import unknown_name
from preceptor.workflow.clock import system_clock
from preceptor.workflow.exporting import ExportResult, export_exrec

FORMATS = {"exrec": export_exrec}


def run(
    format_name: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of: {', '.join(FORMATS)}.")],
    course: CoursePath,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to make; never one that holds files.")],
    parts: Annotated[int, typer.Option(help="In how many files vectors of questions are written, 1 or 2.")] = 1,
    json_output: Json = False,
) -> None:
    """Export a course's bank, vectors and model as another system's files.

    What these files cannot hold is listed; nothing is changed without a word.
    """
    if format_name not in FORMATS:
        raise unknown_name("format", format_name, FORMATS)
    with progress(json_output) as report:
        result = FORMATS[format_name](Course.open(course), out, parts, system_clock(), report)
    emit(result, json_output, lambda console: _render(console, result))


def _render(out: Console, result: ExportResult) -> None:
    drawn = table(f"Exported into {result.folder}", "", "count")
    for name in ("questions", "concepts", "clusters", "links"):
        drawn.add_row(name, f"{getattr(result, name):,}")
    drawn.add_row("numbers of a vector", f"{result.vectors:,}" if result.vectors else "no vectors")
    drawn.add_row("model", result.model or "none")
    out.print(drawn)
    out.print(f"Files: {', '.join(result.files)}.")
    if result.lost:
        out.print("These files cannot hold:")
    for told in result.lost:
        out.print(f"· {told}")
