"""What the name of a policy means in a course: a registered policy, or one the course has learned."""

import json
from pathlib import Path
from typing import Any

from preceptor.course import Course
from preceptor.domain import UserError
from preceptor.mind import MindModel
from preceptor.recommend import Planner, Policy, make_policy
from preceptor.recommend import policy_names as registered_names
from preceptor.recommend.learned.policy import LearnedPolicy, saved_origin
from preceptor.workflow.model_files import METRICS_FILE

KIND = "policies"
PLANNER, LEARNED = "planner", "learned"
EVERY_SEED = "/*"
"""Ends the name of a learned policy that stands for all its trainings that differ in nothing but the seed."""


def policy_names(course: Course) -> tuple[str, ...]:
    """Every policy that can choose, as `--policy` takes it: the planner, other registered ones, learned ones."""
    others = (name for name in registered_names() if name != PLANNER)
    return (PLANNER, *others, *(run_name(folder) for folder in course.saved_runs(KIND)))


def run_name(folder: Path) -> str:
    """NAME/RUN of a saved run."""
    return f"{folder.parent.name}/{folder.name}"


def named_policy(course: Course, model: MindModel, name: str, objective: str, horizon_days: float) -> Policy:
    """A policy by name, wherever one may be named.

    Args:
        course: The course.
        model: What serves its students.
        name: A registered policy, or a learned one as `load_policy` takes it.
        objective: What is to be improved.
        horizon_days: When a planner measures improvement.

    Raises:
        UserError: If there is none, or it was trained on another tracer.
    """
    if name not in registered_names():
        return load_policy(course, model, name, objective)
    policy = make_policy(name, model)
    if isinstance(policy, Planner):
        policy.horizon_days = horizon_days
    return policy


def of_every_seed(course: Course, name: str) -> tuple[str, ...]:
    """NAME/RUN of the newest run of a name and of those that differ from it in nothing but the seed, by seed.

    Args:
        course: The course.
        name: The policies' name, without a run.

    Raises:
        UserError: If there is none.
    """
    by_seed: dict[int, Path] = {}
    wanted: Any = None
    for folder in sorted((run for run in course.saved_runs(KIND) if run.parent.name == name), reverse=True):
        options = json.loads((folder / METRICS_FILE).read_text(encoding="utf-8"))["options"]
        seed = options.pop("seed")
        wanted = options if wanted is None else wanted
        if options == wanted:
            by_seed.setdefault(seed, folder)
    if not by_seed:
        raise UserError(f"The course has learned no policy with the name {name!r}.", ", ".join(policy_names(course)))
    return tuple(run_name(folder) for _, folder in sorted(by_seed.items()))


def trainings(course: Course, name: str, objective: str) -> tuple[str, ...]:
    """What a policy's name stands for: itself if it is registered, else NAME/RUN of every training meant.

    Args:
        course: The course.
        name: As `named_policy` takes it, or with `EVERY_SEED`.
        objective: What is to be improved.

    Raises:
        UserError: If there is no such policy.
    """
    if name in registered_names():
        return (name,)
    if name.endswith(EVERY_SEED):
        return of_every_seed(course, name.removesuffix(EVERY_SEED))
    return (run_name(_found(course, name, objective)),)


def trained_for(course: Course, name: str) -> str:
    """The objective that a learned policy, NAME/RUN, was trained for; empty for a registered policy."""
    return "" if name in registered_names() else saved_origin(course.path / KIND / name).objective


def learned_objectives(course: Course) -> tuple[str, ...]:
    """What the course has learned policies for, the newest policy's first."""
    newest_first = sorted(course.saved_runs(KIND), key=lambda folder: folder.name, reverse=True)
    return tuple(dict.fromkeys(saved_origin(folder).objective for folder in newest_first))


def unservable(course: Course, model: MindModel) -> list[dict[str, str]]:
    """The learned policies that cannot serve, for they belong to another tracer or are damaged: `policy` and `why`."""
    found = []
    for folder in course.saved_runs(KIND):
        try:
            LearnedPolicy.load(folder, model)
        except UserError as error:
            found.append({"policy": run_name(folder), "why": error.given})
    return found


def load_policy(course: Course, model: MindModel, name: str, objective: str) -> LearnedPolicy:
    """A learned policy.

    Args:
        course: The course.
        model: What serves its students.
        name: NAME/RUN; NAME for its newest run; "learned" for the course's own policy for the objective, which is the
            one trained last.
        objective: What is to be improved.

    Raises:
        UserError: If there is none, or it was trained on another tracer.
    """
    return LearnedPolicy.load(_found(course, name, objective), model)


def _found(course: Course, name: str, objective: str) -> Path:
    saved = course.saved_runs(KIND)
    if name == LEARNED:
        default = course.default(KIND)
        fitting = [folder for folder in saved if saved_origin(folder).objective == objective]
        if default in fitting:
            return default
        fitting.sort(key=lambda folder: folder.name)
    else:
        fitting = [folder for folder in saved if name in (folder.parent.name, run_name(folder))]
    if not fitting:
        what = f"for the objective {objective!r}" if name == LEARNED else f"with the name {name!r}"
        raise UserError(
            f"The course has learned no policy {what}.",
            allowed=", ".join(policy_names(course)),
            mend=f"preceptor train-policy {course.path} --objective {objective}",
        )
    return fitting[-1]
