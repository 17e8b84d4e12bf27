"""What is known of a student in words and without a figure, for a model that plays the student.

A model that is told a share of right answers answers to that share, whatever the session was.
"""

from collections.abc import Sequence

from preceptor.domain import SECONDS_PER_DAY, ConceptRecall
from preceptor.evaluate.prompts import prompt
from preceptor.tutor.rules import band

LATELY_DAYS, LONG_AGO_DAYS = 7.0, 30.0
FEW_ANSWERS = 5


def played_as(known: ConceptRecall, concept: str, mistakes: Sequence[str], at_seconds: float, language: str) -> str:
    """Tell of a practised concept how often and how long ago it was practised, how that went, and what is left of it.

    Args:
        known: What the mind knows of the concept; with one answer or more.
        concept: The concept's name.
        mistakes: Names of the misconceptions that showed on it.
        at_seconds: Now, UTC.
        language: ISO 639-1 code.
    """
    words = prompt("played_as", language)
    said = [words.fill(f"times_{_times(known.attempts)}", concept=concept)]
    if known.last_practice_seconds is not None:
        said.append(words.fill(f"last_{_last((at_seconds - known.last_practice_seconds) / SECONDS_PER_DAY)}"))
    said.append(words.fill(f"went_{band(known.correct / known.attempts)}"))
    said.append(words.fill(f"now_{band(known.recall)}"))
    if mistakes:
        said.append(words.fill("mistakes", mistakes="; ".join(mistakes)))
    return " ".join(said)


def _times(attempts: int) -> str:
    if attempts == 1:
        return "once"
    return "some" if attempts <= FEW_ANSWERS else "many"


def _last(days: float) -> str:
    if days <= LATELY_DAYS:
        return "lately"
    return "earlier" if days <= LONG_AGO_DAYS else "long_ago"
