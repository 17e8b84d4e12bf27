"""Likeness of texts by the words they share, without an encoder."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class WordLikeness:
    """Cosine of TF-IDF vectors of words and pairs of words.

    Args:
        texts: What is compared with the names, or is like it; how rare a word is follows from both.
        names: What texts are compared with.
    """

    def __init__(self, texts: Sequence[str], names: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer  # heavy, and other commands do without

        self._count = len(names)
        self._vectorizer: TfidfVectorizer | None = None
        if texts and any(any(character.isalnum() for character in text) for text in (*texts, *names)):
            made = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), token_pattern=r"\w+")
            self._vectorizer = made.fit([*texts, *names])
            self._names = made.transform(names).T.tocsr()

    def of(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Likeness of texts to the names, float64 [texts, names]; 0 where they share no word."""
        if self._vectorizer is None or not texts:
            return np.zeros((len(texts), self._count))
        found: NDArray[np.float64] = (self._vectorizer.transform(texts) @ self._names).toarray()
        return found


def lexical_similarities(texts: Sequence[str], names: Sequence[str]) -> NDArray[np.float64]:
    """Cosine of TF-IDF vectors of words and pairs of words; [texts, names]."""
    return WordLikeness(texts, names).of(texts)
