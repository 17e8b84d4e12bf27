"""Reads what a student writes to the tutor: a wish for help, or an answer."""

import re
from dataclasses import dataclass
from enum import StrEnum

from preceptor.answers import is_dont_know
from preceptor.domain import Bank, Question
from preceptor.tutor.nudge import nudge
from preceptor.tutor.words import within


class Intent(StrEnum):
    """What a message wants."""

    HINT = "hint"
    WHY = "why"
    DONT_KNOW = "dont_know"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class MessageReply:
    """How a message is understood, and the reply where it needs no grading.

    Args:
        intent: What the message wants.
        text: The tutor's words; empty for what has to be graded.
        response: The answer in the message; empty for a wish.
        hints_opened: How many hints the student has seen afterwards.
    """

    intent: Intent
    text: str
    response: str
    hints_opened: int


_DONT_KNOW = re.compile(
    r"\b(i (really )?(do not|don'?t) (know|get|understand)( it| this)?|no (clue|idea)|i give up|idk|not sure|dunno)\b"
)
_HINT = re.compile(r"\b(hints?|help|(?<!no )clues?|tips?|stuck|how (do|can|should) (i|you) (start|begin|do))\b")
_WHY = re.compile(r"\bwhy\b|\bwhat is (this|it) (good )?for\b")
_LEAD_IN = re.compile(
    r"^(well|so|maybe|perhaps|is it|(i think |i guess |i got |i get )?(that )?"
    r"(it'?s|it is|it would be|the answer is|my answer is|answer:|i think|i guess|i got|i get))\b[\s,:]*",
    re.IGNORECASE,
)


def intent_of(message: str, question: Question) -> Intent:
    """Decide what a message wants; one of the question's options is always an answer."""
    text = " ".join(message.replace("’", "'").casefold().split())
    if text in {option.casefold() for option in (*question.options, question.key)}:
        return Intent.ANSWER
    if _HINT.search(text):
        return Intent.HINT
    if _WHY.search(text):
        return Intent.WHY
    return Intent.DONT_KNOW if is_dont_know(text) or _DONT_KNOW.search(text) else Intent.ANSWER


def reply_to_message(message: str, question: Question, bank: Bank, hints_opened: int, why: str) -> MessageReply:
    """Understand a message and reply to what is not an answer.

    Args:
        message: What the student wrote.
        question: The question that is open.
        bank: Its bank.
        hints_opened: How many of its hints the student has seen.
        why: Why the question was chosen; may be empty.
    """
    intent = intent_of(message, question)
    match intent:
        case Intent.HINT:
            text, opened = _hint(question, hints_opened)
            return MessageReply(intent, text, "", opened)
        case Intent.WHY:
            return MessageReply(intent, why or _default_why(question, bank), "", hints_opened)
        case Intent.DONT_KNOW:
            return MessageReply(intent, "", "", hints_opened)
    return MessageReply(intent, "", response_in(message, question), hints_opened)


def response_in(message: str, question: Question) -> str:
    """Take an answer out of its sentence: "I think it's 3/4." becomes "3/4"."""
    text = message.strip()
    if text.casefold() in {option.casefold() for option in question.options}:
        return text
    bare = _LEAD_IN.sub("", text).strip().rstrip(".?!").strip()
    return bare or text


def _hint(question: Question, hints_opened: int) -> tuple[str, int]:
    total = len(question.hints)
    if total == 0:
        return nudge(question, 0), 0
    level = min(hints_opened + 1, total)
    repeated = "That was the last hint already. Once more: " if hints_opened >= total else ""
    return f"{repeated}Hint {level} of {total}: {question.hints[level - 1]}", level


def _default_why(question: Question, bank: Bank) -> str:
    names = " and ".join(within(bank.concept[concept_id].name) for concept_id in question.concepts)
    return f"It practises {names}." if names else "It is the next question of the course."
