"""What concepts are known by: their names, explanations and questions, as vectors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank, claims_nothing
from preceptor.embed import Encoder, said
from preceptor.embed.words import WordLikeness

POWERS = (1, 4, 16)
"""Of the cosine to the nearest question: the higher, the more only a question that is nearly the same counts."""
NEAREST = 3
"""Place of that cosine itself."""
FEATURES = NEAREST + len(POWERS)
SAID = [0, 2, NEAREST]
"""Places of the features that are 0 for every concept if nothing of a text is known."""


@dataclass(frozen=True)
class Evidence:
    """Vectors of a bank's concepts and questions.

    Args:
        encoder: Made the vectors.
        words: Compares texts with names and explanations by the words they share.
        concept_ids: The concepts, without those that stand for "nobody knows yet".
        names: float32 [concepts, dimensions], of names.
        explanations: float32 [concepts, dimensions], of explanations; zeros where there is none.
        texts: What questions say.
        questions: float32 [questions, dimensions], of these texts.
        labels: bool [questions, concepts].
        family: int64 [questions], which questions are of one kind.
        used: int64, increasing; the questions that concepts are known by.
    """

    encoder: Encoder
    words: WordLikeness
    concept_ids: tuple[str, ...]
    names: NDArray[np.float32]
    explanations: NDArray[np.float32]
    texts: tuple[str, ...]
    questions: NDArray[np.float32]
    labels: NDArray[np.bool_]
    family: NDArray[np.int64]
    used: NDArray[np.int64]

    @classmethod
    def of(cls, bank: Bank, encoder: Encoder) -> "Evidence":
        """Encode a bank."""
        concepts = [concept for concept in bank.concepts if not claims_nothing(concept.concept_id)]
        place = {concept.concept_id: i for i, concept in enumerate(concepts)}
        labels = np.zeros((len(bank.questions), len(concepts)), dtype=bool)
        for row, question in enumerate(bank.questions):
            labels[row, [place[c] for c in question.concepts if c in place]] = True
        texts = tuple(said(question.text) for question in bank.questions)
        named = [f"{said(concept.name)} {concept.explanation}".strip() for concept in concepts]
        kinds = [question.family or question.question_id for question in bank.questions]
        return cls(
            encoder,
            WordLikeness(texts, named),
            tuple(place),
            encoder.encode([said(concept.name) for concept in concepts]),
            encoder.encode([concept.explanation for concept in concepts]),
            texts,
            encoder.encode(texts),
            labels,
            np.unique(kinds, return_inverse=True)[1] if kinds else np.zeros(0, dtype=np.int64),
            np.arange(len(bank.questions)),
        )

    @property
    def families(self) -> int:
        """How many kinds of questions there are."""
        return int(self.family.max(initial=-1)) + 1

    @property
    def width(self) -> int:
        """How many features a text and a concept have."""
        return FEATURES

    def only(self, questions: NDArray[np.int64]) -> "Evidence":
        """The same with some of the questions, increasing."""
        return replace(self, used=questions)

    def features(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """What speaks for every concept of texts, float32 [texts, concepts, features], see `features_of`."""
        return self.features_of(self.encoder.encode(texts), texts)

    def features_of_questions(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The same of questions of the bank, used or not."""
        return self.features_of(self.questions[rows], [self.texts[row] for row in rows])

    def features_of(self, vectors: NDArray[np.float32], texts: Sequence[str]) -> NDArray[np.float32]:
        """What speaks for every concept, float32 [texts, concepts, features].

        The larger cosine to name and explanation; whether the concept has no question; the likeness by words to name
        and explanation; and powers of the largest cosine to one of its questions, 0 where it has none.

        Args:
            vectors: float32 [texts, dimensions] of length 1, or zeros.
            texts: What they are of.
        """
        found = np.zeros((len(vectors), len(self.concept_ids), FEATURES), dtype=np.float32)
        found[:, :, 0] = np.maximum(vectors @ self.names.T, vectors @ self.explanations.T)
        of_concept, question, count = self._questions
        if len(question):
            have = np.flatnonzero(count)
            starts = np.searchsorted(of_concept, have)
            near = np.maximum.reduceat((vectors @ self.questions.T)[:, question], starts, axis=1)
            for i, power in enumerate(POWERS, start=NEAREST):
                found[:, have, i] = np.maximum(near, 0) ** power
        found[:, :, 1], found[:, :, 2] = count == 0, self.words.of(texts)
        return found

    @cached_property
    def _questions(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Concept and question of every label in use, by concept, and the number of every concept's."""
        question, concept = np.nonzero(self.labels[self.used])
        order = np.argsort(concept, kind="stable")
        return concept[order], self.used[question[order]], np.bincount(concept, minlength=len(self.concept_ids))
