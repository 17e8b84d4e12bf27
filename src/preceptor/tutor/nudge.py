"""Help that doesn't give the answer away."""

import re

from preceptor.domain import Question, QuestionKind
from preceptor.tutor.tongue import tongue

_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_INVISIBLE = re.compile(r"\\left|\\right|\{,\}|\$")
_AROUND_OPERATORS = re.compile(r"\s*([+*/=,^<>])\s*|(?<![^\W\d_]{2})\s*(-)\s*")  # behind a word, a minus is a sign
_BEGINNING_GIVES_AWAY = re.compile(r"-?\d+(?:\.\d+)?(?:/\d+)?(?= )")
_ENGLISH_SIGNS = {"de": (("{,}", "."), (";", ","), (r"\mid", ","), (r"\,", ""))}
_LOOK_AGAIN = "Read the question once more, slowly, and write down what you know."


def reveals(text: str, question: Question) -> bool:
    """Whether a text shows the question's key, in any spacing and with fractions written either way.

    The number of a quantity gives it away without its unit, and so does the content of a solution set.
    """
    shown = _plain(text, question.language)
    keys = filter(None, (_plain(secret) for secret in _secrets(question)))
    return any(re.search(rf"(?<![\w.]){re.escape(key)}(?!\w|\.\d)", shown) for key in keys)


def nudge(question: Question, hints_opened: int) -> str:
    """The next hint that keeps the secret, else the first worked step that does, else advice that always holds.

    Args:
        question: The question being worked on.
        hints_opened: How many of its hints the student has seen.
    """
    hints = question.hints[:-1]
    unseen = hints[hints_opened:] or hints[-1:]
    steps = tuple(step.text for step in question.steps[:-1])
    kept = (text for text in (*unseen, *steps) if not reveals(text, question))
    return next(kept, "") or tongue(question)(_LOOK_AGAIN)


def _secrets(question: Question) -> tuple[str, ...]:
    """What must not be seen before the answer is given."""
    number = _BEGINNING_GIVES_AWAY.match(question.key)
    if question.kind is QuestionKind.QUANTITY and number:
        return (question.key, number[0])
    if question.kind is QuestionKind.SOLUTIONS:
        return (question.key, question.key.strip("{}"))
    return (question.key,)


def _plain(text: str, language: str = "en") -> str:
    for sign, english in _ENGLISH_SIGNS.get(language, ()):
        text = text.replace(sign, english)
    flat = _INVISIBLE.sub("", _FRACTION.sub(r" \1/\2", text))
    return _AROUND_OPERATORS.sub(r"\1\2", " ".join(flat.split())).casefold()
