"""How numbers are written: as LaTeX for reading, in answer syntax for checking."""

import re
from decimal import Decimal
from fractions import Fraction

Number = int | Fraction | Decimal
Value = Number | str

_LATEX_FRACTION = re.compile(r"(-?)(\d*)\\frac\{(\d+)\}\{(\d+)\}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:/\d+)?")
_INVISIBLE = re.compile(r"\\cdot|\\times|\{,\}|[$*]")


def answer(value: Value) -> str:
    """Write a value in answer syntax: `-3`, `7/3`, `0.25`; text stays as it is."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def as_decimal(value: Fraction) -> str:
    """Write a fraction with a finite decimal expansion as a decimal in answer syntax."""
    return answer(Decimal(value.numerator) / value.denominator)


def frac(numerator: Value, denominator: Value) -> str:
    """Write a fraction as LaTeX, not reduced."""
    return rf"\frac{{{numerator}}}{{{denominator}}}"


def tex(value: Number) -> str:
    """Write a number as LaTeX: thousands are grouped, fractions stand upright, decimals keep their zeros."""
    if isinstance(value, int):
        return f"{value:,}".replace(",", "{,}")
    if isinstance(value, Decimal):
        return format(value, "f")
    if value.denominator == 1:
        return tex(value.numerator)
    return ("-" if value < 0 else "") + frac(abs(value.numerator), value.denominator)


def mixed(value: Fraction) -> str:
    """Write a positive fraction as a LaTeX mixed number where it is greater than one."""
    whole, rest = divmod(value.numerator, value.denominator)
    if not whole or not rest:
        return tex(value)
    return f"{whole}{frac(rest, value.denominator)}"


def guarded(value: Number) -> str:
    """Write a number as LaTeX, in parentheses where it is negative."""
    return f"({tex(value)})" if value < 0 else tex(value)


def joined(values: list[int]) -> str:
    """Write a list in answer syntax."""
    return ", ".join(map(str, values))


def value_of(text: str) -> Fraction | None:
    """Read a text that is one number (answer syntax or LaTeX); None if it is anything else."""
    bare = text.replace("$", "").replace("{,}", "").strip()
    if match := _LATEX_FRACTION.fullmatch(bare):
        return _read_fraction(match)
    return Fraction(bare) if _NUMBER.fullmatch(bare) else None


def numbers_in(text: str) -> set[Fraction]:
    """Find every number a reader could see in a text, the parts of fractions and unsigned forms included."""
    bare = text.replace("{,}", "")
    found = {_read_fraction(match) for match in _LATEX_FRACTION.finditer(bare)}
    for token in _NUMBER.findall(bare):
        parts = [token, token.lstrip("-"), *token.split("/")]
        found.update(Fraction(part) for part in parts)
    return found


def leaks(text: str, key: str) -> bool:
    """Say whether a text gives the key away, as a number or letter by letter."""
    value = value_of(key)
    if value is not None:
        return value in numbers_in(text)
    signs = r"\s*".join(re.escape(sign) for sign in _INVISIBLE.sub("", key) if not sign.isspace())
    seen = _INVISIBLE.sub("", text.replace(r"\pi", "pi"))
    return re.search(rf"(?<!\w){signs}(?!\w)", seen, re.IGNORECASE) is not None


def same(first: str, second: str) -> bool:
    """Say whether two answers are the same number or the same text."""
    values = value_of(first), value_of(second)
    return first == second if None in values else values[0] == values[1]


def _read_fraction(match: re.Match[str]) -> Fraction:
    sign, whole, numerator, denominator = match.groups()
    value = int(whole or 0) + Fraction(int(numerator), int(denominator))
    return -value if sign else value
