"""How good predictions are on some answers, with intervals from resampling whole students (cluster bootstrap)."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.metrics import roc_auc_score

from preceptor.evaluate.bootstrap import Estimate
from preceptor.forgetting import PracticeLog

REPLICATES = 2_000
AUC_BINS = 256
GAP_FACTOR, COUNT_FACTOR = 3.6, 1.9
"""Factors between neighbouring bins of gaps and of counts of practice, see `memory_bins`."""


@dataclass(frozen=True, slots=True)
class Scores:
    """One set of predictions on some answers; `sd` is the deviation of the bootstrap replicates.

    Args:
        log_loss: Mean −ln P(answer).
        auc: Area under the ROC curve; None if all answers are alike.
        rmse_bins: √(Σ over bins of answers · (mean prediction − mean answer)² / answers), see `memory_bins`.
        bias: Mean prediction less mean answer.
    """

    log_loss: Estimate
    auc: Estimate | None
    rmse_bins: Estimate
    bias: Estimate


class Sample:
    """Some answers whose students are resampled; two models on the same sample are paired by resample.

    Args:
        correct: [rows], credit in 0..1.
        student: int [rows], whose answer it is.
        bins: int64 [rows], see `memory_bins`.
        seed: Draws the resamples.
    """

    def __init__(self, correct: NDArray[Any], student: NDArray[Any], bins: NDArray[np.int64], seed: int) -> None:
        self.correct = np.asarray(correct, dtype=np.float64)
        _, self._who = np.unique(student, return_inverse=True)
        _, self._bins = np.unique(bins, return_inverse=True)
        self.students = int(self._who.max()) + 1
        share = np.full(self.students, 1 / self.students)
        drawn = np.random.default_rng(seed).multinomial(self.students, share, REPLICATES)
        self._weights = np.concatenate([np.ones((1, self.students)), drawn])  # the first line is the sample itself
        self._answers = self._weights @ np.bincount(self._who)

    def scores(self, p: NDArray[np.float64]) -> Scores:
        """Score predictions [rows]."""
        right = self.correct >= 0.5
        mixed = bool(right.any() and not right.all())
        return Scores(
            log_loss=self.mean(answer_log_loss(p, self.correct)),
            auc=self._auc(p, right) if mixed else None,
            rmse_bins=self._rmse_bins(p - self.correct),
            bias=self.mean(p - self.correct),
        )

    def mean(self, values: NDArray[np.float64]) -> Estimate:
        """Mean over the answers of a value each, [rows]."""
        values = self._weights @ np.bincount(self._who, values) / self._answers
        return _estimate(float(values[0]), values[1:])

    def _rmse_bins(self, error: NDArray[np.float64]) -> Estimate:
        """Replicates are moved by what resampling adds to their mean square: every draw's noise is squared too."""
        total = self._sums(self._bins, error, int(self._bins.max()) + 1)
        answers = self._sums(self._bins, np.ones_like(error), int(self._bins.max()) + 1)
        squares = (total**2 / np.maximum(answers, 1)).sum(axis=1) / self._answers
        moved = squares[1:] - (squares[1:].mean() - squares[0])
        return _estimate(float(np.sqrt(squares[0])), np.sqrt(moved.clip(min=0.0)))

    def _auc(self, p: NDArray[np.float64], right: NDArray[np.bool_]) -> Estimate:
        """The point by ranks; replicates over bins of equal size, shifted by what the bins change."""
        edges = np.unique(np.quantile(p, np.linspace(0, 1, AUC_BINS + 1)[1:-1]))
        cell = np.searchsorted(edges, p, side="right")
        positive, negative = (self._sums(cell, part.astype(np.float64), len(edges) + 1) for part in (right, ~right))
        won = (positive * (negative.cumsum(axis=1) - negative / 2)).sum(axis=1)
        values = won / np.maximum(positive.sum(axis=1) * negative.sum(axis=1), 1e-12)
        point = float(roc_auc_score(right, p))
        return _estimate(point, values[1:] + (point - values[0]))

    def _sums(self, cell: NDArray[np.int64], values: NDArray[np.float64], cells: int) -> NDArray[np.float64]:
        """Sum of values by cell in the sample and in every resample, float64 [1 + replicates, cells]."""
        return np.asarray(self._weights @ csr_matrix((values, (self._who, cell)), shape=(self.students, cells)))


def answer_log_loss(p: NDArray[np.float64], correct: NDArray[Any]) -> NDArray[np.float64]:
    """−ln P(answer), float64 [rows]."""
    clipped = np.clip(p, 1e-6, 1 - 1e-6)
    return np.asarray(-(correct * np.log(clipped) + (1 - correct) * np.log(1 - clipped)), dtype=np.float64)


def memory_bins(seen: PracticeLog, gap_days: NDArray[np.float64]) -> NDArray[np.int64]:
    """Bins of answers with like gap, practice and failures, int64 [rows].

    After the open spaced-repetition benchmark: gaps in steps of a factor 3.6, earlier answers and earlier wrong
    answers in steps of 1.9. A question counts as its most practised concept.

    Args:
        seen: The answers.
        gap_days: float64 [rows], NaN at a first encounter.
    """
    known = ~np.isnan(gap_days)
    gap = np.where(known, np.log(np.maximum(np.nan_to_num(gap_days), 1e-5)) // np.log(GAP_FACTOR) + 20, 0)
    attempts, wrong = seen.attempts.max(axis=1), np.maximum(seen.attempts - seen.credit, 0).max(axis=1)
    counts = [np.log1p(count) // np.log(COUNT_FACTOR) for count in (attempts, wrong)]
    return np.asarray(gap * 10_000 + counts[0] * 100 + counts[1], dtype=np.int64)


def _estimate(point: float, replicates: NDArray[np.float64]) -> Estimate:
    low, high = np.quantile(replicates, [0.025, 0.975])
    return Estimate(point, float(replicates.std(ddof=1)), (float(low), float(high)))
