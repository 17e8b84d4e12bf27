"""Sweeps over a student's memory that stays in the cache meanwhile; compiled when first used."""

from typing import Any

import numba
import numpy as np

SEGMENT = 16
"""Answers between two memories that are kept for the way back; those between are computed again."""

_FAST = {"reassoc", "contract", "nsz"}


@numba.njit(cache=True, fastmath=_FAST, nogil=True, error_model="numpy")
def _write(memory: Any, weight: Any, erase: Any, add: Any) -> None:
    """V_i ← V_i + w_i·(a − e ∘ V_i), in place."""
    slots, width = memory.shape
    for i in range(slots):
        share, slot = weight[i], memory[i]
        for j in range(width):
            slot[j] += share * (add[j] - erase[j] * slot[j])


@numba.njit(cache=True, fastmath=_FAST, nogil=True, error_model="numpy")
def sweep(
    start: Any, weight: Any, erase: Any, add: Any, key: Any, answer: Any, begins: Any, reads: Any, kept: Any
) -> None:
    """Read and write every student's memory through all answers.

    Args:
        start: float32 [slots, width].
        weight: float32 [keys, slots].
        erase: float32 [answers, width].
        add: float32 [answers, width].
        key: int64 [rows], rows of `weight`.
        answer: int64 [rows], rows of `erase` and `add`.
        begins: int64 [students + 1]; rows of student s are begins[s]:begins[s + 1].
        reads: float32 [rows, width], written.
        kept: float32 [segments, slots, width], the memory before each segment of each student, written; without
            segments nothing is kept.
    """
    slots, width = start.shape
    memory, segment = np.empty((slots, width), np.float32), 0
    for student in range(len(begins) - 1):
        memory[:] = start
        for row in range(begins[student], begins[student + 1]):
            if len(kept) and (row - begins[student]) % SEGMENT == 0:
                kept[segment] = memory
                segment += 1
            shares, read = weight[key[row]], reads[row]
            read[:] = np.float32(0.0)
            for i in range(slots):
                share, slot = shares[i], memory[i]
                for j in range(width):
                    read[j] += share * slot[j]
            _write(memory, shares, erase[answer[row]], add[answer[row]])


@numba.njit(cache=True, fastmath=_FAST, nogil=True, error_model="numpy")
def sweep_back(
    kept: Any,
    weight: Any,
    erase: Any,
    add: Any,
    key: Any,
    answer: Any,
    begins: Any,
    grad_reads: Any,
    grad_start: Any,
    grad_weight: Any,
    grad_erase: Any,
    grad_add: Any,
) -> None:
    """Gradients of `sweep`, added to the last four arrays; the others as there."""
    slots, width = grad_start.shape
    before, grad = np.empty((SEGMENT, slots, width), np.float32), np.empty((slots, width), np.float32)
    last = len(kept)
    for student in range(len(begins) - 2, -1, -1):
        grad[:] = np.float32(0.0)
        begin, end = begins[student], begins[student + 1]
        for first in range(begin + (end - begin - 1) // SEGMENT * SEGMENT, begin - 1, -SEGMENT):
            stop, last = min(first + SEGMENT, end), last - 1
            before[0] = kept[last]
            for row in range(first, stop - 1):
                before[row - first + 1] = before[row - first]
                _write(before[row - first + 1], weight[key[row]], erase[answer[row]], add[answer[row]])
            for row in range(stop - 1, first - 1, -1):
                _step_back(
                    before[row - first],
                    grad,
                    grad_reads[row],
                    weight[key[row]],
                    erase[answer[row]],
                    add[answer[row]],
                    grad_weight[key[row]],
                    grad_erase[answer[row]],
                    grad_add[answer[row]],
                )
        grad_start += grad


@numba.njit(cache=True, fastmath=_FAST, nogil=True, error_model="numpy")
def _step_back(
    memory: Any,
    grad: Any,
    grad_read: Any,
    weight: Any,
    erase: Any,
    add: Any,
    grad_weight: Any,
    grad_erase: Any,
    grad_add: Any,
) -> None:
    """`grad` goes from the gradient of the memory after a write to that of the memory before the read."""
    slots, width = memory.shape
    for i in range(slots):
        share, slot, own, total = weight[i], memory[i], grad[i], np.float32(0.0)
        # Three loops that each touch few arrays, so that the compiler can prove it may vectorise.
        for j in range(width):
            total += slot[j] * grad_read[j] + own[j] * (add[j] - erase[j] * slot[j])
        grad_weight[i] += total
        for j in range(width):
            grad_add[j] += share * own[j]
            grad_erase[j] -= share * own[j] * slot[j]
        for j in range(width):
            own[j] += share * (grad_read[j] - erase[j] * own[j])
