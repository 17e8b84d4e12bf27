r"""Sentences and formulas with places for values.

A place is written `<name>` or `<name:format>`. The same place is read in two ways: in a sentence it becomes LaTeX
(`$\frac{1}{2}$`, `$1{,}200$`), in a formula it becomes answer syntax (`1/2`, `1200`).
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from preceptor.curriculum.notation import Number, Value, answer, guarded, mixed, tex

PLACE = re.compile(r"<([a-z][a-z0-9_]*)(?::([a-z]+))?>")
_BINDS_BEFORE = frozenset("+-*/^")


def sentence(template: str, values: Mapping[str, Value]) -> str:
    """Fill a sentence; numbers become LaTeX.

    Args:
        template: Text with places. Formats: `guarded` puts a negative number in parentheses, `mixed` writes a mixed
            number, `signed` writes "+ 3" or "- 3", `coefficient` leaves a 1 out, `money` writes cents where there
            are any, `plain` does not group thousands.
        values: Name → number, or text that stands in every language as it is (names, LaTeX).

    Raises:
        KeyError: A place without a value, or an unknown format.
    """
    return PLACE.sub(lambda match: _written(values[match[1]], match[2]), template)


def formula(template: str, values: Mapping[str, Value]) -> str:
    """Fill a formula in answer syntax; values that would bind wrongly stand in parentheses, formats say nothing."""

    def written(match: re.Match[str]) -> str:
        value = values[match[1]]
        before, after = template[: match.start()].rstrip()[-1:], template[match.end() :].lstrip()[:1]
        bound = before in _BINDS_BEFORE or after == "^"
        text = answer(value)
        loose = not isinstance(value, str) and not text.isdigit()
        return f"({text})" if loose and bound else text

    return PLACE.sub(written, template)


def _signed(value: Number) -> str:
    return f"{'-' if value < 0 else '+'} {tex(-value if value < 0 else value)}"


def _coefficient(value: Number) -> str:
    if abs(value) == 1:
        return "-" if value < 0 else ""
    return tex(value)


def _mixed(value: Number) -> str:
    return mixed(Fraction(value)) if value >= 0 else "-" + mixed(-Fraction(value))


def _money(value: Number) -> str:
    amount = Decimal(Fraction(value).numerator) / Fraction(value).denominator
    return tex(int(amount)) if amount == int(amount) else f"{amount:.2f}"


_FORMATS: Mapping[str, Callable[[Number], str]] = {
    "guarded": guarded,
    "mixed": _mixed,
    "signed": _signed,
    "coefficient": _coefficient,
    "money": _money,
    "plain": answer,
}


def _written(value: Value, form: str | None) -> str:
    if isinstance(value, str):
        return value
    return _FORMATS[form](value) if form else tex(value)
