"""The process behind `environment`: our environment and a dense one over the same weights."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from preceptor.bench.environment_sizes import DENSE_STUDENTS, HISTORY, HORIZON, QUESTIONS, STUDENTS
from preceptor.bench.head_sizes import CONCEPTS, VECTOR
from preceptor.bench.head_steps import dense_logit, dense_logits, lift_in_one, operations_a_second, timed
from preceptor.bench.watch import Watch
from preceptor.domain import Log, QMatrix
from preceptor.recommend import make_objective
from preceptor.recommend.environment import StudentEnv
from preceptor.recommend.students import Students
from preceptor.recommend.vector_world import VectorWorld
from preceptor.trace import QuestionVectors
from preceptor.trace.semantic_dkt import SemanticDktTracer

CONCEPTS_EACH = 3


def serve(arguments: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, float]]:
    """Make both environments.

    Args:
        arguments: `seed` and `threads`.

    Returns:
        Answers `do`, an objective, with the `seconds` a student and step of `side` "ours" or "dense", the latter with
        `chunk` concepts at a time; side "profile" with the seconds of an episode's parts; "product" with operations a
        second.
    """
    torch.set_num_threads(arguments["threads"])
    sides = Sides(arguments["seed"])
    return lambda request: sides.answer(**request)


class Sides:
    """Both environments.

    Args:
        seed: Draws weights, vectors, histories and actions.
        size: Size of the tracer.
        students: Students at once.
        questions: Size of the bank.
        concepts: Number of concepts.
        width: Length of vectors.
    """

    def __init__(
        self,
        seed: int,
        size: str = "large",
        students: int = STUDENTS,
        questions: int = QUESTIONS,
        concepts: int = CONCEPTS,
        width: int = VECTOR,
    ) -> None:
        rng = np.random.default_rng(seed)
        own = np.sort(rng.permuted(np.tile(np.arange(concepts), (questions, 1)), axis=1)[:, :CONCEPTS_EACH], axis=1)
        names = [tuple(f"{kind}{i}" for i in range(n)) for kind, n in (("q", questions), ("c", concepts))]
        unknown = np.full(questions, np.nan, dtype=np.float32)
        q_matrix = QMatrix(names[0], names[1], own.astype(np.int32), unknown)
        drawn = rng.standard_normal((questions + concepts, width), dtype=np.float32)
        torch.manual_seed(seed)
        vectors = QuestionVectors(drawn[:questions], drawn[questions:])
        self.tracer = SemanticDktTracer(q_matrix, size=size, vectors=vectors)
        self.tracer.network.reset()
        log = _log(rng, q_matrix, students)
        self.world = VectorWorld(self.tracer)
        encoded = Students.of(self.world, log)
        self.envs = {
            name: StudentEnv(self.world, make_objective(name, q_matrix).fit(log), encoded, num_envs=students, seed=seed)
            for name in ("global", "practiced", "upcoming", "weakest")
        }
        self.actions = torch.from_numpy(rng.integers(questions, size=(HORIZON, students)))
        self.state = encoded.state

    def answer(self, do: str, side: str = "", chunk: int = 0, most: int = CONCEPTS, calls: int = 1) -> dict[str, float]:
        """What `serve` says; `calls` steps of ours are rounded up to whole episodes."""
        if do == "product":
            return {"seconds": operations_a_second()}
        if side == "profile":
            return self.profile(do)
        if side == "dense":
            return {"seconds": self.dense(do, chunk, most) / DENSE_STUDENTS}
        episodes = -(-calls // HORIZON)
        steps = episodes * HORIZON * self.actions.shape[1]
        return {"seconds": sum(self.ours(do) for _ in range(episodes)) / steps}

    def ours(self, objective: str) -> float:
        """Seconds of an episode, with its beginning."""
        env = self.envs[objective]
        return timed(lambda: (env.reset(), *(env.step(action) for action in self.actions)))

    def profile(self, objective: str) -> dict[str, float]:
        """Seconds of an episode's parts, in all and one by one; what a part calls counts for itself."""
        env, watch = self.envs[objective], Watch()
        parts = [
            ("the head on all concepts", self.world.head, "pairs"),
            ("the student's part of the head", self.world.head, "student"),
            ("the head on single questions and concepts", self.world.head, "logit"),
            ("the step of the LSTM", self.world, "_moved"),
            ("observations", env, "_observed"),
            ("a new episode", env, "reset"),
        ]
        with watch.on(parts):
            return {"in all": self.ours(objective), **watch.spent}

    def dense(self, objective: str, chunk: int, most: int) -> float:
        """Seconds of a step of the dense environment with at most so many concepts."""
        dense, own = Dense(self.tracer, chunk, most), slice(DENSE_STUDENTS)
        with torch.inference_mode():
            return timed(
                lambda: dense.step(objective, self.state.hidden[own], self.state.cell[own], self.actions[0, own])
            )


class Dense:
    """The environment as the paper writes it: nothing is computed ahead, and mastery before and after every answer.

    Args:
        tracer: The weights.
        chunk: Concepts at once.
        most: Most concepts.
    """

    def __init__(self, tracer: SemanticDktTracer, chunk: int, most: int) -> None:
        self.tracer, self.network, self.head = tracer, tracer.network, tracer.network.head
        self.concepts, self.lift = torch.split(self.network.concept_vectors[:most], chunk), lift_in_one(self.head)

    def step(self, objective: str, hidden: Tensor, cell: Tensor, question: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Reward, hidden and cell state [n, hidden] after a right answer to `question` [n]."""
        network = self.network
        target = self._mastery(hidden).argmin(dim=1) if objective == "weakest" else torch.zeros_like(question)
        before = self._value(objective, hidden, target)
        vectors = network.question_vectors[question]
        self._probability(dense_logit(self.head, self.lift, hidden, vectors))  # the answer is drawn by it
        read = network.read(vectors + network.answer[1])
        enter, forget, leave, candidate = (read + hidden @ network.recurrent.T).chunk(4, dim=1)
        cell = torch.sigmoid(forget) * cell + torch.sigmoid(enter) * torch.tanh(candidate)
        hidden = torch.sigmoid(leave) * torch.tanh(cell)
        return self._value(objective, hidden, target) - before, hidden, cell

    def _value(self, objective: str, hidden: Tensor, target: Tensor) -> Tensor:
        if objective == "global":
            return self._mastery(hidden).mean(dim=1)
        vectors = self.network.concept_vectors[target]
        return self._probability(dense_logit(self.head, self.lift, hidden, vectors))

    def _mastery(self, hidden: Tensor) -> Tensor:
        parts = [dense_logits(self.head, self.lift, hidden, vectors) for vectors in self.concepts]
        return self._probability(torch.cat(parts, dim=1))

    def _probability(self, logits: Tensor) -> Tensor:
        shift, slope = self.tracer.calibration
        return torch.sigmoid(shift + slope * logits)


def _log(rng: np.random.Generator, q_matrix: QMatrix, students: int) -> Log:
    n = students * HISTORY
    return Log.of(
        [f"s{i}" for i in range(students)],
        q_matrix.question_ids,
        student=np.repeat(np.arange(students), HISTORY),
        question=rng.integers(len(q_matrix.question_ids), size=n),
        correct=rng.random(n) < 0.7,
        event_id=np.array([f"e{i}" for i in range(n)]),
        revision=np.full(n, "r"),
    )
