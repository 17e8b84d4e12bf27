"""What time adds to prediction."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from preceptor.evaluate.course_report.figures import picture
from preceptor.evaluate.course_report.run_file import Part, RunFile, linked, newest
from preceptor.evaluate.forgetting import ANY_GAP, LONG, MASTERY
from preceptor.evaluate.forgetting_gaps import BUCKETS
from preceptor.evaluate.forgetting_picture import Bias, calibration_picture
from preceptor.evaluate.report_parts import interval, table, table_row

HEADS = (
    "curve",
    "log loss, any gap",
    "AUC, any gap",
    f"log loss, {LONG}",
    f"AUC, {LONG}",
    "log loss less mastery alone",
)


def forgetting(runs: Sequence[RunFile]) -> list[Part]:
    """The newest comparison of curves for each model behind mastery."""
    return [(run, _compared) for run in newest(runs, "evaluate-forgetting", "model")]


def _compared(run: RunFile) -> str:
    found = run.metrics
    by_curve: dict[str, dict[str, Any]] = {}
    for row in found["rows"]:
        by_curve.setdefault(row["curve"], {})[row["bucket"]] = row
    rows = [_row(curve, buckets) for curve, buckets in by_curve.items() if ANY_GAP in buckets]
    told = f"<p>{escape(found['reading'])} The lowest log loss over all gaps: <b>{escape(found['best'])}</b>.</p>"
    figures = [told, *_picture(found, by_curve), table(HEADS, rows)]
    return linked(figures, run, "full", f"Mastery from {found['model']}")


def _picture(found: Mapping[str, Any], by_curve: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Calibration by gap."""
    shown = [curve for curve in dict.fromkeys((MASTERY, found["best"])) if curve in by_curve]
    buckets = [name for name in BUCKETS if shown and all(name in by_curve[curve] for curve in shown)]
    if not buckets:
        return []
    series: dict[str, Sequence[Bias]] = {
        curve: [_bias(by_curve[curve][name]["bias"]) for name in buckets] for curve in shown
    }
    title = "Predicted less observed by gap"
    return [picture(title, calibration_picture(title, buckets, series))]


def _bias(estimate: Mapping[str, Any]) -> Bias:
    return Bias(estimate["mean"], *estimate["ci95"])


def _row(curve: str, buckets: Mapping[str, Any]) -> str:
    cells = [
        interval(buckets[name][figure]) if name in buckets else "–"
        for name in (ANY_GAP, LONG)
        for figure in ("log_loss", "auc")
    ]
    gain = buckets[ANY_GAP].get("over", {}).get(MASTERY)
    return table_row(curve, [*cells, interval(gain, sign="+") if gain else "–"])
