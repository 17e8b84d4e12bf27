"""`preceptor evaluate retrieval`."""

from pathlib import Path
from typing import Any

from rich.console import Console

from preceptor.cli.output import emit, progress, table, with_interval
from preceptor.course import Course
from preceptor.workflow.clock import system_clock
from preceptor.workflow.retrieval_evaluation import evaluate_retrieval

KINDS = {
    "same_misconception": "the latest answer with the same misconception",
    "same_concept": "the latest miss on the same concept",
}


def run(course: Path, encoder: str, reranker: str, students: int, seed: int, json_output: bool) -> None:
    """Give wrong answers again and look at the memories that are kept for them."""
    with progress(json_output) as report:
        result = evaluate_retrieval(Course.open(course), encoder, reranker, students, seed, system_clock(), report)
    emit(result, json_output, lambda out: _render(out, result))


def _render(out: Console, result: dict[str, Any]) -> None:
    for kind, found in result["kinds"].items():
        title = f"{found['answers']:,} wrong answers of {found['students']:,} simulated students: {KINDS[kind]} is kept"
        drawn = table(title, "", "share", "gain over the first")
        for row in found["rows"]:
            drawn.add_row(row["name"], f"{row['found']['mean']:.3f}", with_interval(row["gain"]))
        out.print(drawn)
    out.print(f"Encoder {result['encoder']}, forgetting curve {result['curve']}. Run: {result['run']}")
