"""`preceptor evaluate embedding`."""

from pathlib import Path
from typing import Any

from rich.console import Console

from preceptor.cli.output import emit, progress, table, with_interval
from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.workflow.clock import system_clock
from preceptor.workflow.embedding_evaluation import evaluate_embedding

GAINS = {
    "induced_over_untuned": "Tuned on induced labels over untuned",
    "true_over_untuned": "Tuned on true labels over untuned",
    "induced_over_true": "Tuned on induced over tuned on true labels",
}


def run(course: Path, labels: Path | None, seed: int, json_output: bool) -> None:
    """Hold induced labels and vectors tuned on them against true labels."""
    if labels is None:
        raise UserError(
            "Where the true labels stand was not said.",
            allowed="--labels COURSE, the labelled course that this one is a copy of",
            mend=f"preceptor evaluate embedding {course} --labels LABELLED",
        )
    with progress(json_output) as report:
        result = evaluate_embedding(Course.open(course), Course.open(labels), seed, system_clock(), report)
    emit(result, json_output, lambda out: _render(out, result))


def _render(out: Console, result: dict[str, Any]) -> None:
    title = f"{result['questions']:,} questions, {result['concepts']:,} concepts against {result['true_concepts']:,}"
    drawn = table(title, "", "concepts", "precision", "recall", "B³ F1")
    for row in result["annotation"]["rows"]:
        figures = [f"{row[name]['mean']:.3f}" for name in ("precision", "recall", "f1")]
        drawn.add_row(row["name"], f"{row['concepts']:,}", *figures)
    out.print(drawn)
    found = table("Right questions found for a true concept (micro-F1)", "", "training questions", "questions held out")
    for name in result["held_out"]["micro_f1"]:
        found.add_row(name, *(f"{result[part]['micro_f1'][name]['mean']:.4f}" for part in ("training", "held_out")))
    out.print(found)
    for name, told in GAINS.items():
        out.print(f"{told}, held out: {with_interval(result['held_out']['gains'][name])}.")
    out.print(f"Run: {result['run']}")
