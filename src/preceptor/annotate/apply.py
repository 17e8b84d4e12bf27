"""From an annotation to a bank."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from preceptor import domain
from preceptor.annotate.content import content_of
from preceptor.annotate.contract import Annotation, QuestionLabels
from preceptor.domain import Bank, Concept, Misconception, Question, UserError, topological_order

UNLABELLED = Concept("unlabelled", domain.UNLABELLED)
"""Stands for "nobody knows yet": a question needs a place in the Q-matrix, and this one claims nothing."""

Review = Callable[[Annotation], Annotation]
"""What stands between an annotation and the bank: a teacher's decisions, replayed."""


def as_given(annotation: Annotation) -> Annotation:
    """The review of nobody."""
    return annotation


def applied(bank: Bank, annotation: Annotation, review: Review = as_given) -> Bank:
    """A bank with an annotation's concepts, clusters, prerequisites, labels and steps.

    Ids, texts, keys and everything else of the questions stay. A question without a label, or that was changed since,
    gets `UNLABELLED`. Steps that a question has stay unless the annotation brings some or a teacher took them all; they
    use the question's concepts. A misconception moves to the concept of the questions it is recognised in.

    Args:
        bank: Any bank; its own labels are replaced.
        annotation: Of these questions, or of some of them.
        review: Applied to the annotation first.

    Raises:
        UserError: If the annotation names a concept that it does not define, or its prerequisites have a cycle.
    """
    reviewed = review(annotation)
    labelled = {found.question_id: found for found in reviewed.questions if found.labels}
    questions = tuple(_question(question, labelled.get(question.question_id)) for question in bank.questions)
    concepts = (*_concepts(reviewed), *([UNLABELLED] if _any_unlabelled(questions) else []))
    _check(concepts, questions)
    return Bank(concepts, questions, _misconceptions(bank, questions))


def _question(question: Question, found: QuestionLabels | None) -> Question:
    if found is None or found.content != content_of(question):
        concepts: tuple[str, ...] = (UNLABELLED.concept_id,)
        steps = tuple(replace(step, concepts=()) for step in question.steps)
    else:
        concepts = tuple(dict.fromkeys(label.concept_id for label in found.labels))
        own = () if found.bare else tuple(replace(step, concepts=concepts) for step in question.steps)
        steps = found.steps or own
    return replace(question, concepts=concepts, steps=steps)


def _concepts(annotation: Annotation) -> tuple[Concept, ...]:
    needs: dict[str, list[str]] = {concept.concept_id: [] for concept in annotation.concepts}
    for edge in annotation.prerequisites:
        unknown = {edge.concept_id, edge.needs} - needs.keys()
        if unknown:
            raise UserError(f"A prerequisite names the concept {min(unknown)!r}, which the annotation does not define.")
        needs[edge.concept_id].append(edge.needs)
    return tuple(replace(c, prerequisites=tuple(dict.fromkeys(needs[c.concept_id]))) for c in annotation.concepts)


def _any_unlabelled(questions: Sequence[Question]) -> bool:
    return any(UNLABELLED.concept_id in question.concepts for question in questions)


def _check(concepts: Sequence[Concept], questions: Sequence[Question]) -> None:
    known = {concept.concept_id for concept in concepts}
    for question in questions:
        unknown = {*question.concepts, *(c for step in question.steps for c in step.concepts)} - known
        if unknown:
            given = f"The question {question.question_id} is labelled {min(unknown)!r}."
            raise UserError(given, allowed="concepts that the annotation defines")
    topological_order(concepts)


def _misconceptions(bank: Bank, questions: Sequence[Question]) -> tuple[Misconception, ...]:
    seen: dict[str, Counter[str]] = {}
    for question in questions:
        for distractor in question.distractors:
            seen.setdefault(distractor.misconception_id, Counter())[question.concepts[0]] += 1
    return tuple(_moved(one, seen) for one in bank.misconceptions)


def _moved(misconception: Misconception, seen: Mapping[str, Counter[str]]) -> Misconception:
    counted = seen.get(misconception.misconception_id)
    return replace(misconception, concept_id=counted.most_common(1)[0][0] if counted else "")


def hidden(bank: Bank) -> Bank:
    """The bank as a teacher without labels has it: texts, options, keys and worked steps.

    Hints, families and the misconceptions of distractors go too, for they name what was hidden, and the difficulty
    that a generator knew.
    """
    questions = tuple(
        replace(
            question,
            concepts=(UNLABELLED.concept_id,),
            steps=tuple(replace(step, concepts=()) for step in question.steps),
            hints=(),
            distractors=tuple(replace(one, misconception_id="") for one in question.distractors),
            family="",
            difficulty=None,
        )
        for question in bank.questions
    )
    return Bank((UNLABELLED,), questions)
