"""How mathematics is written in other languages."""

import re

_FORMULA = re.compile(r"(?<!\\)\$([^$]+)\$")
_WORDS = re.compile(r"(\\text\{[^{}]*\})")
_THOUSANDS = re.compile(r"(?<![\d}])\d{1,3}(?:\{,\}\d{3})+(?!\d)")
_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
_PAIR = re.compile(r"\(([^(),]+), ([^(),]+)\)")
_PERCENT = "\N{NO-BREAK SPACE}%"
_GROUPED_FROM = 5  # German writes 1200, but 12 000


def localised(text: str, language: str) -> str:
    r"""Rewrite the mathematics between dollar signs as schools of a language write it.

    German: decimal comma, thin spaces between thousands from five digits on, a dot for times, a colon for division,
    semicolons in lists and a bar in pairs: `$1{,}200.5 \div 3$` becomes `$1200{,}5 : 3$`.

    Args:
        text: Prose with formulas in dollar signs, numbers written as in English.
        language: ISO 639-1 code; English stays as it is.
    """
    return text if language == "en" else _FORMULA.sub(lambda match: f"${_german(match[1])}$", text)


def written_number(number: str, language: str) -> str:
    """A plain number as prose of a language writes it: `12,000.5` becomes `12 000,5` in German, `35%` becomes `35 %`.

    Args:
        number: As English writes it.
        language: ISO 639-1 code; English stays as it is.
    """
    if language == "en":
        return number
    formula = localised(f"${number.replace(',', '{,}').replace('%', _PERCENT)}$", language)
    return formula.strip("$").replace("{,}", ",").replace(r"\,", "\N{NARROW NO-BREAK SPACE}")


def _german(formula: str) -> str:
    """Rewrite a formula; words inside it stay as they are."""
    parts = _WORDS.split(formula)
    return "".join(part if i % 2 else _german_signs(part) for i, part in enumerate(parts))


def _german_signs(formula: str) -> str:
    formula = _PAIR.sub(r"(\1 \\mid \2)", formula)
    formula = formula.replace(", ", "; ")
    formula = _THOUSANDS.sub(_spaced, formula)
    formula = _DECIMAL.sub("{,}", formula)
    return formula.replace(r"\times", r"\cdot").replace(r"\div", ":")


def _spaced(number: re.Match[str]) -> str:
    groups = number[0].split("{,}")
    return (r"\," if sum(map(len, groups)) >= _GROUPED_FROM else "").join(groups)
