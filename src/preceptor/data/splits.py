"""Which students train, validate and test."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, UserError, digest

TRAIN_SHARE, VALID_SHARE = 0.64, 0.16


@dataclass(frozen=True, slots=True)
class Split:
    """A division of the students that have interactions.

    Args:
        train: int64, indices into the log's `student_ids`, ascending.
        valid: As `train`.
        test: As `train`.
    """

    train: NDArray[np.int64]
    valid: NDArray[np.int64]
    test: NDArray[np.int64]


def split_by_student(log: Log, seed: int, test_fold: int = 5, valid_fold: int = 4) -> Split:
    """Split the students of a log.

    A student whose data set assigns a fold goes where the fold goes. Every other student goes by a hash of seed and
    student id, 64 % to train, 16 % to valid and 20 % to test, so that nobody changes sides when others join.

    Args:
        log: The log.
        seed: Seed of the hash.
        test_fold: The fold to test on.
        valid_fold: The fold to validate on; all other folds train.

    Raises:
        UserError: If a side would be empty.
    """
    present = np.unique(log.student)
    side = np.array([_side(log, int(i), seed, test_fold, valid_fold) for i in present], dtype=np.int64)
    train, valid, test = (present[side == number].astype(np.int64) for number in range(3))
    if min(len(train), len(valid), len(test)) == 0:
        folds = sorted({int(fold) for fold in log.student_fold[present] if fold >= 0})
        raise UserError(
            f"The {len(present)} students give {len(train)} to train, {len(valid)} to validate and {len(test)} to "
            f"test on (test fold {test_fold}, validation fold {valid_fold}).",
            allowed=f"the folds {', '.join(map(str, folds))}" if folds else "at least one student on each side",
            mend="choose folds that exist" if folds else "import more students or choose another seed",
        )
    return Split(train, valid, test)


def _side(log: Log, student: int, seed: int, test_fold: int, valid_fold: int) -> int:
    fold = int(log.student_fold[student])
    if fold >= 0:
        return {valid_fold: 1, test_fold: 2}.get(fold, 0)
    share = int(digest(seed, log.student_ids[student])[:12], 16) / 16**12
    return 0 if share < TRAIN_SHARE else 1 if share < TRAIN_SHARE + VALID_SHARE else 2
