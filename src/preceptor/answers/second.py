"""A second checker for answers whose grade is contested."""

from collections.abc import Callable
from typing import Protocol

from preceptor.answers.notation import other_readings
from preceptor.answers.order import Order, of_words
from preceptor.answers.reading import read_key, read_response, readings
from preceptor.answers.solutions import Solutions
from preceptor.answers.tree import Collection, Node
from preceptor.answers.unreadable import Unreadable
from preceptor.domain import Question, QuestionKind

VALUE_ONLY = frozenset([QuestionKind.NUMBER, QuestionKind.LIST, QuestionKind.SOLUTIONS])
"""Kinds of which the value decides alone: an expression may have to be short, an equation solved, a fraction in lowest
terms."""
_READABLE = VALUE_ONLY | {
    QuestionKind.EXPRESSION, QuestionKind.EQUATION, QuestionKind.FRACTION, QuestionKind.ORDER,
}  # fmt: skip

Reading = tuple[Node, Node]


class SecondJudge(Protocol):
    """Gives opinions that rest on algebra alone."""

    def second_opinion(self, key: Node, response: Node, *, ordered: bool = False) -> bool | None:
        """Whether a response means the same as a key; None if neither could be proved."""
        ...


def second_check(question: Question, response: str, *, judge: SecondJudge) -> bool | None:
    """Check an answer again, by other means than `check`: exact algebra, whatever the form.

    Args:
        question: The question; its key decides.
        response: What the student typed.
        judge: Does the algebra.

    Returns:
        Whether the value is that of the key; None where only a person can say: words, options, quantities, and what
        cannot be read or proved.
    """
    if question.kind not in _READABLE or of_words(question):
        return None
    opinions = [_opinion(question, text, judge) for text in (response, *other_readings(response, question))]
    return True if True in opinions else None if None in opinions else False


def value_decides(question: Question) -> bool:
    """Whether an answer of the key's value is right in every form."""
    return question.kind in VALUE_ONLY or (question.kind is QuestionKind.EXPRESSION and not question.simplest)


def _opinion(question: Question, response: str, judge: SecondJudge) -> bool | None:
    try:
        key, typed = _READERS.get(question.kind, _trees)(question, response)
    except Unreadable:
        return None
    ordered = question.ordered or question.kind is QuestionKind.ORDER
    opinions = [judge.second_opinion(one, other, ordered=ordered) for one, other in readings(key, typed, question.text)]
    return True if True in opinions else None if None in opinions else False


def _trees(question: Question, response: str) -> Reading:
    key = read_key(question.key, question.kind)
    return key, read_response(response, key, question)


def _solutions(question: Question, response: str) -> Reading:
    key = Solutions().key(question.key, question)
    return key, Solutions().read(response, key, question)


def _order(question: Question, response: str) -> Reading:
    key = Order().key(question.key, question)
    return Collection("(", ")", key), Collection("(", ")", Order().read(response, key, question))


_READERS: dict[QuestionKind, Callable[[Question, str], Reading]] = {
    QuestionKind.SOLUTIONS: _solutions,
    QuestionKind.ORDER: _order,
}
