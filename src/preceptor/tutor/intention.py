"""Reads what a message wants: an answer to be graded, help, the answer itself, or something else."""

import re

from preceptor.answers import PROSE, is_dont_know
from preceptor.domain import Question, QuestionKind
from preceptor.tutor import wishes
from preceptor.tutor.asking import asked
from preceptor.tutor.intent import Intent
from preceptor.tutor.said_answer import answer_in, attempted, names_a_place, stripped

_IN_WORDS = PROSE - {QuestionKind.CHOICE}
_LONG_ENOUGH = 3
"""Words that a question in words has at least."""


def intent_of(message: str, question: Question) -> Intent:
    """Decide what a message wants.

    Whoever is in need is heard first. Then an answer that can be read is an answer, in any sentence; one of the
    question's options always is. Attempts to get at the answer, by asking, by pieces or by instructions, are a PROBE;
    what is nothing of the kind and no question either is OFF_TOPIC. Nothing but an answer or not knowing is graded.

    Args:
        message: What the student wrote.
        question: The question that is open.
    """
    text = in_one_line(message)
    if text in {option.casefold() for option in (*question.options, question.key)}:
        return Intent.ANSWER
    if wishes.DISTRESS.search(text):
        return Intent.DISTRESS
    if wishes.GREETS.search(text) and answer_in(message, question) not in question.options:
        return Intent.OFF_TOPIC
    if is_dont_know(text, question.language):
        return Intent.DONT_KNOW
    if question.kind not in _IN_WORDS and answer_in(message, question) is not None:
        return Intent.PROBE if _asks_for_a_place(text, question) else Intent.ANSWER
    if question.kind in _IN_WORDS and wishes.STATES.match(text) and len(stripped(message)) > 1:
        return Intent.ANSWER
    return _other_intent(text, question) or _last_resort(message, text, question)


def in_one_line(message: str) -> str:
    """A message in small letters, with single spaces and plain apostrophes, as wishes are looked for."""
    return " ".join(message.replace("’", "'").casefold().split())


def holds_personal_data(message: str) -> bool:
    """Whether a message tells who or where somebody is; figures alone are an answer."""
    text = in_one_line(message)
    return bool(wishes.PERSONAL.search(text)) and not re.fullmatch(r"[-\d .,/]+", text)


def _asks_for_a_place(text: str, question: Question) -> bool:
    """Whether a message asks if an option is right by its place alone: it weighs nothing, it goes through them."""
    return bool(wishes.YES_OR_NO.match(text)) and names_a_place(text, question)


def _other_intent(text: str, question: Question) -> Intent | None:
    """The wish that a message without a readable answer names."""
    if holds_personal_data(text):
        return Intent.PERSONAL
    if wishes.CONTEST.search(text):
        return Intent.CONTEST
    helpless = bool(wishes.HINT.search(text))
    if wishes.PUZZLED.search(text) and not helpless:
        return Intent.QUESTION
    if wishes.DONT_KNOW.search(text) and not wishes.NAMES_TASK.search(text) and not helpless:
        return Intent.DONT_KNOW
    if wishes.CODE.search(text) or wishes.INSTRUCTS.search(text):
        return Intent.PROBE
    if wishes.WHY.search(text) or asked(text, question.language) is Intent.WHY:
        return Intent.WHY
    if wishes.OFF_TOPIC.search(text):
        return Intent.OFF_TOPIC
    if wishes.HINT_ELSEWHERE.search(text):
        return Intent.HINT
    probes = bool(wishes.PROBE.search(text))
    if wishes.ASKS_ELSEWHERE.search(text) and not probes:
        return Intent.QUESTION
    if helpless and not re.search(rf"{wishes.ANSWER_NAMED}|last hint", text):
        return Intent.HINT
    if wishes.ASKS.search(text) and (wishes.ABOUT_COURSE.search(text) or not probes):
        return Intent.QUESTION
    return Intent.PROBE if probes else None


def _last_resort(message: str, text: str, question: Question) -> Intent:
    """For what names no wish: an answer that cannot be read, a question, or chatter."""
    if question.kind in _IN_WORDS:
        words = len(stripped(message).split())
        return Intent.QUESTION if text.endswith("?") and words > _LONG_ENOUGH else Intent.ANSWER
    if not stripped(message) or attempted(message, question):
        return Intent.ANSWER
    return Intent.QUESTION if text.endswith("?") and len(text.split()) >= _LONG_ENOUGH else Intent.OFF_TOPIC
