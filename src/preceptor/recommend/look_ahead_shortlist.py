"""Which questions are worth an exact look ahead: cheap scores of the whole bank."""

from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.recommend.look_ahead_foresight import Foresight
from preceptor.recommend.look_ahead_semantic import SemanticForesight
from preceptor.recommend.vector_world import VectorWorld
from preceptor.trace.compiled import can_compile
from preceptor.trace.lstm import lstm_cell
from preceptor.trace.semantic_dkt import SemanticDktState

UNITS = 96
"""Units of the LSTM whose change is looked at for every question."""
SAMPLE = 64
"""Questions by which those units are chosen."""
LARGEST = 30.0
"""Activations are cut to ± this, so that products of their exponentials stay finite; σ and tanh are flat there."""


class Shortlist(Protocol):
    """Scores of every question, the higher the better an exact look promises to be."""

    def scores(
        self, state: Any, weights: NDArray[np.float64], allowed: NDArray[np.bool_], at_seconds: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Scores, float64 [n, questions].

        Args:
            state: The tracer's state of n students.
            weights: float64 [n, concepts].
            allowed: bool [n, questions].
            at_seconds: float64 [n].
        """
        ...


class SetShortlist:
    """Questions score as the first of their set of concepts that somebody may be asked.

    Args:
        foresight: Looks at that one exactly.
        concept_set: int64 [questions], the number of each question's set of concepts.
    """

    def __init__(self, foresight: Foresight, concept_set: NDArray[np.int64]) -> None:
        self._foresight, self._concept_set = foresight, concept_set

    def scores(
        self, state: Any, weights: NDArray[np.float64], allowed: NDArray[np.bool_], at_seconds: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """One exact look a set."""
        someone = np.flatnonzero(allowed.any(axis=0))
        sets, first = np.unique(self._concept_set[someone], return_index=True)
        asked = np.broadcast_to(someone[first], (len(allowed), len(sets)))
        found = self._foresight.plan(state, asked, weights, at_seconds).improvement
        place = np.zeros(int(self._concept_set.max()) + 1, dtype=np.int64)
        place[sets] = np.arange(len(sets))
        return found[:, place[self._concept_set]]


class GradientShortlist:
    """Semantic DKT to first order: ∇V(h) · Σ_y P(y | q)·(h′(q, y) − h).

    V is nearly linear over one answer's change of the state; the gates are not, so they are kept. Of the sum over
    units only those count that tell questions apart: with the largest spread of ∂V/∂h_j·h′_j over a sample.

    Args:
        world: A frozen semantic DKT.
        seed: Draws the sample.
    """

    def __init__(self, world: VectorWorld, seed: int = 0) -> None:
        self._world, self._foresight = world, SemanticForesight(world)
        generator = torch.Generator().manual_seed(seed)
        self._sample = torch.randperm(world.questions, generator=generator)[:SAMPLE].to(world.device)
        self._sign = torch.tensor([-1.0, -1.0, -1.0, 2.0], device=world.device)
        of_question = world.of_question.view(world.questions, 4, world.hidden).permute(2, 1, 0)
        self._table = self._exponential(of_question, self._sign[:, None])  # [hidden, 4, questions]

    def scores(
        self,
        state: SemanticDktState,
        weights: NDArray[np.float64],
        allowed: NDArray[np.bool_],
        at_seconds: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """One pass over the bank a student."""
        own = torch.tensor(weights, dtype=torch.float32, device=self._world.device)
        with torch.inference_mode():
            found = [self._student(state.hidden[i], state.cell[i], own[i]) for i in range(len(weights))]
        return np.asarray(torch.stack(found).double().cpu().numpy())

    def _student(self, hidden: Tensor, cell: Tensor, weights: Tensor) -> Tensor:
        world = self._world
        student = world.head.student(hidden[None])
        p_correct = self._foresight.probability(world.head.pairs(student, world.question_parts)[0])
        slope = self.slope(hidden, student[0], weights)
        answers = world.of_answer + world.recurrent @ hidden
        unit = self._telling(answers, cell, p_correct, slope)
        after = self._after(unit, answers.view(2, 4, -1)[:, :, unit], cell[unit], slope[unit])
        return torch.lerp(after[0], after[1], p_correct)

    def slope(self, hidden: Tensor, student: Tensor, weights: Tensor) -> Tensor:
        """∇V, float32 [hidden], at a student's state and part A of the head."""
        world, head = self._world, self._world.head
        concept = torch.nonzero(weights)[:, 0]
        table = world.concept_parts[concept]
        mastery = self._foresight.probability(head.pairs(student[None], table)[0])
        outer = weights[concept] * mastery * (1 - mastery) * world.slope
        lifted = head.out.weight[0] * (outer @ (table > -student).to(outer.dtype))
        inner = (lifted @ head.lift_state.weight) * (head.of_state(hidden) > 0)
        return torch.as_tensor(inner @ head.of_state.weight)

    def _telling(self, answers: Tensor, cell: Tensor, p_correct: Tensor, slope: Tensor) -> Tensor:
        """The units that tell the sample's questions apart best, int64 [units]."""
        activations = self._world.of_question[self._sample] + answers[:, None]
        after = lstm_cell(activations.flatten(0, 1), cell)[0].view(2, len(self._sample), -1)
        expected = torch.lerp(after[0], after[1], p_correct[self._sample, None])
        return torch.topk(expected.std(dim=0) * slope.abs(), min(UNITS, len(slope))).indices

    def _after(self, unit: Tensor, answers: Tensor, cell: Tensor, slope: Tensor) -> Tensor:
        """Σ_j slope_j·h′_j over units of every question, answered wrong and right, [2, questions].

        Args:
            unit: int64 [units].
            answers: float32 [2, 4, units], what either answer and the state before add to the gates.
            cell: float32 [units].
            slope: float32 [units].
        """
        work = self._compiled if can_compile(self._table) else self._plain
        return work(unit, answers, cell, slope)

    def _compiled(self, unit: Tensor, answers: Tensor, cell: Tensor, slope: Tensor) -> Tensor:
        from preceptor.recommend.look_ahead_kernels import first_order  # compiled on first use

        out = slope.new_empty(2, self._table.shape[2])
        for answer, own in zip(self._exponential(answers.transpose(1, 2), self._sign), out, strict=True):
            first_order(*(each.numpy() for each in (self._table, unit, answer, cell, slope, own)))
        return out

    def _plain(self, unit: Tensor, answers: Tensor, cell: Tensor, slope: Tensor) -> Tensor:
        of_question = (self._table[unit].log() / self._sign[:, None]).permute(2, 1, 0)  # [questions, 4, units]
        rows = (of_question + answers[:, None]).flatten(2).flatten(0, 1)
        return (lstm_cell(rows, cell)[0] @ slope).view(2, -1)

    @staticmethod
    def _exponential(activations: Tensor, sign: Tensor) -> Tensor:
        return torch.exp((activations * sign).clamp(-LARGEST, LARGEST)).contiguous()


def shortlist_of(foresight: Foresight, concept_set: NDArray[np.int64]) -> Shortlist:
    """The cheapest scores for what is looked at exactly.

    Args:
        foresight: The exact look.
        concept_set: int64 [questions], the number of each question's set of concepts.
    """
    if isinstance(foresight, SemanticForesight):
        return GradientShortlist(foresight.world)
    return SetShortlist(foresight, concept_set)
