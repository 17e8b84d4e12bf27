"""Help that doesn't give the answer away."""

import re

from preceptor.domain import Question
from preceptor.tutor.tongue import tongue

_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_INVISIBLE = re.compile(r"\\left|\\right|\{,\}|\$")
_AROUND_OPERATORS = re.compile(r"\s*([-+*/=,^<>])\s*")
_LOOK_AGAIN = "Read the question once more, slowly, and write down what you know."


def reveals(text: str, question: Question) -> bool:
    """Whether a text shows the question's key, in any spacing and with fractions written either way."""
    key = _plain(question.key)
    return bool(key) and re.search(rf"(?<![\w.]){re.escape(key)}(?!\w|\.\d)", _plain(text)) is not None


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


def _plain(text: str) -> str:
    flat = _INVISIBLE.sub("", _FRACTION.sub(r" \1/\2", text))
    return _AROUND_OPERATORS.sub(r"\1", " ".join(flat.split())).casefold()
