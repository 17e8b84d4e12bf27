"""The annotator that asks a language model."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from preceptor.annotate.asking_links import repaired
from preceptor.annotate.asking_screen import folded
from preceptor.annotate.asking_stages import Findings, Inquiry, Named, index_of
from preceptor.annotate.content import content_of
from preceptor.annotate.contract import Annotation, Label, QuestionLabels
from preceptor.annotate.framework import Framework
from preceptor.answers import Worker
from preceptor.domain import Concept, Question, digest
from preceptor.embed import Encoder
from preceptor.llm import LanguageModel
from preceptor.progress import Progress

CANDIDATES = 8
"""Concepts of the framework that are offered with a question."""


class AskingAnnotator:
    """Asks a model for steps, concepts and links of every question (ExRec, module 1).

    A question costs three requests where everything goes well. What the model says is checked and screened; what
    cannot be used is asked for again with the reason, and then told as a failure. Nothing is invented.

    Args:
        model: What is asked.
        encoder: Finds the framework's nearest concepts and what a link was left out for.
        framework: Whose names come first.
        worker: Holds results against keys.
        concurrency: Questions under way at the same time.
        cluster: Groups concepts that mean the same: concept → name of its cluster; without it none are grouped.
    """

    name = "model"

    def __init__(
        self,
        model: LanguageModel,
        encoder: Encoder,
        framework: Framework,
        worker: Worker,
        concurrency: int = 4,
        cluster: Callable[[Sequence[Concept]], Sequence[Concept]] = tuple,
    ) -> None:
        self._model = model
        self._encoder = encoder
        self._framework = framework
        self._known = index_of(framework.concepts)
        self._worker = worker
        self._concurrency = concurrency
        self._cluster = cluster

    def annotate(self, questions: Sequence[Question], progress: Progress) -> Annotation:
        """Annotate; what fails is told, never made up."""
        findings = list(self._inquired(questions, progress))
        own = own_concepts([named for found in findings for named in found.named])
        counts: Counter[str] = Counter()
        for found in findings:
            counts.update(found.counts)
        labelled = []
        for found in findings:
            if found.named:
                labels, added = self._labelled(found, own)
                labelled.append(labels)
                counts["links repaired"] += added
        used = {label.concept_id for labels in labelled for label in labels.labels}
        concepts = [concept for concept in (*self._framework.concepts, *own.values()) if concept.concept_id in used]
        return Annotation(
            annotator=self.name,
            framework=self._framework.name,
            concepts=tuple(self._cluster([within(concept, used) for concept in concepts])),
            prerequisites=(),
            questions=tuple(labelled),
            failures=tuple(failed for found in findings for failed in found.failures),
            counts=dict(counts),
        )

    def candidates(self, questions: Sequence[Question]) -> list[list[Concept]]:
        """The framework's nearest concepts to each question, nearest first."""
        concepts = self._framework.concepts
        if not concepts or not questions:
            return [[] for _ in questions]
        known = self._encoder.encode([f"{concept.name}. {concept.explanation}" for concept in concepts])
        texts = self._encoder.encode([question.text for question in questions])
        nearest = np.argsort(-(texts @ known.T), axis=1, kind="stable")[:, :CANDIDATES]
        return [[concepts[index] for index in row] for row in nearest]

    def _inquired(self, questions: Sequence[Question], progress: Progress) -> Iterator[Findings]:
        """Ask about all questions; findings come in the order of the questions."""
        known = self.candidates(questions)
        with ThreadPoolExecutor(self._concurrency) as pool:
            waiting = [pool.submit(self.inquire, *pair) for pair in zip(questions, known, strict=True)]
            try:
                for done, future in enumerate(waiting, 1):
                    yield future.result()
                    progress("questions annotated", done, len(questions))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def inquire(self, question: Question, known: Sequence[Concept]) -> Findings:
        """Ask about one question."""
        return Inquiry(self._model, self._worker, question, known, self._known).run()

    def _labelled(self, found: Findings, own: Mapping[str, Concept]) -> tuple[QuestionLabels, int]:
        """Labels and linked steps of one question, and how many links were mended."""
        ids = [identified(named, own) for named in found.named]
        pairs, added = found.pairs, 0
        if pairs is not None:
            names = [named.name for named in found.named]
            pairs, added = repaired(pairs, [step.text for step in found.steps], names, self._encoder)
        steps = tuple(
            replace(step, concepts=tuple(ids[concept] for at, concept in sorted(pairs or ()) if at == index))
            for index, step in enumerate(found.steps)
        )
        labels = [
            Label(concept_id, named.confidence, named.evidence)
            for concept_id, named in zip(ids, found.named, strict=True)
        ]
        surest = tuple(sorted(labels, key=lambda label: -label.confidence))
        return QuestionLabels(found.question.question_id, content_of(found.question), surest, steps), added


def own_concepts(named: Sequence[Named]) -> dict[str, Concept]:
    """Concepts for the names of the model's own, by folded name; the most frequent spelling stands."""
    spellings: dict[str, Counter[str]] = {}
    for one in named:
        if one.known is None:
            spellings.setdefault(folded(one.name), Counter())[one.name] += 1
    return {
        key: Concept("c" + digest("annotated", key), max(sorted(found), key=found.__getitem__))
        for key, found in sorted(spellings.items())
    }


def identified(named: Named, own: Mapping[str, Concept]) -> str:
    """Id of the concept that a name stands for."""
    return named.known.concept_id if named.known else own[folded(named.name)].concept_id


def within(concept: Concept, used: set[str]) -> Concept:
    """A concept without prerequisites that no question has."""
    return replace(concept, prerequisites=tuple(one for one in concept.prerequisites if one in used))
