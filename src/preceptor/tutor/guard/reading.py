"""What numbers and calculations stand in a sentence, whatever notation they are written in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from preceptor.answers import Unreadable, parse
from preceptor.answers.rational import exact
from preceptor.answers.tree import Node
from preceptor.tutor.guard.numerals import as_fraction, numerals
from preceptor.tutor.guard.plain import plain

_NUMBER = re.compile(
    r"(?P<sign>(?<![\w.)\]%²])(?<![\d)] )-\s*)?(?<![\w.])"
    r"(?P<body>\d+ \d+/\d+|\d+(?:\.\d+)?\s*/\s*\d+(?:\.\d+)?|\d*\.\d+|\d+)(?![\d/]|\.\d)(?P<percent>\s?%)?"
)
_LETTERS_BEHIND = re.compile(r"[^\W\d_]+")
_LONE_LETTERS = frozenset(["x", "y", "z", "a", "b", "n", "k", "p", "q", "r", "t", "u", "v", "w"])
_OPERAND = r"[-(\s]*(?:sqrt\s*)?\(*-?(?:\d+ \d+/\d+|\d+(?:\.\d+)?|\.\d+)[)\s]*(?:\^\s*\(?-?\d+\)?)?[)\s]*%?"
_CALCULATION = re.compile(rf"{_OPERAND}(?:[-+*/^]{_OPERAND})+|sqrt\s*\(?\s*\d+(?:\.\d+)?\s*\)?|\d+\s*\^\s*\(?-?\d+\)?")
_ATOM = r"(?:sqrt|pi|π|[-+*/^().,<>=!≈→ ]|\d|(?<![^\W\d_])(?<!')[a-z](?![^\W\d_]))"
_FORMULA = re.compile(rf"{_ATOM}{{2,}}")
RELATION_SIGN = re.compile(r"<=|>=|!=|[=<>≈]")
_TOKEN = re.compile(r"sqrt|pi|\d+(?:\.\d+)?|[^\W\d_]+|<=|>=|!=|[=<>≈]|[-+*/^()%.?□_]|\s+|.", re.DOTALL)
_MATHEMATICAL = re.compile(r"sqrt|pi|\d+(?:\.\d+)?|[a-z]|<=|>=|!=|[=<>≈]|[-+*/^()%?□_]|\s+")
_OF = frozenset(
    ["of", "von", "than", "als", "from", "aus", "by", "durch", "and", "und", "between", "zwischen", "to", "zu"]
)
_RATIO = re.compile(r"[\d.]+:\s?[\d.?]+")
_MOST_FORMULA_CHARACTERS = 160
MOST_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in a text.

    Args:
        start: Where it begins.
        end: Behind its last character.
        value: Its value; of 25 % the share 1/4.
        form: How it is written, without spaces.
        places: Digits behind the point, of a percentage two more; 0 where there is none.
    """

    start: int
    end: int
    value: Fraction
    form: str
    places: int = 0

    @property
    def values(self) -> tuple[Fraction, ...]:
        """All it may stand for: 25 % is a quarter, and 25 where percent are asked."""
        return (self.value, self.value * 100) if self.form.endswith("%") else (self.value,)


