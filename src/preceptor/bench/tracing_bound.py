"""The least arithmetic that training needs, and how fast this computer could do it at best.

Only matrix products that depend on the single answer are counted, as one multiplication and addition each, forward
once and backward twice. Products of embeddings and weights are table look-ups and cost nothing here, nor do sums,
exponentials, dropout and the optimiser. A real step does more, so the bound cannot be reached.
"""

from collections.abc import Callable, Mapping
from typing import Any

FLOPS_PER_MAC = 2 * 3
"""A multiplication and an addition, once forward and twice backward."""


def macs(model: str, size: Mapping[str, Any], context: float) -> float:
    """Multiply-adds of one answer forward.

    Args:
        model: A tracer of `COMPARISONS`.
        size: Its network's arguments.
        context: Mean number of earlier answers that attention looks at.
    """
    return _MACS[model](size, context)


def bound(macs_per_answer: float, gigaflops: float) -> float:
    """Answers a second if all arithmetic ran at the speed of large matrix products.

    Args:
        macs_per_answer: What `macs` gave.
        gigaflops: 10⁹ floating-point operations a second of a large product.
    """
    return gigaflops * 1e9 / (FLOPS_PER_MAC * macs_per_answer)


def _dkt(size: Mapping[str, Any], context: float) -> float:
    """Recurrent product 4h², and one row of the head."""
    hidden = size["hidden"]
    return float(4 * hidden**2 + hidden)


def _dkvmn(size: Mapping[str, Any], context: float) -> float:
    """A read (1) and a write (2) of every slot, the read's layer w², the head."""
    width, slots = size["width"], size["slots"]
    return float(3 * width * slots + width**2 + width)


def _sakt(size: Mapping[str, Any], context: float) -> float:
    return _look(size, context) + _feed(size) + float(size["width"])


def _simplekt(size: Mapping[str, Any], context: float) -> float:
    """From the second block on, queries are no look-ups."""
    blocks = size["blocks"]
    return float(blocks * (_look(size, context) + _feed(size)) + (blocks - 1) * size["width"] ** 2 + _head(size))


def _akt(size: Mapping[str, Any], context: float) -> float:
    """Answer encoder and question encoder (no feed-forward part), whose first blocks read tables, and retriever."""
    blocks, square = size["blocks"], size["width"] ** 2
    encoders = blocks * (2 * _look(size, context) + _feed(size)) + (blocks - 1) * 2 * 2 * square
    retriever = blocks * (_look(size, context) + _feed(size) + 2 * square)
    return float(encoders + retriever + _head(size))


def _look(size: Mapping[str, Any], context: float) -> float:
    """Scores and weighted sum over the context, and the layer that mixes the heads."""
    return float(2 * size["width"] * context + size["width"] ** 2)


def _feed(size: Mapping[str, Any]) -> float:
    return float(2 * size["width"] * size["inner"])


def _head(size: Mapping[str, Any]) -> float:
    first, second = size["head"]
    return float(size["width"] * first + first * second + second)


_MACS: dict[str, Callable[[Mapping[str, Any], float], float]] = {
    "dkt": _dkt,
    "dkvmn": _dkvmn,
    "sakt": _sakt,
    "simplekt": _simplekt,
    "akt": _akt,
}
