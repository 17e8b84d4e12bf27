"""`preceptor evaluate`."""

from typing import Annotated, Any

import typer
from rich.console import Console

from preceptor.cli.options import CoursePath, Json, Seed
from preceptor.cli.output import emit, progress, table, with_interval
from preceptor.course import Course
from preceptor.domain import unknown_name
from preceptor.evaluate import PolicyDesign
from preceptor.recommend import objective_names
from preceptor.workflow.clock import system_clock
from preceptor.workflow.evaluating import evaluate_policy

KINDS = ("policy",)


def run(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of: {', '.join(KINDS)}.")],
    course: CoursePath,
    objective: Annotated[str, typer.Option(help=f"One of: {', '.join(objective_names())}.")] = "global",
    students: Annotated[int, typer.Option(help="How many students, none of them used in training.")] = 500,
    horizon_days: Annotated[float, typer.Option(help="When recall is measured again.")] = 7.0,
    seed: Seed = 0,
    json_output: Json = False,
) -> None:
    """Measure what a course's models are worth.

    `policy` lets the planner and its rivals ask the same simulated students at the same times, and reads the
    latent truth afterwards. It needs a course with a simulated log.
    """
    if kind not in KINDS:
        raise unknown_name("kind of evaluation", kind, KINDS)
    design = PolicyDesign(students, horizon_days, seed)
    with progress(json_output) as report:
        result = evaluate_policy(Course.open(course), objective, design, system_clock(), report)
    emit(result, json_output, lambda out: render_arms(out, result["improvement"], result["paired"]))


def render_arms(out: Console, improvement: dict[str, Any], paired: dict[str, Any]) -> None:
    """Draw the arms and the planner's paired gains."""
    later = next(name for name in next(iter(improvement.values())) if name != "now")
    drawn = table(
        "Latent recall over all concepts (simulated students)", "policy", "at once", f"after {later[3:]} days",
        "planner gains at once", f"planner gains after {later[3:]} days",
    )  # fmt: skip
    for name, arm in improvement.items():
        gains = paired.get(name)
        cells = ["–", "–"] if gains is None else [with_interval(gains["now"]), with_interval(gains[later])]
        drawn.add_row(name, _plain(arm["now"]), _plain(arm[later]), *cells)
    out.print(drawn)


def _plain(estimate: dict[str, Any]) -> str:
    return f"{estimate['mean']:.4f}"
