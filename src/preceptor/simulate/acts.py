"""What a tutor's turn did, in the only form in which it reaches simulated students."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

NOTHING = -1
"""No misconception, no question."""


@dataclass(frozen=True)
class Acts:
    """The typed acts of one turn for each of n students; what a text says beyond them teaches nobody.

    Args:
        verdict: int64 [n]; 1 where the answer was rightly judged and the student told so, −1 where the student was
            told the opposite of the truth, 0 where nothing was said of it.
        misconception: int64 [n], index of the misconception that the words put right, −1 for none.
        explained: float64 [n, C], share of a correct worked explanation that was given of each concept, 0..1.
        told: bool [n], whether the answer was given away before the student answered.
        hints: int64 [n], hints of the question that were open when it was answered.
    """

    verdict: NDArray[np.int64]
    misconception: NDArray[np.int64]
    explained: NDArray[np.float64]
    told: NDArray[np.bool_]
    hints: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.verdict)

    @classmethod
    def none(cls, n: int, concepts: int) -> Self:
        """Turns in which nothing was said."""
        return cls(
            verdict=np.zeros(n, dtype=np.int64),
            misconception=np.full(n, NOTHING, dtype=np.int64),
            explained=np.zeros((n, concepts)),
            told=np.zeros(n, dtype=bool),
            hints=np.zeros(n, dtype=np.int64),
        )

    def take(self, rows: NDArray[Any]) -> Self:
        """The acts of some students (mask or indices, repeats allowed)."""
        return type(self)(
            self.verdict[rows], self.misconception[rows], self.explained[rows], self.told[rows], self.hints[rows]
        )
