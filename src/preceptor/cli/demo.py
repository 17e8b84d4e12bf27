"""`preceptor demo`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from preceptor.cli.evaluate_policy import render_arms
from preceptor.cli.options import Json, Port, require_free_port
from preceptor.cli.output import emit, progress, table, with_interval
from preceptor.language import LANGUAGES, require_language
from preceptor.workflow.built_in import MATHEMATICS, SUBJECTS, BuiltInOptions, require_subject
from preceptor.workflow.clock import system_clock
from preceptor.workflow.demo import DemoOptions, demo


def run(
    course: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the demo course is kept; its own folder a subject.")
    ] = None,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Open the web app when done.")] = True,
    port: Port = 8080,
    subject: Annotated[str, typer.Option(help=f"What the course is about: {', '.join(SUBJECTS)}.")] = MATHEMATICS,
    language: Annotated[str, typer.Option(help=f"Language of the course: {', '.join(LANGUAGES)}.")] = "en",
    json_output: Json = False,
) -> None:
    """Play the whole loop on a built-in course, then serve it.

    Makes the course, simulates a class, trains a tracer, fits forgetting, compares the planner with its rivals and
    opens the app. A finished demo is reused as long as nothing has changed.
    """
    require_language(language)
    require_subject(subject, language)  # before anything is removed
    if serve:
        require_free_port("127.0.0.1", port)
    options = DemoOptions(BuiltInOptions(language=language, subject=subject))
    folder = course or Path("demo-course" if subject == MATHEMATICS else f"demo-{subject}")
    clock = system_clock()
    with progress(json_output) as report:
        result = demo(folder, options, clock, report)
    emit(result, json_output, lambda out: _render(out, result, folder))
    if serve:
        from preceptor.cli.serve import serve_course  # the app's extra is needed only here

        serve_course(folder, "127.0.0.1", port, quiet=json_output)


def _render(out: Console, result: dict[str, Any], course: Path) -> None:
    made = "reused" if result["reused"] else f"made in {result['seconds']:.0f} s"
    told = (
        f" ({made}, in {course}): {result['questions']:,} questions, {result['concepts']} concepts, "
        f"{result['students']:,} simulated students, {result['interactions']:,} answers."
    )
    out.print(Text.assemble(("Built-in course", "bold"), told))
    drawn = table("Predictions on simulated students not used in training", "", "AUC", "accuracy", "log loss", "ECE")
    model = result["model"]
    named = (
        ("average of each concept", "floor"),
        (model, "test"),
        (f"{model} + forgetting", "test_with_forgetting"),
    )
    for name, key in named:
        metrics = result[key]
        drawn.add_row(name, *(f"{metrics[column]:.4f}" for column in ("auc", "accuracy", "log_loss", "ece")))
    out.print(drawn)
    out.print(f"AUC of {model} over the average: {with_interval(result['auc_gain'])}")
    render_arms(out, result["improvement"], result["paired"])
