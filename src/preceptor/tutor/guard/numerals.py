"""Writes number words and words of calculation as figures and signs, so that one reading serves all notations."""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from preceptor.tutor.guard.number_words import halved, number, part, scale

_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:\.\d+)?(?:/\d+(?:\.\d+)?)?|\s+|.", re.DOTALL)
_ARTICLES = frozenset(["a", "an", "one", "ein", "eine", "einem", "einen", "einer"])
_SIGNS = frozenset(["-", "("])
_CALCULATES = frozenset(["plus", "minus", "times", "subtract", "add", "adding", "subtracting", "+", "-", "*", "/"])
_HALVES = frozenset(["half", "hälfte", "halb", "halbe", "halber", "halbes", "halben"])
_POINTS = frozenset(["point", "komma", "dot"])
_AND = frozenset(["and", "und"])
_WORDS_BEFORE_PRONOUN = """
    which this that the each every another no any only first last next other smaller larger bigger right wrong
    some every-one new old same easier harder different
    """
_BEFORE_PRONOUN = frozenset(_WORDS_BEFORE_PRONOUN.split())
_WORDS_BEFORE_VALUE = """
    is are be was equals equal get gets makes make gives give answer result number say write type enter plus
    minus times by of and or than to with over as value only exactly simply just from
    """
_BEFORE_VALUE = frozenset(_WORDS_BEFORE_VALUE.split())
_WORDS_BEHIND_VALUE = """
    plus minus times over point percent per is equals and or more less divided multiplied then too right correct
    squared cubed as it works fits
    """
_BEHIND_VALUE = frozenset(_WORDS_BEHIND_VALUE.split())
_OPERATIONS = (
    (r"\bmultiplied by\b|\btimes\b|\bmultipliziert mit\b|\bmal\b(?= -?[\d(])", "*"),
    (r"\bdivided by\b|\bgeteilt durch\b|\bdividiert durch\b|\bdurch\b(?= -?[\d(])", "/"),
    (r"(?<=\d) (?:over|out of) (?=\d)", "/"),
    (r"\bplus\b", "+"),
    (r"\bminus\b|\bnegative (?=\d)|\bneg\.? (?=\d)|(?<=\d) take away (?=\d)|(?<=\d) less (?=\d)|(?<=\d) weniger (?=\d)",
     " - "),
    (r"\bto the power(?: of)?\b|(?<=\d) hoch (?=\d)", "^"),
    (r"(?<=[\d)]) squared\b|(?<=\d) (?:im|zum) quadrat\b", "^2"),
    (r"(?<=[\d)]) cubed\b", "^3"),
    (r"\b(?:square root|quadratwurzel|wurzel)(?: of| aus| von)?(?= [\d(])", "sqrt"),
    (r"(?<=\d) ?(?:percent|per cent|prozent)\b", "%"),
    (r"(?<![\d/.])(\d+) (?:and|und) (?=\d+/\d)", r"\1 "),
    (r"\b(?:equals|is equal to|makes|gives|yields|ist gleich|ergibt|macht|gibt)(?= -?[\d(])", "="),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), sign) for pattern, sign in _OPERATIONS)


def numerals(text: str) -> str:
    """Write numbers as figures: "two and a half times three" becomes "2 1/2 * 3".

    "One" and German "ein" stay words where they stand for a thing and not for a number.

    Args:
        text: What `plain` wrote.
    """
    return with_signs(figures(text))


def with_signs(text: str) -> str:
    """Write words of calculation as signs where figures stand beside them."""
    for pattern, sign in _COMPILED:
        text = pattern.sub(sign, text)
    return text


def figures(text: str) -> str:
    """Write number words as figures."""
    tokens = _TOKEN.findall(text)
    words = [(index, token) for index, token in enumerate(tokens) if not token.isspace()]
    at = 0
    while at < len(words):
        if not _may_begin(words[at][1]):
            at += 1
            continue
        written, taken = _number_at([word for _, word in words[at : at + 12]], words[at - 1][1] if at else "")
        if taken:
            first, last = words[at][0], words[at + taken - 1][0]
            tokens[first] = written
            tokens[first + 1 : last + 1] = [""] * (last - first)
        at += max(1, taken)
    return "".join(tokens)


@lru_cache(maxsize=4096)
def _may_begin(word: str) -> bool:
    """Whether a number may begin with a word; with most words none does."""
    begins = word.isdigit() or word in _HALVES or word in _ARTICLES
    return begins or number(word) is not None or halved(word) is not None


