"""Units with their size: what a unit measures, and how many basic units it is worth. All factors are exact."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from preceptor.answers.units import spellings
from preceptor.answers.unreadable import Unreadable

Dimension = tuple[tuple[str, int], ...]

_DIMENSIONS = {"length": ("length", 1), "volume": ("length", 3), "mass": ("mass", 1), "time": ("time", 1)}
_SIZES = {
    "millimeters": "1/1000", "centimeters": "1/100", "decimeters": "1/10", "meters": "1", "kilometers": "1000",
    "inches": "0.0254", "feet": "0.3048", "yards": "0.9144", "miles": "1609.344",
    "milligrams": "1/1000", "grams": "1", "kilograms": "1000", "pounds": "453.59237", "ounces": "28.349523125",
    "milliliters": "1/1000000", "liters": "1/1000", "gallons": "0.003785411784", "quarts": "0.000946352946",
    "pints": "0.000473176473", "cups": "0.0002365882365",
    "seconds": "1", "minutes": "60", "hours": "3600", "days": "86400", "weeks": "604800",
}  # fmt: skip
_CURRENCIES = {"dollars": "dollars dollar $", "euros": "euros euro eur €", "pounds": "£"}
_OTHERS = {
    ("mass", 1, "1000000"): "t tonne tonnes tonnen", ("length", 2, "10000"): "ha hectare hectares hektar",
    ("length", 2, "1/1000000"): "qmm", ("length", 2, "1/10000"): "qcm", ("length", 2, "1/100"): "qdm",
    ("length", 2, "1"): "qm", ("length", 2, "1000000"): "qkm", ("length", 3, "1/1000000"): "ccm",
    ("length", 3, "1"): "cbm", ("length", 3, "1/100000"): "cl", ("length", 3, "1/10"): "hl",
    ("length", 3, "1/10000"): "dl",
    ("month", 1, "1"): "month months monat monate monaten", ("month", 1, "12"): "year years jahr jahre jahren",
    ("degree", 1, "1"): "° degree degrees grad °c", ("percent", 1, "1"): "% percent prozent",
    ("unit", 1, "1"): "unit units einheit einheiten",
    ("money", 1, "1/100"): "cent cents ct ¢",
}  # fmt: skip
_LETTERS = "A-Za-zÄÖÜäöüß°%€$£¢"
_REWRITINGS = tuple(
    (re.compile(pattern, re.IGNORECASE), rewritten)
    for pattern, rewritten in (
        (r"\\\$", "$"), (r"\bmph\b", "miles/h"), (r"\b(?:kmh|kph|stundenkilometern?)\b", "km/h"),
        (r"\s*\bcelsius\b", ""),
        (rf"([{_LETTERS}]+)\s+squared\b", r"\1^2"), (rf"([{_LETTERS}]+)\s+cubed\b", r"\1^3"),
        (rf"\b(?:square\s+|sq\.?\s+|quadrat-?)([{_LETTERS}]+)", r"\1^2"),
        (rf"\b(?:cubic\s+|cu\.?\s+|kubik-?)([{_LETTERS}]+)", r"\1^3"),
    )
)  # fmt: skip
_COMPOUND = re.compile(rf"\b(Quadrat|Kubik)([{_LETTERS}]{{3,}})")
_PIECE = re.compile(
    rf"\s*(?:(?P<per>/|(?:per|pro|je|each|an?)(?![{_LETTERS}]))"
    rf"|(?P<word>[{_LETTERS}]+)\.?(?:\s*\^\s*\{{?\s*(?P<power>[1-3])\s*\}}?|(?P<digit>[23])(?!\d)|(?P<sign>[²³]))?)\s*",
    re.IGNORECASE,
)
_EXPONENTS = {"": 1, "1": 1, "2": 2, "3": 3, "²": 2, "³": 3}
_SIGNS = {"$": r"\$", "%": r"\%"}
_UNKNOWN = "I don't know the unit “{unit}”."
_LONGEST_ENDING = 3
_SHORTEST_NOUN = 3


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit as a multiple of basic units.

    Args:
        size: How many basic units it is worth: metres, grams, seconds, one unit of money.
        dimension: What it measures: basic dimensions with their exponents, sorted. A word that is no unit of any
            system, such as pages, is a dimension of its own.
        currency: English plural of the currency; empty if it is none, or cents of any.
    """

    size: Fraction
    dimension: Dimension
    currency: str = ""


