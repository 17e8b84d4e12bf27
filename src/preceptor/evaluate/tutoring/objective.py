"""The objective of a session: recall of its scope, each student's own."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import QMatrix
from preceptor.mind import Minds
from preceptor.recommend import Objective


class ScopeObjective(Objective):
    """Mean recall over the concepts of each student's scope.

    Args:
        q_matrix: The questions and concepts.
        scope: int64 [n, k], columns of it; the n students are those of the minds.
    """

    name: ClassVar[str] = "scope"
    recall_of: ClassVar[str] = "of the concepts of this session"

    def __init__(self, q_matrix: QMatrix, scope: NDArray[np.int64]) -> None:
        super().__init__(q_matrix)
        self._weights = np.zeros((len(scope), len(q_matrix.concept_ids)))
        np.put_along_axis(self._weights, scope, 1 / scope.shape[1], axis=1)

    def weights(self, minds: Minds, recall: NDArray[np.float64]) -> NDArray[np.float64]:
        """Alike for all concepts of the scope."""
        return self._weights
