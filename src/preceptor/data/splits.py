"""Which students train, validate and test."""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, UserError, digest

TRAIN_SHARE, VALID_SHARE = 0.64, 0.16


NO_FOLD = -1
HEADER = ["student_id", "fold"]


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
    share = _share(log, student, seed)
    return 0 if share < TRAIN_SHARE else 1 if share < TRAIN_SHARE + VALID_SHARE else 2


def _share(log: Log, student: int, *salt: object) -> float:
    """A number in 0..1 that belongs to a student, so that nobody moves when others join."""
    return int(digest(*salt, log.student_ids[student])[:12], 16) / 16**12


def brings_folds(log: Log, folds: int, held_out: bool = False) -> bool:
    """Whether every student with answers has a fold of the data set's own, `folds` in all, or one more to hold out."""
    own = np.unique(log.student_fold[np.unique(log.student)])
    return bool(len(own) == folds + held_out and own[0] >= 0)


def assign_folds(log: Log, folds: int, seed: int, held_out: float = 0.0) -> NDArray[np.int64]:
    """Put every student into a fold.

    A data set that brings as many folds keeps its own, see `brings_folds`; where students are held out, those of its
    last fold are. Everyone else goes by a hash.

    Args:
        log: The log.
        folds: Number of folds, counted from 1.
        seed: Seed of the hash.
        held_out: Share of the students that goes to fold 0.

    Returns:
        int64 [students]; −1 for a student without answers.
    """
    present = np.unique(log.student)
    found = np.full(len(log.student_ids), NO_FOLD, dtype=np.int64)
    if brings_folds(log, folds, held_out > 0):
        own, rank = np.unique(log.student_fold[present], return_inverse=True)
        found[present] = (rank + 1) % len(own) if held_out else rank + 1
        return found
    for student in present.tolist():
        kept = _share(log, student, seed, "held out") >= held_out
        found[student] = 1 + int(_share(log, student, seed, "fold") * folds) if kept else 0
    return found


def split_by_fold(fold_of_student: NDArray[np.int64], test: int, valid: int) -> Split:
    """The split that tests on one fold and validates on another; all others but fold 0 train.

    Raises:
        UserError: If a side would be empty.
    """
    folds = np.unique(fold_of_student[fold_of_student >= 0])
    train = ~np.isin(fold_of_student, [NO_FOLD, 0, test, valid])
    sides = [np.flatnonzero(side) for side in (train, fold_of_student == valid, fold_of_student == test)]
    if min(map(len, sides)) == 0:
        raise UserError(
            f"Test fold {test} and validation fold {valid} leave {len(sides[0])} students to train, {len(sides[1])} to "
            f"validate and {len(sides[2])} to test on.",
            allowed=f"the folds {', '.join(map(str, folds))}",
            mend="choose other folds or more students",
        )
    return Split(*(side.astype(np.int64) for side in sides))


def write_folds(path: Path, log: Log, fold_of_student: NDArray[np.int64]) -> None:
    """Write `student_id,fold` of every student with answers as CSV, which `read_folds` reads back."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADER)
        named = zip(log.student_ids, fold_of_student.tolist(), strict=True)
        rows.writerows((name, fold) for name, fold in named if fold != NO_FOLD)


def read_folds(path: Path, log: Log) -> NDArray[np.int64]:
    """Read what `write_folds` wrote.

    Returns:
        int64 [students]; −1 for a student without answers.

    Raises:
        UserError: If the file is no such table, or its students are not those of the log.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file)) or [[]]
        fold = {row[0]: int(row[1]) for row in rows}
    except (OSError, UnicodeDecodeError, ValueError, IndexError) as error:
        raise _no_table(path, str(error)) from error
    if header != HEADER or min(fold.values(), default=0) < 0:
        raise _no_table(path, f"its header is {','.join(header)}" if header != HEADER else "a fold is below 0")
    repeated = [name for name, times in Counter(row[0] for row in rows).items() if times > 1]
    answered = {log.student_ids[i] for i in np.unique(log.student)}
    for names, what in (
        (repeated, "stand in it more than once"),
        (sorted(answered - fold.keys()), "of the log are missing from it"),
        (sorted(fold.keys() - answered), "have no answers in the log"),
    ):
        if names:
            raise UserError(
                f"{path}: {len(names)} students {what}, for example {names[0]!r}.",
                allowed="every student with answers once",
                mend="export the splits from a course with the same log",
            )
    return np.array([fold.get(name, NO_FOLD) for name in log.student_ids], dtype=np.int64)


def _no_table(path: Path, why: str) -> UserError:
    return UserError(f"{path} is no table of splits: {why}.", allowed="CSV with the columns student_id,fold")
