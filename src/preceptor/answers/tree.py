"""The tree that typed mathematics is read into: plain frozen values, no computation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written.

    Args:
        text: Digits with at most one point, without thousands separators.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Mixed:
    """A mixed number such as 1 3/4.

    Args:
        whole: Digits of the whole part.
        numerator: Digits above the bar.
        denominator: Digits below the bar.
    """

    whole: str
    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """A variable or a constant (`pi`, `e`, `i`, `oo`).

    Args:
        name: A letter or Greek name, with subscript and primes: `x`, `d_1`, `theta`, `x'`.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    """The opposite of a value."""

    value: "Node"


@dataclass(frozen=True, slots=True)
class Suffixed:
    """A value followed by a percent or a degree sign.

    Args:
        sign: "%" or "°".
        value: What stands before it.
    """

    sign: str
    value: "Node"


@dataclass(frozen=True, slots=True)
class Binary:
    """Two values joined by an operator.

    Args:
        operator: One of + - * / ^ and ± (which `parse` expands).
        left: The left operand.
        right: The right operand.
    """

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """A function applied to arguments.

    Args:
        name: `sin`, `root` (degree, radicand), `log` (base, value), `abs`, …, or a letter as in f(x).
        arguments: The arguments.
    """

    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """An equation, an inequality, or a chain of them.

    Args:
        operators: Of = != < > <= >=, one fewer than sides.
        sides: The expressions between them.
    """

    operators: tuple[str, ...]
    sides: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """Several values: a bare list, a set, a point, an interval, a vector or a union.

    Args:
        opening: "", "{", "(", "[", "or" or "and".
        closing: The matching sign; "" for a bare list and for words.
        items: The values in the order written.
    """

    opening: str
    closing: str
    items: tuple["Node", ...]


Node: TypeAlias = Number | Mixed | Symbol | Negative | Suffixed | Binary | Call | Relation | Collection

_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Number, Mixed, Symbol, Negative, Suffixed, Binary, Call, Relation, Collection)
}


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes directly below `node`."""
    match node:
        case Negative(value) | Suffixed(_, value):
            yield value
        case Binary(_, left, right):
            yield left
            yield right
        case Call(_, below) | Relation(_, below) | Collection(_, _, below):
            yield from below
        case _:
            return


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and everything below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def to_data(node: Node) -> list[Any]:
    """Write a tree as nested lists that JSON can hold."""
    values = (getattr(node, name) for name in node.__slots__)
    return [type(node).__name__, *map(_value_to_data, values)]


def from_data(data: list[Any]) -> Node:
    """Read a tree back from `to_data`.

    Raises:
        KeyError: The data name a kind of node that does not exist.
    """
    kind, *values = data
    node: Node = _KINDS[kind](*map(_value_from_data, values))
    return node


def _value_to_data(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return {"tuple": [_value_to_data(item) for item in value]}
    return to_data(value)


def _value_from_data(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return tuple(_value_from_data(item) for item in value["tuple"])
    return from_data(value)
