"""Arithmetic that compiled kernels share; small enough to be inlined and vectorised."""

from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

FAST = {"contract", "nsz", "nnan", "ninf"}
"""Fused multiply-add only: results stay within a few units in the last place of the plain form."""

SUMS = {*FAST, "reassoc"}
"""Sums in any order too, so that they vectorise."""


@intrinsic
def _as_float(typing_context: Any, bits: Any) -> Any:
    """The float32 whose bits are those of an int32; unlike a view it can stand inside a vectorised loop."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.FloatType())

    return types.float32(types.int32), generate


@numba.njit(inline="always", fastmath=FAST, error_model="numpy")
def exp(x: Any) -> Any:
    """e^x within 2 units in the last place for |x| ≤ 87: 2^n times a polynomial on [−½ ln 2, ½ ln 2]."""
    x = min(max(x, np.float32(-87.0)), np.float32(87.0))
    n = np.floor(x * np.float32(1.4426950408889634) + np.float32(0.5))
    r = x - n * np.float32(0.693359375) - n * np.float32(-2.12194440e-4)
    p = np.float32(1.0 / 5040.0)
    p = p * r + np.float32(1.0 / 720.0)
    p = p * r + np.float32(1.0 / 120.0)
    p = p * r + np.float32(1.0 / 24.0)
    p = p * r + np.float32(1.0 / 6.0)
    p = p * r + np.float32(0.5)
    p = p * r + np.float32(1.0)
    p = p * r + np.float32(1.0)
    return p * _as_float(np.int32((np.int32(n) + np.int32(127)) << np.int32(23)))  # type: ignore[call-arg]


@numba.njit(inline="always", fastmath=FAST, error_model="numpy")
def sigmoid(x: Any) -> Any:
    """1/(1 + e^−x)."""
    return np.float32(1.0) / (np.float32(1.0) + exp(-x))


@numba.njit(inline="always", fastmath=FAST, error_model="numpy")
def tanh(x: Any) -> Any:
    """1 − 2/(1 + e^2x)."""
    return np.float32(1.0) - np.float32(2.0) / (np.float32(1.0) + exp(x + x))
