"""Measure a course's policies."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from preceptor.course import Course, replace_file, write_run
from preceptor.domain import UserError
from preceptor.evaluate.policy import PolicyDesign
from preceptor.evaluate.policy_case import case_picture
from preceptor.evaluate.policy_measures import Arm, claims
from preceptor.progress import Progress, part
from preceptor.workflow.clock import Clock
from preceptor.workflow.kept_pieces import kept, run_kept
from preceptor.workflow.policy_contest import Contest, PolicyChoice, contest_of
from preceptor.workflow.policy_pieces import ArmPiece, run_arm, run_judge
from preceptor.workflow.policy_rows import first_of, row_of

WHAT = "judges and policies"
Told = dict[str, Any]
"""What the file of a piece holds."""


def evaluate_policy(
    course: Course,
    objective: str,
    design: PolicyDesign,
    clock: Clock,
    progress: Progress,
    choice: PolicyChoice | None = None,
) -> dict[str, Any]:
    """Compare policies on students not used in training, before one judge or several.

    What was done before is read from its run file, so that a killed run goes on where it was.

    Args:
        course: A course with a trained model, and with a simulated log where its own students' truth judges.
        objective: Registered objectives, separated by commas.
        design: How to compare.
        clock: The clocks.
        progress: Told how far it is.
        choice: What to compare; None for the planner and its usual rivals before the students' latent truth.

    Returns:
        `rows`, one a judge, objective and policy; `claims`; `skipped`, which policies of "all" took no part, and
        why; of the first judge and objective `improvement`, the arms' mean recall, and `paired`, planner less each
        other arm; `resumed`, how many judges and arms were there already.

    Raises:
        UserError: If there is no latent truth or no model, or a name or number is not valid.
        FailedPiecesError: If pieces failed in every try; the others are kept.
    """
    start, choice = clock.monotonic(), choice or PolicyChoice()
    contest = contest_of(course, objective, design, choice)
    judges, played, resumed = _ran(contest, choice.backend, progress)
    rows, cases = _rows(contest, judges, played, choice.beside), _cases(contest, played)
    result: dict[str, Any] = {
        "rows": rows,
        "objective": objective,
        "objectives": list(contest.fitting),
        "policies": list(contest.policies),
        "skipped": contest.skipped,
        "reference": contest.reference,
        "students": len(judges[0]["students"]),
        "steps": design.steps or judges[0]["withheld"],
        "replicates": design.replicates,
        "seed": design.seed,
        "other_than_seed": design.other_than_seed,
        "simulated": course.simulated or any(judge["simulated"] for judge in judges),
        "model": {"name": contest.run.parent.name, "run": contest.run.name},
        "judges": {judge["name"]: {**judge["about"], "students": len(judge["students"])} for judge in judges},
        **first_of(rows, design),
        "claims": claims(rows, contest.reference),
        "cases": cases,
        "resumed": resumed,
    }
    if choice.picture is not None and cases:
        replace_file(choice.picture, case_picture(cases[0]).encode())
        result["picture"] = str(choice.picture)
    seconds = clock.monotonic() - start
    compared = {"policies": contest.policies, "judges": contest.judged_by, "reference": contest.reference}
    config = {"objective": objective, **asdict(contest.design), **compared}
    run = write_run(
        course, "evaluate-policy", config, course.data_hash, design.seed, result, seconds, at_seconds=clock.now()
    )
    return {**result, "seconds": seconds, "run": str(run)}


def _ran(contest: Contest, backend: str, progress: Progress) -> tuple[list[Told], dict[ArmPiece, Told], int]:
    """The judges, what every arm did before each, and how many of these were there already; one bar over all."""
    arms = contest.arms
    judges_left, arms_left = (sum(kept(piece) is None for piece in pieces) for pieces in (contest.judges, arms))

    told, judges_known = run_kept(run_judge, contest.judges, backend, part(progress, after=arms_left), WHAT)
    judges = [told[piece] for piece in contest.judges]
    _require_watched(judges[0], contest.case)
    played, arms_known = run_kept(run_arm, arms, backend, part(progress, before=judges_left), WHAT)
    return judges, played, judges_known + arms_known


def _rows(
    contest: Contest, judges: Sequence[Told], played: Mapping[ArmPiece, Told], beside: tuple[str, ...]
) -> list[dict[str, Any]]:
    """The rows of every judge, objective and policy."""
    measured = {
        (piece.before.judge, objective, piece.arm): Arm.of_values(values)
        for piece, told in played.items()
        for objective, values in told["arms"].items()
    }
    rows: list[dict[str, Any]] = []
    for judge in judges:
        for objective, names in contest.fitting.items():
            arms = {name: measured[judge["name"], objective, name] for name in names}
            rows += [row_of(judge, objective, name, arms, contest.reference, beside, contest.design) for name in arms]
    return rows


def _cases(contest: Contest, played: Mapping[ArmPiece, Told]) -> list[dict[str, Any]]:
    """What happened to the watched student, under every objective and policy."""
    if not contest.case:
        return []
    told = {
        (objective, piece.arm): case for piece, found in played.items() for objective, case in found["cases"].items()
    }
    return [
        {
            **told[objective, contest.reference],
            "paths": {name: told[objective, name]["paths"][name] for name in names},
        }
        for objective, names in contest.fitting.items()
    ]


def _require_watched(judge: Told, student: str) -> None:
    if student and student not in judge["students"]:
        raise UserError(
            f"The student {student!r} is not among those before the judge {judge['name']!r}.",
            allowed=f"for example {', '.join(judge['students'][:3])}",
        )
