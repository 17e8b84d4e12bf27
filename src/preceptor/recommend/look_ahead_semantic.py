"""One answer ahead by semantic DKT: whatever does not depend on both student and question is computed once."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.recommend.choosing import Plan
from preceptor.recommend.look_ahead_foresight import Foresight, TracerForesight
from preceptor.recommend.vector_world import VectorWorld
from preceptor.trace import Tracer
from preceptor.trace.lstm import lstm_cell
from preceptor.trace.semantic_dkt import SemanticDktState, SemanticDktTracer

TOGETHER = 128
"""Questions that are looked at together: what is made on the way stays in the cache."""


class SemanticForesight(Foresight):
    """The same as `TracerForesight` gives, to rounding.

    The LSTM's activations after question q and answer y are W_ih z_q + b (once for a tracer) + W_ih E_y (once)
    + W_hh h (once a student). What is left of every question and outcome is the gates, the student's part A(h′) of
    the head, one product of matrices for many, and add, ReLU and dot for each concept with a weight.

    Args:
        world: A frozen semantic DKT.
    """

    def __init__(self, world: VectorWorld) -> None:
        self.world = world

    def plan(
        self,
        state: SemanticDktState,
        question: NDArray[np.int64],
        weights: NDArray[np.float64],
        at_seconds: NDArray[np.float64],
    ) -> Plan:
        """Student by student: each has thousands of questions."""
        asked = torch.tensor(question, device=self.world.device)
        own = torch.tensor(weights, dtype=torch.float32, device=self.world.device)
        with torch.inference_mode():
            pairs = [self.student(state.hidden[i], state.cell[i], asked[i], own[i]) for i in range(len(question))]
        p_correct, improvement = (torch.stack(each).double().cpu().numpy() for each in zip(*pairs, strict=True))
        return Plan(p_correct, improvement)

    def student(self, hidden: Tensor, cell: Tensor, asked: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
        """P(correct) and improvement of one student's questions.

        Args:
            hidden: float32 [hidden].
            cell: float32 [hidden].
            asked: int64 [m], questions.
            weights: float32 [concepts].

        Returns:
            float32 [m] each.
        """
        world, head = self.world, self.world.head
        concept = torch.nonzero(weights)[:, 0]
        own, table = weights[concept], world.concept_parts[concept]
        student = head.student(hidden[None])
        p_correct = self.probability(head.logits(student, world.question_parts, asked[None])[0])
        now = self.probability(head.pairs(student, table)[0]) @ own
        answers = world.of_answer + world.recurrent @ hidden
        parts = [self._after(part, answers, cell, table, own) for part in torch.split(asked, TOGETHER)]
        wrong, right = torch.cat(parts, dim=1)
        return p_correct, torch.lerp(wrong, right, p_correct) - now

    def _after(self, asked: Tensor, answers: Tensor, cell: Tensor, table: Tensor, own: Tensor) -> Tensor:
        """Value after each question was answered wrong and right, [2, m]."""
        activations = self.world.of_question[asked] + answers[:, None]
        hidden, _ = lstm_cell(activations.flatten(0, 1), cell)
        head = self.world.head
        return (self.probability(head.pairs(head.student(hidden), table)) @ own).view(2, -1)

    def probability(self, logits: Tensor) -> Tensor:
        """Calibrated P(correct)."""
        return torch.sigmoid(self.world.shift + self.world.slope * logits)


def foresight_of(tracer: Tracer) -> Foresight:
    """The fastest one for a tracer."""
    if isinstance(tracer, SemanticDktTracer):
        return SemanticForesight(VectorWorld(tracer))
    return TracerForesight(tracer)
