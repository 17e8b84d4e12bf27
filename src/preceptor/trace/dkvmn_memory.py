"""Reads of a memory that is written after every read."""

from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch import Tensor

from preceptor.trace.compiled import can_compile


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
    if not can_compile(start):
        return plain_memory_reads(start, writing, key, answer, real)
    return _Reads.apply(start, *writing, key, answer, real.sum(1))  # type: ignore[no-any-return,no-untyped-call]


def plain_memory_reads(start: Tensor, writing: Writing, key: Tensor, answer: Tensor, real: Tensor) -> Tensor:
    """`memory_reads` step by step, on any device."""
    keys, answers = (torch.zeros(real.shape, dtype=torch.int64, device=real.device) for _ in range(2))
    keys[real], answers[real] = key, answer
    memory, reads = start.expand(len(real), -1, -1), []
    for step in range(real.shape[1]):
        weight = writing.weight[keys[:, step]][:, :, None]
        reads.append((weight * memory).sum(1))
        erase, add = (rows[answers[:, step]][:, None] for rows in (writing.erase, writing.add))
        memory = memory * (1 - weight * erase) + weight * add
    return torch.stack(reads, dim=1)[real]


class _Reads(torch.autograd.Function):
    """Compiled; of the memories, one in every `SEGMENT` answers is kept for the way back."""

    @staticmethod
    def forward(
        ctx: Any, start: Tensor, weight: Tensor, erase: Tensor, add: Tensor, key: Tensor, answer: Tensor, length: Tensor
    ) -> Tensor:
        from preceptor.trace.dkvmn_kernels import SEGMENT, sweep  # compiled on first use

        segments = int(((length + SEGMENT - 1) // SEGMENT).sum()) if any(ctx.needs_input_grad) else 0
        kept, reads = start.new_empty(segments, *start.shape), start.new_empty(len(key), start.shape[1])
        begins = torch.cat([length.new_zeros(1), length.cumsum(0)])
        tensors = [tensor.contiguous() for tensor in (weight, erase, add, key, answer, begins)]
        kernel: Callable[..., None] = sweep
        kernel(start.contiguous().numpy(), *(tensor.numpy() for tensor in tensors), reads.numpy(), kept.numpy())
        ctx.save_for_backward(kept, *tensors)
        return reads

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor | None, ...]:
        from preceptor.trace.dkvmn_kernels import sweep_back

        kept, weight, erase, add, *_ = saved = ctx.saved_tensors
        found = [kept.new_zeros(kept.shape[1:]), *(torch.zeros_like(rows) for rows in (weight, erase, add))]
        sweep_back(*(tensor.numpy() for tensor in (*saved, grad.contiguous(), *found)))
        return *found, None, None, None
