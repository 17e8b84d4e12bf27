"""`preceptor evaluate judge`."""

from pathlib import Path
from typing import Any

from rich.console import Console

from preceptor.cli.output import emit, progress, table
from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.workflow.clock import system_clock
from preceptor.workflow.dialogue_judging import DEFAULT_REFERENCE, JudgeOptions, judge_dialogues


def run(
    course: Path,
    dialogues: str,
    reference: str,
    model_url: str,
    model_name: str,
    budget_tokens: int | None,
    probe: bool,
    sheets: str,
    ratings: str,
    seed: int,
    json_output: bool,
) -> None:
    """Let models and people say which of two tutors fits a student better."""
    if not dialogues:
        raise UserError("Nothing is given to judge.", mend="--dialogues FILE")
    options = JudgeOptions(
        Path(dialogues),
        reference or DEFAULT_REFERENCE,
        tuple(filter(None, model_name.split(","))),
        model_url,
        probe,
        Path(sheets) if sheets else None,
        tuple(map(Path, filter(None, ratings.split(",")))),
        budget_tokens,
        seed,
    )
    with progress(json_output) as report:
        result = judge_dialogues(Course.open(course), options, system_clock(), report)
    emit(result, json_output, lambda out: _render(out, result))


def _render(out: Console, result: dict[str, Any]) -> None:
    for judge in result["judges"]:
        drawn = table(
            f"{result['cases']:,} cases of {result['students']:,} students, judged by {judge['judge']}", "", "unit",
            "against", "win", "tie", "loss", "failed", "win rate", "at equal length", "readings agree",
        )  # fmt: skip
        for row in judge["rows"]:
            counts = (str(row[name]) for name in ("win", "tie", "loss", "failed"))
            rates = (_share(row.get(name)) for name in ("win_rate", "at_equal_length"))
            drawn.add_row(row["arm"], row["unit"], row["reference"], *counts, *rates, _percent(row["readings_agree"]))
        out.print(drawn)
        _render_probes(out, judge)
    if result["without_stranger"]:
        out.print(
            f"{result['without_stranger']:,} of {result['cases']:,} cases were left out of the probe: "
            "no other student's profile on the same concepts."
        )
    for row in result["agreement"]:
        found = row["kappa"]
        out.print(
            f"{row['judge']} and {row['other']} agree in {_percent(row['agree'])} of {row['cases']:,} cases, "
            f"κ {_share(found) if found else '–'}."
        )
    for path in result["sheets"]:
        out.print(f"Written: {path}")
    out.print(f"Run: {result['run']}")


def _render_probes(out: Console, judge: dict[str, Any]) -> None:
    for row in judge.get("matches", ()):
        out.print(f"{row['arm']}: the student is found in {_share(row['found'])} of {row['cases']:,} cases.")
    for row in judge.get("swaps", ()):
        out.print(
            f"{row['arm']} against {row['reference']}: with another student's profile {_share(row['lost'])} of the "
            f"win rate is lost, over {row['cases']:,} cases."
        )


def _share(estimate: dict[str, Any] | None) -> str:
    if estimate is None:
        return "–"
    low, high = estimate["ci95"]
    return f"{estimate['mean']:.3f} ({low:.3f} to {high:.3f})"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"
