"""One answer ahead by semantic DKT: whatever does not depend on both student and question is computed once."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.recommend.choosing import Plan
from preceptor.recommend.look_ahead_foresight import Foresight, TracerForesight
from preceptor.trace import Tracer
from preceptor.trace.lstm import lstm_cell
from preceptor.trace.semantic_dkt import SemanticDktState, SemanticDktTracer

TOGETHER = 128
"""Questions that are looked at together: what is made on the way stays in the cache."""


class SemanticForesight(Foresight):
    """The same as `TracerForesight` gives, to rounding.

    The LSTM's activations after question q and answer y are W_ih z_q + b (once a set of weights) + W_ih E_y (once)
    + W_hh h (once a student). What is left of every question and outcome is the gates, the student's part A(h′) of
    the head, one product of matrices for many, and add, ReLU and dot for each concept with a weight.

    Args:
        tracer: A fitted tracer.
    """

    def __init__(self, tracer: SemanticDktTracer) -> None:
        self._tracer, self._network = tracer, tracer.network

    def plan(
        self,
        state: SemanticDktState,
        question: NDArray[np.int64],
        weights: NDArray[np.float64],
        at_seconds: NDArray[np.float64],
    ) -> Plan:
        """Student by student: each has thousands of questions."""
        asked = torch.tensor(question, device=state.hidden.device)
        parts = torch.tensor(weights, dtype=torch.float32, device=asked.device)
        with torch.inference_mode():
            pairs = [self._student(state.hidden[i], state.cell[i], asked[i], parts[i]) for i in range(len(question))]
        p_correct, improvement = (torch.stack(each).double().cpu().numpy() for each in zip(*pairs, strict=True))
        return Plan(p_correct, improvement)

    def _student(self, hidden: Tensor, cell: Tensor, asked: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
        """P(correct) and improvement of one student's questions, [m] each."""
        network, head = self._network, self._network.head
        concept = torch.nonzero(weights)[:, 0]
        own, table = weights[concept], network.concept_parts()[concept]
        student = head.student(hidden[None])
        p_correct = self._probability(head.logits(student, network.question_table(), asked[None])[0])
        now = self._probability(head.pairs(student, table)[0]) @ own
        answers = network.of_answer(hidden.new_tensor([0.0, 1.0])) + network.recurrent @ hidden
        values = torch.cat([self._after(part, answers, cell, table, own) for part in asked.split(TOGETHER)], dim=1)
        wrong, right = values
        return p_correct, torch.lerp(wrong, right, p_correct) - now

    def _after(self, asked: Tensor, answers: Tensor, cell: Tensor, table: Tensor, own: Tensor) -> Tensor:
        """Value after each question was answered wrong and right, [2, m]."""
        activations = self._network.read_table()[asked] + answers[:, None]
        hidden, _ = lstm_cell(activations.flatten(0, 1), cell)
        head = self._network.head
        return (self._probability(head.pairs(head.student(hidden), table)) @ own).view(2, -1)

    def _probability(self, logits: Tensor) -> Tensor:
        shift, slope = self._tracer.calibration
        return torch.sigmoid(shift + slope * logits)


def foresight_of(tracer: Tracer) -> Foresight:
    """The fastest one for a tracer."""
    return SemanticForesight(tracer) if isinstance(tracer, SemanticDktTracer) else TracerForesight(tracer)
