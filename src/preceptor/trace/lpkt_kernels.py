"""What a step of LPKT does element by element, in one pass over the cells; compiled when first used."""

from typing import Any

import numba
import numpy as np

from preceptor.trace.kernel_math import FAST, sigmoid, tanh


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def _spread(cells: Any, own: Any, elsewhere: Any, gain: Any) -> None:
    """Add q_k · gain to every cell k of one student; cells [concepts, width], own [slots]."""
    for k in range(len(cells)):
        cell = cells[k]
        for j in range(len(gain)):
            cell[j] += elsewhere * gain[j]
    for slot in range(len(own)):
        if own[slot] >= 0:
            cell = cells[own[slot]]
            for j in range(len(gain)):
                cell[j] += (np.float32(1.0) - elsewhere) * gain[j]


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def _gather(cells: Any, own: Any, elsewhere: Any, known: Any) -> None:
    """Add Σ_k q_k · cells[k] of one student to `known`."""
    total = np.zeros(len(known), np.float32)
    for k in range(len(cells)):
        cell = cells[k]
        for j in range(len(total)):
            total[j] += cell[j]
    for j in range(len(known)):
        known[j] += elsewhere * total[j]
    for slot in range(len(own)):
        if own[slot] >= 0:
            cell = cells[own[slot]]
            for j in range(len(known)):
                known[j] += (np.float32(1.0) - elsewhere) * cell[j]


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def fade_and_read(gates: Any, shift: Any, cells: Any, own: Any, elsewhere: Any, faded: Any, known: Any) -> None:
    """Products with the cells become gates in place; faded cells and what a question reads of them are written.

    Args:
        gates: float32 [n, concepts, width], W_f h_k; becomes σ(W_f h_k + shift).
        shift: float32 [n, width].
        cells: float32 [n, concepts, width].
        own: int64 [n, slots], the question's concepts, −1 as padding.
        elsewhere: float32, q_k of all other concepts.
        faded: float32 [n, concepts, width], written.
        known: float32 [n, width], written.
    """
    n, concepts, width = gates.shape
    for student in range(n):
        for k in range(concepts):
            gate, cell, left, added = gates[student, k], cells[student, k], faded[student, k], shift[student]
            for j in range(width):
                gate[j] = sigmoid(gate[j] + added[j])
            for j in range(width):
                left[j] = gate[j] * cell[j]
        known[student] = np.float32(0.0)
        _gather(faded[student], own[student], elsewhere, known[student])


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def learn(given: Any, kept: Any, own: Any, elsewhere: Any, faded: Any, gain: Any, cells: Any) -> None:
    """Activations become gate and taught part in place; gain and cells after the answer are written.

    Args:
        given: float32 [n, 2·width].
        kept: float32 [n, width], what dropout multiplies the gain with.
        own: int64 [n, slots].
        elsewhere: float32.
        faded: float32 [n, concepts, width].
        gain: float32 [n, width], written.
        cells: float32 [n, concepts, width], written.
    """
    n, width = gain.shape
    for student in range(n):
        gate, taught = given[student, :width], given[student, width:]
        found, share = gain[student], kept[student]
        for j in range(width):
            gate[j] = sigmoid(gate[j])
        for j in range(width):
            taught[j] = tanh(taught[j])
        for j in range(width):
            found[j] = gate[j] * (taught[j] + np.float32(1.0)) * np.float32(0.5) * share[j]
        cells[student] = faded[student]
        _spread(cells[student], own[student], elsewhere, found)


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def unlearn(given: Any, kept: Any, own: Any, elsewhere: Any, grad_cells: Any, grad_gain: Any) -> None:
    """What `learn` left becomes the gradient of its activations in place.

    Args:
        given: float32 [n, 2·width].
        kept: float32 [n, width].
        own: int64 [n, slots].
        elsewhere: float32.
        grad_cells: float32 [n, concepts, width], gradient of the cells after the answer.
        grad_gain: float32 [n, width], what the next fading adds to the gradient of the gain; used up.
    """
    n, width = grad_gain.shape
    for student in range(n):
        gate, taught = given[student, :width], given[student, width:]
        grad, share = grad_gain[student], kept[student]
        _gather(grad_cells[student], own[student], elsewhere, grad)
        for j in range(width):
            grad[j] *= share[j] * np.float32(0.5)
        for j in range(width):
            opened, shown = gate[j], taught[j]
            gate[j] = grad[j] * (shown + np.float32(1.0)) * opened * (np.float32(1.0) - opened)
            taught[j] = grad[j] * opened * (np.float32(1.0) - shown * shown)


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def unfade(gates: Any, cells: Any, own: Any, elsewhere: Any, grad_known: Any, grad_cells: Any, grad_shift: Any) -> None:
    """Gates become gradients of their activations in place; `grad_cells` goes back through the product with them.

    Args:
        gates: float32 [n, concepts, width].
        cells: float32 [n, concepts, width], before fading.
        own: int64 [n, slots].
        elsewhere: float32.
        grad_known: float32 [n, width].
        grad_cells: float32 [n, concepts, width], of the faded cells, less what was read of them.
        grad_shift: float32 [n, width], written.
    """
    n, concepts, width = gates.shape
    for student in range(n):
        _spread(grad_cells[student], own[student], elsewhere, grad_known[student])
        total = grad_shift[student]
        total[:] = np.float32(0.0)
        for k in range(concepts):
            gate, cell, grad = gates[student, k], cells[student, k], grad_cells[student, k]
            for j in range(width):
                left = gate[j]
                gate[j] = grad[j] * cell[j] * left * (np.float32(1.0) - left)
                grad[j] *= left
            for j in range(width):
                total[j] += gate[j]
