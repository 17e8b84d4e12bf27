"""Which concepts of a framework a question is nearest to, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

RANKED = 3
"""Concepts ranked for a question."""
NEIGHBOURS = 10
LEXICAL_WEIGHT = 0.5
HUB_NEIGHBOURS = 20
WEIGHTS = np.array([-3.0, 4.0, 6.0, 2.0])
"""Intercept and weights of similarity, margin and agreement in the confidence."""


@dataclass(frozen=True)
class Matches:
    """The nearest concepts of every row.

    Args:
        concept: int64 [rows, up to 3], nearest first; indices into the concepts.
        similarity: float64 [rows], of the nearest, see `similarities`.
        margin: float64 [rows], by how much the nearest is nearer than the next.
        agreement: float64 [rows], share of the neighbouring rows that have the same nearest concept.
    """

    concept: NDArray[np.int64]
    similarity: NDArray[np.float64]
    margin: NDArray[np.float64]
    agreement: NDArray[np.float64]

    @property
    def features(self) -> NDArray[np.float64]:
        """float64 [rows, 4]: one, similarity, margin, agreement."""
        return np.column_stack([np.ones(len(self.similarity)), self.similarity, self.margin, self.agreement])

    @property
    def confidence(self) -> NDArray[np.float64]:
        """P(nearest is right) = σ(w · features), with weights fitted on banks whose labels are known."""
        return np.asarray(expit(self.features @ WEIGHTS))


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
    near = np.asarray(vectors @ names.T + LEXICAL_WEIGHT * lexical, dtype=np.float64)
    count = min(HUB_NEIGHBOURS, len(near))
    hub = np.partition(near, len(near) - count, axis=0)[len(near) - count :].mean(axis=0)
    return near - hub / 2


def lexical_similarities(texts: Sequence[str], names: Sequence[str]) -> NDArray[np.float64]:
    """Cosine of TF-IDF vectors of words and pairs of words; [texts, names]."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # heavy, and other commands do without

    if not any(any(character.isalnum() for character in text) for text in (*texts, *names)):
        return np.zeros((len(texts), len(names)))
    tfidf = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), token_pattern=r"\w+").fit([*texts, *names])
    return np.asarray((tfidf.transform(texts) @ tfidf.transform(names).T).toarray())


def matches(similarity: NDArray[np.float64], vectors: NDArray[Any]) -> Matches:
    """Rank the concepts of every row.

    Args:
        similarity: [rows, concepts].
        vectors: [rows, dimensions] of length 1, which neighbours are found by.
    """
    order = np.argsort(-similarity, axis=1, kind="stable")[:, :RANKED]
    best = np.take_along_axis(similarity, order, axis=1)
    margin = best[:, 0] - best[:, 1] if best.shape[1] > 1 else np.zeros(len(best))
    return Matches(order, best[:, 0], margin, _agreement(order[:, 0], vectors))


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
