"""The Q-matrix: which question exercises which concepts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from preceptor.domain.concept import claims_nothing
from preceptor.domain.question import Question


@dataclass(frozen=True)
class QMatrix:
    """Questions × concepts as padded index rows (Tatsuoka, 1983).

    Args:
        question_ids: Names of the rows.
        concept_ids: Names of the concepts.
        concepts: int32 [questions, most concepts of a question]; indices into `concept_ids`, −1 as padding.
        guess: float32 [questions]; P(correct) by pure guessing, NaN where it must be fitted.
    """

    question_ids: tuple[str, ...]
    concept_ids: tuple[str, ...]
    concepts: NDArray[np.int32]
    guess: NDArray[np.float32]

    @classmethod
    def of(cls, questions: Sequence[Question], concept_ids: Sequence[str]) -> "QMatrix":
        """Build the matrix of `questions` over `concept_ids`."""
        index = {concept_id: i for i, concept_id in enumerate(concept_ids)}
        width = max((len(question.concepts) for question in questions), default=1) or 1
        concepts = np.full((len(questions), width), -1, dtype=np.int32)
        guess = np.full(len(questions), np.nan, dtype=np.float32)
        for row, question in enumerate(questions):
            concepts[row, : len(question.concepts)] = [index[c] for c in question.concepts]
            guess[row] = np.nan if question.guess_probability is None else question.guess_probability
        return cls(tuple(q.question_id for q in questions), tuple(concept_ids), concepts, guess)

    @cached_property
    def question_index(self) -> dict[str, int]:
        """Row of every question id."""
        return {question_id: i for i, question_id in enumerate(self.question_ids)}

    @cached_property
    def concept_index(self) -> dict[str, int]:
        """Column of every concept id."""
        return {concept_id: i for i, concept_id in enumerate(self.concept_ids)}

    @cached_property
    def named(self) -> NDArray[np.bool_]:
        """Bool [concepts], those that say something; not the one of questions that nobody labelled."""
        return np.array([not claims_nothing(concept_id) for concept_id in self.concept_ids], dtype=bool)

    @cached_property
    def labelled(self) -> NDArray[np.bool_]:
        """Bool [questions], those with a concept that says something: only they can be practice of anything."""
        named = np.append(self.named, False)  # the last place stands for the padding −1
        return np.asarray(named[self.concepts].any(axis=1))

    @cached_property
    def dense(self) -> NDArray[np.float32]:
        """float32 [questions, concepts] with 1 where the question exercises the concept."""
        matrix = np.zeros((len(self.question_ids), len(self.concept_ids)), dtype=np.float32)
        rows, slots = np.nonzero(self.concepts >= 0)
        matrix[rows, self.concepts[rows, slots]] = 1
        return matrix

    def sums(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Σ over each question's concepts, float64 [n, questions], of values [n, concepts]."""
        padded = np.hstack([values, np.zeros((len(values), 1))])  # the last place stands for the padding −1
        first, *others = self.concepts.T
        total = padded[:, first]
        for own in others:
            total += padded[:, own]
        return total
