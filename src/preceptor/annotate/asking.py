"""The annotator that asks a language model."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np

from preceptor.annotate.asking_links import linked, repaired
from preceptor.annotate.asking_pool import at_once
from preceptor.annotate.asking_screen import folded
from preceptor.annotate.asking_stages import Findings, Inquiry, Named, index_of
from preceptor.annotate.clustering import clustered
from preceptor.annotate.content import content_of
from preceptor.annotate.contract import Annotation, Label, QuestionLabels
from preceptor.annotate.framework import Framework
from preceptor.annotate.prerequisites import prerequisites
from preceptor.annotate.wording import what_is_read
from preceptor.answers import Worker
from preceptor.domain import Concept, Question, digest
from preceptor.embed import Encoder, LexicalEncoder
from preceptor.llm import LanguageModel, Request
from preceptor.progress import Progress, silent

CANDIDATES = 8
"""Concepts of the framework that are offered with a question."""


class AskingAnnotator:
    """Asks a model for steps, concepts and links of every question (ExRec, module 1).

    A question costs three requests where everything goes well. What the model says is checked and screened; what
    cannot be used is asked for again with the reason, and then told as a failure. Nothing is invented.

    Args:
        framework: Whose names come first.
        encoder: Finds what a link was left out for, and what means the same; also the framework's nearest concepts,
            unless it was fitted on a bank.
        model: What is asked.
        worker: Holds results against keys.
        concurrency: Questions under way at the same time.
    """

    name: ClassVar[str] = "model"

    def __init__(
        self, framework: Framework, encoder: Encoder, model: LanguageModel, worker: Worker, concurrency: int = 4
    ) -> None:
        self._model = model
        self._encoder = encoder
        self._framework = framework
        self._known = index_of(framework.concepts)
        self._worker = worker
        self._concurrency = concurrency

    def annotate(self, questions: Sequence[Question], progress: Progress = silent) -> Annotation:
        """Annotate; what fails is told, never made up."""
        pairs = list(zip(questions, self.candidates(questions), strict=True))
        findings = list(at_once(self._inquire, pairs, self._concurrency, "questions annotated", progress))
        own = own_concepts([named for found in findings for named in found.named])
        counts = Counter({"links_repaired": 0})
        labelled = []
        for found in findings:
            counts.update(found.counts)
            if found.named:
                labels, added = self._labelled(found, own)
                labelled.append(labels)
                counts["links_repaired"] += added
        ids = {label.concept_id for labels in labelled for label in labels.labels}
        used = [one for one in (*self._framework.concepts, *own.values()) if one.concept_id in ids]
        vectors = self._encoder.encode([concept.name for concept in used])
        return Annotation(
            annotator=self.name,
            framework=self._framework.name,
            concepts=clustered([replace(concept, prerequisites=()) for concept in used], vectors),
            prerequisites=prerequisites(used, self._framework.concepts, vectors),
            questions=tuple(labelled),
            failures=tuple(failed for found in findings for failed in found.failures),
            counts=dict(counts),
        )

    def candidates(self, questions: Sequence[Question]) -> list[tuple[Concept, ...]]:
        """The framework's nearest concepts to each question, nearest first.

        They depend on the question and the framework alone: what is asked of a question stays the same, and its
        answers are paid for once, whatever else joins the bank.
        """
        concepts = self._framework.concepts
        if not concepts or not questions:
            return [() for _ in questions]
        encoder = self._encoder if self._encoder.key else LexicalEncoder().fit(self._framework.texts)
        known = encoder.encode(self._framework.texts)
        texts = encoder.encode([what_is_read(question) for question in questions])
        nearest = np.argsort(-(texts @ known.T), axis=1, kind="stable")[:, :CANDIDATES]
        return [tuple(concepts[index] for index in row) for row in nearest]

    def first_request(self, question: Question, known: Sequence[Concept]) -> Request:
        """What is asked first about a question that is offered these concepts."""
        return self._inquiry(question, known).first_request()

    def _inquire(self, pair: tuple[Question, Sequence[Concept]]) -> Findings:
        return self._inquiry(*pair).run()

    def _inquiry(self, question: Question, known: Sequence[Concept]) -> Inquiry:
        return Inquiry(self._model, self._worker, question, known, self._known)

    def _labelled(self, found: Findings, own: Mapping[str, Concept]) -> tuple[QuestionLabels, int]:
        """Labels and linked steps of one question, and how many links were mended."""
        ids = [identified(named, own) for named in found.named]
        pairs, added = found.pairs or frozenset(), 0
        if found.pairs is not None:
            names = [named.name for named in found.named]
            pairs, added = repaired(pairs, [step.text for step in found.steps], names, self._encoder)
        labels = [Label(one, named.confidence, named.evidence) for one, named in zip(ids, found.named, strict=True)]
        surest = tuple(sorted(labels, key=lambda label: -label.confidence))
        steps = linked(found.steps, ids, pairs)
        return QuestionLabels(found.question.question_id, content_of(found.question), surest, steps), added


def own_concepts(named: Sequence[Named]) -> dict[str, Concept]:
    """Concepts for the names of the model's own, by folded name; the most frequent spelling stands."""
    spellings: dict[str, Counter[str]] = {}
    for one in named:
        if one.known is None:
            spellings.setdefault(folded(one.name), Counter())[one.name] += 1
    return {key: own_concept(max(sorted(found), key=found.__getitem__)) for key, found in sorted(spellings.items())}


def own_concept(name: str) -> Concept:
    """A concept of the model's own; spellings of one name are one concept."""
    return Concept("c" + digest("annotated", folded(name)), name)


def identified(named: Named, own: Mapping[str, Concept]) -> str:
    """Id of the concept that a name stands for."""
    return named.known.concept_id if named.known else own[folded(named.name)].concept_id
