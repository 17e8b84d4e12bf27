"""Measure a course's policies."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from preceptor.course import Course, replace_file, write_run
from preceptor.data import split_by_student
from preceptor.domain import UserError, unknown_name
from preceptor.evaluate.judges import Judge
from preceptor.evaluate.policy import ARMS, Comparison, PolicyDesign, check_arms
from preceptor.evaluate.policy_case import case_of, case_picture
from preceptor.evaluate.policy_measures import Arm, claims
from preceptor.mind import MindModel
from preceptor.progress import Progress
from preceptor.recommend import Objective, Planner, Policy, policy_names
from preceptor.workflow.clock import Clock
from preceptor.workflow.judging import EVERY, LATENT, Bench, judge_names
from preceptor.workflow.learned_policies import KIND, LEARNED, load_policy, run_name
from preceptor.workflow.limits import require_at_least
from preceptor.workflow.models import load_trained
from preceptor.workflow.simulating import load_truth

RIVALS = ("planner", "random", "historical", "lowest-recall")
"""What is compared where nobody says what."""


@dataclass(frozen=True)
class PolicyChoice:
    """What is compared with what, and before whom.

    Args:
        policies: Registered policies, `historical`, `no-practice`, and learned ones as `recommend` takes them, which
            take part under the objective they were trained for; "all" for all of them.
        judges: As `preceptor.workflow.judging` reads them; "all" for five.
        reference: What differences are to; empty for `planner` or, without it, the first.
        beside: More policies that differences are to. A policy with a model-based critic is always held against its
            like with a plain one, where that takes part.
        case: A student whose path is told; empty for nobody.
        picture: Where the path is drawn; None for nowhere.
    """

    policies: tuple[str, ...] = RIVALS
    judges: tuple[str, ...] = (LATENT,)
    reference: str = ""
    beside: tuple[str, ...] = ()
    case: str = ""
    picture: Path | None = None


def evaluate_policy(
    course: Course,
    objective: str,
    design: PolicyDesign,
    clock: Clock,
    progress: Progress,
    choice: PolicyChoice | None = None,
) -> dict[str, Any]:
    """Compare policies on students not used in training, before one judge or several.

    Args:
        course: A course with a trained model, and with a simulated log where its own students' truth judges.
        objective: Registered objectives, separated by commas.
        design: How to compare.
        clock: The clocks.
        progress: Told how far it is.
        choice: What to compare; None for the planner and its usual rivals before the students' latent truth.

    Returns:
        `rows`, one a judge, objective and policy; `claims`; of the first judge and objective `improvement`, the arms'
        mean recall, and `paired`, planner less each other arm.

    Raises:
        UserError: If there is no latent truth or no model, or a name or number is not valid.
    """
    require_at_least(1, students=design.students)
    require_at_least(0, horizon_days=design.horizon_days, steps=design.steps)
    start, choice = clock.monotonic(), choice or PolicyChoice()
    bank, log = course.load_bank(), course.load_log()
    latent = any(name.partition(":")[0] in (LATENT, EVERY) for name in choice.judges)
    truth = load_truth(course) if course.simulated or latent else None
    trained = load_trained(course, bank)
    if trained.run is None:
        raise UserError("The course has no trained model.", mend=f"preceptor train {course.path}")
    objectives = [_known_objective(trained.objectives, name) for name in objective.split(",")]
    policies = _policies(course, choice)
    reference = _reference(choice.reference, policies)
    for other in choice.beside:
        _reference(other, policies)
    options = trained.metrics["options"]
    split = split_by_student(log, options["seed"], options["test_fold"], options["valid_fold"])
    names = judge_names(truth) if choice.judges == (EVERY,) else choice.judges
    judges = Bench(course, bank, log, trained, split, truth, design, clock, progress).judges(names)
    candidates = np.array([question.servable for question in bank.questions])
    watched = _watched(judges[0], choice.case)
    rows, cases = [], []
    for judge in judges:
        told = watched if judge is judges[0] else None
        comparison = Comparison(trained.model, judge, candidates, design, progress, told)
        for one in objectives:
            arms_made = _fitting(course, trained.model, policies, one.name, reference)
            played = {name: comparison.play(name, one, made) for name, made in arms_made.items()}
            targets = {name: comparison.targets(one, arm) for name, arm in played.items()}
            arms = {name: Arm.of(arm, targets[name]) for name, arm in played.items()}
            rows += [_row(judge, one.name, name, arms, reference, choice.beside, design) for name in arms]
            if told is not None:
                cases.append(case_of(bank, judge, one, told, comparison.times[told], played, targets))
    result: dict[str, Any] = {
        "rows": rows,
        "objective": objective,
        "objectives": [one.name for one in objectives],
        "policies": list(policies),
        "reference": reference,
        "students": len(judges[0].cohort),
        "steps": design.steps or judges[0].cohort.withheld,
        "simulated": course.simulated or any(judge.simulated for judge in judges),
        "model": {"name": trained.run.parent.name, "run": trained.run.name},
        "judges": {judge.name: {**judge.about(), "students": len(judge.cohort)} for judge in judges},
        **_first(rows, design),
        "claims": claims(rows, reference),
        "cases": [asdict(case) for case in cases],
    }
    if choice.picture is not None and cases:
        replace_file(choice.picture, case_picture(cases[0]).encode())
        result["picture"] = str(choice.picture)
    seconds = clock.monotonic() - start
    config = {"objective": objective, **asdict(design), "policies": policies, "judges": names, "reference": reference}
    run = write_run(
        course, "evaluate-policy", config, course.data_hash, design.seed, result, seconds, at_seconds=clock.now()
    )
    return {**result, "seconds": seconds, "run": str(run)}


def _known_objective(objectives: dict[str, Objective], name: str) -> Objective:
    if name not in objectives:
        raise unknown_name("objective", name, objectives)
    return objectives[name]


def _policies(course: Course, choice: PolicyChoice) -> tuple[str, ...]:
    learned = [run_name(folder) for folder in course.saved_runs(KIND)]
    known = (*policy_names(), *learned)
    names = (*known, *ARMS) if choice.policies == (EVERY,) else choice.policies
    newest = {name.partition("/")[0] for name in learned} | {LEARNED}
    check_arms(names, (*known, *sorted(newest)))
    return names


def _fitting(
    course: Course, model: MindModel, names: tuple[str, ...], objective: str, reference: str
) -> dict[str, Policy | None]:
    """The arms that can improve the objective, with the policy itself where it was learned."""
    found: dict[str, Policy | None] = {}
    for name in names:
        if name in policy_names() or name in ARMS:
            found[name] = None
            continue
        learned = load_policy(course, model, name, objective)
        if learned.origin.objective == objective:
            found[name] = learned
    if reference not in found:
        raise UserError(
            f"The reference {reference!r} was trained for another objective than {objective!r}.",
            allowed=", ".join(found),
        )
    return found


def _reference(name: str, policies: tuple[str, ...]) -> str:
    if name and name not in policies:
        raise unknown_name("policy among those compared", name, policies)
    return name or (Planner.name if Planner.name in policies else policies[0])


def _watched(judge: Judge, student: str) -> int | None:
    if not student:
        return None
    if student not in judge.cohort.student_ids:
        raise UserError(
            f"The student {student!r} is not among those before the judge {judge.name!r}.",
            allowed=f"for example {', '.join(judge.cohort.student_ids[:3])}",
        )
    return judge.cohort.student_ids.index(student)


def _row(
    judge: Judge,
    objective: str,
    name: str,
    arms: dict[str, Arm],
    reference: str,
    beside: tuple[str, ...],
    design: PolicyDesign,
) -> dict[str, Any]:
    names = {"judge": judge.name, "own": judge.own, "simulated": judge.simulated}
    others = {other: arms[other] for other in (*beside, *_twins(name, arms)) if other in arms and other != name}
    measured = arms[name].to_dict(arms[reference], arms.get(Planner.name), others, design.horizon_days, design.seed)
    return {**names, "objective": objective, "policy": name, "students": len(judge.cohort), **measured}


def _twins(name: str, arms: dict[str, Arm]) -> list[str]:
    """The arms that were trained as this one, but with a plain critic; none for an arm without a model-based one."""
    kind, _, _ = name.partition("/")
    plain = kind.replace("-mve-", "-plain-")
    return [other for other in arms if plain != kind and other.partition("/")[0] == plain]


def _first(rows: list[dict[str, Any]], design: PolicyDesign) -> dict[str, Any]:
    """The shape of one judge and one objective: mean recall over all concepts, and what the planner gains in it."""
    first = [row for row in rows if (row["judge"], row["objective"]) == (rows[0]["judge"], rows[0]["objective"])]
    days = f"day{design.horizon_days:g}"
    return {
        "improvement": {row["policy"]: {"now": row["now"], days: row["later"]} for row in first},
        "paired": {
            row["policy"]: {"now": row["planner_gain_now"], days: row["planner_gain_later"]}
            for row in first
            if row["policy"] != Planner.name and "planner_gain_now" in row
        },
    }
