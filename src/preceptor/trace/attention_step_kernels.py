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


@numba.njit(fastmath=SUMS, nogil=True, error_model="numpy")
def _linear(weight: Any, shift: Any, vector: Any, result: Any) -> None:
    """Write W·vector + b into `result`; as fast as memory, and several rows at a time are slower."""
    for i in range(len(shift)):
        result[i] = _dot(weight[i], vector) + shift[i]


@numba.njit(inline="always", fastmath=SUMS, error_model="numpy")
def _norm(scale: Any, shift: Any, least_variance: Any, vector: Any) -> None:
    """Layer norm in place."""
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
def leave(
    query: Any,
    query_shift: Any,
    value: Any,
    value_shift: Any,
    keyed: Any,
    answered: Any,
    left_key: Any,
    left_value: Any,
) -> None:
    """Key and value, float32 [width] each, that an answer leaves; the last two arguments are written.

    Arrays stand one by one, here and below, because a call unpacks nested ones more slowly than it computes.
    """
    _linear(query, query_shift, keyed, left_key)
    _linear(value, value_shift, answered, left_value)


@numba.njit(fastmath=SUMS, nogil=True, error_model="numpy")
def _look(
    key: Any, value: Any, keys: Any, values: Any, count: int, own: bool, raw_decay: Any, least: Any, seen: Any
) -> None:
    """What all heads see, float32 [width], written into `seen`; arguments as of `through`."""
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
        decay = np.float32(np.log1p(np.exp(raw_decay[h])))
        monotonic_row(score, decay, np.float32(window - low), least, weight, far)
        for j in range(low, min(high, window)):
            share, old = weight[j - low], values[h, j]
            for i in range(width):
                found[i] += share * old[i]
        if own:
            share = weight[window - low]
            for i in range(width):
                found[i] += share * value[h * width + i]


@numba.njit(cache=True, fastmath=SUMS, nogil=True, error_model="numpy")
def through(
    key: Any,
    value: Any,
    keys: Any,
    values: Any,
    count: int,
    own: bool,
    raw_decay: Any,
    least: Any,
    mix: Any,
    mix_shift: Any,
    scale: Any,
    middle: Any,
    wide: Any,
    wide_shift: Any,
    narrow: Any,
    narrow_shift: Any,
    last_scale: Any,
    last_middle: Any,
    least_variance: Any,
    vector: Any,
) -> None:
    """A vector float32 [width] through a block, in place.

    Args:
        key: float32 [width], of the vector; its query too.
        value: float32 [width], seen where the vector sees itself.
        keys: float32 [heads, window, width a head], the student's.
        values: The same shape.
        count: Answers so far, at least 1.
        own: Whether the vector sees itself.
        raw_decay: float32 [heads], θ before its softplus.
        least: Least effect, see `decayed_weights`.
        mix: Weights of the layer that mixes the heads.
        mix_shift: Its shifts.
        scale: Scales of the first norm.
        middle: Its shifts.
        wide: Weights of the feed-forward part's first layer; without rows there is no such part.
        wide_shift: Its shifts.
        narrow: Weights of the second layer.
        narrow_shift: Its shifts.
        last_scale: Scales of the last norm.
        last_middle: Its shifts.
        least_variance: Of both norms.
        vector: What looks; becomes the result.
    """
    seen, added = np.empty_like(vector), np.empty_like(vector)
    _look(key, value, keys, values, count, own, raw_decay, least, seen)
    _linear(mix, mix_shift, seen, added)
    for j in range(len(vector)):
        vector[j] += added[j]
    _norm(scale, middle, least_variance, vector)
    if len(wide_shift) == 0:
        return
    inner = np.empty(len(wide_shift), np.float32)
    _linear(wide, wide_shift, vector, inner)
    for j in range(len(inner)):
        inner[j] = max(inner[j], ZERO)
    _linear(narrow, narrow_shift, inner, added)
    for j in range(len(vector)):
        vector[j] += added[j]
    _norm(last_scale, last_middle, least_variance, vector)
