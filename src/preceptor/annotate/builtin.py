"""The annotator that needs no language model: nearest concepts of a framework, with a stated confidence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.annotate.clustering import clustered
from preceptor.annotate.content import content_of
from preceptor.annotate.contract import Annotation, Failed, Label, QuestionLabels, Stage
from preceptor.annotate.framework import Framework
from preceptor.annotate.grouping import Groups, Linkage, means, means_of_rows
from preceptor.annotate.matching import Matches, matches, similarities
from preceptor.annotate.prerequisites import prerequisites
from preceptor.annotate.scale import Scale, WithWords, scale_of
from preceptor.annotate.solving import solved
from preceptor.annotate.wording import full_name, says_something, short_name, what_is_read
from preceptor.domain import Concept, Question, Step
from preceptor.embed import Encoder, LexicalEncoder
from preceptor.embed.words import lexical_similarities
from preceptor.progress import Progress, silent

UNSURE = 0.5
"""Below this the nearest name is more likely wrong than right, and a kind of question is a concept of its own."""
LONGEST_NAME = 60
"""Characters of the question that a concept of its own is named by."""


@dataclass(frozen=True)
class Read:
    """What a ranking rests on, whatever the distances.

    Args:
        questions: The questions that say something.
        vectors: float32 [questions, dimensions].
        names: float32 [concepts, dimensions], of the framework's concepts.
        words: float64 [questions, concepts], cosine of the words.
        linkage: Which questions are how near to each other.
    """

    questions: tuple[Question, ...]
    vectors: NDArray[np.float32]
    names: NDArray[np.float32]
    words: NDArray[np.float64]
    linkage: Linkage


@dataclass(frozen=True)
class Ranked:
    """What was found of the questions that say something.

    Args:
        questions: These questions.
        groups: Which of them are alike.
        matches: The nearest concepts of every near group.
    """

    questions: tuple[Question, ...]
    groups: Groups
    matches: Matches


class BuiltinAnnotator:
    """Labels questions with the nearest concepts of a framework.

    Questions are grouped first: those of one mould share one label, found by the mean of their vectors. The label is
    the concept that is nearest in meaning and words, see `preceptor.annotate.matching.similarities`. Its confidence
    is the probability that it is right. Where it is more likely wrong, the group gets a concept of its own, named by
    its first question: wrong company would spoil the traces of both. That nobody has named it yet is no certainty, so
    it states the probability of the name that was not taken, and a review meets it first.

    Args:
        framework: Names the concepts.
        encoder: Gives vectors of questions and concepts; any that is ready for these texts.

    Attributes:
        scale: What distances between the encoder's vectors mean.
    """

    name: ClassVar[str] = "builtin"

    def __init__(self, framework: Framework, encoder: Encoder) -> None:
        self._framework = framework
        self._encoder = encoder
        self.scale = scale_of(encoder)

    def rank(self, questions: Sequence[Question]) -> Ranked:
        """Group questions and rank the framework's concepts for every group; silent questions are left out."""
        return self.ranked(self.read(questions), self.scale)

    def read(self, questions: Sequence[Question]) -> Read:
        """The vectors of the questions that say something."""
        told = tuple(question for question in questions if says_something(question))
        texts = [what_is_read(question) for question in told]
        encoder = self._reading(texts)
        names, vectors = encoder.encode(self._framework.texts), encoder.encode(texts)
        words = lexical_similarities(texts, self._framework.texts)
        return Read(told, vectors, names, words, Linkage(texts, vectors))

    def ranked(self, read: Read, scale: Scale) -> Ranked:
        """Groups by the distances of a scale, and the framework's concepts ranked for every group."""
        grouped = read.linkage.cut(scale.near, scale.broad)
        mean, words = means(read.vectors, grouped.near), means_of_rows(read.words, grouped.near)
        return Ranked(read.questions, grouped, matches(similarities(mean, read.names, words), mean, scale.weights))

    def _reading(self, texts: Sequence[str]) -> Encoder:
        """The encoder, with words beside it where it is one of sentences."""
        if isinstance(self._encoder, LexicalEncoder):
            return self._encoder
        return WithWords(self._encoder, [*texts, *self._framework.texts])

    def annotate(self, questions: Sequence[Question], progress: Progress = silent) -> Annotation:
        """Annotate questions; labels they have are not looked at."""
        return self.labelled(questions, self.rank(questions), progress)

    def labelled(self, questions: Sequence[Question], ranked: Ranked, progress: Progress = silent) -> Annotation:
        """The annotation that a ranking of the same questions gives."""
        labels, own = self.labels(ranked)
        groups = dict(zip((q.question_id for q in ranked.questions), ranked.groups.near.tolist(), strict=True))
        found, failures = [], []
        for done, question in enumerate(questions, 1):
            group = groups.get(question.question_id)
            if group is None:
                failures.append(Failed(question.question_id, Stage.CONCEPTS, "no-text", "nothing to go by"))
            else:
                found.append(_found(question, labels[group]))
            progress("questions annotated", done, len(questions))
        named = {label.concept_id for one in found for label in one.labels}
        used = [*(concept for concept in self._framework.concepts if concept.concept_id in named), *own.values()]
        vectors = self._encoder.encode([concept.name for concept in used])
        counts = {
            "kinds_of_questions": len(labels),
            "concepts_of_their_own": len(own),
            **{name: count for name, count in self._framework.counts.items() if count},
        }
        return Annotation(
            self.name,
            self._framework.name,
            clustered([replace(concept, prerequisites=()) for concept in used], vectors),
            prerequisites(used, self._framework.concepts, vectors),
            tuple(found),
            tuple(failures),
            counts,
        )

    def labels(self, ranked: Ranked) -> tuple[list[Label], dict[str, Concept]]:
        """A label for every near group, and the concepts of their own that unsure groups get."""
        near, broad = ranked.groups.near.tolist(), ranked.groups.broad.tolist()
        size = np.bincount(ranked.groups.near, minlength=len(ranked.matches.similarity))
        wide = dict(zip(near, broad, strict=True))
        labels: list[Label] = []
        own: dict[int, Concept] = {}
        for group, sure in enumerate(ranked.matches.confidence.tolist()):
            nearest = self._framework.concepts[int(ranked.matches.concept[group, 0])]
            evidence = self._evidence(ranked.matches, group, int(size[group]))
            if sure >= UNSURE:
                labels.append(Label(nearest.concept_id, round(sure, 3), evidence))
                continue
            first = ranked.questions[near.index(group)]
            concept = own.setdefault(wide[group], _own_concept(first, nearest, sure))
            labels.append(Label(concept.concept_id, round(sure, 3), f"no name is sure: {evidence}"))
        return labels, {concept.concept_id: concept for concept in own.values()}

    def _evidence(self, found: Matches, group: int, questions: int) -> str:
        nearest, *others = (self._framework.concepts[int(i)] for i in found.concept[group])
        told = [f"{short_name(nearest)}, similarity {found.similarity[group]:.2f}"]
        if others:
            told.append(f"ahead of {short_name(others[0])} by {found.margin[group]:.2f}")
        agree = round(float(found.agreement[group]) * found.neighbours)
        told.append(
            f"{agree} of {found.neighbours} neighbours agree" if found.neighbours else "nothing to compare with"
        )
        return ", ".join([*told, f"{questions} questions of this kind"] if questions > 1 else told)


def _found(question: Question, label: Label) -> QuestionLabels:
    steps: tuple[Step, ...] = ()
    if not question.steps:
        steps = tuple(replace(step, concepts=(label.concept_id,)) for step in solved(question))
    return QuestionLabels(question.question_id, content_of(question), (label,), steps)


def _own_concept(question: Question, nearest: Concept, sure: float) -> Concept:
    """A concept named by the question it was first seen in; stable while that question says the same."""
    name = " ".join(question.text.split())
    short = name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rsplit(" ", 1)[0] + "…"
    return Concept(
        f"own:{content_of(question)}",
        f"Like: {short}",
        grade=nearest.grade,
        explanation=f"No name of the framework is sure; the nearest is {full_name(nearest)} ({sure:.0%}).",
    )
