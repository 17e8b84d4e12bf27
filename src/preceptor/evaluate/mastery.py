"""How near estimates of mastery come to the truth of simulated students, with intervals over students."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.bootstrap import Estimate

REPLICATES = 1_000
METRICS = ("within", "overall", "mae")


@dataclass(frozen=True)
class MasteryScores:
    """One estimate of mastery, at first as it is and then in every resample of the students.

    Args:
        within: float64 [1 + replicates], Spearman's ρ with the truth across students within a concept, mean over
            concepts.
        overall: The same over all pairs of students and concepts together.
        mae: Mean absolute difference from the truth.
    """

    within: NDArray[np.float64]
    overall: NDArray[np.float64]
    mae: NDArray[np.float64]

    def estimate(self, metric: str, less: "MasteryScores | None" = None) -> Estimate:
        """One of `METRICS` with its 95 % interval, or what it is more than another's, paired by resample."""
        values = getattr(self, metric) - (0 if less is None else getattr(less, metric))
        resampled = values[1:]
        low, high = np.quantile(resampled - resampled.mean(), [0.025, 0.975])
        return Estimate(
            float(values[0]), float(resampled.std(ddof=1)), (values[0] + float(low), values[0] + float(high))
        )


def score_mastery(
    truth: NDArray[np.float64],
    estimates: Mapping[str, NDArray[np.float64]],
    seed: int,
    replicates: int = REPLICATES,
) -> dict[str, MasteryScores]:
    """Compare estimates with the truth; all of them with the same resamples of students.

    Args:
        truth: [students, concepts].
        estimates: The same by name.
        seed: Draws the resamples.
        replicates: Number of resamples.
    """
    students = len(truth)
    rng = np.random.default_rng(seed)
    weights = np.vstack([np.ones(students), rng.multinomial(students, np.full(students, 1 / students), replicates)])
    true_columns, true_flat = _Ranked.of(truth), _Ranked.of(_flat(truth))
    found = {}
    for name, estimate in estimates.items():
        columns, flat = _Ranked.of(estimate), _Ranked.of(_flat(estimate))
        error = np.abs(estimate - truth).mean(axis=1)
        within = [_spearman(true_columns, columns, weight).mean() for weight in weights]
        overall = [_spearman(true_flat, flat, np.repeat(weight, truth.shape[1]))[0] for weight in weights]
        found[name] = MasteryScores(np.array(within), np.array(overall), weights @ error / students)
    return found


@dataclass(frozen=True)
class _Ranked:
    """Values of each column by rank, so that a resample needs no sorting.

    Args:
        group: int64 [rows, columns], the place of a value among the column's different ones, numbered on over columns.
        first: int64 [columns], the first number of each column.
        groups: How many numbers there are.
    """

    group: NDArray[np.int64]
    first: NDArray[np.int64]
    groups: int

    @classmethod
    def of(cls, values: NDArray[np.float64]) -> "_Ranked":
        places = [np.unique(column, return_inverse=True)[1] for column in values.T]
        counts = np.array([place.max() + 1 for place in places])
        first = np.cumsum(counts) - counts
        return cls(np.stack(places, axis=1) + first, first, int(counts.sum()))

    def ranks(self, weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mean ranks within each column where row r counts weight[r] times, up to a shift of each column."""
        columns = self.group.shape[1]
        counted = np.bincount(self.group.ravel(), np.repeat(weight, columns), self.groups)
        return np.asarray((np.cumsum(counted) - counted / 2)[self.group])


def _spearman(truth: _Ranked, estimate: _Ranked, weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Spearman's ρ in every column, 0 where an estimate does not vary."""
    share = weight / weight.sum()
    x, y = (ranked.ranks(weight) for ranked in (truth, estimate))
    x, y = x - share @ x, y - share @ y
    spread = np.sqrt((share @ x**2) * (share @ y**2))
    return np.asarray(np.where(spread > 0, share @ (x * y) / np.where(spread > 0, spread, 1), 0.0))


def _flat(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return values.reshape(-1, 1)
