"""Which concepts a text is about, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank, Question, claims_nothing
from preceptor.embed import Encoder
from preceptor.tutor.evidence import SAID, Evidence
from preceptor.tutor.situation import Tag
from preceptor.tutor.tag_model import TagModel, fit_tag_model

RANKED = 3
"""Concepts told of a text."""
FOLDS = 5
MOST_FITTED = 1_000
"""Questions that the weights are fitted to."""
SINGLE = 0.75
"""Share of them that are held out without their family."""
WANTED_PRECISION, LEAST_CONFIDENCE = 0.9, 0.5
"""Share of right tags among those that are not called unknown, and what each of them has at least."""
NEVER = 2.0
LEAST_WORDS = 3
"""Words of three letters and more from which on an answer says something of itself."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """What a text is about.

    Args:
        tags: The most likely concepts, at most three, most likely first; empty if nothing of the text is known.
        known: Whether the first one is sure enough to go by; else the tutor asks which is meant.
    """

    tags: tuple[Tag, ...]
    known: bool


class Tagger:
    """Tells the concepts of texts by names, explanations and questions of a bank.

    Weights, and the confidence, are fitted to questions of the bank that were held out from the evidence, see
    `TagModel`.

    Args:
        evidence: What concepts are known by.
        model: The fitted weights.
        threshold: The least confidence that is gone by.
    """

    def __init__(self, evidence: Evidence, model: TagModel, threshold: float) -> None:
        self.evidence, self._model, self.threshold = evidence, model, threshold

    @classmethod
    def fit(cls, bank: Bank, encoder: Encoder, seed: int = 0) -> "Tagger":
        """Learn from a bank.

        Args:
            bank: Concepts by name, explanation and labelled questions.
            encoder: Makes vectors of all texts.
            seed: Of the folds, and of the choice among many questions.
        """
        evidence = Evidence.of(bank, encoder)
        rng = np.random.default_rng(seed)
        rows, features = held_out_features(evidence, rng)
        model = fit_tag_model(features, evidence.labels[rows])
        return cls(evidence, model, threshold_of(model.confidences(features), evidence.labels[rows]))

    @property
    def concept_ids(self) -> tuple[str, ...]:
        """The concepts behind the columns of `confidences`."""
        return self.evidence.concept_ids

    def confidences(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """P(the text is about the concept), float64 [texts, concepts]."""
        return self._model.confidences(self.evidence.features(texts))

    def tag(self, text: str) -> Tagged:
        """The concepts of a text; numbers alone say nothing of any."""
        if not _words(text):
            return Tagged((), False)
        features = self.evidence.features([text])
        if not features[:, :, SAID].any():
            return Tagged((), False)
        found = self._model.confidences(features)[0]
        best = np.argsort(-found, kind="stable")[:RANKED]
        tags = tuple(Tag(self.concept_ids[i], float(found[i])) for i in best)
        return Tagged(tags, bool(tags) and tags[0].confidence >= self.threshold)

    def tag_answer(self, question: Question, response: str, misconception_id: str, bank: Bank) -> Tagged:
        """The concepts that an answer is about.

        A recognised misconception has its own concept. Any other answer is about the concepts of its question, unless
        it is a text of several words that is surely about something else.

        Args:
            question: The question that was open.
            response: The answer.
            misconception_id: The misconception it shows; empty if none.
            bank: Knows the misconceptions.
        """
        mistake = bank.misconception.get(misconception_id)
        if mistake is not None:
            return Tagged((Tag(mistake.concept_id, 1.0),), True)
        own = Tagged(
            tuple(Tag(concept_id, 1.0) for concept_id in question.concepts if not claims_nothing(concept_id)),
            any(not claims_nothing(concept_id) for concept_id in question.concepts),
        )
        if own.known and (_words(response) < LEAST_WORDS or response in question.options):
            return own
        told = self.tag(response)
        return told if told.known or not own.known else own


def _words(text: str) -> int:
    """How many words of three letters and more a text has."""
    return sum(sum(map(str.isalpha, word)) >= 3 for word in text.split())


def held_out_features(evidence: Evidence, rng: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Features of questions as texts that the evidence does not hold.

    Most are left out with a fifth of all questions, as a new question of a known family; the others with their whole
    family, as a text like which there is none.

    Returns:
        Rows of the questions, and float32 [rows, concepts, features].
    """
    labelled = np.flatnonzero(evidence.labels.any(axis=1))
    rows = np.sort(rng.permutation(labelled)[:MOST_FITTED])
    single, fold_of_family = rng.random(len(rows)) < SINGLE, rng.integers(FOLDS, size=evidence.families)
    fold = rng.integers(FOLDS, size=len(evidence.labels))
    parts = []
    for alone, of_question in ((True, fold), (False, fold_of_family[evidence.family])):
        for k in range(FOLDS):
            chosen = rows[(single == alone) & (of_question[rows] == k)]
            if len(chosen):
                less = evidence.only(np.flatnonzero(of_question != k))
                parts.append((chosen, less.features_of_questions(chosen)))
    order = np.concatenate([chosen for chosen, _ in parts]) if parts else rows
    shape = (0, len(evidence.concept_ids), evidence.width)
    return order, np.concatenate([found for _, found in parts]) if parts else np.zeros(shape, dtype=np.float32)


def threshold_of(confidences: NDArray[np.float64], labels: NDArray[np.bool_]) -> float:
    """The lowest confidence that is gone by: `WANTED_PRECISION` of the first tags from there on are right.

    Args:
        confidences: float64 [texts, concepts], of texts that nothing but a few weights was fitted to.
        labels: Bool of this shape, the true concepts.

    Returns:
        The threshold; `NEVER` if there is none, so that the tutor always asks.
    """
    if not len(confidences):
        return NEVER
    first = confidences.argmax(axis=1)
    sure, right = confidences.max(axis=1), labels[np.arange(len(labels)), first]
    order = np.argsort(-sure, kind="stable")
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    surer = int((sure >= LEAST_CONFIDENCE).sum())
    enough = np.flatnonzero(precision[:surer] >= WANTED_PRECISION)
    if not len(enough):
        return NEVER
    return LEAST_CONFIDENCE if enough[-1] == surer - 1 else float(sure[order[enough[-1]]])
