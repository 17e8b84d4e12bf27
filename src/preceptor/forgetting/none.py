"""Nothing on top of the tracer: for tracers that know time themselves."""

from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from preceptor.forgetting.contract import ForgettingCurve
from preceptor.forgetting.practice import Counters, PracticeLog


class NoForgetting(ForgettingCurve):
    """Retention is 1 and mastery stays as the tracer gives it: times are never invented."""

    name: ClassVar[str] = "none"
    forgets: ClassVar[bool] = False

    def __init__(self, concepts: int = 0) -> None:
        pass

    @property
    def guess_floor(self) -> float:
        """0: never used, since nothing fades."""
        return 0.0

    def fit(self, log: PracticeLog) -> Self:
        """Nothing to fit."""
        return self

    def retention(self, elapsed_days: NDArray[np.float64], strength_days: NDArray[np.float64]) -> NDArray[np.float64]:
        """1 everywhere."""
        return np.ones(np.broadcast_shapes(elapsed_days.shape, strength_days.shape))

    def strength_days(self, concepts: NDArray[Any], counters: Counters) -> NDArray[np.float64]:
        """Infinite everywhere."""
        return np.full(counters.attempts.shape, np.inf)

    def recalibrate(
        self, mastery: NDArray[Any], practised: NDArray[Any], student_effects: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Mastery unchanged."""
        return np.asarray(mastery, dtype=np.float64)

    def to_dict(self) -> dict[str, Any]:
        """Only the name."""
        return {"name": self.name}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """A fresh one."""
        return cls()
