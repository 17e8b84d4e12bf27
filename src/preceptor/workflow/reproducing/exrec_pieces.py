"""What is measured for ExRec's figures: trainings, what stands beside them, and one student's path."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from preceptor.course import Course
from preceptor.data import split_by_student
from preceptor.domain import Log
from preceptor.evaluate import PolicyDesign
from preceptor.evaluate.shares import Gains
from preceptor.progress import Progress, silent
from preceptor.recommend.learned.settings import ALGORITHMS
from preceptor.recommend.students import HISTORY, Students
from preceptor.recommend.world import untimed
from preceptor.trace import question_rows
from preceptor.workflow.clock import Clock
from preceptor.workflow.evaluating import evaluate_policy
from preceptor.workflow.judging import OWN
from preceptor.workflow.policies import train_policy
from preceptor.workflow.policy_contest import PolicyChoice
from preceptor.workflow.policy_ground import Ground, lay_ground
from preceptor.workflow.policy_measuring import MEASURED_AT_ONCE, measuring_env, played_at_random
from preceptor.workflow.policy_options import HORIZON, PolicyOptions
from preceptor.workflow.reproducing.options import ReproduceOptions

OBJECTIVES = ("global", "practiced", "upcoming", "weakest")
"""The paper's tasks 1 to 4."""
CONTINUOUS = tuple(name for name, kind in ALGORITHMS.items() if kind.actions == "vector")
DISCRETE = tuple(name for name, kind in ALGORITHMS.items() if kind.actions == "discrete")
PAIRS = tuple((name, critic) for name, kind in ALGORITHMS.items() for critic in kind.critics)
"""Every algorithm with every critic it can have."""
QUICK_BUDGET = (400, 4)
"""Answers and gradient steps of a training."""
ORIGINAL, EXTENDED = "original", "extended"


def policy_options(
    asked: ReproduceOptions, history: int, objective: str, algorithm: str, critic: str, bank: str, training: int
) -> PolicyOptions:
    """One training.

    Args:
        asked: What the reproduction was asked for.
        history: Answers before an episode.
        objective: One of `OBJECTIVES`.
        algorithm: A registered algorithm.
        critic: "plain" or "mve".
        bank: "original" or "extended".
        training: Which of the trainings that differ in nothing but the seed.
    """
    preset = asked.preset or ("tuned" if asked.quick else "paper")
    transitions, updates = QUICK_BUDGET if asked.quick else (None, None)
    return PolicyOptions(
        objective, algorithm, critic, preset, bank, transitions, updates, history=history, seed=asked.seed + training
    )


def history_of(log: Log) -> int:
    """Answers before an episode: 100 as published, or fewer where half of the students had no ten left after these."""
    return max(1, min(HISTORY, int(np.median(np.diff(log.offsets))) - HORIZON))


def training(course: Path, options: PolicyOptions, clock: Clock) -> dict[str, Any]:
    """Train a policy, or go on with an interrupted training; the course's own policy stays what it is."""
    result = train_policy(Course.open(course), replace(options, resume=True), clock, silent, chosen=False)
    assert result.played is not None
    told = result.to_dict()
    named = ("transitions", "updates", "epochs", "best_epoch", "seconds", "students", "questions", "model", "policy")
    return {name: told[name] for name in (*named, "run")} | _values(result.played)


def beside(course: Path, options: PolicyOptions) -> dict[str, Any]:
    """Random questions, and the logged ones with the answers that students really gave (exrec.md, §1.7).

    The historical arm is of the students who had answers enough.
    """
    opened = Course.open(course)
    ground = lay_ground(opened, options)
    random = played_at_random(measuring_env(ground, "test", options), ground.rows, options.seed)
    return {"random": _values(random), "historical": historical(opened, ground, options)}


def historical(course: Course, ground: Ground, options: PolicyOptions) -> dict[str, Any]:
    """Replay the next answers of the log in the environment."""
    from preceptor.recommend.environment import StudentEnv

    log, kept = course.load_log(), ground.trained.metrics["options"]
    split = split_by_student(log, kept["seed"], kept["test_fold"], kept["valid_fold"])
    enough = options.history + options.horizon
    able = split.test[np.diff(log.offsets)[split.test] >= enough][:MEASURED_AT_ONCE]
    if not len(able):
        return {"improvement": [], "reachable": []}
    students = Students.of(ground.world, log, able, history=options.history)
    env = StudentEnv(
        ground.world, ground.objective, students, num_envs=len(able), horizon=options.horizon, shuffle=False,
        seed=options.seed + 1,
    )  # fmt: skip
    env.reset(options={"episode": 0})
    rows = log.offsets[able][:, None] + options.history + np.arange(options.horizon)
    asked, credit = question_rows(log, ground.world.q_matrix)[rows], log.correct[rows]
    for step in range(options.horizon):
        info = env.step(torch.as_tensor(asked[:, step]), torch.as_tensor(credit[:, step]))[-1]
    return {name: info[name].tolist() for name in ("improvement", "reachable")}


def gains_of(metrics: Mapping[str, Any]) -> Gains:
    """The values of a piece."""
    return Gains(np.array(metrics["improvement"]), np.array(metrics["reachable"]))


def watched_student(course: Course, options: PolicyOptions) -> str:
    """The test student in the middle by the mastery of the weakest concept, of those with answers enough left."""
    from preceptor.evaluate import comparable_students
    from preceptor.workflow.simulating import load_truth

    ground, log = lay_ground(course, options), course.load_log()
    kept = ground.trained.metrics["options"]
    split = split_by_student(log, kept["seed"], kept["test_fold"], kept["valid_fold"])
    able = comparable_students(log, split.test, load_truth(course) if course.simulated else None)
    students = Students.of(ground.world, log, able, history=options.history)
    with torch.no_grad():
        mastery = ground.world.mastery(students.state, untimed(len(students), ground.world.device))
    order = np.argsort(mastery.min(dim=1).values.cpu().numpy(), kind="stable")
    return students.ids[int(order[len(order) // 2])]


def case(
    course: Course, student: str, policies: tuple[str, ...], seed: int, clock: Clock, progress: Progress
) -> dict[str, Any]:
    """One student's path under every policy, as the training tracer believes."""
    design = PolicyDesign(students=MEASURED_AT_ONCE, seed=seed, steps=HORIZON)
    choice = PolicyChoice(policies=policies, judges=(OWN,), case=student)
    result = evaluate_policy(course, "weakest", design, clock, progress, choice)
    return {"case": result["cases"][0], "run": result["run"]}


def _values(played: Any) -> dict[str, Any]:
    return {"improvement": played.improvement.tolist(), "reachable": played.reachable.tolist()}
