"""`preceptor import`."""

from pathlib import Path
from typing import Annotated, cast

import typer
from rich.console import Console

from preceptor.cli.options import Json
from preceptor.cli.output import emit, progress, table
from preceptor.data.reader import OnBadRow, Order, ReadOptions
from preceptor.data.registry import reader_names
from preceptor.domain import UserError
from preceptor.workflow.clock import system_clock
from preceptor.workflow.importing import ImportResult, import_data


def run(
    format_name: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of: {', '.join(reader_names())}.")],
    course: Annotated[Path, typer.Option(metavar="DIR", help="The course folder; made if it is new.")],
    sources: Annotated[
        list[Path] | None,
        typer.Argument(metavar="SOURCE...", help="Files or folders; none for `table` with `--bank` alone."),
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(metavar="ROLE=NAME", help="Which column plays a role, e.g. student=user_id.")
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML file with the same information.")] = None,
    bank: Annotated[
        Path | None, typer.Option(help="CSV of the questions that the log may name, or of questions without a log.")
    ] = None,
    concept_separator: Annotated[str, typer.Option(help="Separates concepts in one cell; empty: `;` or `~~`.")] = "",
    time_unit: Annotated[str, typer.Option(help="Unit of epoch times, `s` or `ms`; empty: guess and say so.")] = "",
    order: Annotated[str, typer.Option(help="`time` sorts by time; `file` declares the file's order.")] = "time",
    on_bad_row: Annotated[str, typer.Option(help="`fail` refuses the import; `skip` writes rejects.csv.")] = "fail",
    encoding: Annotated[str, typer.Option(help="Text encoding of the files.")] = "utf-8",
    source: Annotated[str, typer.Option(help="Name of the data set; part of every id.")] = "",
    keep_course: Annotated[
        list[str] | None, typer.Option("--only", metavar="NAME", help="Keep only this course of a collection.")
    ] = None,
    json_output: Json = False,
) -> None:
    """Import a question bank or a log of answers into a course.

    Importing the same files twice changes nothing; if anything is wrong, nothing is written.
    """
    options = ReadOptions(
        source=source,
        columns=_columns(column or []),
        mapping_file=mapping,
        bank_file=bank,
        concept_separator=concept_separator,
        time_unit=_one_of("--time-unit", time_unit, ("", "s", "ms")) or None,
        order=cast(Order, _one_of("--order", order, ("time", "file"))),
        on_bad_row=cast(OnBadRow, _one_of("--on-bad-row", on_bad_row, ("fail", "skip"))),
        encoding=encoding,
        courses=tuple(keep_course or ()),
    )
    with progress(json_output) as report:
        result = import_data(format_name, sources or [], course, options, system_clock(), report)
    emit(result_json(result), json_output, lambda out: _render(out, result, course))


def result_json(result: ImportResult) -> dict[str, object]:
    """The shape that `--json` prints."""
    return {
        **result.counts,
        "added": result.added,
        "report": dict(result.report),
        "notes": list(result.notes),
        "rejects": result.rejects,
        "rejects_file": str(result.rejects_file) if result.rejects_file else None,
        "self_graded": result.self_graded,
        "uncheckable": dict(result.uncheckable),
        "uncheckable_file": str(result.uncheckable_file) if result.uncheckable_file else None,
        "model": result.model,
        "seconds": result.seconds,
    }


def _render(out: Console, result: ImportResult, course: Path) -> None:
    drawn = table(f"Imported into {course}", "", "count")
    own = {"new interactions": result.added}
    if result.self_graded or result.uncheckable:
        own["questions read whose key grades itself"] = result.self_graded
    for name, count in {**result.counts, **own, **result.report}.items():
        drawn.add_row(name.replace("_", " "), f"{count:,}")
    out.print(drawn)
    for note in result.notes:
        out.print(f"· {note}")
    if result.model:
        out.print(f"· The model {result.model} came with it and serves now; its forgetting curve is not fitted.")
    if result.uncheckable_file:
        count = sum(result.uncheckable.values())
        out.print(f"· {count} questions cannot be checked and are never served; {result.uncheckable_file} says why.")
    if result.rejects_file:
        out.print(f"· {result.rejects} rows were left out; {result.rejects_file} says why.")


def _columns(given: list[str]) -> dict[str, str]:
    pairs = [entry.partition("=") for entry in given]
    wrong = [entry for entry, pair in zip(given, pairs, strict=True) if not (pair[0] and pair[2])]
    if wrong:
        raise UserError(f"--column is {wrong[0]!r}.", allowed="ROLE=NAME", mend="for example --column student=user_id")
    return {role: name for role, _, name in pairs}


def _one_of(option: str, given: str, allowed: tuple[str, ...]) -> str:
    if given not in allowed:
        raise UserError(f"{option} is {given!r}.", allowed=", ".join(name for name in allowed if name))
    return given
