"""The power curve."""

from collections.abc import Mapping
from typing import Any, ClassVar

from preceptor.forgetting.fitted import FittedCurve
from preceptor.forgetting.parameters import GROWTH, Parameter, Scale


class PowerCurve(FittedCurve):
    """Power-law forgetting (Wixted & Ebbesen, 1991) in the form in which strength is the time to 90 %.

    h(t; S) = (1 + f·t/S)^(−d) with f = 0.9^(−1/d) − 1, so that h(S; S) = 0.9.
    """

    name: ClassVar[str] = "power"
    own: ClassVar[tuple[Parameter, ...]] = (Parameter("decay", 0.5, 1.0, Scale.POSITIVE), *GROWTH)

    @staticmethod
    def held(values: Mapping[str, Any], elapsed_days: Any, strength_days: Any, xp: Any) -> Any:
        """(1 + f·t/S)^(−d)."""
        return power_law(values["decay"], elapsed_days / strength_days)


def power_law(decay: Any, elapsed: Any) -> Any:
    """(1 + f·x)^(−d) with f = 0.9^(−1/d) − 1: 0.9 at x = 1; of arrays or tensors."""
    factor = 0.9 ** (-1.0 / decay) - 1.0
    return (1.0 + factor * elapsed) ** -decay
