"""One more answer of one student through blocks of monotonic attention, compiled; equals `LookBack` and `Rest`."""

from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from preceptor.trace.attention import LEAST_EFFECT, AttentionState
from preceptor.trace.attention_layers import Block
from preceptor.trace.compiled import can_compile

Vector = NDArray[np.float32]
_NOTHING = np.zeros(0, np.float32)
_NO_FEED = (np.zeros((0, 0), np.float32), _NOTHING), (np.zeros((0, 0), np.float32), _NOTHING), (_NOTHING, _NOTHING)


def alone(state: AttentionState) -> bool:
    """Whether these functions serve: one student, with an answer to look back at, where the kernels can read."""
    return can_compile(state.keys) and len(state.count) == 1 and int(state.count[0]) > 0


def left_alone(block: Block, keyed: Vector, answered: Vector) -> tuple[Vector, Vector]:
    """Key and value, [width] each, that an answer leaves; see `LookBack.left`."""
    from preceptor.trace.attention_step_kernels import linear  # compiled on first use

    key, value = np.empty_like(keyed), np.empty_like(answered)
    linear(_layer(block.look.query), keyed, key)
    linear(_layer(block.look.value), answered, value)
    return key, value


def online_alone(block: Block, state: AttentionState, layer: int, asked: Vector, left: tuple[Vector, Vector]) -> Vector:
    """A vector [width] after the block; see `Block.online`.

    Args:
        block: With decays, and one projection for queries and keys.
        state: Of one student.
        layer: Of the window.
        asked: The vector.
        left: What `left_alone` gave for it.
    """
    from preceptor.trace.attention_step_kernels import look, rest

    seen, result = np.empty_like(asked), asked.copy()
    window = state.keys[0, layer].numpy(), state.values[0, layer].numpy()
    decay, least = cast(Tensor, block.look.decay).detach().numpy(), np.float32(LEAST_EFFECT)
    look(*left, *window, int(state.count[0]), block.look.own, decay, least, seen)
    after = block.rest
    feed = cast(nn.Sequential | None, after.feed)
    feeds = _NO_FEED if feed is None else (_layer(feed[0]), _layer(feed[3]), _layer(after.feed_norm))
    rest((_layer(block.look.mix), _layer(after.norm), *feeds), np.float32(after.norm.eps), seen, result)
    return result


def pushed_alone(state: AttentionState, left: list[tuple[Vector, Vector]]) -> AttentionState:
    """The state after one more answer that left a key and a value [width] in every layer; see `pushed`."""
    from preceptor.trace.attention_step_kernels import shifted

    windows = []
    for old, newest in zip((state.keys, state.values), zip(*left, strict=True), strict=True):
        window = old.new_empty(old.shape)
        shifted(old[0].numpy(), np.stack(newest).reshape(old.shape[1], old.shape[2], -1), window[0].numpy())
        windows.append(window)
    return AttentionState(state.count + 1, *windows)


def _layer(layer: Any) -> tuple[Vector, Vector]:
    """Weight and bias of a linear layer or a norm."""
    return layer.weight.detach().numpy(), layer.bias.detach().numpy()
