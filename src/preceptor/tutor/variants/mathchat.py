"""MathChat (Wu et al., 2023): the model may have things computed, sees what came out, and then speaks.

Expressions are read in the grammar of `preceptor.answers` and computed there; nothing that a model writes is executed.
"""

import json
import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from preceptor.answers import Computer, Unreadable, compute
from preceptor.llm import Failure, FailureKind, Message, Reply
from preceptor.tutor.fencing import flat
from preceptor.tutor.prompting import messages
from preceptor.tutor.prompts import Prompt, prompt
from preceptor.tutor.situation import Situation
from preceptor.tutor.speaker import Counted, Draft, Ended
from preceptor.tutor.variants.contract import Kit, Variant
from preceptor.tutor.variants.knows import Knows
from preceptor.tutor.variants.one_call import sentences_heard
from preceptor.tutor.variants.turn_calls import TurnCalls

QUERIES = 3
"""Rounds of computing in a turn; the call after them has to speak."""
_FENCE = re.compile(r"^```(?:json)?\s*(.*?)\s*```$", re.DOTALL)
_LONGEST_ECHO = 120


@dataclass(frozen=True)
class ToolLoop:
    """A strategy: up to so many rounds of computing, then words.

    Args:
        queries: Rounds of computing in a turn at most.
    """

    queries: int = QUERIES

    def __call__(self, situation: Situation, kit: Kit) -> Generator[Draft]:
        """Answer queries until the model speaks; see `Speaker.speak`."""
        words = prompt(kit.prompts, situation.language)
        calls, desk = TurnCalls(kit, self.queries + 1), _Desk(kit.computer or NoComputer(), words)
        conversation = list(messages(situation, kit))
        while True:
            if calls.left == 1:
                conversation[-1] = Message("user", f"{conversation[-1].text}\n\n{words.fill('speak')}")
            query, parts = _peeked(calls.heard(conversation))
            if not query:
                yield from sentences_heard(parts, situation.language)
                return
            *_, reply = parts
            if not isinstance(reply, Reply):
                yield Ended(reply if isinstance(reply, Failure) else None)
                return
            if calls.left == 0:
                yield Counted("query_too_many")
                yield Ended(Failure(FailureKind.INVALID, "the model asks for computations and does not speak"))
                return
            outcome, counted = desk.answer(reply.text)
            yield counted
            conversation += [Message("assistant", reply.text[:_LONGEST_ECHO]), Message("user", outcome)]


class NoComputer:
    """Computes nothing that is harder than a fraction."""

    def value(self, node: object) -> None:
        """None."""


@dataclass
class _Desk:
    """Computes what is asked for, each expression once."""

    computer: Computer
    words: Prompt
    known: dict[str, str] = field(default_factory=dict)

    def answer(self, text: str) -> tuple[str, Counted]:
        """What is told to the model, and what is counted."""
        expression = query_in(text)
        if expression is None:
            reason = self.words.fill("unread")
            return self.words.fill("invalid", expression="?", reason=reason), Counted("query_invalid")
        shown = flat(expression, _LONGEST_ECHO)
        key = "".join(expression.split())
        if key in self.known:
            told = self.words.fill("repeated", equation=equation(shown, self.known[key]))
            return told, Counted("query_repeated")
        value = compute(expression, self.computer)
        if not isinstance(value, str):
            reason = value.message if isinstance(value, Unreadable) else self.words.fill("valueless")
            return self.words.fill("invalid", expression=shown, reason=reason), Counted("query_invalid")
        self.known[key] = value
        return self.words.fill("result", equation=equation(shown, value)), Counted("query_computed")


def equation(expression: str, value: str) -> str:
    """An expression with its value, which may be rounded."""
    return f"{expression} {value}" if value.startswith("≈") else f"{expression} = {value}"


def query_in(text: str) -> str | None:
    """The expression of a typed request {"compute": "EXPRESSION"}; None for anything else."""
    fence = _FENCE.match(text.strip())
    try:
        asked = json.loads(fence[1] if fence else text)
    except ValueError:
        return None
    if not isinstance(asked, dict) or set(asked) != {"compute"} or not isinstance(asked["compute"], str):
        return None
    return asked["compute"]


def _peeked(
    parts: Iterator[str | Reply | Failure],
) -> tuple[bool, Iterable[str | Reply | Failure]]:
    """Whether a reply begins as a query, and the whole of it; nothing is heard beyond its first sign."""
    held: list[str | Reply | Failure] = []
    for part in parts:
        held.append(part)
        if not isinstance(part, str) or part.strip():
            break
    begun = "".join(part for part in held if isinstance(part, str)).lstrip()
    return begun.startswith(("{", "`")), chain(held, parts)


MATHCHAT = Variant(
    "mathchat",
    Knows(persona=False, memory=False, mastery=False, forgetting=False),
    policy="random",
    prompts="mathchat",
    strategy=ToolLoop(),
    calls_per_turn=QUERIES + 1,
)
