"""Recall: what is left of mastery now. The one formula that joins tracer and forgetting curve."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SECONDS_PER_DAY = 86_400.0


def recall(mastery: NDArray[Any], retention: NDArray[Any], guess_floor: NDArray[Any] | float) -> NDArray[Any]:
    """Decay mastery towards the guess floor.

    recall = g + max(0, m − g)·h where m > g, and = m where m ≤ g: what was never above guessing cannot fall.

    Args:
        mastery: m, P(correct) at the last practice, any shape.
        retention: h in 0..1, broadcastable to `mastery`.
        guess_floor: g, P(correct) by guessing, broadcastable to `mastery`.

    Returns:
        P(correct) now, shape of `mastery`.
    """
    return np.where(mastery > guess_floor, guess_floor + (mastery - guess_floor) * retention, mastery)


@dataclass(frozen=True, slots=True)
class ConceptRecall:
    """What the system knows of one student and one concept at one moment.

    Args:
        concept_id: The concept.
        mastery: P(correct) at the concept's last practice.
        recall: P(correct) now.
        retention: h, the part of mastery above the guess floor that is left; 1 without times.
        strength_days: Memory strength of the forgetting curve in days; None without times.
        last_practice_seconds: UTC seconds; None if never practised or without times.
        attempts: Number of answers on the concept.
        correct: Sum of credit of these answers.
    """

    concept_id: str
    mastery: float
    recall: float
    retention: float
    strength_days: float | None
    last_practice_seconds: float | None
    attempts: int
    correct: float

    @property
    def forgotten(self) -> float:
        """Mastery minus recall."""
        return self.mastery - self.recall
