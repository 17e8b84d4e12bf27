"""Small words: times, shares, answers and choices between phrasings."""

import re
from collections.abc import Sequence
from functools import lru_cache

from preceptor.answers import PROSE, of_words, preview
from preceptor.domain import SECONDS_PER_DAY, Question, QuestionKind, digest

_MARKUP = re.compile(r"[$`*_<>\[\]\\{}#]+")
_ATOM = re.compile(r"\$[^$]*\$\S*|\S+")
_LONGEST_RESPONSE = 40
MOST_SHOWN = 4096
"""Answers whose display is remembered: simulated students, and real ones, type the same ones again and again."""


def measured(seconds: float) -> tuple[float, str]:
    """A length of time as (number, unit): the unit that fits, days with one decimal where it matters.

    36 hours are (1.5, "day"), 2 seconds (2, "second"). What lies in the future counts as no time.
    """
    seconds = max(0.0, seconds)
    if seconds < 59.5:
        return round(seconds), "second"
    if seconds / 60 < 59.5:
        return round(seconds / 60), "minute"
    if seconds < SECONDS_PER_DAY:
        return round(seconds / 3600), "hour"
    days = seconds / SECONDS_PER_DAY
    return (round(days, 1) if days < 10 else round(days)), "day"


def span(seconds: float) -> str:
    """A length of time as `measured` gives it, in no smaller unit than minutes: "1.5 days"."""
    number, unit = measured(seconds)
    return "1 minute" if unit == "second" else _count(number, unit)


def ago(seconds: float) -> str:
    """How long ago, in figures: "3 days ago"."""
    return f"{span(seconds)} ago"


def percent(share: float) -> str:
    """A share in 0..1 as a whole percentage."""
    return f"{round(100 * share)} %"


def begin(text: str) -> str:
    """Begin a sentence with a capital letter."""
    return text[:1].upper() + text[1:]


def pick(options: Sequence[str], *seed: str) -> str:
    """Choose one phrasing by hash: always the same for the same event, varied between events."""
    return options[int(digest(*seed), 16) % len(options)]


def shortened(text: str, limit: int = 90) -> str:
    """Cut a text after whole words; mathematics between dollar signs is never cut in two."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    kept = ""
    for atom in _ATOM.finditer(flat):
        if atom.end() > limit - len(" …"):
            break
        kept = flat[: atom.end()]
    return f"{kept} …".lstrip()


@lru_cache(maxsize=MOST_SHOWN)
def shown(question: Question, answer: str) -> str:
    """An answer for display: as mathematics where the grammar reads it, else as a quotation without markup; remembered.

    Args:
        question: Its kind and language say how the answer is read and written.
        answer: What was typed or chosen; a key goes through `preceptor.answers.as_typed` first.
    """
    if question.kind is QuestionKind.CHOICE and answer in question.options:
        return _quoted(answer, question.language) if "$" not in answer else answer
    read = None if question.kind in PROSE or of_words(question) else preview(answer, question)
    if isinstance(read, str):
        return f"${read}$"
    plain = _MARKUP.sub(" ", answer)
    whole = of_words(question) or answer == question.key  # no longer than the question makes it, and all of it counts
    return _quoted(plain if whole else shortened(plain, _LONGEST_RESPONSE), question.language)


def _quoted(text: str, language: str) -> str:
    return f"„{text}“" if language == "de" else f"“{text}”"


def _count(number: float, noun: str) -> str:
    return f"{number:g} {noun}{'' if number == 1 else 's'}"
