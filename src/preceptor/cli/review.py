"""`preceptor review`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from preceptor.cli.options import CoursePath, Json
from preceptor.cli.output import emit, short, table
from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.workflow.clock import system_clock
from preceptor.workflow.review_files import export_review, import_review, review_of
from preceptor.workflow.review_room import AUTHOR

MOST_NAMED = 10
"""Questions that a message names."""


def run(
    course: CoursePath,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write a spreadsheet to edit, .xlsx or .csv.")
    ] = None,
    edited: Annotated[
        Path | None, typer.Option("--in", metavar="FILE", help="Read the edited spreadsheet back and use it.")
    ] = None,
    author: Annotated[str, typer.Option(help="Who decided; kept with every decision.")] = AUTHOR,
    json_output: Json = False,
) -> None:
    """Review what a course's questions are about: labels, concepts, prerequisites and steps.

    Decisions are kept apart from the annotation and count again when the course is annotated anew. Without a file the
    command says how far the review is. The same review is a page of `preceptor serve`.
    """
    if out is not None and edited is not None:
        raise UserError("--out and --in were given together.", allowed="one of them")
    if out is not None and out.exists():
        raise UserError(f"{out} exists already.", mend="name another file, or move this one: it may hold decisions")
    opened = Course.open(course)
    if edited is not None:
        result = import_review(opened, edited, author, system_clock())
    else:
        result = review_of(opened) if out is None else export_review(opened, out)
    emit(result, json_output, lambda console: _render(console, result, opened))


def _render(out: Console, result: dict[str, Any], course: Course) -> None:
    drawn = table("The least sure concepts", "concept", "sure", "questions", "checked")
    for line in result["least_sure"]:
        drawn.add_row(
            short(line["name"]), f"{line['confidence']:.0%}", f"{line['questions']:,}", f"{line['decided']:,}"
        )
    out.print(drawn)
    out.print(
        f"{result['decided']:,} of {result['labels']:,} labels checked, {result['concepts']:,} concepts, "
        f"{result['without_concept']:,} questions without one."
    )
    if "recorded" in result:
        recorded = f"{result['recorded']:,} decisions recorded from" if result["recorded"] else "Nothing new to do in"
        out.print(f"{recorded} {result['file']}.")
    elif "file" in result:
        out.print(
            f"Written to {result['file']}: {result['rows']['questions']:,} questions, {result['rows']['concepts']:,} "
            "concepts. Edit the concepts, checks and steps of the questions, and the names, prerequisites and merges "
            "of the concepts. Then:"
        )
        out.print(f"preceptor review {course.path} --in {result['file']}", soft_wrap=True)
    else:
        out.print("To decide, the page Concepts of `preceptor serve`, or a spreadsheet:")
        out.print(f"preceptor review {course.path} --out review.xlsx", soft_wrap=True)
    if result.get("emptied"):
        named = "; ".join(f"“{short(lost['text'])}”" for lost in result["emptied"][:MOST_NAMED])
        more = len(result["emptied"]) - MOST_NAMED
        out.print(
            "· Without a concept now, because it was taken out, and so not asked any more: "
            f"{named}{f'; and {more:,} more' if more > 0 else ''}."
        )
    if result.get("used"):
        out.print("The course uses these labels now.")
        if course.default("models") is not None:
            out.print(f"The model belongs to the earlier labels: preceptor train {course.path}")
    elif result["unused"]:
        out.print("The course still uses other labels; --in or the page of `preceptor serve` lets it use these.")
    for stranded in result["stranded"]:
        out.print(f"· Finds nothing any more: {stranded['decision']}. {stranded['reason']}")
    if result["torn"]:
        out.print("· The last decision was lost while it was written; all others stand.")
