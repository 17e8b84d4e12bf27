"""`preceptor annotate`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from preceptor.annotate import annotator_names
from preceptor.cli.options import CoursePath, Json, Seed
from preceptor.cli.output import emit, progress, table
from preceptor.course import Course
from preceptor.workflow.annotating import AnnotateOptions, annotate
from preceptor.workflow.clock import system_clock
from preceptor.workflow.reviewing import decided_in

LONGEST_CELL = 70


def run(
    course: CoursePath,
    annotator: Annotated[str, typer.Option(help=f"One of: {', '.join(annotator_names())}.")] = "builtin",
    framework: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Names the concepts: a CSV or JSON file, or a folder of Common Core tables."),
    ] = None,
    seed: Seed = 0,
    json_output: Json = False,
) -> None:
    """Label a course's questions with knowledge concepts, clusters, prerequisites and steps.

    Labels that the questions have are replaced; ids of questions stay, so that a log stays valid. Every label states
    how sure it is and why. A model that was trained before belongs to the old labels: train again.
    """
    with progress(json_output) as report:
        opened, options = Course.open(course), AnnotateOptions(annotator, framework, seed)
        result = annotate(opened, options, system_clock(), report, review=decided_in(opened))
    emit(result, json_output, lambda out: _render(out, result))


def _render(out: Console, result: dict[str, Any]) -> None:
    title = f"Annotated by {result['annotator']}, named by {result['framework']}"
    drawn = table(f"{title} ({result['truth']})" if result["truth"] else title, "", "count")
    names = ("questions", "labelled", "concepts", "clusters", "with_steps")
    counted = {name.replace("_", " "): result[name] for name in names}
    counted |= {f"prerequisites, {source}": number for source, number in result["prerequisites"].items() if number}
    counted |= {"labels less than half sure": result["unsure"]}
    counted |= {f"failed, {kind}": number for kind, number in result["failures"].items()}
    counted |= {name.replace("_", " "): number for name, number in result["counts"].items()}
    for name, number in counted.items():
        drawn.add_row(name, f"{number:,}")
    out.print(drawn)
    samples = table("Labels from the surest to the least sure", "question", "concept", "sure", "evidence")
    for sample in result["samples"]:
        samples.add_row(
            _cut(sample["text"]), _cut(sample["concept"]), f"{sample['confidence']:.2f}", sample["evidence"]
        )
    out.print(samples)
    out.print(f"Kept in {result['annotation']}. Train again: earlier models belong to the earlier labels.")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_CELL else line[: LONGEST_CELL - 1] + "…"
