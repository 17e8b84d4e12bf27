"""Train a policy on a course's tracer, measure it, save it."""

import json
from dataclasses import asdict, replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor

from preceptor.course import Course, write_run
from preceptor.domain import SECONDS_PER_DAY, MissingExtraError, digest
from preceptor.evaluate import estimate_mean
from preceptor.progress import Progress
from preceptor.recommend.learned.policy import LearnedPolicy, Origin, terms_of, tracer_version
from preceptor.recommend.learned.settings import kind_of, require_critic
from preceptor.trace import Checkpoint, code_digest
from preceptor.workflow.clock import Clock
from preceptor.workflow.limits import require_at_least
from preceptor.workflow.model_files import METRICS_FILE
from preceptor.workflow.models import TrainedMind
from preceptor.workflow.policy_ground import Ground, lay_ground
from preceptor.workflow.policy_measuring import improvement_of, measuring_env, played_at_random, played_by
from preceptor.workflow.policy_options import PolicyOptions, PolicyResult
from preceptor.workflow.policy_teaching import require_teacher, teach
from preceptor.workflow.run_ids import new_run_id
from preceptor.workflow.sources import sources_of

if TYPE_CHECKING:
    from preceptor.recommend.environment import StudentEnv
    from preceptor.recommend.learned.learner import Learner
    from preceptor.recommend.learned.left_over import LeftOver

KIND = "policies"


def train_policy(
    course: Course, options: PolicyOptions, clock: Clock, progress: Progress, *, chosen: bool = True
) -> PolicyResult:
    """Train on the tracer's training students, choose on the validation students, measure on the test students, save.

    Args:
        course: A course with a trained model.
        options: How to train.
        clock: The clocks.
        progress: Told how far it is.
        chosen: Whether the policy becomes the course's own.

    Raises:
        UserError: If there is no trained model, or an option is unknown or does not fit.
    """
    require_critic(options.algorithm, options.critic)
    require_teacher(options)
    require_at_least(1, horizon=options.horizon, history=options.history)
    require_at_least(0, patience=options.patience)
    settings = options.settings
    require_at_least(0, updates=settings.updates)
    _require_extra()
    ground = lay_ground(course, options, clock.now())
    left = left_over(course, options, ground)
    options = replace(options, horizon=ground.episode.horizon)
    require_at_least(options.horizon, transitions=settings.transitions)
    learner, env = _learner(ground, options)
    measured = measuring_env(ground, "test", options)
    untrained = played_by(measured, learner)
    report = _trained(ground, options, learner, env, left, clock, progress)
    played, random = played_by(measured, learner), played_at_random(measured, ground.rows, options.seed)
    result = PolicyResult(
        options=options,
        settings=learner.settings,
        training=report,
        improvement=improvement_of(played, options.seed),
        baselines={
            "random": improvement_of(random, options.seed),
            "untrained": improvement_of(untrained, options.seed),
        },
        gain=estimate_mean(played.improvement - random.improvement, np.random.default_rng(options.seed)),
        students={split: len(students) for split, students in ground.students.items()},
        questions=len(ground.rows),
        model=_run_name(ground.trained),
        simulated=course.simulated,
        judged_days=ground.episode.clock.judged_seconds / SECONDS_PER_DAY if ground.episode.clock else None,
        played=played,
    )
    return _kept(course, ground, learner, result, left, clock.now(), chosen=chosen)


def left_over(course: Course, options: PolicyOptions, ground: Ground) -> "LeftOver":
    """Where a training of this kind leaves every epoch; bound to data, tracer, options, clock and code."""
    from preceptor.recommend.learned.left_over import LeftOver

    tracer = tracer_version(ground.trained.model.tracer)
    terms = terms_of(ground.objective)
    key = digest(course.data_hash, options.what, ground.episode.clock, terms, tracer, _code(), version("tianshou"))
    path = _folder(course, options) / f"{_alike(options)}{key[:12]}.ckpt"
    return LeftOver(Checkpoint(path, key, options.resume), _alike(options))


