"""What a policy improves: a weighted mean of recall over concepts. Each objective is a few lines."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log, QMatrix
from preceptor.mind import Minds
from preceptor.trace import question_rows

WINDOW = 10
"""Answers before and after a moment whose concepts count as "now" and "next"."""


class Objective(ABC):
    """Weights over concepts; improvement is the weighted mean of recall after less before.

    Args:
        q_matrix: The questions and concepts.
    """

    name: ClassVar[str]
    recall_of: ClassVar[str]
    """Continues the words "recall …" in an explanation."""

    def __init__(self, q_matrix: QMatrix) -> None:
        self.q_matrix = q_matrix

    @property
    def _aims(self) -> NDArray[np.bool_]:
        """Concepts that can be improved, bool: not the one of questions without a label, if there are others.

        Such questions are never asked, so that weight on their concept would be weight on nothing.
        """
        named = self.q_matrix.named
        return named if named.any() else np.ones_like(named)

    def _uniform(self) -> NDArray[np.float64]:
        """Equal weights, float64 [concepts]."""
        return np.asarray(self._aims / max(self._aims.sum(), 1))

    def fit(self, log: Log) -> Self:
        """Learn what the objective needs from the training students; most need nothing."""
        return self

    @abstractmethod
    def weights(self, minds: Minds, recall: NDArray[np.float64]) -> NDArray[np.float64]:
        """Weights, float64 [n, concepts], rows summing to 1, from minds and their recall now [n, concepts]."""

    def value(self, weights: NDArray[np.float64], recall: NDArray[np.float64]) -> NDArray[np.float64]:
        """Weighted mean recall, float64 [n]."""
        return np.asarray((weights * recall).sum(axis=-1))

    def to_dict(self) -> dict[str, Any]:
        """Everything fitted, as JSON values with `name`."""
        return {"name": self.name}

    @classmethod
    def from_dict(cls, values: dict[str, Any], q_matrix: QMatrix) -> Self:
        """The inverse of `to_dict`."""
        return cls(q_matrix)

    def regrouped(self, q_matrix: QMatrix, place: NDArray[np.int64]) -> Self:
        """The fitted objective over other concepts.

        Args:
            q_matrix: The questions and concepts.
            place: int64 [concepts], the concept of this objective behind each; −1 for one it has not seen.
        """
        return type(self).from_dict(self.to_dict(), q_matrix)


class GlobalObjective(Objective):
    """All concepts alike."""

    name: ClassVar[str] = "global"
    recall_of: ClassVar[str] = "over all concepts"

    def weights(self, minds: Minds, recall: NDArray[np.float64]) -> NDArray[np.float64]:
        """1 / concepts."""
        return np.tile(self._uniform(), (len(recall), 1))


class PracticedObjective(Objective):
    """The concept practised most often in the last ten answers; the first of equals."""

    name: ClassVar[str] = "practiced"
    recall_of: ClassVar[str] = "of what you are practising"

    def weights(self, minds: Minds, recall: NDArray[np.float64]) -> NDArray[np.float64]:
        """1 for that concept; uniform for a student without answers."""
        return _one_hot(_recent_counts(minds.recent, self.q_matrix) * self._aims, empty=self._uniform())


class UpcomingObjective(Objective):
    """The concepts that usually come next.

    M[c, c'] counts how often c' is among the next ten answers when c is among the last ten, over the training
    students; a student's weights are the mean of M's normalised rows over the student's last ten answers. A row
    without counts is the marginal of all rows.
    """

    name: ClassVar[str] = "upcoming"
    recall_of: ClassVar[str] = "of what usually comes next"

    def __init__(self, q_matrix: QMatrix) -> None:
        super().__init__(q_matrix)
        concepts = len(q_matrix.concept_ids)
        self.transition = np.full((concepts, concepts), 1 / max(concepts, 1))

    def fit(self, log: Log) -> Self:
        """Count over windows of ten answers."""
        exercised = self.q_matrix.dense[question_rows(log, self.q_matrix)].astype(np.float64)
        counts = np.zeros_like(self.transition)
        for start, stop in zip(log.offsets[:-1], log.offsets[1:], strict=True):
            own = exercised[start:stop]
            for middle in range(WINDOW, len(own) - 1, WINDOW):
                before, after = own[middle - WINDOW : middle].sum(0), own[middle : middle + WINDOW].sum(0)
                counts += np.outer(before, after)
        marginal = counts.sum(0) + 1e-9
        rows = counts.sum(1, keepdims=True)
        self.transition = np.where(rows > 0, counts / np.maximum(rows, 1e-9), marginal / marginal.sum())
        return self

    def weights(self, minds: Minds, recall: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mean of the transition rows of the recent concepts; uniform for a student without answers."""
        recent = _recent_counts(minds.recent, self.q_matrix)
        total = recent.sum(axis=1, keepdims=True)
        mixed = (recent @ self.transition) / np.maximum(total, 1e-9)
        if not self._aims.all():
            mixed = mixed * self._aims
            mixed /= np.maximum(mixed.sum(axis=1, keepdims=True), 1e-9)
        known = (mixed.sum(axis=1, keepdims=True) > 0) & (total > 0)
        return np.asarray(np.where(known, mixed, self._uniform()))

    def to_dict(self) -> dict[str, Any]:
        """Name and transition matrix."""
        return {"name": self.name, "transition": self.transition.round(6).tolist()}

    @classmethod
    def from_dict(cls, values: dict[str, Any], q_matrix: QMatrix) -> Self:
        """Restore the transition matrix."""
        objective = cls(q_matrix)
        objective.transition = np.asarray(values["transition"], dtype=np.float64)
        return objective

    def regrouped(self, q_matrix: QMatrix, place: NDArray[np.int64]) -> Self:
        """Nothing is known to lead to a new concept, and after one comes what comes after the mean concept."""
        new = place < 0
        from_known = np.where(new[:, None], self.transition.mean(axis=0), self.transition[place])
        moved = np.where(new, 0.0, from_known[:, place])
        total = moved.sum(axis=1, keepdims=True)
        objective = type(self)(q_matrix)
        objective.transition = np.where(total > 0, moved / np.maximum(total, 1e-9), 1 / max(len(place), 1))
        return objective


class WeakestObjective(Objective):
    """The concept with the lowest recall now; the first of equals."""

    name: ClassVar[str] = "weakest"
    recall_of: ClassVar[str] = "of your weakest concept"

    def weights(self, minds: Minds, recall: NDArray[np.float64]) -> NDArray[np.float64]:
        """1 for that concept."""
        chosen = np.zeros(recall.shape)
        chosen[np.arange(len(recall)), np.where(self._aims, recall, np.inf).argmin(axis=1)] = 1
        return chosen


def _recent_counts(recent: NDArray[np.int32], q_matrix: QMatrix) -> NDArray[np.float64]:
    exercised = q_matrix.dense[np.maximum(recent, 0)] * (recent >= 0)[:, :, None]
    return np.asarray(exercised.sum(axis=1), dtype=np.float64)


def _one_hot(counts: NDArray[np.float64], empty: NDArray[np.float64]) -> NDArray[np.float64]:
    chosen = np.zeros(counts.shape)
    chosen[np.arange(len(counts)), counts.argmax(axis=1)] = 1
    return np.asarray(np.where(counts.sum(axis=1, keepdims=True) > 0, chosen, empty))
