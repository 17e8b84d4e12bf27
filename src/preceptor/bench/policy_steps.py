"""The process behind `train-policy`: trains policies with the published numbers; a script for `turns.py`."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor

from preceptor.bench.planner_class import made_up_class
from preceptor.bench.watch import Watch
from preceptor.recommend import Objective, make_objective
from preceptor.recommend.environment import HORIZON, StudentEnv
from preceptor.recommend.learned.collect import play, served
from preceptor.recommend.learned.learner import Learner, Parts, make_learner
from preceptor.recommend.learned.settings import settings_for
from preceptor.recommend.learned.training import Trained, train
from preceptor.recommend.students import Students
from preceptor.recommend.vector_world import VectorWorld
from preceptor.trace.semantic_dkt import SemanticDktTracer

OBJECTIVES = ("weakest", "global")
REST = "acting and remembering"


def serve(arguments: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Make a class.

    Args:
        arguments: `seed`, `threads`, `questions`, `concepts`, `vector`, `students`, `answers`, `size`.

    Returns:
        Answers `algorithm` and `objective` with what a training of `blocks` of episodes took: "seconds",
        "validation_seconds", "transitions", "updates", and "spent", seconds by what they were spent on.
    """
    torch.set_num_threads(arguments["threads"])
    ground = Ground(arguments)
    return lambda request: ground.trained(**request)


class Ground:
    """Students of a tracer with drawn weights: how long training takes does not depend on what it has learned.

    Args:
        given: As `serve` takes them.
    """

    def __init__(self, given: dict[str, Any]) -> None:
        rng, self._seed = np.random.default_rng(given["seed"]), given["seed"]
        made = made_up_class(
            given["questions"], given["concepts"], given["vector"], given["students"], given["answers"], rng
        )
        torch.manual_seed(given["seed"])
        tracer = SemanticDktTracer(made.q_matrix, size=given["size"], vectors=made.vectors)
        tracer.network.reset()
        self.world = VectorWorld(tracer)
        self.students = Students.of(self.world, made.log)
        self.objectives = {name: make_objective(name, made.q_matrix).fit(made.log) for name in OBJECTIVES}
        self._warmed: set[str] = set()

    def trained(self, algorithm: str, objective: str, blocks: int) -> dict[str, Any]:
        """What a training took, after one short training that compiles what it needs."""
        if objective not in self._warmed:
            self._trained("ddpg", objective, blocks=1, envs=min(64, len(self.students)), updates=1)
            self._warmed.add(objective)
        report, spent = self._trained(algorithm, objective, blocks)
        return {
            "seconds": report.seconds,
            "validation_seconds": report.validation_seconds,
            "transitions": report.transitions,
            "updates": report.updates,
            "spent": {**spent, REST: report.seconds - sum(spent.values())},
        }

    def _trained(
        self, algorithm: str, objective: str, blocks: int, envs: int | None = None, updates: int | None = None
    ) -> tuple[Trained, dict[str, float]]:
        """A training of so many blocks, with the preset's share of updates; its report, and what was watched."""
        whole = settings_for(algorithm, "paper")
        at_once = envs or whole.envs
        answers = blocks * at_once * HORIZON
        due = round(whole.updates * answers / whole.transitions) if updates is None else updates
        settings = settings_for(algorithm, "paper", envs=at_once, transitions=answers, updates=due)
        target = self.objectives[objective]
        env = StudentEnv(
            self.world,
            target,
            self.students,
            num_envs=at_once,
            actions="vector",
            snap=settings.snap,
            reward_scale=settings.reward_scale,
            seed=self._seed,
        )
        rows = torch.arange(self.world.questions, device=self.world.device)
        parts = Parts(self.world, env.layout, rows, _weights(target), settings, "mve", self._seed)
        learner, watch = make_learner(algorithm, parts), Watch()
        judged = StudentEnv(
            self.world, target, self.students, num_envs=len(self.students), shuffle=False, seed=self._seed + 1
        )

        def validate() -> float:
            return float(play(judged, served(learner.brain, rows), None, 0).improvement.mean())

        with watch.on(_watched(learner, env)):
            return train(learner, env, validate, seed=self._seed, clock=time.perf_counter), watch.spent


def _weights(objective: Objective) -> Tensor | None:
    return None if objective.drawn else torch.tensor(objective.shared_weights(), dtype=torch.float32)


def _watched(learner: Learner, env: StudentEnv) -> Iterator[tuple[str, Any, str]]:
    """Name of the part, object and verb; of an actor's way back the way through the critic is a part."""
    algorithm: Any = learner.algorithm
    yield "the students' answers", env, "step"
    yield "the students' answers", env, "reset"
    yield "targets of the critics", algorithm, "_preprocess_batch"
    for number in ("", "2"):
        if hasattr(algorithm, f"critic{number}"):
            yield "critics, forward", getattr(algorithm, f"critic{number}"), "forward"
            yield "critics, backward and step", getattr(algorithm, f"critic{number}_optim"), "step"
    yield "the actor, backward and step", algorithm.policy_optim, "step"
    yield "target networks", algorithm, "_update_lagged_network_weights"
    yield "memory, the actor's way forward and the rest of an update", algorithm, "update"
