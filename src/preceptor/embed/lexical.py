"""An encoder without a network: which words and letter groups a text shares with a corpus."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from preceptor.domain import UserError
from preceptor.embed.tokens import Tokens

if TYPE_CHECKING:  # scikit-learn takes seconds to load, and whoever reads kept vectors needs none of it
    from sklearn.feature_extraction.text import TfidfVectorizer

_VOCABULARY, _WEIGHTS = "vocabulary.json", "weights.safetensors"
# Operators and single digits carry meaning in mathematics; a LaTeX command stays one word.
_TOKEN = r"\\?\w+|[-+*/=<>^%]"
_MOST_FEATURES = 20_000
_MOST_WORDS = 20_000
"""Words whose vectors stay in memory, some 10 MB."""
_VECTORIZERS: dict[str, dict[str, Any]] = {
    "words": {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": _TOKEN},
    "letters": {"analyzer": "char_wb", "ngram_range": (3, 5)},
}


class LexicalEncoder:
    """TF-IDF over words and letter groups, reduced by a truncated singular value decomposition (LSA).

    v(text) = x V / |x V| with x = [tfidf(words), tfidf(letters)] and V the leading right singular vectors of the
    corpus. Letter groups find misspelt and inflected words.

    Args:
        dimensions: Largest number of dimensions; fewer where the corpus does not carry that many.
        seed: Seed of the randomized decomposition; the same corpus and seed give the same vectors.

    References:
        Deerwester et al., Indexing by latent semantic analysis, JASIS 41 (1990).
    """

    key: ClassVar[str] = ""

    def __init__(self, dimensions: int = 128, seed: int = 0) -> None:
        self.dimensions = dimensions
        self.seed = seed
        self._vectorizers: dict[str, TfidfVectorizer] = {}
        self._words: dict[str, tuple[NDArray[np.float32], float]] = {}
        self._set_components(np.empty((0, 0), dtype=np.float32))

    def fit(self, texts: Sequence[str]) -> "LexicalEncoder":
        """Learn the vocabulary and the directions of a corpus, for example all questions and concepts.

        Raises:
            UserError: If the corpus has no words at all.
        """
        if not any(character.isalnum() for text in texts for character in text):
            raise UserError(
                "An encoder needs a corpus, but the texts given hold no words.", mend="import a bank with texts"
            )
        from scipy.sparse import hstack
        from sklearn.utils.extmath import randomized_svd

        self._vectorizers = {name: _vectorizer(name) for name in _VECTORIZERS}
        matrix = hstack([vectorizer.fit_transform(texts) for vectorizer in self._vectorizers.values()]).tocsr()
        rank = min(self.dimensions, *matrix.shape)
        _, values, components = randomized_svd(matrix, n_components=rank, random_state=self.seed)
        kept = values > values[0] * 1e-6  # repeated texts add rows, but no directions
        self._set_components(components[kept].astype(np.float32))
        return self

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts; see `Encoder.encode`."""
        if not self._vectorizers:
            raise UserError("The encoder has not seen a corpus yet.", mend="call fit or load first")
        if not texts:
            return np.empty((0, len(self._components)), dtype=np.float32)
        vectors = np.stack([sum((part.of(text) for part in self._parts), self._nothing) for text in texts])
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        known = length > 1e-6
        return np.where(known, vectors / np.where(known, length, 1), 0).astype(np.float32)

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """One vector a word and operator, whatever stands around it; weights are inverse document frequencies.

        A word the corpus lacks weighs as much as its rarest one, and is as near to others as its letters are.
        """
        split = [re.findall(_TOKEN, text.lower()) for text in texts]
        new = sorted({word for words in split for word in words} - self._words.keys())
        if len(self._words) + len(new) > _MOST_WORDS:
            self._words, new = {}, sorted({word for words in split for word in words})
        vectors = self.encode(new)
        self._words |= zip(new, zip(vectors, self._rarity(new, vectors), strict=True), strict=True)
        return [self._of_words(words) for words in split]

    def _of_words(self, words: Sequence[str]) -> Tokens:
        known = [self._words[word] for word in words if self._words[word][1]]
        if not known:
            return Tokens(np.zeros((0, len(self._components)), dtype=np.float32), np.zeros(0, dtype=np.float32))
        weights = np.array([weight for _, weight in known], dtype=np.float32)
        return Tokens(np.stack([vector for vector, _ in known]), weights / weights.sum())

    def _rarity(self, words: Sequence[str], vectors: NDArray[np.float32]) -> list[float]:
        """Weights of words; 0 for a word of which nothing is known."""
        frequencies = self._vectorizers["words"]
        place, rarest = frequencies.vocabulary_, np.append(frequencies.idf_, frequencies.idf_.max())
        return [
            float(rarest[place.get(word, -1)]) if vector.any() else 0.0
            for word, vector in zip(words, vectors, strict=True)
        ]

    def save(self, folder: Path) -> None:
        """Write the encoder into a folder, without pickle; the vocabulary is written last."""
        folder.mkdir(parents=True, exist_ok=True)
        weights = {f"idf.{name}": np.asarray(v.idf_) for name, v in self._vectorizers.items()}
        save_file(weights | {"components": np.ascontiguousarray(self._components)}, folder / _WEIGHTS)
        words = {name: sorted(v.vocabulary_, key=v.vocabulary_.__getitem__) for name, v in self._vectorizers.items()}
        content = {"dimensions": self.dimensions, "seed": self.seed, "vocabulary": words}
        (folder / _VOCABULARY).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "LexicalEncoder":
        """Read a saved encoder; it encodes exactly as before.

        Raises:
            UserError: If the folder holds no whole encoder.
        """
        try:
            content = json.loads((folder / _VOCABULARY).read_text(encoding="utf-8"))
            weights = load_file(folder / _WEIGHTS)
            encoder = cls(content["dimensions"], content["seed"])
            for name, words in content["vocabulary"].items():
                vectorizer = _vectorizer(name, {word: index for index, word in enumerate(words)})
                vectorizer.idf_ = weights[f"idf.{name}"]
                encoder._vectorizers[name] = vectorizer
            encoder._set_components(weights["components"])
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise UserError(f"{folder} holds no encoder ({error}).", mend="embed the course again") from error
        return encoder

    def _set_components(self, components: NDArray[np.float32]) -> None:
        self._components, self._words = components, {}
        self._nothing = np.zeros(len(components), dtype=np.float32)
        ends = np.cumsum([len(vectorizer.vocabulary_) for vectorizer in self._vectorizers.values()])
        tables = np.split(np.ascontiguousarray(components.T), ends[:-1])  # a row a term
        self._parts = [_Part(*pair) for pair in zip(self._vectorizers.values(), tables, strict=False)]


