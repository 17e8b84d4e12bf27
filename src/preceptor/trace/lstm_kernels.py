"""What an LSTM step does element by element, in one pass over memory instead of a dozen; compiled when first used."""

from typing import Any

import numba
import numpy as np

from preceptor.trace.kernel_math import FAST, sigmoid, tanh


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def forward_step(
    table: Any, index: Any, gates: Any, states: Any, cells: Any, begin: int, end: int, earlier: int
) -> None:
    """One step of all students that reach it; numbers are float32, rows packed as `Packed` says.

    Args:
        table: [rows, 4·width], what inputs add to the activations.
        index: int64 [answers − students], row of `table` of every answer after the first ones; empty: its own.
        gates: [answers − students, 4·width], U·h in the order in, forget, out, candidate; become gates in place.
        states: [answers, width], hidden states; written.
        cells: [answers, width], those before the first step first; written.
        begin: First row of this step.
        end: The row behind its last one.
        earlier: First row of the step before.
    """
    width, first = cells.shape[1], len(cells) - len(gates)
    for row in range(begin, end):
        own = row - first
        a, cell_row, out_row, before = gates[own], cells[row], states[row], cells[earlier + row - begin]
        added = table[index[own]] if len(index) else table[own]
        for j in range(3 * width):
            a[j] = sigmoid(a[j] + added[j])
        for j in range(3 * width, 4 * width):
            a[j] = tanh(a[j] + added[j])
        for j in range(width):
            cell_row[j] = a[width + j] * before[j] + a[j] * a[3 * width + j]
        for j in range(width):
            out_row[j] = a[2 * width + j] * tanh(cell_row[j])


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def backward_step(
    gates: Any,
    cells: Any,
    grad: Any,
    grad_hidden: Any,
    grad_cell: Any,
    index: Any,
    of_table: Any,
    begin: int,
    end: int,
    earlier: int,
) -> None:
    """One step back; numbers are float32, rows as in `forward_step`.

    Args:
        gates: [answers − students, 4·width], what `forward_step` left; become gradients of the activations in place.
        cells: [answers, width], as it left them.
        grad: [answers, width], gradient of the states.
        grad_hidden: [students, width], what later steps add to it.
        grad_cell: [students, width], gradient of the cells after the step; becomes that of the cells before it.
        index: As there; empty: nothing is added to `of_table`.
        of_table: [rows, 4·width], sums of the gradients of the activations with the same row of inputs.
        begin: First row of this step.
        end: The row behind its last one.
        earlier: First row of the step before.
    """
    width, first = cells.shape[1], len(cells) - len(gates)
    one = np.float32(1.0)
    squashed, out, kept = np.empty(width, np.float32), np.empty(width, np.float32), np.empty(width, np.float32)
    for row in range(begin, end):
        a, cell_row, before = gates[row - first], cells[row], cells[earlier + row - begin]
        enter, forget, leave, candidate = a[:width], a[width : 2 * width], a[2 * width : 3 * width], a[3 * width :]
        grad_row, later, c = grad[row], grad_hidden[row - begin], grad_cell[row - begin]
        # Many short loops: each touches few arrays, so that the compiler can prove it may vectorise.
        for j in range(width):
            squashed[j] = tanh(cell_row[j])
        for j in range(width):
            out[j] = grad_row[j] + later[j]
        for j in range(width):
            c[j] += out[j] * leave[j] * (one - squashed[j] * squashed[j])
        for j in range(width):
            leave[j] *= out[j] * squashed[j] * (one - leave[j])
        for j in range(width):
            kept[j] = c[j] * enter[j]
        for j in range(width):
            enter[j] = kept[j] * candidate[j] * (one - enter[j])
        for j in range(width):
            candidate[j] = kept[j] * (one - candidate[j] * candidate[j])
        for j in range(width):
            c[j] *= forget[j]
        for j in range(width):
            forget[j] = c[j] * before[j] * (one - forget[j])
        if len(index):
            total = of_table[index[row - first]]
            for j in range(4 * width):
                total[j] += a[j]
