"""LPKT's cells through whole histories, student by student, so that one student's cells stay in the fastest cache.

Rows of answers are packed as `packed_rows` says: row `first[step] + student` is a student's answer of that step.
All numbers are float32. Compiled when first used.
"""

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
def _add_product(row: Any, matrix: Any, total: Any) -> None:
    """Add row @ matrix to `total`."""
    for i in range(len(row)):
        factor, line = row[i], matrix[i]
        for j in range(len(total)):
            total[j] += factor * line[j]


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def _fade(gates: Any, shift: Any, before: Any, cells: Any) -> None:
    """W_f h_k becomes σ(W_f h_k + shift) in place; cells = gates ∘ before."""
    for k in range(len(gates)):
        gate, earlier, cell = gates[k], before[k], cells[k]
        for j in range(len(shift)):
            gate[j] = sigmoid(gate[j] + shift[j])
        for j in range(len(shift)):
            cell[j] = gate[j] * earlier[j]


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def _learn(given: Any, kept: Any, gain: Any) -> None:
    """Activations [2·width] become gate and taught part in place; the gain is written."""
    width = len(gain)
    gate, taught = given[:width], given[width:]
    for j in range(width):
        gate[j] = sigmoid(gate[j])
    for j in range(width):
        taught[j] = tanh(taught[j])
    for j in range(width):
        gain[j] = gate[j] * (taught[j] + np.float32(1.0)) * np.float32(0.5) * kept[j]


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def sweep(
    weights: Any, shift: Any, given: Any, kept: Any, own: Any, elsewhere: Any, first: Any, length: Any,
    cells: Any, gates: Any, gain: Any, known: Any,
) -> None:  # fmt: skip
    """Read what every answer's question exercises, [answers, width] `known`, and write what it teaches.

    Args:
        weights: start [concepts, width], W_fᵀ, G_fᵀ [width, width] and of_knownᵀ [width, 2·width].
        shift: [answers, width], the interval's part in fading; the part of the gain before is added.
        given: [answers, 2·width], activations of the gain but what was read; become gate and taught part.
        kept: [answers, width], what dropout multiplies the gain with.
        own: int64 [answers, slots], the question's concepts, −1 as padding.
        elsewhere: q_k of all other concepts.
        first: int64 [steps], first row of every step.
        length: int64 [students], answers of each.
        cells: [answers, concepts, width], written: before fading; or [1, concepts, width], when none need be kept.
        gates: As `cells`, written: what fading leaves.
        gain: [answers, width], written; not that of a last answer, which no one reads.
        known: [answers, width], zeros.
    """
    start, fade, fade_gain, of_known = weights
    now = np.empty_like(start)
    for student in range(len(length)):
        now[:] = start
        for step in range(length[student]):
            row = first[step] + student
            slot = min(row, len(cells) - 1)
            before, gate = cells[slot], gates[slot]
            before[:] = now
            np.dot(before, fade, gate)
            if step:
                _add_product(gain[first[step - 1] + student], fade_gain, shift[row])
            _fade(gate, shift[row], before, now)
            _gather(now, own[row], elsewhere, known[row])
            if step + 1 < length[student]:
                _add_product(known[row], of_known, given[row])
                _learn(given[row], kept[row], gain[row])
                _spread(now, own[row], elsewhere, gain[row])


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def _unlearn(given: Any, kept: Any, grad_gain: Any) -> None:
    """What `_learn` left becomes the gradient of its activations in place; `grad_gain` is used up."""
    width = len(grad_gain)
    gate, taught = given[:width], given[width:]
    for j in range(width):
        grad_gain[j] *= kept[j] * np.float32(0.5)
    for j in range(width):
        opened, shown = gate[j], taught[j]
        gate[j] = grad_gain[j] * (shown + np.float32(1.0)) * opened * (np.float32(1.0) - opened)
        taught[j] = grad_gain[j] * opened * (np.float32(1.0) - shown * shown)


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def _unfade(gates: Any, before: Any, grad_cells: Any, inner: Any, grad_shift: Any) -> None:
    """Write gradients of the activations of fading and their sum; `grad_cells` goes back through the product."""
    grad_shift[:] = np.float32(0.0)
    for k in range(len(gates)):
        gate, earlier, grad, activation = gates[k], before[k], grad_cells[k], inner[k]
        for j in range(len(grad_shift)):
            activation[j] = grad[j] * earlier[j] * gate[j] * (np.float32(1.0) - gate[j])
        for j in range(len(grad_shift)):
            grad[j] *= gate[j]
        for j in range(len(grad_shift)):
            grad_shift[j] += activation[j]


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def sweep_back(
    weights: Any, given: Any, kept: Any, own: Any, elsewhere: Any, first: Any, length: Any,
    cells: Any, gates: Any, grad: Any, grad_shift: Any, grad_start: Any, grad_fade: Any,
) -> None:  # fmt: skip
    """The way back of `sweep`, with what it left.

    Args:
        weights: W_f, G_f [width, width] and of_known [2·width, width].
        given: [answers, 2·width], gate and taught part; become gradients of their activations in place.
        kept: [answers, width].
        own: int64 [answers, slots].
        elsewhere: As there.
        first: As there.
        length: As there.
        cells: [answers, concepts, width].
        gates: [answers, concepts, width].
        grad: [answers, width], gradient of what was read; that through the gain is added.
        grad_shift: [answers, width], written.
        grad_start: [concepts, width], to which gradients are added.
        grad_fade: [width, width], likewise.
    """
    fade, fade_gain, of_known = weights
    grad_cells, inner, through = np.empty_like(grad_start), np.empty_like(grad_start), np.empty_like(grad_start)
    grad_gain, product = np.empty_like(grad_start[0]), np.empty_like(grad_fade)
    for student in range(len(length)):
        grad_cells[:] = np.float32(0.0)
        for step in range(length[student] - 1, -1, -1):
            row = first[step] + student
            if step + 1 < length[student]:
                _gather(grad_cells, own[row], elsewhere, grad_gain)
                _unlearn(given[row], kept[row], grad_gain)
                _add_product(given[row], of_known, grad[row])
            else:
                given[row] = np.float32(0.0)
            _spread(grad_cells, own[row], elsewhere, grad[row])
            _unfade(gates[row], cells[row], grad_cells, inner, grad_shift[row])
            np.dot(inner, fade, through)
            grad_cells += through
            np.dot(inner.T, cells[row], product)
            grad_fade += product
            grad_gain[:] = np.float32(0.0)
            _add_product(grad_shift[row], fade_gain, grad_gain)
        grad_start += grad_cells
