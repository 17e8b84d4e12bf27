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
    reached = torch.tensor(active, dtype=torch.int64)
    rows = torch.arange(int(reached[0]), int(reached.sum()))
    return (rows - reached[:-1].repeat_interleave(reached[1:])).to(device)
