"""The factorised head's add, ReLU and dot in one pass over memory; compiled when first used."""

from typing import Any

import numba
import numpy as np

TOGETHER = 8
"""Students that share a read of a question's row while it is in the cache."""


@numba.njit(cache=True, fastmath={"reassoc", "contract", "nsz"}, nogil=True, error_model="numpy")
def dots(student: Any, table: Any, column: Any, weight: Any, out: Any) -> None:
    """out[i, j] = Σ_u weight[u] · max(0, student[i, u] + table[column[i, j], u]).

    Args:
        student: float32 [n, lift].
        table: float32 [rows, lift].
        column: int64 [n, m], rows of `table`.
        weight: float32 [lift].
        out: float32 [n, m], written.
    """
    n, m = column.shape
    for first in range(0, n, TOGETHER):
        for j in range(m):
            for i in range(first, min(first + TOGETHER, n)):
                own, asked, total = student[i], table[column[i, j]], np.float32(0.0)
                for u in range(len(weight)):
                    total += weight[u] * max(np.float32(0.0), own[u] + asked[u])
                out[i, j] = total
