"""Fractions that have to be given in lowest terms."""

from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from preceptor.answers.kind import Judge, ReadKind
from preceptor.answers.latex import latex
from preceptor.answers.rational import exact
from preceptor.answers.reading import named_value, read_key, read_response, require_value
from preceptor.answers.tree import Binary, Mixed, Negative, Node, Number
from preceptor.answers.unreadable import Unreadable
from preceptor.domain import Question

_A_FRACTION = "Give a fraction, for example 3/4."
_LOWEST_TERMS = "Give the fraction in lowest terms."


@dataclass(frozen=True, slots=True)
class Written:
    """A fraction as it was written.

    Args:
        tree: What was typed.
        value: Its value.
    """

    tree: Node
    value: Fraction


class LowestTerms(ReadKind[Node, Written]):
    """Fractions, mixed numbers and whole numbers. What is no reduced fraction is handed back before it is compared."""

    def key(self, answer: str, question: Question) -> Node:
        """Read a key or a distractor: any number."""
        tree = read_key(answer, question.kind)
        if exact(tree) is None:
            raise Unreadable(_A_FRACTION)
        return tree

    def read(self, response: str, key: Node, question: Question) -> Written:
        """Read a response.

        Raises:
            Unreadable: It is no fraction, or one that can be reduced.
        """
        tree = named_value(read_response(response, key, question))
        ratio = _ratio(tree)
        if ratio is None:
            raise Unreadable(_A_FRACTION)
        require_value(tree)
        if gcd(*ratio) != 1 or (isinstance(_unsigned(tree), Mixed) and ratio[0] >= ratio[1]):
            raise Unreadable(_LOWEST_TERMS)
        return Written(tree, exact(tree) or Fraction())

    def same(self, key: Node, typed: Written, question: Question, judge: Judge) -> bool:
        """Whether the values are equal."""
        return exact(key) == typed.value

    def latex(self, typed: Written) -> str:
        """Write what was understood as LaTeX."""
        return latex(typed.tree)


def _unsigned(tree: Node) -> Node:
    return tree.value if isinstance(tree, Negative) else tree


def _ratio(tree: Node) -> tuple[int, int] | None:
    """The two numbers of the fraction as they were written, a whole number over 1; None for anything else."""
    match _unsigned(tree):
        case Mixed(_, above, below):
            return int(above), int(below)
        case Binary("/", above, below):
            numbers = [_unsigned(part) for part in (above, below)]
            whole = [int(part.text) for part in numbers if isinstance(part, Number) and part.text.isdigit()]
            return (whole[0], whole[1]) if len(whole) == len(numbers) else None
        case Number(text) if text.isdigit():
            return int(text), 1
    return None
