"""`preceptor evaluate policy`."""

from pathlib import Path
from typing import Any

from rich.console import Console

from preceptor.cli.output import emit, progress, table, with_interval
from preceptor.course import Course
from preceptor.evaluate import PolicyDesign
from preceptor.workflow.clock import system_clock
from preceptor.workflow.evaluating import evaluate_policy


def run(course: Path, objective: str, students: int, horizon_days: float, seed: int, json_output: bool) -> None:
    """Let the planner and its rivals ask the same simulated students."""
    design = PolicyDesign(students, horizon_days, seed)
    with progress(json_output) as report:
        result = evaluate_policy(Course.open(course), objective, design, system_clock(), report)
    emit(result, json_output, lambda out: render_arms(out, result["improvement"], result["paired"]))


def render_arms(out: Console, improvement: dict[str, Any], paired: dict[str, Any]) -> None:
    """Draw the arms and the planner's paired gains."""
    later = next(name for name in next(iter(improvement.values())) if name != "now")
    drawn = table(
        "Latent recall over all concepts (simulated students)", "policy", "at once", f"after {later[3:]} days",
        "planner gains at once", f"planner gains after {later[3:]} days",
    )  # fmt: skip
    for name, arm in improvement.items():
        gains = paired.get(name)
        cells = ["–", "–"] if gains is None else [with_interval(gains["now"]), with_interval(gains[later])]
        drawn.add_row(name, _plain(arm["now"]), _plain(arm[later]), *cells)
    out.print(drawn)


def _plain(estimate: dict[str, Any]) -> str:
    return f"{estimate['mean']:.4f}"
