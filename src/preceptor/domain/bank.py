"""The question bank."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from preceptor.domain.concept import Concept, Misconception
from preceptor.domain.identity import digest
from preceptor.domain.q_matrix import QMatrix
from preceptor.domain.question import Question, QuestionKind

T = TypeVar("T")


@dataclass(frozen=True)
class Bank:
    """Questions with their concepts and misconceptions.

    Args:
        concepts: All concepts, in a stable order.
        questions: All questions, in a stable order.
        misconceptions: Named wrong ideas that distractors refer to.
    """

    concepts: tuple[Concept, ...]
    questions: tuple[Question, ...]
    misconceptions: tuple[Misconception, ...] = ()

    @cached_property
    def concept(self) -> dict[str, Concept]:
        """Concepts by id."""
        return {concept.concept_id: concept for concept in self.concepts}

    @cached_property
    def question(self) -> dict[str, Question]:
        """Questions by id."""
        return {question.question_id: question for question in self.questions}

    @cached_property
    def misconception(self) -> dict[str, Misconception]:
        """Misconceptions by id."""
        return {misconception.misconception_id: misconception for misconception in self.misconceptions}

    @cached_property
    def q_matrix(self) -> QMatrix:
        """The Q-matrix of all questions, served or not."""
        return QMatrix.of(self.questions, [concept.concept_id for concept in self.concepts])

    @cached_property
    def askable(self) -> NDArray[np.bool_]:
        """What policies may ask, bool [questions]: what can be served; of a log alone what it asked, if labelled."""
        served = np.array([question.servable for question in self.questions], dtype=bool)
        if served.any():
            return served
        return np.array([not question.retired for question in self.questions], dtype=bool) & self.q_matrix.labelled

    @cached_property
    def content_hash(self) -> str:
        """Hash of every question's id and revision and of every concept."""
        rows = [
            (q.question_id, q.revision, q.difficulty, q.hints, q.distractors, q.family, q.uncheckable)
            for q in self.questions
        ]
        return digest(*rows, *self.concepts, *self.misconceptions, *self.clustering)

    @cached_property
    def clusters(self) -> dict[str, tuple[str, ...]]:
        """Ids of the concepts of every cluster; a concept without one stands alone under its own id."""
        found: dict[str, list[str]] = {}
        for concept in self.concepts:
            found.setdefault(concept.cluster or concept.concept_id, []).append(concept.concept_id)
        return {cluster: tuple(concepts) for cluster, concepts in found.items()}

    @property
    def clustering(self) -> tuple[str, ...]:
        """The clusters as parts of a hash; empty where no concept names one."""
        named = any(concept.cluster for concept in self.concepts)
        return ("clusters", *(concept.cluster for concept in self.concepts)) if named else ()

    def merged(self, other: "Bank") -> "Bank":
        """Union with `other`; where ids meet, `other` (the newer) wins in place.

        A question known only from a log never replaces one with text and key, nor does it bring the concepts that
        stand in for its unknown ones.
        """
        known = {q.question_id for q in self.questions if q.kind is not QuestionKind.UNKNOWN}
        newer = [q for q in other.questions if q.kind is not QuestionKind.UNKNOWN or q.question_id not in known]
        left_out = {c for q in other.questions for c in q.concepts} - {c for q in newer for c in q.concepts}
        return Bank(
            _union(self.concepts, (c for c in other.concepts if c.concept_id not in left_out), "concept_id"),
            _union(self.questions, newer, "question_id"),
            _union(self.misconceptions, other.misconceptions, "misconception_id"),
        )


def _union(old: Iterable[T], new: Iterable[T], key: str) -> tuple[T, ...]:
    return tuple({getattr(item, key): item for group in (old, new) for item in group}.values())
