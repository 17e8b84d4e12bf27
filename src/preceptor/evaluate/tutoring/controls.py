"""Arms without a tutor: nothing, random practice, a textbook, and two that must teach nothing."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from preceptor.answers import as_typed
from preceptor.evaluate.tutoring.arm import Arm, Asked, Given, Sitting
from preceptor.evaluate.tutoring.block import Block
from preceptor.evaluate.tutoring.design import chance
from preceptor.evaluate.tutoring.words import event_of, plain_feedback, solution
from preceptor.simulate.acts import NOTHING

CHOICE = 6
"""What randomness is drawn for."""
_TALK = "You are doing great, and practice pays off. Take a moment, breathe, and be proud of what you did today."


class Silent(Sitting):
    """Asks nothing and says the same to everybody.

    Args:
        n: How many students.
        words: What is said.
    """

    def __init__(self, n: int, words: str) -> None:
        self._n, self._words = n, words

    def ask(self, turn: int, at_seconds: NDArray[np.float64]) -> Asked:
        """Nothing."""
        return Asked(np.full(self._n, NOTHING), [""] * self._n)

    def reply(self, given: Given) -> Sequence[str]:
        """The same to everybody."""
        return [self._words] * self._n


class NoTutoring(Arm):
    """Nothing but the tests: what a re-test gains."""

    def sit(self, block: Block) -> Sitting:
        """Wait."""
        return Silent(len(block), "")


class TeachNothing(Arm):
    """Friendly talk in every turn, and no teaching: must score what a re-test gains."""

    def sit(self, block: Block) -> Sitting:
        """Talk."""
        return Silent(len(block), _TALK)


class Drill(Sitting):
    """Questions of the scope drawn by lot, none twice, with the course's own feedback.

    Args:
        block: The students.
        told: Whether the answer is given away with the question, and no word said afterwards but the verdict.
    """

    def __init__(self, block: Block, *, told: bool = False) -> None:
        self._block, self._told = block, told
        pools = [np.flatnonzero(row) for row in block.forms.candidates]
        turns = block.design.turns
        drawn = [chance(block.seed, int(who), CHOICE).permutation(pools[i]) for i, who in enumerate(block.students)]
        self._order = np.stack([np.resize(order, turns) for order in drawn])

    def ask(self, turn: int, at_seconds: NDArray[np.float64]) -> Asked:
        """The next by lot."""
        question, bank = self._order[:, turn], self._block.bank
        if not self._told:
            return Asked(question, [""] * len(question))
        asked = [bank.questions[row] for row in question]
        return Asked(question, [f"The answer is {as_typed(one.key, one)}." for one in asked])

    def reply(self, given: Given) -> Sequence[str]:
        """The course's feedback on each answer."""
        if self._told:
            return ["Yes, that is right." if right else "No, that is wrong." for right in given.right]
        return [plain_words(self._block, given, i) for i in range(len(given.question))]


class RandomPractice(Arm):
    """Questions of the scope by lot, with the course's own feedback."""

    def sit(self, block: Block) -> Sitting:
        """Draw the questions."""
        return Drill(block)


class Leaking(Arm):
    """Random practice that gives every answer away before it is given: must gain nothing that lasts."""

    def sit(self, block: Block) -> Sitting:
        """Draw the questions."""
        return Drill(block, told=True)


class Book(Sitting):
    """Reads the scope concept by concept: what it is, and a worked example, another one every time.

    Args:
        block: The readers.
    """

    def __init__(self, block: Block) -> None:
        self._block = block
        dense = block.bank.q_matrix.dense > 0
        worked = np.array([bool(question.steps) for question in block.bank.questions])
        self._pages = []
        for i, who in enumerate(block.students):
            rng, scope = chance(block.seed, int(who), CHOICE), block.forms.scope[i]
            mine = [rng.permutation(np.flatnonzero(block.forms.candidates[i] & worked & dense[:, c])) for c in scope]
            self._pages.append(list(zip(scope.tolist(), mine, strict=True)))

    def ask(self, turn: int, at_seconds: NDArray[np.float64]) -> Asked:
        """A book asks nothing."""
        return Asked(np.full(len(self._block), NOTHING), [""] * len(self._block))

    def reply(self, given: Given) -> Sequence[str]:
        """The next page of each reader."""
        return [self._page(pages, given.turn) for pages in self._pages]

    def _page(self, pages: list[tuple[int, NDArray[np.int64]]], turn: int) -> str:
        concept, examples = pages[turn % len(pages)]
        bank = self._block.bank
        about = bank.concepts[concept]
        head = f"{about.name}. {about.explanation}".strip()
        if not len(examples):
            return head
        example = bank.questions[examples[turn // len(pages) % len(examples)]]
        return f"{head}\n\n{example.text}\n\n{solution(example)}"


class Textbook(Arm):
    """Explanations and worked examples of the scope; no question."""

    def sit(self, block: Block) -> Sitting:
        """Open the book."""
        return Book(block)


def plain_words(block: Block, given: Given, i: int) -> str:
    """The course's feedback on one student's answer."""
    question = block.bank.questions[given.question[i]]
    student = str(block.students[i])
    key = f"{block.seed} {student} {given.turn}"
    right, at = bool(given.right[i]), float(given.at_seconds[i])
    return plain_feedback(block.bank, event_of(question, student, given.turn, right, given.response[i], at, key))
