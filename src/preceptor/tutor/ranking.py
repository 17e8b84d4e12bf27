"""How retrieval ranks what a tutor remembers: numbers, and the choice among texts that say the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import UserError
from preceptor.embed import Reranker
from preceptor.embed.rerank import NoReranker

SAME_TEXT = 0.97
"""Cosine from which on two descriptions count as one."""
DIVERSITY = 0.1
MOST_COMPARED = 50
"""Rows looked at to find candidates that differ."""

Fading = Callable[[str, NDArray[np.float64]], NDArray[np.float64]]
"""Concept id and days gone by, float64 [n], to the share in 0..1 that is left of each."""


class Described(Protocol):
    """What can be retrieved: a description and its keywords."""

    @property
    def text(self) -> str:
        """The description; it stays the same as time goes by."""
        ...

    @property
    def keywords(self) -> str:
        """The keywords."""
        ...


@dataclass(frozen=True, slots=True)
class Ranking:
    """How entries are ranked.

    Args:
        weight: λ in 0..1, of the description's similarity; the keywords' has 1 − λ.
        candidates: K, how many are looked at closely.
        kept: How many are chosen of them.
        fading: What is left of a memory by its own concepts and its age; None ranks old and new alike.
        reranker: Looks at the candidates closely.

    Raises:
        UserError: If a number is out of range.
    """

    weight: float = 0.5
    candidates: int = 10
    kept: int = 3
    fading: Fading | None = None
    reranker: Reranker = field(default_factory=NoReranker)

    def __post_init__(self) -> None:
        if not 0 <= self.weight <= 1:
            raise UserError(f"λ is {self.weight}.", allowed="0 to 1")
        if not 1 <= self.kept <= self.candidates:
            raise UserError(
                f"{self.kept} of {self.candidates} candidates cannot be kept.", allowed="1 up to all candidates"
            )


def unlike(order: Sequence[int] | NDArray[np.int64], vectors: NDArray[np.float32], wanted: int) -> list[int]:
    """The first rows of an order that do not repeat an earlier one of them.

    Args:
        order: Rows, best first.
        vectors: float32 [rows, dimensions] of length 1, or zeros.
        wanted: How many at most.
    """
    chosen: list[int] = []
    for row in order[:MOST_COMPARED]:
        if len(chosen) == wanted:
            break
        if not chosen or float((vectors[chosen] @ vectors[row]).max()) < SAME_TEXT:
            chosen.append(int(row))
    return chosen


def varied(scores: NDArray[np.float64], vectors: NDArray[np.float32], wanted: int) -> list[int]:
    """Choose by maximal marginal relevance: 0.9·score − 0.1·cosine to the nearest chosen one.

    Args:
        scores: float64 [n].
        vectors: float32 [n, dimensions] of length 1, or zeros.
        wanted: How many at most.

    Returns:
        Indices, in the order of choice; the best score comes first.

    References:
        Carbonell & Goldstein, The use of MMR, SIGIR 1998.
    """
    chosen: list[int] = []
    closest = np.zeros(len(scores))
    left = np.ones(len(scores), dtype=bool)
    while left.any() and len(chosen) < wanted:
        gain = np.where(left, (1 - DIVERSITY) * scores - DIVERSITY * closest, -np.inf)
        best = int(np.argmax(gain))
        chosen.append(best)
        left[best] = False
        closest = np.maximum(closest, vectors @ vectors[best])
    return chosen
