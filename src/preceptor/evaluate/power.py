"""What an experiment can find, worked out before it runs."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import stdtrit

POWER = 0.8
ALPHA = 0.05


def assumed_sd(items: int, replicates: int) -> float:
    """Deviation between students of a paired difference in accuracy, where none was measured.

    √(2·¼/(items·replicates)): the most that chance alone makes of it, where every answer of both arms is a coin thrown
    for itself. Arms that share chance numbers differ less, students whom one arm suits better more.

    Args:
        items: Questions of a test.
        replicates: Tests of a student in each arm.
    """
    return float(np.sqrt(0.5 / (items * replicates)))


@dataclass(frozen=True, slots=True)
class Power:
    """What a paired comparison can find.

    Args:
        students: Students that cross both arms.
        sd: Deviation between students of the paired difference.
        source: Where the deviation comes from.
        comparisons: Comparisons that Holm's correction is over; the first of them has to pass at α over their number.
        power: Chance to find a difference that is there.
        alpha: Chance of a claim where there is none.
    """

    students: int
    sd: float
    source: Literal["assumed", "measured"]
    comparisons: int = 1
    power: float = POWER
    alpha: float = ALPHA

    @property
    def detectable(self) -> float:
        """Smallest true difference that is found with the given power: (t(1 − α/2m) + t(power))·sd/√n."""
        return float(_quantiles(self.students, self) * self.sd / np.sqrt(self.students))

    def needed(self, difference: float) -> int:
        """Fewest students with whom a true difference is found with the given power."""
        n = 2
        for _ in range(100):  # n on both sides; it settles after a few rounds
            wanted = max(2, int(np.ceil((_quantiles(n, self) * self.sd / difference) ** 2)))
            if abs(wanted - n) <= 1:
                break
            n = wanted
        n = max(2, min(n, wanted) - 2)
        while _quantiles(n, self) * self.sd / np.sqrt(n) > difference:
            n += 1
        return n

    def __str__(self) -> str:
        """One sentence, for people who are about to wait for the run."""
        after = f" after Holm's correction over {self.comparisons} comparisons" if self.comparisons > 1 else ""
        return (
            f"With {self.students} students and a paired deviation of {self.sd:.3g} ({self.source}), a difference of "
            f"{self.detectable:.3g} is found with {self.power:.0%} power{after}."
        )


def _quantiles(students: int, power: Power) -> float:
    """Both quantiles of Student's t; for many students and one comparison 2.8."""
    if students < 2:
        raise ValueError(f"{students} students cannot be compared")
    freedom = students - 1
    return float(stdtrit(freedom, 1 - power.alpha / (2 * power.comparisons)) + stdtrit(freedom, power.power))
