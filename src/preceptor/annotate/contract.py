"""What annotating gives: steps, concepts and labels that say how sure they are and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from preceptor.domain import Concept, Question, Step
from preceptor.progress import Progress


class Stage(StrEnum):
    """A part of the work that can fail by itself."""

    STEPS = "steps"
    CONCEPTS = "concepts"
    LINKS = "links"
    EXTENSION = "extension"


class Source(StrEnum):
    """Where a prerequisite comes from."""

    FRAMEWORK = "framework"
    PROPOSED = "proposed"
    TEACHER = "teacher"


@dataclass(frozen=True, slots=True)
class Label:
    """One concept of one question.

    Args:
        concept_id: The concept.
        confidence: Stated probability that the label is right, 0..1. A concept of its own, which no name of the
            framework stands behind, states that of the nearest name, which was too low to take it.
        evidence: What it rests on, in one line a teacher can read.
    """

    concept_id: str
    confidence: float
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class QuestionLabels:
    """What was found of one question.

    Args:
        question_id: The question.
        content: Hash of what the question said then, see `preceptor.annotate.content_of`.
        labels: Its concepts, surest first.
        steps: Worked steps with the concepts they use; empty for "no steps".
        bare: Whether a teacher says that there are no steps; otherwise those that the question has stay where none
            were found.
    """

    question_id: str
    content: str
    labels: tuple[Label, ...]
    steps: tuple[Step, ...] = ()
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """That one concept should be known before another.

    Args:
        concept_id: The later concept.
        needs: The earlier one.
        source: Who says so; whatever is only proposed is marked so wherever it is shown.
        evidence: What a proposal rests on.
    """

    concept_id: str
    needs: str
    source: Source
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """That a stage gave nothing for a question; nothing is invented in its place.

    Args:
        question_id: The question.
        stage: What failed.
        kind: Why, in one word.
        detail: What the user may want to read about it.
    """

    question_id: str
    stage: Stage
    kind: str
    detail: str = ""


@dataclass(frozen=True)
class Annotation:
    """A whole annotated bank.

    Args:
        annotator: Name of the annotator.
        framework: What concepts are named by: a framework's name, or "shipped" for the built-in names.
        concepts: Every concept that a question has, with its cluster; prerequisites stand apart.
        prerequisites: Between these concepts, without cycles.
        questions: What was found, in the bank's order; failed questions are absent.
        failures: What gave nothing, and why.
        counts: What else a report tells, for example repaired links, by name.
    """

    annotator: str
    framework: str
    concepts: tuple[Concept, ...]
    prerequisites: tuple[Prerequisite, ...]
    questions: tuple[QuestionLabels, ...]
    failures: tuple[Failed, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


class Annotator(Protocol):
    """Finds steps, concepts and labels of questions."""

    name: str

    def annotate(self, questions: Sequence[Question], progress: Progress) -> Annotation:
        """Annotate; what fails is told, never made up. Labels that questions have already are not looked at."""
        ...
