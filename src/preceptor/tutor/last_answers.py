"""The last answer on every concept, kept up to date answer by answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from preceptor.domain import Bank, Interaction
from preceptor.tutor.diagnosis import misconception_of, missed
from preceptor.tutor.rules import Last


@dataclass(frozen=True, slots=True)
class LastAnswers:
    """What the last answers on one concept were.

    Args:
        newest: The last answer.
        ended: How it ended.
        missed: The last miss; None if there was none.
        misconception_id: The misconception that the last miss shows; empty if none is recognised.
    """

    newest: Interaction
    ended: Last
    missed: Interaction | None
    misconception_id: str


class LastAnswersByConcept:
    """Follows a history; one more answer costs as much as the first.

    Args:
        bank: The questions.
    """

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._found: dict[str, LastAnswers] = {}

    @classmethod
    def of(cls, bank: Bank, history: Iterable[Interaction]) -> Self:
        """The last answers of a whole history."""
        followed = cls(bank)
        for event in history:
            followed.observe(event)
        return followed

    def observe(self, event: Interaction) -> None:
        """Take in one more answer; one to a question that left the bank is passed over."""
        question = self._bank.question.get(event.question_id)
        if question is None:
            return
        mistake = misconception_of(self._bank, event)
        for concept_id in question.concepts:
            before = self._found.get(concept_id)
            if missed(event):
                ended = Last.MISCONCEPTION if mistake else Last.MISSED
                self._found[concept_id] = LastAnswers(event, ended, event, mistake)
            else:
                old = (before.missed, before.misconception_id) if before else (None, "")
                self._found[concept_id] = LastAnswers(event, Last.RIGHT, *old)

    @property
    def by_concept(self) -> Mapping[str, LastAnswers]:
        """The last answers, by concept id; a concept without answers is missing."""
        return self._found

    def ended(self, concept_id: str) -> Last:
        """How the last answer on a concept ended."""
        found = self._found.get(concept_id)
        return found.ended if found else Last.NONE
