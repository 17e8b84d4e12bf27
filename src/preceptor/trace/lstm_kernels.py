"""What an LSTM step does element by element, in one pass over memory instead of a dozen; compiled when first used."""

from typing import Any

import numba
import numpy as np

from preceptor.trace.kernel_math import FAST, sigmoid, tanh


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def forward_step(gates: Any, cells: Any, outputs: Any, start: Any, begin: int, end: int, earlier: int) -> None:
    """One step of all students that reach it; all arrays are float32, packed as `Packed` says.

    Args:
        gates: [answers, 4·width], activations in the order in, forget, out, candidate; become gates in place.
        cells: [answers, width], cells after each step; written.
        outputs: [answers, width], hidden states after each step; written.
        start: [students, width], cells before the first step.
        begin: First row of this step.
        end: The row behind its last one.
        earlier: First row of the step before; −1 for the first step.
    """
    width = cells.shape[1]
    for row in range(begin, end):
        a, cell_row, out_row = gates[row], cells[row], outputs[row]
        before = start[row - begin] if earlier < 0 else cells[earlier + row - begin]
        for j in range(3 * width):
            a[j] = sigmoid(a[j])
        for j in range(3 * width, 4 * width):
            a[j] = tanh(a[j])
        for j in range(width):
            cell_row[j] = a[width + j] * before[j] + a[j] * a[3 * width + j]
        for j in range(width):
            out_row[j] = a[2 * width + j] * tanh(cell_row[j])


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def backward_step(
    gates: Any,
    cells: Any,
    grad: Any,
    start: Any,
    grad_hidden: Any,
    grad_cell: Any,
    begin: int,
    end: int,
    earlier: int,
) -> None:
    """One step back; all arrays are float32, rows as in `forward_step`.

    Args:
        gates: [answers, 4·width], what `forward_step` left; become gradients of the activations in place.
        cells: [answers, width], cells after each step.
        grad: [answers, width], gradient of the outputs.
        start: [students, width], cells before the first step.
        grad_hidden: [students, width], what later steps add to the gradient of the outputs.
        grad_cell: [students, width], gradient of the cells after the step; becomes that of the cells before it.
        begin: First row of this step.
        end: The row behind its last one.
        earlier: First row of the step before; −1 for the first step.
    """
    width = cells.shape[1]
    one = np.float32(1.0)
    squashed, out, kept = np.empty(width, np.float32), np.empty(width, np.float32), np.empty(width, np.float32)
    for row in range(begin, end):
        a, cell_row = gates[row], cells[row]
        before = start[row - begin] if earlier < 0 else cells[earlier + row - begin]
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
