"""Dropout that spends one random byte a number; torch's own draws cost more than the matrix products around it."""

from typing import Any

import torch
from torch import Tensor, nn

from preceptor.trace.compiled import can_compile
from preceptor.trace.shards import generator

BYTE = 256


class QuickDropout(nn.Module):
    """Zero a share of the numbers while training and stretch the rest, so that means stay (Srivastava et al., 2014).

    Args:
        share: Share of zeros, in 0..1; rounded to the nearest of 256 steps.
    """

    def __init__(self, share: float) -> None:
        super().__init__()
        self.dropped = round(share * BYTE)

    def forward(self, values: Tensor) -> Tensor:
        """The values, thinned while training."""
        if not self.training or not self.dropped:
            return values
        words = torch.empty(-(-values.numel() // 8), dtype=torch.int64, device=values.device)
        noise = words.random_(-(2**63), None, generator=generator()).view(torch.uint8)
        return _Thinned.apply(values, noise, self.dropped)  # type: ignore[no-any-return,no-untyped-call]


class _Thinned(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, values: Tensor, noise: Tensor, dropped: int) -> Tensor:
        ctx.save_for_backward(noise)
        ctx.dropped = dropped
        return _thin(values, noise, dropped)

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, None, None]:
        (noise,) = ctx.saved_tensors
        return _thin(grad, noise, ctx.dropped), None, None


def _thin(values: Tensor, noise: Tensor, dropped: int) -> Tensor:
    stretch = BYTE / (BYTE - dropped)
    if not can_compile(values):
        kept = noise[: values.numel()] >= dropped
        return values * (kept.view(values.shape) * stretch)
    from preceptor.trace.dropout_kernels import thin  # compiled on first use

    values = values.contiguous()
    out = torch.empty_like(values)
    thin(values.detach().view(-1).numpy(), noise.numpy(), dropped, stretch, out.view(-1).numpy())
    return out
