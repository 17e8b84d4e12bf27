"""`preceptor evaluate`."""

from importlib import import_module
from inspect import signature
from typing import Annotated, Any

import typer

from preceptor.cli.options import CoursePath, Device, Json, Seed
from preceptor.domain import UserError, unknown_name
from preceptor.evaluate.forgetting_mastery import LOGISTIC
from preceptor.recommend import objective_names
from preceptor.trace import tracer_names

KINDS = {
    "forgetting": "preceptor.cli.evaluate_forgetting",
    "policy": "preceptor.cli.evaluate_policy",
    "tracing": "preceptor.cli.evaluate_tracing",
}
"""Every kind of evaluation and its module; the parameters of the module's `run` are the options the kind takes."""


def run(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of: {', '.join(KINDS)}.")],
    course: CoursePath,
    objective: Annotated[str, typer.Option(help=f"`policy`: one of {', '.join(objective_names())}.")] = "global",
    students: Annotated[int, typer.Option(help="`policy`: how many students, none of them used in training.")] = 500,
    horizon_days: Annotated[float, typer.Option(help="`policy`: when recall is measured again.")] = 7.0,
    models: Annotated[
        str,
        typer.Option(
            metavar="NAME,NAME",
            help=f"`tracing`: of {', '.join(tracer_names())}; with options: dkt:questions=embedding:size=large.",
        ),
    ] = "dkt",
    protocol: Annotated[str, typer.Option(help="`tracing`: `leak-free` or `pykt`.")] = "leak-free",
    folds: Annotated[int, typer.Option(help="`tracing`, `forgetting`: number of folds of students.")] = 5,
    test_folds: Annotated[
        str, typer.Option(metavar="K,K", help="`tracing`: run these folds only, for example 5,4.")
    ] = "",
    splits: Annotated[str, typer.Option(metavar="FILE", help="`tracing`: CSV of student_id,fold to split by.")] = "",
    splits_out: Annotated[str, typer.Option(metavar="FILE", help="`tracing`: write the splits there.")] = "",
    predictions: Annotated[
        str, typer.Option(metavar="FILE", help="`tracing`: write each prediction to this .csv or .parquet.")
    ] = "",
    report: Annotated[str, typer.Option(metavar="FILE", help="`tracing`: write an HTML report there.")] = "",
    device: Device = "",
    resume: Annotated[bool, typer.Option("--resume", help="`tracing`: keep what an earlier run has finished.")] = False,
    model: Annotated[str, typer.Option(help="`forgetting`: `logistic`, or a tracer that knows no time.")] = LOGISTIC,
    curve: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="`forgetting`: only this curve; all without it.")
    ] = None,
    seed: Seed = 0,
    json_output: Json = False,
) -> None:
    """Measure what a course's models are worth.

    `forgetting` asks by gap since the last practice whether time improves the prediction of the next answer over
    mastery alone, on students held out in turn, and whether the gap or what comes with it does so.

    `policy` lets the planner and its rivals ask the same simulated students at the same times, and reads the
    latent truth afterwards. It needs a course with a simulated log.

    `tracing` trains tracers on some students and lets them predict others. `leak-free`: folds of students, whole
    histories, a KC is an axis, every answer counts. `pykt`: as pyKT reads question-level results, in windows of 200
    rows with one row a KC while training; its figures stand beside published ones, and only there.
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
