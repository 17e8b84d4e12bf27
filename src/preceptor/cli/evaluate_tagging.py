"""`preceptor evaluate tagging`."""

from pathlib import Path
from typing import Any

from rich.console import Console

from preceptor.cli.output import emit, progress, table, with_interval
from preceptor.course import Course
from preceptor.workflow.clock import system_clock
from preceptor.workflow.tagging_evaluation import evaluate_tagging


def run(course: Path, encoder: str, seed: int, json_output: bool) -> None:
    """Hide concepts, tag, compare."""
    with progress(json_output) as report:
        result = evaluate_tagging(Course.open(course), encoder, seed, system_clock(), report)
    emit(result, json_output, lambda out: _render(out, result))


def _render(out: Console, result: dict[str, Any]) -> None:
    for kind, found in result["held_out"].items():
        title = f"{found['texts']:,} {kind} among {result['concepts']:,} concepts, encoder {result['encoder']}"
        drawn = table(title, "", "right first", "among three", "tagger gains, first", "tagger gains, three")
        for row in found["rows"]:
            gains = [with_interval(row[name]) if name in row else "–" for name in ("gain1", "gain3")]
            drawn.add_row(row["name"], *(f"{row[name]['mean']:.3f}" for name in ("top1", "top3")), *gains)
        out.print(drawn)
        sure = found["confidence"]
        right = f"{found['precision']['mean']:.3f} of them right" if found["precision"] else "none of them right"
        out.print(
            f"Confidence: {sure['stated']:.3f} stated where {sure['right']['mean']:.3f} are right, ECE "
            f"{sure['ece']:.3f}. From {found['threshold']:.2f} on a tag is gone by: {found['coverage']['mean']:.3f} of "
            f"the texts, {right}; about the others the tutor asks."
        )
