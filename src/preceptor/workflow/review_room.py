"""The review of an annotation with plain verbs, as pages call it."""

from collections.abc import Sequence
from typing import Protocol

from preceptor.annotate.review_events import (
    AcceptLabel,
    Action,
    AddLabel,
    ConfirmPrerequisite,
    EditSteps,
    MergeConcepts,
    MoveLabel,
    Part,
    RemoveLabel,
    RemovePrerequisite,
    RenameConcept,
    ReviewedStep,
    SplitConcept,
    ref,
)
from preceptor.domain import Concept, UserError, unknown_name
from preceptor.workflow.review_overview import Overview
from preceptor.workflow.review_views import ConceptReview, ReviewView, StepView
from preceptor.workflow.reviewing import NotAnnotatedError, ReviewState

AUTHOR = "teacher"
LONGEST_NAME = 200


class ReviewStore(Protocol):
    """Where decisions are kept, see `preceptor.workflow.reviewing.Review`."""

    def state(self) -> ReviewState:
        """Read everything."""
        ...

    def record(self, actions: Sequence[Action], author: str, at_seconds: float) -> ReviewState:
        """Record decisions, all or none."""
        ...

    def undo(self, event_id: str, author: str, at_seconds: float) -> ReviewState:
        """Take a decision back."""
        ...

    def use(self) -> bool:
        """Write the labels that stand into the course."""
        ...


class ReviewRoom:
    """One verb for everything a teacher can do to an annotation. Concepts are named by id or, where typed, by name.

    Args:
        store: Where decisions are kept.
        author: Who decides.
    """

    def __init__(self, store: ReviewStore, author: str = AUTHOR) -> None:
        self._store, self._author = store, author

    def view(self) -> ReviewView:
        """The whole review; one without an annotator where the course was never annotated."""
        try:
            return Overview(self._store.state()).view()
        except NotAnnotatedError:
            return ReviewView("")

    def concept(self, concept_id: str) -> ConceptReview:
        """One concept with its questions."""
        return self._now().concept(concept_id)

    def accept(self, question_id: str, concept_id: str, at_seconds: float) -> None:
        """A label is right."""
        self._record(AcceptLabel(question_id, ref(self._known(concept_id))), at_seconds)

    def remove(self, question_id: str, concept_id: str, at_seconds: float) -> None:
        """A label is wrong."""
        self._record(RemoveLabel(question_id, ref(self._known(concept_id))), at_seconds)

    def move(self, question_id: str, concept_id: str, target: str, at_seconds: float) -> None:
        """A question has the concept called `target` instead."""
        now = self._now()
        action = MoveLabel(question_id, ref(self._known(concept_id, now)), ref(now.named(target)))
        self._record(action, at_seconds)

    def add(self, question_id: str, name: str, at_seconds: float) -> None:
        """A question has the concept called `name`, too."""
        now = self._now()
        self._record(AddLabel(question_id, ref(now.named(name)), now.content(question_id)), at_seconds)

    def rename(self, concept_id: str, name: str, at_seconds: float) -> None:
        """A concept is called `name`."""
        self._record(RenameConcept(ref(self._known(concept_id)), checked_name(name)), at_seconds)

    def merge(self, concept_id: str, into: str, at_seconds: float) -> str:
        """A concept is the one called `into`; returns the id of that."""
        now = self._now()
        found = now.named(into)
        self._record(MergeConcepts(ref(self._known(concept_id, now)), ref(found)), at_seconds)
        return found.concept_id

    def split(self, concept_id: str, name: str, question_ids: Sequence[str], at_seconds: float) -> str:
        """Some questions of a concept have one of their own; returns its id."""
        if not question_ids:
            raise UserError("No question is ticked.", mend="tick the questions that move")
        part = Part(checked_name(name), tuple(question_ids))
        after = self._record(SplitConcept(ref(self._known(concept_id)), (part,)), at_seconds)
        return after.named(part.name).concept_id

    def need(self, concept_id: str, name: str, at_seconds: float) -> None:
        """The concept called `name` should be known before."""
        now = self._now()
        self._record(ConfirmPrerequisite(ref(self._known(concept_id, now)), ref(now.named(name))), at_seconds)

    def need_not(self, concept_id: str, needs: str, at_seconds: float) -> None:
        """The concept with the id `needs` need not be known before."""
        now = self._now()
        self._record(RemovePrerequisite(*(ref(self._known(wanted, now)) for wanted in (concept_id, needs))), at_seconds)

    def steps(self, question_id: str, steps: Sequence[StepView], at_seconds: float) -> None:
        """A question has these steps."""
        now = self._now()
        self._record(EditSteps(question_id, now.content(question_id), reviewed_steps(now, steps)), at_seconds)

    def undo(self, event_id: str, at_seconds: float) -> None:
        """A decision does not count."""
        self._store.undo(event_id, self._author, at_seconds)

    def use(self) -> bool:
        """Write the labels that stand into the course; whether anything changed."""
        return self._store.use()

    def _now(self) -> Overview:
        return Overview(self._store.state())

    def _known(self, concept_id: str, now: Overview | None = None) -> Concept:
        concepts = (now or self._now()).concepts
        if concept_id not in concepts:
            raise unknown_name("concept", concept_id, concepts)
        return concepts[concept_id]

    def _record(self, action: Action, at_seconds: float) -> Overview:
        return Overview(self._store.record((action,), self._author, at_seconds))


def reviewed_steps(now: Overview, steps: Sequence[StepView]) -> tuple[ReviewedStep, ...]:
    """Steps with their concepts found by name; steps that say nothing are left out.

    Raises:
        UnknownNameError: If a concept is not there.
    """
    return tuple(
        ReviewedStep(step.text.strip(), tuple(ref(now.named(name)) for name in step.concepts), step.result.strip())
        for step in steps
        if step.text.strip()
    )


def checked_name(name: str) -> str:
    """A concept's name without spare blanks.

    Raises:
        UserError: If it is empty, too long or holds signs that cannot be seen.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise UserError(
            "This name cannot be used.", allowed=f"1 to {LONGEST_NAME} printable characters", mend="choose another name"
        )
    return name
