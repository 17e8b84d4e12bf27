"""Measure a course's policies."""

from dataclasses import asdict
from typing import Any

from preceptor.course import Course, write_run
from preceptor.data import split_by_student
from preceptor.domain import UserError, unknown_name
from preceptor.evaluate import PolicyDesign, comparable_students, evaluate_policies
from preceptor.progress import Progress
from preceptor.workflow.clock import Clock
from preceptor.workflow.limits import require_at_least
from preceptor.workflow.models import load_trained
from preceptor.workflow.simulating import load_truth


def evaluate_policy(
    course: Course, objective: str, design: PolicyDesign, clock: Clock, progress: Progress
) -> dict[str, Any]:
    """Compare the planner with random, historical and lowest-recall-first on students not used in training.

    Args:
        course: A course with a simulated log and a trained model.
        objective: A registered objective.
        design: How to compare.
        clock: The clocks.
        progress: Told how far it is.

    Returns:
        `rows`, one an arm; `improvement`, the arms' mean latent recall; `paired`, planner less each other arm.

    Raises:
        UserError: If there is no latent truth or no model, or a number of the design is out of range.
    """
    require_at_least(1, students=design.students)
    require_at_least(0, horizon_days=design.horizon_days)
    start = clock.monotonic()
    truth, bank, log = load_truth(course), course.load_bank(), course.load_log()
    trained = load_trained(course, bank)
    if trained.run is None:
        raise UserError("The course has no trained model.", mend=f"preceptor train {course.path}")
    if objective not in trained.objectives:
        raise unknown_name("objective", objective, trained.objectives)
    options = trained.metrics["options"]
    split = split_by_student(log, options["seed"], options["test_fold"], options["valid_fold"])
    arms = evaluate_policies(
        trained.model, bank, log, split.test, truth, trained.objectives[objective], design, progress
    )
    rows = [
        {
            "policy": arm.name,
            "now": asdict(arm.now),
            "later": asdict(arm.later),
            "planner_gain_now": asdict(arm.planner_gain_now),
            "planner_gain_later": asdict(arm.planner_gain_later),
        }
        for arm in arms
    ]
    days = f"day{design.horizon_days:g}"
    result = {
        "rows": rows,
        "objective": objective,
        "students": min(design.students, len(comparable_students(log, split.test, truth))),
        "simulated": True,
        "improvement": {arm.name: {"now": asdict(arm.now), days: asdict(arm.later)} for arm in arms},
        "paired": {
            arm.name: {"now": asdict(arm.planner_gain_now), days: asdict(arm.planner_gain_later)}
            for arm in arms
            if arm.name != "planner"
        },
    }
    seconds = clock.monotonic() - start
    config = {"objective": objective, **asdict(design)}
    write_run(course, "evaluate-policy", config, course.data_hash, design.seed, result, seconds, at_seconds=clock.now())
    return {**result, "seconds": seconds}
