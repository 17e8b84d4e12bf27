"""The annotator that needs no language model: nearest concepts of a framework, with a stated confidence."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from preceptor.annotate.clustering import clustered
from preceptor.annotate.content import content_of
from preceptor.annotate.contract import Annotation, Failed, Label, QuestionLabels, Stage
from preceptor.annotate.framework import Framework
from preceptor.annotate.grouping import families, means
from preceptor.annotate.matching import Matches, lexical_similarities, matches, similarities
from preceptor.annotate.prerequisites import prerequisites
from preceptor.annotate.solving import solved
from preceptor.annotate.wording import says_something, what_is_read
from preceptor.domain import Concept, Question, Step
from preceptor.embed import Encoder
from preceptor.progress import Progress, silent

NEAR = 0.3
"""Mean cosine distance within questions that share a label."""


@dataclass(frozen=True)
class Ranked:
    """What was found of the questions that say something.

    Args:
        questions: These questions.
        group: int64 [questions], which of them are near-identical.
        matches: The nearest concepts of every group.
    """

    questions: tuple[Question, ...]
    group: NDArray[np.int64]
    matches: Matches


class BuiltinAnnotator:
    """Labels questions with the nearest concepts of a framework.

    Questions are grouped first: those of one mould share one label, found by the mean of their vectors. The label is
    the concept that is nearest in meaning and words, see `preceptor.annotate.matching.similarities`. Its confidence
    is the probability that it is right.

    Args:
        framework: Names the concepts.
        encoder: Gives vectors of questions and concepts; any that is ready for these texts.
    """

    name: ClassVar[str] = "builtin"

    def __init__(self, framework: Framework, encoder: Encoder) -> None:
        self._framework = framework
        self._encoder = encoder
        self._names = encoder.encode(framework.texts)

    def rank(self, questions: Sequence[Question]) -> Ranked:
        """Group questions and rank the framework's concepts for every group; silent questions are left out."""
        told = tuple(question for question in questions if says_something(question))
        texts = [what_is_read(question) for question in told]
        vectors = self._encoder.encode(texts)
        group = families(texts, vectors, NEAR)
        mean = means(vectors, group)
        lexical = lexical_similarities(texts, self._framework.texts) if texts else np.zeros((0, len(self._names)))
        words = np.zeros((len(mean), len(self._names)))
        np.add.at(words, group, lexical)
        words /= np.maximum(np.bincount(group, minlength=len(mean)), 1)[:, None]
        return Ranked(told, group, matches(similarities(mean, self._names, words), mean))

    def annotate(self, questions: Sequence[Question], progress: Progress = silent) -> Annotation:
        """Annotate questions; labels they have are not looked at."""
        progress("texts read", 0, len(questions))
        ranked = self.rank(questions)
        progress("texts read", len(questions), len(questions))
        labels = dict(zip((q.question_id for q in ranked.questions), self._labels(ranked), strict=True))
        found, failures = [], []
        for done, question in enumerate(questions, 1):
            if question.question_id not in labels:
                failures.append(Failed(question.question_id, Stage.CONCEPTS, "no-text", "nothing to go by"))
            else:
                found.append(_found(question, labels[question.question_id]))
            progress("questions annotated", done, len(questions))
        used = self._used(found)
        vectors = self._encoder.encode([concept.name for concept in used])
        counts = {
            "groups": len(ranked.matches.similarity),
            "questions_with_steps": sum(bool(one.steps) for one in found),
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

    def _labels(self, ranked: Ranked) -> list[Label]:
        size = Counter(ranked.group.tolist())
        confidence = ranked.matches.confidence
        per_group = [
            Label(
                self._framework.concepts[int(concepts[0])].concept_id,
                round(float(confidence[i]), 3),
                self._evidence(ranked.matches, i, size[i]),
            )
            for i, concepts in enumerate(ranked.matches.concept)
        ]
        return [per_group[i] for i in ranked.group.tolist()]

    def _evidence(self, found: Matches, row: int, questions: int) -> str:
        told = [f"similarity {found.similarity[row]:.2f}"]
        if found.concept.shape[1] > 1:
            second = self._framework.concepts[int(found.concept[row, 1])]
            told.append(f"next {second.code or second.name} by {found.margin[row]:.2f}")
        told.append(f"{found.agreement[row]:.0%} of the neighbours agree")
        return ", ".join([*told, f"{questions} questions of this kind"] if questions > 1 else told)

    def _used(self, found: Sequence[QuestionLabels]) -> list[Concept]:
        used = {label.concept_id for one in found for label in one.labels}
        return [concept for concept in self._framework.concepts if concept.concept_id in used]


def _found(question: Question, label: Label) -> QuestionLabels:
    steps: tuple[Step, ...] = ()
    if not question.steps:
        steps = tuple(replace(step, concepts=(label.concept_id,)) for step in solved(question))
    return QuestionLabels(question.question_id, content_of(question), (label,), steps)
