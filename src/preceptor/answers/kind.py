"""The contract of an answer kind: how its keys and responses are read, and when they mean the same."""

from abc import ABC, abstractmethod
from typing import Generic, Protocol, TypeVar

from preceptor.answers.compare import equivalent
from preceptor.answers.notation import other_readings
from preceptor.answers.quick import NeedsAlgebraError, QuickAlgebra
from preceptor.answers.tree import Node
from preceptor.answers.unreadable import Unreadable
from preceptor.domain import Question

_QUICK = QuickAlgebra()
Key = TypeVar("Key")
Typed = TypeVar("Typed")


class UncheckableKeyError(Exception):
    """The key itself lies outside the grammar."""


class Judge(Protocol):
    """Decides what only algebra can decide."""

    def same(self, key: Node, response: Node, *, ordered: bool = False) -> bool | None:
        """Whether a response means the same as a key; None if that could not be decided."""
        ...


class NoAlgebra:
    """A judge that leaves everything undecided that numbers and sample points leave open."""

    def same(self, key: Node, response: Node, *, ordered: bool = False) -> bool | None:
        """Nothing is known."""
        return None


class AnswerKind(Protocol):
    """One way of answering."""

    def agrees(self, question: Question, answer: str, response: str, judge: Judge) -> bool | None:
        """Whether a response means the same as an answer.

        Args:
            question: What is asked.
            answer: The key or a distractor, in answer syntax.
            response: What the student typed or chose.
            judge: Decides about symbolic expressions.

        Returns:
            The verdict; None if it could not be decided.

        Raises:
            UncheckableKeyError: The answer lies outside the grammar.
            Unreadable: The response does.
        """
        ...

    def preview(self, question: Question, response: str) -> str:
        """What was understood, as LaTeX without dollar signs, numbers written as in English.

        Raises:
            Unreadable: Response or key lie outside the grammar.
        """
        ...


class ReadKind(ABC, Generic[Key, Typed]):
    """A kind whose keys and responses are read into values before they are compared."""

    def agrees(self, question: Question, answer: str, response: str, judge: Judge) -> bool | None:
        """Whether a response means the same as an answer."""
        try:
            key = self.key(answer, question)
        except Unreadable as error:
            raise UncheckableKeyError from error
        for other in other_readings(response, question):
            try:
                if self.same(key, self.read(other, key, question), question, judge):
                    return True
            except Unreadable:
                continue
        return self.same(key, self.read(response, key, question), question, judge)

    def preview(self, question: Question, response: str) -> str:
        """What was understood, as LaTeX without dollar signs."""
        key = self.key(question.key, question)
        try:
            return self.latex(self.read(response, key, question))
        except Unreadable:
            for other in other_readings(response, question):
                return self.latex(self.read(other, key, question))
            raise

    @abstractmethod
    def key(self, answer: str, question: Question) -> Key:
        """Read a key or a distractor."""

    @abstractmethod
    def read(self, response: str, key: Key, question: Question) -> Typed:
        """Read a response to be compared with a key."""

    @abstractmethod
    def same(self, key: Key, typed: Typed, question: Question, judge: Judge) -> bool | None:
        """Whether what was typed means the same as the key; None if it could not be decided."""

    @abstractmethod
    def latex(self, typed: Typed) -> str:
        """Write what was understood as LaTeX."""


def mean_the_same(key: Node, typed: Node, judge: Judge, *, ordered: bool = False) -> bool | None:
    """Compare two trees, with algebra only where numbers and sample points don't settle it."""
    try:
        return equivalent(key, typed, _QUICK, ordered=ordered)
    except NeedsAlgebraError:
        return judge.same(key, typed, ordered=ordered)
