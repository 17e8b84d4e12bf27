"""`preceptor evaluate tutor`."""

from pathlib import Path
from typing import Any

from rich.console import Console

from preceptor.cli.output import emit, progress, say, table, with_interval
from preceptor.cli.spoken import no_evidence, render_spoken
from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.evaluate import check_file
from preceptor.evaluate.judging_dialogues.cases import write_cases
from preceptor.evaluate.tutoring.design import LabDesign
from preceptor.workflow.clock import system_clock
from preceptor.workflow.earlier_data import earlier_data_note
from preceptor.workflow.spoken_design import LabModel, SpokenDesign
from preceptor.workflow.tutor_cases import require_two_speakers, tutor_cases
from preceptor.workflow.tutor_evaluation import evaluate_tutor, family_of, power_of
from preceptor.workflow.tutor_runs import LabOptions, runnable
from preceptor.workflow.tutor_sweep import sweep_tutor, swept


def run(
    course: Path,
    arms: str,
    family: str,
    students: int,
    seeds: int,
    turns: int,
    items_per_concept: int,
    horizon_days: float,
    tests_teach: bool,
    latent: str,
    sweep: str,
    backend: str,
    dialogues_out: str,
    with_model: bool,
    model_url: str,
    model_name: str,
    model_size: str,
    budget_tokens: int | None,
    seed: int,
    json_output: bool,
) -> None:
    """Lead simulated students through tutors and controls, between parallel tests."""
    opened = Course.open(course)
    design = LabDesign(
        family or family_of(opened),
        students,
        turns,
        items=items_per_concept,
        horizon_days=horizon_days,
        tests_teach=tests_teach,
        latent=_numbers(latent),
    )
    if with_model:
        design = SpokenDesign.of(design, LabModel.named(opened, model_url, model_name, model_size, budget_tokens))
    elif model_url or model_name or model_size or budget_tokens is not None:
        raise UserError("A language model is described, and nobody is to speak through it.", mend="add --with-model")
    options = LabOptions(tuple(arms.split(",")), design, seeds, seed, backend)
    runnable(opened, options)
    if sweep:
        swept(options, sweep)
    if dialogues_out:
        check_file(Path(dialogues_out))
        require_two_speakers(options)
    if note := earlier_data_note(opened, opened.load_bank()):
        say(note, err=True)
    say(f"Power for accuracy after 7 days. {power_of(options, len(options.arms))['told']}", err=True)
    with progress(json_output) as report:
        if sweep:
            result = sweep_tutor(opened, options, system_clock(), report, sweep)
        else:
            result = evaluate_tutor(opened, options, system_clock(), report)
    emit(result, json_output, lambda out: (_render_sweep if sweep else _render)(out, result))
    if dialogues_out:
        with progress(json_output) as report:
            write_cases(Path(dialogues_out), tutor_cases(opened, options, report))
        say(f"Written: {dialogues_out}", err=True)


def _numbers(latent: str) -> tuple[tuple[str, float], ...]:
    """Parameters as they were typed, sorted by name."""
    found: dict[str, float] = {}
    for part in filter(None, latent.split(",")):
        name, _, value = part.partition("=")
        if name.strip() in found:
            raise UserError(f"latent gives {name.strip()} twice.", allowed="every number once")
        try:
            found[name.strip()] = float(value)
        except ValueError as error:
            raise UserError(f"latent is {part!r}.", allowed="NAME=NUMBER, parted by commas") from error
    return tuple(sorted(found.items()))


def _render(out: Console, result: dict[str, Any]) -> None:
    drawn = table(
        f"{result['design']['students']} simulated students ({result['family']}), {result['seeds']} replicates"
        f"{no_evidence(result)}",
        "arm", "accuracy after 7 days", "less random (Holm)", "true recall after 7 days", "less random (Holm)",
    )  # fmt: skip
    means = {(row["arm"], row["outcome"]): row["mean"] for row in result["rows"]}
    less = {(row["arm"], row["outcome"]): row for row in result["differences"] if row["reference"] == "random"}
    for arm in result["arms"]:
        cells = []
        for outcome in ("accuracy_day7", "recall_day7"):
            difference = less.get((arm, outcome))
            cells += [f"{means[arm, outcome]:.4f}", _corrected(difference) if difference else "–"]
        drawn.add_row(arm, *cells)
    out.print(drawn)
    render_spoken(out, result)
    out.print(f"Run: {result['run']}")


def _corrected(difference: dict[str, Any]) -> str:
    """A difference with its interval after Holm's correction over the arms."""
    return with_interval({**difference, "ci95": difference["holm_ci95"]})


def _render_sweep(out: Console, result: dict[str, Any]) -> None:
    drawn = table(
        f"{result['design']['students']} simulated students ({result['family']}): true recall after 7 days, less random"
        f"{no_evidence(result)}",
        "parameter", "value", "arm", "difference",
    )  # fmt: skip
    for row in result["sweep"]:
        if row["outcome"] == "recall_day7":
            value = "–" if row["value"] is None else f"{row['value']:g}"
            drawn.add_row(row["parameter"] or "as fitted", value, row["arm"], with_interval(row))
    out.print(drawn)
    out.print(f"Run: {result['run']}")
