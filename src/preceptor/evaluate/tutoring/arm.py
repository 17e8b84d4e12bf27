"""The contract of an arm: what a student goes through between two tests."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.evaluate.tutoring.block import Block
from preceptor.simulate import LatentStudents


@dataclass(frozen=True, slots=True)
class Asked:
    """What a turn begins with, for each of n students.

    Args:
        question: int64 [n], rows of the bank; −1 where nothing is asked.
        said: What is said while the question is open.
    """

    question: NDArray[np.int64]
    said: Sequence[str]


@dataclass(frozen=True, slots=True)
class Given:
    """The answers of n students as an arm hears them.

    Args:
        turn: Which turn, from 0.
        question: int64 [n]; −1 where nothing was asked.
        right: bool [n].
        response: What was typed.
        at_seconds: float64 [n].
    """

    turn: int
    question: NDArray[np.int64]
    right: NDArray[np.bool_]
    response: Sequence[str]
    at_seconds: NDArray[np.float64]


class Sitting(ABC):
    """An arm with one block of students, from the first turn to the last test."""

    @abstractmethod
    def ask(self, turn: int, at_seconds: NDArray[np.float64]) -> Asked:
        """The next question of each student, with the words that lead to it."""

    @abstractmethod
    def reply(self, given: Given) -> Sequence[str]:
        """What each student hears about the answer, or instead of a question."""

    def recall(self, at_seconds: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """What the arm believes is recalled, float64 [n, concepts]; None if it believes nothing."""
        return None

    def chances(self, questions: NDArray[np.int64], at_seconds: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """What the arm believes of P(correct) on questions [n, m], float64 [n, m]; None if it believes nothing."""
        return None

    def shown(self, state: LatentStudents) -> None:
        """What is truly in the heads before a turn; only an oracle looks."""
        return


class Arm(ABC):
    """A tutor, a control or an ablation."""

    @abstractmethod
    def sit(self, block: Block) -> Sitting:
        """Meet a block of students; what one block leaves behind changes nothing for the next."""
