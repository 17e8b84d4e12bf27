"""The review of an annotation as it is shown."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from preceptor.annotate.content import content_of
from preceptor.annotate.contract import Label, Prerequisite, QuestionLabels, Stage
from preceptor.annotate.review_events import Event, folded
from preceptor.answers import as_typed
from preceptor.domain import Concept, Step, unknown_name
from preceptor.workflow.review_views import (
    ConceptReview,
    Decision,
    LabelledQuestion,
    Neighbour,
    OpenQuestion,
    ReviewedConcept,
    ReviewView,
    StepView,
)
from preceptor.workflow.review_words import told
from preceptor.workflow.reviewing import ReviewState


@dataclass(frozen=True)
class Overview:
    """Draws views from one state.

    Args:
        state: Everything a review looks at.
    """

    state: ReviewState

    @cached_property
    def concepts(self) -> Mapping[str, Concept]:
        """Concepts that stand, by id."""
        return {concept.concept_id: concept for concept in self.state.reviewed.annotation.concepts}

    @cached_property
    def questions(self) -> Mapping[str, QuestionLabels]:
        """What is known of the questions, by id."""
        return {found.question_id: found for found in self.state.reviewed.annotation.questions}

    @cached_property
    def called(self) -> Mapping[str, str]:
        """What every concept is called here, by id: its name, with its code or id where another has the same name."""
        times = Counter(folded(concept.name) for concept in self.concepts.values())
        return {
            concept_id: concept.name
            if times[folded(concept.name)] == 1
            else f"{concept.name} ({concept.code or concept_id})"
            for concept_id, concept in self.concepts.items()
        }

    @cached_property
    def _by_name(self) -> Mapping[str, Concept]:
        return {folded(name): self.concepts[concept_id] for concept_id, name in self.called.items()}

    def named(self, name: str) -> Concept:
        """The concept that is called so.

        Raises:
            UnknownNameError: If there is none.
        """
        found = self._by_name.get(folded(name))
        if found is None:
            raise unknown_name("concept", name, self.called.values())
        return found

    def content(self, question_id: str) -> str:
        """Hash of what a question says, as its labels were given; of what it says now where it has none.

        Raises:
            UnknownNameError: If there is no such question.
        """
        if question_id in self.questions:
            return self.questions[question_id].content
        if question_id not in self.state.bank.question:
            raise unknown_name("question", question_id, self.state.bank.question)
        return content_of(self.state.bank.question[question_id])

    def view(self) -> ReviewView:
        """The whole review."""
        state, reviewed = self.state, self.state.reviewed
        lines = [self.line(concept_id) for concept_id in self.concepts]
        return ReviewView(
            annotator=state.given.annotator,
            framework=state.given.framework,
            concepts=tuple(sorted(lines, key=lambda line: (line.confidence, line.name))),
            open_questions=self._open_questions(),
            labels=sum(line.questions for line in lines),
            decided=sum(line.decided for line in lines),
            history=tuple(self._decision(event) for event in reversed(reviewed.standing)),
            stranded=tuple(self._decision(entry.event, entry.reason) for entry in reviewed.stranded),
            torn=state.torn,
            unused=state.unused,
        )

    def concept(self, concept_id: str) -> ConceptReview:
        """One concept with its questions.

        Raises:
            UnknownNameError: If there is no such concept.
        """
        if concept_id not in self.concepts:
            raise unknown_name("concept", concept_id, self.concepts)
        links = self.state.reviewed.annotation.prerequisites
        labelled = [self._question(found, label) for found, label in self._labels[concept_id]]
        return ConceptReview(
            self.line(concept_id),
            tuple(sorted(labelled, key=lambda question: question.confidence)),
            tuple(self._neighbour(link.needs, link) for link in links if link.concept_id == concept_id),
            tuple(self._neighbour(link.concept_id, link) for link in links if link.needs == concept_id),
            tuple(sorted(self.called.values(), key=str.casefold)),
        )

    @cached_property
    def _labels(self) -> Mapping[str, list[tuple[QuestionLabels, Label]]]:
        """The labels of every concept; those of questions that left the bank are not shown."""
        found: dict[str, list[tuple[QuestionLabels, Label]]] = {concept_id: [] for concept_id in self.concepts}
        for question in self.state.reviewed.annotation.questions:
            if question.question_id in self.state.bank.question:
                for label in question.labels:
                    found[label.concept_id].append((question, label))
        return found

    def line(self, concept_id: str) -> ReviewedConcept:
        """One concept in figures."""
        concept, labels = self.concepts[concept_id], self._labels[concept_id]
        decided = sum((found.question_id, concept.concept_id) in self.state.reviewed.decided for found, _ in labels)
        confidence = float(np.mean([label.confidence for _, label in labels])) if labels else 0.0
        cluster = "" if concept.cluster in (concept.name, concept.concept_id) else concept.cluster
        return ReviewedConcept(
            concept_id, self.called[concept_id], concept.code, cluster, len(labels), confidence, decided,
            concept.explanation,
        )  # fmt: skip

    def _question(self, found: QuestionLabels, label: Label) -> LabelledQuestion:
        question = self.state.bank.question[found.question_id]
        return LabelledQuestion(
            question.question_id,
            question.text,
            question.options,
            as_typed(question.key, question),
            label.confidence,
            label.evidence,
            (found.question_id, label.concept_id) in self.state.reviewed.decided,
            found.content != content_of(question),
            tuple(self.called[other.concept_id] for other in found.labels if other != label),
            tuple(self._step(step) for step in self.state.wanted.question[question.question_id].steps),
        )

    def _step(self, step: Step) -> StepView:
        return StepView(
            step.text, tuple(self.called[concept] for concept in step.concepts if concept in self.called), step.result
        )

    def _neighbour(self, concept_id: str, link: Prerequisite) -> Neighbour:
        return Neighbour(concept_id, self.called[concept_id], link.source.value, link.evidence)

    def _open_questions(self) -> tuple[OpenQuestion, ...]:
        failures = self.state.reviewed.annotation.failures
        why = {
            failed.question_id: failed.detail or failed.kind for failed in failures if failed.stage is Stage.CONCEPTS
        }
        known = self.state.bank.question
        return tuple(OpenQuestion(name, known[name].text, reason) for name, reason in why.items() if name in known)

    def _decision(self, event: Event, reason: str = "") -> Decision:
        question = self.state.bank.question.get(getattr(event.action, "question_id", ""))
        text = question.text if question else ""
        return Decision(event.event_id, event.at_seconds, event.author, told(event.action), reason, text)
