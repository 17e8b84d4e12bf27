"""Folds by student, and mastery of students that its model was not fitted to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, UserError, digest


def student_folds(log: Log, folds: int, seed: int) -> NDArray[np.int64]:
    """The fold of every student, int64 [students]; −1 for students without answers.

    Students are dealt in the order of a hash of seed and id, so that folds are of equal size and do not depend on the
    order of the log.

    Raises:
        UserError: If there are fewer students than folds.
    """
    present = np.unique(log.student)
    if len(present) < folds:
        raise UserError(
            f"{len(present)} students cannot make {folds} folds.", allowed=f"at least {folds} students with answers"
        )
    order = sorted(present, key=lambda i: digest(seed, log.student_ids[i]))
    fold = np.full(len(log.student_ids), -1)
    fold[order] = np.arange(len(order)) % folds
    return fold


@dataclass(frozen=True)
class OutOfFold:
    """Mastery for every test fold such that a curve is fitted to students the mastery's model has never seen.

    For test fold f and a training fold h, the rows of h are predicted by a model fitted without f and h. All training
    folds together are what a curve is fitted to; the rows of f are predicted by a model fitted without f. So every
    student is in the test once, and nothing is fitted to a student that it then predicts.

    Args:
        fold: int64 [rows], the fold of each row's student.
        by_test_fold: float32 [folds, rows].
    """

    fold: NDArray[np.int64]
    by_test_fold: NDArray[np.float32]

    @property
    def folds(self) -> int:
        """How many folds."""
        return len(self.by_test_fold)

    @property
    def test(self) -> NDArray[np.float32]:
        """float32 [rows], every row by the model that has not seen its fold."""
        return self.by_test_fold[self.fold, np.arange(len(self.fold))]


def left_out(folds: int) -> list[tuple[int, int]]:
    """What mastery is fitted without: each fold, and each pair of folds; folds·(folds + 1)/2 fits in all."""
    return [*((f, f) for f in range(folds)), *combinations(range(folds), 2)]


def fitted_to(fold_of_student: NDArray[np.int64], pair: tuple[int, int]) -> NDArray[np.int64]:
    """The students of the other folds, by index."""
    return np.flatnonzero((fold_of_student >= 0) & ~np.isin(fold_of_student, pair))


def out_of_fold(fold: NDArray[np.int64], folds: int, predictions: Sequence[NDArray[np.float32]]) -> OutOfFold:
    """Put together what the fits predicted.

    Args:
        fold: int64 [rows], the fold of each row's student.
        folds: How many, at least 3.
        predictions: Of each pair of `left_out`, float32 of the rows of its folds.
    """
    mastery = np.zeros((folds, len(fold)), dtype=np.float32)
    for (f, h), predicted in zip(left_out(folds), predictions, strict=True):
        own = fold[np.isin(fold, (f, h))]
        mastery[f, fold == h] = predicted[own == h]
        mastery[h, fold == f] = predicted[own == f]
    return OutOfFold(fold, mastery)
