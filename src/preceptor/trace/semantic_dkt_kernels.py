"""The factorised head's add, ReLU and dot in one pass over memory; compiled when first used."""

from typing import Any

import numba
import numpy as np

TOGETHER = 8
"""Students that share a read of a question's row while it is in the cache."""


@numba.njit(cache=True, fastmath={"reassoc", "contract", "nsz"}, nogil=True, error_model="numpy")
def dots(student: Any, table: Any, column: Any, weight: Any, out: Any) -> None:
    """out[i, j] = Σ_u weight[u] · max(0, student[i, u] + table[column[i, j], u]).

    Args:
        student: float32 [n, lift].
        table: float32 [rows, lift].
        column: int64 [n, m], rows of `table`.
        weight: float32 [lift].
        out: float32 [n, m], written.
    """
    n, m = column.shape
    for first in range(0, n, TOGETHER):
        for j in range(m):
            for i in range(first, min(first + TOGETHER, n)):
                own, asked, total = student[i], table[column[i, j]], np.float32(0.0)
                for u in range(len(weight)):
                    total += weight[u] * max(np.float32(0.0), own[u] + asked[u])
                out[i, j] = total


@numba.njit(cache=True, fastmath={"reassoc", "contract", "nsz"}, nogil=True, error_model="numpy")
def pair_dots(student: Any, table: Any, weight: Any, out: Any, start: int, stop: int) -> None:
    """out[i, j] = Σ_u weight[u] · max(0, student[i, u] + table[j, u]) for all i and start ≤ j < stop.

    Four students go together: a row of the table and the weight are read once for them.

    Args:
        student: float32 [n, lift].
        table: float32 [rows, lift].
        weight: float32 [lift].
        out: float32 [n, rows], columns start:stop are written.
        start: First row of the table.
        stop: Row after the last one.
    """
    n, zero = len(student), np.float32(0.0)
    for i in range(0, n, 4):
        i1, i2, i3 = min(i + 1, n - 1), min(i + 2, n - 1), min(i + 3, n - 1)  # the last one again where there are less
        a0, a1, a2, a3 = student[i], student[i1], student[i2], student[i3]
        for j in range(start, stop):
            asked, t0, t1, t2, t3 = table[j], zero, zero, zero, zero
            for u in range(len(weight)):
                k, w = asked[u], weight[u]
                t0 += w * max(zero, a0[u] + k)
                t1 += w * max(zero, a1[u] + k)
                t2 += w * max(zero, a2[u] + k)
                t3 += w * max(zero, a3[u] + k)
            out[i, j], out[i1, j], out[i2, j], out[i3, j] = t0, t1, t2, t3


