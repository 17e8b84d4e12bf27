"""Everything that words about a student rest on, kept up to date answer by answer."""

from collections.abc import Iterable
from typing import Self

from preceptor.domain import Bank, Interaction
from preceptor.tutor.last_answers import LastAnswersByConcept
from preceptor.tutor.memory import Memory
from preceptor.tutor.memory_log import MemoryLog
from preceptor.tutor.tally import Tally


class StudentModel:
    """Memories, last answers and traits of one student: a replay of the history, one step an answer.

    Args:
        bank: The questions.
    """

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self.memory_log = MemoryLog(bank)
        self.last_answers = LastAnswersByConcept(bank)
        self.tally = Tally(bank)
        self.answers = 0

    @classmethod
    def of(cls, bank: Bank, history: Iterable[Interaction]) -> Self:
        """The model of a whole history: the same as observing its answers one by one."""
        model = cls(bank)
        for event in history:
            model.observe(event)
        return model

    def observe(self, event: Interaction) -> tuple[Memory, ...]:
        """Take in one more answer and return the memories that it brings."""
        self.answers += 1
        self.last_answers.observe(event)
        self.tally.observe(event)
        return self.memory_log.observe(event)
