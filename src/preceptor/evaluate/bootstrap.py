"""Means with intervals over students (percentile bootstrap, Efron & Tibshirani, 1993)."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

REPLICATES = 10_000
AUC_REPLICATES = 1_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over students.

    Args:
        mean: The mean.
        sd: Standard deviation between students; for a gain in AUC, of the bootstrap replicates.
        ci95: Lower and upper end of the 95 % interval.
    """

    mean: float
    sd: float
    ci95: tuple[float, float]

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval lies on one side of 0."""
        return self.ci95[0] > 0 or self.ci95[1] < 0


def estimate_mean(values: NDArray[Any], rng: np.random.Generator, replicates: int = REPLICATES) -> Estimate:
    """Mean of one value a student with its bootstrap interval.

    Args:
        values: [students].
        rng: Draws the resamples.
        replicates: Number of resamples.
    """
    values = np.asarray(values, dtype=np.float64)
    n = len(values)
    means = np.concatenate(
        [values[rng.integers(0, n, size=(part, n))].mean(axis=1) for part in _parts(replicates, 1_000)]
    )
    low, high = np.quantile(means, [0.025, 0.975])
    return Estimate(float(values.mean()), float(values.std(ddof=1)) if n > 1 else 0.0, (float(low), float(high)))


def resamples(n: int, rng: np.random.Generator, replicates: int = REPLICATES) -> NDArray[np.float64]:
    """Shares of n students in each resample, float64 [replicates, n]; for many estimates over the same students."""
    return rng.multinomial(n, np.full(n, 1 / n), size=replicates) / n


def estimate_with(values: NDArray[Any], shares: NDArray[np.float64]) -> Estimate:
    """As `estimate_mean`, by resamples that are there already, so that figures over the same students are paired.

    Args:
        values: [students].
        shares: [replicates, students], of `resamples`.
    """
    values = np.asarray(values, dtype=np.float64)
    low, high = np.quantile(shares @ values, [0.025, 0.975])
    sd = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    return Estimate(float(values.mean()), sd, (float(low), float(high)))


def estimate_auc_gain(
    better: NDArray[Any],
    floor: NDArray[Any],
    correct: NDArray[Any],
    student: NDArray[Any],
    rng: np.random.Generator,
    replicates: int = AUC_REPLICATES,
) -> Estimate:
    """AUC of `better` less AUC of `floor`, resampling whole students.

    Args:
        better: [rows], predictions.
        floor: [rows], predictions to compare with.
        correct: [rows], credit; one half and more is right.
        student: [rows], whose row it is.
        rng: Draws the resamples.
        replicates: Number of resamples.
    """
    _, who = np.unique(student, return_inverse=True)
    right = np.asarray(correct) >= 0.5
    students = int(who.max()) + 1
    ranked = [_Ranked.of(predictions, right, who) for predictions in (better, floor)]
    once = np.ones(students)
    point = ranked[0].auc(once) - ranked[1].auc(once)
    gains = np.empty(replicates)
    for replicate in range(replicates):
        weight = np.bincount(rng.integers(0, students, students), minlength=students).astype(np.float64)
        gains[replicate] = ranked[0].auc(weight) - ranked[1].auc(weight)
    low, high = np.quantile(gains, [0.025, 0.975])
    return Estimate(float(point), float(gains.std(ddof=1)), (float(low), float(high)))


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Predictions sorted once, so that every resample is one pass."""

    right: NDArray[np.bool_]
    who: NDArray[np.int64]
    group: NDArray[np.int64]  # equal predictions share a group

    @classmethod
    def of(cls, predictions: NDArray[Any], right: NDArray[np.bool_], who: NDArray[np.int64]) -> "_Ranked":
        order = np.argsort(predictions, kind="stable")
        ordered = np.asarray(predictions)[order]
        group = np.concatenate([[0], np.cumsum(np.diff(ordered) > 0)])
        return cls(right[order], who[order], group)

    def auc(self, student_weight: NDArray[np.float64]) -> float:
        weight = student_weight[self.who]
        groups = int(self.group[-1]) + 1
        positive = np.bincount(self.group, weights=weight * self.right, minlength=groups)
        negative = np.bincount(self.group, weights=weight * ~self.right, minlength=groups)
        below = np.cumsum(negative) - negative / 2
        return float((positive * below).sum() / max(positive.sum() * negative.sum(), 1e-12))


def _parts(total: int, size: int) -> list[int]:
    return [min(size, total - start) for start in range(0, total, size)]
