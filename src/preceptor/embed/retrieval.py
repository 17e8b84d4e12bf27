"""How well a concept's vector finds its questions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.embed.labels import Labels
from preceptor.embed.texts import TextVectors

_TOGETHER = 64  # concepts whose likenesses to all steps are in memory at once


@dataclass(frozen=True)
class Retrieval:
    """What was found of every concept that has questions among those looked at.

    Args:
        hits: int64 [concepts looked for], right questions among the nearest `wanted`.
        wanted: int64 [concepts looked for], how many questions the concept has.
    """

    hits: NDArray[np.int64]
    wanted: NDArray[np.int64]

    @property
    def micro_f1(self) -> float:
        """Σ hits / Σ wanted; as many are retrieved as wanted, so that precision, recall and F1 are one."""
        return float(self.hits.sum() / max(self.wanted.sum(), 1))


def retrieve(vectors: TextVectors, labels: Labels, questions: NDArray[np.int64]) -> Retrieval:
    """Look for the questions of every concept among some questions.

    A question is as near as ½ [cos(e_c, e_q) + max over its steps of cos(e_c, e_s)], or cos(e_c, e_q) without steps.
    Of a concept with n questions the n nearest are taken; right is every question with a concept of its cluster. A
    concept whose name says nothing finds nothing.

    Args:
        vectors: Unit vectors of all texts of the bank.
        labels: Its labels.
        questions: Increasing; where to look.
    """
    chosen = vectors.take(questions)
    counts = labels.of_question[questions].sum(axis=0)
    concepts = np.flatnonzero(counts)
    right = labels.clusters_of_question[questions]
    hits = np.zeros(len(concepts), dtype=np.int64)
    for start in range(0, len(concepts), _TOGETHER):
        part = concepts[start : start + _TOGETHER]
        near = likeness(chosen, vectors.concepts[part])
        for i, (concept, row) in enumerate(zip(part, near, strict=True)):
            nearest = np.argsort(-row, kind="stable")[: counts[concept]]
            known = bool(vectors.concepts[concept].any())
            hits[start + i] = right[nearest, labels.cluster[concept]].sum() if known else 0
    return Retrieval(hits, counts[concepts].astype(np.int64))


def likeness(vectors: TextVectors, concepts: NDArray[np.float32]) -> NDArray[np.float32]:
    """How near every question is to every concept, float32 [concepts, questions]."""
    of_question = concepts @ vectors.questions.T
    if not len(vectors.steps):
        return of_question
    first = np.flatnonzero(np.diff(vectors.step_owner, prepend=-1))
    stepped, best = vectors.step_owner[first], of_question.copy()
    best[:, stepped] = np.maximum.reduceat(concepts @ vectors.steps.T, first, axis=1)
    return np.asarray((of_question + best) / 2, dtype=np.float32)
