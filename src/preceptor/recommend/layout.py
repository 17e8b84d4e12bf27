"""Where the parts of an observation stand."""

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, slots=True)
class Layout:
    """An observation is one row: features | target vector | target | value | remaining.

    Args:
        features_width: Numbers a world says of a student.
        vector_width: Length d of concept vectors.
    """

    features_width: int
    vector_width: int

    @property
    def width(self) -> int:
        """Numbers in an observation."""
        return self.features_width + self.vector_width + 3

    def features(self, obs: Tensor) -> Tensor:
        """What the world says of the students, [..., features_width]."""
        return obs[..., : self.features_width]

    def target(self, obs: Tensor) -> Tensor:
        """Vector of length √d of what the objective looks at, [..., d]; of the weighted mean for many concepts."""
        return obs[..., self.features_width : self.features_width + self.vector_width]

    def target_id(self, obs: Tensor) -> Tensor:
        """Index of the one concept the objective looks at, int64 [...]; −1 if it looks at many."""
        return obs[..., -3].round().long()

    def value(self, obs: Tensor) -> Tensor:
        """The objective's value now, in 0..1, [...]."""
        return obs[..., -2]

    def remaining(self, obs: Tensor) -> Tensor:
        """Steps that are left, as a share of the horizon, [...]."""
        return obs[..., -1]

    def join(
        self, features: Tensor, target: Tensor, target_id: Tensor, value: Tensor, remaining: float | Tensor
    ) -> Tensor:
        """Observations float32 [n, width] from their parts."""
        last = torch.stack([target_id.to(value.dtype), value, torch.ones_like(value) * remaining], dim=1)
        return torch.cat([features, target, last], dim=1)
