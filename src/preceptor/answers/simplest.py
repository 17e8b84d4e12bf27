"""Expressions that have to be written as shortly as the key."""

from collections.abc import Iterator

from preceptor.answers.rational import exact
from preceptor.answers.reading import named_value
from preceptor.answers.tree import Binary, Mixed, Node, Number, Symbol, walk
from preceptor.answers.unreadable import Unreadable

_CLASSES = {"-": "+", "/": "*"}


def require_form(key: Node, typed: Node) -> None:
    """Refuse another form of the key.

    Numbers and letters are counted. Of forms of one size, those are the same that have as many sums, products and
    powers, with the same exponents: x + x is no 2x, 3 · 3 no 3^2, and 12 · 10^4 no 1.2 · 10^5.

    Args:
        key: The shortest form.
        typed: What has the same value.

    Raises:
        Unreadable: It is longer than the key, or of another form.
    """
    key, typed = named_value(key), named_value(typed)
    if _size(typed) > _size(key):
        raise Unreadable("The value fits, but the question asks for a shorter form.")
    if _size(typed) < _size(key) or sorted(_joints(typed)) != sorted(_joints(key)):
        raise Unreadable("The value fits, but the question asks for another form.")


def _size(node: Node) -> int:
    return sum(isinstance(part, Number | Mixed | Symbol) for part in walk(node))


def _joints(node: Node) -> Iterator[str]:
    """What joins the numbers and letters: sums, products, and powers with their exponents."""
    for part in walk(node):
        if isinstance(part, Binary):
            exponent = exact(part.right) if part.operator == "^" else None
            yield _CLASSES.get(part.operator, part.operator) + ("" if exponent is None else str(exponent))
