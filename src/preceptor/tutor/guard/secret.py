"""What must not be seen before a question is answered, and what its stem shows anyway."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache

from preceptor.answers import Unreadable, as_typed, parse
from preceptor.answers.numeric import UndefinedValueError, is_real, value_at, variables
from preceptor.answers.rational import exact
from preceptor.answers.tree import Collection, Node, Relation, children
from preceptor.domain import Question, QuestionKind
from preceptor.tutor.guard.context import only_counts
from preceptor.tutor.guard.plain import plain
from preceptor.tutor.guard.reading import NOTHING, Reading, read

_PERCENT = re.compile(r"percent|prozent|%")
_LEADING_NUMBER = re.compile(r"\s*([-$€£]*\s*\d+(?:\.\d+)?(?:\s+\d+/\d+|/\d+)?)")
_UNIT = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Secret:
    """The key of a question in every form that gives it away.

    Args:
        question: The question.
        values: Numbers any of which gives it away.
        together: Numbers that give it away only together: the entries of a list.
        irrational: Its value, where that is a real number that is no fraction.
        trees: Its expressions with letters, or roots and powers.
        words: Its texts, as `plain` writes them.
        sequence: The items of an order, in order, as `plain` writes them.
        stem: What stands in the question.
        hints: What stands in the hints before the last.
        ladder: What stands in them and in the steps before the last.
    """

    question: Question
    values: frozenset[Fraction] = frozenset()
    together: frozenset[Fraction] = frozenset()
    irrational: float | None = None
    trees: tuple[Node, ...] = ()
    words: tuple[str, ...] = ()
    sequence: tuple[str, ...] = ()
    stem: Reading = NOTHING
    hints: Reading = NOTHING
    ladder: Reading = NOTHING

    @property
    def language(self) -> str:
        """Language of the question, as an ISO 639-1 code."""
        return self.question.language

    def in_stem(self, form: str) -> bool:
        """Whether a number stands in the question in this very form."""
        return form in self._stem_forms

    @cached_property
    def _stem_forms(self) -> frozenset[str]:
        parts = re.findall(r"\d+(?:\.\d+)?", self.stem.text)
        return frozenset((*parts, *(mention.form for mention in self.stem.mentions)))

    def in_hints(self, form: str) -> bool:
        """Whether a number stands in a hint before the last in this very form."""
        text, stem = self.hints.text, self.stem.text
        return any(
            one.form == form and not only_counts(text, one.start, one.end, float(one.value), stem)
            for one in self.hints.mentions
        )

    def holds_calculation(self, form: str) -> bool:
        """Whether question or ladder write this very calculation."""
        texts = (self.stem.text, self.ladder.text)
        return any(re.search(rf"(?<![\d.]){re.escape(form)}(?![\d.])", text.replace(" ", "")) for text in texts)


@lru_cache(maxsize=512)
def secret_of(question: Question) -> Secret:
    """Work out what a question hides; the result is remembered."""
    language = question.language
    stem = read(question.text, language)
    hints = " ; ".join(question.hints[:-1])
    steps = " ; ".join((hints, *(step.text for step in question.steps[:-1])))
    found = _hidden(question)
    shares = {value / 100 for value in found.values} if _PERCENT.search(stem.plain) else set()
    return replace(
        found, values=found.values | shares, stem=stem, hints=read(hints, language), ladder=read(steps, language)
    )


def _hidden(question: Question) -> Secret:
    match question.kind:
        case QuestionKind.CHOICE:
            return Secret(question, words=(plain(question.key, question.language),))
        case QuestionKind.ORDER:
            items = re.split(r"[,;]\s*", question.key)
            typed = (plain(as_typed(item, question), question.language) for item in items)
            return Secret(question, sequence=tuple(typed))
        case QuestionKind.QUANTITY:
            number = _LEADING_NUMBER.match(question.key)
            return _of_trees(question, [number[1].strip("$€£ ")] if number else [])
        case QuestionKind.SOLUTIONS:
            return _of_trees(question, _entries(question.key.strip("{}")), words=solution_words(question.key))
        case QuestionKind.LIST:
            return _of_list(question)
        case QuestionKind.TEXT | QuestionKind.UNKNOWN:
            words = (plain(question.key, question.language),)
            entries = _entries(question.key) if re.search(r"\d", question.key) else []
            return _of_trees(question, entries if len(entries) == 1 else [], words=words)
    return _of_trees(question, [question.key])


def solution_words(key: str) -> tuple[str, ...]:
    """How people say that nothing, or every number, solves an equation; nothing for other keys."""
    if key == "{}":
        return ("no solution", "keine lösung", "empty set", "leere menge", "no number works", "unlösbar",
                "keine zahl")  # fmt: skip
    if key == "R":
        return ("all numbers", "every number", "any number", "all real numbers", "every real number", "every x",
                "infinitely many solutions", "jede zahl", "alle zahlen", "jede reelle zahl", "alle reellen zahlen",
                "unendlich viele lösungen", "jedes x", "always true", "immer wahr")  # fmt: skip
    return ()


def _entries(text: str) -> list[str]:
    """Part a list at commas outside of brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in "([{") - (sign in ")]}")
        if sign in ",;" and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def _of_list(question: Question) -> Secret:
    entries = _entries(question.key.strip("{}"))
    found = _of_trees(question, entries)
    if len(entries) < 2:
        return found
    return replace(found, together=found.values | found.together, values=frozenset())


def _of_trees(question: Question, entries: list[str], words: tuple[str, ...] = ()) -> Secret:
    values: set[Fraction] = set()
    together: set[Fraction] = set()
    trees: list[Node] = []
    irrational = None
    texts = list(words)
    for entry in entries:
        texts.append(plain(entry))
        parsed = _parsed(entry)
        point = isinstance(parsed, Collection) and parsed.opening == "("
        for tree in _leaves(parsed):
            value = exact(tree)
            if value is not None:
                (together if point else values).add(value)
                continue
            trees.append(tree)
            if not variables(tree) and not isinstance(tree, Collection | Relation):
                irrational = _real(tree)
    return Secret(question, frozenset(values), frozenset(together), irrational, tuple(trees), tuple(texts))


def _parsed(entry: str) -> Node | None:
    try:
        return parse(entry, max_chars=600)
    except Unreadable:
        return None


def _leaves(tree: Node | None) -> list[Node]:
    """The expressions of a key: the value of x = 5, both coordinates of a point, an equation as it stands."""
    if tree is None:
        return []
    if isinstance(tree, Collection):
        return [leaf for item in children(tree) for leaf in _leaves(item)]
    if isinstance(tree, Relation) and len(tree.sides) == 2 and len(variables(tree.sides[0])) == 1:
        left, right = tree.sides
        if type(left).__name__ == "Symbol" and exact(right) is not None:
            return [right]
        return [tree, right] if type(left).__name__ == "Symbol" else [tree]
    return [tree]


def _real(tree: Node) -> float | None:
    try:
        value = value_at(tree, {})
    except UndefinedValueError:
        return None
    return value.real if is_real(value) else None
