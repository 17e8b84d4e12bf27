"""Memories of FSRS-6 as a function that a fit can differentiate."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.forgetting.fsrs6_kernels import gradient, record, replay
from preceptor.forgetting.practice import PracticeLog


class Fsrs6Replay:
    """Memories [rows, k, 2] before every answer of whole histories as a function of the parameters.

    The same as `preceptor.forgetting.follow.memories` of tensors, compiled; its derivative is written by hand.

    Args:
        log: Whole histories.
        names: The curve's own parameters.
    """

    def __init__(self, log: PracticeLog, names: tuple[str, ...]) -> None:
        self.names, self.record = names, record(names)
        self.shape = (*log.concepts.shape, 2)
        row, slot = np.nonzero(log.concepts >= 0)
        strand = log.student[row].astype(np.int64) * (int(log.concepts.max(initial=0)) + 1) + log.concepts[row, slot]
        order = np.argsort(strand, kind="stable")
        row, slot, strand = row[order], slot[order], strand[order]
        self.begin = np.append(np.flatnonzero(np.diff(strand, prepend=-1)), len(strand)).astype(np.int64)
        self.cell = row * log.concepts.shape[1] + slot
        self.elapsed_days = np.asarray(log.elapsed_days[row, slot], dtype=np.float64)
        self.credit = log.correct[row].astype(np.float64)

    def __call__(self, values: Mapping[str, Tensor]) -> Tensor:
        """Memories under parameters by name."""
        memory: Tensor = _Memories.apply(torch.stack([values[name] for name in self.names]), self)  # type: ignore[no-untyped-call]
        return memory

    def forward(self, weights: Tensor) -> Tensor:
        """Memories from a vector of the parameters in the order of their names."""
        memory = np.zeros(self.shape)
        self._run(replay, weights, memory.reshape(-1, 2))
        return torch.from_numpy(memory)

    def backward(self, weights: Tensor, memory: Tensor, by_memory: Tensor) -> Tensor:
        """Derivative by that vector from the derivative by the memories."""
        by_weights = np.zeros(len(self.names))
        cells, by_cells = (x.detach().contiguous().numpy().reshape(-1, 2) for x in (memory, by_memory))
        self._run(gradient, weights, cells, by_cells, by_weights.view(self.record))
        return torch.from_numpy(by_weights)

    def _run(self, kernel: Callable[..., None], weights: Tensor, *arrays: NDArray[Any]) -> None:
        named = weights.detach().numpy().view(self.record)
        kernel(named, self.begin, self.cell, self.elapsed_days, self.credit, *arrays)


class _Memories(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, weights: Tensor, strands: Fsrs6Replay) -> Tensor:
        memory = strands.forward(weights)
        ctx.strands = strands
        ctx.save_for_backward(weights, memory)
        return memory

    @staticmethod
    def backward(ctx: Any, *by_memory: Tensor) -> tuple[Tensor, None]:
        return ctx.strands.backward(*ctx.saved_tensors, *by_memory), None