@numba.njit(cache=True, fastmath={"reassoc", "contract", "nsz"}, nogil=True, error_model="numpy")
def pair_gradients(student: Any, table: Any, weight: Any, grad: Any, of_weight: Any, start: int, stop: int) -> None:
    """Gradients of `pair_dots` for units start ≤ u < stop, in one pass over all pairs.

    With P[u, i] = Σ_j grad[i, j]·[student[u, i] + table[u, j] > 0] and Q[u, j] the same sum over i, those of student
    and table are weight[u]·P and weight[u]·Q, and that of weight[u] is Σ_i student[u, i]·P[u, i] + Σ_j
    table[u, j]·Q[u, j]. Every unit is a thread's own, so that nothing is written by two.

    Args:
        student: float32 [lift, n], transposed; n a multiple of 8, rows of `grad` that fill it up are 0. Units
            start:stop become its gradients.
        table: float32 [lift, rows], transposed; likewise.
        weight: float32 [lift].
        grad: float32 [n, rows], gradient of the dots.
        of_weight: float32 [lift], units start:stop are written.
        start: First unit.
        stop: Unit after the last one.
    """
    zero = np.float32(0.0)
    found = np.empty(table.shape[1], dtype=np.float32)
    for u in range(start, stop):
        own, asked, w, total = student[u], table[u], weight[u], zero
        found[:] = zero
        for i in range(0, len(own), 8):
            a0, a1, a2, a3 = own[i], own[i + 1], own[i + 2], own[i + 3]
            a4, a5, a6, a7 = own[i + 4], own[i + 5], own[i + 6], own[i + 7]
            g0, g1, g2, g3 = grad[i], grad[i + 1], grad[i + 2], grad[i + 3]
            g4, g5, g6, g7 = grad[i + 4], grad[i + 5], grad[i + 6], grad[i + 7]
            p0, p1, p2, p3, p4, p5, p6, p7 = zero, zero, zero, zero, zero, zero, zero, zero
            for j in range(len(asked)):
                least = -asked[j]
                x0 = g0[j] if a0 > least else zero
                x1 = g1[j] if a1 > least else zero
                x2 = g2[j] if a2 > least else zero
                x3 = g3[j] if a3 > least else zero
                x4 = g4[j] if a4 > least else zero
                x5 = g5[j] if a5 > least else zero
                x6 = g6[j] if a6 > least else zero
                x7 = g7[j] if a7 > least else zero
                p0 += x0
                p1 += x1
                p2 += x2
                p3 += x3
                p4 += x4
                p5 += x5
                p6 += x6
                p7 += x7
                found[j] += ((x0 + x1) + (x2 + x3)) + ((x4 + x5) + (x6 + x7))
            total += ((a0 * p0 + a1 * p1) + (a2 * p2 + a3 * p3)) + ((a4 * p4 + a5 * p5) + (a6 * p6 + a7 * p7))
            own[i], own[i + 1], own[i + 2], own[i + 3] = w * p0, w * p1, w * p2, w * p3
            own[i + 4], own[i + 5], own[i + 6], own[i + 7] = w * p4, w * p5, w * p6, w * p7
        for j in range(len(asked)):
            total += asked[j] * found[j]
            asked[j] = w * found[j]
        of_weight[u] = total


@numba.njit(cache=True, fastmath={"reassoc", "contract", "nsz"}, nogil=True, error_model="numpy")
def pair_student_gradients(student: Any, table: Any, weight: Any, grad: Any, start: int, stop: int) -> None:
    """What `pair_gradients` gives students, alone; nothing is summed for the table.

    Eight students keep their rows of `grad` in the cache for all units.

    Args:
        student: As there; units start:stop become its gradients.
        table: As there, but only read.
        weight: As there.
        grad: As there.
        start: First unit.
        stop: Unit after the last one.
    """
    zero = np.float32(0.0)
    for i in range(0, student.shape[1], 8):
        g0, g1, g2, g3 = grad[i], grad[i + 1], grad[i + 2], grad[i + 3]
        g4, g5, g6, g7 = grad[i + 4], grad[i + 5], grad[i + 6], grad[i + 7]
        for u in range(start, stop):
            own, asked, w = student[u], table[u], weight[u]
            a0, a1, a2, a3 = own[i], own[i + 1], own[i + 2], own[i + 3]
            a4, a5, a6, a7 = own[i + 4], own[i + 5], own[i + 6], own[i + 7]
            p0, p1, p2, p3, p4, p5, p6, p7 = zero, zero, zero, zero, zero, zero, zero, zero
            for j in range(len(asked)):
                least = -asked[j]
                p0 += g0[j] if a0 > least else zero
                p1 += g1[j] if a1 > least else zero
                p2 += g2[j] if a2 > least else zero
                p3 += g3[j] if a3 > least else zero
                p4 += g4[j] if a4 > least else zero
                p5 += g5[j] if a5 > least else zero
                p6 += g6[j] if a6 > least else zero
                p7 += g7[j] if a7 > least else zero
            own[i], own[i + 1], own[i + 2], own[i + 3] = w * p0, w * p1, w * p2, w * p3
            own[i + 4], own[i + 5], own[i + 6], own[i + 7] = w * p4, w * p5, w * p6, w * p7