class _Part:
    """tfidf(text) V of one vectorizer: what its `transform` gives, without the checks that cost most of a millisecond.

    Args:
        vectorizer: A fitted one.
        table: Its rows of V, float32 [terms, dimensions].
    """

    def __init__(self, vectorizer: "TfidfVectorizer", table: NDArray[np.float32]) -> None:
        self._terms_of, self._place = vectorizer.build_analyzer(), vectorizer.vocabulary_
        self._rarity = np.asarray(vectorizer.idf_, dtype=np.float32)
        self._table = table

    def of(self, text: str) -> NDArray[np.float32]:
        """float32 [dimensions], of length up to 1; zeros where no term is known."""
        counts = Counter(map(self._place.get, self._terms_of(text)))
        counts.pop(None, 0)
        places = np.fromiter(counts, dtype=np.intp, count=len(counts))
        often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        weights = (1 + np.log(often)) * self._rarity[places]
        length = np.sqrt(weights @ weights)
        return np.asarray((weights / length if length else weights) @ self._table[places])


def _vectorizer(name: str, vocabulary: dict[str, int] | None = None) -> "TfidfVectorizer":
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        **_VECTORIZERS[name],
        lowercase=True,
        sublinear_tf=True,
        max_features=_MOST_FEATURES,
        vocabulary=vocabulary,
        dtype=np.float32,
    )
