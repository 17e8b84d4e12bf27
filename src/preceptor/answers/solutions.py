"""Solution sets of equations and systems, in all the ways students write them."""

import re
from collections.abc import Iterator

from preceptor.answers.kind import Judge, ReadKind, mean_the_same
from preceptor.answers.latex import latex
from preceptor.answers.limits import is_constant
from preceptor.answers.notation import in_english
from preceptor.answers.parser import MAX_KEY_CHARS, parse
from preceptor.answers.rational import exact
from preceptor.answers.reading import bare, require_value
from preceptor.answers.tree import Call, Collection, Node, Relation, Symbol
from preceptor.answers.unreadable import Unreadable
from preceptor.domain import Question

_GIVE = "Give the solutions, for example x = 3, {-2; 2} or “no solution”."
_GIVE_PAIRS = "Give both numbers of a solution, for example (1; 3)."
_NONE = frozenset(
    """{}|∅|{∅}|\\emptyset|\\varnothing|none|no|nothing|no solution|no solutions|no real solution|no real solutions
    |there is no solution|it has no solution|there are no solutions|empty|empty set|the empty set|no number|no numbers
    |no x|keine|keine lösung|keine lösungen|es gibt keine lösung|leere menge|die leere menge|leer|unlösbar|nicht lösbar
    |hat keine lösung|keine zahl""".replace("\n    ", "").split("|")
)
_EVERY = frozenset(
    """r|{r}|ℝ|{ℝ}|\\mathbb{r}|q|ℚ|\\mathbb{q}|all numbers|all real numbers|every number|every real number|any number
    |any real number|all reals|every x|all x|all|all solutions|always|always true|infinitely many|infinite
    |infinitely many solutions|(-∞,∞)|(-∞;∞)|(-oo,oo)|(-inf,inf)|x can be any number|alle|alle zahlen
    |alle reellen zahlen|alle rationalen zahlen|jede zahl|jede reelle zahl|jede rationale zahl|unendlich viele
    |unendlich viele lösungen|immer|immer wahr|allgemeingültig|jedes x|alle x""".replace("\n    ", "").split("|")
)
_SET_NAME = re.compile(r"^\s*[a-zA-Z𝕃]\s*(?:∈|\\in\b|\bin\b|=(?=\s*(?:[{∅ℝℚ]|\\[^f]|R\s*$)))\s*")
_INDEX = re.compile(r"(?<![a-zA-Z])([a-zA-Z])(?:_?\{?\d\}?|[₀-₉])(?=\s*=)")
_EVERYTHING = Symbol("R")


class Solutions(ReadKind[Node, Node]):
    """A set of numbers or of pairs, no number at all, or every number. Order and repetition don't matter."""

    def key(self, answer: str, question: Question) -> Node:
        """Read a key or a distractor: a set as a `Collection` in braces, or R."""
        return _set_in_words(answer) or _finite_set(answer)

    def read(self, response: str, key: Node, question: Question) -> Node:
        """Read a response.

        Raises:
            Unreadable: It names no solutions, or single numbers where the key consists of pairs.
        """
        typed = _set_in_words(response) or _finite_set(in_english(response, question))
        if _has_pairs(self.key(question.key, question)) and _has_numbers(typed):
            raise Unreadable(_GIVE_PAIRS)
        return typed

    def same(self, key: Node, typed: Node, question: Question, judge: Judge) -> bool | None:
        """Whether both sets have the same elements."""
        if not isinstance(key, Collection) or not isinstance(typed, Collection):
            return key == typed
        return mean_the_same(key, typed, judge)

    def latex(self, typed: Node) -> str:
        """Write what was understood as LaTeX."""
        if not isinstance(typed, Collection):
            return r"\mathbb{R}"
        elements = ", ".join(map(_element_latex, typed.items))
        return rf"\{{{elements}\}}"


def _set_in_words(text: str) -> Node | None:
    """The empty set or every number, where a text says so."""
    phrase = " ".join(_SET_NAME.sub("", bare(text)).casefold().rstrip(".! ").split())
    for written in (phrase, phrase.replace(" ", "")):
        if written in _NONE:
            return Collection("{", "}", ())
        if written in _EVERY:
            return _EVERYTHING
    return None


def _finite_set(text: str) -> Node:
    tree = parse(_INDEX.sub(r"\1", _SET_NAME.sub("", bare(text))), separators=True, max_chars=MAX_KEY_CHARS)
    return Collection("{", "}", tuple(_distinct(_elements(tree))))


def _elements(tree: Node) -> Iterator[Node]:
    """Yield the elements a text names; values of different letters in a row are the parts of one pair."""
    items = tree.items if isinstance(tree, Collection) and tree.opening in ("", "{") else (tree,)
    pair: dict[str, Node] = {}
    for item in items:
        name, value = _assigned(item)
        if pair and (not name or name in pair):
            yield _point(pair)
            pair = {}
        if name:
            pair[name] = value
        else:
            yield value
    if pair:
        yield _point(pair)


def _assigned(item: Node) -> tuple[str, Node]:
    """The letter an item gives a value to, if any, and the value: a number, or a pair in parentheses."""
    name, value = "", item
    match item:
        case Relation(("=",), (Symbol(letter), right)) if letter not in ("pi", "e", "i", "oo"):
            name, value = letter, right
        case Relation(("=",), (left, Symbol(letter))) if letter not in ("pi", "e", "i", "oo"):
            name, value = letter, left
        case Relation(("=",), (Collection("(") | Call(), Collection("(") as pair)):
            value = pair
    if isinstance(value, Collection) and value.opening == "(" and value.closing == ")" and not name:
        for part in value.items:
            _require_number(part)
    else:
        _require_number(value)
    return name, value


def _require_number(value: Node) -> None:
    if isinstance(value, Collection | Relation) or not is_constant(value):
        raise Unreadable(_GIVE)
    require_value(value)


def _point(values: dict[str, Node]) -> Node:
    """One number, or several in the order of their letters."""
    parts = tuple(values[name] for name in sorted(values))
    return parts[0] if len(parts) == 1 else Collection("(", ")", parts)


def _distinct(elements: Iterator[Node]) -> Iterator[Node]:
    seen = set()
    for element in elements:
        parts = element.items if isinstance(element, Collection) else (element,)
        values = tuple(part if (value := exact(part)) is None else value for part in parts)
        if values not in seen:
            seen.add(values)
            yield element


def _has_pairs(solutions: Node) -> bool:
    return isinstance(solutions, Collection) and any(isinstance(item, Collection) for item in solutions.items)


def _has_numbers(solutions: Node) -> bool:
    return isinstance(solutions, Collection) and any(not isinstance(item, Collection) for item in solutions.items)


def _element_latex(element: Node) -> str:
    if isinstance(element, Collection):
        return f"({', '.join(map(latex, element.items))})"
    return latex(element)
