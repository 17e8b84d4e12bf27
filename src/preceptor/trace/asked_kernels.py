"""Products of states with the weights of the concepts that are asked; compiled when first used."""

from typing import Any

import numba
import numpy as np

from preceptor.trace.kernel_math import SUMS


@numba.njit(cache=True, fastmath=SUMS, nogil=True, error_model="numpy")
def products(hidden: Any, table: Any, concepts: Any, out: Any) -> None:
    """Mean over a row's concepts of hidden · table row.

    Args:
        hidden: float32 [n, width].
        table: float32 [concepts, width].
        concepts: int64 [n, slots], −1 as padding.
        out: float32 [n]; written, 0 where a row has no concept.
    """
    for i in range(len(hidden)):
        state, found = hidden[i], 0
        total = np.float32(0.0)
        for slot in range(concepts.shape[1]):
            if concepts[i, slot] >= 0:
                weight = table[concepts[i, slot]]
                found += 1
                for j in range(len(state)):
                    total += state[j] * weight[j]
        out[i] = total / np.float32(max(found, 1))


@numba.njit(cache=True, fastmath=SUMS, nogil=True, error_model="numpy")
def gradients(grad: Any, hidden: Any, table: Any, concepts: Any, of_hidden: Any, of_table: Any) -> None:
    """Gradients of `products`.

    Args:
        grad: float32 [n], gradient of its result.
        hidden: As there.
        table: As there.
        concepts: As there.
        of_hidden: float32 [n, width], zeros; written.
        of_table: float32 [concepts, width], zeros; written.
    """
    for i in range(len(hidden)):
        state, to_state, found = hidden[i], of_hidden[i], 0
        for slot in range(concepts.shape[1]):
            found += concepts[i, slot] >= 0
        share = grad[i] / np.float32(max(found, 1))
        for slot in range(concepts.shape[1]):
            if concepts[i, slot] >= 0:
                weight, to_weight = table[concepts[i, slot]], of_table[concepts[i, slot]]
                for j in range(len(state)):
                    to_state[j] += share * weight[j]
                for j in range(len(state)):
                    to_weight[j] += share * state[j]
