"""From scores to attention weights and back, one row at a time while it is in the cache; compiled when first used.

Row i of a stretch is position t = `first` + `step`·i; it sees keys j ≤ t − `strict` that are at most `window` earlier
and not before its sequence's `floor` (sequences take the floors in turn). Weights of all other keys are 0. Rows are
worked on in scratch that is filled up to whole vector registers, because what is left over of a loop runs one number
at a time.
"""

from typing import Any

import numba
import numpy as np

from preceptor.trace.kernel_math import FAST, SUMS, exp

ZERO = np.float32(0.0)
ONE = np.float32(1.0)
UNSEEN = np.float32(-1e30)
LEAST = np.float32(-75.0)
"""No exponent is smaller: products of what is smaller still would be subnormal numbers, a hundred times slower."""
LANES = 32
"""Numbers that a vectorised loop takes at once."""


@numba.njit(inline="always")
def seen_keys(at: int, floor: int, strict: int, window: int) -> tuple[int, int, int]:
    """First key that position `at` sees, the one behind the last, and their number rounded up to whole registers."""
    low, high = max(floor, at - window), at + 1 - strict
    return low, high, (high - low + LANES - 1) // LANES * LANES


@numba.njit(inline="always", fastmath=FAST, error_model="numpy")
def _top(row: Any) -> Any:
    """Greatest of a row; four strands at once, since a single one waits for every comparison."""
    part = len(row) // 4
    one, two, three, four = row[:part], row[part : 2 * part], row[2 * part : 3 * part], row[3 * part :]
    a = b = c = d = UNSEEN
    for j in range(part):
        a, b, c, d = max(a, one[j]), max(b, two[j]), max(c, three[j]), max(d, four[j])
    return max(max(a, b), max(c, d))


@numba.njit(inline="always", fastmath=SUMS, error_model="numpy")
def _softmax(row: Any) -> None:
    """Softmax of one row in place."""
    top, total = _top(row), ZERO
    for j in range(len(row)):
        row[j] = exp(max(row[j] - top, LEAST))
    for j in range(len(row)):
        total += row[j]
    share = ONE / total
    for j in range(len(row)):
        row[j] *= share


@numba.njit(inline="always", fastmath=FAST, error_model="numpy")
def _sums_behind(row: Any, sums: Any) -> None:
    """sums[j] = Σ_{i > j} row[i], added up from the end."""
    total = ZERO
    for k in range(len(row)):
        j = np.uintp(len(row) - 1 - k)
        sums[j] = total
        total += row[j]


@numba.njit(inline="always", fastmath=SUMS, error_model="numpy")
def _softmax_gradient(weights: Any, grad: Any) -> None:
    """Gradient of a row's weights becomes that of its scores in place."""
    mean = ZERO
    for j in range(len(weights)):
        mean += weights[j] * grad[j]
    for j in range(len(weights)):
        grad[j] = weights[j] * (grad[j] - mean)


@numba.njit(inline="always")
def _read(row: Any, low: int, high: int, work: Any, filler: Any) -> None:
    """Copy what is seen of a row to the begin of scratch and fill the rest up."""
    for j in range(high - low):
        work[j] = row[low + j]
    for j in range(high - low, len(work)):
        work[j] = filler


@numba.njit(inline="always")
def _write(work: Any, row: Any, low: int, high: int) -> None:
    """Copy the begin of scratch to what is seen of a row; the rest of the row becomes 0."""
    for j in range(low):
        row[j] = ZERO
    for j in range(high - low):
        row[low + j] = work[j]
    for j in range(high, len(row)):
        row[j] = ZERO


@numba.njit(cache=True, fastmath=SUMS, nogil=True, error_model="numpy")
def plain(scores: Any, first: int, step: int, floor: Any, strict: int, window: int) -> None:
    """Scores float32 [sequences, rows, keys] become weights in place."""
    sequences, rows, keys = scores.shape
    scratch = np.empty(keys + LANES, np.float32)
    for n in range(sequences):
        for i in range(rows):
            at = first + step * i
            low, high, room = seen_keys(at, floor[n % len(floor)], strict, window)
            row, work = scores[n, i], scratch[:room]
            _read(row, low, high, work, UNSEEN)
            _softmax(work)
            _write(work, row, low, high)


