"""`preceptor forms`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from preceptor.cli.options import Json
from preceptor.cli.output import emit
from preceptor.language import LANGUAGES
from preceptor.workflow.forms import write_forms


def run(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the tables go.")],
    items: Annotated[int, typer.Option(help="Items of each concept in each form, 1 to 30.")] = 30,
    concept: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="A concept to test; may be given again. None: all.")
    ] = None,
    language: Annotated[str, typer.Option(help=f"One of: {', '.join(LANGUAGES)}.")] = "en",
    json_output: Json = False,
) -> None:
    """Write the parallel test forms A, B and C of the built-in course, with their keys apart.

    Item k of every form has the same concept, family and difficulty, with other numbers. No item is in the bank that
    students practise on, so a pretest and a posttest measure what was learnt.
    """
    result = write_forms(out, items, concept or (), language)
    emit(result, json_output, lambda console: _render(console, result))


def _render(out: Console, result: dict[str, Any]) -> None:
    items, concepts = (_count(result[name], name) for name in ("items", "concepts"))
    out.print(
        f"Forms A, B and C in {result['folder']}: {items} each on {concepts}. "
        "The tables that end in “-keys” are for you."
    )


def _count(number: int, plural: str) -> str:
    return f"{number:,} {plural if number != 1 else plural.removesuffix('s')}"
