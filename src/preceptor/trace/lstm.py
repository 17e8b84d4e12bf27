"""An LSTM over histories of unlike length that computes nothing for padding, with a hand-written backward pass."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.trace.compiled import can_compile
from preceptor.trace.packed_rows import rows_before, step_slices
from preceptor.trace.rows import Rows


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


def packed_lstm(inputs: Rows, hidden: Tensor, cell: Tensor, recurrent: Tensor, active: tuple[int, ...]) -> Tensor:
    """Hidden states before every packed answer.

    With a = input + U·h the activations in the order in, forget, out, candidate:
    c ← σ(a_f)·c + σ(a_i)·tanh(a_g), h ← σ(a_o)·tanh(c) (Hochreiter & Schmidhuber, 1997).

    Args:
        inputs: Input part of the activations of every answer that another one follows, packed, [4·width] each.
        hidden: [students, width], state before the first answer.
        cell: [students, width], likewise.
        recurrent: U, [4·width, width].
        active: See `Packed`.

    Returns:
        [answers, width], packed; the first rows are `hidden`.
    """
    arguments = (inputs.table, inputs.index, hidden, cell, recurrent, active)
    return _PackedLstm.apply(*arguments)  # type: ignore[no-any-return,no-untyped-call]


def lstm_step(gates: Tensor, hidden: Tensor, cell: Tensor, recurrent: Tensor) -> tuple[Tensor, Tensor]:
    """Hidden and cell state after one more answer of each student; gates [students, 4·width] as above."""
    return lstm_cell(gates + hidden @ recurrent.T, cell)


def lstm_cell(activations: Tensor, cell: Tensor) -> tuple[Tensor, Tensor]:
    """Hidden and cell state that activations [..., 4·width] make of cells [..., width]; see `packed_lstm`."""
    width = cell.shape[-1]
    enter, forget, leave = torch.sigmoid(activations[..., : 3 * width]).chunk(3, dim=-1)
    after = forget * cell + enter * torch.tanh(activations[..., 3 * width :])
    return leave * torch.tanh(after), after


class _PackedLstm(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any,
        table: Tensor,
        index: Tensor | None,
        hidden: Tensor,
        cell: Tensor,
        recurrent: Tensor,
        active: tuple[int, ...],
    ) -> Tensor:
        students, answers, width = len(hidden), sum(active), hidden.shape[1]
        gates = hidden.new_empty(answers - students, 4 * width)
        states, cells = hidden.new_empty(answers, width), hidden.new_empty(answers, width)
        states[:students], cells[:students] = hidden, cell
        sweep, transposed = _Sweep(table.contiguous(), index, gates, states, cells), recurrent.T.contiguous()
        step = sweep.forward()
        for before, rows in pairwise(step_slices(active)):
            own = sweep.own(rows)
            torch.mm(states[before][: rows.stop - rows.start], transposed, out=gates[own])
            step(rows, before)
        ctx.save_for_backward(recurrent)
        ctx.sweep, ctx.active, ctx.used = sweep, active, False
        return states

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, None, Tensor, Tensor, Tensor, None]:
        if ctx.used:
            raise RuntimeError("The gates were turned into gradients by the first backward pass; there is no second.")
        ctx.used = True
        (recurrent,), sweep = ctx.saved_tensors, ctx.sweep
        students, gates = ctx.active[0], sweep.gates
        later = Later(grad.contiguous(), *(grad.new_zeros(students, grad.shape[1]) for _ in range(2)))
        of_table = gates if sweep.index is None else torch.zeros_like(sweep.table)
        step = sweep.backward(later, of_table)
        for before, rows in reversed(list(pairwise(step_slices(ctx.active)))):
            step(rows, before)
            own = sweep.own(rows)
            torch.mm(gates[own], recurrent, out=later.hidden[: rows.stop - rows.start])
        of_recurrent = gates.T @ sweep.states[rows_before(ctx.active, grad.device)]
        return of_table, None, later.hidden + grad[:students], later.cell, of_recurrent, None


Step = Callable[[slice, slice], None]
"""Called with the packed rows of a step and of the step before."""


class Later(NamedTuple):
    """Gradients that come from what follows.

    Args:
        outputs: [answers, width], of the states that are returned.
        hidden: [students, width], of the states after a step by way of later steps.
        cell: [students, width], of the cells after a step; becomes that of the cells before it.
    """

    outputs: Tensor
    hidden: Tensor
    cell: Tensor


@dataclass(frozen=True)
class _Sweep:
    """What a sweep reads and writes, and its two steps, see `lstm_kernels`."""

    table: Tensor
    index: Tensor | None
    gates: Tensor
    states: Tensor
    cells: Tensor

    def forward(self) -> Step:
        """Writes gates, states and cells of one step."""
        if not can_compile(self.gates):
            return self._plain_forward
        from preceptor.trace.lstm_kernels import forward_step  # compiled on first use

        kernel: Callable[..., None] = forward_step
        arrays = [_array(tensor) for tensor in (self.table, self._index(), self.gates, self.states, self.cells)]
        return lambda rows, before: kernel(*arrays, rows.start, rows.stop, before.start)

    def backward(self, later: Later, of_table: Tensor) -> Step:
        """Makes gates gradients of their activations, and adds these up in `of_table` if inputs were looked up."""
        if not can_compile(self.gates):
            return partial(self._plain_backward, later, of_table)
        from preceptor.trace.lstm_kernels import backward_step

        kernel: Callable[..., None] = backward_step
        arrays = [_array(tensor) for tensor in (self.gates, self.cells, *later, self._index(), of_table)]
        return lambda rows, before: kernel(*arrays, rows.start, rows.stop, before.start)

    def _index(self) -> Tensor:
        """Empty where every answer has a row of its own."""
        return torch.empty(0, dtype=torch.int64) if self.index is None else self.index

    def own(self, rows: slice) -> slice:
        """Rows of answers among those of gates, which the first ones have none of."""
        first = len(self.states) - len(self.gates)
        return slice(rows.start - first, rows.stop - first)

    def _plain_forward(self, rows: slice, before: slice) -> None:
        n, width, own = rows.stop - rows.start, self.cells.shape[1], self.gates[self.own(rows)]
        own += self.table[self.own(rows)] if self.index is None else self.table[self.index[self.own(rows)]]
        own[:, : 3 * width].sigmoid_()
        own[:, 3 * width :].tanh_()
        enter, forget, leave, candidate = own.chunk(4, dim=1)
        self.cells[rows] = forget * self.cells[before][:n] + enter * candidate
        self.states[rows] = leave * torch.tanh(self.cells[rows])

    def _plain_backward(self, later: Later, of_table: Tensor, rows: slice, before: slice) -> None:
        n, own = rows.stop - rows.start, self.own(rows)
        enter, forget, leave, candidate = self.gates[own].chunk(4, dim=1)
        squashed, out, carried = torch.tanh(self.cells[rows]), later.outputs[rows] + later.hidden[:n], later.cell[:n]
        carried += out * leave * (1 - squashed * squashed)
        parts = (
            carried * candidate * enter * (1 - enter),
            carried * self.cells[before][:n] * forget * (1 - forget),
            out * squashed * leave * (1 - leave),
            carried * enter * (1 - candidate * candidate),
        )
        carried *= forget
        self.gates[own] = torch.cat(parts, dim=1)
        if self.index is not None:
            of_table.index_add_(0, self.index[own], self.gates[own])


def _array(tensor: Tensor) -> NDArray[Any]:
    return tensor.detach().numpy()
