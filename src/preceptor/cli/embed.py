"""`preceptor embed`."""

from typing import Annotated, Any

import typer
from rich.console import Console

from preceptor.cli.options import CoursePath, Device, Json, Seed
from preceptor.cli.output import emit, progress, table, with_interval
from preceptor.course import Course
from preceptor.embed import encoder_names
from preceptor.workflow.clock import system_clock
from preceptor.workflow.embedding import EmbedOptions, EmbedResult, embed


def run(
    course: CoursePath,
    encoder: Annotated[
        str,
        typer.Option(
            help=f"One of: {', '.join(encoder_names())}; or a folder, or a hub id. "
            "Empty: the setting `encoder`, else the best installed."
        ),
    ] = "",
    fine_tune: Annotated[
        bool, typer.Option("--fine-tune", help="Draw questions and steps to their concepts, by the course's labels.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Fine-tune the encoder itself, not a projection on top of it; slow.")
    ] = False,
    device: Device = "",
    seed: Seed = 0,
    json_output: Json = False,
) -> None:
    """Turn the texts of questions, steps and concepts into vectors, which training then uses.

    Only texts that are new are encoded. Killed at any moment, it goes on where it stopped.
    """
    options = EmbedOptions(encoder, fine_tune, full, device, seed)
    with progress(json_output) as report:
        result = embed(Course.open(course), options, system_clock(), report)
    emit(result.to_dict(), json_output, lambda out: _render(out, result))


def _render(out: Console, result: EmbedResult) -> None:
    told = result.metrics
    out.print(
        f"{told['questions']:,} questions and {told['concepts']:,} concepts as vectors of {told['dimensions']} numbers "
        f"by {told['encoder']}: {told['encoded']:,} texts encoded, {told['kept']:,} known from before."
    )
    if told["fine_tune"]:
        _render_tuning(out, told["fine_tune"])
    for note in told["notes"]:
        out.print(note)
    out.print(f"{told['seconds']:.1f} s. Run: {result.run}")


def _render_tuning(out: Console, told: dict[str, Any]) -> None:
    drawn = table("Right questions found for a concept (micro-F1)", "", "before", "after", "gain")
    for name, where in (("training", "training questions"), ("held_out", "questions held out")):
        part = told[name]
        drawn.add_row(
            where, f"{part['before']['mean']:.4f}", f"{part['after']['mean']:.4f}", with_interval(part["gain"])
        )
    out.print(drawn)
    out.print(
        f"{told['epochs']} passes, the best was {told['best_epoch']}; {told['held_out']['concepts']:,} concepts have "
        f"questions held out. {told['seconds']:.1f} s."
    )
