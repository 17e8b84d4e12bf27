"""`preceptor evaluate`."""

from importlib import import_module
from inspect import signature
from typing import Annotated, Any

import typer

from preceptor.cli.options import CoursePath, Json, Seed
from preceptor.domain import UserError, unknown_name
from preceptor.recommend import objective_names

KINDS = {
    "policy": "preceptor.cli.evaluate_policy",
}
"""Every kind of evaluation and its module; the parameters of the module's `run` are the options the kind takes."""


def run(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of: {', '.join(KINDS)}.")],
    course: CoursePath,
    objective: Annotated[str, typer.Option(help=f"`policy`: one of {', '.join(objective_names())}.")] = "global",
    students: Annotated[int, typer.Option(help="`policy`: how many students, none of them used in training.")] = 500,
    horizon_days: Annotated[float, typer.Option(help="`policy`: when recall is measured again.")] = 7.0,
    seed: Seed = 0,
    json_output: Json = False,
) -> None:
    """Measure what a course's models are worth.

    `policy` lets the planner and its rivals ask the same simulated students at the same times, and reads the
    latent truth afterwards. It needs a course with a simulated log.
    """
    if kind not in KINDS:
        raise unknown_name("kind of evaluation", kind, KINDS)
    evaluation = import_module(KINDS[kind]).run
    evaluation(**_own_options(context, kind, tuple(signature(evaluation).parameters)))


def _own_options(context: typer.Context, kind: str, wanted: tuple[str, ...]) -> dict[str, Any]:
    """The values of the options that the kind takes.

    Raises:
        UserError: If an option of another kind was given.
    """
    sources = {name: context.get_parameter_source(name) for name in context.params}
    given = {name for name, source in sources.items() if source is not None and source.name == "COMMANDLINE"}
    foreign = sorted(given - {"kind", *wanted})
    if foreign:
        raise UserError(
            f"`evaluate {kind}` takes no --{foreign[0].replace('_', '-')}.",
            allowed=", ".join(
                f"--{name.replace('_', '-')}" for name in wanted if name not in ("course", "json_output")
            ),
        )
    return {name: context.params[name] for name in wanted}
