"""Whether a sentence gives away a key in words, or the order of things."""

import re
from fractions import Fraction
from itertools import pairwise

from preceptor.domain import QuestionKind
from preceptor.tutor.guard.context import alone, asserted
from preceptor.tutor.guard.number_words import number
from preceptor.tutor.guard.numerals import numerals
from preceptor.tutor.guard.pieces import spelled_out
from preceptor.tutor.guard.reading import Reading, mentions
from preceptor.tutor.guard.secret import Secret, solution_words

_YES_OR_NO = frozenset(["yes", "no", "true", "false", "ja", "nein", "wahr", "falsch", "richtig", "never", "always"])
_OPEN = re.compile(r"\?|\b(?:if|whether|when|falls|wenn|ob)\b")
_EXTREME = re.compile(
    r"\b(?:smallest|least|lowest|first|largest|greatest|biggest|highest|last|kleinste\w*|grösste\w*|erste\w*|"
    r"letzte\w*)\b"
)


def shown_words(reading: Reading, secret: Secret) -> str:
    """Find the key in its own words; where the question says them too, only where they are given as the answer."""
    if secret.question.kind is QuestionKind.SOLUTIONS and all(_names(reading.text, key) for key in ("{}", "R")):
        return ""  # both ways out are named, so none is given
    if any(Fraction(found) in secret.values for found in map(number, spelled_out(reading.plain)) if found is not None):
        return "spelled number"
    for word in filter(None, secret.words):
        for match in re.finditer(rf"(?<![\w.]){re.escape(word)}(?!\w|\.\d)", reading.text):
            if secret.question.kind is QuestionKind.SOLUTIONS and not _OPEN.search(reading.text):
                return word
            if _gives(reading.text, match.start(), match.end(), word, secret):
                return word
        letters = re.sub(r"[\W\d_]", "", word)
        if len(letters) > 2 and any(run in (letters, letters[::-1]) for run in spelled_out(reading.text)):
            return f"spelled: {word}"
        if len(letters) > 3 and letters[::-1] != letters and re.search(rf"\b{letters[::-1]}\b", reading.text):
            return f"backwards: {word}"
    return ""


def _names(text: str, key: str) -> bool:
    return any(word in text for word in solution_words(key))


def _gives(text: str, start: int, end: int, word: str, secret: Secret) -> bool:
    number = bool(re.fullmatch(r"[-\d./ ]+", word))
    if number:
        return False  # numbers are looked at as such
    if word in _YES_OR_NO:
        return alone(text, start, end) or asserted(text, start, end) or not text[:start].strip(" \"'")
    shown_anyway = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", secret.stem.text) or any(
        word == option.casefold() for option in secret.question.options
    )
    return asserted(text, start, end) if shown_anyway or len(word) < 2 else True


def shown_order(reading: Reading, secret: Secret) -> str:
    """Find the items of an order in the order of the key, or one of its ends given as such."""
    if len(secret.sequence) < 2:
        return ""
    places = _places(reading, secret)
    order = [index for _, index in sorted(places)]
    once = list(dict.fromkeys(order))
    count = len(secret.sequence)
    if once == list(range(count)) or (count > 2 and _runs(once, count - 1)):
        return "the order"
    if once == list(range(count - 1, -1, -1)) and not _as_in_stem(once, secret):
        return "the order, backwards"
    if len(once) == 1 and once[0] in (0, count - 1) and _EXTREME.search(reading.text):
        return "an end of the order" if not reading.text.rstrip().endswith("?") else ""
    return "part of the order" if len(once) >= 2 and re.search(r"[<>]", reading.text) and _neighbours(once) else ""


def _neighbours(order: list[int]) -> bool:
    return all(abs(one - other) == 1 for one, other in pairwise(order)) and len(order) > 2


def _runs(order: list[int], length: int) -> bool:
    """Whether so many items stand in a row as the key has them."""
    starts = range(len(order) - length + 1)
    return any(order[at : at + length] == list(range(order[at], order[at] + length)) for at in starts)


def _as_in_stem(order: list[int], secret: Secret) -> bool:
    return [index for _, index in sorted(_places(secret.stem, secret))] == order


def _places(reading: Reading, secret: Secret) -> list[tuple[int, int]]:
    """Where the items stand: numbers by value, words as they are."""
    found = []
    for index, item in enumerate(secret.sequence):
        numbers = mentions(numerals(item))
        if len(numbers) == 1 and numbers[0].end - numbers[0].start >= len(item) - 1:
            found += [(one.start, index) for one in reading.mentions if one.value == numbers[0].value]
        elif item:
            found += [(match.start(), index) for match in re.finditer(rf"(?<!\w){re.escape(item)}(?!\w)", reading.text)]
    return found
