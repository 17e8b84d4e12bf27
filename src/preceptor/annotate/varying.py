"""Which questions are varied, what a variation is, and whether our own algebra confirms its key."""

import re
from collections.abc import Sequence
from dataclasses import replace

from preceptor.annotate.asking_answers import Variation
from preceptor.annotate.asking_screen import gives_orders, tidy_step
from preceptor.annotate.asking_stages import bare_result
from preceptor.annotate.solving import solved
from preceptor.answers import Unreadable, Worker, parse
from preceptor.answers.tree import Relation
from preceptor.domain import Question, QuestionKind, Step, digest, question_id

VARIED = frozenset(
    [
        QuestionKind.NUMBER,
        QuestionKind.QUANTITY,
        QuestionKind.FRACTION,
        QuestionKind.EXPRESSION,
        QuestionKind.EQUATION,
        QuestionKind.SOLUTIONS,
        QuestionKind.LIST,
    ]
)
"""Kinds whose keys can be confirmed; a choice or a text cannot."""
_FORMULA = re.compile(r"(?<!\\)\$([^$]+)\$")
_VALUE_WANTED = re.compile(
    r"^\W*(?:please )?(?:evaluate|calculate|compute|simplify|work out|what is|find the value of)\W*$", re.IGNORECASE
)
_SOLUTION_WANTED = re.compile(r"^\W*(?:please )?solve(?: the equation)?(?: for \w)?\W*$", re.IGNORECASE)


def chosen_of(questions: Sequence[Question], most: int) -> list[Question]:
    """Up to `most` questions that can be varied, evenly spread; those that give orders are left alone."""
    made = variations_among(questions)
    able = [
        q
        for q in questions
        if q.kind in VARIED and q.servable and q.question_id not in made and not gives_orders(f"{q.text}\n{q.key}")
    ]
    count = min(most, len(able))
    return [able[index * len(able) // count] for index in range(count)]


def variations_among(questions: Sequence[Question]) -> set[str]:
    """Ids of the questions that were made from others of them: these are not varied again."""
    origins: dict[str, list[str]] = {}
    for question in questions:
        for family in {question.family, question.question_id} - {""}:
            origins.setdefault(family, []).append(question.question_id)
    return {
        question.question_id
        for question in questions
        for origin in origins.get(question.family, ())
        if question.question_id in {_id_of(origin, number, question.text, question.key) for number in range(3)}
    }


def worked_out(question: Question, worker: Worker) -> bool | None:
    """Whether our own algebra finds the key; None where the question is not just a formula to work out or to solve.

    Only "Work out $…$." and its like are decided here: with any more words, the formula may not be what is asked.
    """
    formulas = _FORMULA.findall(question.text)
    if len(formulas) != 1:
        return None
    words = _FORMULA.sub(" ", question.text)
    if _SOLUTION_WANTED.match(words):
        return True if solved(question) else None
    if not _VALUE_WANTED.match(words):
        return None
    try:
        asked, key = parse(formulas[0]), parse(question.key)
    except Unreadable:
        return None
    return None if isinstance(asked, Relation) or isinstance(key, Relation) else worker.same(asked, key)


def new_question(origin: Question, number: int, variation: Variation) -> Question:
    """A variation as a question of the origin's family."""
    text = " ".join(variation.question.split())
    key = bare_result(variation.answer)
    return Question(
        question_id=_id_of(origin.question_id, number, text, key),
        text=text,
        kind=origin.kind,
        key=key,
        concepts=origin.concepts,
        ordered=origin.ordered,
        steps=tuple(Step(tidy_step(step)) for step in variation.steps),
        family=origin.family or origin.question_id,
        language=origin.language,
    )


def as_variation(origin: Question, number: int, question: Question) -> Question:
    """A question that is there already, known from now on as the variation `number` (0 to 2) of another one."""
    named = _id_of(origin.question_id, number, question.text, question.key)
    return replace(question, question_id=named, family=origin.family or origin.question_id)


def _id_of(origin: str, number: int, text: str, key: str) -> str:
    return question_id("extension", f"{origin}:{number}:{digest(text, key)}")
