"""The planner without regard for rest, to measure what rest brings."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.mind import Minds
from preceptor.recommend.planner import Planner


class UnspacedPlanner(Planner):
    """As `Planner`, but questions are compared by their expected improvement alone, however recent the practice."""

    name: ClassVar[str] = "planner-unspaced"

    def _rest(self, minds: Minds, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.ones(minds.practice.attempts.shape)
