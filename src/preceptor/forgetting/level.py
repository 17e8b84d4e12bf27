"""No forgetting, but a level of every student that the tracer leaves out: for logs without times."""

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.forgetting.fitted import FittedCurve
from preceptor.forgetting.parameters import Parameter
from preceptor.forgetting.practice import Counters


class LevelCurve(FittedCurve):
    """Retention is 1 whatever the gap: σ(a + b·logit m + level of the student), see `FittedCurve`.

    Times are never invented, so without them nothing fades. What the tracer leaves out of a student is learned all the
    same, one step of the filter an answer. Beside mastery with times it is the baseline that shows what time adds.
    """

    name: ClassVar[str] = "level"
    forgets: ClassVar[bool] = False
    own: ClassVar[tuple[Parameter, ...]] = ()

    @staticmethod
    def held(values: Mapping[str, Any], elapsed_days: Any, strength_days: Any, xp: Any) -> Any:
        """1, as something that can be differentiated."""
        return 1.0 + 0.0 * elapsed_days * strength_days

    @staticmethod
    def learned(values: Mapping[str, Any], seen: Any, xp: Any) -> Any:
        """0: nothing fades, so there is no strength to learn."""
        return xp.zeros_like(seen.attempts)

    def retention(self, elapsed_days: NDArray[np.float64], strength_days: NDArray[np.float64]) -> NDArray[np.float64]:
        """1 everywhere."""
        return np.ones(np.broadcast_shapes(np.shape(elapsed_days), np.shape(strength_days)))

    def retained(
        self, concepts: NDArray[Any], counters: Counters, elapsed_days: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """1 everywhere."""
        return np.ones(np.broadcast_shapes(np.shape(elapsed_days), counters.attempts.shape))

    def strength_days(self, concepts: NDArray[Any], counters: Counters) -> NDArray[np.float64]:
        """Infinite everywhere."""
        return np.full(counters.attempts.shape, np.inf)
