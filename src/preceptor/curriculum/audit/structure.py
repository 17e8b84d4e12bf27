"""Whether a question is complete: concepts, steps, distractors and options."""

from collections.abc import Iterator

from preceptor.curriculum.concepts import CONCEPTS
from preceptor.curriculum.draft import FEWEST_OPTIONS
from preceptor.curriculum.family import Wording
from preceptor.curriculum.misconceptions import MISCONCEPTIONS
from preceptor.domain import Question, QuestionKind

_PREREQUISITES = {concept.concept_id: frozenset(concept.prerequisites) for concept in CONCEPTS}
_CONCEPT_OF = {misconception.misconception_id: misconception.concept_id for misconception in MISCONCEPTIONS}


def problems(wording: Wording, question: Question) -> Iterator[str]:
    """Yield what is missing from a question or out of place in it."""
    allowed = related(question.concepts)
    yield from _steps(question, allowed)
    for distractor in question.distractors:
        concept = _CONCEPT_OF.get(distractor.misconception_id)
        if concept is None:
            yield f"there is no misconception {distractor.misconception_id!r}"
        elif concept not in allowed:
            yield f"the misconception {distractor.misconception_id!r} belongs to {concept!r}, which is not at hand"
    if not question.distractors:
        yield "no wrong answer has a name"
    yield from _options(question)


def related(concepts: tuple[str, ...]) -> frozenset[str]:
    """The concepts of a question and all that have to be known before them."""
    found = set(concepts)
    waiting = list(concepts)
    while waiting:
        new = _PREREQUISITES[waiting.pop()] - found
        found |= new
        waiting.extend(new)
    return frozenset(found)


def _steps(question: Question, allowed: frozenset[str]) -> Iterator[str]:
    if not question.steps:
        yield "no worked steps"
    used = {concept for step in question.steps for concept in step.concepts}
    if used - allowed:
        yield f"a step uses {sorted(used - allowed)}, which the question's concepts do not need"
    if set(question.concepts) - used:
        yield f"no step uses {sorted(set(question.concepts) - used)}"


def _options(question: Question) -> Iterator[str]:
    if question.kind is QuestionKind.CHOICE:
        offered = {question.key, *(distractor.answer for distractor in question.distractors)}
        if len(question.options) < FEWEST_OPTIONS or len(set(question.options)) != len(question.options):
            yield f"the options {question.options} are fewer than {FEWEST_OPTIONS} or repeat"
        if set(question.options) != offered:
            yield f"the options {question.options} are not the key and the named wrong answers"
    elif question.kind is QuestionKind.ORDER:
        if sorted(question.options) != sorted(question.key.split(", ")):
            yield f"the options {question.options} are not those of the key {question.key!r}"
    elif question.options:
        yield f"a {question.kind.value} question has options"
    if question.kind is not QuestionKind.CHOICE and ("$" in question.key or "\\" in question.key):
        yield f"the key {question.key!r} is not in answer syntax"
