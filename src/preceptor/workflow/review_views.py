"""What the review of an annotation shows: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with named parts, so that a page can say it in its own language.

    Args:
        sentence: In English, see `preceptor.workflow.review_words`.
        parts: What stands in its places.
    """

    sentence: str
    parts: Mapping[str, str]

    def __str__(self) -> str:
        return self.sentence.format(**self.parts)


@dataclass(frozen=True, slots=True)
class ReviewedConcept:
    """One concept in the list.

    Args:
        questions: How many questions have it.
        confidence: Mean stated confidence of these labels, 0..1; 1 where a teacher decided.
        decided: How many of these labels a teacher vouches for.
        explanation: What the concept means; the framework's whole text where the name is cut.
    """

    concept_id: str
    name: str
    code: str
    cluster: str
    questions: int
    confidence: float
    decided: int
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One event that counts, or one that found no object.

    Args:
        told: What was decided.
        reason: Why it found no object; empty if it counts.
        text: What the question says that it is about; empty if it is about none.
    """

    event_id: str
    at_seconds: float
    author: str
    told: Told
    reason: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question without a concept, and why."""

    question_id: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A whole review.

    Args:
        annotator: Who annotated; empty if the course was never annotated.
        framework: What the concepts are named by.
        concepts: All concepts, the least sure first.
        open_questions: Questions without a concept.
        labels: How many labels there are.
        decided: How many of them a teacher vouches for.
        history: Events that count, the newest first.
        stranded: Events that found no object.
        torn: Whether the last decision was lost while it was written.
        unused: Whether the course uses other labels than these.
    """

    annotator: str
    framework: str = ""
    concepts: tuple[ReviewedConcept, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    labels: int = 0
    decided: int = 0
    history: tuple[Decision, ...] = ()
    stranded: tuple[Decision, ...] = ()
    torn: bool = False
    unused: bool = False


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A concept that another needs, or that needs it; `source` is a `preceptor.annotate.Source`."""

    concept_id: str
    name: str
    source: str
    evidence: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of a worked solution with the names of the concepts it uses."""

    text: str
    concepts: tuple[str, ...]
    result: str


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question as one of its concepts shows it.

    Args:
        confidence: Of the label, 0..1.
        evidence: What the label rests on.
        decided: Whether a teacher vouches for it.
        changed: Whether the question says something else than when it was annotated; then the label is not used.
        others: Names of the question's other concepts.
    """

    question_id: str
    text: str
    options: tuple[str, ...]
    key: str
    confidence: float
    evidence: str
    decided: bool
    changed: bool
    others: tuple[str, ...]
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class ConceptReview:
    """One concept with the questions behind it, the least sure first."""

    concept: ReviewedConcept
    questions: tuple[LabelledQuestion, ...]
    needs: tuple[Neighbour, ...]
    needed_by: tuple[Neighbour, ...]
    names: tuple[str, ...]
