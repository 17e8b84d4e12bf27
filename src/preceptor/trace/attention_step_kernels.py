"""A block of monotonic attention for one vector behind one student's window; compiled when first used.

One vector is so little work that starting twenty operations costs more than their arithmetic.
"""

from typing import Any

import numba
import numpy as np

from preceptor.trace.attention_kernels import LANES, ONE, UNSEEN, ZERO, monotonic_row, seen_keys
from preceptor.trace.kernel_math import SUMS


@numba.njit(inline="always", fastmath=SUMS, error_model="numpy")
def _dot(one: Any, other: Any) -> Any:
    total = ZERO
    for j in range(len(one)):
        total += one[j] * other[j]
    return total


@numba.njit(cache=True, fastmath=SUMS, nogil=True, error_model="numpy")
def linear(layer: Any, vector: Any, result: Any) -> None:
    """Write W·vector + b into `result`, with `layer` = (W, b)."""
    weight, shift = layer
    for i in range(len(shift)):
        result[i] = _dot(weight[i], vector) + shift[i]


@numba.njit(inline="always", fastmath=SUMS, error_model="numpy")
def _norm(layer: Any, least_variance: Any, vector: Any) -> None:
    """Layer norm in place, with `layer` = (scale, shift)."""
    scale, shift = layer
    mean = variance = ZERO
    for j in range(len(vector)):
        mean += vector[j]
    mean /= np.float32(len(vector))
    for j in range(len(vector)):
        variance += (vector[j] - mean) ** 2
    share = ONE / np.sqrt(variance / np.float32(len(vector)) + least_variance)
    for j in range(len(vector)):
        vector[j] = (vector[j] - mean) * share * scale[j] + shift[j]


@numba.njit(cache=True, fastmath=SUMS, nogil=True, error_model="numpy")
def look(
    key: Any, value: Any, keys: Any, values: Any, count: int, own: bool, decay: Any, least: Any, seen: Any
) -> None:
    """What all heads see, float32 [width].

    Args:
        key: float32 [width], of the vector; its query too.
        value: float32 [width], seen where the vector sees itself.
        keys: float32 [heads, window, width a head], the student's.
        values: The same shape.
        count: Answers so far, at least 1.
        own: Whether the vector sees itself.
        decay: float32 [heads].
        least: Least effect, see `decayed_weights`.
        seen: Written.
    """
    heads, window, width = keys.shape
    low, high, room = seen_keys(window, max(window - count, 0), 0 if own else 1, window)
    scratch = np.empty((3, window + 1 + LANES), np.float32)
    score, weight, far = scratch[0, :room], scratch[1, :room], scratch[2, :room]
    scale = ONE / np.sqrt(np.float32(width))
    seen[:] = ZERO
    for h in range(heads):
        query, found = key[h * width : (h + 1) * width], seen[h * width : (h + 1) * width]
        score[:] = UNSEEN
        for j in range(low, min(high, window)):
            score[j - low] = _dot(query, keys[h, j]) * scale
        if own:
            score[window - low] = _dot(query, query) * scale
        monotonic_row(score, decay[h], np.float32(window - low), least, weight, far)
        for j in range(low, min(high, window)):
            share, old = weight[j - low], values[h, j]
            for i in range(width):
                found[i] += share * old[i]
        if own:
            share = weight[window - low]
            for i in range(width):
                found[i] += share * value[h * width + i]


@numba.njit(cache=True, fastmath=SUMS, nogil=True, error_model="numpy")
def rest(layers: Any, least_variance: Any, seen: Any, vector: Any) -> None:
    """Mixing, residual sums and norms; `vector` float32 [width] becomes the block's result in place.

    Args:
        layers: (mix, norm, first, second, last norm); of a block without a feed-forward part only the first two count.
        least_variance: Of the norms.
        seen: What `look` gave; used up.
        vector: What looked.
    """
    mix, norm, wide, narrow, last = layers
    mixed = np.empty_like(vector)
    linear(mix, seen, mixed)
    for j in range(len(vector)):
        vector[j] += mixed[j]
    _norm(norm, least_variance, vector)
    if len(wide[1]) == 0:
        return
    inner = np.empty(len(wide[1]), np.float32)
    linear(wide, vector, inner)
    for j in range(len(inner)):
        inner[j] = max(inner[j], ZERO)
    linear(narrow, inner, mixed)
    for j in range(len(vector)):
        vector[j] += mixed[j]
    _norm(last, least_variance, vector)


@numba.njit(cache=True, nogil=True, error_model="numpy")
def shifted(old: Any, newest: Any, result: Any) -> None:
    """Windows float32 [layers, heads, window, width] without their oldest row and with `newest` [layers, heads, width].

    Args:
        old: The windows.
        newest: What is put behind.
        result: Written.
    """
    layers, heads, window, _ = old.shape
    for k in range(layers):
        for h in range(heads):
            result[k, h, : window - 1] = old[k, h, 1:]
            result[k, h, window - 1] = newest[k, h]
