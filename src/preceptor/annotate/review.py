"""Replaying a teacher's decisions over an annotation.

The annotation stays what the annotator gave; what a course uses is `replay(annotation, events).annotation`. Events are
applied in their order. One that does not find its object, because another annotation has no such concept or the
question has changed, changes nothing and is told as stranded.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import singledispatch
from itertools import count

from preceptor.annotate.contract import Annotation, Label, Prerequisite, Source, Stage
from preceptor.annotate.review_draft import Draft, acyclic, relinked
from preceptor.annotate.review_events import (
    AcceptLabel,
    AddConcept,
    AddLabel,
    ConceptRef,
    ConfirmPrerequisite,
    EditSteps,
    Event,
    MergeConcepts,
    MoveLabel,
    RemoveLabel,
    RemovePrerequisite,
    RenameConcept,
    SplitConcept,
    Undo,
    folded,
)
from preceptor.annotate.review_match import NotFoundError, match
from preceptor.domain import Concept, Step, digest

EVIDENCE = "a teacher says so"


@dataclass(frozen=True, slots=True)
class Stranded:
    """An event that found no object.

    Args:
        event: The event; nothing of it was applied, or all but what the reason says.
        reason: Why, as a sentence.
    """

    event: Event
    reason: str


@dataclass(frozen=True)
class Reviewed:
    """An annotation after review.

    Args:
        annotation: What stands.
        decided: Labels a teacher vouches for, as (question id, concept id).
        standing: The events that count, oldest first; neither undone nor stranded.
        stranded: The events that found no object.
    """

    annotation: Annotation
    decided: frozenset[tuple[str, str]] = frozenset()
    standing: tuple[Event, ...] = ()
    stranded: tuple[Stranded, ...] = ()


def replay(annotation: Annotation, events: Iterable[Event]) -> Reviewed:
    """Apply events to an annotation; the same annotation and events give the same result.

    Args:
        annotation: What the annotator gave.
        events: Decisions in the order they were taken; one that is there twice counts once.
    """
    once = tuple({event.event_id: event for event in reversed(tuple(events))}.values())[::-1]
    undone, stranded = _undone(once)
    draft, standing = Draft(annotation), []
    for event in once:
        if event.event_id in undone or isinstance(event.action, Undo):
            continue
        try:
            missing = _apply(event.action, draft)
            standing.append(event)
            stranded += [Stranded(event, missing)] if missing else []
        except NotFoundError as error:
            stranded.append(Stranded(event, str(error)))
    decided = frozenset(draft.decided)
    return Reviewed(draft.annotation(), decided, tuple(standing), tuple(stranded))


def _undone(events: tuple[Event, ...]) -> tuple[set[str], list[Stranded]]:
    """Ids of the events that do not count, and undos of what is not there; a later undo decides before an earlier."""
    place = {event.event_id: i for i, event in enumerate(events)}
    undone: set[str] = set()
    stranded = []
    for i, event in reversed(tuple(enumerate(events))):
        if isinstance(event.action, Undo) and event.event_id not in undone:
            if place.get(event.action.event_id, i) < i:
                undone.add(event.action.event_id)
            else:
                stranded.append(Stranded(event, "There is no such event before it."))
    return undone, stranded[::-1]


@singledispatch
def _apply(action: object, draft: Draft) -> str | None:
    """Apply an action; what it says is the part of it that found no object."""
    raise TypeError(f"{type(action).__name__} is no action of a review")


@_apply.register
def _(action: AcceptLabel, draft: Draft) -> None:
    concept, question = _concept(draft, action.concept), draft.question(action.question_id)
    known = question.labels.get(concept.concept_id, Label(concept.concept_id, 1.0, EVIDENCE))
    draft.decide(action.question_id, replace(known, confidence=1.0))


@_apply.register
def _(action: AddLabel, draft: Draft) -> None:
    concept = _concept(draft, action.concept)
    draft.open_question(action.question_id, action.content)
    draft.decide(action.question_id, Label(concept.concept_id, 1.0, EVIDENCE))


@_apply.register
def _(action: RemoveLabel, draft: Draft) -> None:
    concept, question = _concept(draft, action.concept), draft.question(action.question_id)
    question.rename_in_steps(concept.concept_id, None)
    draft.forget(action.question_id, concept.concept_id)


@_apply.register
def _(action: MoveLabel, draft: Draft) -> None:
    source, target = _concept(draft, action.source), _concept(draft, action.target)
    draft.question(action.question_id)
    _move(draft, action.question_id, source, target)


@_apply.register
def _(action: AddConcept, draft: Draft) -> None:
    draft.add_concept(_new_concept(draft, action.name))


@_apply.register
def _(action: RenameConcept, draft: Draft) -> None:
    concept = _concept(draft, action.concept)
    _require_free(draft, action.name, concept.concept_id)
    draft.concepts[concept.concept_id] = replace(concept, name=action.name)


@_apply.register
def _(action: MergeConcepts, draft: Draft) -> None:
    merged, into = (_concept(draft, wanted).concept_id for wanted in (action.merged, action.into))
    if merged == into:
        raise NotFoundError("A concept cannot be merged with itself.")
    moved = relinked(draft.links, lambda concept_id: into if concept_id == merged else concept_id)
    draft.links = acyclic(moved, draft.concepts)
    for question_id, question in draft.questions.items():
        question.rename_in_steps(merged, into)
        label = question.labels.get(merged)
        if label is None:
            continue
        decided = {concept for concept in (merged, into) if (question_id, concept) in draft.decided}
        surest = max((question.labels.get(into, label), label), key=lambda known: known.confidence)
        draft.forget(question_id, merged)
        question.labels[into] = replace(surest, concept_id=into)
        if decided:
            draft.decided.add((question_id, into))
    del draft.concepts[merged]


@_apply.register
def _(action: SplitConcept, draft: Draft) -> str | None:
    source = _concept(draft, action.concept)
    if len({folded(part.name) for part in action.parts}) < len(action.parts):
        raise NotFoundError("Two parts have the same name.")
    parts = [(_new_concept(draft, part.name, source), part.question_ids) for part in action.parts]
    gone = [name for _, names in parts for name in names if name not in draft.questions]
    if len(gone) == sum(len(names) for _, names in parts):
        raise NotFoundError("None of its questions is known.")
    for concept, question_ids in parts:
        draft.add_concept(concept)
        draft.links |= _inherited(draft, source.concept_id, concept.concept_id)
        for question_id in question_ids:
            if question_id in draft.questions:
                _move(draft, question_id, source, concept)
    return f"Nothing is known of the questions {', '.join(gone)}." if gone else None


@_apply.register
def _(action: ConfirmPrerequisite, draft: Draft) -> None:
    ends = _ends(action, draft)
    if ends[0] == ends[1]:
        raise NotFoundError("A concept cannot need itself.")
    known = draft.links.get(ends, Prerequisite(*ends, Source.TEACHER, EVIDENCE))
    draft.links = acyclic({**draft.links, ends: replace(known, source=Source.TEACHER)}, draft.concepts)


@_apply.register
def _(action: RemovePrerequisite, draft: Draft) -> None:
    draft.links.pop(_ends(action, draft), None)


@_apply.register
def _(action: EditSteps, draft: Draft) -> None:
    question = draft.question(action.question_id)
    if question.content != action.content:
        raise NotFoundError(f"The question {action.question_id} says something else now.")
    used = [tuple(_concept(draft, wanted).concept_id for wanted in step.concepts) for step in action.steps]
    question.steps = tuple(
        Step(step.text, concepts, step.result) for step, concepts in zip(action.steps, used, strict=True)
    )
    question.bare = not action.steps
    draft.mended |= {(action.question_id, Stage.STEPS), (action.question_id, Stage.LINKS)} if used else set()
    for concept_id in (concept_id for concepts in used for concept_id in concepts):
        if concept_id not in question.labels:
            draft.decide(action.question_id, Label(concept_id, 1.0, EVIDENCE))


def _concept(draft: Draft, wanted: ConceptRef) -> Concept:
    return match(wanted, draft.concepts.values())


def _ends(action: ConfirmPrerequisite | RemovePrerequisite, draft: Draft) -> tuple[str, str]:
    return _concept(draft, action.concept).concept_id, _concept(draft, action.needs).concept_id


def _move(draft: Draft, question_id: str, source: Concept, target: Concept) -> None:
    question = draft.questions[question_id]
    question.rename_in_steps(source.concept_id, target.concept_id)
    draft.forget(question_id, source.concept_id)
    draft.decide(question_id, Label(target.concept_id, 1.0, EVIDENCE))


def _new_concept(draft: Draft, name: str, like: Concept | None = None) -> Concept:
    """A concept that only the teacher knows; its id rests on its name, so that replaying gives the same."""
    _require_free(draft, name)
    ids = ("t" + digest("review", folded(name), number) for number in count())
    concept_id = next(concept_id for concept_id in ids if concept_id not in draft.concepts)
    return Concept(concept_id, name, grade=like.grade if like else None)


def _require_free(draft: Draft, name: str, but: str = "") -> None:
    if not name.strip():
        raise NotFoundError("A concept needs a name.")
    if any(folded(known.name) == folded(name) and known.concept_id != but for known in draft.concepts.values()):
        raise NotFoundError(f"Another concept is called “{name}”.")


def _inherited(draft: Draft, source: str, part: str) -> dict[tuple[str, str], Prerequisite]:
    """What a part probably needs and what probably needs it: as the whole did, but only proposed."""
    evidence = f"as for “{draft.concepts[source].name}”, which it was a part of"
    return {
        ends: Prerequisite(*ends, Source.PROPOSED, evidence)
        for concept_id, needs in draft.links
        if source in (concept_id, needs)
        for ends in [(part if concept_id == source else concept_id, part if needs == source else needs)]
    }
