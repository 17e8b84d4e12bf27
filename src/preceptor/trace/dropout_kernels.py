"""Dropout in one pass over memory; compiled when first used."""

from typing import Any

import numba
import numpy as np

from preceptor.trace.kernel_math import FAST


@numba.njit(cache=True, fastmath=FAST, nogil=True, error_model="numpy")
def thin(values: Any, noise: Any, dropped: int, stretch: float, out: Any) -> None:
    """Write the values that stay, stretched, and 0 for the others.

    Args:
        values: float32 [n].
        noise: uint8 [at least n], random.
        dropped: Values whose noise is below this become 0.
        stretch: What the others are multiplied by.
        out: float32 [n]; written.
    """
    factor, limit = np.float32(stretch), np.uint8(dropped)
    for i in range(len(out)):
        out[i] = values[i] * factor if noise[i] >= limit else np.float32(0.0)
