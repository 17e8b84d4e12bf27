"""`preceptor evaluate role-play`."""

from pathlib import Path
from typing import Any

from rich.console import Console

from preceptor.cli.output import emit, progress, table, with_interval
from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.workflow.clock import system_clock
from preceptor.workflow.role_playing import RolePlayOptions, play_roles


def run(
    course: Path,
    dialogues: str,
    items: int,
    model_url: str,
    model_name: str,
    budget_tokens: int | None,
    seed: int,
    json_output: bool,
) -> None:
    """Let a model play the students of sessions and sit tests afterwards."""
    if not dialogues:
        raise UserError("No sessions are given.", mend="--dialogues FILE")
    options = RolePlayOptions(Path(dialogues), items, model_url, model_name, budget_tokens, seed)
    with progress(json_output) as report:
        result = play_roles(Course.open(course), options, system_clock(), report)
    emit(result, json_output, lambda out: _render(out, result))


def _render(out: Console, result: dict[str, Any]) -> None:
    title = f"{result['students']:,} students played by {result['model']}, {result['cases']:,} sessions of each arm"
    drawn = table(title, "", "accuracy", "over no session", "P after Holm", "answers")
    for row in result["rows"]:
        found, over = row["accuracy"], row["over_none"]
        drawn.add_row(
            row["arm"],
            f"{found['mean']:.3f} ({found['ci95'][0]:.3f} to {found['ci95'][1]:.3f})" if found else "–",
            with_interval(over["estimate"], 3) if over else "–",
            f"{over['holm_p']:.3f}" if over else "–",
            ", ".join(f"{count} {name}" for name, count in row["ended"].items()),
        )
    out.print(drawn)
    out.print(f"{result['skipped']:,} sessions were left out: no unseen question. Run: {result['run']}")
