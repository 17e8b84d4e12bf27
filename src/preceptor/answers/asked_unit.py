"""Whether a question names the unit it asks for, so that a number alone says enough: how many meters, in km/h."""

import re

from preceptor.answers.measures import Measure, measure
from preceptor.answers.unreadable import Unreadable

_MARKUP = re.compile(r"\\(?:text|mathrm)\s*\{([^{}]*)\}|\\[,; ]|[${}]")
_ASKING = re.compile(r"\b(?:how many|wie viele?|in)\s+(?=([^\s\d.,;:?!][^.,;:?!]*))", re.IGNORECASE)
_MOST_WORDS = 4
"""Words of the longest unit: kilometers in an hour."""


def names_unit(text: str, unit: Measure, nouns: frozenset[str]) -> bool:
    """Whether a question asks "how many …" or "in …" of a unit.

    Args:
        text: The question.
        unit: The unit of its key.
        nouns: Words that count as units besides those of all systems.
    """
    plain = _MARKUP.sub(lambda found: found[1] or " " * found[0].startswith("\\"), text)
    return any(_begins_with(asking[1], unit, nouns) for asking in _ASKING.finditer(plain))


def _begins_with(words: str, unit: Measure, nouns: frozenset[str]) -> bool:
    heads = words.split()[:_MOST_WORDS]
    return any(_means(" ".join(heads[:count]), unit, nouns) for count in range(1, len(heads) + 1))


def _means(words: str, unit: Measure, nouns: frozenset[str]) -> bool:
    try:
        return measure(words, nouns) == unit
    except Unreadable:
        return False
