"""Texts as one vector a token, for comparing them word by word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text.

    Args:
        vectors: float32 [tokens, dimensions], rows of length 1; no rows where nothing of the text is known.
        weights: float32 [tokens], how much each token says, adding up to 1.
    """

    vectors: NDArray[np.float32]
    weights: NDArray[np.float32]


@runtime_checkable
class TokenEncoder(Protocol):
    """An encoder that can also tell tokens apart."""

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of every text; equal texts have equal tokens."""
        ...


def max_similarity(query: Tokens, texts: Sequence[Tokens]) -> NDArray[np.float64]:
    """How much of a query is found in each text.

    score = Σ over the query's tokens i of w_i · max over the text's tokens j of cos(i, j)

    Args:
        query: The query's tokens.
        texts: The texts' tokens, of the same encoder.

    Returns:
        float64 [texts], in −1..1; 0 where either side has no tokens.

    References:
        Khattab & Zaharia, ColBERT: late interaction over BERT, SIGIR 2020.
    """
    found = np.zeros(len(texts))
    filled = [i for i, text in enumerate(texts) if len(text.vectors)]
    if not filled or not len(query.vectors):
        return found
    vectors = np.concatenate([texts[i].vectors for i in filled])
    lengths = [len(texts[i].vectors) for i in filled]
    starts = np.cumsum([0, *lengths[:-1]])
    nearest = np.maximum.reduceat(query.vectors @ vectors.T, starts, axis=1)
    found[filled] = query.weights @ nearest
    return found
