"""Likeness of texts by the words they share, without an encoder."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def lexical_similarities(texts: Sequence[str], names: Sequence[str]) -> NDArray[np.float64]:
    """Cosine of TF-IDF vectors of words and pairs of words; [texts, names]."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # heavy, and other commands do without

    if not texts or not any(any(character.isalnum() for character in text) for text in (*texts, *names)):
        return np.zeros((len(texts), len(names)))
    tfidf = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), token_pattern=r"\w+").fit([*texts, *names])
    found: NDArray[np.float64] = (tfidf.transform(texts) @ tfidf.transform(names).T).toarray()
    return found
