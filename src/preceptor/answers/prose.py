"""Answers in words: options to choose from, and short texts."""

import re

from preceptor.answers.kind import Judge
from preceptor.answers.latex import latex
from preceptor.answers.parser import parse
from preceptor.answers.reading import bare
from preceptor.answers.unreadable import Unreadable
from preceptor.domain import Question

SHORTEST_MISSPELT = 5
"""Letters. In shorter words one other letter is too often another word."""
_MISSPELT = "Check the spelling: one letter seems to be wrong, missing or too many."
_ARTICLES = {
    "en": frozenset(["the", "a", "an"]),
    "de": frozenset(["der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer"]),
}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class Prose:
    """Short texts: letters and digits have to agree with the key or another accepted wording."""

    def agrees(self, question: Question, answer: str, response: str, judge: Judge) -> bool:
        """Whether two texts agree in what counts.

        Raises:
            Unreadable: The response differs in one letter from what would be right; see `docs/lessons.md`.
        """
        if answer != question.key:
            return same_words(answer, response, question.language)
        wordings = (question.key, *question.accepted)
        if any(same_words(wording, response, question.language) for wording in wordings):
            return True
        if any(same_words(other.answer, response, question.language) for other in question.distractors):
            return False
        if any(misspelt(wording, response, question.language) for wording in wordings):
            raise Unreadable(_MISSPELT)
        return False

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


def same_words(wording: str, response: str, language: str) -> bool:
    """Whether a response is a wording but for capitals, spaces, punctuation and an article in front of it."""
    return _compared(wording, language) == _compared(_like(response, wording, language), language)


def misspelt(wording: str, response: str, language: str) -> bool:
    """Whether a response is a wording with one letter wrong, missing, too many or swapped with its neighbour.

    Wordings with digits or of fewer than five letters are never misspelt, and the first letter has to be right.
    """
    wanted, typed = _compared(wording, language), _compared(_like(response, wording, language), language)
    if len(wanted) < SHORTEST_MISSPELT or not wanted.isalpha():
        return False
    start = next((i for i, (one, other) in enumerate(zip(wanted, typed, strict=False)) if one != other), len(wanted))
    one, other = wanted[start:], typed[start:]
    slips = (one[1:] == other, one == other[1:], one[1:] == other[1:], one[:2] == other[1::-1] and one[2:] == other[2:])
    return start > 0 and any(slips)


def plain_words(text: str) -> str:
    """Reduce prose to what has to agree: letters and digits in lower case; where digits stand, signs count too."""
    signs_count = any(sign.isdigit() for sign in text)
    return re.sub(r"\s+" if signs_count else r"[\W_]+", "", text.casefold()) or "".join(text.split())


def _compared(text: str, language: str) -> str:
    plain = plain_words(text.strip().rstrip(".") or text)  # of the sign at the end of a sentence nothing depends
    return plain.translate(_UMLAUTS) if language == "de" else plain


def _like(response: str, wording: str, language: str) -> str:
    """The response without its article where the wording has none; an article alone stays."""
    articles = _ARTICLES.get(language, _ARTICLES["en"])
    first, _, rest = response.strip().partition(" ")
    if first.casefold() not in articles or wording.casefold().split(" ")[0] in articles:
        return response
    return rest if len(plain_words(rest)) > 1 else response


def _spaced(text: str) -> str:
    return " ".join(text.split())
