"""Rows of answers that stand step by step: all first answers, then all second ones, longest histories first."""

from itertools import accumulate

import torch
from torch import Tensor


def step_slices(active: tuple[int, ...]) -> list[slice]:
    """The rows of every step.

    Args:
        active: Students that reach each step, never rising.
    """
    ends = accumulate(active)
    return [slice(end - n, end) for n, end in zip(active, ends, strict=True)]


def rows_before(active: tuple[int, ...], device: torch.device) -> Tensor:
    """Row of the answer before, for every row after the first step, int64 [answers − students]."""
    begins = [rows.start for rows in step_slices(active)]
    parts = [torch.arange(b, b + n, device=device) for b, n in zip(begins, active[1:], strict=False)]
    return torch.cat([torch.empty(0, dtype=torch.int64, device=device), *parts])
