"""Whether every sentence of a draft is translated, with the same places and the same mathematics."""

import re
from collections import Counter
from collections.abc import Iterator

from preceptor.curriculum.draft import Draft
from preceptor.curriculum.speech import Speech
from preceptor.curriculum.template import PLACE

UNTRANSLATED = "not translated"
_NUMBER = re.compile(r"\d+")
_WORDS = re.compile(r"\\text\{[^{}]*\}")


def problems(draft: Draft, speech: Speech) -> Iterator[str]:
    """Yield what is wrong with the translation of a draft's templates."""
    for text, place in draft.texts:
        if speech.catalogue.lacks(text):
            yield f"{UNTRANSLATED} into {speech.language}: the {place} {text!r}"
            continue
        other = speech.catalogue(text)
        if _names(text) != _names(other):
            yield f"the places of {text!r} and {other!r} differ"
        elif _numbers(text) != _numbers(other):
            yield f"the numbers of {text!r} and {other!r} differ"
        elif _formulas(text) != _formulas(other):
            yield f"the formulas of {text!r} and {other!r} differ"
    for name, value in draft.values.items():
        if isinstance(value, str) and re.search(r"[a-z]{4,}", re.sub(r"\\[a-z]+|^[A-Z][a-z]+$", "", value)):
            yield f"the value {name} = {value!r} holds words, which nobody translates"


def _names(text: str) -> Counter[str]:
    return Counter(match[1] for match in PLACE.finditer(text))


def _formulas(text: str) -> Counter[str]:
    """Formulas over values, sign for sign; what the audit reads in English so holds in every language."""
    return Counter(part for part in text.split("$")[1::2] if PLACE.search(part) and not _WORDS.search(part))


def _numbers(text: str) -> Counter[str]:
    formulas = "".join(_WORDS.sub("", formula) for formula in text.split("$")[1::2])
    return Counter(_NUMBER.findall(PLACE.sub("", formulas)))
