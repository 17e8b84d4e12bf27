"""Between what students of a language type and the English answer syntax that everything is compared in."""

import re

from preceptor.answers import german
from preceptor.answers.parser import MAX_CHARS
from preceptor.answers.unreadable import Unreadable
from preceptor.domain import Question, QuestionKind

_FORMULA = re.compile(r"(?<!\\)\$([^$]+)\$")
PROSE = frozenset([QuestionKind.CHOICE, QuestionKind.TEXT, QuestionKind.UNKNOWN])
"""Kinds whose answers are words: compared as they stand, never rewritten."""
_LISTS = frozenset([QuestionKind.LIST, QuestionKind.SOLUTIONS, QuestionKind.ORDER])


def in_english(response: str, question: Question) -> str:
    """Write a response in English answer syntax.

    Args:
        response: What was typed, in the notation of the question's language.
        question: Its language and kind say how numbers are written.

    Raises:
        Unreadable: The response is longer than anything a question asks for.
    """
    if len(response) > MAX_CHARS:
        raise Unreadable("That is longer than {limit} characters.", MAX_CHARS, limit=MAX_CHARS)
    if question.language != "de":
        return response
    quantity = question.kind is QuestionKind.QUANTITY  # whose words are units
    return german.numbers_to_english(response) if quantity else german.to_english(response)


def as_typed(answer: str, question: Question) -> str:
    """Write a key or a distractor the way a student of the question's language types it.

    Args:
        answer: In answer syntax; for prose the text itself.
        question: Its language and kind say how.
    """
    return german.to_german(answer) if question.language == "de" and question.kind not in PROSE else answer


def other_readings(response: str, question: Question) -> list[str]:
    """What a response may mean besides what it says, in the student's favour.

    A German 1,2 is a decimal, but where a list may be asked for, its comma may be meant to part two entries.
    """
    if question.language != "de" or question.kind not in _LISTS:
        return []
    parted = german.commas_to_semicolons(response)
    return [parted] if parted != response else []


def formulas_of(question: Question) -> list[str]:
    """The formulas of a stem in English answer syntax, as far as they can be rewritten."""
    formulas = _FORMULA.findall(question.text)
    return [german.formula_to_english(latex) for latex in formulas] if question.language == "de" else formulas
