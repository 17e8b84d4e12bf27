"""The process behind `planner`: one student waits for a question, on one core; a script for `turns.py`."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from preceptor.bench.planner_class import made_up_class
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
from preceptor.recommend.planner_pruned import PrunedPlanner
from preceptor.trace import Answers
from preceptor.trace.semantic_dkt import SemanticDktTracer
from preceptor.trace.training import TrainingPlan

WARM = 2
SINGLE = ("weakest", "practiced")
"""Objectives that look at one concept; states take turns."""


def serve(arguments: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Train a tracer on a made-up class and keep the minds of its validation students.

    Args:
        arguments: `seed`, `questions`, `concepts`, `vector`, `students`, `answers`, `epochs`, `size`.

    Returns:
        Answers `do` "time" with the milliseconds of a choice, "p50", "p95" and "cpu_p95", which leaves out the turns
        of other programs; or "regret" with the improvement of the best question and of a pruned policy's, state by
        state, as the exact policy sees it. Both of `policy`, `aim` "single" or "global", and over `states` students.
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
        asking = [self.objectives[name] for name in (SINGLE if aim == "single" else ("global",))]
        if do == "time":
            return _waited(self.policy(policy), minds, asking, rng)
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

    def minds(self, n: int) -> Minds:
        """Students drawn with replacement, each after at least ten answers."""
        rng, log = np.random.default_rng(self._seed + 1), self._held
        student, stop = rng.integers(len(log.student_ids), size=n), rng.integers(10, self._answers, size=n)
        question = self._class.log.question.reshape(-1, self._answers)[-len(log.student_ids) :][student]
        correct = self._class.log.correct.reshape(-1, self._answers)[-len(log.student_ids) :][student]
        going, ended = self.model.initial(n), []
        order = np.argsort(stop, kind="stable")
        for t in range(self._answers):
            ended.append(going.take(np.flatnonzero(stop == t)))
            going = self.model.answer(going, Answers.untimed(question[:, t], correct[:, t]))
        return Minds.joined(ended).take(np.argsort(order, kind="stable"))

    def _missed(self, policy: Policy, minds: Minds, asking: list[Objective]) -> dict[str, Any]:
        assert isinstance(policy, LookAhead | Planner)
        exact = LookAhead(self.model) if isinstance(policy, LookAhead) else Planner(self.model)
        every = np.ones(len(self._class.q_matrix.question_ids), dtype=bool)
        found: dict[str, list[float]] = {"best": [], "found": []}
        for i in range(len(minds)):
            mind, objective, now = minds.take(np.array([i])), asking[i % len(asking)], np.array([np.nan])
            allowed = exact.askable(mind, every)
            promised = exact.plan(mind, allowed, objective, now).improvement[0]
            chosen = int(policy.plan(mind, allowed, objective, now).improvement[0].argmax())
            found["best"].append(float(np.where(allowed[0], promised, -np.inf).max()))
            found["found"].append(float(promised[chosen]))
        return found


def _waited(policy: Policy, minds: Minds, asking: list[Objective], rng: np.random.Generator) -> dict[str, float]:
    every, now = np.ones(minds.last_seen.shape[1], dtype=bool), np.array([np.nan])
    spent: list[NDArray[np.float64]] = []
    for i in range(len(minds) + WARM):
        mind, objective = minds.take(np.array([i % len(minds)])), asking[i % len(asking)]
        start = _clocks()
        policy.choose(mind, every, objective, now, rng)
        spent.append(1e3 * (_clocks() - start))
    wall, cpu = np.array(spent[WARM:]).T
    return {
        "p50": float(np.median(wall)),
        "p95": float(np.quantile(wall, 0.95)),
        "cpu_p95": float(np.quantile(cpu, 0.95)),
    }


def _clocks() -> NDArray[np.float64]:
    """Seconds on the wall and on the processor."""
    return np.array([time.perf_counter(), time.process_time()])
