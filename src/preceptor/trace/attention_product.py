"""Scores, weights and weighted values in one differentiable step that keeps two or three tensors instead of a dozen."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Limits = tuple[int, int, NDArray[np.int64], int, int]
"""First position, step, floors, strictness and window, see `attention_kernels`."""


def look_back(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    decay: Tensor | None,
    *,
    first: int,
    own: bool,
    window: int,
    least_effect: float,
) -> Tensor:
    """Weighted values of a stretch of queries, [sequences, rows, width]; equals `preceptor.trace.attention.attend`.

    Args:
        query: [sequences, rows, width], positions `first` on; sequences are students × heads.
        key: [sequences, keys, width], positions 0 on.
        value: Likewise.
        decay: Of monotonic attention, [heads]; None for plain attention.
        first: Position of the first query, counted from the first key.
        own: Whether a position sees itself too.
        window: Most earlier positions seen.
        least_effect: Of monotonic attention.
    """
    limits = (first, 1, np.zeros(1, np.int64), 0 if own else 1, window)
    if decay is None:
        return _Plain.apply(query, key, value, limits)  # type: ignore[no-any-return,no-untyped-call]
    return _Monotonic.apply(query, key, value, decay, limits, least_effect)  # type: ignore[no-any-return,no-untyped-call]


def online_weights(scores: Tensor, decay: Tensor | None, count: Tensor, *, own: bool, least_effect: float) -> None:
    """Scores become weights in place; every question stands behind its student's window.

    Args:
        scores: [students, heads, questions, window], with one more key at the end where a question sees itself.
        decay: Of monotonic attention, [heads]; None for plain attention.
        count: int64 [students], answers so far.
        own: Whether a question sees itself too.
        least_effect: Of monotonic attention.
    """
    from preceptor.trace.attention_kernels import monotonic, plain  # compiled on first use

    heads, window = scores.shape[1], scores.shape[-1] - own
    floor = (window - count).clamp(min=0).repeat_interleave(heads).numpy()
    limits, flat = (window, 0, floor, 0 if own else 1, window), scores.flatten(0, 1)
    if decay is None:
        _run(plain, flat, *limits)
    else:
        _run(monotonic, flat.clone(), decay, *limits, np.float32(least_effect), flat, torch.empty_like(flat))


class _Plain(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, limits: Limits) -> Tensor:
        from preceptor.trace.attention_kernels import plain  # compiled on first use

        weights = _scores(query, key)
        _run(plain, weights, *limits)
        ctx.save_for_backward(query, key, value, weights)
        ctx.limits = limits
        return torch.bmm(weights, value)

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, Tensor, Tensor, None]:
        from preceptor.trace.attention_kernels import plain_gradient

        query, key, value, weights = ctx.saved_tensors
        slope = torch.bmm(grad, value.transpose(1, 2))
        _run(plain_gradient, weights, slope, *ctx.limits)
        return *_of_scores(slope, query, key), torch.bmm(weights.transpose(1, 2), grad), None


class _Monotonic(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        decay: Tensor,
        limits: Limits,
        least_effect: float,
    ) -> Tensor:
        from preceptor.trace.attention_kernels import monotonic

        scores, least = _scores(query, key), np.float32(least_effect)
        weights, distance = torch.empty_like(scores), torch.empty_like(scores)
        _run(monotonic, scores, decay, *limits, least, weights, distance)
        ctx.save_for_backward(query, key, value, decay, scores, weights, distance)
        ctx.limits, ctx.least = limits, least
        return torch.bmm(weights, value)

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, None, None]:
        from preceptor.trace.attention_kernels import monotonic_gradient

        query, key, value, decay, scores, weights, distance = ctx.saved_tensors
        slope, of_decay = torch.bmm(grad, value.transpose(1, 2)), torch.zeros_like(decay, dtype=torch.float64)
        _run(monotonic_gradient, scores, decay, *ctx.limits, ctx.least, weights, distance, slope, of_decay)
        of_value = torch.bmm(weights.transpose(1, 2), grad)
        return *_of_scores(slope, query, key), of_value, of_decay.to(decay.dtype), None, None


def _scores(query: Tensor, key: Tensor) -> Tensor:
    scores = query.new_empty(len(query), query.shape[1], key.shape[1])
    return torch.baddbmm(scores, query, key.transpose(1, 2), beta=0, alpha=query.shape[-1] ** -0.5, out=scores)


def _of_scores(slope: Tensor, query: Tensor, key: Tensor) -> tuple[Tensor, Tensor]:
    scale = query.shape[-1] ** -0.5
    of_query, of_key = torch.bmm(slope, key), torch.bmm(slope.transpose(1, 2), query)
    return of_query.mul_(scale), of_key.mul_(scale)


def _run(kernel: Callable[..., None], *arguments: Any) -> None:
    kernel(*(a.detach().numpy() if isinstance(a, Tensor) else a for a in arguments))
