"""A second opinion by exact algebra alone. Only the worker process imports this, see `preceptor.answers.algebra`.

Nothing here rests on the rules by which answers are graded: no sample points of ours, no rounding, no forms.
"""

from collections.abc import Sequence
from typing import Any

import sympy

from preceptor.answers.algebra import build
from preceptor.answers.tree import Collection, Node, Relation, Symbol

_TURNED = {">": "<", ">=": "<="}
_OPTIONAL = ({"", "()"}, {"", "{}"})
"""Brackets that may be left out; any others say something, as those of an interval do."""


def surely_same(key: Node, response: Node, *, ordered: bool) -> bool | None:
    """Whether two trees mean the same.

    Args:
        key: The right answer.
        response: What the student typed.
        ordered: Whether the order of a list matters.

    Returns:
        The opinion; None if neither could be proved.
    """
    if isinstance(key, Collection) and isinstance(response, Collection):
        return _collections(key, response, ordered=ordered)
    if isinstance(key, Relation) and isinstance(response, Relation):
        return _relations(key, response)
    key, response = _value(key), _value(response)
    if isinstance(key, Collection | Relation) or isinstance(response, Collection | Relation):
        return False
    return _equal(build(key), build(response))


def _equal(one: Any, other: Any) -> bool | None:
    """By simplifying the difference, else by what sympy itself can prove of it."""
    difference = one - other
    if difference.has(sympy.nan, sympy.zoo, sympy.oo):
        return None
    if sympy.simplify(difference) == 0:
        return True
    proved = difference.equals(0)
    return None if proved is None else bool(proved)


def _value(tree: Node) -> Node:
    """The value of an equation such as x = 3."""
    match tree:
        case Relation(("=",), (Symbol(), value)) | Relation(("=",), (value, Symbol())):
            return value
    return tree


def _collections(key: Collection, response: Collection, *, ordered: bool) -> bool | None:
    brackets = {key.opening + key.closing, response.opening + response.closing}
    if len(key.items) != len(response.items) or not (len(brackets) == 1 or brackets in _OPTIONAL):
        return False
    if ordered or key.opening in ("(", "["):
        pairs = zip(key.items, response.items, strict=True)
        return _all([surely_same(one, other, ordered=ordered) for one, other in pairs])
    return _all([_one_of(item, response.items) for item in key.items] + [_one_of(i, key.items) for i in response.items])


def _one_of(item: Node, others: Sequence[Node]) -> bool | None:
    found = [surely_same(other, item, ordered=True) for other in others]
    return True if True in found else None if None in found else False


def _relations(key: Relation, response: Relation) -> bool | None:
    """Whether one difference of the sides is a constant times the other; of an inequality a positive one."""
    (sign, one), (other_sign, other) = _difference(key), _difference(response)
    if one is None or other is None:
        return None
    if sign != other_sign:
        return False
    if one == 0 or other == 0:
        return bool(one == other)
    ratio = sympy.simplify(one / other)
    if not ratio.is_number:
        return False
    return True if sign in ("=", "!=") else bool(ratio.is_positive)


def _difference(relation: Relation) -> tuple[str, Any]:
    """The sign, pointing to the left, and left less right; None for a chain or for lists."""
    if len(relation.operators) != 1 or any(isinstance(side, Collection | Relation) for side in relation.sides):
        return "", None
    sign, (left, right) = relation.operators[0], relation.sides
    if sign in _TURNED:
        sign, left, right = _TURNED[sign], right, left
    return sign, sympy.simplify(build(left) - build(right))


def _all(opinions: Sequence[bool | None]) -> bool | None:
    return False if False in opinions else None if None in opinions else True
