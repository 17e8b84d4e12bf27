"""All pairs of students and table rows through the head's last layer, with gradients, in compiled kernels."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import pad

TOGETHER = 8
"""Students that the kernel of gradients takes at once."""
SPLIT_FROM = 4_000_000
"""Products from which the work is shared by threads; below, starting them takes longer."""


def pair_dots(student: Tensor, table: Tensor, weight: Tensor) -> Tensor:
    """Σ_u weight[u]·ReLU(student[i, u] + table[j, u]) for all pairs, with gradients where they are recorded.

    Neither direction makes anything of size n·rows·lift. The kernels stand in `semantic_dkt_kernels`.

    Args:
        student: float32 [n, lift] on the CPU.
        table: float32 [rows, lift].
        weight: float32 [lift].

    Returns:
        float32 [n, rows].
    """
    if torch.is_grad_enabled():
        return _PairDots.apply(student, table, weight)  # type: ignore[no-any-return,no-untyped-call]
    return _forward(student, table, weight)


class _PairDots(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, student: Tensor, table: Tensor, weight: Tensor) -> Tensor:
        ctx.save_for_backward(student, table, weight)
        return _forward(student, table, weight)

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, Tensor | None, Tensor | None]:
        student, table, weight = ctx.saved_tensors
        n, filled = len(student), -(-len(student) // TOGETHER) * TOGETHER
        of_student, given = _copied(_padded(student, filled).T), _padded(grad, filled).contiguous()
        if not any(ctx.needs_input_grad[1:]):
            _student_gradients(of_student, table, weight, given)
            return of_student.T[:n], None, None
        of_table, of_weight = _copied(table.T), torch.empty_like(weight)
        _gradients(of_student, of_table, weight, given, of_weight)
        return of_student.T[:n], of_table.T, of_weight


def _gradients(of_student: Tensor, of_table: Tensor, weight: Tensor, grad: Tensor, of_weight: Tensor) -> None:
    from preceptor.trace.semantic_dkt_kernels import pair_gradients  # compiled on first use

    kernel: Callable[..., None] = pair_gradients
    arrays = [_array(values) for values in (of_student, of_table, weight, grad, of_weight)]
    _shared(lambda start, stop: kernel(*arrays, start, stop), len(weight), grad.numel())


def _student_gradients(of_student: Tensor, table: Tensor, weight: Tensor, grad: Tensor) -> None:
    from preceptor.trace.semantic_dkt_kernels import pair_student_gradients

    kernel: Callable[..., None] = pair_student_gradients
    arrays = [_array(values) for values in (of_student, table.T, weight, grad)]
    _shared(lambda start, stop: kernel(*arrays, start, stop), len(weight), grad.numel())


def _padded(rows: Tensor, n: int) -> Tensor:
    """`rows` with rows of 0 up to n."""
    return rows if len(rows) == n else pad(rows, (0, 0, 0, n - len(rows)))


def _copied(values: Tensor) -> Tensor:
    """A copy row by row, whatever the order of the original."""
    return values.clone(memory_format=torch.contiguous_format)


def _forward(student: Tensor, table: Tensor, weight: Tensor) -> Tensor:
    from preceptor.trace.semantic_dkt_kernels import pair_dots as compiled

    kernel: Callable[..., None] = compiled
    out = student.new_empty(len(student), len(table))
    arrays = [_array(student), _array(table), _array(weight), out.numpy()]
    _shared(lambda start, stop: kernel(*arrays, start, stop), len(table), len(student) * len(weight))
    return out


def _shared(work: Callable[[int, int], None], items: int, products_each: int) -> None:
    """Call `work(start, stop)` for all items, on as many threads as torch has if that is worth it."""
    threads = min(torch.get_num_threads(), items) if items * products_each >= SPLIT_FROM else 1
    if threads <= 1:
        work(0, items)
        return
    ends = [items * i // threads for i in range(threads + 1)]
    list(_pool(os.getpid(), threads).map(work, ends[:-1], ends[1:]))


@cache
def _pool(process: int, threads: int) -> ThreadPoolExecutor:
    """Threads that wait between calls: new ones take turns on one core at first, which doubles the time of a call.

    Args:
        process: The process they belong to; a forked one has none of its parent's.
        threads: How many.
    """
    return ThreadPoolExecutor(threads)


def _array(tensor: Tensor) -> NDArray[np.float32]:
    return np.asarray(tensor.detach().contiguous().numpy())
