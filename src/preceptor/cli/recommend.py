"""`preceptor recommend`."""

from typing import Annotated

import typer
from rich.console import Console

from preceptor.cli.options import CoursePath, Json, Student, seconds_of
from preceptor.cli.output import emit, signed, table
from preceptor.course import Course
from preceptor.recommend import objective_names, policy_names
from preceptor.workflow.clock import system_clock
from preceptor.workflow.recommending import Recommended, recommend


def run(
    course: CoursePath,
    student: Student,
    objective: Annotated[str, typer.Option(help=f"One of: {', '.join(objective_names())}.")] = "weakest",
    k: Annotated[int, typer.Option("--k", help="Most recommendations.")] = 5,
    horizon_days: Annotated[float, typer.Option(help="When improvement is measured.")] = 7.0,
    at: Annotated[str, typer.Option(metavar="TIME", help="The moment, as an ISO time; empty: now.")] = "",
    policy: Annotated[
        str,
        typer.Option(
            help=f"One of: {', '.join(policy_names())}; learned (the course's own for the objective); "
            "or a run `status` names."
        ),
    ] = "planner",
    explain: Annotated[bool, typer.Option("--explain", help="Show the answers behind each recommendation.")] = False,
    json_output: Json = False,
) -> None:
    """Recommend the next questions for one student.

    The planner looks one answer ahead over the whole bank: both outcomes, recall at the horizon. Other policies choose
    by their own lights; what is expected of their questions is the planner's word.
    """
    found = recommend(
        Course.open(course),
        student,
        objective=objective,
        k=k,
        horizon_days=horizon_days,
        at_seconds=seconds_of(at),
        clock=system_clock(),
        explain=explain,
        policy=policy,
    )
    emit(found.to_dict(explain=explain), json_output, lambda out: _render(out, found, explain))


def _render(out: Console, found: Recommended, explain: bool) -> None:
    drawn = table(
        f"Next questions for {'simulated student ' if found.simulated else ''}{found.student} ({found.objective})",
        "question",
        "concepts",
        "P(correct)",
        "improvement",
    )
    for entry in found.recommendations:
        names = ", ".join(concept.name for concept in entry.concepts)
        label = entry.text or entry.question_id
        drawn.add_row(label, names, f"{entry.p_correct:.0%}", signed(entry.expected_improvement, 4))
    out.print(drawn)
    if explain:
        for entry in found.recommendations:
            out.print()
            out.print(entry.text or entry.question_id, style="bold")
            out.print(entry.why)
            for answer in entry.evidence:
                when = "" if answer.days_ago is None else f", {answer.days_ago:.1f} days ago"
                worth = "" if answer.effect is None else f" (worth {signed(100 * answer.effect, 2)} points)"
                out.print(f"  · {'right' if answer.correct >= 0.5 else 'wrong'}{when}{worth}: {answer.text}")
    out.print(f"Chosen by {found.policy} in {found.milliseconds:.1f} ms.")
