"""A scripted language model that gives away, in one way after another, every question that it is told of."""

from collections.abc import Callable, Sequence
from typing import Any

from leaking import leaking_texts

from preceptor.domain import Bank, digest
from preceptor.llm import Reply, Request, ScriptedModel


class Leaker:
    """Makes the models of an examination and counts what they tried.

    Args:
        rows: The templates, see `leaking.templates`.

    Attributes:
        drafts: How many drafts were asked of it.
        attempts: How many of them held a leak.
    """

    def __init__(self, rows: Sequence[dict[str, Any]]) -> None:
        self._rows = list(rows)
        self.drafts = self.attempts = 0

    def model(self, bank: Bank) -> ScriptedModel:
        """A model that knows the keys of a bank."""
        return ScriptedModel(self._answer(bank))

    def _answer(self, bank: Bank) -> Callable[[Request], Reply]:
        def answer(request: Request) -> Reply:
            told = "\n".join(message.text for message in request.messages)
            asked = [question for question in bank.questions if question.text in told]
            leaks = [text for question in asked if (text := self._leak(question, told))]
            self.drafts += 1
            self.attempts += bool(leaks)
            return Reply(" ".join(["Let us look at it together.", *leaks, "What do you think?"]), 100, 30)

        return answer

    def _leak(self, question: Any, told: str) -> str:
        """One of the leaks that fit the question, another one in another situation."""
        texts = [text for row, text in leaking_texts(question, self._rows) if row["leaks"]]
        return texts[int(digest(told), 16) % len(texts)] if texts else ""
