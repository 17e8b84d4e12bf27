"""Limits that keep every tree cheap, and the one rewriting that parsing does."""

import math
from fractions import Fraction

from preceptor.answers.numeric import UndefinedValueError, value_at
from preceptor.answers.rational import exact
from preceptor.answers.tree import (
    Binary,
    Call,
    Collection,
    Mixed,
    Negative,
    Node,
    Number,
    Relation,
    Suffixed,
    Symbol,
    children,
    walk,
)
from preceptor.answers.unreadable import Unreadable

MAX_DEPTH = 20
MAX_EXPONENT = 100
MAX_NESTED_EXPONENT = 400
_CONSTANTS = frozenset(["pi", "e", "i", "oo"])


def is_constant(node: Node) -> bool:
    """Whether the tree holds no variable."""
    return not any(isinstance(part, Symbol) and part.name not in _CONSTANTS for part in walk(node))


def check_growth(power: Binary, position: int) -> None:
    """Refuse a power whose value or expansion could explode.

    Args:
        power: A `Binary` with operator ^.
        position: Where it stands, for the message.

    Raises:
        Unreadable: The exponent is a number above the limit or itself a power, or powers of powers multiply up.
    """
    exponent = power.right
    operators = {part.operator for part in walk(exponent) if isinstance(part, Binary)}
    if "±" in operators:
        raise Unreadable("I can't read ± in an exponent.", position)
    if is_constant(exponent) and "^" in operators:
        raise Unreadable("A power of a power of numbers grows too large to check.", position)
    if is_constant(exponent) and _magnitude(exponent) > MAX_EXPONENT:
        raise Unreadable("Exponents go up to {limit}.", position, limit=MAX_EXPONENT)
    if _growth(power) > MAX_NESTED_EXPONENT:
        raise Unreadable("Powers of powers grow too large to check.", position)


def _magnitude(exponent: Node) -> float:
    value = exact(exponent)
    if value is not None:
        return float(abs(value))
    try:
        return abs(value_at(exponent, {}))
    except UndefinedValueError:
        return math.inf


def _growth(node: Node) -> Fraction:
    if isinstance(node, Binary) and node.operator == "^":
        exponent = exact(node.right)
        return _growth(node.left) * max(Fraction(1), abs(exponent if exponent is not None else Fraction(1)))
    return max(map(_growth, children(node)), default=Fraction(1))


def expand_plus_minus(node: Node) -> Node:
    """Write out ±: a ± b becomes the list a + b, a − b; every ± of one value takes the same sign."""
    if not any(isinstance(part, Binary) and part.operator == "±" for part in walk(node)):
        return node
    if isinstance(node, Collection):
        if node.opening not in ("", "{"):
            raise Unreadable("I can't read ± inside these brackets.")
        items: list[Node] = []
        for item in node.items:
            expanded = expand_plus_minus(item)
            items += expanded.items if expanded is not item and isinstance(expanded, Collection) else (expanded,)
        return Collection(node.opening, node.closing, tuple(items))
    return Collection("", "", (_signed(node, plus=True), _signed(node, plus=False)))


def _signed(node: Node, *, plus: bool) -> Node:
    match node:
        case Binary("±", Number("0"), value):
            inner = _signed(value, plus=plus)
            return inner if plus else Negative(inner)
        case Binary(operator, left, right):
            sign = ("+" if plus else "-") if operator == "±" else operator
            return Binary(sign, _signed(left, plus=plus), _signed(right, plus=plus))
        case Negative(value):
            return Negative(_signed(value, plus=plus))
        case Suffixed(sign, value):
            return Suffixed(sign, _signed(value, plus=plus))
        case Call(name, below):
            return Call(name, tuple(_signed(part, plus=plus) for part in below))
        case Relation(operators, below):
            return Relation(operators, tuple(_signed(part, plus=plus) for part in below))
        case Collection(opening, closing, below):
            return Collection(opening, closing, tuple(_signed(part, plus=plus) for part in below))
        case Number() | Mixed() | Symbol():
            return node
