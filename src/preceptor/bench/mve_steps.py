"""The process behind `mve`: a model-based critic and a dense one over the same weights, forward and backward."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import linear

from preceptor.bench.head_sizes import CONCEPTS, STUDENTS, VECTOR
from preceptor.bench.head_steps import dense_logits, lift_in_one, operations_a_second, timed
from preceptor.domain import QMatrix
from preceptor.recommend.layout import Layout
from preceptor.recommend.learned.mve import MveCritic
from preceptor.recommend.vector_world import VectorWorld
from preceptor.trace import QuestionVectors
from preceptor.trace.lstm import lstm_step
from preceptor.trace.semantic_dkt import SemanticDktState, SemanticDktTracer


def serve(arguments: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, float]]:
    """Make both critics.

    Args:
        arguments: `seed` and `threads`.

    Returns:
        Answers `do` with the seconds it took: "forward", "both" or "actor" of `side` "ours" or "dense", the latter with
        `chunk` concepts at a time and at most `most` of them; "product" with operations a second.
    """
    torch.set_num_threads(arguments["threads"])
    critics = Critics(arguments["seed"])
    return lambda request: {"seconds": critics.seconds(**request)}


class Critics:
    """64 students and 1,377 concepts that count alike.

    Args:
        seed: Draws weights, observations, actions and gradients.
        concepts: Number of concepts.
    """

    def __init__(self, seed: int, concepts: int = CONCEPTS) -> None:
        torch.manual_seed(seed)
        rng = np.random.default_rng(seed)
        names = tuple(map(str, range(concepts)))
        q_matrix = QMatrix(("q",), names, np.zeros((1, 1), np.int32), np.full(1, np.nan, np.float32))
        question, concept = (rng.standard_normal((n, VECTOR)).astype(np.float32) for n in (1, concepts))
        tracer = SemanticDktTracer(q_matrix, size="large", vectors=QuestionVectors(question, concept))
        tracer.network.reset()
        self.world = VectorWorld(tracer)
        layout = Layout(self.world.width, VECTOR)
        self.critic = MveCritic(self.world, layout, torch.full((concepts,), 1 / concepts))
        self.lift = lift_in_one(self.critic.copy.head)
        state = torch.tanh(torch.randn(STUDENTS, self.world.width))
        self.state = SemanticDktState(*state.chunk(2, dim=1))
        target, value = torch.randn(STUDENTS, VECTOR), torch.rand(STUDENTS)
        self.obs = layout.join(state, target, torch.full((STUDENTS,), -1), value, 0.5)
        self.value, self.act = value, torch.randn(STUDENTS, VECTOR)
        self.grad = torch.randn(STUDENTS, 1) / STUDENTS

    def seconds(self, do: str, side: str = "", chunk: int = 0, most: int = CONCEPTS, calls: int = 1) -> float:
        """Mean time of `calls` calls."""
        if do == "product":
            return operations_a_second()
        work = self.ours if side == "ours" else lambda do: self.dense(do, chunk, most)
        for tensor in self.wanted("both", side):
            tensor.grad = None
        return sum(timed(lambda: work(do)) for _ in range(calls)) / calls

    def wanted(self, do: str, side: str) -> list[Tensor]:
        """What gradients are asked of: every weight of the critic, or the actions."""
        if do == "actor":
            return [self.act]
        own = self.critic.copy
        layers = (own.head.of_state, own.head.of_vector, own.head.out)
        lift = [own.head.lift_state.weight, own.head.lift_vector.weight] if side == "ours" else [self.lift]
        moves = [own.read_weight, own.read_bias, own.recurrent, own.of_answer]
        return [*lift, own.head.lift_vector.bias, *(p for layer in layers for p in layer.parameters()), *moves]

    def ours(self, do: str) -> Tensor:
        """Values [students, 1]; leaves gradients."""
        if do == "forward":
            with torch.inference_mode():
                return torch.as_tensor(self.critic(self.obs, self.act))
        act = self.act.requires_grad_(do == "actor")
        values: Tensor = self.critic(self.obs, act)
        torch.autograd.backward(values, self.grad, inputs=self.wanted(do, "ours"))
        return values

    def dense(self, do: str, chunk: int, most: int) -> Tensor:
        """The same with every layer for every pair of student and concept, some concepts at a time.

        The way back goes through some concepts as soon as they are done, so that nothing is computed twice and no more
        than they need is held.
        """
        trained = do != "forward"
        with torch.set_grad_enabled(trained):
            act = self.act.requires_grad_(do == "actor")
            p = self.world.p_correct_at_vector(self.state, act)
            after = torch.cat([self._moved(act, answer) for answer in self.critic.copy.of_answer])
            hidden = after.detach().requires_grad_(trained)
            share = torch.cat([1 - p, p]).detach() * self.grad.repeat(2, 1)[:, 0]
            inputs = [hidden] if do == "actor" else [hidden, *self.wanted("both", "dense")[:-4]]
            mastery = torch.zeros(2 * STUDENTS)
            for start in range(0, most, chunk):
                vectors = self.world.concept_vectors[start : min(start + chunk, most)]
                logits = dense_logits(self.critic.copy.head, self.lift, hidden, vectors)
                part = torch.sigmoid(self.world.shift + self.world.slope * logits).sum(dim=1) / most
                mastery += part.detach()
                if trained:
                    torch.autograd.backward(part, share, inputs=inputs)
            wrong, right = mastery.chunk(2)
            if do == "actor":
                torch.autograd.backward([p, after], [self.grad[:, 0] * (right - wrong), hidden.grad], inputs=[act])
            elif trained:
                torch.autograd.backward(after, hidden.grad, inputs=self.wanted(do, "dense")[-4:])
            return (torch.lerp(wrong, right, p.detach()) - self.value)[:, None]

    def _moved(self, act: Tensor, answer: Tensor) -> Tensor:
        """Hidden states after an answer."""
        own = self.critic.copy
        gates = linear(act, own.read_weight, own.read_bias) + answer
        return lstm_step(gates, self.state.hidden, self.state.cell, own.recurrent)[0]
