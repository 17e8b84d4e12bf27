"""Help that doesn't give the answer away."""

from preceptor.domain import Question
from preceptor.tutor.guard import reveals
from preceptor.tutor.tongue import tongue

_LOOK_AGAIN = "Read the question once more, slowly, and write down what you know."


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


def hint_at(question: Question, level: int) -> str:
    """A hint as it is shown: the last one as it stands, an earlier one only if it keeps the secret.

    Args:
        question: The question being worked on.
        level: Which hint, from 1.
    """
    hint = question.hints[level - 1]
    return hint if level == len(question.hints) or not reveals(hint, question) else nudge(question, level)