@dataclass(frozen=True, slots=True)
class Calculation:
    """A calculation of plain numbers in a text.

    Args:
        start: Where it begins.
        end: Behind its last character.
        value: What it gives.
        numbers: The numbers in it, as they are written.
        form: How it is written, without spaces.
    """

    start: int
    end: int
    value: Fraction
    numbers: tuple[str, ...]
    form: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence in one notation and what stands in it.

    Args:
        text: The sentence with figures and signs only.
        plain: The sentence in one notation, number words as they are.
        mentions: Its numbers.
        calculations: Its calculations.
        formulas: Pieces that look like formulas with letters.
    """

    text: str
    mentions: tuple[Mention, ...]
    calculations: tuple[Calculation, ...]
    formulas: tuple[str, ...]
    plain: str = ""


NOTHING = Reading("", (), (), ())


@lru_cache(maxsize=1024)
def read(text: str, language: str = "en") -> Reading:
    """Read a text; the result is remembered.

    Args:
        text: What is to be shown.
        language: How its numbers are written, as an ISO 639-1 code.
    """
    worded = plain(text[:MOST_CHARACTERS], language)
    flat = numerals(worded)
    return Reading(flat, mentions(flat), calculations(flat), formulas(flat), worded)


def flattened(text: str, language: str = "en") -> str:
    """The text of `read` alone, which takes a third of the time."""
    return numerals(plain(text[:MOST_CHARACTERS], language))


def mentions(flat: str) -> tuple[Mention, ...]:
    """The numbers of a text in figures, coefficients such as 7x left out."""
    found = []
    for match in _NUMBER.finditer(flat):
        behind = _LETTERS_BEHIND.match(flat, match.end())
        if behind and behind[0] in _LONE_LETTERS:
            continue
        body = re.sub(r"\s*/\s*", "/", match["body"])
        value = as_fraction(body) if body.count("/") < 2 and "." not in body.partition("/")[2] else None
        if value is None:
            value = _decimal_ratio(body)
        if value is None:
            continue
        sign, percent = "-" if match["sign"] else "", "%" if match["percent"] else ""
        value = (-value if sign else value) / (100 if percent else 1)
        places = len(body.partition(".")[2]) + 2 * bool(percent) if "/" not in body else 0
        found.append(Mention(match.start(), match.end(), value, f"{sign}{body}{percent}", places))
    return tuple(found)


def _decimal_ratio(body: str) -> Fraction | None:
    above, _, below = body.partition("/")
    try:
        return Fraction(above) / Fraction(below)
    except (ValueError, ZeroDivisionError):
        return None


def calculations(flat: str) -> tuple[Calculation, ...]:
    """The calculations of a text in figures that the grammar can work out."""
    found = []
    for match in _CALCULATION.finditer(flat):
        piece = _balanced(match[0].strip())
        value = _value(piece)
        if value is not None:
            numbers = tuple(re.findall(r"\d+(?:\.\d+)?", piece))
            found.append(Calculation(match.start(), match.end(), value, numbers, piece.replace(" ", "")))
    return tuple(found)


def _balanced(piece: str) -> str:
    """Drop parentheses without a partner at the ends."""
    while piece.count("(") > piece.count(")") and piece.startswith("("):
        piece = piece[1:]
    while piece.count(")") > piece.count("(") and piece.endswith(")"):
        piece = piece[:-1]
    return piece


@lru_cache(maxsize=2048)
def tree_of(piece: str) -> Node | None:
    """A piece of text as a tree; None where it is no mathematics."""
    try:
        return parse(piece)
    except Unreadable:
        return None


def _value(piece: str) -> Fraction | None:
    tree = tree_of(piece)
    return None if tree is None else exact(tree)


def formulas(flat: str) -> tuple[str, ...]:
    """Pieces of mathematics with letters, without words around them."""
    found = []
    for match in _FORMULA.finditer(flat):
        piece = _balanced(match[0].strip(" .,=<>!≈→*/^"))
        if len(piece) > 1 and re.search(r"[a-zπ]", piece) and re.search(r"[\d+*/^=<>-]", piece):
            found.append(piece[:_MOST_FORMULA_CHARACTERS])
    return tuple(found)


def relations(flat: str) -> Iterator[str]:
    """The longest runs of mathematics with a sign of relation; no ratios, and not what a name or a word applies to."""
    if not RELATION_SIGN.search(flat):
        return
    run, before = "", " "
    for token in [*_TOKEN.findall(_RATIO.sub("§", flat)), "§"]:
        if _MATHEMATICAL.fullmatch(token):
            run += token
            continue
        applied = run.startswith("(") and (before.isalpha() or before in "}_")
        described = before in _OF and re.match(r"\s*-?[\d./]+\s*[=<>]", run)
        if RELATION_SIGN.search(run) and not applied and not described:
            yield run.strip()
        run, before = "", token
