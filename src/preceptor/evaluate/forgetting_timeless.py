"""Mastery and the level of the student, without time: what a curve gains over it is the gain of time."""

from collections.abc import Mapping
from typing import Any, ClassVar

from preceptor.forgetting.fitted import FittedCurve
from preceptor.forgetting.parameters import Parameter


class Timeless(FittedCurve):
    """Retention is 1 whatever the gap; recalibration and students' levels are fitted as with every curve."""

    name: ClassVar[str] = "mastery and level"
    own: ClassVar[tuple[Parameter, ...]] = ()

    @staticmethod
    def held(values: Mapping[str, Any], elapsed_days: Any, strength_days: Any, xp: Any) -> Any:
        """1, as something that can be differentiated."""
        return 1.0 + 0.0 * elapsed_days * strength_days

    @staticmethod
    def learned(values: Mapping[str, Any], seen: Any, xp: Any) -> Any:
        """0: nothing fades, so there is no strength to learn."""
        return xp.zeros_like(seen.attempts)
