"""Paired comparisons of arms that the same students went through: cluster bootstrap over students, Holm's correction.

The unit is the student. Whatever was measured of one student, in several replicates or arms, stays together in every
resample, and replicates count by their mean, so that five seeds do not pass for five times as many students.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from preceptor.evaluate.bootstrap import Estimate

Floats = NDArray[np.float64]
Key = TypeVar("Key", bound=Hashable)
ALPHA = 0.05


@dataclass(frozen=True)
class Drawn:
    """A figure over students with what resamples of the students make of it.

    Intervals are percentiles of the resamples, a little further out than their level says: a resample of n students
    has √((n − 1)/n) of the spread, and normal tails where Student's are due. The tail that is cut off is therefore
    Φ(√(n/(n − 1))·t), with t the quantile of Student's distribution with n − 1 degrees of freedom (Hesterberg, "What
    teachers should know about the bootstrap", 2015, section 4). `p` is the level at which the interval just touches 0,
    so the two never disagree. Where a tail is thinner than one resample, the normal curve with the mean and the
    deviation of the resamples goes on.

    Args:
        value: The figure over all students.
        sd: Deviation between students; for a figure that is no mean, √n times that of the resamples.
        draws: float64 [resamples], the figure over each resample.
        students: How many students it is about.
    """

    value: float
    sd: float
    draws: Floats
    students: int

    def interval(self, alpha: float = ALPHA) -> tuple[float, float]:
        """The interval that misses the truth in a share `alpha` of experiments."""
        n = self.students
        z = float(np.sqrt(n / (n - 1)) * stdtrit(n - 1, alpha / 2))
        cut = int(ndtr(z) * (len(self.draws) + 1))
        if cut:
            return float(self._ordered[cut - 1]), float(self._ordered[-cut])
        mean, spread = self.draws.mean(), self.draws.std()
        return float(min(self._ordered[0], mean + z * spread)), float(max(self._ordered[-1], mean - z * spread))

    @property
    def p(self) -> float:
        """Two-sided P of a figure as far from 0 where the truth is 0."""
        counts = np.array([(self.draws <= 0).sum(), (self.draws >= 0).sum()])
        z = ndtri(float(counts.min() + 1) / (len(self.draws) + 1))
        if not counts.min():
            spread = self.draws.std()
            z = min(z, -abs(self.draws.mean()) / spread) if spread > 0 else -np.inf
        t = z / np.sqrt(self.students / (self.students - 1))
        return min(1.0, float(2 * stdtr(self.students - 1, t)))

    @cached_property
    def _ordered(self) -> Floats:
        return np.sort(self.draws)

    @property
    def estimate(self) -> Estimate:
        """The figure with its 95 % interval."""
        return Estimate(self.value, self.sd, self.interval())


@dataclass(frozen=True, slots=True)
class Difference:
    """One of several comparisons that are made together.

    Args:
        estimate: The difference with its own 95 % interval.
        p: Its own two-sided P.
        holm_p: P after Holm's correction over all of them.
        holm_ci95: The interval at the level of its step in Holm's procedure: it excludes 0 where `holm_p` is below 5 %.
        students: Students that were compared.
    """

    estimate: Estimate
    p: float
    holm_p: float
    holm_ci95: tuple[float, float]
    students: int

    @property
    def holds(self) -> bool:
        """Whether it stands after the correction."""
        return self.holm_ci95[0] > 0 or self.holm_ci95[1] < 0


def student_means(values: NDArray[Any]) -> Floats:
    """One value a student: the mean over the replicates that there are.

    Args:
        values: [students] or [students, replicates]; NaN is missing.

    Returns:
        float64 [students]; NaN where no replicate is there.
    """
    values = np.asarray(values, dtype=np.float64)
    rows = values.reshape(len(values), -1)
    there = ~np.isnan(rows)
    with np.errstate(invalid="ignore"):  # 0/0 is the NaN that is promised
        return np.asarray(np.where(there, rows, 0.0).sum(axis=1) / there.sum(axis=1))


def mean_of(values: NDArray[Any], shares: Floats) -> Drawn:
    """The mean over students.

    Args:
        values: [students] or [students, replicates]; NaN is missing, and a student without a value is left out.
        shares: [resamples, students], of `preceptor.evaluate.bootstrap.resamples`; the same ones for figures that are
            to be compared.

    Raises:
        ValueError: If fewer than two students have a value.
    """
    per_student = student_means(values)
    there = ~np.isnan(per_student)
    kept = per_student[there]
    _require_students(len(kept))
    return Drawn(float(kept.mean()), float(kept.std(ddof=1)), _means(shares, kept[:, None], there)[:, 0], len(kept))


def paired(arm: NDArray[Any], reference: NDArray[Any], shares: Floats) -> Drawn:
    """Mean over students of an arm less another arm, within student and replicate.

    Args:
        arm: [students] or [students, replicates]; NaN is missing.
        reference: The same, of the same students and replicates.
        shares: [resamples, students].

    Raises:
        ValueError: If shapes differ, or fewer than two students went through both.
    """
    arm, reference = np.asarray(arm, dtype=np.float64), np.asarray(reference, dtype=np.float64)
    if arm.shape != reference.shape:
        raise ValueError(f"arms of shapes {arm.shape} and {reference.shape} are not paired")
    return mean_of(arm - reference, shares)


def figure_of(columns: Sequence[NDArray[Any]], figure: Callable[[Floats], Floats], shares: Floats) -> Drawn:
    """A figure that is a function of means over students, such as a gain of a whole group.

    Args:
        columns: k values a student, each [students] or [students, replicates]; where one is missing (NaN), all of that
            replicate is left out.
        figure: From means float64 [..., k] to figures [...].
        shares: [resamples, students].

    Raises:
        ValueError: If fewer than two students have all values.
    """
    stacked = np.stack([np.asarray(column, dtype=np.float64) for column in columns])
    stacked = np.where(np.isnan(stacked).any(axis=0), np.nan, stacked)
    per_student = np.stack([student_means(column) for column in stacked], axis=1)
    there = ~np.isnan(per_student[:, 0])
    kept = per_student[there]
    _require_students(len(kept))
    draws = figure(_means(shares, kept, there))
    draws = draws[np.isfinite(draws)]
    return Drawn(float(figure(kept.mean(axis=0))), float(draws.std() * np.sqrt(len(kept))), draws, len(kept))


def holm(p: Sequence[float]) -> Floats:
    """P values after Holm's step-down correction (Holm, 1979).

    With p₁ ≤ … ≤ pₘ, the corrected value of the r-th is the maximum over s ≤ r of (m − s + 1)·pₛ, at most 1.
    """
    given = np.asarray(p, dtype=np.float64)
    order = np.argsort(given, kind="stable")
    stepped = np.maximum.accumulate(given[order] * np.arange(len(given), 0, -1))
    corrected = np.empty_like(given)
    corrected[order] = np.minimum(stepped, 1.0)
    return corrected


def compared(figures: Mapping[Key, Drawn], alpha: float = ALPHA) -> dict[Key, Difference]:
    """Comparisons that are made together, corrected for their number.

    The interval of the r-th smallest P is at the level α/(m − r + 1) of its step; from the first step that fails
    on, all are at that step's level, for there the procedure ends.

    Args:
        figures: Name → difference, such as of `paired`.
        alpha: Chance of one false claim or more among them.
    """
    p = np.array([drawn.p for drawn in figures.values()])
    corrected = holm(p.tolist())
    kept = int((corrected <= alpha).sum())
    rank = np.empty(len(p), dtype=np.int64)
    rank[np.argsort(p, kind="stable")] = np.arange(len(p))
    levels = alpha / (len(p) - np.minimum(rank, kept))
    return {
        name: Difference(
            drawn.estimate, float(p[i]), float(corrected[i]), drawn.interval(float(levels[i])), drawn.students
        )
        for i, (name, drawn) in enumerate(figures.items())
    }


def _means(shares: Floats, kept: Floats, there: NDArray[np.bool_]) -> Floats:
    """Means [resamples, k] over the students of each resample that have values; one without any is left out."""
    if there.all():
        return np.asarray(shares @ kept)
    own = shares[:, there]
    weight = own.sum(axis=1)
    some = weight > 0
    return np.asarray((own[some] @ kept) / weight[some, None])


def _require_students(n: int) -> None:
    if n < 2:
        raise ValueError(f"{n} students have values, and an interval over students takes two")
