"""What a policy improves: a weighted mean of recall over concepts. Each objective is a few lines."""

from abc import ABC, abstractmethod
from copy import copy
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY, Log, QMatrix, UserError
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
    drawn: ClassVar[bool] = False
    """Whether an episode looks at one concept of each student; otherwise at all, with weights alike for everybody."""
    moving: ClassVar[bool] = False
    """Whether that concept is chosen anew after every answer."""

    def __init__(self, q_matrix: QMatrix) -> None:
        self.q_matrix = q_matrix

    @property
    def aims(self) -> NDArray[np.bool_]:
        """Concepts that can be improved, bool: not the one of questions without a label, if there are others.

        Such questions are never asked, so that weight on their concept would be weight on nothing.
        """
        named = self.q_matrix.named
        return named if named.any() else np.ones_like(named)

    def _uniform(self) -> NDArray[np.float64]:
        """Equal weights, float64 [concepts]."""
        return np.asarray(self.aims / max(self.aims.sum(), 1))

    def fit(self, log: Log) -> Self:
        """Learn what the objective needs from the training students; most need nothing."""
        return self

    @abstractmethod
    def weights(self, minds: Minds, recall: NDArray[np.float64]) -> NDArray[np.float64]:
        """Weights, float64 [n, concepts], rows summing to 1, from minds and their recall now [n, concepts]."""

    def shared_weights(self) -> NDArray[np.float64]:
        """Weights, float64 [concepts], of an objective that is not drawn.

        Raises:
            UserError: If the objective's weights differ from student to student.
        """
        raise _not_for_episodes(self.name)

    def recent_weights(self, recent: NDArray[np.int32]) -> NDArray[np.float64]:
        """What a drawn objective's concept is drawn from, float64 [n, concepts], by the last questions int32 [n, 10].

        Raises:
            UserError: If the objective does not follow from the last questions.
        """
        raise _not_for_episodes(self.name)

    def judged_at(self, at_seconds: NDArray[np.float64], horizon_days: float) -> NDArray[np.float64]:
        """When recall counts, float64 [n], UTC seconds: at the horizon, unless the objective has a day of its own."""
        return at_seconds + horizon_days * SECONDS_PER_DAY

    def value(self, weights: NDArray[np.float64], recall: NDArray[np.float64]) -> NDArray[np.float64]:
        """Weighted mean recall, float64 [n], of weights and recall of one shape: of all concepts, or of some."""
        return np.asarray((weights * recall).sum(axis=-1))

    def as_released(self) -> Self:
        """The objective as ExRec's released code has it in episodes; most are the same."""
        return self

    @property
    def chosen(self) -> dict[str, float]:
        """What somebody has set of it, in words that outlive a bank that grows; not its day."""
        return {}

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
        return np.tile(self.shared_weights(), (len(recall), 1))

    def shared_weights(self) -> NDArray[np.float64]:
        """1 / concepts."""
        return self._uniform()


class PracticedObjective(Objective):
    """The concept practised most often in the last ten answers; the first of equals."""

    name: ClassVar[str] = "practiced"
    recall_of: ClassVar[str] = "of what you are practising"
    drawn: ClassVar[bool] = True

    def weights(self, minds: Minds, recall: NDArray[np.float64]) -> NDArray[np.float64]:
        """1 for that concept; uniform for a student without answers."""
        return self.recent_weights(minds.recent)

    def recent_weights(self, recent: NDArray[np.int32]) -> NDArray[np.float64]:
        """1 for that concept; uniform for a student without answers."""
        return _one_hot(_recent_counts(recent, self.q_matrix) * self.aims, empty=self._uniform())


class UpcomingObjective(Objective):
    """The concepts that usually come next.

    M[c, c'] counts how often c' is among the next ten answers when c is among the last ten, over the training
    students; a student's weights are the mean of M's normalised rows over the student's last ten answers. A row
    without counts is the marginal of all rows.
    """

    name: ClassVar[str] = "upcoming"
    recall_of: ClassVar[str] = "of what usually comes next"
    drawn: ClassVar[bool] = True

    _only_most_frequent = False

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
        return self.recent_weights(minds.recent)

    def recent_weights(self, recent: NDArray[np.int32]) -> NDArray[np.float64]:
        """Mean of the transition rows of the recent concepts; uniform for a student without answers."""
        counts = _recent_counts(recent, self.q_matrix)
        if self._only_most_frequent:
            counts = _one_hot(counts, empty=np.zeros(counts.shape[1]))
        total = counts.sum(axis=1, keepdims=True)
        mixed = (counts @ self.transition) / np.maximum(total, 1e-9)
        if not self.aims.all():
            mixed = mixed * self.aims
            mixed /= np.maximum(mixed.sum(axis=1, keepdims=True), 1e-9)
        known = (mixed.sum(axis=1, keepdims=True) > 0) & (total > 0)
        return np.asarray(np.where(known, mixed, self._uniform()))

    def as_released(self) -> Self:
        """The row of the concept practised most often alone, instead of the mean over all recent ones."""
        objective = copy(self)
        objective._only_most_frequent = True
        return objective

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
    drawn: ClassVar[bool] = True
    moving: ClassVar[bool] = True

    def weights(self, minds: Minds, recall: NDArray[np.float64]) -> NDArray[np.float64]:
        """1 for that concept."""
        chosen = np.zeros(recall.shape)
        chosen[np.arange(len(recall)), np.where(self.aims, recall, np.inf).argmin(axis=1)] = 1
        return chosen


def _not_for_episodes(name: str) -> UserError:
    return UserError(
        f"No policy can be trained for the objective {name!r}: its concepts are not known when an episode starts.",
        allowed="an objective with `shared_weights`, or `drawn` with `recent_weights`",
    )


def _recent_counts(recent: NDArray[np.int32], q_matrix: QMatrix) -> NDArray[np.float64]:
    """How often each concept was exercised by recent questions, float64 [n, concepts]."""
    own = np.where(recent[:, :, None] >= 0, q_matrix.concepts[np.maximum(recent, 0)], -1)
    student, _, _ = real = np.nonzero(own >= 0)
    n, concepts = len(recent), len(q_matrix.concept_ids)
    counts = np.bincount(student * concepts + own[real], minlength=n * concepts)
    return counts.reshape(n, concepts).astype(np.float64)


def _one_hot(counts: NDArray[np.float64], empty: NDArray[np.float64]) -> NDArray[np.float64]:
    chosen = np.zeros(counts.shape)
    chosen[np.arange(len(counts)), counts.argmax(axis=1)] = 1
    return np.asarray(np.where(counts.sum(axis=1, keepdims=True) > 0, chosen, empty))
