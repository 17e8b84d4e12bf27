"""Reads numbers that are written as words, in English and German, and small ones in some other languages."""

import re
from fractions import Fraction
from functools import lru_cache

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_SMALL = {
    **{word: number for number, word in enumerate(_ONES)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    "nought": 0, "nil": 0, "dozen": 12, "fourty": 40, "ninty": 90,
}  # fmt: skip
_OTHERS = {
    2: "deux dos twee iki dois", 3: "trois tres tre drie üç três", 4: "quatre cuatro quattro dört quatro",
    5: "cinq cinco cinque vijf beş", 6: "seis zes altı", 7: "sept siete sette zeven yedi sete septem",
    8: "huit ocho otto sekiz oito octo", 9: "neuf nueve nove negen dokuz novem", 10: "dix diez dieci tien dez decem",
    11: "onze undici", 12: "douze doce dodici twaalf doze", 13: "treize trece tredici dertien",
    14: "quatorze catorce quattordici", 15: "quinze quince quindici vijftien", 16: "seize dieciséis sedici zestien",
    20: "vingt veinte venti twintig yirmi",
}  # fmt: skip
_FOREIGN = {word: number for number, words in _OTHERS.items() for word in words.split()}
_GERMAN_ONES = {
    "null": 0, "ein": 1, "eins": 1, "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "fünf": 5, "fuenf": 5, "sechs": 6,
    "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "zwoelf": 12, "dutzend": 12, "sechzehn": 16,
    "siebzehn": 17,
    **{f"{word}zehn": 10 + number for word, number in
       (("drei", 3), ("vier", 4), ("fünf", 5), ("fuenf", 5), ("acht", 8), ("neun", 9))},
}  # fmt: skip
_GERMAN_TENS = {
    "zwanzig": 20, "dreissig": 30, "vierzig": 40, "fünfzig": 50, "fuenfzig": 50, "sechzig": 60, "siebzig": 70,
    "achtzig": 80, "neunzig": 90,
}  # fmt: skip
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
    "hälfte": 2, "halbe": 2, "halber": 2, "halbes": 2, "halben": 2, "halb": 2, "drittel": 3, "siebtel": 7, "achtel": 8,
}  # fmt: skip
_LONGEST_WORD = 60


@lru_cache(maxsize=4096)
def number(word: str) -> int | None:
    """The value of one word in lower case, joined or hyphenated: seven, twenty-one, einundzwanzig, sept."""
    for table in (_SMALL, _GERMAN_ONES, _FOREIGN):
        if word in table:
            return table[word]
    tens, _, ones = word.partition("-")
    if tens in _TENS and 0 < _SMALL.get(ones, 0) < 10:
        return _SMALL[tens] + _SMALL[ones]
    return _german(word) if len(word) <= _LONGEST_WORD else None


def scale(word: str) -> int | None:
    """The factor of hundred, thousand or million."""
    return _SCALES.get(word)


@lru_cache(maxsize=4096)
def part(word: str) -> int | None:
    """The denominator that a word names: third(s), twelfths, Zwölftel, hundredths."""
    if word in _PARTS:
        return _PARTS[word]
    single = word.removesuffix("s")
    if single in _PARTS:
        return _PARTS[single]
    if single.endswith("ieth"):
        return number(single.removesuffix("ieth") + "y")
    if single.endswith("th"):
        stem = single.removesuffix("th")
        return _SCALES.get(stem) or number(stem) or _hyphenated_part(single)
    german = re.fullmatch(r"(.+?)s?teln?", word)
    return _german(german[1]) if german else _hyphenated_part(single)


def _hyphenated_part(word: str) -> int | None:
    tens, _, ones = word.partition("-")
    if tens not in _TENS or not ones:
        return None
    below = part(ones)
    return _SMALL[tens] + below if below and below < 10 else None


def _german(word: str) -> int | None:
    """A German number as one word: viertausendsechshundert, dreiundzwanzig."""
    for scale_word, factor in (("tausend", 1000), ("hundert", 100)):
        before, found, after = word.partition(scale_word)
        if found:
            many = _german(before) if before else 1
            rest = _german(after.removeprefix("und")) if after else 0
            return None if many is None or rest is None else many * factor + rest
    if word in _GERMAN_ONES:
        return _GERMAN_ONES[word]
    ones, joined, tens = word.partition("und")
    if joined:
        return _GERMAN_TENS[tens] + _GERMAN_ONES[ones] if tens in _GERMAN_TENS and ones in _GERMAN_ONES else None
    return _GERMAN_TENS.get(word)


def halved(word: str) -> Fraction | None:
    """A German number with a half: anderthalb, dreieinhalb."""
    if word in ("anderthalb", "eineinhalb"):
        return Fraction(3, 2)
    whole = _german(word.removesuffix("einhalb")) if word.endswith("einhalb") else None
    return None if whole is None else whole + Fraction(1, 2)
