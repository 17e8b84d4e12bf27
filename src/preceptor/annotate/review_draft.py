"""An annotation under review: what events change."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from preceptor.annotate.contract import Annotation, Failed, Label, Prerequisite, QuestionLabels, Source, Stage
from preceptor.annotate.review_match import NotFoundError
from preceptor.domain import Concept, Step

NO_LABEL = "unlabelled"
Links = dict[tuple[str, str], Prerequisite]


@dataclass
class QuestionDraft:
    """One question under review."""

    content: str
    labels: dict[str, Label]
    steps: tuple[Step, ...] = ()
    bare: bool = False

    def rename_in_steps(self, old: str, new: str | None) -> None:
        """Let steps use concept `new` in place of `old`; None for no concept."""
        self.steps = tuple(replace(step, concepts=_renamed(step.concepts, old, new)) for step in self.steps)


class Draft:
    """A copy of an annotation that can be changed; every change is whole or raises before anything is changed.

    Args:
        annotation: What the annotator gave.
    """

    def __init__(self, annotation: Annotation) -> None:
        self._given = annotation
        self.concepts: dict[str, Concept] = {concept.concept_id: concept for concept in annotation.concepts}
        self.links: Links = {(link.concept_id, link.needs): link for link in annotation.prerequisites}
        self.questions = {
            found.question_id: QuestionDraft(
                found.content, {label.concept_id: label for label in found.labels}, found.steps, found.bare
            )
            for found in annotation.questions
        }
        self.decided: set[tuple[str, str]] = set()
        self.mended: set[tuple[str, Stage]] = set()
        self._new: set[str] = set()
        self._bare = {found.question_id for found in annotation.questions if not found.labels}

    def question(self, question_id: str) -> QuestionDraft:
        """A question the annotator said something of.

        Raises:
            NotFoundError: If there is none.
        """
        if question_id not in self.questions:
            raise NotFoundError(f"Nothing is known of the question {question_id}.")
        return self.questions[question_id]

    def open_question(self, question_id: str, content: str) -> QuestionDraft:
        """A question, also one the annotator failed on, with what it said when it was reviewed.

        Raises:
            NotFoundError: If the annotation knows nothing of it.
        """
        if question_id not in self.questions and any(f.question_id == question_id for f in self._given.failures):
            self.questions[question_id] = QuestionDraft(content, {})
        return self.question(question_id)

    def add_concept(self, concept: Concept) -> None:
        """Add a concept."""
        self.concepts[concept.concept_id] = concept
        self._new.add(concept.concept_id)

    def decide(self, question_id: str, label: Label) -> None:
        """Give a question a label that a teacher vouches for."""
        self.questions[question_id].labels[label.concept_id] = label
        self.decided.add((question_id, label.concept_id))
        self.mended.add((question_id, Stage.CONCEPTS))

    def forget(self, question_id: str, concept_id: str) -> None:
        """Take a label from a question."""
        self.questions[question_id].labels.pop(concept_id, None)
        self.decided.discard((question_id, concept_id))

    def annotation(self) -> Annotation:
        """What stands now: concepts whose last question was taken are gone, questions whose last label was too."""
        used = {concept_id for question in self.questions.values() for concept_id in question.labels}
        before = {label.concept_id for found in self._given.questions for label in found.labels}
        gone = ((before | self._new) - used) & set(self.concepts)
        return replace(
            self._given,
            concepts=tuple(concept for concept in self.concepts.values() if concept.concept_id not in gone),
            prerequisites=tuple(link for ends, link in self.links.items() if not gone.intersection(ends)),
            questions=tuple(
                QuestionLabels(
                    question_id, question.content, _surest_first(question.labels), question.steps, question.bare
                )
                for question_id, question in self.questions.items()
                if question.labels or question_id in self._bare
            ),
            failures=tuple(self._failures()),
        )

    def _failures(self) -> Iterable[Failed]:
        """What the annotator could not do and no teacher has done since, and what a teacher left without a concept."""
        labelled = {question_id for question_id, question in self.questions.items() if question.labels}
        open_still = [f for f in self._given.failures if (f.question_id, f.stage) not in self.mended]
        yield from open_still
        told = {failed.question_id for failed in open_still if failed.stage is Stage.CONCEPTS}
        for question_id in self.questions:
            if question_id not in labelled | self._bare | told:
                yield Failed(question_id, Stage.CONCEPTS, NO_LABEL, "a teacher took its last concept")


def relinked(links: Links, rename: Callable[[str], str]) -> Links:
    """Prerequisites under other ids; what a concept would need of itself is left out, what a teacher says stays."""
    found: Links = {}
    for link in links.values():
        ends = rename(link.concept_id), rename(link.needs)
        moved = replace(link, concept_id=ends[0], needs=ends[1])
        if ends[0] != ends[1] and (ends not in found or moved.source is Source.TEACHER):
            found[ends] = moved
    return found


def acyclic(links: Links, names: Mapping[str, Concept]) -> Links:
    """Prerequisites without circles: those only proposed give way.

    Raises:
        NotFoundError: If a circle has none that is only proposed.
    """
    left = dict(links)
    while circle := _circle(left):
        proposed = [ends for ends in circle if left[ends].source is Source.PROPOSED]
        if not proposed:
            told = " → ".join(names[needs].name for _, needs in (*circle, circle[0]))
            raise NotFoundError(f"The prerequisites would form a circle: {told}.")
        for ends in proposed:
            del left[ends]
    return left


def _circle(links: Links) -> tuple[tuple[str, str], ...]:
    """The prerequisites along one circle, as (concept, needs); empty if there is none."""
    graph: dict[str, list[str]] = {}
    for concept_id, needs in sorted(links):
        graph.setdefault(concept_id, []).append(needs)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        round_trip: list[str] = error.args[1]
        return tuple((after, before) for before, after in pairwise(round_trip))
    return ()


def _renamed(concepts: tuple[str, ...], old: str, new: str | None) -> tuple[str, ...]:
    renamed = (new if concept == old else concept for concept in concepts)
    return tuple(dict.fromkeys(concept for concept in renamed if concept is not None))


def _surest_first(labels: Mapping[str, Label]) -> tuple[Label, ...]:
    return tuple(sorted(labels.values(), key=lambda label: -label.confidence))