@numba.njit(cache=True, fastmath=SUMS, nogil=True, error_model="numpy")
def plain_gradient(weights: Any, grad: Any, first: int, step: int, floor: Any, strict: int, window: int) -> None:
    """Gradients of weights, float32 [sequences, rows, keys], become those of scores in place."""
    sequences, rows, keys = weights.shape
    scratch = np.empty((2, keys + LANES), np.float32)
    for n in range(sequences):
        for i in range(rows):
            at = first + step * i
            low, high, room = seen_keys(at, floor[n % len(floor)], strict, window)
            weight, slope = scratch[0, :room], scratch[1, :room]
            _read(weights[n, i], low, high, weight, ZERO)
            _read(grad[n, i], low, high, slope, ZERO)
            _softmax_gradient(weight, slope)
            _write(slope, grad[n, i], low, high)


@numba.njit(inline="always", fastmath=SUMS, error_model="numpy")
def monotonic_row(score: Any, theta: Any, ago: Any, least: Any, weight: Any, far: Any) -> None:
    """Weights and distances of one row, whose oldest key lies `ago` back."""
    for j in range(len(score)):
        weight[j] = score[j]
    _softmax(weight)
    _sums_behind(weight, far)
    for j in range(len(score)):
        far[j] = np.sqrt(max(far[j] * (ago - np.float32(j)), ZERO))
    for j in range(len(score)):
        weight[j] = score[j] * max(exp(-theta * far[j]), least)
    _softmax(weight)


@numba.njit(inline="always", fastmath=SUMS, error_model="numpy")
def _monotonic_row_gradient(score: Any, theta: Any, least: Any, weight: Any, far: Any, slope: Any) -> Any:
    """Gradient of a row's weights becomes that of its scores in place; gives that of θ; `weight` is used up."""
    _softmax_gradient(weight, slope)
    for j in range(len(score)):
        weight[j] = exp(-theta * far[j])
    total = ZERO
    for j in range(len(score)):
        total -= slope[j] * score[j] * far[j] * (weight[j] if weight[j] > least else ZERO)
    for j in range(len(score)):
        slope[j] *= max(weight[j], least)
    return total


@numba.njit(cache=True, fastmath=SUMS, nogil=True, error_model="numpy")
def monotonic(
    scores: Any,
    decay: Any,
    first: int,
    step: int,
    floor: Any,
    strict: int,
    window: int,
    least: Any,
    weights: Any,
    distance: Any,
) -> None:
    """Weights of monotonic attention, see `preceptor.trace.attention.decayed_weights`.

    Args:
        scores: float32 [sequences, rows, keys]; sequences are students × heads.
        decay: float32 [heads].
        first: Position of the first row.
        step: From row to row.
        floor: int64, first keys.
        strict: 1 where a position does not see itself, else 0.
        window: Most earlier keys.
        least: Least effect.
        weights: float32 as scores, written.
        distance: float32 as scores, written.
    """
    sequences, rows, keys = scores.shape
    scratch = np.empty((3, keys + LANES), np.float32)
    for n in range(sequences):
        theta = decay[n % len(decay)]
        for i in range(rows):
            at = first + step * i
            low, high, room = seen_keys(at, floor[n % len(floor)], strict, window)
            score, weight, far = scratch[0, :room], scratch[1, :room], scratch[2, :room]
            _read(scores[n, i], low, high, score, UNSEEN)
            monotonic_row(score, theta, np.float32(at - low), least, weight, far)
            _write(weight, weights[n, i], low, high)
            _write(far, distance[n, i], low, high)


@numba.njit(cache=True, fastmath=SUMS, nogil=True, error_model="numpy")
def monotonic_gradient(
    scores: Any,
    decay: Any,
    first: int,
    step: int,
    floor: Any,
    strict: int,
    window: int,
    least: Any,
    weights: Any,
    distance: Any,
    grad: Any,
    grad_decay: Any,
) -> None:
    """Gradients of weights become those of scores in place.

    Everything up to `distance` is as `monotonic` got or left it; `grad`, float32, is the gradient of the weights;
    `grad_decay`, float64 [heads], is added to.
    """
    sequences, rows, keys = scores.shape
    scratch = np.empty((4, keys + LANES), np.float32)
    for n in range(sequences):
        theta = decay[n % len(decay)]
        for i in range(rows):
            at = first + step * i
            low, high, room = seen_keys(at, floor[n % len(floor)], strict, window)
            score, weight, far, slope = scratch[0, :room], scratch[1, :room], scratch[2, :room], scratch[3, :room]
            _read(scores[n, i], low, high, score, ZERO)
            _read(weights[n, i], low, high, weight, ZERO)
            _read(distance[n, i], low, high, far, ZERO)
            _read(grad[n, i], low, high, slope, ZERO)
            grad_decay[n % len(decay)] += _monotonic_row_gradient(score, theta, least, weight, far, slope)
            _write(slope, grad[n, i], low, high)
