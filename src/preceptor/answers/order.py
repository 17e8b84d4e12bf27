"""Items that have to be put in order."""

import re
from functools import lru_cache
from itertools import pairwise

from preceptor.answers.kind import Judge, ReadKind
from preceptor.answers.latex import latex
from preceptor.answers.notation import in_english
from preceptor.answers.numeric import UndefinedValueError, value_at
from preceptor.answers.parser import MAX_KEY_CHARS, parse
from preceptor.answers.rational import exact
from preceptor.answers.reading import bare
from preceptor.answers.tree import Collection, Node, Relation
from preceptor.answers.unreadable import Unreadable
from preceptor.domain import Question, QuestionKind
from preceptor.language import localised

_ONCE = "Use each number once."
_AS_ASKED = "Write the numbers in the order asked for, with commas between them."
_UP, _DOWN = frozenset(["<", "<="]), frozenset([">", ">="])


class Order(ReadKind[tuple[Node, ...], tuple[Node, ...]]):
    """All items, each once, in the order of the key: with commas, or as a chain of < or >."""

    def key(self, answer: str, question: Question) -> tuple[Node, ...]:
        """Read a key or a distractor."""
        tree = parse(answer, separators=True, max_chars=MAX_KEY_CHARS)
        return tree.items if isinstance(tree, Collection) else (tree,)

    def read(self, response: str, key: tuple[Node, ...], question: Question) -> tuple[Node, ...]:
        """Read a response.

        Raises:
            Unreadable: It is not all items, each once, or a chain that points against the order asked for.
        """
        tree = parse(bare(in_english(response, question)), separators=True)
        right = self.key(question.key, question)
        match tree:
            case Collection("" | "{" | "(" | "[", _, items):
                typed = items
            case Relation(operators, sides) if set(operators) <= (_DOWN if _descends(right) else _UP):
                typed = sides
            case Relation():
                raise Unreadable(_AS_ASKED)
            case _:
                typed = (tree,)
        if sorted(map(_identity, typed)) != sorted(map(_identity, right)):
            raise Unreadable(_ONCE)
        return typed

    def same(self, key: tuple[Node, ...], typed: tuple[Node, ...], question: Question, judge: Judge) -> bool:
        """Whether the orders agree."""
        return [*map(_identity, key)] == [*map(_identity, typed)]

    def latex(self, typed: tuple[Node, ...]) -> str:
        """Write what was understood as LaTeX."""
        return ", ".join(map(latex, typed))


def of_words(question: Question) -> bool:
    """Whether the items to be put in order are words, which the grammar does not read."""
    return question.kind is QuestionKind.ORDER and any(map(_is_words, question.options))


def items_shown(question: Question) -> tuple[str, ...]:
    """The items of a question of kind ORDER for reading: words, or formulas in the notation of its language."""
    if of_words(question):
        return question.options
    return tuple(localised(f"${_shown(item)}$", question.language) for item in question.options)


@lru_cache(maxsize=4096)
def _is_words(item: str) -> bool:
    if not re.search(r"[^\W\d_]{2}", item):
        return False
    try:
        parse(item, max_chars=MAX_KEY_CHARS)
    except Unreadable:
        return True
    return False


def _shown(item: str) -> str:
    try:
        return latex(parse(item, max_chars=MAX_KEY_CHARS))
    except Unreadable:
        return rf"\text{{{item}}}"


def _identity(item: Node) -> str:
    """The same for items of equal value, and only for those."""
    value = exact(item)
    return latex(item) if value is None else str(value)


def _descends(items: tuple[Node, ...]) -> bool:
    """Whether the order asked for goes down; what has no value counts as going up."""
    try:
        values = [value_at(item, {}).real for item in items]
    except (UndefinedValueError, KeyError):
        return False
    return len(values) > 1 and all(one > other for one, other in pairwise(values))
