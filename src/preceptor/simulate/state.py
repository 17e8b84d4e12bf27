"""The latent state of many simulated students."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class LatentState:
    """What is truly in the heads of n simulated students; C concepts, M misconceptions.

    Args:
        ability: float64 [n], logit added on every concept.
        learning_rate: float64 [n], gain of one answer relative to the distance to the ceiling.
        slip: float64 [n], P(wrong although known).
        grade: int64 [n], the school grade the student is in.
        skill: float64 [n, C], logit at the last practice, without ability.
        durable: float64 [n, C], the part of `skill` that never fades; never above `skill`.
        strength_days: float64 [n, C], after this many days 37 % of the fadeable skill is left.
        last_practice_seconds: float64 [n, C], UTC seconds; 0 before the first practice.
        practices: int64 [n, C], how many answers touched the concept.
        misconception: float64 [n, M], strength 0..1; 0 where the student does not hold it.
    """

    ability: NDArray[np.float64]
    learning_rate: NDArray[np.float64]
    slip: NDArray[np.float64]
    grade: NDArray[np.int64]
    skill: NDArray[np.float64]
    durable: NDArray[np.float64]
    strength_days: NDArray[np.float64]
    last_practice_seconds: NDArray[np.float64]
    practices: NDArray[np.int64]
    misconception: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.ability)

    def take(self, rows: NDArray[Any]) -> "LatentState":
        """Copy some students (mask or indices, repeats allowed)."""
        return LatentState(**{name: array[rows] for name, array in self._arrays().items()})

    def copy(self) -> "LatentState":
        """Copy every array."""
        return LatentState(**{name: array.copy() for name, array in self._arrays().items()})

    def replaced(self, rows: NDArray[Any], students: "LatentState") -> "LatentState":
        """Copy, with the students at `rows` (mask or indices without repeats) taken from `students`."""
        result = self.copy()
        result.assign(rows, students)
        return result

    def assign(self, rows: NDArray[Any], students: "LatentState") -> None:
        """Overwrite the students at `rows` in place, for whoever owns the arrays."""
        for name, array in students._arrays().items():
            getattr(self, name)[rows] = array

    def save(self, path: Path) -> None:
        """Write to a compressed npz file, without pickle."""
        with path.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **self._arrays())

    @classmethod
    def load(cls, path: Path) -> "LatentState":
        """Read what `save` wrote; nothing in the file is ever executed."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(**{f.name: arrays[f.name] for f in fields(cls)})

    def _arrays(self) -> dict[str, NDArray[Any]]:
        return {f.name: getattr(self, f.name) for f in fields(self)}
