"""The calls of one turn: so many, and so long together."""

from collections.abc import Iterator, Sequence

from preceptor.llm import Failure, FailureKind, Message, Reply, Request, heard
from preceptor.tutor.variants.contract import TUTOR, Kit

LATE = Failure(FailureKind.TIMEOUT, "the turn has taken its time")


class TurnCalls:
    """Asks the tutor's model within the budget of a turn.

    Args:
        kit: Model, budget and clock.
        most: Calls that the strategy wants at most.

    Attributes:
        left: Calls left.
    """

    def __init__(self, kit: Kit, most: int) -> None:
        self.left = min(most, kit.budget.calls_per_turn)
        self.model, self._kit = kit.models[TUTOR], kit
        self._ends = kit.monotonic() + kit.budget.timeout_seconds

    @property
    def seconds_left(self) -> float:
        """Of the turn's time."""
        return self._ends - self._kit.monotonic()

    def take(self) -> bool:
        """Use up a call; False if no call or no time is left for it."""
        if self.left <= 0 or self.seconds_left <= 0:
            return False
        self.left -= 1
        return True

    def heard(self, messages: Sequence[Message], max_tokens: int | None = None) -> Iterator[str | Reply | Failure]:
        """Listen to one more call; it fails with TIMEOUT where no call or no time is left."""
        if not self.take():
            yield LATE
            return
        most = min(max_tokens or self._kit.budget.max_tokens, self._kit.budget.max_tokens)
        yield from heard(self.model, Request(tuple(messages), most, timeout_seconds=self.seconds_left))

    def complete(self, messages: Sequence[Message], max_tokens: int | None = None) -> Reply | Failure:
        """As `heard`, in one piece."""
        *_, last = self.heard(messages, max_tokens)
        return last if isinstance(last, Reply | Failure) else Failure(FailureKind.INVALID, "the model said nothing")
