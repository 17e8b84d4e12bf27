"""Numbers, expressions, equations and lists: right in every equivalent form."""

import re

from preceptor.answers.compare import one_side
from preceptor.answers.content import content
from preceptor.answers.kind import Judge, ReadKind, mean_the_same
from preceptor.answers.latex import latex
from preceptor.answers.limits import is_constant
from preceptor.answers.notation import formulas_of
from preceptor.answers.parser import MAX_KEY_CHARS, parse
from preceptor.answers.reading import read_key, read_response, readings
from preceptor.answers.simplest import require_form
from preceptor.answers.tree import Collection, Mixed, Node, Number, Relation, Symbol
from preceptor.answers.unreadable import Unreadable
from preceptor.domain import Question


class Mathematics(ReadKind[Node, Node]):
    """Equivalent forms are right, unsimplified ones too where the question allows them, but no copy of it."""

    def agrees(self, question: Question, answer: str, response: str, judge: Judge) -> bool | None:
        """Whether a response means the same as an answer.

        Raises:
            Unreadable: It lies outside the grammar, or is right and only repeats the question, or is right in a form
                that was not asked for.
        """
        right = super().agrees(question, answer, response, judge)
        if right and answer == question.key and self._repeats_question(question, response):
            raise Unreadable("That repeats the question; carry it further.")
        if right and answer == question.key and question.simplest:
            key = self.key(answer, question)
            require_form(key, self.read(response, key, question))
        if right is False and answer == question.key:
            self._require_both_sides(question, response, judge)
        return right

    def key(self, answer: str, question: Question) -> Node:
        """Read a key or a distractor."""
        return read_key(answer, question.kind)

    def read(self, response: str, key: Node, question: Question) -> Node:
        """Read a response; a unit behind a number is dropped where the key is a number."""
        return read_response(response, key, question)

    def same(self, key: Node, typed: Node, question: Question, judge: Judge) -> bool | None:
        """Whether any way of reading percent and degree signs makes the two agree."""
        undecided = False
        for one, other in readings(key, typed, question.text):
            same = mean_the_same(one, other, judge, ordered=question.ordered)
            if same:
                return True
            undecided = undecided or same is None
        return None if undecided else False

    def latex(self, typed: Node) -> str:
        """Write what was understood as LaTeX."""
        return latex(typed)

    def _require_both_sides(self, question: Question, response: str, judge: Judge) -> None:
        """Hand back one right side of an equation, and its numbers by name: no wrong answer, but not the equation."""
        key = self.key(question.key, question)
        typed = self.read(response, key, question)
        side = one_side(key)
        if side is None:
            return
        whole = isinstance(typed, Relation | Collection)
        if _names_parts(typed, key) or (not whole and mean_the_same(side, typed, judge)):
            raise Unreadable("Write the whole equation, with both sides.")

    def _repeats_question(self, question: Question, response: str) -> bool:
        """Whether an equivalent response only copies a formula of the question or turns it around; not for numbers."""
        key = read_key(question.key, question.kind)
        typed = read_response(response, key, question)
        if typed == key or isinstance(typed, Number | Mixed | Symbol):
            return False
        turned = content(typed) != content(key)
        return any(_repeats(text, typed, turned=turned) for text in formulas_of(question))


def _names_parts(typed: Node, key: Node) -> bool:
    """Whether a response only says what letters stand for that the key does not have: m = 3, b = 7 for y = 3x + 7."""
    parts = typed.items if isinstance(typed, Collection) and typed.opening in ("", "and") else (typed,)
    named = [part.sides[0] for part in parts if isinstance(part, Relation) and part.operators == ("=",)]
    letters = {name.name for name in named if isinstance(name, Symbol)}
    values = all(is_constant(part.sides[1]) for part in parts if isinstance(part, Relation))
    return bool(parts) and len(letters) == len(parts) and values and not letters & set(re.findall(r"\w", latex(key)))


def _repeats(text: str, tree: Node, *, turned: bool) -> bool:
    """Whether a tree is a formula of the question; with `turned`, its terms and factors may have changed places."""
    try:
        asked = parse(text, max_chars=MAX_KEY_CHARS)
    except Unreadable:
        return False
    return asked == tree or (turned and content(asked) == content(tree))
