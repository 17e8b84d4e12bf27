"""`preceptor evaluate annotation`."""

from pathlib import Path
from typing import Any

from rich.console import Console

from preceptor.cli.output import emit, progress, table, with_interval
from preceptor.course import Course
from preceptor.evaluate.annotation import TFIDF
from preceptor.workflow.annotating import course_encoder
from preceptor.workflow.annotation_evaluation import evaluate_annotation
from preceptor.workflow.clock import system_clock


def run(course: Path, framework: Path | None, encoder: str, distances: bool, seed: int, json_output: bool) -> None:
    """Hide the course's labels, annotate, compare."""
    with progress(json_output) as report:
        opened = Course.open(course)
        maker = course_encoder(opened, encoder, report)
        result = evaluate_annotation(
            opened, framework, seed, system_clock(), report, encoder=maker, distances=distances
        )
    emit(result, json_output, lambda out: _render(out, result))


def _render(out: Console, result: dict[str, Any]) -> None:
    mark = f" ({result['truth']})" if result["truth"] else ""
    title = f"{result['questions']:,} questions, {result['concepts']:,} concepts hidden, named by {result['framework']}"
    drawn = table(title + mark, "", "concepts", "precision", "recall", "B³ F1", "builtin gains")
    for row in result["rows"]:
        gain = result["over"].get(row["name"])
        figures = [f"{row[name]['mean']:.3f}" for name in ("precision", "recall", "f1")]
        drawn.add_row(row["name"], f"{row['concepts']:,}", *figures, with_interval(gain) if gain else "–")
    out.print(drawn)
    for name, top in (result["top"] or {}).items():
        out.print(f"{name}: right first {top['top1']['mean']:.3f}, among three {top['top3']['mean']:.3f}")
    if result["top_over"]:
        first, three = (with_interval(result["top_over"][k]) for k in ("top1", "top3"))
        out.print(f"builtin over {TFIDF}: right first {first}, among three {three}")
    sure = result["confidence"]
    if sure:
        out.print(
            f"Confidence: {sure['stated']:.3f} stated where {sure['right']['mean']:.3f} are right; Brier "
            f"{sure['brier']['mean']:.3f} (a constant {sure['brier_of_constant']:.3f}), ECE {sure['ece']:.3f}."
        )
    if "distances" in result:
        _render_distances(out, result["distances"])


def _render_distances(out: Console, distances: list[dict[str, Any]]) -> None:
    drawn = table("Other distances", "near, broad", "concepts", "B³ F1", *distances[0]["over"])
    for row in distances:
        gains = (with_interval(gain) for gain in row["over"].values())
        drawn.add_row(f"{row['near']}, {row['broad']}", f"{row['concepts']:,}", f"{row['f1']['mean']:.3f}", *gains)
    out.print(drawn)
