"""`preceptor calibrate`."""

from typing import Annotated, Any

import typer
from rich.console import Console

from preceptor.cli.options import CoursePath, Json, Seed
from preceptor.cli.output import emit, progress, table
from preceptor.course import Course
from preceptor.trace.kc_groups import CONCEPT_VECTORS
from preceptor.trace.kc_plan import KcCalibrationPlan
from preceptor.workflow.calibrating import LEVELS, CalibrateOptions, calibrate
from preceptor.workflow.clock import system_clock


def run(
    course: CoursePath,
    run_id: Annotated[
        str, typer.Option("--run", metavar="RUN", help="Run of semantic-dkt; empty: the course's model.")
    ] = "",
    level: Annotated[str, typer.Option(help=f"What has a mastery of its own: {' or '.join(LEVELS)}.")] = "concept",
    concept_vector: Annotated[
        str, typer.Option(help=f"What stands for a cluster: {', '.join(CONCEPT_VECTORS)}.")
    ] = "centroid",
    samples: Annotated[
        int, typer.Option(min=0, help="Questions drawn for each target, for example 20; 0: the mean over all.")
    ] = 0,
    joint: Annotated[bool, typer.Option("--joint/--no-joint", help="Train questions beside the concepts.")] = False,
    joint_on: Annotated[
        str, typer.Option(help="With --joint: `predictions` of before, or the `answers` again.")
    ] = "predictions",
    freeze_recurrent: Annotated[
        bool, typer.Option("--freeze-recurrent/--no-freeze-recurrent", help="Leave students' states as they are.")
    ] = True,
    seed: Seed = 0,
    json_output: Json = False,
) -> None:
    """Make mastery of a concept the mean chance of a right answer over its questions.

    Takes a trained `semantic-dkt` and saves a calibrated one, which becomes the course's model.
    """
    plan = KcCalibrationPlan(concept_vector, samples, joint, joint_on, freeze_recurrent)
    options = CalibrateOptions(run_id, level, plan, seed)
    with progress(json_output) as report:
        result = calibrate(Course.open(course), options, system_clock(), report).to_dict()
    emit(result, json_output, lambda out: _render(out, result))


def _render(out: Console, result: dict[str, Any]) -> None:
    who = "simulated test students" if result["simulated"] else "test students"
    drawn = table(f"Before and after, on {who}", "", "KC MAE", "of training students", "AUC", "log loss", "ECE")
    for name in ("before", "after"):
        row = result[name]
        figures = (row["kc_mae"], row["kc_mae_states"], *(row["test"][key] for key in ("auc", "log_loss", "ece")))
        drawn.add_row(name, *("–" if value is None else f"{value:.4f}" for value in figures))
    out.print(drawn)
    out.print(
        "KC MAE: mean distance of mastery from the mean over a concept's questions "
        f"({result['questions_per_group']:.0f} questions in the middle), over {result['groups']} concepts or "
        "clusters, at states not calibrated on."
    )
    out.print(
        f"{result['states']:,} states, {result['epochs']} passes, {result['seconds']:.0f} s; made from "
        f"{result['calibrated_from']}. Run: {result['run']}"
    )
