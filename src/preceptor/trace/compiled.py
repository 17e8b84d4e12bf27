"""Where compiled kernels can stand in for torch."""

import torch
from torch import Tensor


def can_compile(like: Tensor) -> bool:
    """Whether compiled kernels can serve: they read float32 where numpy can see it."""
    return like.dtype == torch.float32 and like.is_cpu
