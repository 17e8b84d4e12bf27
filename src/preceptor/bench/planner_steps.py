"""The process behind `planner`: one student waits for a question, on one core; a script for `turns.py`."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from preceptor.bench.planner_class import PAUSE_SECONDS, made_up_class
from preceptor.forgetting import NoForgetting
from preceptor.mind import MindModel, Minds
from preceptor.recommend import (
    DeepLookAhead,
    LookAhead,
    Objective,
    Planner,
    Policy,
    PrunedLookAhead,
    make_objective,
)
from preceptor.recommend.learned.brain import Brain, Form
from preceptor.recommend.learned.policy import LearnedPolicy, Origin, tracer_version
from preceptor.recommend.observation import layout_of
from preceptor.recommend.planner_pruned import PrunedPlanner
from preceptor.recommend.worlds import world_for
from preceptor.trace import Answers
from preceptor.trace.semantic_dkt import SemanticDktTracer
from preceptor.trace.training import TrainingPlan

WARM = 2
SINGLE = ("weakest", "practiced")
"""Objectives that look at one concept; states take turns, but where a policy is trained for the first alone."""
LEARNED = {"ddpg": "actor", "dqn": "values"}
"""Algorithms and what their networks are: of the published widths, and with drawn weights, which take as long."""
HIDDEN, LIFT = 300, 1_200


def serve(arguments: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Train a tracer on a made-up class and keep the minds of its validation students.

    Args:
        arguments: `seed`, `questions`, `concepts`, `vector`, `students`, `answers`, `epochs`, `size`.

    Returns:
        Answers `do` "time" with the milliseconds of a choice, "p50", "p95" and "cpu_p95", which leaves out the turns
        of other programs; or "regret" with the improvement of the best question and of a pruned policy's, state by
        state, by what the exact policy compares questions by. Both of `policy`, `aim` "single" or "global", and over
        `states` students.
    """
    torch.set_num_threads(1)
    room = Room(arguments)
    return lambda request: room.answer(**request)


class Room:
    """Minds of students the tracer was not trained on, each cut somewhere.

    Args:
        given: As `serve` takes them.
    """

    def __init__(self, given: dict[str, Any]) -> None:
        rng = np.random.default_rng(given["seed"])
        made = made_up_class(
            given["questions"], given["concepts"], given["vector"], given["students"], given["answers"], rng
        )
        held = given["students"] * 4 // 5
        tracer = SemanticDktTracer(
            made.q_matrix,
            size=given["size"],
            vectors=made.vectors,
            plan=TrainingPlan(epochs=given["epochs"], learning_rate=1e-3),
        )
        self._held = made.log.of_students(range(held, given["students"]))
        train = made.log.of_students(range(held))
        self.report = tracer.fit(train, self._held, seed=given["seed"], clock=time.perf_counter)
        self.model = MindModel(tracer, NoForgetting(given["concepts"]))
        self.objectives = {name: make_objective(name, made.q_matrix) for name in (*SINGLE, "global")}
        self._class, self._seed, self._answers = made, given["seed"], given["answers"]

    def answer(self, do: str, policy: str, aim: str, states: int) -> dict[str, Any]:
        """One request."""
        minds, rng = self.minds(states), np.random.default_rng(self._seed)
        asked = SINGLE[: 1 if policy in LEARNED else None] if aim == "single" else ("global",)
        asking = [self.objectives[name] for name in asked]
        if do == "time":
            chooser = self.learned(policy, asked[0]) if policy in LEARNED else self.policy(policy)
            return _waited(chooser, minds, asking, rng)
        return self._missed(self.policy(policy), minds, asking)

    def policy(self, name: str) -> Policy:
        """A policy by what the bench calls it."""
        kinds: dict[str, type[Policy]] = {
            "exact": LookAhead,
            "pruned": PrunedLookAhead,
            "deep": DeepLookAhead,
            "planner": Planner,
            "planner-pruned": PrunedPlanner,
        }
        return kinds[name](self.model)

    def learned(self, algorithm: str, objective: str) -> LearnedPolicy:
        """An untrained policy of the published size."""
        world, tracer = world_for(self.model, timed=False), self.model.tracer
        layout = layout_of(world)
        torch.manual_seed(self._seed)
        form = Form(LEARNED[algorithm], layout.features_width, layout.vector_width, HIDDEN, LIFT)
        origin = Origin(algorithm, "plain", objective, tracer.name, tracer_version(tracer), "")
        return LearnedPolicy(self.model, Brain(form, world.question_vectors), origin)

    def minds(self, n: int) -> Minds:
        """Students drawn with replacement, each after at least ten answers, one every `PAUSE_SECONDS`."""
        rng, log = np.random.default_rng(self._seed + 1), self._held
        student, stop = rng.integers(len(log.student_ids), size=n), rng.integers(10, self._answers, size=n)
        question = self._class.log.question.reshape(-1, self._answers)[-len(log.student_ids) :][student]
        correct = self._class.log.correct.reshape(-1, self._answers)[-len(log.student_ids) :][student]
        going, ended = self.model.initial(n), []
        order = np.argsort(stop, kind="stable")
        for t in range(self._answers):
            ended.append(going.take(np.flatnonzero(stop == t)))
            at, unknown = np.full(n, t * PAUSE_SECONDS), np.full(n, np.nan, dtype=np.float32)
            going = self.model.answer(going, Answers(question[:, t], correct[:, t].astype(np.float32), at, unknown))
        return Minds.joined(ended).take(np.argsort(order, kind="stable"))

    def _missed(self, policy: Policy, minds: Minds, asking: list[Objective]) -> dict[str, Any]:
        assert isinstance(policy, LookAhead | Planner)
        exact = LookAhead(self.model) if isinstance(policy, LookAhead) else Planner(self.model)
        every = np.ones(len(self._class.q_matrix.question_ids), dtype=bool)
        found: dict[str, list[float]] = {"best": [], "found": []}
        for i in range(len(minds)):
            mind, objective = minds.take(np.array([i])), asking[i % len(asking)]
            allowed, now = exact.askable(mind, every), _next(mind)
            compared, quick = (
                np.where(allowed, one.plan(mind, allowed, objective, now).compared, -np.inf)[0]
                for one in (exact, policy)
            )
            found["best"].append(float(compared.max()))
            found["found"].append(float(compared[quick.argmax()]))
        return found


def _waited(policy: Policy, minds: Minds, asking: list[Objective], rng: np.random.Generator) -> dict[str, float]:
    every = np.ones(minds.last_seen.shape[1], dtype=bool)
    spent: list[NDArray[np.float64]] = []
    for i in range(len(minds) + WARM):
        mind, objective = minds.take(np.array([i % len(minds)])), asking[i % len(asking)]
        now = _next(mind)
        start = _clocks()
        policy.choose(mind, every, objective, now, rng)
        spent.append(1e3 * (_clocks() - start))
    wall, cpu = np.array(spent[WARM:]).T
    return {
        "p50": float(np.median(wall)),
        "p95": float(np.quantile(wall, 0.95)),
        "cpu_p95": float(np.quantile(cpu, 0.95)),
    }


def _next(minds: Minds) -> NDArray[np.float64]:
    """When students are asked again, float64 [n]: after the pause they always make."""
    return np.asarray(minds.answered * PAUSE_SECONDS, dtype=np.float64)


def _clocks() -> NDArray[np.float64]:
    """Seconds on the wall and on the processor."""
    return np.array([time.perf_counter(), time.process_time()])
