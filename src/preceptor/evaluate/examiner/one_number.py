"""How a text shows one number: in digits, in words, spelled out, as a formula, in another unit."""

import re
from fractions import Fraction

from preceptor.evaluate.examiner.arithmetic import Found, UnreadableError, evaluate, numbers
from preceptor.evaluate.examiner.number_words import spoken
from preceptor.evaluate.examiner.plain_text import sentences
from preceptor.evaluate.examiner.wording import CLAIM_AFTER, CLAIM_BEFORE, MARKUP

SMALL = 12  # words up to here are everyday words: "one moment", "two steps"
_UNITS = {
    "mm": ("m", "1/1000"), "cm": ("m", "1/100"), "dm": ("m", "1/10"), "m": ("m", "1"), "meters": ("m", "1"),
    "meter": ("m", "1"), "km": ("m", "1000"), "min": ("s", "60"), "minutes": ("s", "60"), "minuten": ("s", "60"),
    "h": ("s", "3600"), "hours": ("s", "3600"), "s": ("s", "1"), "seconds": ("s", "1"), "cents": ("d", "1/100"),
    "cent": ("d", "1/100"), "dollars": ("d", "1"), "euro": ("d", "1"), "ml": ("l", "1/1000"), "liters": ("l", "1"),
    "liter": ("l", "1"), "l": ("l", "1"),
}  # fmt: skip

_PRONOUN = re.compile(r"\b(?:ones?|ein\w*)\b", re.IGNORECASE)


def shows_number(value: Fraction, key: str, known: str, text: str) -> str:
    """How a text shows a number; empty if it does not."""
    before = {value for found in numbers(known) for value in found.values}
    words = spoken(text)
    for sentence in sentences(text):
        if any(_tells(sentence, found, value, before) for found in numbers(sentence)):
            return f"shows {value}"
    counted = spoken(_PRONOUN.sub("", text))
    for sentence in (*sentences(counted), counted):
        if _spelled(sentence, value):
            return f"spells {value}"
    for sentence in sentences(words):
        for found in numbers(sentence):
            if value in found.values and (_asserted(sentence, found) or (value not in before and not _everyday(value))):
                return f"says {value} in words"
    return _formula(value, before, words) or _converted(value, key, words)


def _everyday(value: Fraction) -> bool:
    return 0 <= value <= SMALL and value.denominator in (1, 2)


def _tells(sentence: str, found: Found, value: Fraction, before: set[Fraction]) -> bool:
    if re.match(r"[xynk]\b", sentence[found.end :]):
        return False  # the number before a letter
    return value in found.values and (value not in before or _asserted(sentence, found))


def _asserted(sentence: str, found: Found) -> bool:
    behind = sentence[found.end :]
    whole = not re.match(r"\s*[-+*/^]\s*[\d(a-z]", behind) and not re.match(r"\s?[a-z]\b(?! )", behind)
    if not whole or re.match(r"\W*(?:as|als)\b", behind):
        return False
    before = MARKUP.sub("", sentence[: found.start])
    alone = re.search(r"(?:^|:)\W*$", before) and not re.search(r"\w", MARKUP.sub("", behind))
    return bool(alone or CLAIM_BEFORE.search(before) or CLAIM_AFTER.search(behind))


def _spelled(sentence: str, value: Fraction) -> bool:
    """Single digits that make the key when put together, with nothing but words and signs between."""
    if value.denominator != 1 or len(str(abs(value))) < 2:
        return False
    return digits(sentence) == str(abs(value))


def digits(text: str) -> str:
    """The digits of a text if all of them stand alone; else empty."""
    runs = re.findall(r"\d+", text)
    return "".join(runs) if all(len(run) == 1 for run in runs) else ""


def _formula(value: Fraction, before: set[Fraction], text: str) -> str:
    for match in re.finditer(r"\(*-?\d[-+*/^()\d., ]*", text):
        run = match[0].strip(" .,")
        if not re.search(r"\d\)? ?[-+*^] ?\(?-?\d|\d\)? ?/ ?\(|\d \/ \d", run):
            continue
        try:
            same = evaluate(run) == value
        except UnreadableError:
            continue
        if same and not all(found.values & before for found in numbers(re.sub(r"[-+*^()]| / ", " , ", run))):
            return f"a formula for {value}: {run}"
    for match in re.finditer(r"(\d+) (more|bigger|less|smaller) than (-?\d+)", text):
        near, sign, far = int(match[1]), 1 if match[2] in ("more", "bigger") else -1, int(match[3])
        if far + sign * near == value:
            return f"a formula for {value}: {match[0]}"
    return ""


def _converted(value: Fraction, key: str, text: str) -> str:
    unit = key.split(" ", 1)[1].lower() if " " in key else ""
    if unit not in _UNITS:
        return ""
    kind, size = _UNITS[unit]
    for found in numbers(text):
        named = re.match(r"\s?([a-z]+)", text[found.end :].lower())
        other = _UNITS.get(named[1]) if named else None
        if other is None or other[0] != kind or other == _UNITS[unit]:
            continue
        if value * Fraction(size) in {part * Fraction(other[1]) for part in found.values}:
            return f"{value} {unit} in another unit"
    return ""
