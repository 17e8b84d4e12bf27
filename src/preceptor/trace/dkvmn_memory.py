"""Reads of a memory that is written after every read."""

from typing import NamedTuple

import torch
from torch import Tensor


class Writing(NamedTuple):
    """What reads and writes use, one row for each that occurs in a batch.

    Args:
        weight: [keys, slots], how much a key reads from and writes to every slot.
        erase: [answers, width], the share of a slot that an answer erases at weight 1.
        add: [answers, width], what it adds there.
    """

    weight: Tensor
    erase: Tensor
    add: Tensor


def memory_reads(start: Tensor, writing: Writing, key: Tensor, answer: Tensor, real: Tensor) -> Tensor:
    """What every answer's question reads before the answer is written.

    r_t = Σ_i w_i·V_i, then V_i ← V_i ∘ (1 − w_i·e_t) + w_i·a_t, from V = `start` for each student.

    Args:
        start: [slots, width].
        writing: Rows that `key` and `answer` point at.
        key: int64 [answers], row of `writing.weight` of every real position in row-major order.
        answer: int64 [answers], row of `writing.erase` and `writing.add`.
        real: bool [students, steps], true at the first positions of each student.

    Returns:
        [answers, width].
    """
    return _by_steps(start, writing, key, answer, real)


def _by_steps(start: Tensor, writing: Writing, key: Tensor, answer: Tensor, real: Tensor) -> Tensor:
    keys, answers = (torch.zeros(real.shape, dtype=torch.int64, device=real.device) for _ in range(2))
    keys[real], answers[real] = key, answer
    memory, reads = start.expand(len(real), -1, -1), []
    for step in range(real.shape[1]):
        weight = writing.weight[keys[:, step]][:, :, None]
        reads.append((weight * memory).sum(1))
        erase, add = (rows[answers[:, step]][:, None] for rows in (writing.erase, writing.add))
        memory = memory * (1 - weight * erase) + weight * add
    return torch.stack(reads, dim=1)[real]
