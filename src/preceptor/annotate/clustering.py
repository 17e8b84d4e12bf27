"""Concepts that say nearly the same, as clusters of their vectors."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Concept

LEAST = 2
"""Concepts of the smallest cluster, and the neighbours that make a point dense."""


def cluster_numbers(vectors: NDArray[Any]) -> NDArray[np.int64]:
    """Cluster unit vectors by density: HDBSCAN, euclidean, two concepts make a cluster.

    On unit vectors |u − v|² = 2 − 2·cos(u, v), so distance orders pairs as cosine does.

    Args:
        vectors: [concepts, dimensions], of length 1, or 0 for a concept that says nothing.

    Returns:
        int64 [concepts]: 0 is the largest cluster, ties in order of first member; outliers are clusters of their own
        and have the last numbers.

    References:
        Campello, Moulavi and Sander, Density-based clustering based on hierarchical density estimates, PAKDD 2013.
    """
    if len(vectors) <= LEAST:
        return np.arange(len(vectors), dtype=np.int64)
    from sklearn.cluster import HDBSCAN  # half a second that other commands need not wait

    found = HDBSCAN(min_cluster_size=LEAST, min_samples=LEAST, metric="euclidean", copy=True).fit_predict(
        np.asarray(vectors, dtype=np.float64)
    )
    silent = ~np.any(np.asarray(vectors), axis=1)  # no word in common is not alike
    return by_size(np.where(silent, -1, found))


def by_size(labels: NDArray[np.integer]) -> NDArray[np.int64]:
    """Number groups by decreasing size, ties in order of first member; each −1 is a group of its own."""
    own = labels < 0
    apart = np.where(own, np.arange(len(labels)) + labels.max(initial=0) + 1, labels)
    _, first, group, size = np.unique(apart, return_index=True, return_inverse=True, return_counts=True)
    outlier = own[first]
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.lexsort((first, -size, outlier))] = np.arange(len(first))
    return rank[group]


def clustered(concepts: Sequence[Concept], vectors: NDArray[Any]) -> tuple[Concept, ...]:
    """Concepts that name their cluster.

    The cluster stands in the concepts alone and `Bank.clusters` is derived from it, so both directions agree. A cluster
    is called by the id of its first member; a concept that stands alone names none.

    Args:
        concepts: The concepts.
        vectors: [concepts, dimensions], see `cluster_numbers`.
    """
    numbers = cluster_numbers(vectors).tolist()
    first: dict[int, str] = {}
    for concept, number in zip(concepts, numbers, strict=True):
        first.setdefault(number, concept.concept_id)
    size = Counter(numbers)
    return tuple(
        replace(concept, cluster=first[number] if size[number] > 1 else "")
        for concept, number in zip(concepts, numbers, strict=True)
    )
