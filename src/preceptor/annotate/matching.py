"""Which concepts of a framework a question is nearest to, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from preceptor.embed.words import lexical_similarities

RANKED = 3
"""Concepts ranked for a question."""
NEIGHBOURS = 10
HUB_NEIGHBOURS = 20
LEAST = 0.1
"""Similarity of a name that says nothing of a question."""
TEMPERATURE = 0.8
"""Of the share of the nearest concept, in standard deviations of all similarities."""
LEXICAL_WEIGHT = 0.5


@dataclass(frozen=True)
class Matches:
    """The nearest concepts of every row.

    Args:
        concept: int64 [rows, up to 3], nearest first; indices into the concepts.
        similarity: float64 [rows], of the nearest, see `similarities`.
        margin: float64 [rows], by how much the nearest is nearer than the next.
        share: float64 [rows], softmax of the nearest among all concepts and "none", which has the similarity `LEAST`.
        agreement: float64 [rows], share of the neighbouring rows that have the same nearest concept.
        neighbours: Neighbouring rows that were asked, ten unless there are fewer rows.
        confidence: float64 [rows], P(nearest is right) = σ(w0 + w1·agreement + w2·share); what it has above one half
            counts fully where ten neighbours were asked, and half where there was none.
    """

    concept: NDArray[np.int64]
    similarity: NDArray[np.float64]
    margin: NDArray[np.float64]
    share: NDArray[np.float64]
    agreement: NDArray[np.float64]
    neighbours: int
    confidence: NDArray[np.float64]


def similarities(vectors: NDArray[Any], names: NDArray[Any], lexical: NDArray[Any]) -> NDArray[np.float64]:
    """s(q, c) = cos(q, c) + ½·tfidf(q, c) less half the mean over the 20 rows nearest to c.

    What is near to everything is a hub, not a label; taking its nearness off is the concepts' half of CSLS.

    Args:
        vectors: [rows, dimensions] of length 1.
        names: [concepts, dimensions] of length 1.
        lexical: [rows, concepts], cosine of the words.

    References:
        Conneau et al., Word translation without parallel data, ICLR 2018 (CSLS).
    """
    near: NDArray[np.float64] = (vectors @ names.T + LEXICAL_WEIGHT * lexical).astype(np.float64)
    if not len(near):
        return near
    count = min(HUB_NEIGHBOURS, len(near))
    hub = np.partition(near, len(near) - count, axis=0)[len(near) - count :].mean(axis=0)
    return np.asarray(near - hub / 2)


def nearest_by_words(texts: Sequence[str], names: Sequence[str]) -> NDArray[np.int64]:
    """The nearest names by words alone, the baseline; int64 [texts, up to 3], nearest first."""
    return np.argsort(-lexical_similarities(texts, names), axis=1, kind="stable")[:, :RANKED]


def matches(similarity: NDArray[np.float64], vectors: NDArray[Any], weights: tuple[float, float, float]) -> Matches:
    """Rank the concepts of every row.

    Args:
        similarity: [rows, concepts].
        vectors: [rows, dimensions] of length 1, which neighbours are found by.
        weights: Intercept and weights of agreement and share in the confidence.
    """
    order = np.argsort(-similarity, axis=1, kind="stable")[:, :RANKED]
    best = np.take_along_axis(similarity, order, axis=1)
    margin = best[:, 0] - best[:, 1] if best.shape[1] > 1 else np.zeros(len(best))
    spread = max(TEMPERATURE * float(similarity.std()), 1e-6) if similarity.size else 1.0
    none = np.exp(np.minimum((LEAST - best[:, 0]) / spread, 50))
    share = 1 / (np.exp((similarity - best[:, :1]) / spread).sum(axis=1) + none)
    agreement = _agreement(order[:, 0], vectors)
    neighbours = min(NEIGHBOURS, max(len(order) - 1, 0))
    confidence = less_sure(expit(weights[0] + weights[1] * agreement + weights[2] * share), neighbours)
    return Matches(order, best[:, 0], margin, share, agreement, neighbours, confidence)


def less_sure(confidence: NDArray[np.float64], neighbours: int) -> NDArray[np.float64]:
    """p, or ½ + (p − ½)·(1 + n/10)/2 where it is above one half: with few neighbours nobody is certain.

    The weights are fitted where every row has ten neighbours. In a bank of a few questions one of them is all that
    agrees, and similarities that are all small spread so little that the nearest stands out by chance. Which rows are
    above one half stays as it is.
    """
    weight = (1 + neighbours / NEIGHBOURS) / 2
    return np.where(confidence > 0.5, 0.5 + (confidence - 0.5) * weight, confidence)


def _agreement(nearest: NDArray[np.int64], vectors: NDArray[Any]) -> NDArray[np.float64]:
    count = min(NEIGHBOURS, len(nearest) - 1)
    if count < 1:
        return np.zeros(len(nearest))
    agreement = np.empty(len(nearest))
    for start in range(0, len(nearest), 1_000):
        rows = np.arange(start, min(start + 1_000, len(nearest)))
        close = vectors[rows] @ vectors.T
        close[np.arange(len(rows)), rows] = -np.inf
        near = np.argpartition(-close, count - 1, axis=1)[:, :count]
        agreement[rows] = (nearest[near] == nearest[rows][:, None]).mean(axis=1)
    return agreement
