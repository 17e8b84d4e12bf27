"""`preceptor simulate`."""

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from preceptor.cli.options import CoursePath, Json, Seed
from preceptor.cli.output import emit, progress
from preceptor.course import Course
from preceptor.simulate import DEFAULT_FAMILY, family_names
from preceptor.workflow.clock import system_clock
from preceptor.workflow.simulating import SimulateOptions, simulate


def run(
    course: CoursePath,
    students: Annotated[int, typer.Option(help="How many students.")] = 2_000,
    days: Annotated[int, typer.Option(help="Length of their course in days.")] = 60,
    family: Annotated[
        str, typer.Option(help=f"How they know, learn and forget: one of {', '.join(family_names())}.")
    ] = DEFAULT_FAMILY,
    seed: Seed = 7,
    json_output: Json = False,
) -> None:
    """Let simulated students work through a course.

    Their log replaces an earlier simulated one; the truth about their knowledge lies beside it, for `evaluate` alone.
    A course with answers of people is refused: simulated and real answers never stand in one log.
    """
    with progress(json_output) as report:
        result = simulate(Course.open(course), SimulateOptions(students, days, seed, family), system_clock(), report)
    emit(result, json_output, lambda out: _render(out, result))


def _render(out: Console, result: dict[str, Any]) -> None:
    answers = result["answers_per_student"]
    told = (
        f" gave {result['interactions']:,} answers in {result['seconds']:.0f} s: {answers['median']:,.0f} each "
        f"(median), {result['correct']:.0%} right; {result['long_gap_share']:.0%} of the gaps between two answers on "
        "a concept are longer than a week."
    )
    out.print(Text.assemble((f"{result['students']:,} simulated students", "bold"), told))
    named = result["misconceptions"]
    if named["named"]:
        out.print(
            f"{named['seen']:,} wrong answers show one of {named['named']} misconceptions, each at least "
            f"{named['least_seen']:,} times."
        )
    out.print("The students are simulated: what is measured on them says how Preceptor works, not how people learn.")
