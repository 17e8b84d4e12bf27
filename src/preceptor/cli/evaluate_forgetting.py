"""`preceptor evaluate forgetting`."""

from pathlib import Path
from typing import Any

from rich.console import Console

from preceptor.cli.output import emit, progress, table, with_interval
from preceptor.course import Course
from preceptor.evaluate.forgetting import MASTERY, ForgettingDesign
from preceptor.workflow.clock import system_clock
from preceptor.workflow.forgetting import evaluate_course_forgetting


def run(
    course: Path, model: str, curve: list[str] | None, folds: int, backend: str, seed: int, json_output: bool
) -> None:
    """Ask by gap whether time improves prediction over mastery alone."""
    own = {"curves": tuple(dict.fromkeys(curve))} if curve else {}
    design = ForgettingDesign(model=model, folds=folds, seed=seed, **own)
    with progress(json_output) as report:
        result = evaluate_course_forgetting(Course.open(course), design, system_clock(), report, backend)
    emit(result, json_output, lambda out: _render(out, result))


def _render(out: Console, result: dict[str, Any]) -> None:
    kind = "simulated students" if result["simulated"] else "students"
    for bucket in dict.fromkeys(row["bucket"] for row in result["rows"]):
        rows = [row for row in result["rows"] if row["bucket"] == bucket]
        first = rows[0]
        drawn = table(
            f"{bucket}: {first['answers']:,} answers of {first['students']:,} {kind}, {first['observed']:.3f} right",
            "", "log loss", "AUC", "RMSE(bins)", "predicted − observed", "log loss over mastery alone",
        )  # fmt: skip
        for row in rows:
            drawn.add_row(row["curve"], *_cells(row))
        out.print(drawn)
    drawn = table(
        "The gap beside controls", "controls", "weight of ln(1 + hours)", "log loss after 7 days", "found", "helps"
    )
    for effect in result["controls"]:
        cells = [with_interval(effect["weight"]), with_interval(effect["log_loss"])]
        answers = ["yes" if effect[asked] else "no" for asked in ("found", "helps")]
        drawn.add_row(", ".join(effect["controls"]) or "none", *cells, *answers)
    out.print(drawn)
    out.print(result["reading"])
    out.print(f"Lowest log loss over all gaps: {result['best']}.")


def _cells(row: dict[str, Any]) -> list[str]:
    auc = "–" if row["auc"] is None else f"{row['auc']['mean']:.4f}"
    over = row["over"].get(MASTERY)
    return [
        f"{row['log_loss']['mean']:.4f}",
        auc,
        f"{row['rmse_bins']['mean']:.4f}",
        with_interval(row["bias"]),
        "–" if over is None else with_interval(over),
    ]
