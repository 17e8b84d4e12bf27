"""The exponential curve."""

from collections.abc import Mapping
from typing import Any, ClassVar

from preceptor.forgetting.fitted import FittedCurve
from preceptor.forgetting.parameters import GROWTH, Parameter


class ExponentialCurve(FittedCurve):
    """Exponential forgetting (Ebbinghaus, 1885) in the form in which strength is the time to 90 %.

    h(t; S) = 0.9^(t/S). In the e-fold form exp(−t/S') the strength is S' = S / −ln 0.9 ≈ 9.49·S.
    """

    name: ClassVar[str] = "exponential"
    own: ClassVar[tuple[Parameter, ...]] = GROWTH

    @staticmethod
    def held(values: Mapping[str, Any], elapsed_days: Any, strength_days: Any, xp: Any) -> Any:
        """0.9^(t/S)."""
        return 0.9 ** (elapsed_days / strength_days)
