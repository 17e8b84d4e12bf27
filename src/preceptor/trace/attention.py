"""Attention of an answer to the answers before it: what batches, windows and single steps have in common."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from preceptor.trace.attention_product import look_back, online_weights
from preceptor.trace.compiled import can_compile
from preceptor.trace.state import ArrayState

WINDOW = 200
"""How many earlier answers are looked at; older ones are forgotten."""

UNSEEN = -1e30
"""Score of what must not be seen; finite, so that a row that sees nothing gives no NaN."""

LEAST_EFFECT = 1e-5
"""Monotonic attention never makes a score smaller than this share of itself."""


@dataclass(frozen=True, slots=True)
class AttentionShape:
    """Widths of an attention network.

    Args:
        width: Of embeddings and hidden vectors.
        inner: Of the feed-forward part of a block.
        heads: Attention heads; they share `width`.
        blocks: Blocks, as each network counts them.
        head: Hidden widths of the output network.
        dropout: Share dropped while training.
    """

    width: int
    inner: int
    heads: int
    blocks: int = 1
    head: tuple[int, int] = (0, 0)
    dropout: float = 0.1


@dataclass(frozen=True)
class AttentionState(ArrayState):
    """Keys and values of the last `WINDOW` answers of n students, the newest last.

    Args:
        count: int64 [n], answers so far, those outside the window included.
        keys: float32 [n, layers, heads, window, width a head].
        values: The same shape.
    """

    count: Tensor
    keys: Tensor
    values: Tensor

    def filled(self) -> Tensor:
        """Bool [n, 1, 1, window], true where a slot of the window holds an answer."""
        window = self.keys.shape[3]
        slot = torch.arange(window, device=self.count.device)
        return (slot >= window - self.count[:, None])[:, None, None]

    def pushed(self, keys: Tensor, values: Tensor) -> "AttentionState":
        """The state after one more answer with keys and values [n, layers, heads, width a head]."""
        return AttentionState(
            self.count + 1,
            torch.cat([self.keys[:, :, :, 1:], keys[:, :, :, None]], dim=3),
            torch.cat([self.values[:, :, :, 1:], values[:, :, :, None]], dim=3),
        )


def turns(position: Tensor, width: int) -> Tensor:
    """Rotary embedding of positions (Su et al., 2021) as complex numbers e^{i·p·f}, complex64 [..., width / 2].

    Only differences of positions reach a product of rotated vectors. Angles are computed in float64, so that they
    are as exact after a million answers as after one.

    Args:
        position: int64 [...].
        width: Of a head; even.
    """
    step = torch.arange(0, width, 2, dtype=torch.float64, device=position.device)
    angle = position[..., None] * torch.pow(10_000.0, -step / width)
    return torch.polar(torch.ones_like(angle), angle).to(torch.complex64)


def rotated(vectors: Tensor, turn: Tensor) -> Tensor:
    """Vectors [..., width] whose pairs of numbers are turned by complex [..., width / 2]."""
    pairs = torch.view_as_complex(vectors.reshape(*vectors.shape[:-1], vectors.shape[-1] // 2, 2))
    return torch.view_as_real(pairs * turn).flatten(-2)


def weights(scores: Tensor, seen: Tensor) -> Tensor:
    """Softmax over the keys that may be seen; all 0 where there are none."""
    return torch.softmax(scores.masked_fill(~seen, UNSEEN), dim=-1) * seen


def decayed_weights(scores: Tensor, seen: Tensor, ago: Tensor, decay: Tensor) -> Tensor:
    """Monotonic attention of AKT (Ghosh et al., 2020): what lies behind much that mattered counts less.

    With p the softmax of the scores s, d_tj = √((t − j)·Σ_{j < i ≤ t} p_ti) and θ ≥ 0 a head's decay, the weights are
    the softmax of s·max(e^{−θ·d}, 10⁻⁵). As in the published code d carries no gradient.

    Args:
        scores: [students, heads, queries, keys], keys from old to new.
        seen: bool, broadcast to it.
        ago: t − j, broadcast to it.
        decay: θ, [heads].
    """
    with torch.no_grad():
        near = weights(scores, seen)
        # Summed from the newest on: total minus earlier would leave rounding, which the root makes large.
        later = functional.pad(near[..., 1:], (0, 1)).flip(-1).cumsum(-1).flip(-1)
        distance = torch.sqrt(later * ago)
    effect = torch.exp(-decay[:, None, None] * distance).clamp(min=LEAST_EFFECT)
    return weights(scores * effect, seen)


def shares(scores: Tensor, decay: Tensor | None, state: AttentionState, *, own: bool) -> Tensor:
    """Weights of questions that stand behind their students' windows.

    Args:
        scores: [students, heads, questions, window], with one more key at the end where a question sees itself;
            contiguous, used up.
        decay: Of monotonic attention, [heads]; None for plain attention.
        state: The students'.
        own: Whether a question sees itself too.
    """
    if can_compile(scores) and len(scores):
        online_weights(scores, decay, state.count, own=own, least_effect=LEAST_EFFECT)
        return scores
    seen = state.filled()
    seen = functional.pad(seen, (0, 1), value=True) if own else seen
    if decay is None:
        return weights(scores, seen)
    ago = state.keys.shape[3] - torch.arange(scores.shape[-1], device=scores.device)
    return decayed_weights(scores, seen, ago, decay)


def attend(query: Tensor, key: Tensor, value: Tensor, *, own: bool, decay: Tensor | None = None) -> Tensor:
    """Each position looks at the `WINDOW` positions before it, [students, heads, steps, width a head].

    A long history is cut into stretches of queries, so that the work grows with its length and not with its square.
    A position that sees nothing gets 0.

    Args:
        query: [students, heads, steps, width a head].
        key: Likewise.
        value: Likewise.
        own: Whether a position sees itself too.
        decay: Of monotonic attention, [heads]; None for plain attention.
    """
    steps, parts = query.shape[2], []
    stretch = _compiled_stretch if can_compile(query) else _plain_stretch
    for begin in range(0, steps, WINDOW):
        end, low = min(begin + WINDOW, steps), max(begin - WINDOW, 0)
        at = slice(low, end)
        parts.append(stretch(query[:, :, begin:end], key[:, :, at], value[:, :, at], begin - low, own, decay))
    return torch.cat(parts, dim=2) if len(parts) > 1 else parts[0]


def _plain_stretch(query: Tensor, key: Tensor, value: Tensor, first: int, own: bool, decay: Tensor | None) -> Tensor:
    at = torch.arange(key.shape[2], device=query.device)
    ago = at[first:, None] - at
    seen = (ago >= (0 if own else 1)) & (ago <= WINDOW)
    scores = query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5
    share = weights(scores, seen) if decay is None else decayed_weights(scores, seen, ago.clamp(min=0), decay)
    return share @ value


def _compiled_stretch(query: Tensor, key: Tensor, value: Tensor, first: int, own: bool, decay: Tensor | None) -> Tensor:
    students, heads, rows, width = query.shape
    seen = look_back(
        query.flatten(0, 1),
        key.flatten(0, 1),
        value.flatten(0, 1),
        decay,
        first=first,
        own=own,
        window=WINDOW,
        least_effect=LEAST_EFFECT,
    )
    return seen.view(students, heads, rows, width)
