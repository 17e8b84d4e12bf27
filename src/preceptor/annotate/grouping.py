"""Questions of one mould, which share their labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from preceptor.annotate.wording import template

MOST = 12_000
"""Moulds that are compared with each other at once; the work grows with the square."""


def moulds(texts: Sequence[str]) -> NDArray[np.int64]:
    """Group texts that are equal up to numbers, in order of first appearance; int64 [texts]."""
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(template(text), len(seen)) for text in texts], dtype=np.int64)


def means(vectors: NDArray[Any], group: NDArray[np.int64]) -> NDArray[np.float32]:
    """Unit vector of the mean of every group; zeros where all its vectors are. float32 [groups, dimensions]."""
    total = means_of_rows(vectors, group)
    length = np.linalg.norm(total, axis=1, keepdims=True)
    return np.where(length > 1e-6, total / np.maximum(length, 1e-6), 0).astype(np.float32)


def means_of_rows(rows: NDArray[Any], group: NDArray[np.int64]) -> NDArray[np.float64]:
    """Mean row of every group; float64 [groups, columns]."""
    count = int(group.max(initial=-1)) + 1
    one = csr_matrix((np.ones(len(group)), (group, np.arange(len(group)))), shape=(count, len(group)))
    mean: NDArray[np.float64] = (one @ rows) / np.maximum(np.bincount(group, minlength=count), 1)[:, None]
    return mean


COPIES = 0.5
"""Share of questions with a near copy from which on a bank is one of exercises by the dozen."""


@dataclass(frozen=True)
class Groups:
    """Questions in groups of two widths.

    Args:
        near: int64 [questions], near-identical questions, which share one label.
        broad: int64 [questions], unions of these: what stands for a concept where no name is sure.
    """

    near: NDArray[np.int64]
    broad: NDArray[np.int64]


class Linkage:
    """Questions joined step by step by average linkage of the means of their moulds; `cut` says where to stop.

    Beyond `MOST` moulds nothing is joined and moulds stand.

    Args:
        texts: What the questions say.
        vectors: [questions, dimensions] of length 1, or 0 for a question that says nothing.
    """

    def __init__(self, texts: Sequence[str], vectors: NDArray[Any]) -> None:
        self._mould = moulds(texts)
        mean = means(vectors, self._mould)
        self._tree: NDArray[np.float64] | None = None
        if 1 < len(mean) <= MOST:
            from scipy.cluster.hierarchy import linkage

            # |u − v|² = 2 − 2·cos(u, v) for unit vectors
            self._tree = linkage(mean.astype(np.float64), "average", "sqeuclidean")

    def cut(self, near: float, broad: float) -> Groups:
        """Near and broad groups, numbered in order of first appearance.

        Near groups have a mean cosine distance of at most `near`. How many questions share a concept differs by two
        orders of magnitude between banks, and near copies tell which it is: where fewer than half of the questions
        have one, every near group stands alone; elsewhere broad groups reach to `broad`.

        Args:
            near: Mean cosine distance within near-identical questions.
            broad: Mean cosine distance within a concept, where many questions have near copies.
        """
        if self._tree is None:
            return Groups(self._mould, self._mould)
        from scipy.cluster.hierarchy import fcluster

        closest = in_order(fcluster(self._tree, 2 * near, "distance")[self._mould])
        copied = float((np.bincount(closest)[closest] > 1).mean())
        wide = closest
        if copied >= COPIES:
            wide = in_order(fcluster(self._tree, 2 * broad, "distance")[self._mould])
        return Groups(closest, wide)


def in_order(labels: NDArray[np.integer]) -> NDArray[np.int64]:
    """Number groups from 0 in order of first appearance."""
    _, first, group = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[group].astype(np.int64)
