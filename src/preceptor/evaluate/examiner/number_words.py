"""Number words to digits, English and German, for the judge."""

import re
from itertools import pairwise

_EN = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SIZES = {"hundred": 100, "thousand": 1000, "million": 10**6}
_DE = {
    word: number
    for number, word in enumerate(
        [
            "null",
            "ein",
            "zwei",
            "drei",
            "vier",
            "fünf",
            "sechs",
            "sieben",
            "acht",
            "neun",
            "zehn",
            "elf",
            "zwölf",
            "dreizehn",
            "vierzehn",
            "fünfzehn",
            "sechzehn",
            "siebzehn",
            "achtzehn",
            "neunzehn",
        ]
    )
} | {
    word: 10 * number
    for number, word in enumerate(
        ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"], start=2
    )
}
_DE |= {"eins": 1, "eine": 1, "einen": 1, "zwo": 2}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "twelfth": 12, "fifteenth": 15, "twentieth": 20, "fiftieth": 50, "hundredth": 100,
    "thousandth": 1000, "halb": 2, "halbe": 2, "drittel": 3, "viertel": 4, "fünftel": 5, "sechstel": 6, "siebtel": 7,
    "achtel": 8, "neuntel": 9, "zehntel": 10, "zwölftel": 12, "zwanzigstel": 20, "hundertstel": 100,
    "tausendstel": 1000,
}  # fmt: skip
_ENGLISH = rf"(?:{'|'.join(sorted([*_EN, *_SIZES], key=len, reverse=True))})"
_RUN = re.compile(rf"\b{_ENGLISH}(?:(?:[\s-]+(?:and\s+)?){_ENGLISH})*\b", re.IGNORECASE)
_GERMAN = re.compile(r"\b[a-zäöüß]+\b", re.IGNORECASE)
_PART = re.compile(rf"(\d+)[\s-]+({'|'.join(sorted(_PARTS, key=len, reverse=True))})s?\b", re.IGNORECASE)


def spoken(text: str) -> str:
    """The text with number words as digits: "three and five sixths" is "3 5/6"."""
    text = _RUN.sub(lambda run: _english(run[0]), text)
    text = _GERMAN.sub(lambda word: _german_or_same(word[0]), text)
    text = _PART.sub(lambda part: f"{part[1]}/{_PARTS[part[2].lower()]}", text)
    text = re.sub(r"(\d+) (?:and|und) (\d+/\d+)", r"\1 \2", text)
    text = re.sub(r"\b(?:minus|negative)\s+(?=\d)", "-", text, flags=re.IGNORECASE)
    return re.sub(r"(\d)\s+(?:over|durch)\s+(?=\d)", r"\1/", text, flags=re.IGNORECASE)


def _english(run: str) -> str:
    """The digits of a run of words; words that do not make one number stay apart, as in "three four"."""
    words = re.findall(_ENGLISH, run.lower())
    if words[0] in _SIZES:
        return run
    groups = [[words[0]]]
    for before, word in pairwise(words):
        if _continues(before, word):
            groups[-1].append(word)
        else:
            groups.append([word])
    between = " and " if "and" in run and len(groups) > 1 else " "
    return between.join(str(_number(group)) for group in groups)


def _continues(before: str, word: str) -> bool:
    if word in _SIZES or before in _SIZES:
        return True
    return _EN[before] >= 20 and 0 < _EN[word] < 10


def _number(words: list[str]) -> int:
    total = current = 0
    for word in words:
        if word == "hundred":
            current = max(current, 1) * 100
        elif word in _SIZES:
            total, current = total + max(current, 1) * _SIZES[word], 0
        else:
            current += _EN[word]
    return total + current


def _german_or_same(word: str) -> str:
    number = german(word.lower())
    return word if number is None else str(number)


def german(word: str) -> int | None:
    """The number of a German number word; None for any other word."""
    if word in _DE:
        return _DE[word]
    for name, size in (("tausend", 1000), ("hundert", 100)):
        head, found, rest = word.partition(name)
        if found:
            high, low = german(head) if head else 1, german(rest) if rest else 0
            return None if high is None or low is None else high * size + low
    one, found, ten = word.partition("und")
    if found and one in _DE and _DE.get(ten, 0) >= 20:
        return _DE[one] + _DE[ten]
    return None
