"""What is fitted of the power curve."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

LOG_STRENGTH_RANGE = (float(np.log(0.02)), float(np.log(3650.0)))
"""Strengths stay between half an hour and ten years."""

PRIOR_STRENGTH_DAYS = 7.0


@dataclass(frozen=True)
class PowerParameters:
    """Fitted values of the power curve.

    Args:
        base: float64 [concepts], log of the strength in days after a first unsuccessful practice.
        decay: d, exponent of the curve.
        w_spaced: Growth with spaced success.
        w_credit: Growth with success.
        w_failures: Loss with failure.
        shift: a for practised concepts.
        slope: b for practised concepts.
        new_shift: a for unpractised concepts.
        new_slope: b for unpractised concepts.
        guess_floor: P(correct) on an open question by guessing.
    """

    base: NDArray[np.float64]
    decay: float
    w_spaced: float
    w_credit: float
    w_failures: float
    shift: float
    slope: float
    new_shift: float
    new_slope: float
    guess_floor: float

    @classmethod
    def prior(cls, concepts: int) -> "PowerParameters":
        """Strength of a week, mastery unchanged."""
        return cls(np.full(concepts, np.log(PRIOR_STRENGTH_DAYS)), 0.5, 1.0, 0.5, 0.1, 0.0, 1.0, 0.0, 1.0, 0.05)

    def to_dict(self) -> dict[str, Any]:
        """JSON values."""
        return {**asdict(self), "base": [float(value) for value in self.base]}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "PowerParameters":
        """The inverse of `to_dict`."""
        return cls(**{**values, "base": np.asarray(values["base"], dtype=np.float64)})
