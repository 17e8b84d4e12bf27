"""Reads what a student writes to the tutor: a wish for help, or an answer."""

import re
from dataclasses import dataclass

from preceptor.answers import is_dont_know
from preceptor.domain import Bank, Question
from preceptor.tutor.intent import Intent
from preceptor.tutor.nudge import nudge
from preceptor.tutor.tongue import tongue


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


@dataclass(frozen=True)
class _Phrases:
    """How students of a language say what they want."""

    dont_know: re.Pattern[str]
    hint: re.Pattern[str]
    why: re.Pattern[str]
    lead_in: re.Pattern[str]


_ENGLISH = _Phrases(
    dont_know=re.compile(
        r"\b(i (really )?(do not|don'?t) (know|get|understand)( it| this)?|no (clue|idea)|i give up|idk|not sure|"
        r"dunno)\b"
    ),
    hint=re.compile(r"\b(hints?|help|(?<!no )clues?|tips?|stuck|how (do|can|should) (i|you) (start|begin|do))\b"),
    why=re.compile(r"\bwhy\b|\bwhat is (this|it) (good )?for\b"),
    lead_in=re.compile(
        r"^(well|so|maybe|perhaps|is it|(i think |i guess |i got |i get )?(that )?"
        r"(it'?s|it is|it would be|the answer is|my answer is|answer:|i think|i guess|i got|i get))\b[\s,:]*",
        re.IGNORECASE,
    ),
)
_GERMAN = _Phrases(
    dont_know=re.compile(
        r"\b(wei(ß|ss)( ich)?( es| das)? nicht|(verstehe|kapiere)( ich)?( es| das)? nicht|kein(e)? (ahnung|plan)|"
        r"ich gebe? auf|keinen plan)\b"
    ),
    hint=re.compile(r"\b(tipps?|hinweise?|hilfe|hilf mir|(stecke|hänge) fest|wie (fange?|soll|muss|kann) ich)\b"),
    why=re.compile(r"\b(warum|wieso|weshalb|wozu)\b"),
    lead_in=re.compile(
        r"^(also|vielleicht|ich (glaube|denke|meine|habe)|ist es|(ich (glaube|denke),? )?(dass )?"
        r"(es ist|das ist|die antwort ist|meine antwort ist|antwort:))\b[\s,:]*(es ist\b[\s,:]*)?",
        re.IGNORECASE,
    ),
)
_PHRASES = {"en": (_ENGLISH,), "de": (_GERMAN, _ENGLISH)}


def _phrases(question: Question) -> tuple[_Phrases, ...]:
    return _PHRASES.get(question.language, (_ENGLISH,))


def intent_of(message: str, question: Question) -> Intent:
    """Decide what a message wants; one of the question's options is always an answer."""
    text = " ".join(message.replace("’", "'").casefold().split())
    if text in {option.casefold() for option in (*question.options, question.key)}:
        return Intent.ANSWER
    phrases = _phrases(question)
    if any(said.hint.search(text) for said in phrases):
        return Intent.HINT
    if any(said.why.search(text) for said in phrases):
        return Intent.WHY
    unknown = is_dont_know(text, question.language) or any(said.dont_know.search(text) for said in phrases)
    return Intent.DONT_KNOW if unknown else Intent.ANSWER


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
    bare = text
    for said in _phrases(question):
        bare = said.lead_in.sub("", bare).strip()
    return bare.rstrip(".?!").strip() or text


def _hint(question: Question, hints_opened: int) -> tuple[str, int]:
    total = len(question.hints)
    if total == 0:
        return nudge(question, 0), 0
    level = min(hints_opened + 1, total)
    say = tongue(question)
    hint = say("Hint {level} of {total}: {hint}", level=level, total=total, hint=question.hints[level - 1])
    again = hints_opened >= total
    return (say("That was the last hint already. Once more: {hint}", hint=hint) if again else hint), level


def _default_why(question: Question, bank: Bank) -> str:
    say = tongue(question)
    if not question.concepts:
        return say("It is the next question of the course.")
    names = say(" and ").join(say.within(bank.concept[concept_id].name) for concept_id in question.concepts)
    return say("It practises {concepts}.", concepts=names)
