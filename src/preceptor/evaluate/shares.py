"""Improvement as a share of the most that could be gained, with intervals over students."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.bootstrap import Estimate, resamples


@dataclass(frozen=True)
class Gains:
    """What one arm's students gained.

    Args:
        improvement: float64 [students], value at the end less at the start.
        reachable: float64 [students], 1 less the value at the start.
    """

    improvement: NDArray[np.float64]
    reachable: NDArray[np.float64]

    @classmethod
    def mean(cls, every: Sequence["Gains"]) -> "Gains":
        """The same students in several trainings."""
        return cls(*(np.mean([getattr(one, name) for one in every], axis=0) for name in ("improvement", "reachable")))

    def shares(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Percent of the most that could be gained, 100 · mean improvement / mean reachable, a row of weights each."""
        return np.asarray(100 * (weights @ self.improvement) / np.maximum(weights @ self.reachable, 1e-12))


def share(arm: Gains, seed: int) -> Estimate:
    """One arm's share in percent; its `sd` is that of the resamples."""
    return share_difference([arm], [], seed)


def share_difference(above: Sequence[Gains], below: Sequence[Gains], seed: int) -> Estimate:
    """Mean share of some arms less that of others, in percentage points.

    Args:
        above: Arms over the same students, at least one.
        below: Others over these students; none for 0.
        seed: Draws the resamples of students, the same for every figure, so that they are paired.
    """
    students = len(above[0].improvement)
    drawn, whole = _resamples(students, seed), np.full((1, students), 1 / students)

    def difference(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        nothing = np.zeros(len(weights))
        first, second = (np.mean([arm.shares(weights) for arm in arms] or [nothing], axis=0) for arms in (above, below))
        return np.asarray(first - second)

    found = difference(drawn)
    low, high = np.quantile(found, [0.025, 0.975])
    return Estimate(float(difference(whole)[0]), float(found.std(ddof=1)), (float(low), float(high)))


@lru_cache(maxsize=4)
def _resamples(students: int, seed: int) -> NDArray[np.float64]:
    return resamples(students, np.random.default_rng([seed, 5]))
