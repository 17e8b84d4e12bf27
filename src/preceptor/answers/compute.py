"""Computes what is typed: exact fractions here, anything harder in the process that can be killed."""

from typing import Protocol

from preceptor.answers.parser import parse
from preceptor.answers.rational import exact
from preceptor.answers.tree import Collection, Node, Relation, walk
from preceptor.answers.unreadable import Unreadable

LONGEST_EXPRESSION = 200
LONGEST_VALUE = 200


class Computer(Protocol):
    """Computes in a process of its own."""

    def value(self, node: Node) -> str | None:
        """What an expression comes to; None if there is nothing in time."""
        ...


def compute(expression: str, computer: Computer) -> str | Unreadable | None:
    """What an expression comes to; nothing of it is ever executed as a program.

    Args:
        expression: As a student would type it, English notation.
        computer: For what is no plain fraction.

    Returns:
        The value as text; why the expression cannot be read; None if it is a list or a statement, has no finite
        value, comes to more than 200 characters, or takes too long.
    """
    try:
        tree = parse(expression, max_chars=LONGEST_EXPRESSION)
    except Unreadable as error:
        return error
    if any(isinstance(part, Collection | Relation) for part in walk(tree)):
        return None
    plain = exact(tree)
    value = str(plain) if plain is not None else computer.value(tree)
    return value if value is not None and len(value) <= LONGEST_VALUE else None
