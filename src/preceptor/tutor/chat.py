"""Replies to what a student writes to the tutor where nothing has to be graded."""

from dataclasses import dataclass

from preceptor.domain import Bank, Question
from preceptor.tutor.intent import Intent
from preceptor.tutor.intention import intent_of
from preceptor.tutor.kind_words import odd_reply
from preceptor.tutor.nudge import hint_at, nudge
from preceptor.tutor.said_answer import response_in
from preceptor.tutor.tongue import tongue


@dataclass(frozen=True, slots=True)
class MessageReply:
    """How a message is understood, and the reply where it needs no grading.

    Args:
        intent: What the message wants.
        text: The tutor's words; empty for what has to be graded, answered from the course, or checked again.
        response: The answer in the message; empty for a wish.
        hints_opened: How many hints the student has seen afterwards.
    """

    intent: Intent
    text: str
    response: str
    hints_opened: int


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
        case Intent.ANSWER:
            return MessageReply(intent, "", response_in(message, question), hints_opened)
        case Intent.QUESTION | Intent.CONTEST:
            return MessageReply(intent, "", "", hints_opened)
    return MessageReply(intent, odd_reply(intent, tongue(question)), "", hints_opened)


def _hint(question: Question, hints_opened: int) -> tuple[str, int]:
    total = len(question.hints)
    if total == 0:
        return nudge(question, 0), 0
    level = min(hints_opened + 1, total)
    say = tongue(question)
    hint = say("Hint {level} of {total}: {hint}", level=level, total=total, hint=hint_at(question, level))
    again = hints_opened >= total
    return (say("That was the last hint already. Once more: {hint}", hint=hint) if again else hint), level


def _default_why(question: Question, bank: Bank) -> str:
    say = tongue(question)
    if not question.concepts:
        return say("It is the next question of the course.")
    names = say(" and ").join(say.within(bank.concept[concept_id].name) for concept_id in question.concepts)
    return say("It practises {concepts}.", concepts=names)