def _number_at(words: Sequence[str], before: str) -> tuple[str, int]:
    """The figures for the number that begins here, and how many words it takes; ("", 0) if none does."""
    first = words[0]
    if (half := halved(first)) is not None:
        return f"{half.numerator}/{half.denominator}", 1
    if first in _HALVES:
        return ("", 0) if _of_something(words[1:3]) else ("1/2", 1)
    if first in _ARTICLES:
        return _after_article(words, before)
    if first.isdigit():
        return _parts_of(int(first), words, 1)
    whole, taken = _whole(words)
    if whole is None:
        return "", 0
    if taken < len(words) - 1 and words[taken] in _POINTS:
        decimals = _digits(words[taken + 1 :])
        if decimals:
            return f"{whole}.{decimals}", taken + 1 + len(decimals)
    written, all_taken = _parts_of(whole, words, taken)
    return (written, all_taken) if all_taken else (str(whole), taken)


def _after_article(words: Sequence[str], before: str) -> tuple[str, int]:
    """A number that begins with one, a or ein: a half, one third, a dozen, ein Viertel, one hundred; or one alone."""
    following = words[1] if len(words) > 1 else ""
    if (below := part(following)) and following not in ("second", "seconds"):
        return ("", 0) if _of_something(words[2:4]) else (f"1/{below}", 2)
    if scale(following) or following in ("dozen", "dutzend"):
        whole, taken = _whole(["one", *words[1:]] if scale(following) else words[1:])
        return str(whole), taken if scale(following) else taken + 1
    if words[0] != "one" or before in _BEFORE_PRONOUN:
        return "", 0
    if following in _POINTS and (decimals := _digits(words[2:])):
        return f"1.{decimals}", 2 + len(decimals)
    written, taken = _parts_of(1, words, 1)
    if taken:
        return written, taken
    if before in _CALCULATES or (before in ("take", "taking") and following in ("away", "from", "off")):
        return "1", 1
    if following[:1].isalpha():
        return ("1", 1) if following in _BEHIND_VALUE else ("", 0)
    is_value = not before[:1].isalpha() or before in _BEFORE_VALUE
    return ("1", 1) if is_value else ("", 0)


def _of_something(following: Sequence[str]) -> bool:
    """Whether a part is spoken of in general: a half of something, a quarter or more."""
    if not following or following[0] not in ("of", "or", "von", "oder", "way"):
        return False
    if len(following) < 2:
        return True
    return not (following[1][:1].isdigit() or following[1] in _SIGNS or number(following[1]) is not None)


def _parts_of(whole: int, words: Sequence[str], taken: int) -> tuple[str, int]:
    """A fraction or mixed number in words behind a whole one: seven twelfths, two and a half."""
    following = words[taken : taken + 4]
    if following and (below := part(following[0])) and following[0] not in ("second", "seconds"):
        return f"{whole}/{below}", taken + 1
    if len(following) >= 2 and following[0] in _AND:
        if following[1] in _HALVES:
            return f"{whole} 1/2", taken + 2
        if len(following) >= 3 and (below := part(following[2])):
            above = 1 if following[1] in _ARTICLES else number(following[1])
            above = int(following[1]) if following[1].isdigit() else above
            if above is not None:
                return f"{whole} {above}/{below}", taken + 3
    return "", 0


def _digits(words: Sequence[str]) -> str:
    """The digits after a spoken point."""
    found = ""
    for word in words:
        value = int(word) if word.isdigit() else number(word)
        if value is None or value > 9:
            break
        found += str(value)
    return found


def _whole(words: Sequence[str]) -> tuple[int | None, int]:
    """A whole number in words: three hundred and five."""
    total, current, at = 0, None, 0
    while at < len(words):
        word = words[at]
        value, factor = number(word), scale(word)
        if value is not None and current is None:
            current = value
            following = number(words[at + 1]) if at + 1 < len(words) else None
            if value in range(20, 100, 10) and following in range(1, 10):
                current, at = value + (following or 0), at + 1
        elif value is not None and current is not None and current % 100 == 0 and current and value < 100:
            current += value
            following = number(words[at + 1]) if at + 1 < len(words) else None
            if value in range(20, 100, 10) and following in range(1, 10):
                current, at = current + (following or 0), at + 1
        elif factor == 100 and current is not None:
            current *= 100
        elif factor is not None and current is not None:
            total, current = total + current * factor, None
        elif word in _AND and at and scale(words[at - 1]) and at + 1 < len(words) and number(words[at + 1]) is not None:
            pass
        else:
            break
        at += 1
    if current is None and not total:
        return None, 0
    return total + (current or 0), at


def as_fraction(text: str) -> Fraction | None:
    """The value of figures as they stand: 7, 0.5, 3/4, 2 1/3; None for anything else."""
    whole, _, rest = text.partition(" ")
    try:
        return Fraction(whole) + Fraction(rest) if rest else Fraction(whole)
    except (ValueError, ZeroDivisionError):
        return None
