"""The products of states with the weights of the concepts that are asked, without a copy of weights an answer."""

from typing import Any

import torch
from torch import Tensor

from preceptor.trace.compiled import can_compile


def asked_products(hidden: Tensor, table: Tensor, concepts: Tensor) -> Tensor:
    """Mean over a question's concepts of h·w_c.

    Args:
        hidden: [answers, width], the states h.
        table: [concepts, width], the rows w_c.
        concepts: int64 [answers, slots], concepts of each asked question, −1 as padding.

    Returns:
        [answers]; 0 for a question without concepts.
    """
    if can_compile(hidden):
        return _Asked.apply(hidden, table, concepts)  # type: ignore[no-any-return,no-untyped-call]
    real = (concepts >= 0).to(table.dtype)
    rows = table[concepts.clamp(min=0)] * real[..., None]
    return (hidden * (rows.sum(1) / real.sum(1, keepdim=True).clamp(min=1))).sum(-1)


class _Asked(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, hidden: Tensor, table: Tensor, concepts: Tensor) -> Tensor:
        from preceptor.trace.asked_kernels import products  # compiled on first use

        hidden, table, concepts = hidden.contiguous(), table.contiguous(), concepts.contiguous()
        out = hidden.new_empty(len(hidden))
        products(*(tensor.detach().numpy() for tensor in (hidden, table, concepts, out)))
        ctx.save_for_backward(hidden, table, concepts)
        return out

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, Tensor, None]:
        from preceptor.trace.asked_kernels import gradients

        hidden, table, concepts = ctx.saved_tensors
        of_hidden, of_table = torch.zeros_like(hidden), torch.zeros_like(table)
        gradients(*(tensor.numpy() for tensor in (grad.contiguous(), hidden, table, concepts, of_hidden, of_table)))
        return of_hidden, of_table, None
