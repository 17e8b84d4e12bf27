"""Which misconception a past answer shows."""

from fractions import Fraction
from functools import lru_cache

from preceptor.answers import Unreadable, parse
from preceptor.answers.rational import exact
from preceptor.domain import Bank, Interaction, Outcome, Question


def misconception_of(bank: Bank, event: Interaction) -> str:
    """Name the misconception behind a stored answer.

    Args:
        bank: The questions; their distractors decide.
        event: The answer.

    Returns:
        The misconception's id; empty unless the answer is wrong and equals a distractor with a known misconception.
    """
    question = bank.question.get(event.question_id)
    if question is None or event.outcome is not Outcome.WRONG or not event.response:
        return ""
    found = _matching(question, event.response)
    return found if found in bank.misconception else ""


@lru_cache(maxsize=4096)
def _matching(question: Question, response: str) -> str:
    value = _value(response)
    for distractor in question.distractors:
        same_text = _flat(distractor.answer) == _flat(response)
        if same_text or (value is not None and value == _value(distractor.answer)):
            return distractor.misconception_id
    return ""


def _flat(text: str) -> str:
    return "".join(text.split()).casefold()


@lru_cache(maxsize=4096)
def _value(text: str) -> Fraction | None:
    try:
        return exact(parse(text))
    except Unreadable:
        return None
