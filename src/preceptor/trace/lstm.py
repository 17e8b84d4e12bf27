"""An LSTM over histories of unlike length that computes nothing for padding, with a hand-written backward pass."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor

from preceptor.trace.compiled import can_compile
from preceptor.trace.packed_rows import rows_before, step_slices


@dataclass(frozen=True, slots=True)
class Packed:
    """Where the real positions of padded [students, steps] stand when all first steps come first, then all second.

    Students must be ordered by falling length, so that those who still answer at a step are the first ones.

    Args:
        active: Students that reach each step, never rising.
        index: int64 [answers], for every packed position its place in the flattened [students · steps].
    """

    active: tuple[int, ...]
    index: Tensor

    @classmethod
    def of(cls, real: Tensor) -> "Packed":
        """Pack the true positions of bool [students, steps].

        Raises:
            ValueError: If a later student has more of them.
        """
        steps = real.shape[1]
        active = tuple(n for n in real.sum(0).tolist() if n)
        lengths = real.sum(1)
        if bool((lengths[1:] > lengths[:-1]).any()):
            raise ValueError("Students must be ordered by falling length.")
        by_step = real.T.reshape(-1).nonzero()[:, 0]
        students = len(real)
        return cls(active, (by_step % students) * steps + by_step // students)


def packed_lstm(gates: Tensor, hidden: Tensor, cell: Tensor, recurrent: Tensor, active: tuple[int, ...]) -> Tensor:
    """Hidden states after every packed answer.

    With a = gates + U·h the activations in the order in, forget, out, candidate:
    c ← σ(a_f)·c + σ(a_i)·tanh(a_g), h ← σ(a_o)·tanh(c) (Hochreiter & Schmidhuber, 1997).

    Args:
        gates: [answers, 4·width], input part of the activations, packed; used up, so never read it again.
        hidden: [students, width], state before the first answer.
        cell: [students, width], likewise.
        recurrent: U, [4·width, width].
        active: See `Packed`.

    Returns:
        [answers, width], packed.
    """
    return _PackedLstm.apply(gates, hidden, cell, recurrent, active)  # type: ignore[no-any-return,no-untyped-call]


def lstm_step(gates: Tensor, hidden: Tensor, cell: Tensor, recurrent: Tensor) -> tuple[Tensor, Tensor]:
    """Hidden and cell state after one more answer of each student; gates [students, 4·width] as above."""
    width = hidden.shape[1]
    activations = gates + hidden @ recurrent.T
    enter, forget, leave = torch.sigmoid(activations[:, : 3 * width]).chunk(3, dim=1)
    after = forget * cell + enter * torch.tanh(activations[:, 3 * width :])
    return leave * torch.tanh(after), after


class _PackedLstm(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, gates: Tensor, hidden: Tensor, cell: Tensor, recurrent: Tensor, active: tuple[int, ...]
    ) -> Tensor:
        outputs = gates.new_empty(len(gates), hidden.shape[1])
        cells = torch.empty_like(outputs)
        step, transposed = _forward_step(gates, cells, outputs, cell), recurrent.T.contiguous()
        before, earlier = hidden, -1
        for rows in step_slices(active):
            gates[rows].addmm_(before[: rows.stop - rows.start], transposed)
            step(rows.start, rows.stop, earlier)
            before, earlier = outputs[rows], rows.start
        ctx.save_for_backward(gates, hidden, cell, recurrent, outputs, cells)
        ctx.active, ctx.used = active, False
        return outputs

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, None]:
        gates, hidden, cell, recurrent, outputs, cells = ctx.saved_tensors
        if ctx.used:
            raise RuntimeError("The gates were turned into gradients by the first backward pass; there is no second.")
        ctx.used = True
        grad_hidden, grad_cell = torch.zeros_like(hidden), torch.zeros_like(cell)
        step = _backward_step(gates, cells, grad.contiguous(), cell, grad_hidden, grad_cell)
        slices = step_slices(ctx.active)
        for rows, earlier in zip(reversed(slices), [*(s.start for s in reversed(slices[:-1])), -1], strict=True):
            step(rows.start, rows.stop, earlier)
            torch.mm(gates[rows], recurrent, out=grad_hidden[: rows.stop - rows.start])
        before = torch.cat([hidden[: ctx.active[0]], outputs[rows_before(ctx.active, outputs.device)]])
        return gates, grad_hidden, grad_cell, gates.T @ before, None


Step = Callable[[int, int, int], None]
"""Called with first and last packed row of a step, and the first row of the step before, −1 where there is none."""


def _forward_step(gates: Tensor, cells: Tensor, outputs: Tensor, start: Tensor) -> Step:
    """Gates in place, cells and outputs written, see `lstm_kernels.forward_step`."""
    if not can_compile(gates):
        return partial(_plain_forward, gates, cells, outputs, start)
    from preceptor.trace.lstm_kernels import forward_step  # compiled on first use

    kernel: Callable[..., None] = forward_step
    return partial(kernel, *(tensor.detach().numpy() for tensor in (gates, cells, outputs, start)))


def _backward_step(
    gates: Tensor, cells: Tensor, grad: Tensor, start: Tensor, grad_hidden: Tensor, grad_cell: Tensor
) -> Step:
    """Gates become gradients of their activations, see `lstm_kernels.backward_step`."""
    if not can_compile(gates):
        return partial(_plain_backward, gates, cells, grad, start, grad_hidden, grad_cell)
    from preceptor.trace.lstm_kernels import backward_step

    kernel: Callable[..., None] = backward_step
    tensors = (gates, cells, grad, start, grad_hidden, grad_cell)
    return partial(kernel, *(tensor.detach().numpy() for tensor in tensors))


def _before(cells: Tensor, start: Tensor, n: int, earlier: int) -> Tensor:
    return start[:n] if earlier < 0 else cells[earlier : earlier + n]


def _plain_forward(
    gates: Tensor, cells: Tensor, outputs: Tensor, start: Tensor, begin: int, end: int, earlier: int
) -> None:
    width, own = cells.shape[1], gates[begin:end]
    own[:, : 3 * width].sigmoid_()
    own[:, 3 * width :].tanh_()
    enter, forget, leave, candidate = own.chunk(4, dim=1)
    cells[begin:end] = forget * _before(cells, start, end - begin, earlier) + enter * candidate
    outputs[begin:end] = leave * torch.tanh(cells[begin:end])


def _plain_backward(
    gates: Tensor,
    cells: Tensor,
    grad: Tensor,
    start: Tensor,
    grad_hidden: Tensor,
    grad_cell: Tensor,
    begin: int,
    end: int,
    earlier: int,
) -> None:
    n = end - begin
    enter, forget, leave, candidate = gates[begin:end].chunk(4, dim=1)
    squashed, out, carried = torch.tanh(cells[begin:end]), grad[begin:end] + grad_hidden[:n], grad_cell[:n]
    carried += out * leave * (1 - squashed * squashed)
    parts = (
        carried * candidate * enter * (1 - enter),
        carried * _before(cells, start, n, earlier) * forget * (1 - forget),
        out * squashed * leave * (1 - leave),
        carried * enter * (1 - candidate * candidate),
    )
    carried *= forget
    gates[begin:end] = torch.cat(parts, dim=1)
