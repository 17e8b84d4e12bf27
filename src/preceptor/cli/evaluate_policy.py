"""`preceptor evaluate policy`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from preceptor.cli.output import emit, progress, say, signed, table, with_interval
from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.evaluate import PolicyDesign, check_folder
from preceptor.workflow.clock import system_clock
from preceptor.workflow.earlier_data import earlier_data_note
from preceptor.workflow.evaluating import evaluate_policy
from preceptor.workflow.policy_contest import PolicyChoice


def run(
    course: Path,
    objective: str,
    students: int,
    horizon_days: float,
    policies: str,
    judges: str,
    reference: str,
    beside: str,
    steps: int,
    replicates: int,
    other_than_seed: int | None,
    case: str,
    picture: str,
    backend: str,
    seed: int,
    json_output: bool,
) -> None:
    """Let policies ask the same students, and judge them."""
    if picture and not case:
        raise UserError("--picture draws a student's path, and no student is named.", mend="name one by --case")
    if picture:
        check_folder(Path(picture))
    design = PolicyDesign(students, horizon_days, seed, steps, replicates, other_than_seed)
    choice = PolicyChoice(
        tuple(policies.split(",")),
        tuple(judges.split(",")),
        reference,
        tuple(filter(None, beside.split(","))),
        case,
        Path(picture) if picture else None,
        backend,
    )
    opened = Course.open(course)
    if note := earlier_data_note(opened, opened.load_bank()):
        say(note, err=True)
    with progress(json_output) as report:
        result = evaluate_policy(opened, objective, design, system_clock(), report, choice)
    emit(result, json_output, lambda out: _render(out, result))


def _render(out: Console, result: dict[str, Any]) -> None:
    if len(result["judges"]) == len(result["objectives"]) == 1 and result["rows"][0]["simulated"]:
        render_arms(out, result["improvement"], result["paired"])
    else:
        for judge in result["judges"]:
            for objective in result["objectives"]:
                _render_judged(out, result, judge, objective)
    for told in result["cases"]:
        _render_case(out, told)
    for one in result["skipped"]:
        out.print(f"{one['policy']} took no part. {one['why']}")
    for claim in result["claims"]:
        if claim["verdict"] != "not shown":
            out.print(claim_in_words(claim, result["reference"]))


def claim_in_words(claim: Mapping[str, Any], reference: str) -> str:
    """One sentence of what the judges bear out."""
    told = f"{claim['policy']}, {claim['objective']}, {claim['moment']}: {claim['verdict']}"
    sides = [
        f"{word} {reference} before {', '.join(claim[side])}"
        for side, word in (("above", "above"), ("below", "below"))
        if claim[side]
    ]
    return f"{told} ({'; '.join(sides)})" if sides else told


def _render_judged(out: Console, result: dict[str, Any], judge: str, objective: str) -> None:
    rows = [row for row in result["rows"] if (row["judge"], row["objective"]) == (judge, objective)]
    kind = "simulated students" if rows[0]["simulated"] else "a tracer's belief"
    moments = list(rows[0]["improvement"])
    drawn = table(
        f"{objective}, judged by {judge} ({kind}): % of the most that could be gained, {rows[0]['students']} students",
        "policy",
        *moments,
        *(f"less {result['reference']}, {moment}" for moment in moments),
    )
    for row in rows:
        share = [signed(row["percent_of_bound"][moment]["mean"], 1) for moment in moments]
        same = row["policy"] == result["reference"]
        gains = ["–" if same else with_interval(row["over_reference"][moment]) for moment in moments]
        drawn.add_row(row["policy"], *share, *gains)
    out.print(drawn)


def _render_case(out: Console, told: dict[str, Any]) -> None:
    drawn = table(f"{told['objective']}: student {told['student']} before {told['judge']}", "policy", "target", "asked")
    for name, path in told["paths"].items():
        asked = "; ".join(f"{', '.join(one['concepts'])} {'+' if one['correct'] else '-'}" for one in path["asked"])
        value = f"{path['value'][0]:.2f} to {path['value'][-1]:.2f}"
        drawn.add_row(name, f"{', '.join(path['target'])}: {value}", asked or "–")
    out.print(drawn)


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
