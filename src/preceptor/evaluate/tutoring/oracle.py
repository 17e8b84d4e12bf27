"""The arm that sees the truth: the most that choosing questions one turn ahead can do."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank, Question
from preceptor.evaluate.tutoring.arm import Arm, Asked, Given, Sitting
from preceptor.evaluate.tutoring.block import Block
from preceptor.evaluate.tutoring.controls import plain_words
from preceptor.evaluate.tutoring.design import later
from preceptor.evaluate.tutoring.reading import Reader, Turned, acts_of
from preceptor.evaluate.tutoring.words import solution
from preceptor.simulate import LatentStudents, TaughtFamily
from preceptor.simulate.tables import QuestionTable


class Oracle(Arm):
    """Exact one-step look-ahead on the true minds for mean recall of the scope at the horizon; shows every solution.

    Args:
        explains: Whether the solution follows a right answer, too; else its words are the course's own feedback, as
            those of random practice are, and nothing but the choice of questions is better.
    """

    def __init__(self, *, explains: bool = True) -> None:
        self._confirms = _explained if explains else _confirmed
        self._sight: _Sight | None = None

    def sit(self, block: Block) -> Sitting:
        """Look into the heads of a block."""
        if self._sight is None or self._sight.family is not block.cohort.family:
            self._sight = _Sight(block.cohort.family, self._confirms)
        return _Sitting(block, self._sight)


class OracleChoice(Oracle):
    """What choosing by the truth is worth without a word more than the course's own feedback."""

    def __init__(self) -> None:
        super().__init__(explains=False)


class _Sight:
    """What can be foreseen of every kind of question.

    Args:
        family: The students' minds.
        confirms: The words after a right answer.
    """

    def __init__(self, family: TaughtFamily[Any, Any], confirms: Callable[[Question], str]) -> None:
        bank, self.family, self.confirms = family.bank, family, confirms
        reader = Reader(bank)
        self.class_of, self.representative = _classes(family.questions, bank)
        words = [confirms(bank.questions[row]) for row in self.representative]
        self.foreseen = [
            reader.read(Turned(int(row), "", said, right=True))
            for row, said in zip(self.representative, words, strict=True)
        ]


class _Sitting(Sitting):
    def __init__(self, block: Block, oracle: _Sight) -> None:
        self._block, self._oracle = block, oracle
        self._left = block.forms.candidates.copy()
        self._state: LatentStudents | None = None

    def shown(self, state: LatentStudents) -> None:
        """Look."""
        self._state = state

    def ask(self, turn: int, at_seconds: NDArray[np.float64]) -> Asked:
        """What raises recall of the scope at the horizon most."""
        best = [self._best(i, at_seconds) for i in range(len(self._block))]
        question = np.array(best)
        self._left[np.arange(len(best)), question] = False
        return Asked(question, [""] * len(best))

    def reply(self, given: Given) -> Sequence[str]:
        """Verdict, misconception and the whole solution; after right answers as the oracle confirms them."""
        bank = self._block.bank
        return [
            self._oracle.confirms(bank.questions[row]) if given.right[i] else plain_words(self._block, given, i)
            for i, row in enumerate(given.question)
        ]

    def _best(self, i: int, at_seconds: NDArray[np.float64]) -> int:
        assert self._state is not None
        if not self._left[i].any():
            self._left[i] = self._block.forms.candidates[i]
        classes = np.unique(self._oracle.class_of[self._left[i]])
        values = self._values(i, classes, float(at_seconds[i]))
        chosen = classes[int(values.argmax())]
        return int(np.flatnonzero(self._left[i] & (self._oracle.class_of == chosen))[0])

    def _values(self, i: int, classes: NDArray[np.int64], at_seconds: float) -> NDArray[np.float64]:
        """Expected mean recall of the scope at the horizon after one question of each class."""
        assert self._state is not None
        family, asked = self._oracle.family, self._oracle.representative[classes]
        n = len(asked)
        state, at = self._state.take(np.full(n, i)), np.full(n, at_seconds)
        acts = acts_of([self._oracle.foreseen[c] for c in classes], len(self._block.bank.concepts))
        named = replace(acts, misconception=family.active_misconception(state, asked, at))
        right = family.learn(state, asked, np.ones(n, dtype=bool), acts, at)
        wrong = family.learn(state, asked, np.zeros(n, dtype=bool), named, at)
        p_correct = family.p_correct(state, asked, at)
        return np.asarray(p_correct * self._aim(i, right) + (1 - p_correct) * self._aim(i, wrong))

    def _aim(self, i: int, state: LatentStudents) -> NDArray[np.float64]:
        """Mean recall of a student's scope at the horizon, in several futures."""
        horizon = later(float(self._block.end_seconds[i]), self._block.design.horizon_days)
        return np.asarray(self._oracle.family.recall(state, self._block.forms.scope[i], horizon).mean(axis=1))


def _confirmed(question: Question) -> str:
    return "Yes, that is right."


def _explained(question: Question) -> str:
    return f"{_confirmed(question)}\n\n{solution(question)}"


def _classes(table: QuestionTable, bank: Bank) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Questions that are alike to the minds and to the reader: the class of each, and one of each class."""
    numbers: dict[Any, int] = {}
    first: list[int] = []
    class_of = np.empty(len(bank.questions), dtype=np.int64)
    for row, question in enumerate(bank.questions):
        steps = tuple(sorted(step.concepts or question.concepts[:1] for step in question.steps))
        key = (
            tuple(table.concepts[row].tolist()),
            float(table.difficulty[row]),
            str(table.guess[row]),
            tuple(table.misconceptions[row].tolist()),
            int(table.wrong_count[row]),
            steps,
        )
        if key not in numbers:
            numbers[key] = len(first)
            first.append(row)
        class_of[row] = numbers[key]
    return class_of, np.array(first, dtype=np.int64)
