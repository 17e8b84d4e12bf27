"""Classes of questions that a tracer without question inputs cannot tell apart."""

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import QMatrix


def distinct_concepts(q_matrix: QMatrix) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Classes of questions that exercise the same concepts, see `Tracer.distinct`."""
    _, representative, inverse = np.unique(
        np.sort(q_matrix.concepts, axis=1), axis=0, return_index=True, return_inverse=True
    )
    return representative.astype(np.int64), inverse.reshape(-1).astype(np.int64)
