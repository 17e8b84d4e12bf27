"""Whether a question names the unit it asks for, so that a number alone says enough: how many meters, in km/h."""

import re

from preceptor.answers.measures import Measure, measure
from preceptor.answers.unreadable import Unreadable

_MARKUP = re.compile(r"\\(?:text|mathrm)\s*\{([^{}]*)\}|\\[,; ]|[${}*_]")
_WORDS = r"(?=([^\s\d.,;:?!)\]”\"][^.,;:?!)\]”\"]*))"
_ASKING = re.compile(
    r"\b(?:how many|wie viele?)\s+(?:(?:more|full|whole|ganze|volle|mehr)\s+)?" + _WORDS + r"|\bin\s+[“\"]?" + _WORDS,
    re.IGNORECASE,
)
_PER = re.compile(r"\bin (?:an?|einer|einem|jeder|jedem) ", re.IGNORECASE)
_MOST_WORDS = 4
"""Words of the longest unit: cubic meters per hour."""


def names_unit(text: str, unit: Measure, nouns: frozenset[str]) -> bool:
    """Whether a question asks "how many …" or "in …" of a unit.

    Args:
        text: The question.
        unit: The unit of its key.
        nouns: Words that count as units besides those of all systems.
    """
    plain = _MARKUP.sub(lambda found: found[1] or " " * found[0].startswith("\\"), text)
    plain = _PER.sub("per ", plain)
    return any(_begins(asking[1] or asking[2], nouns) == unit for asking in _ASKING.finditer(plain))


def _begins(words: str, nouns: frozenset[str]) -> Measure | None:
    """The longest unit that stands at the beginning; None if there is none."""
    heads = words.split()[:_MOST_WORDS]
    readable = (_read(" ".join(heads[:count]), nouns) for count in range(len(heads), 0, -1))
    return next((found for found in readable if found is not None), None)


def _read(words: str, nouns: frozenset[str]) -> Measure | None:
    try:
        return measure(words, nouns)
    except Unreadable:
        return None
