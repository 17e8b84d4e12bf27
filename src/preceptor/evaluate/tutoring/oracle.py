"""The arm that sees the truth: the most that choosing questions one turn ahead can do."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Bank, Question
from preceptor.evaluate.tutoring.arm import Arm, Asked, Given, Sitting
from preceptor.evaluate.tutoring.block import Block
from preceptor.evaluate.tutoring.controls import plain_words
from preceptor.evaluate.tutoring.design import later
from preceptor.evaluate.tutoring.learning import Taught
from preceptor.evaluate.tutoring.reading import Reader, Turned
from preceptor.evaluate.tutoring.words import solution
from preceptor.simulate import LatentStudents


class Oracle(Arm):
    """Exact one-step look-ahead on the true minds for mean recall of the scope at the horizon; shows every solution."""

    def __init__(self) -> None:
        self._sight: _Sight | None = None

    def sit(self, block: Block) -> Sitting:
        """Look into the heads of a block."""
        if self._sight is None or self._sight.taught.family is not block.cohort.family:
            self._sight = _Sight(Taught(block.cohort.family))
        return _Sitting(block, self._sight)


class _Sight:
    """What can be foreseen of every kind of question.

    Args:
        taught: The students' minds, with the rule by which turns teach them.
    """

    def __init__(self, taught: Taught) -> None:
        bank = taught.family.bank
        reader = Reader(bank)
        self.taught = taught
        self.class_of, self.representative = _classes(taught, bank)
        words = [_confirmed(bank.questions[row]) for row in self.representative]
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
        """Verdict, misconception and the whole solution, after right answers, too."""
        bank = self._block.bank
        return [
            _confirmed(bank.questions[row]) if given.right[i] else plain_words(self._block, given, i)
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
        taught = self._oracle.taught
        asked = self._oracle.representative[classes]
        state = self._state.take(np.full(len(asked), i))
        p_correct = taught.family.p_correct(state, asked, at_seconds)
        reads = [self._oracle.foreseen[c] for c in classes]
        horizon = later(float(self._block.end_seconds[i]), self._block.design.horizon_days)
        values = [
            self._after(state, asked, right, taught.foreseen(state, asked, right, reads, at_seconds), at_seconds)
            for right in (True, False)
        ]
        recall = [taught.family.recall(after, self._block.forms.scope[i], horizon).mean(axis=1) for after in values]
        return np.asarray(p_correct * recall[0] + (1 - p_correct) * recall[1])

    def _after(
        self, state: LatentStudents, asked: NDArray[np.int64], right: bool, acts: Any, at_seconds: float
    ) -> LatentStudents:
        return self._oracle.taught.learn(
            state, asked, np.full(len(asked), right), acts, np.full(len(asked), at_seconds)
        )


def _confirmed(question: Question) -> str:
    return f"Yes, that is right.\n\n{solution(question)}"


def _classes(taught: Taught, bank: Bank) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Questions that are alike to the minds and to the reader: the class of each, and one of each class."""
    numbers: dict[Any, int] = {}
    first: list[int] = []
    table = taught.family.questions
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
