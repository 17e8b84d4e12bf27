"""Answers that come in pieces: digit by digit, place by place, above and below the bar, letter by letter."""

import re
from fractions import Fraction

from preceptor.tutor.guard.numerals import as_fraction
from preceptor.tutor.guard.secret import Secret

_BETWEEN = (
    r"(?:[\s,;.:\"']|(?<=\d)-(?=\d)|\b(?:then|and|dann|und|followed by|gefolgt von|next(?: to)?|comes?|kommt|eine?|"
    r"an?|the|that|"
    r"it|is|"
    r"digits?|ziffern?|behind|after|first|second|third|last|finally|write|put|zuerst|dahinter|danach|daneben|"
    r"schreibe?|ist|"
    r"die|der|das)\b)*"
)
_DIGITS = re.compile(rf"(?<![\w.])\d(?:{_BETWEEN}(?<=[\s,;.:\"'-])\d(?![\w]|\.\d))+")
_BACKWARDS = re.compile(
    r"\b(?:backwards?|reverse[ds]?|rückwärts|umgekehrt|mirror\w*|gespiegelt|"
    r"right to left|von rechts|flip\w*|swap\w*|switch\w*|invert\w*|(?:turn|spin)\w*\b.{0,20}\b(?:a?round|over)|"
    r"other way|exchange\w* the digits|vertausch\w*|dreh\w*|andersherum|von hinten)\b"
)
_ABOVE = r"(?:numerator|top(?: number| part)?|upper (?:number|part)|zähler|obere zahl|oben|above the (?:bar|line))"
_BELOW = (
    r"(?:denominator|bottom(?: number| part)?|lower (?:number|part)|nenner|untere zahl|unten|below the (?:bar|line)|"
    r"under "
    r"the (?:bar|line))"
)
_NEAR = r"[^\d.?!;]{0,25}?"
_TOP = re.compile(
    rf"\b{_ABOVE}\b{_NEAR}(-?\d+)\b|(?<![\d/])(-?\d+) (?:is |goes |comes |gehört |steht |kommt )?(?:on |at |in |as |"
    rf"the )*(?:{_ABOVE})"
)
_BOTTOM = re.compile(
    rf"\b{_BELOW}\b{_NEAR}(\d+)\b|(?<![\d/])(\d+) (?:is |goes |comes |gehört |steht |kommt )?(?:on |at |in |as |the "
    rf")*(?:{_BELOW})"
)
_WHOLE = re.compile(r"(\d+) (?:wholes?|ganze[nrs]?)\b")
_OVER = re.compile(
    r"(?<![\d/.])(-?\d+) (?:over|above|on top of|out of|von|durch|über|and below(?: it)?|parts? (?:of|out of)|slash|"
    r"schrägstrich) (\d+)(?![\d/])"
)
_PLACES = {
    r"(?:ones|units?|einer(?:stelle)?)": 0, r"(?:tens|zehner(?:stelle)?)": 1, r"(?:hundreds|hunderter(?:stelle)?)": 2,
    r"(?:thousands|tausender(?:stelle)?)": 3, r"(?:tenths|zehntel(?:stelle)?)": -1,
    r"(?:hundredths|hundertstel(?:stelle)?)": -2,
}  # fmt: skip
_PLACE_PATTERNS = {
    place: re.compile(
        rf"\b{name}\b(?: place| digit| stelle)?{_NEAR}\b(\d)\b(?!\s*[+*/-])|(?<![\d.+*/-])(?<![+*/-] )(\d) {name}\b"
    )
    for name, place in _PLACES.items()
}
_FIRST = re.compile(
    rf"\b(?:first digit|leading digit|(?:starts?|begins?) with|erste ziffer|beginnt mit|fängt mit){_NEAR}(\d+)\b"
)
_LAST = re.compile(
    rf"\b(?:last digit|final digit|(?:ends?|finishes|closes|stops) (?:in|with|on)|ending in|letzte ziffer|endet "
    rf"(?:auf|mit)|hört "
    rf"mit){_NEAR}(\d+)\b"
)
_SPELLED = re.compile(r"(?<![^\W_])(?:[^\W\d_][\s.·,-]+){2,}[^\W\d_](?![^\W_])")
_TALLY = re.compile(r"(\S)(?:\s*\1){2,}")
_NO_TALLY = frozenset(".-_=!?*#,:;()[]{}'\"")
_EXPONENT = re.compile(r"\b(?:exponent|power|hochzahl)\b[^\d.?!;]{0,25}?(\d+)\b")
_POWER = re.compile(r"(\w+)\^\(?(-?\d+)\)?")
_BASE = re.compile(r"\b(?:base|basis)\b[^\d.?!;]{0,25}?(\d+|[a-z])\b")


