"""One turn of a dialogue as it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TutorTurn:
    """What a student wrote and what the tutor replied; an opening has no message.

    Args:
        student_id: The student.
        turn_key: The client's key of the message; one key, one message.
        sitting_id: The sitting; None for none.
        number: Which question of the sitting it is about, from 1.
        question_id: The question it is about.
        intent: What the message wants; empty for an opening.
        message: The student's words.
        reply: The tutor's words so far.
        time_seconds: UTC seconds of the message.
        event_id: The answer on record that came of it; empty for none.
        outcome: How that answer was graded; empty for none.
        cites: The answers that the reply rests on.
        next_question_id: The question that was open afterwards; empty for none.
        shown_question_id: Another question whose worked answer the reply shows; empty for none. It is not asked in
            the same sitting.
        variant: The tutor.
        model: The language model that was asked; empty for none.
        counters: What was released, refused, failed and dropped.
        input_tokens: Tokens that models read.
        output_tokens: Tokens that models wrote.
        cost: Of these tokens, in the currency of the price.
        milliseconds: From the message to the end of the reply.
        whole: Whether the reply has ended; a killed server leaves one that has not.
    """

    student_id: str
    turn_key: str
    sitting_id: int | None
    number: int
    question_id: str
    intent: str
    message: str
    reply: str
    time_seconds: float
    event_id: str = ""
    outcome: str = ""
    cites: tuple[str, ...] = ()
    next_question_id: str = ""
    shown_question_id: str = ""
    variant: str = ""
    model: str = ""
    counters: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0
    milliseconds: float = 0.0
    whole: bool = True
