"""Units that may stand behind a number, and whether they are the ones a question speaks of."""

import re

from preceptor.answers.tokens import Unreadable

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
_LONE_WORDS = frozenset(
    [
        "mph", "unit", "units", "square", "sq", "cubic", "cu", "per", "percent", "degree", "degrees", "point", "points",
    ]
)  # fmt: skip
_WORDS_OF_OTHER_MEANING = frozenset(["in", "m", "g", "l", "s", "h", "pt", "second", "yard"])
_MARKUP = re.compile(r"\\(?:text|mathrm)\b|(?<!\\)\$|[{}~]|\\[ ,;]")


def _table() -> dict[str, tuple[str, str]]:
    """Dimension and plural name of every spelling of a unit."""
    table = {}
    for dimension, spellings in _SPELLINGS.items():
        name = ""
        for word in spellings.split():
            plural, _, short = word.rpartition(":")
            name = plural or name
            table[name] = table[short] = (dimension, name)
    return table


_UNITS = _table()
KNOWN = frozenset(_UNITS) | _LONE_WORDS


def require_units_of(question_text: str, words: list[str], position: int) -> None:
    """Refuse a unit that measures the same as one the question names, but is not named there.

    Args:
        question_text: The question; where it names no unit of that dimension, any unit passes.
        words: The words behind the number, in lower case.
        position: Where they begin.

    Raises:
        Unreadable: The question asks in another unit.
    """
    text = _MARKUP.sub(" ", question_text).lower().replace(r"\$", " dollars ")
    named, mentioned = _named(text), {_UNITS[w] for w in re.findall(r"[a-z]+", text) if w in _UNITS and w != "in"}
    for dimension, name in (_UNITS[word] for word in words if word in _UNITS):
        asked = sorted(other for of, other in named if of == dimension)
        if asked and (dimension, name) not in named | mentioned:
            raise Unreadable(f"The question asks in {' or '.join(asked)}, not in {name}.", position)


def _named(text: str) -> set[tuple[str, str]]:
    """Units the text surely names: words with another meaning count behind a number only."""
    words = set(re.findall(r"(?<![a-z'’])[a-z]+", text)) - _WORDS_OF_OTHER_MEANING
    return {_UNITS[word] for word in words | set(re.findall(r"\d\s*([a-z]+)", text)) if word in _UNITS}
