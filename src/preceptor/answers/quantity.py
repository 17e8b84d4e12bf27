"""Numbers with their units: right if the value agrees, whatever unit of the same dimension it is given in."""

import re
from dataclasses import dataclass
from fractions import Fraction

from preceptor.answers.asked_unit import names_unit
from preceptor.answers.compare import rounds_to
from preceptor.answers.kind import Judge, ReadKind
from preceptor.answers.latex import latex
from preceptor.answers.measures import Measure, measure, measure_latex, nouns_of
from preceptor.answers.notation import in_english
from preceptor.answers.parser import MAX_KEY_CHARS, parse
from preceptor.answers.rational import exact
from preceptor.answers.tree import Binary, Node, Number
from preceptor.answers.units import OTHER_UNIT
from preceptor.answers.unreadable import Unreadable
from preceptor.domain import Question

_ADD_UNIT = "Add the unit that the question asks for."
_ONE_QUANTITY = "Give one number with its unit, for example 12 cm."
_SIGN = "A-Za-zÄÖÜäöüß°%€$£¢"
_LEAD = re.compile(r"^\s*[A-Za-z]\s*=\s*")
_MARKUP = re.compile(r"\\(?:text|mathrm)\s*\{([^{}]*)\}|\\[,; ]|~")
_MONEY = re.compile(r"^(-?)\s*\\?([$€£])\s*(?=[\d.(-])")
_CURRENCY = re.compile(r"[$€£¢]|(?:dollar|euro|eur|cent)s?\b", re.IGNORECASE)
_SPLIT = re.compile(rf"(?<=[{_SIGN}])\.?(?:\s+|(?![23](?!\d)))(?:(?:and|und)\s+)?(?=\d[\d.,/ ]*[{_SIGN}])")
_PARTS = re.compile(rf"((?:\\[dt]?frac|[^{_SIGN}\\])*)(.*)", re.DOTALL)
_MOST_PARTS = 3


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    Args:
        number: The number as it was written.
        value: Its exact value.
        unit: Its unit.
        shown: Number and unit as LaTeX.
    """

    number: Node
    value: Fraction
    unit: Measure
    shown: str


class Quantities(ReadKind[Quantity, Quantity]):
    """A number with its unit; a unit that can be converted is as good as the one of the key.

    Where the question names the unit it asks for, a number alone is in that unit; elsewhere it is handed back.
    """

    def key(self, answer: str, question: Question) -> Quantity:
        """Read a key or a distractor; words that are no units count as such."""
        return _one(answer, None)

    def read(self, response: str, key: Quantity, question: Question) -> Quantity:
        """Read a response; its unit may be any that is known, or the noun that the question's key counts.

        Raises:
            Unreadable: It is not one number with a unit, or in another currency.
        """
        text = _MARKUP.sub(r"\1", _LEAD.sub("", in_english(response, question))).strip()
        unit = _number_and_unit(question.key)[1]
        nouns = nouns_of(unit)
        understood = unit if names_unit(question.text, key.unit, nouns) else ""
        found = [_one(part, nouns, understood) for part in ([text] if _MONEY.match(text) else _SPLIT.split(text))]
        if len(found) > _MOST_PARTS or len({part.unit.dimension for part in found}) > 1:
            raise Unreadable(_ONE_QUANTITY)
        typed = found[0] if len(found) == 1 else _sum(found)
        if key.unit.currency and typed.unit.currency not in ("", key.unit.currency):
            raise Unreadable(OTHER_UNIT, asked=(key.unit.currency,), name=(typed.unit.currency,))
        return typed

    def same(self, key: Quantity, typed: Quantity, question: Question, judge: Judge) -> bool:
        """Whether dimension and value agree; a rounded decimal may stand for an endless one."""
        if key.unit.dimension != typed.unit.dimension:
            return False
        wanted = key.value * key.unit.size / typed.unit.size
        rounded = rounds_to(_ratio(wanted), typed.number)
        return wanted == typed.value if rounded is None else rounded

    def latex(self, typed: Quantity) -> str:
        """Write what was understood as LaTeX."""
        return typed.shown


def _one(text: str, nouns: frozenset[str] | None, understood: str = "") -> Quantity:
    """Read one number with its unit; where none is written, with the one that is `understood`."""
    number, unit = _number_and_unit(text.rstrip(" ."))
    unit = unit or understood
    if not number:
        raise Unreadable(_ONE_QUANTITY)
    tree = parse(number, max_chars=MAX_KEY_CHARS)
    value = exact(tree)
    if value is None:
        raise Unreadable(_ONE_QUANTITY)
    if not unit:
        raise Unreadable(_ADD_UNIT, len(text))
    return Quantity(tree, value, measure(unit, nouns), rf"{latex(tree)}\,{measure_latex(unit)}")


def _number_and_unit(text: str) -> tuple[str, str]:
    """Part a text before its first letter or sign of a unit; money may stand in front: $3 per hour."""
    money = _MONEY.match(text)
    rest = f"{money[1]}{text[money.end() :]}" if money else text
    number, unit = (part.strip() for part in _PARTS.findall(rest)[0])
    if number.endswith("/"):
        number, unit = number[:-1].rstrip(), f"/{unit}"
    return number, f"{money[2]} {unit}".strip() if money and not _CURRENCY.match(unit) else unit.rstrip(" .")


def _sum(parts: list[Quantity]) -> Quantity:
    """Several numbers with units of one dimension: 1 h 30 min, in the first unit."""
    unit = parts[0].unit
    value = sum((part.value * part.unit.size for part in parts), Fraction()) / unit.size
    return Quantity(_ratio(value), value, unit, r"\ ".join(part.shown for part in parts))


def _ratio(value: Fraction) -> Node:
    return Binary("/", Number(str(value.numerator)), Number(str(value.denominator)))
