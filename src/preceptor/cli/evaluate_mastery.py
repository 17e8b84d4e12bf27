"""`preceptor evaluate mastery`."""

from pathlib import Path
from typing import Any

from rich.console import Console

from preceptor.cli.output import emit, progress, table, with_interval
from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.workflow.clock import system_clock
from preceptor.workflow.mastery_evaluation import evaluate_mastery


def run(course: Path, truth: bool, seed: int, json_output: bool) -> None:
    """Hold mastery against the truth of simulated students."""
    if not truth:
        raise UserError(
            "What mastery is held against was not said.",
            allowed="--truth, for a course whose students are simulated",
            mend=f"preceptor evaluate mastery {course} --truth",
        )
    with progress(json_output) as report:
        result = evaluate_mastery(Course.open(course), seed, system_clock(), report)
    emit(result, json_output, lambda out: _render(out, result))


def _render(out: Console, result: dict[str, Any]) -> None:
    drawn = table(
        f"Against the truth of {result['students']:,} simulated students on {result['concepts']} concepts", "estimate",
        "Spearman within a concept", "Spearman overall", "MAE",
    )  # fmt: skip
    gains = table("Mastery less", "estimate", "Spearman within a concept", "Spearman overall", "MAE")
    for row in result["rows"]:
        drawn.add_row(row["estimate"], *(f"{row[metric]['mean']:.4f}" for metric in ("within", "overall", "mae")))
        if row["estimate"] != "mastery":
            own = (with_interval(row["less"][metric]) for metric in ("within", "overall", "mae"))
            gains.add_row(row["estimate"], *own)
    out.print(drawn)
    out.print(gains)
    kind = "calibrated" if result["calibrated"] else "not calibrated"
    out.print(f"Model: {result['model']}, {kind}. Run: {result['run']}")
