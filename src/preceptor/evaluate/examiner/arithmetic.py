"""Small exact arithmetic for the judge: numbers in a text, terms, and whether equations between numbers hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

_NUMBER = r"(?:\d{1,3}(?:[,.' ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+[.,]\d+|\d+|(?<!\d)\.\d+)"
_VALUE = re.compile(
    rf"(?P<sign>-\s?)?(?:(?P<whole>\d+) (?P<a>\d+)\s?/\s?(?P<b>\d+)|(?P<c>\d+)\s?/\s?(?P<d>\d+)(?![.,]?\d)"
    rf"|(?P<n>{_NUMBER}))(?P<percent>\s?(?:%|percent|Prozent))?"
)
_LARGEST_EXPONENT = 20


@dataclass(frozen=True)
class Found:
    """A number in a text: what it may mean, and where it stands."""

    values: frozenset[Fraction]
    start: int
    end: int


def numbers(text: str) -> list[Found]:
    """The numbers of a plain text, mixed numbers and fractions as one; percentages as both readings."""
    return list(_numbers(text))


def _numbers(text: str) -> Iterator[Found]:
    for match in _VALUE.finditer(text):
        before = text[: match.start()].rstrip()
        negative = bool(match["sign"]) and not re.search(r"[\d)%]$|(?<!')\b[a-z]$", before)
        yield Found(frozenset(_readings(match, negative)), match.start(), match.end())


def _readings(match: re.Match[str], negative: bool) -> Iterator[Fraction]:
    sign = -1 if negative else 1
    if match["whole"] is not None:
        values = [int(match["whole"]) + _ratio(match["a"], match["b"])]
    elif match["c"] is not None:
        values = [_ratio(match["c"], match["d"])]
    else:
        values = readings(match["n"])
    for value in values:
        yield sign * value
        if match["percent"]:
            yield sign * value / 100


def _ratio(top: str, bottom: str) -> Fraction:
    return Fraction(int(top), int(bottom)) if int(bottom) else Fraction(-(10**30))


def readings(number: str) -> list[Fraction]:
    """What a number may mean: 1.250 is 1250 to Germans and 1.25 to others."""
    found = []
    if re.fullmatch(r"[1-9]\d{0,2}(?:[,.' ]\d{3})+", number):
        found.append(Fraction(re.sub(r"\D", "", number)))
    if re.fullmatch(r"\d*[.,]\d+", number):
        found.append(Fraction("0" + number.replace(",", ".")))
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+\.\d+", number):
        found.append(Fraction(number.replace(",", "")))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", number):
        found.append(Fraction(number.replace(".", "").replace(",", ".")))
    return found or [Fraction(re.sub(r"\D", "", number))]


class UnreadableError(ValueError):
    """The term cannot be read."""


def evaluate(text: str, at: dict[str, Fraction] | None = None, *, comma: bool = False) -> Fraction:
    """The exact value of a term.

    Args:
        text: The term in plain notation; a number before a letter or bracket multiplies it.
        at: Values of letters.
        comma: Whether a comma is the decimal sign and points group thousands.

    Raises:
        UnreadableError: If it is no term.
    """
    reader = _Reader(_tokens(text, comma), at or {})
    value = reader.sum()
    if reader.left:
        raise UnreadableError(text)
    return value


def _tokens(text: str, comma: bool) -> list[str]:
    text = text.strip().rstrip(".,;:")
    decimal, group = (",", r"[. ']") if comma else (r"\.", "[, ']")
    number = rf"\d{{1,3}}(?:{group}\d{{3}})+(?!\d)(?:{decimal}\d+)?|\d+{decimal}\d+|{decimal}\d+|\d+"
    text = re.sub(r"(\d+) (\d+)\s?/\s?(\d+)", r"(\1+\2/\3)", text)
    text = re.sub(r"(?<![\d.,^/])(\d+)/(\d+)(?![\d.,]*\^)(?![.,]?\d)", r"(\1/\2)", text)
    tokens, rest = [], text
    while rest := rest.lstrip():
        match = re.match(rf"(?P<n>{number})|(?P<o>pi|[a-zA-Z]|[-+*/^()%:])", rest)
        if match is None:
            raise UnreadableError(text)
        token = match[0]
        if match["n"]:
            token = re.sub(group, "", token).replace(",", ".") if comma else re.sub(group, "", token)
        tokens.append("/" if token == ":" else token)
        rest = rest[match.end() :]
    return tokens


class _Reader:
    """Reads tokens by precedence: sums, products, powers, atoms."""

    def __init__(self, tokens: list[str], at: dict[str, Fraction]) -> None:
        self.left = tokens[::-1]
        self._at = at

    def _take(self, *allowed: str) -> str:
        return self.left.pop() if self.left and self.left[-1] in allowed else ""

    def sum(self) -> Fraction:
        value = self.product()
        while sign := self._take("+", "-"):
            value += self.product() if sign == "+" else -self.product()
        return value

    def product(self) -> Fraction:
        value = self.signed()
        while self.left and self.left[-1] not in ("+", "-", ")", "%"):
            sign = self._take("*", "/")
            if not sign and not re.match(r"[a-zA-Z(]", self.left[-1]):
                raise UnreadableError("two numbers side by side")
            factor = self.signed() if sign else self.power()
            if sign == "/":
                if factor == 0:
                    raise UnreadableError("division by zero")
                value /= factor
            else:
                value *= factor
        return value

    def signed(self) -> Fraction:
        if sign := self._take("+", "-"):
            return self.signed() if sign == "+" else -self.signed()
        return self.power()

    def power(self) -> Fraction:
        value = self.atom()
        if self._take("^"):
            exponent = self.signed()
            if exponent.denominator != 1 or abs(exponent) > _LARGEST_EXPONENT or (value == 0 and exponent < 0):
                raise UnreadableError("exponent")
            value = value**exponent.numerator
        while self._take("%"):
            value /= 100
        return value

    def atom(self) -> Fraction:
        if not self.left:
            raise UnreadableError("nothing where a number is due")
        token = self.left.pop()
        if token == "(":
            value = self.sum()
            if not self._take(")"):
                raise UnreadableError("bracket left open")
            return value
        if token in self._at:
            return self._at[token]
        if not re.match(r"[\d.]", token):
            raise UnreadableError(token)
        return Fraction("0" + token)


_RUN = r"[-+*/^()\d.,%: ']"
_END = re.compile(rf"(?P<run>{_RUN}*)$")
_BEGIN = re.compile(rf"^(?P<run>{_RUN}*)")


_CONNECTS = re.compile(r"\b(?:so|then|and|because|that|now|also|dann|und|denn|weil|jetzt)\s*$", re.IGNORECASE)
"""Words behind which an equation begins; behind others it may go on: 25 % of 80 = 20."""
_DENIED = re.compile(r"\b(?:not|never|none|false|wrong|no number|nie|nicht|falsch|keine)\b")


def false_equations(text: str) -> list[str]:
    """Equations between numbers that hold in neither notation of decimals; open or lettered ones are no claim."""
    found = []
    for sign in re.finditer(r"(?<![<>!≈:=])=(?!=)", text):
        if _DENIED.search(re.split(r"[.!?\n](?=\s|$)", text[sign.end() :])[0]):
            continue
        left, right = _before(text[: sign.start()]), _after(text[sign.end() :])
        if left and right and _differ(left, right):
            found.append(f"{left.strip()} = {right.strip()}")
    return found


def _before(text: str) -> str:
    run = re.split(r"(?<! )[,;:](?=\s)|\.\s", _run(_END, text))[-1]
    before = text[: len(text) - len(run)]
    if _CONNECTS.search(before):
        return run
    if re.search(r"(?:[a-zA-Zäöü√|?□\]}]|\b[a-zA-Z] )$", before) and not re.search(r"[a-zäöü]{2,} $|\s$", before):
        return ""
    return "" if re.match(r"\s*[+*/^%:)]|\s*-\s", run) else run


def _after(text: str) -> str:
    run = _run(_BEGIN, text)
    after = text[len(run) :]
    if re.match(r"[a-zA-Z√|?□({\[<]", after) and not run.endswith(" "):
        return ""
    if re.match(r"(?:R|r|rem|remainder|Rest)\b|[a-z]\b(?!')|[?□]", after):
        return ""
    return re.split(r"(?<! )[,;:](?=\s|$)|\.(?=\s|$)", run)[0]


def _run(pattern: re.Pattern[str], text: str) -> str:
    """What a pattern that always fits, perhaps nothing, finds."""
    found = pattern.search(text)
    return found["run"] if found else ""


def _differ(left: str, right: str) -> bool:
    compared = False
    for comma in (False, True):
        try:
            if evaluate(left, comma=comma) == evaluate(right, comma=comma):
                return False
            compared = True
        except UnreadableError:
            continue
    return compared