def is_left_over(course: Course, options: PolicyOptions) -> bool:
    """Whether a training with these options was interrupted after an epoch."""
    return any(_folder(course, options).glob(f"{_alike(options)}*.ckpt"))


def _folder(course: Course, options: PolicyOptions) -> Path:
    return course.path / KIND / options.name


def _alike(options: PolicyOptions) -> str:
    """How the names of all files begin that interrupted trainings with these options left."""
    return f"interrupted-{digest(options.what)[:12]}-"


def _code() -> str:
    """Hash of the sources that trainings of policies run on."""
    return digest(code_digest(), *sources_of("recommend"))


def _require_extra() -> None:
    for package in ("gymnasium", "tianshou"):
        if find_spec(package) is None:
            raise MissingExtraError("Training a policy", "rl")


def _learner(ground: Ground, options: PolicyOptions) -> "tuple[Learner, StudentEnv]":
    from preceptor.recommend.learned.learner import Parts, make_learner

    settings, actions = options.settings, kind_of(options.algorithm).actions
    env = ground.env(
        "train",
        num_envs=settings.envs,
        actions=actions,
        snap=settings.snap or actions == "discrete",
        reward=options.reward,
        reward_scale=settings.reward_scale,
        seed=options.seed,
    )
    weights: Tensor | None = None
    if not ground.objective.drawn:
        shared = ground.objective.shared_weights()
        weights = torch.tensor(shared, dtype=torch.float32, device=ground.world.device)
    rows = torch.as_tensor(ground.rows, device=ground.world.device)
    parts = Parts(ground.world, env.layout, rows, weights, settings, options.critic, options.seed)
    return make_learner(options.algorithm, parts), env


def _trained(
    ground: Ground,
    options: PolicyOptions,
    learner: "Learner",
    env: "StudentEnv",
    left: "LeftOver",
    clock: Clock,
    progress: Progress,
) -> dict[str, Any]:
    from preceptor.recommend.learned.training import train

    valid = measuring_env(ground, "validation", options)

    def validate() -> float:
        return float(played_by(valid, learner).improvement.mean())

    def begin() -> None:
        if options.teacher:
            teach(ground, learner, options, progress)

    report = train(
        learner, env, validate, seed=options.seed, clock=clock.monotonic, left=left, progress=progress, begin=begin
    )
    told = asdict(report)
    told["losses"] = {name: [values[0], values[-1]] for name, values in report.losses.items()}
    return told


def _kept(
    course: Course,
    ground: Ground,
    learner: "Learner",
    result: PolicyResult,
    left: "LeftOver",
    at_seconds: float,
    *,
    chosen: bool,
) -> PolicyResult:
    """Save the policy, make it the course's if it is chosen, write the run file, clear what was left."""
    options, tracer = result.options, ground.trained.model.tracer
    origin = Origin(
        options.algorithm,
        options.critic,
        options.objective,
        tracer.name,
        tracer_version(tracer),
        result.model,
        released=options.released,
        terms=terms_of(ground.objective),
    )
    run_id = new_run_id(course, KIND, options.name, left.checkpoint.key, at_seconds)
    result = replace(result, policy=f"{options.name}/{run_id}")
    with course.new_run_folder(KIND, options.name, run_id) as folder:
        LearnedPolicy(ground.trained.model, learner.brain, origin, ground.episode).save(folder)
        record = {**result.to_dict(), "options": options.what, "data_hash": course.data_hash}
        (folder / METRICS_FILE).write_text(json.dumps(record, indent=1))
    if chosen:
        course.set_default(KIND, options.name, run_id)
    seconds = result.training["seconds"] + result.training["validation_seconds"]
    run = write_run(
        course,
        "train-policy",
        options.what,
        course.data_hash,
        options.seed,
        result.to_dict(),
        seconds,
        at_seconds=at_seconds,
    )
    left.remove()
    return replace(result, run=run)


def _run_name(trained: TrainedMind) -> str:
    return "" if trained.run is None else f"{trained.run.parent.name}/{trained.run.name}"
