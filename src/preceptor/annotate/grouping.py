"""Questions of one mould, which share their labels."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.annotate.wording import template

MOST = 4_000
"""Moulds that are compared with each other at once; the work grows with the square."""


def moulds(texts: Sequence[str]) -> NDArray[np.int64]:
    """Group texts that are equal up to numbers, in order of first appearance; int64 [texts]."""
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(template(text), len(seen)) for text in texts], dtype=np.int64)


def means(vectors: NDArray[Any], group: NDArray[np.int64]) -> NDArray[np.float32]:
    """Unit vector of the mean of every group; zeros where all its vectors are. float32 [groups, dimensions]."""
    total = np.zeros((int(group.max(initial=-1)) + 1, vectors.shape[1]))
    np.add.at(total, group, vectors)
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return np.where(length > 1e-6, total / np.maximum(length, 1e-6), 0).astype(np.float32)


def families(texts: Sequence[str], vectors: NDArray[Any], distance: float) -> NDArray[np.int64]:
    """Group questions that are near-identical: equal up to numbers, or nearly so in their vectors.

    Moulds are joined by average linkage while their mean cosine distance is at most `distance`; beyond `MOST` moulds
    they stay as they are.

    Args:
        texts: What the questions say.
        vectors: [questions, dimensions] of length 1, or 0 for a question that says nothing.
        distance: Cosine distance, 0..2.

    Returns:
        int64 [questions], numbered in order of first appearance.
    """
    mould = moulds(texts)
    mean = means(vectors, mould)
    if not 1 < len(mean) <= MOST:
        return mould
    from scipy.cluster.hierarchy import fcluster, linkage

    joined = fcluster(linkage(mean.astype(np.float64), "average", "sqeuclidean"), 2 * distance, "distance")
    return in_order(joined[mould])


def in_order(labels: NDArray[np.integer]) -> NDArray[np.int64]:
    """Number groups from 0 in order of first appearance."""
    _, first, group = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[group].astype(np.int64)
