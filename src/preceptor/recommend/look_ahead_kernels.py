"""What answers to every question do to a few units of an LSTM, to first order; compiled when first used."""

from typing import Any

import numba
import numpy as np

TOGETHER = 1_024
"""Questions whose sums stay in the cache while all units pass."""


@numba.njit(cache=True, fastmath={"reassoc", "contract", "nsz"}, nogil=True, error_model="numpy")
def first_order(table: Any, unit: Any, answer: Any, cell: Any, slope: Any, out: Any) -> None:
    """out[q] = Σ_j slope[j]·h′_j(q) over units j, for one outcome.

    With a table of exponentials no exponential is left: σ(x) = 1/(1 + e^−x) and e^−(x+y) = e^−x·e^−y. tanh of the new
    cell is its continued fraction to x⁷, right to 1e−4.

    Args:
        table: float32 [units, 4, questions], e^−i, e^−f, e^−o and e^2g of what each question adds to a unit's gates.
        unit: int64 [m], which units.
        answer: float32 [m, 4], the same exponentials of what the answer and the state before add.
        cell: float32 [m], the units' cells before.
        slope: float32 [m].
        out: float32 [questions], written.
    """
    one, most = np.float32(1.0), np.float32(4.9)
    for start in range(0, len(out), TOGETHER):
        total = out[start : start + TOGETHER]
        total[:] = np.float32(0.0)
        for j in range(len(unit)):
            rows = table[unit[j]]
            enter, forget = rows[0, start : start + TOGETHER], rows[1, start : start + TOGETHER]
            leave, new = rows[2, start : start + TOGETHER], rows[3, start : start + TOGETHER]
            e, f, o, g, c, s = answer[j, 0], answer[j, 1], answer[j, 2], answer[j, 3], cell[j], slope[j]
            for q in range(len(total)):
                twice = new[q] * g
                x = c / (one + forget[q] * f) + (twice - one) / ((one + enter[q] * e) * (twice + one))
                x = min(max(x, -most), most)
                y = x * x
                above = x * (np.float32(135135.0) + y * (np.float32(17325.0) + y * (np.float32(378.0) + y)))
                below = np.float32(135135.0) + y * (
                    np.float32(62370.0) + y * (np.float32(3150.0) + y * np.float32(28.0))
                )
                total[q] += s * above / (below * (one + leave[q] * o))
