"""`preceptor train`."""

import math
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from preceptor.cli.main import INTERRUPTED
from preceptor.cli.options import CoursePath, Device, Json, Seed
from preceptor.cli.output import emit, progress, say, table, with_interval
from preceptor.course import Course
from preceptor.evaluate import Metrics
from preceptor.forgetting import DEFAULT_CURVE, curve_names
from preceptor.trace import QUESTION_INPUTS, VECTOR_MODES, tracer_class, tracer_names
from preceptor.workflow.clock import system_clock
from preceptor.workflow.training import interrupted_epoch, train, training_checkpoint
from preceptor.workflow.training_options import TrainOptions, TrainResult
from preceptor.workflow.transfer import source_of, transfer

MANY = 10
"""Answers a question from which on learning single questions is proposed; it helped where there were 16 and 298."""


def run(
    course: CoursePath,
    model: Annotated[str, typer.Option(help=f"One of: {', '.join(tracer_names())}.")] = "dkt",
    size: Annotated[str, typer.Option(help="`small`, `base` or `large`.")] = "base",
    questions: Annotated[
        str, typer.Option(help=f"What is learned of single questions: {', '.join(QUESTION_INPUTS)}.")
    ] = "none",
    vectors: Annotated[
        str, typer.Option(help=f"How text vectors are used: {', '.join(VECTOR_MODES)}. Empty: what suits the tracer.")
    ] = "",
    device: Device = "",
    forgetting: Annotated[
        str,
        typer.Option(
            help=f"One of: {', '.join(curve_names())}; without times it is level, for a tracer that knows time none."
        ),
    ] = DEFAULT_CURVE,
    test_fold: Annotated[int, typer.Option(help="Fold to test on, where the data set has folds.")] = 5,
    valid_fold: Annotated[int, typer.Option(help="Fold to validate on, where the data set has folds.")] = 4,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="COURSE",
            help="Train on that other course's log and carry the model over by texts; for `semantic-dkt`.",
        ),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an interrupted training stopped.")] = False,
    seed: Seed = 0,
    json_output: Json = False,
) -> None:
    """Train a tracer on a course's log and fit forgetting on top of it.

    Students are split, never their answers: test students are seen by nothing that is trained.
    """
    options = TrainOptions(
        model, size, questions, vectors, device, forgetting, seed, test_fold, valid_fold, resume
    )  # fmt: skip
    opened = Course.open(course)
    other = Course.open(source) if source else None
    options = replace(options, source=source_of(other)) if other else options
    epoch = interrupted_epoch(opened, options)
    if epoch is not None and not resume:
        say(f"The last training of this kind was interrupted after epoch {epoch}: --resume goes on.", err=True)
    if resume and not any(training_checkpoint(opened, options).path.parent.glob("interrupted-*.ckpt")):
        say("No training was interrupted here: this one starts anew.", err=True)
    try:
        with progress(json_output) as report:
            clock = system_clock()
            result = transfer(opened, other, options, clock, report) if other else train(opened, options, clock, report)
    except KeyboardInterrupt as stopped:
        epoch = interrupted_epoch(opened, options)
        kept = "before the first epoch was over" if epoch is None else f"after epoch {epoch}: --resume goes on"
        say(f"Interrupted {kept}.", err=True)
        raise typer.Exit(INTERRUPTED) from stopped
    emit(result.to_dict(), json_output, lambda out: _render(out, result, options))


def _render(out: Console, result: TrainResult, options: TrainOptions) -> None:
    kind = "simulated test students" if result.simulated else "test students"
    whose = f" of {result.transfer['from']}" if result.transfer else ""
    drawn = table(f"Predictions on the {kind}{whose}", "", "AUC", "accuracy", "log loss", "Brier", "ECE")
    with_curve = f"{result.model} + {result.curve}" if result.curve != "none" else f"{result.model}, as served"
    rows = (("average of each concept", result.floor), (result.model, result.test), (with_curve, result.recall))
    for name, metrics in rows:
        drawn.add_row(name, *_cells(metrics))
    out.print(drawn)
    out.print(f"AUC of {result.model} over the average: {with_interval(asdict(result.auc_gain))}")
    if result.auc_gain.ci95[1] < 0:
        out.print(f"{result.model} predicts worse than the average of each concept: do not serve it.")
    by_text = options.tracer.vectors_in_force != "none"
    if "question ids" in result.left_out and not by_text and result.answers_per_question >= MANY:
        out.print(
            f"Only concepts were used; with {result.answers_per_question:,.0f} answers a question, "
            "--questions embedding should predict better."
        )
    if result.vectors.mode != "none":
        out.print(f"Texts: {result.vectors.told()}.")
        if result.vectors_note:
            out.print(f"{result.vectors_note}, and train again.")
    forgetting = _forgetting(result, options.forgetting)
    out.print(f"{_sides(result)} History: {result.protocol['history']}. Forgetting: {forgetting}.")
    if result.transfer:
        out.print(_transferred(result.transfer))
    speed = result.interactions * result.fit.epochs / max(result.fit.seconds, 1e-9)
    out.print(f"{result.fit.epochs} epochs, {result.fit.seconds:.1f} s, {speed:,.0f} interactions/s. Run: {result.run}")


def _sides(result: TrainResult) -> str:
    """How many students train, validate and test, and who decided that."""
    protocol, students = result.protocol, result.protocol["students"]
    shares = f"{students['train']:,} train, {students['valid']:,} validate, {students['test']:,} test"
    why = "about 64, 16 and 20 in 100, by hash of seed and student"
    if protocol["test_fold"] is not None:
        dealt = "the simulation dealt them" if result.simulated else "the data set has them"
        why = f"fold {protocol['valid_fold']} validates and fold {protocol['test_fold']} tests, as {dealt}"
    return f"{sum(students.values()):,} students, each on one side: {shares} ({why})."


def _transferred(transfer: dict[str, Any]) -> str:
    """Where the model comes from, and what it is worth here."""
    told = f"Trained and calibrated on {transfer['from']} alone and carried over by texts."
    here = transfer["here"]
    if here is None:
        return f"{told} This course has no answers to measure it on."
    kind = "simulated students" if here["simulated"] else "students"
    return f"{told} On the {here['students']:,} {kind} of this course: AUC {here['auc']:.4f}, ECE {here['ece']:.4f}."


def _forgetting(result: TrainResult, asked: str) -> str:
    """The curve, and why there is none although one was asked for; whether students have levels of their own."""
    if result.curve == asked == "none":
        return asked
    if tracer_class(result.model).time_aware:
        return f"none, for {result.model} knows time itself"
    kept = f"with levels of students (sd {result.level_sd:.2f})" if result.level_sd else "without levels of students"
    if result.curve == asked:
        return f"{asked}, {kept}"
    return f"none, for not every answer has a time; {kept}"


def _cells(metrics: Metrics) -> list[str]:
    values = (metrics.auc, metrics.accuracy, metrics.log_loss, metrics.brier, metrics.ece)
    return ["–" if math.isnan(value) else f"{value:.4f}" for value in values]
