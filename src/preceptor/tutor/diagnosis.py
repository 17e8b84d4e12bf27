"""What a past answer shows: a miss, a misconception."""

from functools import lru_cache

from preceptor.answers import recognised
from preceptor.domain import Bank, Interaction, Outcome, Question

OWN_CREDIT = 0.5
"""Below it, more of an answer came from the hints than from the student."""


def missed(event: Interaction) -> bool:
    """Whether a student did not get there alone: wrong, "I don't know", or right by most of the hints."""
    return event.outcome is not Outcome.CORRECT or event.correct < OWN_CREDIT


def misconception_of(bank: Bank, event: Interaction) -> str:
    """Name the misconception behind a stored answer.

    Args:
        bank: The questions; their distractors decide.
        event: The answer.

    Returns:
        The misconception's id; empty unless the answer is wrong and means the same as a distractor with a known
        misconception.
    """
    question = bank.question.get(event.question_id)
    if question is None or event.outcome is not Outcome.WRONG or not event.response:
        return ""
    found = _matching(question, event.response)
    return found if found in bank.misconception else ""


@lru_cache(maxsize=4096)
def _matching(question: Question, response: str) -> str:
    for distractor in question.distractors:
        if _flat(distractor.answer) == _flat(response):
            return distractor.misconception_id
    return recognised(question, response)


def _flat(text: str) -> str:
    return "".join(text.split()).casefold()
