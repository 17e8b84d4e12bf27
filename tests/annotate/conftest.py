"""Small banks and an encoder whose vectors are known."""

import numpy as np
import pytest

from preceptor.domain import Bank, Concept, Question, QuestionKind, question_id


class Bag:
    """Counts of words as unit vectors: what has no word of the corpus is all zeros."""

    key = ""  # a vector depends on the corpus

    def __init__(self, corpus):
        self.words = {word: i for i, word in enumerate(sorted({w for text in corpus for w in self._split(text)}))}

    @staticmethod
    def _split(text):
        return [word for word in text.lower().replace(".", " ").split() if word.isalpha()]

    def encode(self, texts):
        rows = np.zeros((len(texts), len(self.words)), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in self._split(text):
                if word in self.words:
                    row[self.words[word]] += 1
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / np.where(length > 0, length, 1)


@pytest.fixture
def bag():
    return Bag


CONCEPTS = (
    Concept("f:area", "area of a rectangle", "A", 3, "area of a rectangle from length and width"),
    Concept("f:volume", "volume of a box", "V", 5, "volume of a box from length and width and height", ("f:area",)),
    Concept("f:mean", "mean of numbers", "M", 6, "mean of numbers, the average"),
)


def asked(number, text, concept, **more):
    return Question(question_id("t", str(number)), text, QuestionKind.NUMBER, "1", (concept,), **more)


@pytest.fixture
def bank():
    """Four questions of each of three concepts, of one mould each, and one that says nothing."""
    questions = [
        *(asked(i, f"Find the area of a rectangle {i} by {i + 2}.", "f:area") for i in range(4)),
        *(asked(10 + i, f"Find the volume of a box {i} by {i} by {i + 3}.", "f:volume") for i in range(4)),
        *(asked(20 + i, f"What is the mean of numbers {i} and {i + 5}?", "f:mean") for i in range(4)),
    ]
    return Bank(CONCEPTS, tuple(questions))
