"""Parameters of a curve: names, where a fit starts from, and the prior that matters only where answers are few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Scale(StrEnum):
    """On which scale a parameter is free, normal a priori and searched."""

    REAL = "real"
    POSITIVE = "positive"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of a curve.

    Args:
        name: Its name.
        start: Mode of its prior, and its value before a fit.
        sd: Standard deviation of the prior: of the value (real), its logarithm (positive) or its logit (share).
        scale: Real, above 0 or within 0..1.
    """

    name: str
    start: float
    sd: float
    scale: Scale = Scale.REAL

    def value(self, free: Any, xp: Any) -> Any:
        """The value that stands `free` standard deviations from the start, of an array or tensor of library `xp`."""
        if self.scale is Scale.REAL:
            return self.start + self.sd * free
        if self.scale is Scale.POSITIVE:
            return self.start * xp.exp(self.sd * free)
        odds = self.start / (1 - self.start) * xp.exp(self.sd * free)
        return odds / (1 + odds)


SHARED = (
    Parameter("shift", 0.0, 0.25),
    Parameter("slope", 1.0, 0.25),
    Parameter("new_shift", 0.0, 0.25),
    Parameter("new_slope", 1.0, 0.25),
    Parameter("guess_floor", 0.05, 0.75, Scale.SHARE),
)
"""Of every curve besides the level of its strengths: the recalibration σ(a + b·logit m)
of practised and of new concepts, and P(correct) on an open question by guessing."""

GROWTH = (
    Parameter("w_spaced", 1.0, 1.0, Scale.POSITIVE),
    Parameter("w_credit", 0.5, 1.0, Scale.POSITIVE),
    Parameter("w_failures", 0.1, 1.0, Scale.POSITIVE),
)
"""How strength grows with practice, see `growth`."""


def start_of(parameters: Sequence[Parameter]) -> Mapping[str, float]:
    """Values before a fit."""
    return MappingProxyType({parameter.name: parameter.start for parameter in parameters})


def growth(values: Mapping[str, Any], seen: Any, xp: Any) -> Any:
    """w₁·log(1 + spaced) + w₂·log(1 + credit) − w₃·log(1 + failures), all w > 0, of arrays or tensors.

    Args:
        values: w_spaced, w_credit, w_failures.
        seen: Counters as float64 arrays of one library.
        xp: That library, numpy or torch.
    """
    failures = (seen.attempts - seen.credit).clip(min=0)
    return (
        values["w_spaced"] * xp.log1p(seen.spaced)
        + values["w_credit"] * xp.log1p(seen.credit)
        - values["w_failures"] * xp.log1p(failures)
    )
