"""Numbers and words in code: Roman numerals, hexadecimal, binary, base64. A tutor has no reason to write them."""

import base64
import binascii
import re
from collections.abc import Iterator
from fractions import Fraction

_ROMAN = re.compile(r"(?<![\w$\\])(?=[IVXLCDM])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?![\w'])")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_BASED = re.compile(r"\b0[xX][0-9a-fA-F]+\b|\b0[bB][01]+\b|\b0[oO][0-7]+\b")
_BINARY = re.compile(r"(?<![\d.,])[01]{3,}(?![\d.,])")
_BASE64 = re.compile(
    r"(?<![\w+/])(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})(?![\w+/=])"
)
_SPEAKS_OF_BITS = re.compile(r"\b(?:binary|binär|bits?|dual)", re.IGNORECASE)
_LONGEST = 200


def coded_numbers(text: str) -> Iterator[Fraction]:
    """The numbers that a text writes as Roman numerals, in hexadecimal or in binary."""
    for match in _ROMAN.finditer(text):
        if len(match[0]) > 1 or re.search(r"roman|röm", text, re.IGNORECASE) or text.strip(" .!") == match[0]:
            yield Fraction(_roman(match[0]))
    for match in _BASED.finditer(text):
        yield Fraction(int(match[0], 0))
    if _SPEAKS_OF_BITS.search(text):
        yield from (Fraction(int(found, 2)) for found in _BINARY.findall(text))


def decoded(text: str) -> Iterator[str]:
    """What base64 words of a text hide, where that is readable."""
    for match in _BASE64.finditer(text[:_LONGEST]):
        if not match[0] or (match[0].isalpha() and match[0].islower()):
            continue
        try:
            hidden = base64.b64decode(match[0], validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
        if hidden.isprintable():
            yield hidden


def _roman(numeral: str) -> int:
    total = 0
    for sign, following in zip(numeral, [*numeral[1:], ""], strict=True):
        size = _ROMAN_DIGITS[sign]
        total += -size if size < _ROMAN_DIGITS.get(following, 0) else size
    return total
