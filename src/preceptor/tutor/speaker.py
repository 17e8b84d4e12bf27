"""What a speaker promises: a turn's words, sentence by sentence."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Protocol

from preceptor.llm import Failure
from preceptor.tutor.situation import Situation


@dataclass(frozen=True, slots=True)
class Ended:
    """How a draft ended; the last thing a speaker yields, if it has anything to tell.

    Args:
        failure: Why the draft is not whole; None if it is.
    """

    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """That something happened in drafting which the transcript has to tell; it may come at any place of a draft.

    Args:
        what: What was thrown away or went wrong, without ending the draft.
        count: How often.
    """

    what: str
    count: int = 1


Draft = str | Counted | Ended
"""What a speaker yields."""


class Speaker(Protocol):
    """Composes the words of a turn. What it says is a draft until a guard has released it.

    The verdict is no part of a draft: it is always the deterministic first sentence of a turn. Nor is the stem of the
    next question, which the app shows from the bank.
    """

    def speak(self, situation: Situation) -> Generator[Draft]:
        """Yield the draft's sentences in order, as soon as each is whole, then at most one `Ended`; counts anywhere.

        A failure is yielded, never raised; what was yielded before it stands. Whoever stops listening closes the
        iterator, and nothing more is asked.
        """
        ...
