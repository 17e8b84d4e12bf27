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


class Speaker(Protocol):
    """Composes the words of a turn. What it says is a draft until a guard has released it.

    The verdict is no part of a draft: it is always the deterministic first sentence of a turn. Nor is the stem of the
    next question, which the app shows from the bank.
    """

    def speak(self, situation: Situation) -> Generator[str | Ended]:
        """Yield the draft's sentences in order, as soon as each is whole, then at most one `Ended`.

        A failure is yielded, never raised; what was yielded before it stands. Whoever stops listening closes the
        iterator, and nothing more is asked.
        """
        ...
