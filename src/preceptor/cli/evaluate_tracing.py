"""`preceptor evaluate tracing`."""

import math
from pathlib import Path
from typing import Any

from rich.console import Console

from preceptor.cli.output import emit, progress, signed, table
from preceptor.course import Course, explained
from preceptor.data import write_folds
from preceptor.domain import UserError
from preceptor.evaluate import check_folder, check_predictions_file, report_data, tracing_report, write_predictions
from preceptor.workflow.clock import system_clock
from preceptor.workflow.tracing_evaluation import TracingEvaluation, evaluate_tracing
from preceptor.workflow.tracing_options import TracingOptions


def run(
    course: Path,
    models: str,
    protocol: str,
    folds: int,
    test_folds: str,
    splits: str,
    splits_out: str,
    predictions: str,
    report: str,
    device: str,
    resume: bool,
    backend: str,
    seed: int,
    json_output: bool,
) -> None:
    """Compare tracers fold by fold."""
    files = {name: Path(name) for name in (predictions, splits_out, report) if name}
    for file in files.values():
        check_folder(file)
    if predictions:
        check_predictions_file(files[predictions])
    names = tuple(dict.fromkeys(part.strip() for part in models.split(",") if part.strip()))
    options = TracingOptions(
        names, protocol, folds, _numbers(test_folds), Path(splits) if splits else None, device, seed, resume, backend
    )
    with progress(json_output) as told:
        found = evaluate_tracing(Course.open(course), options, system_clock(), told)
    if predictions:
        with explained("write", files[predictions]):
            write_predictions(files[predictions], found.bank, found.log, found.predictions)
    if splits_out:
        with explained("write", files[splits_out]):
            write_folds(files[splits_out], found.log, found.fold_of_student)
    if report:
        page = tracing_report(found.result, report_data(found.bank, found.log, found.predictions))
        with explained("write", files[report]):
            files[report].write_text(page, encoding="utf-8")
    emit(found.result, json_output, lambda out: _render(out, found))


def _numbers(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise UserError(f"--test-folds is {text!r}.", allowed="numbers with commas, for example 5,4") from error


def _render(out: Console, found: TracingEvaluation) -> None:
    result = found.result
    folds = ", ".join(map(str, result["protocol"]["folds_run"]))
    kind = "simulated students" if result["simulated"] else "test students"
    first = next((row["model"] for row in result["rows"] if "over_floor" in row), "the first")
    answers = result["rows"][0]["answers"]
    drawn = table(
        f"{answers:,} answers of {kind} predicted, {result['protocol']['name']}, folds {folds}",
        "", "AUC", "95 %", "over\naverage", f"over\n{first}", "within\nKCs", "log\nloss", "ECE", "without",
    )  # fmt: skip
    for row in result["rows"]:
        drawn.add_row(*(_cells(row) if row["applicable"] else _not_applicable(row)))
    out.print(drawn)
    for row in result["rows"]:
        if "kc_level" in row:
            auc = _number(row["kc_level"]["auc"]["mean"])
            out.print(f"· {row['model']} KC by KC, where earlier KCs of a question give its answer away: AUC {auc}")
    for row in result["rows"]:
        if "order" in row:
            out.print(
                f"· {row['model']}: order arbitrary; metrics are means over {row['shuffles']['number']} shuffles, "
                f"AUC differs between them by {row['shuffles']['auc_sd']:.4f} (sd)"
            )
    for note in result["notes"]:
        out.print(f"· {note}")
    out.print(f"Run: {result['run']}")


def _cells(row: dict[str, Any]) -> list[str]:
    low, high = row["auc"]["ci95"]
    interval = "–" if math.isnan(low) else f"{low:.3f}–{high:.3f}"
    gains = [signed(row[over]["auc"]["mean"], 4) if over in row else "–" for over in ("over_floor", "over_first")]
    figures = [_number(row[name]["mean"]) for name in ("log_loss", "ece")]
    within, lacked = _number(row["per_concept"]["auc"]["mean"]), ", ".join(row.get("lacked", ())) or "–"
    return [row["model"], _number(row["auc"]["mean"]), interval, *gains, within, *figures, lacked]


def _not_applicable(row: dict[str, Any]) -> list[str]:
    return [row["model"], "not applicable", *[""] * 6, ", ".join(row["missing"])]


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.4f}"
