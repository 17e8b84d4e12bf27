"""The objective of an exam: recall on its day, of what it asks."""

from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import QMatrix, UserError
from preceptor.mind import Minds
from preceptor.recommend.objectives import Objective


class ExamObjective(Objective):
    """Weighted recall on the day of the exam: Σ_c w_c · recall_c(day).

    Args:
        q_matrix: The questions and concepts.
        weights: float [concepts], not negative; None for all alike. They are scaled to sum to 1.
        day_seconds: The day of the exam, UTC seconds; None where it is not set: then recall counts at the horizon.

    Raises:
        UserError: If no weight is above 0, or one is below.
    """

    name: ClassVar[str] = "exam"
    recall_of: ClassVar[str] = "of what the exam asks"

    def __init__(
        self, q_matrix: QMatrix, weights: NDArray[np.float64] | None = None, day_seconds: float | None = None
    ) -> None:
        super().__init__(q_matrix)
        concepts = len(q_matrix.concept_ids)
        given = np.ones(concepts) if weights is None else np.asarray(weights, dtype=np.float64)
        if len(given) and not (np.isfinite(given).all() and given.min() >= 0 and given.sum() > 0):
            raise UserError(
                "The weights of an exam are not valid.", allowed="numbers from 0 on, at least one of them above 0"
            )
        self._weights: NDArray[np.float64] = np.asarray(given / max(given.sum(), 1e-300))
        self.day_seconds = day_seconds

    def weights(self, minds: Minds, recall: NDArray[np.float64]) -> NDArray[np.float64]:
        """The exam's own, alike for everybody."""
        return np.tile(self._weights, (len(recall), 1))

    def shared_weights(self) -> NDArray[np.float64]:
        """The exam's own."""
        return self._weights

    def judged_at(self, at_seconds: NDArray[np.float64], horizon_days: float) -> NDArray[np.float64]:
        """The day of the exam; now once it has begun."""
        if self.day_seconds is None:
            return super().judged_at(at_seconds, horizon_days)
        return np.asarray(np.maximum(at_seconds, self.day_seconds))

    @property
    def chosen(self) -> dict[str, float]:
        """Concepts and their weights as shares of the highest; nothing where all weigh alike."""
        share = (self._weights / self._weights.max(initial=1e-300)).round(9)
        named = zip(self.q_matrix.concept_ids, share.tolist(), strict=True)
        return {} if (share == 1).all() else {concept: weight for concept, weight in sorted(named) if weight}

    def to_dict(self) -> dict[str, Any]:
        """Name, weights and day."""
        return {"name": self.name, "weights": self._weights.tolist(), "day_seconds": self.day_seconds}

    @classmethod
    def from_dict(cls, values: dict[str, Any], q_matrix: QMatrix) -> Self:
        """Restore weights and day."""
        return cls(q_matrix, np.asarray(values["weights"], dtype=np.float64), values["day_seconds"])

    def regrouped(self, q_matrix: QMatrix, place: NDArray[np.int64]) -> Self:
        """A concept keeps its weight; a new one weighs as much as the mean concept."""
        moved = np.where(place < 0, self._weights.mean(), self._weights[place])
        return type(self)(q_matrix, moved if moved.sum() > 0 else None, self.day_seconds)
