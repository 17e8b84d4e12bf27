"""`preceptor evaluate adaptation`."""

from pathlib import Path
from typing import Any

from rich.console import Console

from preceptor.cli.output import emit, progress, table
from preceptor.course import Course
from preceptor.workflow.adaptation_evaluation import evaluate_adaptation
from preceptor.workflow.clock import system_clock


def run(course: Path, pairs: int, seed: int, json_output: bool) -> None:
    """Hold the tutor's turns for random pairs of students against its rule table."""
    with progress(json_output) as report:
        result = evaluate_adaptation(Course.open(course), pairs, seed, system_clock(), report)
    emit(result, json_output, lambda out: _render(out, result))


def _render(out: Console, result: dict[str, Any]) -> None:
    drawn = table(
        "Pairs of students that differ in one thing only", "differ in", "pairs", "as the table says", "question moved",
        "student told from words", "same action stays",
    )  # fmt: skip
    for row in result["rows"]:
        shares = (_told(row[name]) for name in ("held", "asked", "matched", "same"))
        drawn.add_row(row["differs"], f"{row['pairs']:,}", *shares)
    out.print(drawn)
    out.print(f"{result['told']} Run: {result['run']}")


def _told(share: dict[str, Any]) -> str:
    if not share["count"]:
        return "–"
    low, high = share["ci95"]
    return f"{share['share']:.1%} ({low:.1%} to {high:.1%})"
