"""Vectors for annotating, and what distances between them mean."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.embed import Encoder, LexicalEncoder

WORDS_SHARE = 0.3
"""Share of words in the cosine beside an encoder of sentences, which reads past numbers, signs and rare words."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What distances and similarities of one kind of encoder mean.

    Args:
        near: Mean cosine distance within questions that share a label.
        broad: Mean cosine distance within a concept, in a bank of many near copies.
        weights: Of the confidence: intercept, agreement, share; see `preceptor.annotate.matching.Matches`.
    """

    near: float
    broad: float
    weights: tuple[float, float, float]


SENTENCES = Scale(near=0.15, broad=0.45, weights=(-2.76, 2.38, 6.37))
WORDS = Scale(near=0.05, broad=0.3, weights=(-3.08, 1.95, 4.52))
"""Weights are fitted by logistic regression on the built-in bank, whose labels are known: with and without its steps,
named by its own names and by the Common Core. Distances were chosen on that bank, Eedi's and OATutor's."""


def scale_of(encoder: Encoder) -> Scale:
    """The scale of what an encoder gives."""
    return WORDS if isinstance(encoder, LexicalEncoder) else SENTENCES


class WithWords:
    """An encoder of sentences with the words beside it: cos = 0.7·cos(sentences) + 0.3·cos(words).

    Args:
        encoder: Of sentences.
        corpus: All texts to be encoded, by which words are weighed.
    """

    def __init__(self, encoder: Encoder, corpus: Sequence[str]) -> None:
        self._encoder = encoder
        self._words = LexicalEncoder().fit(corpus)

    @property
    def key(self) -> str:
        """Empty: the words are weighed by a corpus."""
        return ""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts; see `preceptor.embed.Encoder.encode`."""
        sentences, words = self._encoder.encode(texts), self._words.encode(texts)
        both = np.hstack([np.sqrt(1 - WORDS_SHARE) * sentences, np.sqrt(WORDS_SHARE) * words])
        length = np.linalg.norm(both, axis=1, keepdims=True)
        return np.where(length > 1e-6, both / np.maximum(length, 1e-6), 0).astype(np.float32)
