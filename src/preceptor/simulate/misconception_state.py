"""What students of the misconception family are: their numbers and what is in their heads."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from preceptor.simulate.state import LatentStudents
from preceptor.simulate.taught_parameters import TaughtParameters


@dataclass(frozen=True, slots=True)
class MisconceptionParameters(TaughtParameters):
    """Parameters of students who believe something else where they do not know a concept.

    Every concept has its named misconceptions and one gap without a name: the idea is missing.

    Args:
        misconception_logit: Logit. How likely the median misconception is believed before the course.
        misconception_sd: Logit. Spread between misconceptions, fixed by the misconception's id.
        believer_sd: Logit. Spread between students and misconceptions: high, so that most surely do or do not believe.
        correction: 0..1. Share of an active misconception that naming it after a wrong answer puts right.
        explained_share: 0..1. Share of an explanation's gain that reaches misconceptions it does not name.
        parts_growth: 1/logit. A question of difficulty b needs exp(parts_growth·b) parts of each concept at once.
        relapse_median_days: Days. Half of what was put right is believed again after this time.
        relapse_log_sd: Log units. Spread of it between students and concepts.
        relapse_maximum_days: Days. It never grows beyond this.
        relapse_growth: Factor. Most that one right answer adds to that time relative to its old value; reached when
            everything put right had relapsed (spacing effect).
    """

    base_logit: float = 2.77
    ability_sd: float = 2.0
    concept_sd: float = 0.736
    initial_sd: float = 1.26
    slip_median: float = 0.112
    learning_rate: float = 0.183
    learning_rate_log_sd: float = 1.94
    misconception_logit: float = -5.06
    misconception_sd: float = 2.83
    believer_sd: float = 2.0
    correction: float = 0.4
    explained_share: float = 0.3
    parts_growth: float = 0.5
    relapse_median_days: float = 109.0
    relapse_log_sd: float = 0.5
    relapse_maximum_days: float = 240.0
    relapse_growth: float = 2.0


@dataclass(frozen=True)
class MisconceptionState(LatentStudents):
    """n students; C concepts, M named misconceptions. `practices` counts answers and explanations.

    The columns of what is believed are the named misconceptions in the bank's order, then the gap of each concept.

    Args:
        learning_rate: float64 [n].
        believed: float64 [n, M + C], P(believed before the course), where students relapse to.
        righted: float64 [n, M + C], 0..1, share of it that was put right, as of `righted_seconds`.
        righted_seconds: float64 [n, M + C], UTC seconds; 0 where nothing was put right.
        relapse_days: float64 [n, C], half of what was put right has relapsed after this time.
    """

    learning_rate: NDArray[np.float64]
    believed: NDArray[np.float64]
    righted: NDArray[np.float64]
    righted_seconds: NDArray[np.float64]
    relapse_days: NDArray[np.float64]

    def later(self, seconds: float) -> Self:
        """The same students with everything that happened moved by `seconds`."""
        shifted = np.where(self.righted > 0, self.righted_seconds + seconds, self.righted_seconds)
        return replace(super().later(seconds), righted_seconds=shifted)
