"""Fractions that have to be given in lowest terms."""

from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from preceptor.answers.kind import Judge, ReadKind
from preceptor.answers.latex import latex
from preceptor.answers.limits import is_constant
from preceptor.answers.rational import exact
from preceptor.answers.reading import named_value, read_key, read_response, require_value
from preceptor.answers.tree import Binary, Collection, Mixed, Negative, Node, Number, Relation, Suffixed
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
    """Fractions, mixed numbers and whole numbers. The right value in another form is handed back, never scored."""

    def key(self, answer: str, question: Question) -> Node:
        """Read a key or a distractor: any number."""
        tree = read_key(answer, question.kind)
        if exact(tree) is None:
            raise Unreadable(_A_FRACTION)
        return tree

    def read(self, response: str, key: Node, question: Question) -> Written:
        """Read a response; a wrong value needs no form, it is wrong.

        Raises:
            Unreadable: It is no number, or has the value of the key in a form that was not asked for.
        """
        tree = named_value(read_response(response, key, question))
        if not isinstance(tree, Collection | Relation) and is_constant(tree):
            require_value(tree)
        value = exact(tree)
        right = value == exact(self.key(question.key, question))
        if value is None or right or not _one_number(tree):
            _require_form(tree)
        return Written(tree, value or Fraction())

    def preview(self, question: Question, response: str) -> str:
        """What was understood, as LaTeX; whether the form is asked for, whatever the value: it tells nothing of it."""
        written = named_value(read_response(response, self.key(question.key, question), question))
        _require_form(written)
        return latex(written)

    def same(self, key: Node, typed: Written, question: Question, judge: Judge) -> bool:
        """Whether the values are equal."""
        return exact(key) == typed.value

    def latex(self, typed: Written) -> str:
        """Write what was understood as LaTeX."""
        return latex(typed.tree)


def _require_form(tree: Node) -> None:
    ratio = _ratio(tree)
    if ratio is None:
        raise Unreadable(_A_FRACTION)
    require_value(tree)
    if gcd(*ratio) != 1 or (isinstance(_unsigned(tree), Mixed) and ratio[0] >= ratio[1]):
        raise Unreadable(_LOWEST_TERMS)


def _one_number(tree: Node) -> bool:
    """Whether the tree is a number as it stands, a fraction, a percentage or a decimal, and no calculation."""
    number = _unsigned(tree)
    return _ratio(tree) is not None or isinstance(number.value if isinstance(number, Suffixed) else number, Number)


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
