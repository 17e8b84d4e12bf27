"""`preceptor annotate`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from preceptor.annotate import annotator_names
from preceptor.cli import asking
from preceptor.cli.options import CoursePath, Json, Seed
from preceptor.cli.output import emit, progress, short, table
from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.embed import encoder_names
from preceptor.workflow.annotating import DEFAULT_ENCODER, AnnotateOptions, Labeller, annotate
from preceptor.workflow.asked_model import AskOptions
from preceptor.workflow.asking import asking as ask_model
from preceptor.workflow.clock import system_clock
from preceptor.workflow.reviewing import decided_in, undo_annotation


def run(
    course: CoursePath,
    annotator: Annotated[str, typer.Option(help=f"One of: {', '.join(annotator_names())}.")] = "builtin",
    framework: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Names the concepts: a CSV or JSON file, or a folder of Common Core tables."),
    ] = None,
    encoder: Annotated[
        str,
        typer.Option(
            help=f"Reads the texts: {', '.join(encoder_names())}, a folder or a hub id. "
            f"Empty: the setting `encoder`, else {DEFAULT_ENCODER}."
        ),
    ] = "",
    replace_labels: Annotated[
        bool, typer.Option("--replace-labels", help="Replace labels that were imported, too.")
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Put back the labels as they were before the last annotation.")
    ] = False,
    model_url: asking.ModelUrl = "",
    model: asking.ModelName = "",
    concurrency: asking.Concurrency = None,
    requests_per_minute: asking.Rate = None,
    timeout_seconds: asking.Timeout = None,
    budget_tokens: asking.BudgetTokens = None,
    budget_money: asking.BudgetMoney = None,
    price_in: asking.PriceIn = None,
    price_out: asking.PriceOut = None,
    extend: asking.Extend = 0,
    yes: asking.Yes = False,
    seed: Seed = 0,
    json_output: Json = False,
) -> None:
    """Label a course's questions with knowledge concepts, clusters, prerequisites and steps.

    Labels of an earlier annotation are replaced, and decisions of a review count again. Labels that were imported are
    only replaced if you say so, and `--undo` puts back what was there before. Ids of questions stay, so that a log
    stays valid. Every label states how sure it is and why. A model that was trained before belongs to the old labels:
    train again.

    `--annotator model` asks a language model, after it has shown what that will take. Its key is read from the
    environment variable PRECEPTOR_MODEL_KEY. Interrupted or killed, the same command goes on and pays nothing twice.
    """
    opened = Course.open(course)
    if undo:
        put_back = undo_annotation(opened, system_clock())
        emit(put_back, json_output, lambda out: _render_undone(out, put_back))
        return
    asked = AskOptions(
        model_url, model, concurrency, requests_per_minute, timeout_seconds, budget_tokens, budget_money,
        price_in, price_out, extend,
    )  # fmt: skip
    with progress(json_output) as report:
        result = annotate(
            opened,
            AnnotateOptions(annotator, framework, seed, encoder, replace_labels),
            system_clock(),
            report,
            labeller=_labeller(annotator, opened, asked, asking.Agreement(yes)),
            review=decided_in(opened),
        )
    emit(result, json_output, lambda out: _render(out, result, opened))


def _labeller(annotator: str, course: Course, options: AskOptions, agree: asking.Agreement) -> Labeller | None:
    """What annotates; None for an annotator that needs no model.

    Raises:
        UserError: If something was said of a model that is not asked.
    """
    if annotator == "model":
        return ask_model(course, options, agree)
    if options != AskOptions():
        raise UserError(f"--annotator {annotator} asks no language model.", mend="add --annotator model")
    return None


def _render(out: Console, result: dict[str, Any], course: Course) -> None:
    title = f"Annotated by {result['annotator']}, named by {result['framework']}"
    drawn = table(f"{title} ({result['truth']})" if result["truth"] else title, "", "count")
    counted = {name: result[name] for name in ("questions", "labelled", "concepts", "clusters")}
    counted |= {"questions that got steps": result["with_steps"]}
    counted |= {f"prerequisites, {source}": number for source, number in result["prerequisites"].items() if number}
    counted |= {"labels less than half sure": result["unsure"]}
    counted |= {f"failed, {kind}": number for kind, number in result["failures"].items()}
    counted |= {name.replace("_", " "): number for name, number in result["counts"].items()}
    for name, number in counted.items():
        drawn.add_row(name, f"{number:,}")
    out.print(drawn)
    if "asked" in result:
        asking.render_asked(out, result["asked"], result["failed"])
    samples = table("Labels from the surest to the least sure", "question", "concept", "sure", "evidence")
    for sample in result["samples"]:
        samples.add_row(
            short(sample["text"]), short(sample["concept"]), f"{sample['confidence']:.2f}", sample["evidence"]
        )
    out.print(samples)
    out.print(f"Kept in {result['annotation']}.")
    out.print("To look it through, to have vectors of the texts, or to put back what was there before:")
    for command in ("review {} --out review.xlsx", "embed {}", "annotate {} --undo"):
        out.print(f"· preceptor {command.format(course.path)}", soft_wrap=True)
    if course.default("models") is not None:
        out.print(f"The model belongs to the earlier labels: preceptor train {course.path}")


def _render_undone(out: Console, result: dict[str, Any]) -> None:
    in_force = f"The annotation {result['in_force']} is in force again." if result["in_force"] else "None is in force."
    out.print(f"The bank is as it was before {result['undone']}. {in_force}")
    if result["stayed"]:
        out.print(f"{result['stayed']:,} questions joined or were mended since and stay as they are.")
    if result["decisions"]:
        out.print(
            f"The decisions of the review ({result['decisions']:,}) stay, too: they count again at the next "
            "`preceptor annotate`. `preceptor serve` takes back a single one."
        )
