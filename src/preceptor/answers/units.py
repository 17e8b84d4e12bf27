"""Units that may stand behind a number, and whether they are the ones a question speaks of."""

import re
from collections.abc import Mapping
from functools import cache

from preceptor.answers.unreadable import Unreadable

_SPELLINGS = {
    "length": "millimeters:mm millimeter centimeters:cm centimeter centimetre centimetres decimeters:dm decimeter "
    "meters:m meter metre metres kilometers:km kilometer kilometre kilometres inches:in inch feet:ft foot "
    "yards:yd yard miles:mi mile",
    "mass": "milligrams:mg milligram grams:g gram kilograms:kg kilogram pounds:lb lbs pound ounces:oz ounce",
    "volume": "milliliters:ml milliliter millilitre millilitres liters:l liter litre litres gallons:gal gallon "
    "quarts:qt quart pints:pt pint cups:cup",
    "time": "seconds:s sec second minutes:min minute hours:h hr hrs hour days:day weeks:week months:month years:year",
    "money": "dollars:dollar cents:cent",
}
_OTHER_SPELLINGS = {
    "de": {
        "length": "millimeters:millimetern qmm centimeters:zentimeter zentimetern qcm ccm "
        "decimeters:dezimeter dezimetern qdm meters:metern qm cbm kilometers:kilometern qkm miles:meile meilen",
        "mass": "milligrams:milligramm grams:gramm kilograms:kilogramm kilo",
        "volume": "milliliters:millilitern liters:litern cups:tasse tassen",
        "time": "seconds:sekunde sekunden sek minutes:minuten hours:stunde stunden std days:tag tage tagen "
        "weeks:woche wochen months:monat monate monaten years:jahr jahre jahren",
        "money": "euros:euro eur cents:cent",
    }
}
_LONE_WORDS = frozenset(
    [
        "mph", "unit", "units", "square", "sq", "cubic", "cu", "per", "percent", "degree", "degrees", "point", "points",
    ]
)  # fmt: skip
_OTHER_LONE_WORDS = {"de": frozenset(["prozent", "grad", "einheit", "einheiten", "pro", "punkt", "punkte", "stück"])}
_LETTER = "a-zäöüß"
WORD = re.compile(rf"[{_LETTER}]+")
OTHER_UNIT = "The question asks in {asked}, not in {name}."
_WORDS_OF_OTHER_MEANING = frozenset(["in", "m", "g", "l", "s", "h", "pt", "second", "yard"])
_MARKUP = re.compile(r"\\(?:text|mathrm)\b|(?<!\\)\$|[{}~]|\\[ ,;]")


@cache
def spellings(language: str) -> Mapping[str, tuple[str, str]]:
    """Dimension and English plural name of every spelling of a unit; other languages know the English ones, too.

    Args:
        language: ISO 639-1 code.
    """
    table = _table(_SPELLINGS)
    return {**table, **_table(_OTHER_SPELLINGS[language])} if language in _OTHER_SPELLINGS else table


@cache
def known(language: str) -> frozenset[str]:
    """Words that may stand behind a number although the question does not use them."""
    return frozenset(spellings(language)) | _LONE_WORDS | _OTHER_LONE_WORDS.get(language, frozenset())


def require_units_of(question_text: str, words: list[str], position: int, language: str = "en") -> None:
    """Refuse a unit that measures the same as one the question names, but is not named there.

    Args:
        question_text: The question; where it names no unit of that dimension, any unit passes.
        words: The words behind the number, in lower case.
        position: Where they begin.
        language: Of question and words, as an ISO 639-1 code.

    Raises:
        Unreadable: The question asks in another unit.
    """
    table = spellings(language)
    text = _MARKUP.sub(" ", question_text).lower().replace(r"\$", " dollars ").replace("€", " euros ")
    named, mentioned = _named(text, table), {table[w] for w in WORD.findall(text) if w in table and w != "in"}
    for dimension, name in (table[word] for word in words if word in table):
        asked = tuple(sorted(other for of, other in named if of == dimension))
        if asked and (dimension, name) not in named | mentioned:
            raise Unreadable(OTHER_UNIT, position, asked=asked, name=(name,))


def _table(groups: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    table = {}
    for dimension, words in groups.items():
        name = ""
        for word in words.split():
            plural, _, short = word.rpartition(":")
            name = plural or name
            table[name] = table[short] = (dimension, name)
    return table


def _named(text: str, table: Mapping[str, tuple[str, str]]) -> set[tuple[str, str]]:
    """Units the text surely names: words with another meaning count behind a number only."""
    words = set(re.findall(rf"(?<![{_LETTER}'’])[{_LETTER}]+", text)) - _WORDS_OF_OTHER_MEANING
    return {table[word] for word in words | set(re.findall(rf"\d\s*([{_LETTER}]+)", text)) if word in table}
