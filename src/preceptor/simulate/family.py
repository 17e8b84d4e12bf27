"""The contract of every family of latent minds: how simulated students know, answer, learn and forget."""

from abc import ABC, abstractmethod
from dataclasses import asdict
from typing import Any, ClassVar, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY, Bank, digest
from preceptor.simulate.state import LatentStudents
from preceptor.simulate.tables import ConceptTable, QuestionTable


class FamilyParameters(Protocol):
    """The numbers of a family, a frozen dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def open_guess(self) -> float:
        """P(right by luck) on a question without options."""
        ...


S = TypeVar("S", bound=LatentStudents)
P = TypeVar("P", bound=FamilyParameters)


class LatentFamily(ABC, Generic[S, P]):
    """Simulated students over one bank; every verb is batched over n students, one question each.

    Questions and concepts are given as indices into `bank.questions` and `bank.concepts`, times as UTC seconds.
    No verb changes the state it is given, and none draws: chance comes in as uniform numbers, so that two arms with
    the same numbers are paired. The formulas stand in `docs/latent-mind.md`.

    Args:
        bank: Concepts with prerequisites, questions with difficulty and distractors.
        parameters: The numbers of the model; None for the frozen ones of every published simulation.

    Raises:
        UserError: If the prerequisites form a cycle.
    """

    name: ClassVar[str]
    state_class: ClassVar[type[Any]]
    parameters_class: ClassVar[type[Any]]

    def __init__(self, bank: Bank, parameters: P | None = None) -> None:
        self.bank = bank
        self.parameters: P = self.parameters_class() if parameters is None else parameters
        self.concepts = ConceptTable.of(bank)
        self.questions = QuestionTable.of(bank)

    @property
    def parameter_hash(self) -> str:
        """Names the family and all its numbers; run files carry it."""
        return digest(self.name, *sorted(asdict(self.parameters).items()))

    @abstractmethod
    def initial(self, n: int, rng: np.random.Generator) -> S:
        """Draw n students as they are before their first answer.

        All numbers of a student are drawn before those of the next, so more students do not change the first.
        """

    @abstractmethod
    def recall(self, state: S, concepts: NDArray[Any] | None, at_seconds: NDArray[Any] | float) -> NDArray[np.float64]:
        """P(success) on a concept's typical open question (difficulty 0), without guessing, slip, misconception.

        Args:
            state: n students.
            concepts: Indices of the wanted concepts; None for all, in the bank's order.
            at_seconds: One time, or one a student [n].

        Returns:
            float64 [n, concepts].
        """

    def p_correct(self, state: S, questions: NDArray[Any], at_seconds: NDArray[Any] | float) -> NDArray[np.float64]:
        """P(correct) of each student on one question: known·(1 − slip) + (1 − known)·guess.

        Args:
            state: n students.
            questions: [n], question indices.
            at_seconds: One time, or one a student [n].

        Returns:
            float64 [n].
        """
        known = self._known(state, questions, at_seconds)
        guess = self.questions.guess[questions]
        guess = np.where(np.isnan(guess), self.parameters.open_guess, guess)
        return np.asarray(known * (1 - state.slip) + (1 - known) * guess)

    def respond(
        self,
        state: S,
        questions: NDArray[Any],
        at_seconds: NDArray[Any] | float,
        uniform: NDArray[Any],
        uniform2: NDArray[Any],
    ) -> tuple[NDArray[np.bool_], NDArray[np.object_]]:
        """Let each student answer one question.

        Args:
            state: n students.
            questions: [n], question indices.
            at_seconds: One time, or one a student [n].
            uniform: [n] in 0..1, decides right or wrong; give two arms the same numbers to pair them.
            uniform2: [n] in 0..1, decides which wrong answer.

        Returns:
            Whether each answer is right, and its text: the key, a distractor, or "" for an unforeseen error.
        """
        correct = np.asarray(uniform) < self.p_correct(state, questions, at_seconds)
        slot = self._wrong_slot(state, questions, np.asarray(uniform2))
        text = np.where(correct, self.questions.key[questions], self.questions.wrong_answers[questions, slot])
        return correct, text

    @abstractmethod
    def practise(self, state: S, questions: NDArray[Any], correct: NDArray[Any], at_seconds: NDArray[Any] | float) -> S:
        """Learn from one answered question whose solution was shown afterwards.

        Args:
            state: n students.
            questions: [n], question indices.
            correct: [n], whether each answer was right.
            at_seconds: One time, or one a student [n].

        Returns:
            The state after it. Recall on no concept is lower than before, now or at any later time.
        """

    @abstractmethod
    def _known(self, state: S, questions: NDArray[Any], at_seconds: NDArray[Any] | float) -> NDArray[np.float64]:
        """P(the student can do the question), before guess and slip, float64 [n]."""

    def _wrong_slot(self, state: S, questions: NDArray[Any], uniform2: NDArray[Any]) -> NDArray[np.int64]:
        """Which of the question's wrong answers is given, [n]: any alike."""
        count = self.questions.wrong_count[questions]
        return np.asarray(np.minimum((uniform2 * count).astype(np.int64), count - 1))


def elapsed_days(last_practice_seconds: NDArray[np.float64], at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Days since the last practice, never negative."""
    return np.maximum(at_seconds - last_practice_seconds, 0) / SECONDS_PER_DAY


def sigmoid(logit: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 / (1 + exp(−logit))."""
    return 1 / (1 + np.exp(-logit))
