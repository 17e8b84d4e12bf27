"""When a typed answer means the same as a key. Structure is compared here, expressions by an `Algebra`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from preceptor.answers.limits import is_constant
from preceptor.answers.numeric import UndefinedValueError, is_real, value_at, variables
from preceptor.answers.rational import decimals, exact, terminates
from preceptor.answers.tree import Binary, Call, Collection, Node, Relation, Symbol

MIN_DECIMALS = 3
_FLIPPED = {">": "<", ">=": "<="}


class Algebra(Protocol):
    """Decides about expressions."""

    def same(self, key: Node, response: Node) -> bool:
        """Whether two expressions have the same value everywhere."""
        ...

    def proportional(self, key: Node, response: Node, *, positive: bool) -> bool:
        """Whether one expression is a constant, if asked a positive one, times the other."""
        ...


def equivalent(key: Node, response: Node, algebra: Algebra, *, ordered: bool = False) -> bool:
    """Whether a response means the same as a key.

    Args:
        key: The right answer.
        response: What the student typed.
        algebra: Decides about expressions.
        ordered: Whether the order of a bare list matters.

    Returns:
        True if a teacher would count it as the same answer.
    """
    if isinstance(key, Collection) and not isinstance(response, Collection):
        return False
    if isinstance(key, Collection) and isinstance(response, Collection):
        return _collections(key, response, algebra, ordered=ordered)
    if isinstance(key, Relation):
        return _relations(key, response, algebra)
    if isinstance(response, Relation):
        named = _definition(response)
        return named is not None and named.name not in variables(key) and equivalent(key, named.value, algebra)
    if isinstance(response, Collection):
        return False
    rounded = rounds_to(key, response)
    return rounded if rounded is not None else algebra.same(key, response)


def rounds_to(key: Node, response: Node) -> bool | None:
    """Compare a decimal with a number that has no finite decimal form.

    A decimal counts as such a number (1/3, √2, π) if it is that number correctly rounded, and was written with at
    least three decimals and three significant digits. Numbers with a finite decimal form must be met exactly.

    Returns:
        The verdict; None if the rule does not apply.
    """
    for decimal, other in ((response, key), (key, response)):
        places, written = decimals(decimal), exact(decimal)
        if not places or written is None or not is_constant(other) or decimals(other) is not None:
            continue
        value = exact(other)
        if value is not None and terminates(value):
            return None
        if value is None:
            try:
                approximate = value_at(other, {})
            except UndefinedValueError:
                return None
            if not is_real(approximate):
                return False
            value = Fraction(approximate.real)
        enough = places >= MIN_DECIMALS and abs(written) * 10**places >= 100
        return enough and abs(written - value) <= Fraction(1, 2 * 10**places) + abs(value) * Fraction(1, 10**12)
    return None


def _collections(key: Collection, response: Collection, algebra: Algebra, *, ordered: bool) -> bool:
    if len(key.items) != len(response.items) or not _brackets_agree(key, response):
        return False
    if key.opening in ("(", "[") or (ordered and key.opening == ""):
        pairs = zip(key.items, response.items, strict=True)
        return all(equivalent(one, other, algebra, ordered=ordered) for one, other in pairs)
    return _match_any_order(key.items, response.items, algebra)


def _brackets_agree(key: Collection, response: Collection) -> bool:
    if (key.opening, key.closing) == (response.opening, response.closing):
        return True
    round_or_bare = {("", ""), ("(", ")")}
    curly_or_bare = {("", ""), ("{", "}")}
    both = {(key.opening, key.closing), (response.opening, response.closing)}
    return both <= round_or_bare or both <= curly_or_bare


def _match_any_order(keys: Sequence[Node], responses: Sequence[Node], algebra: Algebra) -> bool:
    """Pair greedily: meaning the same is transitive, so a first fit never spoils a later one."""
    left = list(responses)
    for key in keys:
        found = next((i for i, response in enumerate(left) if equivalent(key, response, algebra)), None)
        if found is None:
            return False
        del left[found]
    return True


@dataclass(frozen=True, slots=True)
class _Definition:
    """An equation whose one side is a lone name: x = 5, f(x) = 2x."""

    name: str
    value: Node
    is_function: bool = False

    @property
    def solved(self) -> bool:
        """Whether the form, and not only the solutions, is what was asked for; y = … is a curve in any form."""
        return self.is_function or self.name != "y" or is_constant(self.value)


def _definition(relation: Relation) -> _Definition | None:
    if relation.operators != ("=",):
        return None
    left, right = relation.sides
    if isinstance(left, Call) and len(left.name) == 1:
        return _Definition(left.name, right, is_function=True)
    for name, value in ((left, right), (right, left)):
        if isinstance(name, Symbol) and name.name not in variables(value):
            return _Definition(name.name, value)
        if isinstance(name, Collection) and isinstance(value, Collection):
            return _Definition("", value)
    return None


def is_one_value(node: Node) -> bool:
    """Whether the tree is a value without variables, or names one: 5, 2π, x = 5."""
    named = _definition(node) if isinstance(node, Relation) else None
    value = named.value if named else node
    return not isinstance(value, Collection | Relation) and not variables(value)


def one_side(key: Node) -> Node | None:
    """The side of an equation that does not say alone what is meant: 2x of y = 2x; None of x = 5 and f(x) = 2x."""
    named = _definition(key) if isinstance(key, Relation) else None
    return None if named is None or named.is_function or is_constant(named.value) else named.value


def _relations(key: Relation, response: Node, algebra: Algebra) -> bool:
    named = _definition(key)
    if isinstance(response, Relation | Collection) and not (named and isinstance(named.value, Collection)):
        keys, responses = list(_pairs(key)), list(_pairs(response))
        return len(keys) == len(responses) and _match_pairs(keys, responses, algebra)
    if named is None:
        return False
    if isinstance(response, Relation):
        other = _definition(response)
        return other is not None and equivalent(named.value, other.value, algebra)
    optional = named.is_function or is_constant(named.value)
    return optional and equivalent(named.value, response, algebra)


def _pairs(node: Node) -> Iterator[Relation]:
    """Split chains and conjunctions into relations of two sides that point to the left."""
    if isinstance(node, Collection) and node.opening == "and":
        for item in node.items:
            yield from _pairs(item)
    if isinstance(node, Relation):
        for i, operator in enumerate(node.operators):
            left, right = node.sides[i : i + 2]
            if operator in _FLIPPED:
                operator, left, right = _FLIPPED[operator], right, left
            yield Relation((operator,), (left, right))


def _match_pairs(keys: list[Relation], responses: list[Relation], algebra: Algebra) -> bool:
    left = list(responses)
    for key in keys:
        found = next((i for i, response in enumerate(left) if _pair(key, response, algebra)), None)
        if found is None:
            return False
        del left[found]
    return True


def _pair(key: Relation, response: Relation, algebra: Algebra) -> bool:
    if key.operators != response.operators:
        return False
    if any(isinstance(side, Collection) for side in (*key.sides, *response.sides)):
        return False
    if key.operators != ("=",):
        return _inequality(key, response, algebra)
    named, other = _definition(key), _definition(response)
    if named is not None and named.solved:
        if other is None or (other.name != named.name and not (named.is_function and other.name == "y")):
            return False
        return equivalent(named.value, other.value, algebra)
    return algebra.proportional(_difference(key), _difference(response), positive=False)


def _inequality(key: Relation, response: Relation, algebra: Algebra) -> bool:
    isolated = [isinstance(side, Symbol) and side.name != "y" for side in key.sides]
    if any(isolated):
        return all(equivalent(*sides, algebra) for sides in zip(key.sides, response.sides, strict=True))
    return algebra.proportional(_difference(key), _difference(response), positive=key.operators != ("!=",))


def _difference(relation: Relation) -> Node:
    left, right = relation.sides
    return Binary("-", left, right)
