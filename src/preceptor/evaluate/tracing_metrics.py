"""Metrics of tracers over folds, with intervals over students that take seconds on a million answers.

Every metric is a ratio of sums over students, so that all resamples are one product of matrices. AUC is made one by its
first-order expansion in the students' weights: with V_i the share of wrong answers below the right answer i, and U_j
the share of right answers above the wrong answer j, the influence of a right answer is (V_i − AUC) / rights and that of
a wrong one (U_j − AUC) / wrongs (DeLong, DeLong & Clarke-Pearson, 1988; by student: Obuchowski, 1997). For ECE the side
on which a bin errs is kept fixed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.bootstrap import Estimate
from preceptor.evaluate.metrics import BINS, metrics_of

NAMES = ("auc", "accuracy", "log_loss", "brier", "ece")
REPLICATES, AT_ONCE = 1_000, 100
ENOUGH = 50
"""Fewest answers on a KC in a fold for the KC to be measured alone."""
_ANSWERS_A_BIN = 50


@dataclass(frozen=True)
class Predicted:
    """Predicted answers of one fold.

    Args:
        p_correct: float64 [answers].
        correct: [answers], credit in 0..1.
        student: int [answers], from 0 over all students of all folds.
        concepts: int [answers, slots], −1 as padding.
    """

    p_correct: NDArray[np.float64]
    correct: NDArray[np.float64]
    student: NDArray[np.int64]
    concepts: NDArray[Any]


@dataclass(frozen=True)
class Sampled:
    """A metric in each fold and, averaged over folds, in each resample of the students.

    Args:
        by_fold: float64 [folds].
        resampled: float64 [replicates].
    """

    by_fold: NDArray[np.float64]
    resampled: NDArray[np.float64]

    def less(self, other: "Sampled") -> "Sampled":
        """The difference, paired by fold and by resample."""
        return Sampled(self.by_fold - other.by_fold, self.resampled - other.resampled)

    def estimate(self, least: float = -np.inf) -> Estimate:
        """Mean and deviation over folds, and the interval over students, centred on the mean.

        Args:
            least: Smallest value the metric can have, below which no interval reaches.
        """
        mean = float(self.by_fold.mean())
        spread = float(self.by_fold.std(ddof=1)) if len(self.by_fold) > 1 else float("nan")
        kept = self.resampled[np.isfinite(self.resampled)]
        if not len(kept) or np.isnan(mean):
            return Estimate(mean, spread, (float("nan"), float("nan")))
        low, high = np.quantile(kept - kept.mean(), [0.025, 0.975])
        return Estimate(mean, spread, (max(mean + float(low), least), mean + float(high)))


@dataclass(frozen=True)
class Measured:
    """All metrics of one model.

    Args:
        overall: Over all answers, by name.
        by_concept: Within each KC with enough answers, averaged over KCs weighted by answers.
        concepts: How many KCs had enough answers in some fold.
        answers: Predicted answers, over all folds.
    """

    overall: Mapping[str, Sampled]
    by_concept: Mapping[str, Sampled]
    concepts: int
    answers: int


def measure(folds: Sequence[Predicted], students: int, seed: int, replicates: int = REPLICATES) -> Measured:
    """Measure a model; models measured with the same students and seed are paired resample by resample.

    Args:
        folds: What it predicted in each fold.
        students: How many students all folds have together.
        seed: Draws the resamples.
        replicates: Number of resamples.
    """
    overall = [_Reading.overall(fold) for fold in folds]
    within = [_Reading.within_concepts(fold) for fold in folds]
    sampled: list[list[dict[str, NDArray[np.float64]]]] = [[], []]
    for chunk, size in enumerate(_parts(replicates)):
        weights = _weights(np.random.default_rng([seed, chunk]), size, students)
        for found, readings in zip(sampled, (overall, within), strict=True):
            found.append(_mean_over_folds([reading.resampled(weights) for reading in readings]))
    joined = [
        {
            name: Sampled(
                np.array([reading.point[name] for reading in readings]), np.concatenate([part[name] for part in found])
            )
            for name in NAMES
        }
        for found, readings in zip(sampled, (overall, within), strict=True)
    ]
    measured = max((reading.groups for reading in within), default=0)
    return Measured(joined[0], joined[1], measured, sum(len(fold.correct) for fold in folds))


def mean_measured(parts: Sequence[Measured]) -> Measured:
    """The mean of measures of the same answers, paired by fold and by resample: each metric is averaged, no prediction.

    Args:
        parts: At least one, all measured with the same students and seed.
    """

    def mean(of: Sequence[Mapping[str, Sampled]]) -> dict[str, Sampled]:
        return {
            name: Sampled(
                np.mean([part[name].by_fold for part in of], axis=0),
                np.mean([part[name].resampled for part in of], axis=0),
            )
            for name in NAMES
        }

    overall, within = mean([part.overall for part in parts]), mean([part.by_concept for part in parts])
    return Measured(overall, within, parts[0].concepts, parts[0].answers)


class _Reading:
    """Answers in groups, all in one or one group a KC, as sums over students."""

    def __init__(self, fold: Predicted, row: NDArray[np.int64], group: NDArray[np.int64]) -> None:
        p, y, self.groups = fold.p_correct[row], fold.correct[row], int(group.max(initial=-1)) + 1
        right = y >= 0.5
        self.students, inside = np.unique(fold.student[row], return_inverse=True)
        clipped = np.clip(p, 1e-6, 1 - 1e-6)
        loss = -(y * np.log(clipped) + (1 - y) * np.log(1 - clipped))
        self.auc, influence = _auc(p, right, group, self.groups)
        off = _error_by_bin(p, y, group, self.groups)
        columns = (np.ones_like(p), influence, (p >= 0.5) == right, loss, (p - y) ** 2, off)
        self.sums = np.stack([np.bincount(inside, column, len(self.students)) for column in columns], axis=1)
        self.point = {name: float(value[0]) for name, value in self._of(np.ones((1, len(self.students)))).items()}

    @classmethod
    def overall(cls, fold: Predicted) -> "_Reading":
        """All answers; the points are those of `metrics_of`."""
        rows = np.arange(len(fold.correct))
        reading = cls(fold, rows, np.zeros(len(rows), dtype=np.int64))
        exact = metrics_of(fold.p_correct, fold.correct)
        reading.point = {name: getattr(exact, name) for name in NAMES}
        return reading

    @classmethod
    def within_concepts(cls, fold: Predicted) -> "_Reading":
        """One group for each KC with enough answers; an answer on several KCs stands in each."""
        row, slot = np.nonzero(fold.concepts >= 0)
        concept = fold.concepts[row, slot]
        kept = np.bincount(concept)[concept] >= ENOUGH if len(concept) else np.zeros(0, dtype=bool)
        _, group = np.unique(concept[kept], return_inverse=True)
        return cls(fold, row[kept], group)

    def resampled(self, weights: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
        """Every metric for each row of weights [resamples, students], [resamples] each."""
        return self._of(weights[:, self.students])

    def _of(self, weights: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
        n, influence, *others = (weights @ self.sums).T
        n = np.where(n > 0, n, np.nan)
        return dict(zip(NAMES, (self.auc + influence, *(total / n for total in others)), strict=True))


def _auc(
    p: NDArray[np.float64], right: NDArray[np.bool_], group: NDArray[np.int64], groups: int
) -> tuple[float, NDArray[np.float64]]:
    """AUC within groups, averaged weighted by answers, and the influence of every answer on it, [answers].

    Groups without both outcomes have no AUC and no weight; NaN if none has.
    """
    n, rights = np.bincount(group, minlength=groups), np.bincount(group, right, groups)
    wrongs, influence = n - rights, np.zeros(len(p))
    known = rights * wrongs > 0
    if not known.any():
        return float("nan"), influence
    among_all, among_own = _midranks(p, group, n), np.empty(len(p))
    for side in (right, ~right):
        among_own[side] = _midranks(p[side], group[side], np.bincount(group[side], minlength=groups))
    below = among_all - among_own  # answers of the other outcome with a lower prediction, ties by half
    share = np.where(right, below / np.maximum(wrongs, 1)[group], 1 - below / np.maximum(rights, 1)[group])
    auc = np.bincount(group, share * right, groups) / np.maximum(rights, 1)
    mean, total = float(np.average(auc[known], weights=n[known])), float(n[known].sum())
    own = (share - auc[group]) / np.maximum(np.where(right, rights[group], wrongs[group]), 1)
    influence = np.where(known[group], (auc[group] - mean + n[group] * own) / total, 0.0)
    return mean, influence


def _midranks(p: NDArray[np.float64], group: NDArray[np.int64], n: NDArray[np.int64]) -> NDArray[np.float64]:
    """Rank within the group from 0; equal predictions share the middle of their ranks."""
    order = np.lexsort((p, group))
    fresh = np.r_[True, (np.diff(p[order]) != 0) | (np.diff(group[order]) != 0)][: len(p)]
    run = np.cumsum(fresh) - 1
    size = np.bincount(run)
    middle = np.cumsum(size) - size + (size - 1) / 2
    ranks = np.empty(len(p))
    ranks[order] = middle[run] - (np.cumsum(n) - n)[group[order]]
    return ranks


def _error_by_bin(
    p: NDArray[np.float64], y: NDArray[np.float64], group: NDArray[np.int64], groups: int
) -> NDArray[np.float64]:
    """Prediction less answer, turned so that each bin's sum is its distance from what was observed, [answers].

    Bins of a group hold equally many answers, 20 of them or as many as leave 50 answers in each.
    """
    n = np.bincount(group, minlength=groups)
    bins = np.clip(n // _ANSWERS_A_BIN, 1, BINS)[group]
    place = np.floor(_midranks(p, group, n)) * bins / np.maximum(n, 1)[group]
    cell = group * BINS + place.astype(np.int64)
    return np.asarray((p - y) * np.sign(np.bincount(cell, p - y))[cell])


def _weights(rng: np.random.Generator, replicates: int, students: int) -> NDArray[np.float64]:
    drawn = rng.integers(0, students, (replicates, students)) + np.arange(replicates)[:, None] * students
    return np.bincount(drawn.ravel(), minlength=replicates * students).reshape(replicates, students).astype(np.float64)


def _parts(total: int) -> list[int]:
    return [min(AT_ONCE, total - start) for start in range(0, total, AT_ONCE)]


def _mean_over_folds(folds: list[dict[str, NDArray[np.float64]]]) -> dict[str, NDArray[np.float64]]:
    return {name: np.mean([fold[name] for fold in folds], axis=0) for name in NAMES}
