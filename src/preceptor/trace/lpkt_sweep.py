"""Cells of knowledge through whole histories, with a hand-written way back."""

from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.trace.compiled import can_compile
from preceptor.trace.packed_rows import rows_before, step_slices

ELSEWHERE = 0.03
"""γ: how much a question counts for concepts that it does not exercise."""
_ELSEWHERE = np.float32(ELSEWHERE)


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
    """The recurrence and its way back compiled; cells and gates of all answers are kept between them."""

    @staticmethod
    def forward(ctx: Any, *tensors: Any) -> Tensor:
        from preceptor.trace.lpkt_kernels import sweep  # compiled on first use

        start, fade, fade_gain, of_known, shift, given, kept, own, active = tensors
        shift, given, kept, own = shift.clone(), given.clone(), kept.contiguous(), own.contiguous()
        training = any(ctx.needs_input_grad)
        cells = start.new_empty(len(own) if training else 1, *start.shape)
        gates, gain, known = torch.empty_like(cells), torch.zeros_like(kept), torch.zeros_like(kept)
        weights, answers = _arrays(start, fade.T, fade_gain.T, of_known.T), _arrays(shift, given, kept, own)
        sweep(*(weights, *answers, _ELSEWHERE, *_first_and_length(active), *_arrays(cells, gates, gain, known)))
        if training:
            ctx.save_for_backward(fade, fade_gain, of_known, given, kept, own, cells, gates, gain, known)
            ctx.active = active
        return known

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor | None, ...]:
        from preceptor.trace.lpkt_kernels import sweep_back

        fade, fade_gain, of_known, given, kept, own, cells, gates, gain, known = ctx.saved_tensors
        given, grad, active = given.clone(), grad.clone(), ctx.active
        grad_shift, grad_start, grad_fade = torch.empty_like(kept), torch.zeros_like(cells[0]), torch.zeros_like(fade)
        weights, answers = _arrays(fade, fade_gain, of_known), _arrays(given, kept, own)
        written = _arrays(cells, gates, grad, grad_shift, grad_start, grad_fade)
        sweep_back(*(weights, *answers, _ELSEWHERE, *_first_and_length(active), *written))
        grad_fade_gain = grad_shift[active[0] :].T @ gain[rows_before(active, gain.device)]
        return grad_start, grad_fade, grad_fade_gain, given.T @ known, grad_shift, given, None, None, None


def _arrays(*tensors: Tensor) -> tuple[NDArray[Any], ...]:
    return tuple(tensor.detach().contiguous().numpy() for tensor in tensors)


def _first_and_length(active: tuple[int, ...]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First row of every step and number of answers of every student, int64."""
    reached = np.asarray(active, dtype=np.int64)
    return np.cumsum(reached) - reached, (reached[:, None] > np.arange(reached[0])).sum(axis=0)