def measure(text: str, nouns: Iterable[str] | None = None) -> Measure:
    """Read a unit: cm, cm^2, square metres, km/h, dollars per hour, Quadratzentimeter.

    Args:
        text: What stands behind a number.
        nouns: Words that are known besides the units of all systems; None if every word is, as in a key.

    Raises:
        Unreadable: A word is no unit and not among the nouns, or the text is no unit at all.
    """
    size, dimension, currency = Fraction(1), Counter[str](), ""
    for word, exponent in _factors(text):
        one = _table().get(word.lower()) or _noun(word, nouns)
        size *= one.size**exponent
        currency = currency or one.currency
        for name, times in one.dimension:
            dimension[name] += times * exponent
    return Measure(size, tuple(sorted((name, power) for name, power in dimension.items() if power)), currency)


def measure_latex(text: str) -> str:
    """Write a unit that `measure` has read as LaTeX: upright words, exponents, one slash."""
    shown, below = "", False
    for word, exponent in _factors(text):
        slash = "/" if exponent < 0 and not below else r"\," if shown else ""
        below = below or exponent < 0
        power = "" if abs(exponent) == 1 else f"^{{{abs(exponent)}}}"
        shown += slash + _SIGNS.get(word, rf"\text{{{word}}}") + power
    return shown


def nouns_of(text: str) -> frozenset[str]:
    """The words of a unit that belong to no system of units, in lower case."""
    return frozenset(word.lower() for word, _ in _factors(text)) - frozenset(_table())


@cache
def _table() -> Mapping[str, Measure]:
    """Every spelling of a unit, in all languages at once."""
    table = {}
    for word, (group, plural) in {**spellings("en"), **spellings("de")}.items():
        if plural in _SIZES:
            table[word] = Measure(Fraction(_SIZES[plural]), (_DIMENSIONS[group],))
    for (name, exponent, size), words in _OTHERS.items():
        table |= dict.fromkeys(words.split(), Measure(Fraction(size), ((name, exponent),)))
    for currency, words in _CURRENCIES.items():
        table |= dict.fromkeys(words.split(), Measure(Fraction(1), (("money", 1),), currency))
    return table


def _factors(text: str) -> Iterator[tuple[str, int]]:
    """Yield the words of a unit with their exponents, negative behind a slash or "per"."""
    text = _COMPOUND.sub(lambda word: word[1] + word[2].capitalize(), text)  # Zentimeter keeps the noun's capital
    for pattern, rewritten in _REWRITINGS:
        text = pattern.sub(rewritten, text)
    at, side, found = 0, 1, False
    while at < len(text):
        piece = _PIECE.match(text, at)
        if piece is None:
            raise Unreadable(_UNKNOWN, unit=text[at:].strip())
        at = piece.end()
        if piece["per"]:
            side = -1
        else:
            found = True
            yield piece["word"], side * _EXPONENTS[piece["power"] or piece["digit"] or piece["sign"] or ""]
    if not found:
        raise Unreadable(_UNKNOWN, unit=text.strip())


def _noun(word: str, nouns: Iterable[str] | None) -> Measure:
    """A word that is no unit, as a dimension of its own; page and pages are the same one."""
    known = [word.lower()] if nouns is None else [noun for noun in nouns if _same_noun(noun, word.lower())]
    if not known:
        raise Unreadable(_UNKNOWN, unit=word)
    return Measure(Fraction(1), ((known[0], 1),))


def _same_noun(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (
        len(short) >= _SHORTEST_NOUN and long.startswith(short) and len(long) - len(short) <= _LONGEST_ENDING
    )
