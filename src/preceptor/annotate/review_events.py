"""What a teacher decides about an annotation, as events that outlive it.

Events name questions by id, which re-annotating keeps, and concepts by code and name, because another annotation may
give the same concept another id.
"""

from dataclasses import dataclass
from functools import lru_cache

from preceptor.domain import Concept


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """A name or code as it is compared: without case and without spare blanks."""
    return " ".join(text.casefold().split())


@dataclass(frozen=True, slots=True)
class ConceptRef:
    """A concept as an event names it, see `preceptor.annotate.review_match.match`.

    Args:
        name: Its name when the event was recorded.
        code: Its code in the framework then; empty if it had none.
        concept_id: Its id then; only decides between concepts of the same code and name.
    """

    name: str
    code: str = ""
    concept_id: str = ""


def ref(concept: Concept) -> ConceptRef:
    """Name a concept as it is now."""
    return ConceptRef(concept.name, concept.code, concept.concept_id)


@dataclass(frozen=True, slots=True)
class AcceptLabel:
    """That a question has a concept, as the annotator said."""

    question_id: str
    concept: ConceptRef


@dataclass(frozen=True, slots=True)
class RemoveLabel:
    """That a question does not have a concept."""

    question_id: str
    concept: ConceptRef


@dataclass(frozen=True, slots=True)
class AddLabel:
    """That a question has a concept nobody had given it.

    Args:
        question_id: The question.
        concept: The concept.
        content: Hash of what the question said; stands in for the annotation's where that has nothing of the question.
    """

    question_id: str
    concept: ConceptRef
    content: str = ""


@dataclass(frozen=True, slots=True)
class MoveLabel:
    """That a question has the concept `target` in place of `source`."""

    question_id: str
    source: ConceptRef
    target: ConceptRef


@dataclass(frozen=True, slots=True)
class AddConcept:
    """That there is one more concept."""

    name: str


@dataclass(frozen=True, slots=True)
class RenameConcept:
    """That a concept has another name."""

    concept: ConceptRef
    name: str


@dataclass(frozen=True, slots=True)
class MergeConcepts:
    """That `merged` is no concept of its own: all it has goes to `into`."""

    merged: ConceptRef
    into: ConceptRef


@dataclass(frozen=True, slots=True)
class Part:
    """A new concept and the questions that move to it."""

    name: str
    question_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SplitConcept:
    """That a concept is several: the questions of `parts` move, the others stay."""

    concept: ConceptRef
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ConfirmPrerequisite:
    """That `needs` should be known before `concept`."""

    concept: ConceptRef
    needs: ConceptRef


@dataclass(frozen=True, slots=True)
class RemovePrerequisite:
    """That `needs` need not be known before `concept`."""

    concept: ConceptRef
    needs: ConceptRef


@dataclass(frozen=True, slots=True)
class ReviewedStep:
    """One step of a solution, its concepts named as in every event."""

    text: str
    concepts: tuple[ConceptRef, ...] = ()
    result: str = ""


@dataclass(frozen=True, slots=True)
class EditSteps:
    """The worked solution of a question, whole.

    Args:
        question_id: The question.
        content: Hash of what the question said; steps of another text are not its solution.
        steps: All its steps; a concept named here is a concept of the question.
    """

    question_id: str
    content: str
    steps: tuple[ReviewedStep, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """That an earlier event does not count; undoing an undo makes it count again."""

    event_id: str


Action = (
    AcceptLabel
    | RemoveLabel
    | AddLabel
    | MoveLabel
    | AddConcept
    | RenameConcept
    | MergeConcepts
    | SplitConcept
    | ConfirmPrerequisite
    | RemovePrerequisite
    | EditSteps
    | Undo
)


@dataclass(frozen=True, slots=True)
class Event:
    """One decision.

    Args:
        event_id: Names it; the same event twice counts once.
        at_seconds: When, UTC seconds since 1970.
        author: Who decided.
        action: What.
        row: Hash of the spreadsheet's row it was read from, so that the same row given back again is no new decision;
            empty if it comes from no spreadsheet.
    """

    event_id: str
    at_seconds: float
    author: str
    action: Action
    row: str = ""
