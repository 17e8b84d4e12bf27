"""What a language model promises: an answer, or a failure that says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation.

    Args:
        role: Who speaks.
        text: What is said.
    """

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a model.

    Args:
        messages: The conversation so far, oldest first.
        max_tokens: Longest reply.
        temperature: 0 for the most likely reply.
        timeout_seconds: How long the caller can wait.
        schema: JSON schema that the reply has to follow, as JSON text; empty for free text.
    """

    messages: tuple[Message, ...]
    max_tokens: int = 512
    temperature: float = 0.0
    timeout_seconds: float = 30.0
    schema: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered.

    Args:
        text: The answer.
        input_tokens: Tokens read.
        output_tokens: Tokens written.
    """

    text: str
    input_tokens: int = 0
    output_tokens: int = 0


class FailureKind(StrEnum):
    """Why there is no answer."""

    TIMEOUT = "timeout"
    REFUSED = "refused"  # the server will not answer this, however often it is asked
    INVALID = "invalid"  # there is an answer, but not one that can be used
    OVERSIZED = "oversized"  # the answer was cut off because it was too long
    BUDGET = "budget"
    UNAVAILABLE = "unavailable"
    RATE_LIMITED = "rate_limited"

    @property
    def passes(self) -> bool:
        """Whether asking again later may help."""
        return self in (FailureKind.TIMEOUT, FailureKind.UNAVAILABLE, FailureKind.RATE_LIMITED)


@dataclass(frozen=True, slots=True)
class Failure:
    """That a model did not answer; counted and shown, never replaced by made-up text.

    Args:
        kind: Why.
        detail: What the user may want to read about it.
        retry_after_seconds: How long the server asks to be left alone; None if it does not say.
        shut: Whether the server would refuse any other request as well: a wrong key, no such address or model.
    """

    kind: FailureKind
    detail: str = ""
    retry_after_seconds: float | None = None
    shut: bool = False


class LanguageModel(Protocol):
    """Completes a conversation."""

    def complete(self, request: Request) -> Reply | Failure:
        """Answer within the request's limits, or return why not; never raises for what a model may do."""
        ...


@runtime_checkable
class StreamingModel(LanguageModel, Protocol):
    """A language model that can be heard while it speaks."""

    def stream(self, request: Request) -> Iterator[str | Reply | Failure]:
        """Yield the answer part by part, then the whole of it as a `Reply`, or why it is not whole.

        What was yielded before a failure stands. Whoever closes the iterator ends the request.
        """
        ...


def heard(model: LanguageModel, request: Request) -> Iterator[str | Reply | Failure]:
    """Listen to any model: part by part if it can, else in one piece; see `StreamingModel.stream`."""
    if isinstance(model, StreamingModel):
        yield from model.stream(request)
        return
    answer = model.complete(request)
    if isinstance(answer, Reply):
        yield answer.text
    yield answer
