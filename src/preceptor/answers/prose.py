"""Answers in words: options to choose from, and short texts."""

import re

from preceptor.answers.kind import Judge
from preceptor.answers.latex import latex
from preceptor.answers.parser import parse
from preceptor.answers.reading import bare
from preceptor.answers.unreadable import Unreadable
from preceptor.domain import Question


class Prose:
    """Short texts: letters and digits have to agree."""

    def agrees(self, question: Question, answer: str, response: str, judge: Judge) -> bool:
        """Whether two texts agree in what counts."""
        return plain_words(answer) == plain_words(response)

    def preview(self, question: Question, response: str) -> str:
        """What the text would mean as mathematics.

        Raises:
            Unreadable: It is none.
        """
        return latex(parse(bare(response)))


class Choice(Prose):
    """Options, compared by their exact text; only white space may differ."""

    def agrees(self, question: Question, answer: str, response: str, judge: Judge) -> bool:
        """Whether an option is the one that was chosen.

        Raises:
            Unreadable: The response is none of the options.
        """
        chosen = _spaced(response)
        if chosen not in map(_spaced, (question.key, *question.options)):
            raise Unreadable("Choose one of the options.")
        return chosen == _spaced(answer)


def plain_words(text: str) -> str:
    """Reduce prose to what has to agree: letters and digits in lower case; where digits stand, signs count too."""
    signs_count = any(sign.isdigit() for sign in text)
    return re.sub(r"\s+" if signs_count else r"[\W_]+", "", text.casefold()) or "".join(text.split())


def _spaced(text: str) -> str:
    return " ".join(text.split())
