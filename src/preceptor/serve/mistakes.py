"""A user's mistake in the language of the page: mistakes are told in English where they are found."""

import re

from preceptor.domain import UserError
from preceptor.serve.tongue import say

GIVEN = (
    "Unknown concept '{name}'.",
    "There is no concept “{name}”.",
    "Several concepts are called “{name}”.",
    "Another concept is called “{name}”.",
    "A concept needs a name.",
    "A concept cannot need itself.",
    "A concept cannot be merged with itself.",
    "The prerequisites would form a circle: {circle}.",
    "Nothing is known of the question {name}.",
    "Nothing is known of the questions {names}.",
    "None of its questions is known.",
    "The question {name} says something else now.",
    "There is no such event before it.",
    "Two parts have the same name.",
    "No question is ticked.",
    "Unknown student '{name}'.",
    "Unknown question '{name}'.",
    "This name cannot be used.",
    "This question is not the one that waits for an answer.",
    "Hint {level} does not exist.",
)
MENDS = (
    "look at what stands now and decide again",
    "tick the questions that move",
    "did you mean '{name}'?",
    "choose another name",
    "ask for the next question and answer that one",
)


def given(error: UserError) -> str:
    """What is wrong; a mistake that no page leads to stays English."""
    return retold(error.given)


def retold(text: str) -> str:
    """What is wrong, told in English where it was found, in the language of the page."""
    return _retold(text, GIVEN)


def mend(error: UserError) -> str:
    """How to put it right, as a sentence; empty if nobody knows."""
    return say("To mend it: {mend}.", mend=_retold(error.mend, MENDS)) if error.mend else ""


def _retold(text: str, sentences: tuple[str, ...]) -> str:
    for sentence in sentences:
        parts = re.fullmatch(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(sentence)), text, re.DOTALL)
        if parts:
            return say(sentence, **parts.groupdict())
    return text
