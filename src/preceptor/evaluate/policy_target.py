"""What an objective is judged by: concepts and their weights, chosen at the start or before each question."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.mind import MindModel, Minds
from preceptor.recommend import Objective


@dataclass(frozen=True)
class Targets:
    """Weights over concepts by which recall is summed.

    Args:
        weights: float64 [n, concepts], rows sum to 1; 0 on concepts that the judge knows nothing of.
        once: As `weights`, with every concept chosen along the way counted once; the same where the target stays.
    """

    weights: NDArray[np.float64]
    once: NDArray[np.float64]

    @classmethod
    def fixed(cls, weights: NDArray[np.float64], recall: NDArray[np.float64]) -> "Targets":
        """A target that stays, restricted to the concepts that the judge knows."""
        known = np.where(np.isnan(recall), 0.0, weights)
        uniform = np.where(np.isnan(recall), 0.0, 1.0)
        total = known.sum(axis=1, keepdims=True)
        known = np.where(total > 0, known / np.maximum(total, 1e-300), uniform / uniform.sum(axis=1, keepdims=True))
        return cls(known, known)

    @classmethod
    def moving(cls, chosen: NDArray[np.int64], recall: NDArray[np.float64]) -> "Targets":
        """The concepts [n, steps] chosen along the way: the mean over them with repeats, and over their set."""
        counts = np.zeros(recall.shape)
        np.add.at(counts, (np.arange(len(chosen))[:, None], chosen), 1.0)
        there = (counts > 0).astype(np.float64)
        return cls(counts / counts.sum(axis=1, keepdims=True), there / there.sum(axis=1, keepdims=True))

    def value(self, recall: NDArray[np.float64], *, once: bool = False) -> NDArray[np.float64]:
        """Weighted mean recall, float64 [n]."""
        return np.asarray(((self.once if once else self.weights) * np.nan_to_num(recall)).sum(axis=1))


def fixed_objective(objective: Objective, minds: Minds, model: MindModel, at_seconds: NDArray[np.float64]) -> Objective:
    """The objective with the target it has now; itself where the target moves.

    A policy is judged by the concepts that were meant when it began, and is told them: what it asks must not change
    what it is asked for.
    """
    if objective.moving or not objective.drawn:
        return objective
    return _Fixed(objective, objective.weights(minds, model.recall(minds, at_seconds)))


class _Fixed(Objective):
    """An objective with weights of its own for each student of a batch that stays in order."""

    def __init__(self, objective: Objective, weights: NDArray[np.float64]) -> None:
        super().__init__(objective.q_matrix)
        self.name, self.recall_of = objective.name, objective.recall_of  # type: ignore[misc]
        self.drawn, self.moving = objective.drawn, objective.moving  # type: ignore[misc]
        self._objective, self._weights = objective, weights

    def weights(self, minds: Minds, recall: NDArray[np.float64]) -> NDArray[np.float64]:
        """As they were at the start; a batch of hypothetical students has none of its own."""
        if len(minds) != len(self._weights):
            raise ValueError(f"{len(minds)} students where {len(self._weights)} began")
        return self._weights

    def recent_weights(self, recent: NDArray[np.int32]) -> NDArray[np.float64]:
        """As they were at the start, whatever has been answered since."""
        return self._weights

    def judged_at(self, at_seconds: NDArray[np.float64], horizon_days: float) -> NDArray[np.float64]:
        """As the objective itself."""
        return self._objective.judged_at(at_seconds, horizon_days)
