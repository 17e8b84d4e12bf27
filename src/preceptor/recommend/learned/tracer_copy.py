"""A trainable copy of semantic DKT: what mastery will be after an answer, and after that."""

from copy import deepcopy

import torch
from torch import Tensor, nn

from preceptor.recommend.learned.mve_sight import Seen, Sights
from preceptor.recommend.vector_world import VectorWorld
from preceptor.trace.lstm import lstm_cell
from preceptor.trace.semantic_dkt_head import FactorisedHead

NOISE = 1e-3
"""Standard deviation, relative to each weight, of the noise that tells one critic from its twin."""


class HeadCopy(nn.Module):
    """Trainable copy of the head as it reads concepts.

    Args:
        sights: What the objective looks at.
        twin: Seeds noise on the last layer; None for none.
    """

    def __init__(self, sights: Sights, twin: int | None) -> None:
        super().__init__()
        self.head = _of_concepts(sights.world.head)
        self._sights = sights
        if twin is not None:
            weight = self.head.out.weight
            noise = torch.randn(weight.shape, generator=torch.Generator().manual_seed(twin))
            with torch.no_grad():
                weight *= 1 + NOISE * noise.to(weight)

    def parts(self, seen: Seen) -> Tensor:
        """The head's part of what is looked at: [n, lift] of one concept a student, or [rows, lift] of many."""
        return self.head.question(self._sights.vectors if self._sights.shared else self._sights.vectors[seen.target])

    def mastery(self, hidden: Tensor, parts: Tensor) -> Tensor:
        """Mastery of what is looked at in states [n, m, width] of n students, [n, m].

        Args:
            hidden: [n, m, width].
            parts: What `parts` gave; computed once for all states.
        """
        student, sights = self.head.student(hidden), self._sights
        if not sights.shared:
            return sights.probability(self.head.logit(student, parts[:, None]))
        every = sights.probability(self.head.pairs(student.flatten(0, 1), parts))
        return (every @ sights.weights).reshape(hidden.shape[:2])


class TracerCopy(HeadCopy):
    """Trainable copy of the recurrent network, of what an answer adds to its activations, and of the head.

    Args:
        sights: What the objective looks at.
        twin: As `HeadCopy` takes it.
    """

    def __init__(self, sights: Sights, twin: int | None) -> None:
        super().__init__(sights, twin)
        world: VectorWorld = sights.world
        self.read_weight = nn.Parameter(world.read_weight.clone())
        self.read_bias = nn.Parameter(world.read_bias.clone())
        self.recurrent = nn.Parameter(world.recurrent.clone())
        self.of_answer = nn.Parameter(world.of_answer.clone())

    def read(self, vectors: Tensor) -> Tensor:
        """What questions [..., d] add to the activations, [..., 4·width]."""
        return nn.functional.linear(vectors, self.read_weight, self.read_bias)

    def outcomes(self, seen: Seen, read: Tensor, parts: Tensor) -> Tensor:
        """Mastery of what is looked at after a wrong and a right answer to m questions each, [n, m, 2].

        Both outcomes share the products of the question's vector and of the state.

        Args:
            seen: The n students.
            read: What `read` gave of their questions, [n, m, 4·width].
            parts: What `parts` gave.
        """
        activations = (read + (seen.hidden @ self.recurrent.T)[:, None])[:, :, None] + self.of_answer
        hidden, _ = lstm_cell(activations, seen.cell[:, None, None])
        return self.mastery(hidden.flatten(1, 2), parts).reshape(*hidden.shape[:2], 2)


def _of_concepts(head: FactorisedHead) -> FactorisedHead:
    """A trainable copy that reads vectors as `head` reads concepts, whether or not these have weights of their own."""
    copy = deepcopy(head).requires_grad_()
    if copy.own_concepts:
        copy.of_vector, copy.lift_vector, copy.own_concepts = copy.of_concept, copy.lift_concept, False
        del copy.of_concept, copy.lift_concept
    return copy
