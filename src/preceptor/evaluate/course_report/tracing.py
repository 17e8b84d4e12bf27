"""How well answers are predicted."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from preceptor.evaluate.course_report.run_file import Part, RunFile, linked, newest
from preceptor.evaluate.report import auc_figure, metrics_table
from preceptor.evaluate.report_parts import interval, table, table_row
from preceptor.evaluate.report_svg import style_of

METRICS = ("auc", "accuracy", "log_loss", "brier", "ece")
HEADS = ("model", "AUC", "with forgetting", "accuracy", "log loss", "Brier", "ECE", "AUC over the average", "answers")


def tracing(runs: Sequence[RunFile]) -> list[Part]:
    """Comparisons of tracers fold by fold, what each training measured on its test students, mastery and the truth."""
    return [
        *((run, _compared) for run in newest(runs, "evaluate-tracing")),
        *((run, _trained) for run in newest(runs, "train", "model")),
        *((run, _calibrated) for run in newest(runs, "calibrate")),
        *((run, _held_against_truth) for run in newest(runs, "evaluate-mastery", "model", "calibrated")),
    ]


def _compared(run: RunFile) -> str:
    found = run.metrics
    models = [row["model"] for row in found["rows"] if row["applicable"]]
    styles = {model: style_of(i) for i, model in enumerate(models)}
    picture = f'<div class="figures wide">{auc_figure(found["rows"], styles)}</div>'
    folds = ", ".join(map(str, found["protocol"]["folds_run"]))
    title = f"Compared, protocol {found['protocol']['name']}, folds {folds}"
    return linked([picture, metrics_table(found["rows"])], run, "full", title)


def _trained(run: RunFile) -> str:
    found = run.metrics
    aged = found.get("test_with_forgetting") or found["test"]
    served = [_number(found["test"]["auc"]), _number(aged["auc"])]
    figures = [_number(aged[name]) for name in METRICS[1:]]
    gain = found.get("auc_gain_with_forgetting") or found["auc_gain"]
    cells = [*served, *figures, interval(gain, sign="+"), f"{aged['answers']:,}"]
    return linked([table(HEADS, [table_row(found["model"], cells)])], run, "full")


def _calibrated(run: RunFile) -> str:
    before, after = run.metrics["before"], run.metrics["after"]
    heads = ("mastery of concepts", "mean error before", "mean error after", "AUC before", "AUC after")
    errors = [_number(side["kc_mae"]) for side in (before, after)]
    cells = [*errors, *(_number(side["test"]["auc"]) for side in (before, after))]
    return linked([table(heads, [table_row(run.metrics["model"], cells)])], run, "full")


def _held_against_truth(run: RunFile) -> str:
    """Mastery and what else estimates it, against the latent truth."""
    found = run.metrics
    heads = ("estimate", "ρ within concepts", "ρ overall", "mean error", "mastery less this: mean error")
    rows = [
        table_row(
            row["estimate"],
            [*(interval(row[name]) for name in ("within", "overall", "mae")), _mastery_less(row)],
        )
        for row in found["rows"]
    ]
    calibrated = "calibrated" if found["calibrated"] else "not calibrated"
    title = f"Mastery against the truth, {found['model']}, {calibrated}, {found['students']} students"
    return linked([table(heads, rows)], run, "full", title)


def _mastery_less(row: Mapping[str, Any]) -> str:
    return "–" if row["estimate"] == "mastery" else interval(row["less"]["mae"], sign="+")


def _number(value: float | None) -> str:
    return "–" if value is None or math.isnan(value) else f"{value:.4f}"
