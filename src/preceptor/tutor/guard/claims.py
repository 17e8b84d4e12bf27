"""Whether the equations and inequalities that a sentence states are true."""

import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from preceptor.answers.numeric import UndefinedValueError, differ, is_real, value_at, variables
from preceptor.answers.rational import exact
from preceptor.answers.tree import Binary, Collection, Node, Relation, Suffixed, Symbol
from preceptor.domain import QuestionKind
from preceptor.tutor.guard.phrases import described, same_expression
from preceptor.tutor.guard.reading import RELATION_SIGN, Reading, relations, tree_of
from preceptor.tutor.guard.secret import Secret

_UNIT = re.compile(
    r"(?<=\d)(?:\s+(?:m|g|l|s|h)|\s*(?:cm|mm|dm|km|kg|mg|ml|lbs?|oz|ft|min|euro|eur|dollars?|cents?|hours?|minutes?|"
    r"meters?|metres?|liters?|litres?|"
    r"stunden?|minuten?|metern?|litern?))(?:\^\(?[23]\)?)?(?![\w(])"
)
_DENIED = re.compile(
    r"\b(?:substitut\w*|plug\w*|einsetz\w*|not|n't|isn't|wrong|incorrect|false|mistake|never|nicht|kein\w*|falsch|"
    r"fehler|"
    r"suppose|if|wenn|angenommen|instead|whether|ob|would|wäre|imagine|check|is it|ist es)\b"
)
_STATED = re.compile(
    r"^\s*(?:is|are|=|ist|sind|ergibt|gives|makes|equals)\s*(-?\d+(?:\.\d+)?(?:/\d+)?)(?![\d.]*\s*[-+*/^(]|\d|/|\.\d|"
    r" \d+/\d)"
)
_BEGINS = re.compile(r"(?:^|[,;:.]|\b(?:so|that|then|because|also|dass|denn|weil))\s*$")
_SPACED = re.compile(r" [-+*/] ")
_IN_WORDS = re.compile(r"\s*(?:is|are|ist|sind)\b")
_SIDE_BY_SIDE = re.compile(r"\d/\d+\)? \(?\d+/\d")
_PARTS = re.compile(r"\d (?:tenths?|hundredths?|thousandths?|zehntel|hundertstel|tausendstel)\b")
_COMPARE: Mapping[str, Callable[[Fraction | float], bool]] = {
    "=": lambda gap: gap == 0, "!=": lambda gap: gap != 0, "<": lambda gap: gap < 0, ">": lambda gap: gap > 0,
    "<=": lambda gap: gap <= 0, ">=": lambda gap: gap >= 0,
}  # fmt: skip


def false_claim(reading: Reading, secret: Secret | None) -> str:
    """Find a statement that does not hold.

    Statements of numbers are worked out exactly. A relation with letters is a condition, not a statement, except where
    one side is an expression that the question holds: then the other side has to equal it everywhere. Questions, and
    sentences that deny or suppose, state nothing.

    Args:
        reading: The sentence.
        secret: The question it is about; None if there is none.

    Returns:
        The false statement; empty if there is none.
    """
    if reading.text.rstrip().endswith("?") or _DENIED.search(reading.text) or _PARTS.search(reading.plain):
        return ""
    if len({unit.strip() for unit in _UNIT.findall(reading.text)}) > 1:
        return _false_description(reading)
    for piece in relations(_UNIT.sub("", reading.text)):
        for left, sign, right in _pairs(piece):
            if _is_false(left, sign, right, secret):
                return f"{left} {sign} {right}"
    return _false_description(reading)


def _pairs(piece: str) -> Iterator[tuple[str, str, str]]:
    sides = RELATION_SIGN.split(piece)
    for left, sign, right in zip(sides, RELATION_SIGN.findall(piece), sides[1:], strict=False):
        if left.strip() and right.strip():
            yield left.strip(), sign, right.strip()


def _is_false(left: str, sign: str, right: str, secret: Secret | None) -> bool:
    one, other = tree_of(left), tree_of(right)
    if {left, right} & {"e", "i"} or _SIDE_BY_SIDE.search(f"{left} ; {right}"):
        return False
    if (
        one is None
        or other is None
        or isinstance(one, Collection | Relation)
        or isinstance(other, Collection | Relation)
    ):
        return False
    if not variables(one, other):
        return _numbers_disagree(one, sign, other)
    return sign == "=" and secret is not None and _breaks_the_expression(one, other, left, right, secret)


def _numbers_disagree(one: Node, sign: str, other: Node) -> bool:
    first, second = exact(one), exact(other)
    if first is not None and second is not None:
        if sign == "≈":
            return abs(first - second) > Fraction(1, 20) * max(abs(first), abs(second), Fraction(1))
        return not any(_COMPARE[sign](value - second) for value in _readings(one, first, other))
    try:
        left, right = value_at(one, {}), value_at(other, {})
    except UndefinedValueError:
        return False
    if not is_real(left) or not is_real(right):
        return False
    if sign in ("=", "≈"):
        return abs(left - right) > (5e-3 if sign == "=" else 5e-2) * max(1.0, abs(left), abs(right))
    return differ(left, right) and not _COMPARE[sign](left.real - right.real)


def _readings(one: Node, first: Fraction, other: Node) -> tuple[Fraction, ...]:
    """A percentage may be meant as its number where the other side has no sign: 20 % of 50 is said in many ways."""
    percent = isinstance(one, Suffixed) != isinstance(other, Suffixed)
    return (first, first * 100, first / 100) if percent else (first,)


def _breaks_the_expression(one: Node, other: Node, left: str, right: str, secret: Secret) -> bool:
    """Whether a side is an expression of the question and the other side differs from it at a sample point."""
    stem = secret.stem.text.replace(" ", "")
    held = [side.replace(" ", "") for side in (left, right) if isinstance(tree_of(side), Binary)]
    if isinstance(one, Symbol) or isinstance(other, Symbol):
        return False  # a name is given
    if secret.question.kind is not QuestionKind.EXPRESSION or not variables(one) or not variables(other):
        return False
    if "=" in stem or not any(side in stem and len(side) > 2 for side in held):
        return False
    return not same_expression(one, other)


def _false_description(reading: Reading) -> str:
    """A described or calculated number that is said to be another one: "half of 14 is 6", "3 times 4 is 13"."""
    for worked in reading.calculations:
        whole = _BEGINS.search(reading.text[: worked.start]) and _SPACED.search(reading.text[worked.start : worked.end])
        value = _stated(reading.text[worked.end :]) if whole and _IN_WORDS.match(reading.text[worked.end :]) else None
        if value is not None and value != worked.value:
            return f"{worked.form} is {value}"
    found = [(one, _stated(reading.text[one.end :])) for one in described(reading.text) if one.numbers != ("known",)]
    for told, value in found:
        longer = any(other.end == told.end and said == other.value for other, said in found)
        if value is not None and value != told.value and not longer:
            return reading.text[told.start : told.end]
    return ""


def _stated(rest: str) -> Fraction | None:
    """The number that a sentence says something is."""
    match = _STATED.match(rest)
    tree = tree_of(match[1]) if match else None
    return None if tree is None else exact(tree)
