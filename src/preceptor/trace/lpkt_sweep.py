"""Cells of knowledge through whole histories, with a hand-written way back."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from preceptor.trace.compiled import can_compile
from preceptor.trace.packed_rows import step_slices

ELSEWHERE = 0.03
"""γ: how much a question counts for concepts that it does not exercise."""


class Weights(NamedTuple):
    """What the recurrence multiplies with.

    Args:
        start: [concepts, width], cells before the first answer.
        fade: W_f, [width, width].
        fade_gain: G_f, [width, width].
        of_known: [2·width, width], the part of [W_g; W_t] that takes what was read.
    """

    start: Tensor
    fade: Tensor
    fade_gain: Tensor
    of_known: Tensor


class Answered(NamedTuple):
    """What is known of all answers before the cells are; rows step by step, see `packed_rows`.

    Args:
        shift: [answers, width], the interval's part in fading.
        given: [answers, 2·width], all parts of the gain but what was read.
        kept: [answers, width], what dropout multiplies the gain with.
        own: int64 [answers, slots], the question's concepts, −1 as padding.
    """

    shift: Tensor
    given: Tensor
    kept: Tensor
    own: Tensor


def exercises(own: Tensor, concepts: int) -> Tensor:
    """q_k, [..., concepts], of concepts `own` int64 [..., slots]: 1 for these, γ for all others."""
    row = torch.full((*own.shape[:-1], concepts + 1), ELSEWHERE, device=own.device)
    return row.scatter(-1, torch.where(own >= 0, own, concepts), 1.0)[..., :-1]


def faded(weights: Weights, cells: Tensor, gain: Tensor, shift: Tensor) -> Tensor:
    """What an interval leaves of cells [n, concepts, width] after a last gain [n, width], by its shift [n, width]."""
    total = shift + gain @ weights.fade_gain.T
    return cells * torch.sigmoid(cells @ weights.fade.T + total[:, None])


def gained(weights: Weights, given: Tensor, known: Tensor) -> Tensor:
    """What an answer teaches who knew `known` [n, width], [n, width]; `given` as in `Answered`."""
    gate, taught = (given + known @ weights.of_known.T).chunk(2, dim=1)
    return torch.sigmoid(gate) * (torch.tanh(taught) + 1) / 2


def read_cells(weights: Weights, answered: Answered, active: tuple[int, ...]) -> Tensor:
    """Σ_k q_k h_k for every answer's question, after fading and before the answer, [answers, width].

    See `LpktTracer` for what happens between.
    """
    start = weights.start
    if not can_compile(start):
        return plain_read_cells(weights, answered, active)
    return _Cells.apply(*weights, *answered, active)  # type: ignore[no-any-return,no-untyped-call]


def plain_read_cells(weights: Weights, answered: Answered, active: tuple[int, ...]) -> Tensor:
    """`read_cells` on any device."""
    cells, gain = weights.start.expand(active[0], -1, -1), torch.zeros_like(answered.kept[: active[0]])
    read = []
    for rows, n in zip(step_slices(active), active, strict=True):
        cells = faded(weights, cells[:n], gain[:n], answered.shift[rows])
        share = exercises(answered.own[rows], cells.shape[1]).to(cells.dtype)
        read.append((share[:, None] @ cells)[:, 0])
        gain = gained(weights, answered.given[rows], read[-1]) * answered.kept[rows]
        cells = torch.baddbmm(cells, share[:, :, None], gain[:, None])
    return torch.cat(read)


class _Cells(torch.autograd.Function):
    """Products by torch, the rest compiled; cells and gates of all answers are kept for the way back."""

    @staticmethod
    def forward(ctx: Any, *tensors: Any) -> Tensor:
        from preceptor.trace.lpkt_kernels import fade_and_read, learn  # compiled on first use

        start, fade, fade_gain, of_known, shift, given, kept, own, active = tensors
        shift, given, kept, own = shift.clone(), given.clone(), kept.contiguous(), own.contiguous()
        training, slices = any(ctx.needs_input_grad), step_slices(active)
        cells = start.new_empty(len(own) if training else 2 * active[0], *start.shape)
        gates = torch.empty_like(cells if training else cells[: active[0]])
        gain, known = torch.zeros_like(kept), torch.empty_like(kept)
        faded = torch.empty_like(cells[: active[0]])
        now = cells[: active[0]].copy_(start)
        for step, rows in enumerate(slices):
            n = active[step]
            if step:
                shift[rows].addmm_(gain[slices[step - 1]][:n], fade_gain.T)
            gate = gates[rows] if training else gates[:n]
            torch.mm(now[:n].flatten(0, 1), fade.T, out=gate.flatten(0, 1))
            _run(fade_and_read, gate, shift[rows], now[:n], own[rows], ELSEWHERE, faded[:n], known[rows])
            if step + 1 == len(active):
                break
            following = active[step + 1]
            given[rows].addmm_(known[rows], of_known.T)
            later = slices[step + 1] if training else slice((step + 1) % 2 * active[0], None)
            now, some = cells[later][:following], slice(rows.start, rows.start + following)
            _run(learn, given[some], kept[some], own[some], ELSEWHERE, faded[:following], gain[some], now)
        if training:
            ctx.save_for_backward(fade, fade_gain, of_known, given, kept, own, cells, gates, gain, known)
            ctx.active = active
        return known

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor | None, ...]:
        from preceptor.trace.lpkt_kernels import unfade, unlearn

        fade, fade_gain, of_known, given, kept, own, cells, gates, gain, known = ctx.saved_tensors
        given, gates, grad = given.clone(), gates.clone(), grad.clone()
        active, slices = ctx.active, step_slices(ctx.active)
        grad_shift, grad_gain = torch.empty_like(kept), torch.zeros_like(kept[: active[0]])
        grad_cells = torch.zeros_like(cells[: active[0]])
        for step in range(len(active) - 1, -1, -1):
            rows, n = slices[step], active[step]
            following = active[step + 1] if step + 1 < len(active) else 0
            some = slice(rows.start, rows.start + following)
            given[some.stop : rows.stop] = 0  # no one reads what a last answer taught
            _run(unlearn, given[some], kept[some], own[some], ELSEWHERE, grad_cells[:following], grad_gain[:following])
            grad[rows].addmm_(given[rows], of_known)
            _run(unfade, gates[rows], cells[rows], own[rows], ELSEWHERE, grad[rows], grad_cells[:n], grad_shift[rows])
            grad_cells[:n].flatten(0, 1).addmm_(gates[rows].flatten(0, 1), fade)
            torch.mm(grad_shift[rows], fade_gain, out=grad_gain[:n])
        before = torch.cat([gain[rows][:n] for rows, n in zip(slices, active[1:], strict=False)] or [gain[:0]])
        weights = (
            grad_cells.sum(0),
            gates.flatten(0, 1).T @ cells.flatten(0, 1),
            grad_shift[active[0] :].T @ before,
            given.T @ known,
        )
        return *weights, grad_shift, given, None, None, None


def _run(kernel: Callable[..., None], *arguments: Any) -> None:
    kernel(*(value.numpy() if isinstance(value, Tensor) else np.float32(value) for value in arguments))
