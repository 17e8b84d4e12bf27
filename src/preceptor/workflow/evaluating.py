"""Measure a course's policies."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from preceptor.course import Course, replace_file, write_run
from preceptor.data import split_by_student
from preceptor.domain import Bank, UserError, unknown_name
from preceptor.evaluate.judges import Judge
from preceptor.evaluate.policy import ARMS, Comparison, Played, PolicyDesign, check_arms
from preceptor.evaluate.policy_case import Case, case_of, case_picture
from preceptor.evaluate.policy_measures import Arm, claims
from preceptor.mind import MindModel
from preceptor.progress import Progress
from preceptor.recommend import Objective, Planner, Policy
from preceptor.recommend.learned.policy import LearnedPolicy
from preceptor.workflow.clock import Clock
from preceptor.workflow.judging import EVERY, LATENT, Bench, judge_names
from preceptor.workflow.learned_policies import (
    EVERY_SEED,
    LEARNED,
    named_policy,
    of_every_seed,
    policy_names,
    unservable,
)
from preceptor.workflow.limits import require_at_least
from preceptor.workflow.models import load_trained
from preceptor.workflow.policy_rows import first_of, row_of
from preceptor.workflow.simulating import load_truth

RIVALS = ("planner", "random", "historical", "lowest-recall")
"""What is compared where nobody says what."""


@dataclass(frozen=True)
class PolicyChoice:
    """What is compared with what, and before whom.

    Args:
        policies: Registered policies, `historical`, `no-practice`, and learned ones as `recommend` takes them, which
            take part under the objective they were trained for; "all" for all of them that look through the course's
            model.
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
        `rows`, one a judge, objective and policy; `claims`; `skipped`, which policies of "all" took no part, and
        why; of the first judge and objective `improvement`, the arms' mean recall, and `paired`, planner less each
        other arm.

    Raises:
        UserError: If there is no latent truth or no model, or a name or number is not valid.
    """
    start, choice = clock.monotonic(), choice or PolicyChoice()
    contest = _contest(course, objective, design, clock, progress, choice)
    rows, cases = _judged(contest, design, progress, choice)
    result: dict[str, Any] = {
        "rows": rows,
        "objective": objective,
        "objectives": [one.name for one in contest.objectives],
        "policies": list(contest.policies),
        "skipped": contest.skipped,
        "reference": contest.reference,
        "students": len(contest.judges[0].cohort),
        "steps": design.steps or contest.judges[0].cohort.withheld,
        "replicates": design.replicates,
        "simulated": course.simulated or any(judge.simulated for judge in contest.judges),
        "model": {"name": contest.run.parent.name, "run": contest.run.name},
        "judges": {judge.name: {**judge.about(), "students": len(judge.cohort)} for judge in contest.judges},
        **first_of(rows, design),
        "claims": claims(rows, contest.reference),
        "cases": [asdict(case) for case in cases],
    }
    if choice.picture is not None and cases:
        replace_file(choice.picture, case_picture(cases[0]).encode())
        result["picture"] = str(choice.picture)
    seconds = clock.monotonic() - start
    compared = {"policies": contest.policies, "judges": contest.judged_by, "reference": contest.reference}
    config = {"objective": objective, **asdict(design), **compared}
    run = write_run(
        course, "evaluate-policy", config, course.data_hash, design.seed, result, seconds, at_seconds=clock.now()
    )
    return {**result, "seconds": seconds, "run": str(run)}


@dataclass(frozen=True)
class _Contest:
    """Who asks whom.

    Args:
        course: The course.
        bank: Its bank.
        model: What the policies look through.
        run: Where that stands.
        objectives: What is improved.
        policies: The arms' names.
        skipped: Policies that were to take part and cannot, each with why.
        reference: The arm that differences are to.
        judges: The judges.
        judged_by: Their names, as they were asked for.
    """

    course: Course
    bank: Bank
    model: MindModel
    run: Path
    objectives: list[Objective]
    policies: tuple[str, ...]
    skipped: list[dict[str, str]]
    reference: str
    judges: list[Judge]
    judged_by: tuple[str, ...]


def _contest(
    course: Course, objective: str, design: PolicyDesign, clock: Clock, progress: Progress, choice: PolicyChoice
) -> _Contest:
    """Check what was asked for, and make the judges."""
    require_at_least(1, students=design.students, replicates=design.replicates)
    require_at_least(0, horizon_days=design.horizon_days, steps=design.steps)
    bank, log = course.load_bank(), course.load_log()
    latent = any(name.partition(":")[0] in (LATENT, EVERY) for name in choice.judges)
    truth = load_truth(course) if course.simulated or latent else None
    trained = load_trained(course, bank)
    if trained.run is None:
        raise UserError("The course has no trained model.", mend=f"preceptor train {course.path}")
    objectives = [_known_objective(trained.objectives, name) for name in objective.split(",")]
    policies, skipped = _policies(course, trained.model, choice)
    reference = _reference(choice.reference, policies)
    for other in choice.beside:
        _reference(other, policies)
    options = trained.metrics["options"]
    split = split_by_student(log, options["seed"], options["test_fold"], options["valid_fold"])
    names = judge_names(truth) if choice.judges == (EVERY,) else choice.judges
    judges = Bench(course, bank, log, trained, split, truth, design, clock, progress).judges(names)
    return _Contest(
        course, bank, trained.model, trained.run, objectives, policies, skipped, reference, judges, names
    )  # fmt: skip


def _judged(
    contest: _Contest, design: PolicyDesign, progress: Progress, choice: PolicyChoice
) -> tuple[list[dict[str, Any]], list[Case]]:
    """The rows of every judge, objective and policy, and what happened to the watched student."""
    candidates = np.array([question.servable for question in contest.bank.questions])
    watched = _watched(contest.judges[0], choice.case)
    rows: list[dict[str, Any]] = []
    cases: list[Case] = []
    for judge in contest.judges:
        told = watched if judge is contest.judges[0] else None
        comparison = Comparison(contest.model, judge, candidates, design, progress, told)
        for one in contest.objectives:
            made = _fitting(contest, one.name, design.horizon_days)
            # as many for every arm as the one with the most trainings needs: all arms of a replicate share its chance
            count = max(design.replicates, *(len(policies) for policies in made.values()))
            replicates = {name: _replicates(comparison, name, one, found, count) for name, found in made.items()}
            arms = {
                name: Arm.mean([Arm.of(played, comparison.targets(one, played)) for played in every])
                for name, every in replicates.items()
            }
            rows += [row_of(judge, one.name, name, arms, contest.reference, choice.beside, design) for name in arms]
            if told is not None:
                first = {name: every[0] for name, every in replicates.items()}
                targets = {name: comparison.targets(one, played) for name, played in first.items()}
                cases.append(case_of(contest.bank, judge, one, told, comparison.times[told], first, targets))
    return rows, cases


def _replicates(
    comparison: Comparison, name: str, objective: Objective, policies: Sequence[Policy | None], count: int
) -> list[Played]:
    """One arm under the chance of every replicate, each with the next of its policies, round and round."""
    return [comparison.play(name, objective, policies[i % len(policies)], i) for i in range(count)]


def _known_objective(objectives: dict[str, Objective], name: str) -> Objective:
    if name not in objectives:
        raise unknown_name("objective", name, objectives)
    return objectives[name]


def _policies(course: Course, model: MindModel, choice: PolicyChoice) -> tuple[tuple[str, ...], list[dict[str, str]]]:
    """The arms; of all that there are, those that look through this model, and why the others do not take part."""
    known = policy_names(course)
    if choice.policies == (EVERY,):
        skipped = unservable(course, model)
        left_out = {one["policy"] for one in skipped}
        return (*(name for name in known if name not in left_out), *ARMS), skipped
    newest = {name.partition("/")[0] for name in known if "/" in name}
    every_seed = (name + EVERY_SEED for name in newest)
    check_arms(choice.policies, (*known, *sorted((*newest, *every_seed, LEARNED))))
    return choice.policies, []


def _fitting(contest: _Contest, objective: str, horizon_days: float) -> dict[str, list[Policy | None]]:
    """The arms that can improve the objective, with the policies themselves where there are any without a judge."""
    found: dict[str, list[Policy | None]] = {}
    for name in contest.policies:
        policies = _made(contest, name, objective, horizon_days)
        if all(not isinstance(one, LearnedPolicy) or one.origin.objective == objective for one in policies):
            found[name] = policies
    if contest.reference not in found:
        raise UserError(
            f"The reference {contest.reference!r} was trained for another objective than {objective!r}.",
            allowed=", ".join(found),
        )
    return found


def _made(contest: _Contest, name: str, objective: str, horizon_days: float) -> list[Policy | None]:
    if name in ARMS:
        return [None]
    kind = name.removesuffix(EVERY_SEED)
    names = of_every_seed(contest.course, kind) if kind != name else (name,)
    return [named_policy(contest.course, contest.model, one, objective, horizon_days) for one in names]


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
