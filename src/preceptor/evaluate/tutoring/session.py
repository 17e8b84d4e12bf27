"""One arm and one block of students, turn by turn in step, with tests around it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from preceptor.answers import as_typed
from preceptor.evaluate.tutoring.arm import Arm, Asked, Given, Sitting
from preceptor.evaluate.tutoring.block import Block
from preceptor.evaluate.tutoring.design import later
from preceptor.evaluate.tutoring.reading import Read, Reader, Turned, acts_of
from preceptor.evaluate.tutoring.words import typed
from preceptor.simulate import Acts, LatentStudents
from preceptor.simulate.acts import NOTHING

PRE = 0
"""The place of the test before the session."""


@dataclass(frozen=True)
class Turn:
    """What happened in one turn; n students.

    Args:
        question: int64 [n], −1 where nothing was asked.
        right: bool [n].
        mistake: int64 [n], the misconception that truly led to a wrong answer, −1 for none.
        reads: What the words did.
    """

    question: NDArray[np.int64]
    right: NDArray[np.bool_]
    mistake: NDArray[np.int64]
    reads: tuple[Read, ...]


@dataclass
class Played:
    """Everything that was seen of one arm and one block; n students, F forms, m items, T turns.

    Args:
        right: bool [n, F, m], test answers.
        expected: float64 [n, F, m], the true P(correct) of each.
        believed: float64 [n, F, m], what the arm believed of it; NaN where it believes nothing.
        recall: float64 [n, F, k], true recall of the scope at each test.
        transfer: float64 [n, F, m], the true P(correct) at each test of questions that join the scope with something
            else; NaN where a student has fewer of them.
        own_recall: float64 [n, k], what the arm believed of it after the session; NaN where it believes nothing.
        path: float64 [n, T + 1, 2], mean true recall of the scope at the moment and at the horizon, before the first
            turn and after each.
        turns: What happened.
        seconds: What the arm took, for all students together.
        misled: Whether misconceptions lead these students to wrong answers.
    """

    right: NDArray[np.bool_]
    expected: NDArray[np.float64]
    believed: NDArray[np.float64]
    recall: NDArray[np.float64]
    transfer: NDArray[np.float64]
    own_recall: NDArray[np.float64]
    path: NDArray[np.float64]
    turns: list[Turn] = field(default_factory=list)
    seconds: float = 0.0
    misled: bool = False


class Session:
    """Leads a block of students through an arm.

    Args:
        block: The students.
        arm: What they go through.
        reader: Reads every turn, whoever spoke.
        monotonic: Seconds that never go back.
    """

    def __init__(self, block: Block, arm: Arm, reader: Reader, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.block, self.reader, self._monotonic = block, reader, monotonic
        self.family = block.cohort.family
        self.sitting: Sitting = arm.sit(block)
        self.state: LatentStudents = block.cohort.state.take(block.students)
        n, forms, items = block.forms.items.shape
        blank = np.full((n, forms, items), np.nan)
        scope = block.forms.scope.shape[1]
        self.played = Played(
            np.zeros((n, forms, items), dtype=bool),
            blank.copy(),
            blank.copy(),
            np.full((n, forms, scope), np.nan),
            np.full((n, forms, block.forms.transfer.shape[1]), np.nan),
            np.full((n, scope), np.nan),
            np.full((n, block.design.turns + 1, 2), np.nan),
            misled=self.family.misled,
        )

    def play(self) -> Played:
        """Test, tutor, test."""
        block = self.block
        self._test(PRE, block.start_seconds)
        self._note(0, block.start_seconds)
        for turn in range(block.design.turns):
            at = self._at(block.start_seconds + turn * block.design.turn_seconds)
            self._turn(turn, at)
            self._note(turn + 1, at)
        end = self._at(block.end_seconds)
        own = self.sitting.recall(end)
        if own is not None:
            self.played.own_recall[:] = np.take_along_axis(own, block.forms.scope, axis=1)
        for form, days in block.design.days():
            if form != PRE:
                self._test(form, self._at(later(block.end_seconds, days)))
        return self.played

    def _at(self, at_seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """The time; it stands still where nobody forgets."""
        return at_seconds if self.block.design.forgets else self.block.start_seconds

    def _turn(self, turn: int, at: NDArray[np.float64]) -> None:
        self.sitting.shown(self.state)
        begun = self._monotonic()
        asked = self.sitting.ask(turn, at)
        self.played.seconds += self._monotonic() - begun
        given, mistake = self._answered(turn, asked, at)
        begun = self._monotonic()
        told = self.sitting.reply(given)
        self.played.seconds += self._monotonic() - begun
        reads = tuple(
            self.reader.read(Turned(int(question), before, after, bool(right)))
            for question, before, after, right in zip(asked.question, asked.said, told, given.right, strict=True)
        )
        acts = acts_of(reads, len(self.block.bank.concepts))
        self.state = self.family.learn(self.state, asked.question, given.right, acts, at)
        self.played.turns.append(Turn(asked.question, given.right, mistake, reads))

    def _answered(self, turn: int, asked: Asked, at: NDArray[np.float64]) -> tuple[Given, NDArray[np.int64]]:
        """The students' answers; who was given the answer repeats it."""
        n, bank = len(self.block), self.block.bank
        right, mistake = np.zeros(n, dtype=bool), np.full(n, NOTHING)
        response = [""] * n
        rows = np.flatnonzero(asked.question != NOTHING)
        if len(rows):
            uniform = self.block.session_chance[rows, turn]
            question = asked.question[rows]
            answered, texts = self.family.respond(
                self.state.take(rows), question, at[rows], uniform[:, 0], uniform[:, 1]
            )
            for i, one, correct, text in zip(rows.tolist(), question.tolist(), answered, texts, strict=True):
                it = bank.questions[one]
                told = bool(self.reader.given_away(it, asked.said[i]))
                right[i] = correct or told
                response[i] = as_typed(it.key, it) if told else typed(it, text)
            cause = self.family.cause(self.state.take(rows), question, at[rows], uniform[:, 1])
            mistake[rows] = np.where(right[rows], NOTHING, cause)
        return Given(turn, asked.question, right, response, at), mistake

    def _note(self, step: int, at: NDArray[np.float64]) -> None:
        family, scope = self.family, self.block.forms.scope
        horizon = self._at(later(self.block.end_seconds, self.block.design.horizon_days))
        for place, when in enumerate((at, horizon)):
            recall = np.take_along_axis(family.recall(self.state, None, when), scope, axis=1)
            self.played.path[:, step, place] = recall.mean(axis=1)

    def _joined(self, at: NDArray[np.float64]) -> NDArray[np.float64]:
        """P(correct) on the questions of `Forms.transfer`. Minds know concepts: one asked in the session is as good."""
        found = np.full(self.block.forms.transfer.shape, np.nan)
        for item, question in enumerate(self.block.forms.transfer.T):
            rows = np.flatnonzero(question != NOTHING)
            found[rows, item] = self.family.p_correct(self.state.take(rows), question[rows], at[rows])
        return found

    def _test(self, form: int, at: NDArray[np.float64]) -> None:
        """One form, answered by copies of the students unless tests teach."""
        played, items = self.played, self.block.forms.items[:, form]
        family = self.family
        recall = family.recall(self.state, None, at)
        played.recall[:, form] = np.take_along_axis(recall, self.block.forms.scope, axis=1)
        played.transfer[:, form] = self._joined(at)
        believed = self.sitting.chances(items, at)
        if believed is not None:
            played.believed[:, form] = believed
        for item in range(items.shape[1]):
            question, uniform = items[:, item], self.block.test_chance[:, form, item]
            played.expected[:, form, item] = family.p_correct(self.state, question, at)
            right, _ = family.respond(self.state, question, at, uniform[:, 0], uniform[:, 1])
            played.right[:, form, item] = right
            if self.block.design.tests_teach:
                untold = Acts.none(len(question), len(self.block.bank.concepts))
                self.state = self.family.learn(self.state, question, right, untold, at)
