"""Dropout that spends one random byte a number; torch's own draws cost more than the matrix products around it."""

import torch
from torch import Tensor, nn

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
        kept = words.random_(-(2**63), None, generator=generator()).view(torch.uint8)[: values.numel()] >= self.dropped
        return values * (kept.view(values.shape) * (BYTE / (BYTE - self.dropped)))
