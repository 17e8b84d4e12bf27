"""Typed answers: a request with a schema, and asking again with what was wrong."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from preceptor.llm.contract import Failure, FailureKind, LanguageModel, Message, Reply, Request

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

T = TypeVar("T", bound="BaseModel")

TRIES = 3
LONGEST_SECONDS = 600.0
_MOST_REPEATED = 2_000
_MOST_PROBLEM = 600
_FENCE = re.compile(r"^```(?:json)?\s*\n(.*)\n```$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an answer that has the right shape.

    Args:
        text: Told to the model when it is asked again.
        mendable: Whether the caller can do with the answer if the model cannot do better.
    """

    text: str
    mendable: bool = False


@dataclass(frozen=True, slots=True)
class Typed(Generic[T]):
    """An answer that can be used.

    Args:
        value: The answer.
        tries: How often the model was asked.
        problem: What the last try left wrong, always something mendable; None for nothing.
    """

    value: T
    tries: int
    problem: Problem | None = None


def fine(_: object) -> None:
    """The check that finds nothing."""


def ask(
    model: LanguageModel,
    messages: Sequence[Message],
    kind: type[T],
    check: Callable[[T], Problem | None] = fine,
    *,
    max_tokens: int,
    timeout_seconds: float = LONGEST_SECONDS,
    tries: int = TRIES,
) -> Typed[T] | Failure:
    """Ask for an answer of a type, and again with what was wrong with it.

    Args:
        model: What answers.
        messages: The conversation; the schema of `kind` goes along.
        kind: A pydantic model.
        check: Says what the type cannot say; None for nothing wrong.
        max_tokens: Longest answer.
        timeout_seconds: For each try.
        tries: Requests in all.

    Returns:
        The first answer without a problem; else the last if its problem is mendable; else a failure: what the model
        itself failed with, or INVALID with the last problem.
    """
    conversation = list(messages)
    outcome: Typed[T] | Failure = Failure(FailureKind.INVALID, "it was never asked")
    for attempt in range(1, tries + 1):
        request = request_for(conversation, kind, max_tokens, timeout_seconds)
        reply = model.complete(request)
        if isinstance(reply, Failure):
            # an earlier answer that will do is better than the failure to get a better one
            return outcome if isinstance(outcome, Typed) else reply
        value, problem = _read(reply, kind, check)
        if value is not None and problem is None:
            return Typed(value, attempt)
        assert problem is not None
        if value is not None and problem.mendable:
            outcome = Typed(value, attempt, problem)
        elif isinstance(outcome, Failure):
            outcome = Failure(FailureKind.INVALID, f"after {attempt} tries: {problem.text}"[:_MOST_PROBLEM])
        conversation += _again(reply, problem)
    return outcome


def request_for(
    messages: Sequence[Message], kind: type[T], max_tokens: int, timeout_seconds: float = LONGEST_SECONDS
) -> Request:
    """The request that asks for an answer of a type."""
    schema = json.dumps(kind.model_json_schema())  # in the fields' order, for models write in it
    return Request(tuple(messages), max_tokens, 0.0, timeout_seconds, schema)


def _read(reply: Reply, kind: type[T], check: Callable[[T], Problem | None]) -> tuple[T | None, Problem | None]:
    from pydantic import ValidationError

    fenced = _FENCE.match(reply.text.strip())
    try:
        value = kind.model_validate_json(fenced.group(1) if fenced else reply.text)
    except ValidationError as error:
        return None, Problem(_in_words(error))
    return value, check(value)


def _in_words(error: "ValidationError") -> str:
    """The first few errors, without what was given: that stands in the conversation already."""
    found = error.errors(include_input=False, include_url=False, include_context=False)[:5]
    lines = [f"{'.'.join(map(str, entry['loc'])) or 'the answer'}: {entry['msg']}" for entry in found]
    return "; ".join(lines)


def _again(reply: Reply, problem: Problem) -> list[Message]:
    return [
        Message("assistant", reply.text[:_MOST_REPEATED]),
        Message(
            "user",
            f"That answer cannot be used: {problem.text[:_MOST_PROBLEM]}. "
            "Answer the same question once more, as one JSON object of the given schema and nothing else.",
        ),
    ]
