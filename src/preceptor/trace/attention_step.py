"""One more answer of one student through blocks of monotonic attention, compiled; equals `LookBack` and `Rest`."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from preceptor.trace.attention import LEAST_EFFECT, AttentionState
from preceptor.trace.attention_layers import Block
from preceptor.trace.compiled import can_compile
from preceptor.trace.weight_views import WeightViews

Vector = NDArray[np.float32]

_LEAVES = ("look.query.weight", "look.query.bias", "look.value.weight", "look.value.bias")
_MIXES = ("look.mix.weight", "look.mix.bias", "rest.norm.weight", "rest.norm.bias")
_FEEDS = (
    "rest.feed.0.weight", "rest.feed.0.bias", "rest.feed.3.weight", "rest.feed.3.bias", "rest.feed_norm.weight",
    "rest.feed_norm.bias",
)  # fmt: skip
_NO_ROWS, _NOTHING = np.zeros((0, 0), np.float32), np.zeros(0, np.float32)
_NO_FEED = (_NO_ROWS, _NOTHING, _NO_ROWS, _NOTHING, _NOTHING, _NOTHING)


def alone(state: AttentionState) -> bool:
    """Whether one student's step serves: with an answer to look back at, where the kernels can read."""
    return can_compile(state.keys) and len(state.count) == 1 and int(state.count[0]) > 0


class BlockStep:
    """A block with decays, and one projection for queries and keys, as one student goes through it.

    Args:
        block: The block.
    """

    def __init__(self, block: Block) -> None:
        self.own, self._least_variance = block.look.own, np.float32(block.rest.norm.eps)
        self._feeds, self._weights = block.rest.feed is not None, WeightViews(block)

    def left(self, keyed: Vector, answered: Vector) -> tuple[Vector, Vector]:
        """Key and value, [width] each, that an answer leaves; see `LookBack.left`."""
        from preceptor.trace.attention_step_kernels import leave  # compiled on first use

        kernel: Callable[..., None] = leave
        key, value = np.empty_like(keyed), np.empty_like(answered)
        kernel(*self._weights.get(_LEAVES), keyed, answered, key, value)
        return key, value

    def seen(self, window: "StudentWindow", layer: int, asked: Vector, left: tuple[Vector, Vector]) -> Vector:
        """A vector [width] after the block; see `Block.online`.

        Args:
            window: What the student's answers left.
            layer: Of the window.
            asked: The vector.
            left: What `left` gave for it.
        """
        from preceptor.trace.attention_step_kernels import through

        kernel: Callable[..., None] = through
        result = asked.copy()
        (decay,), mixes = self._weights.get(("look.raw_decay",)), self._weights.get(_MIXES)
        feeds = self._weights.get(_FEEDS) if self._feeds else _NO_FEED
        looked = (window.keys[layer], window.values[layer], window.count, self.own, decay, np.float32(LEAST_EFFECT))
        kernel(*left, *looked, *mixes, *feeds, self._least_variance, result)
        return result


class StudentWindow:
    """The window of a state's one student, as arrays.

    Args:
        state: Of one student; left as it is.
    """

    def __init__(self, state: AttentionState) -> None:
        self.state, self.count = state, int(state.count[0])
        self.keys, self.values = state.keys[0].numpy(), state.values[0].numpy()

    def pushed(self, left: list[tuple[Vector, Vector]]) -> AttentionState:
        """The state after an answer that left a key and a value [width] in every layer; see `AttentionState.pushed`."""
        keys, values = zip(*left, strict=True)
        return AttentionState(self.state.count + 1, _shifted(self.keys, keys), _shifted(self.values, values))


def _shifted(old: Any, newest: tuple[Vector, ...]) -> torch.Tensor:
    """A window [layers, heads, window, width] without its oldest row and with `newest` behind, as one student's."""
    layers, heads, _, width = old.shape
    window = np.empty_like(old)
    # One copy of everything, a row further on: what comes into the last rows from elsewhere is overwritten.
    np.copyto(window.reshape(-1)[:-width], old.reshape(-1)[width:])
    window[:, :, -1] = np.stack(newest).reshape(layers, heads, width)
    return torch.from_numpy(window)[None]
