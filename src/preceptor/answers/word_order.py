"""Words that have to be put in order."""

import re

from preceptor.answers.kind import AnswerKind, Judge, ReadKind
from preceptor.answers.order import Order, of_words
from preceptor.answers.prose import same_words
from preceptor.answers.unreadable import Unreadable
from preceptor.domain import Question

_APART = re.compile(r"[,;>\n]|→")
_ONCE = "Use each item once, with commas between them."


class WordOrder(ReadKind[tuple[str, ...], tuple[str, ...]]):
    """All items, each once, in the order of the key, parted by commas, semicolons or arrows."""

    def key(self, answer: str, question: Question) -> tuple[str, ...]:
        """Read a key or a distractor."""
        return self._items(answer, question)

    def read(self, response: str, key: tuple[str, ...], question: Question) -> tuple[str, ...]:
        """Read a response.

        Raises:
            Unreadable: It is not all items, each once.
        """
        return self._items(response, question)

    def same(self, key: tuple[str, ...], typed: tuple[str, ...], question: Question, judge: Judge) -> bool:
        """Whether the orders agree."""
        return key == typed

    def latex(self, typed: tuple[str, ...]) -> str:
        """Write what was understood as LaTeX."""
        return ", ".join(rf"\text{{{item}}}" for item in typed)

    @staticmethod
    def _items(text: str, question: Question) -> tuple[str, ...]:
        parts = [part for part in _APART.split(text.strip().rstrip(".")) if part.strip(" -")]
        found = tuple(
            next((item for item in question.options if same_words(item, part, question.language)), "") for part in parts
        )
        if sorted(found) != sorted(question.options):
            raise Unreadable(_ONCE)
        return found


class EitherOrder:
    """Orders of words, or of what the grammar reads."""

    def agrees(self, question: Question, answer: str, response: str, judge: Judge) -> bool | None:
        """Whether a response means the same as an answer."""
        return _kind(question).agrees(question, answer, response, judge)

    def preview(self, question: Question, response: str) -> str:
        """What was understood, as LaTeX without dollar signs."""
        return _kind(question).preview(question, response)


def _kind(question: Question) -> AnswerKind:
    return WordOrder() if of_words(question) else Order()
