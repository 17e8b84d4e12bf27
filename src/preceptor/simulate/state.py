"""The latent state of many simulated students."""

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class LatentStudents:
    """What every family of latent minds keeps of n simulated students; C concepts.

    Args:
        grade: int64 [n], the school grade the student is in.
        slip: float64 [n], P(wrong although known).
        last_practice_seconds: float64 [n, C], UTC seconds; 0 before the first practice.
        practices: int64 [n, C], how many answers touched the concept.
    """

    grade: NDArray[np.int64]
    slip: NDArray[np.float64]
    last_practice_seconds: NDArray[np.float64]
    practices: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.grade)

    def take(self, rows: NDArray[Any]) -> Self:
        """Copy some students (mask or indices, repeats allowed)."""
        return type(self)(**{name: array[rows] for name, array in self._arrays().items()})

    def copy(self) -> Self:
        """Copy every array."""
        return type(self)(**{name: array.copy() for name, array in self._arrays().items()})

    def replaced(self, rows: NDArray[Any], students: Self) -> Self:
        """Copy, with the students at `rows` (mask or indices without repeats) taken from `students`."""
        result = self.copy()
        result.assign(rows, students)
        return result

    def assign(self, rows: NDArray[Any], students: Self) -> None:
        """Overwrite the students at `rows` in place, for whoever owns the arrays."""
        for name, array in students._arrays().items():
            getattr(self, name)[rows] = array

    def later(self, seconds: float) -> Self:
        """The same students with everything that happened moved by `seconds`."""
        moved = np.where(self.practices > 0, self.last_practice_seconds + seconds, self.last_practice_seconds)
        return replace(self, last_practice_seconds=moved)

    def save(self, path: Path) -> None:
        """Write to a compressed npz file, without pickle."""
        with path.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **self._arrays())

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote; nothing in the file is ever executed."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(**{f.name: arrays[f.name] for f in fields(cls)})

    def _arrays(self) -> dict[str, NDArray[Any]]:
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass(frozen=True)
class LatentState(LatentStudents):
    """What is truly in the heads of n students with graded skills; C concepts, M misconceptions.

    Args:
        ability: float64 [n], logit added on every concept.
        learning_rate: float64 [n], gain of one answer relative to the distance to the ceiling.
        skill: float64 [n, C], logit at the last practice, without ability.
        durable: float64 [n, C], the part of `skill` that never fades; never above `skill`.
        strength_days: float64 [n, C], after this many days 37 % of the fadeable skill is left.
        misconception: float64 [n, M], strength 0..1; 0 where the student does not hold it.
    """

    ability: NDArray[np.float64]
    learning_rate: NDArray[np.float64]
    skill: NDArray[np.float64]
    durable: NDArray[np.float64]
    strength_days: NDArray[np.float64]
    misconception: NDArray[np.float64]


@dataclass(frozen=True)
class KnownState(LatentStudents):
    """What is truly in the heads of n students who know or do not know each part of a concept; C concepts.

    Args:
        learning_rate: float64 [n], P(a part becomes known) in one answer under the best conditions.
        kept: float64 [n, C], share of parts known since before the course, which are never lost.
        learned: float64 [n, C], share of the other parts that was known right after the last practice.
        scale_days: float64 [n, C], after this many days 37 % of what was learned is still known.
    """

    learning_rate: NDArray[np.float64]
    kept: NDArray[np.float64]
    learned: NDArray[np.float64]
    scale_days: NDArray[np.float64]
