"""`preceptor reproduce`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from preceptor.cli.options import Json, Seed
from preceptor.cli.output import emit, progress
from preceptor.forgetting import TAU_MODES
from preceptor.workflow.clock import system_clock
from preceptor.workflow.model_size import LEAST
from preceptor.workflow.reproducing import ReproduceOptions, paper_names, reproduce
from preceptor.workflow.reproducing.options import ABLATIONS, AGGREGATES, KTS, STYLES


def run(
    paper: Annotated[str, typer.Argument(metavar="PAPER", help=f"One of: {', '.join(paper_names())}.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where pieces, figures and pages are kept.")],
    courses: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[COURSE]...", help="Courses as they are; none: the built-in one, made in DIR."),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Tiny budgets, minutes in all: that it runs, and no result.")
    ] = False,
    backend: Annotated[
        str, typer.Option(help="Where pieces run: here, workers:N, ray:local, ray:ADDRESS; docs/scale.md.")
    ] = "here",
    preset: Annotated[
        str, typer.Option(help="exrec: paper or tuned; empty: the published numbers, with --quick ours.")
    ] = "",
    trainings: Annotated[int, typer.Option(help="exrec: trainings of each policy, each with its own seed.")] = 1,
    students: Annotated[int, typer.Option(min=0, help="tasa: simulated students; 0: 100, with --quick 10.")] = 0,
    replicates: Annotated[
        int, typer.Option(min=0, help="tasa: how often they go through every arm; 0: 3, with --quick 2.")
    ] = 0,
    kt: Annotated[
        str, typer.Option(help=f"tasa: tracer behind our tutor: {', '.join(KTS)}; empty: the course's.")
    ] = "",
    mixing: Annotated[
        float, typer.Option("--lambda", help="tasa: weight of descriptions in retrieval; keywords have the rest.")
    ] = 0.5,
    candidates: Annotated[int, typer.Option("--k", help="tasa: entries that retrieval looks at closely.")] = 10,
    keep: Annotated[int, typer.Option(help="tasa: entries that retrieval keeps of them.")] = 3,
    rounds: Annotated[int, typer.Option(help="tasa: questions of a session.")] = 10,
    tau_mode: Annotated[
        str, typer.Option(help=f"tasa: the original's time constant: {', '.join(TAU_MODES)}.")
    ] = "fitted",
    ablate: Annotated[str, typer.Option(help=f"tasa: what our tutor does without: {', '.join(ABLATIONS)}.")] = "",
    posttest_style: Annotated[
        str, typer.Option(help=f"tasa: {', '.join(STYLES)}; all but the first are no results.")
    ] = "neutral",
    aggregate: Annotated[
        str, typer.Option(help=f"tasa: {', '.join(AGGREGATES)} of tests; all but the first are no results.")
    ] = "mean",
    with_model: Annotated[
        bool, typer.Option("--with-model", help="tasa: a table of full forms, spoken through a language model.")
    ] = False,
    model_url: Annotated[
        str, typer.Option(metavar="URL", help="tasa: base of its OpenAI-compatible API; empty: the setting.")
    ] = "",
    model_name: Annotated[str, typer.Option(metavar="NAME", help="tasa: its name; empty: the setting.")] = "",
    model_size: Annotated[
        str,
        typer.Option(
            metavar="SIZE",
            help=f"tasa: its parameters, for example 7B; empty: what its name says. Below {LEAST}: no evidence.",
        ),
    ] = "",
    judge: Annotated[
        bool, typer.Option("--judge", help="tasa: a language model judges who fits a student better: win rates.")
    ] = False,
    judge_url: Annotated[str, typer.Option(metavar="URL", help="tasa: base of its API; empty: the setting.")] = "",
    judge_name: Annotated[str, typer.Option(metavar="NAME", help="tasa: its name; empty: the setting.")] = "",
    judge_size: Annotated[str, typer.Option(metavar="SIZE", help="tasa: its parameters, as --model-size.")] = "",
    budget_tokens: Annotated[
        int | None,
        typer.Option(
            help="tasa: tokens of the tutors' model in each arm and replicate, and of the judge for each table.",
            show_default="no limit",
        ),
    ] = None,
    seed: Seed = 0,
    json_output: Json = False,
) -> None:
    """Make the tables and figures of a paper for the data at hand, the published numbers beside them.

    Every piece is a file in DIR: killed and called again, it goes on. The page stands in DIR as Markdown and HTML.
    """
    options = ReproduceOptions(
        quick, seed, backend, preset, trainings, students, replicates, kt, mixing, candidates, keep, rounds, tau_mode,
        ablate, posttest_style, aggregate, with_model, model_url, model_name, model_size, judge, judge_url, judge_name,
        judge_size, budget_tokens,
    )  # fmt: skip
    with progress(json_output) as report:
        result = reproduce(paper, courses or [], out, options, system_clock(), report, _flag)
    emit(result, json_output, lambda shown: _render(shown, result))


def _flag(option: str) -> str:
    return {"mixing": "--lambda", "candidates": "--k"}.get(option, f"--{option.replace('_', '-')}")


def _render(out: Console, result: dict[str, Any]) -> None:
    out.print(
        f"{result['pieces']} pieces, {result['new']} of them measured now, in {result['seconds']:.0f} s. "
        f"Page: {result['page']} and {result['html']}"
    )
