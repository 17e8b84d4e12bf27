"""The half-life curve."""

from collections.abc import Mapping
from typing import Any, ClassVar

from preceptor.forgetting.fitted import FittedCurve
from preceptor.forgetting.parameters import GROWTH, Parameter


class HalfLifeCurve(FittedCurve):
    """Half-life regression (Settles & Meeder, 2016) on top of mastery: h(t; S) = 2^(−t/S), S the half-life.

    ln S = θ_c + θ₁·√(1+spaced) + θ₂·√(1+right) − θ₃·√(1+wrong): their square roots of counts, and one weight a
    concept. They predict recall from the half-life alone, fit squared errors and leave signs free; here it is what is
    left of mastery, the likelihood decides, as for every curve, and only wrong answers shorten memory.
    """

    name: ClassVar[str] = "half-life"
    retention_at_strength: ClassVar[float] = 0.5
    own: ClassVar[tuple[Parameter, ...]] = GROWTH

    @staticmethod
    def held(values: Mapping[str, Any], elapsed_days: Any, strength_days: Any, xp: Any) -> Any:
        """2^(−t/S)."""
        return 0.5 ** (elapsed_days / strength_days)

    @staticmethod
    def learned(values: Mapping[str, Any], seen: Any, xp: Any) -> Any:
        """θ₁·√(1+spaced) + θ₂·√(1+right) − θ₃·√(1+wrong)."""
        wrong = (seen.attempts - seen.credit).clip(min=0)
        return (
            values["w_spaced"] * xp.sqrt(1 + seen.spaced)
            + values["w_credit"] * xp.sqrt(1 + seen.credit)
            - values["w_failures"] * xp.sqrt(1 + wrong)
        )
