"""What was said in a session, student by student: an arm is listened to and stays as it is."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Question
from preceptor.evaluate.tutoring.arm import Arm, Asked, Given, Sitting
from preceptor.evaluate.tutoring.block import Block
from preceptor.simulate import LatentStudents
from preceptor.simulate.acts import NOTHING
from preceptor.tutor.situation import Said


class Heard(Arm):
    """An arm whose words are kept; after a session `said` and `first` hold what was heard in it.

    Args:
        arm: Who is listened to.
    """

    def __init__(self, arm: Arm) -> None:
        self._arm = arm
        self.said: list[list[Said]] = []
        self.first: Given | None = None

    def sit(self, block: Block) -> Sitting:
        """Meet the students; what was heard before is forgotten."""
        self.said, self.first = [[] for _ in range(len(block))], None
        return _Listening(self, self._arm.sit(block), block)


class _Listening(Sitting):
    def __init__(self, heard: Heard, sitting: Sitting, block: Block) -> None:
        self._heard, self._sitting, self._bank = heard, sitting, block.bank

    def ask(self, turn: int, at_seconds: NDArray[np.float64]) -> Asked:
        asked = self._sitting.ask(turn, at_seconds)
        for said, row, words in zip(self._heard.said, asked.question, asked.said, strict=True):
            stem = "" if row == NOTHING else put(self._bank.questions[row])
            _add(said, Said("tutor", "\n\n".join(filter(None, (words, stem)))))
        return asked

    def reply(self, given: Given) -> Sequence[str]:
        if self._heard.first is None:
            self._heard.first = given
        told = self._sitting.reply(given)
        for said, response, words in zip(self._heard.said, given.response, told, strict=True):
            _add(said, Said("student", response))
            _add(said, Said("tutor", words))
        return told

    def recall(self, at_seconds: NDArray[np.float64]) -> NDArray[np.float64] | None:
        return self._sitting.recall(at_seconds)

    def chances(self, questions: NDArray[np.int64], at_seconds: NDArray[np.float64]) -> NDArray[np.float64] | None:
        return self._sitting.chances(questions, at_seconds)

    def shown(self, state: LatentStudents) -> None:
        self._sitting.shown(state)


def put(question: Question) -> str:
    """A question as a student sees it, with its options."""
    return "\n".join((question.text, *(f"- {option}" for option in question.options)))


def _add(said: list[Said], message: Said) -> None:
    if message.text:
        said.append(message)