def has_pieces(secret: Secret) -> bool:
    """Whether a key can come in pieces at all: a single digit or a word cannot."""
    parted = any(value.denominator > 1 or abs(value) > 9 for value in secret.values)
    return parted or _POWER.fullmatch(secret.question.key.replace(" ", "")) is not None


def in_pieces(text: str, secret: Secret) -> str:
    """Find a number of the key that a text gives in pieces.

    Args:
        text: What was shown before and the sentence, in figures.
        secret: What is hidden.

    Returns:
        What gives it away; empty for nothing.
    """
    for value in secret.values:
        found = (
            _parts_of_fraction(text, value, secret) or _digits_of(text, value, secret) or _places(text, value, secret)
        )
        if found:
            return found
    return _power(text, secret)


def _parts_of_fraction(text: str, value: Fraction, secret: Secret) -> str:
    if value.denominator == 1:
        return ""
    for above, below in _OVER.findall(text):
        if as_fraction(f"{above}/{below}") == value and not secret.in_stem(f"{above}/{below}"):
            return f"{above} over {below}"
    tops = {int(one or other) for one, other in _TOP.findall(text)}
    bottoms = {int(one or other) for one, other in _BOTTOM.findall(text)}
    wholes = {0, *map(int, _WHOLE.findall(text))}
    for bottom in bottoms - {0}:
        for top in tops:
            if any(whole + Fraction(top, bottom) == value for whole in wholes) and not secret.in_stem(
                f"{top}/{bottom}"
            ):
                return f"{top} above {bottom}"
    return ""


def _written(value: Fraction) -> str:
    """The digits of a number with finitely many of them, without sign; the point is kept."""
    for places in range(7):
        scaled = abs(value) * 10**places
        if scaled.denominator == 1:
            digits = str(scaled.numerator).rjust(places + 1, "0")
            return digits if not places else f"{digits[:-places]}.{digits[-places:]}"
    return ""


def _digits_of(text: str, value: Fraction, secret: Secret) -> str:
    digits = _written(value).replace(".", "").lstrip("0")
    if len(digits) < 2:
        return ""
    orders = [digits, digits[::-1]] if _BACKWARDS.search(text) else [digits]
    for run in _DIGITS.findall(text):
        if re.sub(r"\D", "", run).lstrip("0") in orders and not re.search(
            rf"(?<!\d){re.escape(run)}(?!\d)", secret.stem.text
        ):
            return str(run)
    for number in re.findall(r"\d+", text) if len(orders) > 1 else ():
        if digits[::-1] in (str(number), number.lstrip("0")):
            return str(number)
    return ""


def _places(text: str, value: Fraction, secret: Secret) -> str:
    """All digits of a number other than 0, each named with its place; or its beginning and its end."""
    written = _written(value)
    whole, _, decimals = written.partition(".")
    plain = written.replace(".", "")
    if len(plain) < 2:
        return ""
    for first in _FIRST.findall(text):
        for last in _LAST.findall(text):
            if len(first) + len(last) >= len(plain) and plain.startswith(first) and plain.endswith(last):
                return "beginning and end"
    if written in secret.stem.text.split():
        return ""
    wanted = {place: digit for place, digit in enumerate(reversed(whole)) if digit != "0"}
    wanted |= {-place: digit for place, digit in enumerate(decimals, 1) if digit != "0"}
    if len(wanted) < 2:
        wanted[0] = wanted.get(0, "0")
    return "all places" if all(_is_placed(text, *named) for named in wanted.items()) else ""


def _is_placed(text: str, place: int, digit: str) -> bool:
    pattern = _PLACE_PATTERNS.get(place)
    return pattern is not None and any(digit == (one or other) for one, other in pattern.findall(text))


def _power(text: str, secret: Secret) -> str:
    """Base and exponent of a key that is a power, named apart."""
    match = _POWER.fullmatch(secret.question.key.replace(" ", ""))
    if match is None:
        return ""
    if match[2] in _EXPONENT.findall(text) and (
        match[1] in _BASE.findall(text) or f"^{match[2]}" not in secret.stem.text
    ):
        return "base and exponent"
    return ""


def spelled_out(text: str) -> list[str]:
    """Words whose letters stand apart: s-e-v-e-n."""
    return [re.sub(r"[\W\d_]+", "", run) for run in _SPELLED.findall(text)]


def tallies(text: str) -> list[int]:
    """How often a sign stands in a row, where it may be a tally: ●●●●, ||||."""
    runs = _TALLY.finditer(text)
    return [len(re.sub(r"\s", "", run[0])) for run in runs if run[1] not in _NO_TALLY and not run[1].isalnum()]
