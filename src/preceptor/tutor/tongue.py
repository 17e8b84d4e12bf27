"""What the tutor says, in the language of the question."""

from collections.abc import Sequence
from functools import cache

from preceptor.domain import Question
from preceptor.language import Sentences, sentences, written_number
from preceptor.tutor.words import measured, pick, span

PACKAGE = "preceptor.tutor"
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ONE = {"minute": "a minute", "hour": "an hour", "day": "a day"}
_UNITS = {"second": "seconds", "minute": "minutes", "hour": "hours", "day": "days"}
_UNIT = {"second": "second", "minute": "minute", "hour": "hour", "day": "day"}
_NOUNS_KEEP_CAPITALS = frozenset(["de"])


class Tongue:
    """The tutor's words in one language.

    Args:
        language: ISO 639-1 code.
    """

    def __init__(self, language: str) -> None:
        self._say: Sentences = sentences(PACKAGE, language)
        self.language = language

    def __call__(self, sentence: str, /, **parts: object) -> str:
        """Say a sentence."""
        return self._say(sentence, **parts)

    def pick(self, options: Sequence[str], *seed: str, **parts: object) -> str:
        """Say one of several phrasings: always the same for the same event, varied between events."""
        return self._say(pick(options, *seed), **parts)

    def spelled(self, number: int) -> str:
        """A number in words up to ten, in figures beyond."""
        return self._say(_NUMBERS[number]) if number < len(_NUMBERS) else str(number)

    def span(self, seconds: float) -> str:
        """A length of time as people say it, in whole units and words: "three days".

        It stands behind "ago" or "for" only, so a language may write the case that follows these.
        """
        number, unit = span(seconds).split(" ")
        whole, unit = round(float(number)), unit.removesuffix("s")
        if whole == 1:
            return self._say(_ONE[unit])
        return f"{self.spelled(whole)} {self._say(_UNITS[unit])}"

    def figures(self, seconds: float) -> str:
        """A length of time in figures, as exact as it is measured: "1.5 days", "2 seconds"; behind "ago" only."""
        number, unit = measured(seconds)
        return f"{self.number(number)} {self._say(_UNIT[unit] if number == 1 else _UNITS[unit])}"

    def number(self, value: float) -> str:
        """A number with at most one decimal, as the language writes it."""
        return written_number(f"{value:.1f}".removesuffix(".0"), self.language)

    def within(self, name: str) -> str:
        """A concept's name in the middle of a sentence; abbreviations, and German nouns, keep their capitals."""
        keeps = self.language in _NOUNS_KEEP_CAPITALS or name[1:2].isupper()
        return name if keeps else name[:1].lower() + name[1:]


def tongue(question: Question) -> Tongue:
    """The tutor's words in the language of a question."""
    return tongue_of(question.language)


@cache
def tongue_of(language: str) -> Tongue:
    """The tutor's words in a language."""
    return Tongue(language)
