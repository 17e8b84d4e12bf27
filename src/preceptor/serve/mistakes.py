"""A user's mistake in the language of the page: mistakes are told in English where they are found."""

import re

from preceptor.domain import UserError
from preceptor.serve.tongue import say

GIVEN = (
    "Unknown student '{name}'.",
    "Unknown question '{name}'.",
    "This name cannot be used.",
    "This question is not the one that waits for an answer.",
    "Hint {level} does not exist.",
)
MENDS = (
    "did you mean '{name}'?",
    "choose another name",
    "ask for the next question and answer that one",
)


def given(error: UserError) -> str:
    """What is wrong; a mistake that no page leads to stays English."""
    return _retold(error.given, GIVEN)


def mend(error: UserError) -> str:
    """How to put it right, as a sentence; empty if nobody knows."""
    return say("To mend it: {mend}.", mend=_retold(error.mend, MENDS)) if error.mend else ""


def _retold(text: str, sentences: tuple[str, ...]) -> str:
    for sentence in sentences:
        parts = re.fullmatch(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(sentence)), text, re.DOTALL)
        if parts:
            return say(sentence, **parts.groupdict())
    return text
