"""What model-based critics read of an observation, and what all their copies share."""

from dataclasses import dataclass
from typing import Any, Self

import torch
from torch import Tensor

from preceptor.recommend.layout import Layout
from preceptor.recommend.vector_world import VectorWorld


@dataclass(frozen=True, slots=True)
class Seen:
    """Observations of n students, taken apart.

    Args:
        hidden: [n, width].
        cell: [n, width], the cell state of the same moment.
        target: int64 [n], the concept that is looked at; −1 for many.
        value: [n], what the frozen tracer says of it now.
        going: bool [n], whether steps are left.
    """

    hidden: Tensor
    cell: Tensor
    target: Tensor
    value: Tensor
    going: Tensor


class Sights:
    """The frozen world, the layout of observations and what the objective looks at.

    A critic's copies share it: nothing of it is trained, copied with a critic or saved with one.

    Args:
        world: The calibrated tracer's world.
        layout: Where the parts of an observation stand.
        weights: [concepts], summing to 1, of an objective that looks at many concepts; None for one concept a student.

    Attributes:
        vectors: [rows, d], of the concepts that are looked at. Those of one vector are one row, whose weight is their
            sum; those without weight are left out.
        weights: [rows].
        shared: Whether everybody looks at all of them.
    """

    def __init__(self, world: VectorWorld, layout: Layout, weights: Tensor | None) -> None:
        self.world, self.layout, self.shared = world, layout, weights is not None
        self.vectors, self.weights = world.concept_vectors, world.concept_vectors.new_zeros(0)
        if weights is not None:
            weighty = torch.nonzero(weights, as_tuple=True)[0].to(world.device)
            self.vectors, row = torch.unique(self.vectors[weighty], dim=0, return_inverse=True)
            given = weights.to(self.vectors)[weighty]
            self.weights = self.vectors.new_zeros(len(self.vectors)).index_add(0, row, given)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def seen(self, obs: Any) -> Seen:
        """Take observations [n, layout.width] apart, tensors or arrays."""
        obs, layout = self.tensor(obs), self.layout
        hidden, cell = layout.features(obs).chunk(2, dim=1)
        value, going = layout.value(obs).reshape(-1), layout.remaining(obs).reshape(-1) > 0
        return Seen(hidden, cell, layout.target_id(obs).reshape(-1), value, going)

    def tensor(self, values: Any) -> Tensor:
        """A tensor of the world's kind, on its device; gradients stay."""
        like = self.world.concept_vectors
        return torch.as_tensor(values, dtype=like.dtype, device=like.device)

    def probability(self, logits: Tensor) -> Tensor:
        """Calibrated P(correct)."""
        return torch.sigmoid(self.world.shift + self.world.slope * logits)
