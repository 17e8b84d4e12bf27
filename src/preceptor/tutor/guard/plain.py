"""Writes a sentence so that equal things look equal: one notation for digits, fractions, signs and LaTeX."""

import re
import unicodedata

_FRACTION = re.compile(r"\\[dtc]?frac\s*(?:\{([^{}]*)\}|(\d))\s*(?:\{([^{}]*)\}|(\d))")
_WRAPPED = re.compile(
    r"\\(?:text|textbf|mathrm|mathbf|mathit|operatorname|boxed|underline|overline|emph|mbox|bf|rm)\s*\{([^{}]*)\}"
)
_ROOT = re.compile(r"\\sqrt\s*\{([^{}]*)\}")
_GROUP = re.compile(r"\^\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([a-zA-Z]+)|\\(.)")
_COMMANDS = {
    "times": "*", "cdot": "*", "ast": "*", "div": "/", "pm": "±", "leq": "<=", "le": "<=", "geq": ">=", "ge": ">=",
    "neq": "!=", "ne": "!=", "lt": "<", "gt": ">", "approx": "≈", "infty": "∞", "mid": ",", "pi": "pi",
    "rightarrow": "→", "to": "→", "Rightarrow": "→", "mathbb": "", "left": "", "right": "", "circ": "°",
    "{": "{", "}": "}", "%": "%", "$": " ", ",": "", ";": " ", ":": " ", "!": "", " ": " ", "\\": " ",
}  # fmt: skip
_SIGNS = str.maketrans(
    {
        "−": "-", "–": "-", "—": " - ", "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "÷": "/", "∕": "/",
        "⁄": "/", "≤": "<=", "≥": ">=", "≠": "!=", "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"',
        "»": '"', "…": " ... ", "⇒": "→", "➜": "→", "➡": "→", "√": "sqrt ", "`": " ",
    }
)  # fmt: skip
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPT_RUN = re.compile(f"[{_SUPERSCRIPTS}]+")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[,\u00a0\u2009\u202f']\d{3})+(?![\d,]\d)")
_GERMAN_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[.\u00a0\u2009\u202f']\d{3})+(?!\d)")
_GERMAN_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_POWER = re.compile(r"(?<=[\w)])\*\*(?=[\d(])")
_RATIO = re.compile(r"(?<=[\w)])\s+:\s+(?=[\d(-])")
_DIVIDED_BY_FRACTION = re.compile(r"/ +(\d+/\d+)")
_HAN_DIGITS = dict(zip("零一二三四五六七八九十", range(11), strict=True))
_MOST_NESTED = 4


def plain(text: str, language: str = "en") -> str:
    r"""Write a text in one notation and in lower case.

    Fractions become a/b, whichever way they were written (½, \frac12); superscripts become ^2; digits of any script
    become 0 to 9; invisible characters, dollar signs and marks of emphasis go; German decimal commas become points.

    Args:
        text: A sentence, mathematics in dollar signs or not.
        language: How its numbers are written, as an ISO 639-1 code.
    """
    text = _one_script(_SUPERSCRIPT_RUN.sub(_raised, text))
    text = _numbers(_without_latex(text.translate(_SIGNS), language), language)
    text = _DIVIDED_BY_FRACTION.sub(r"/ (\1)", _RATIO.sub(" / ", text))
    text = _POWER.sub("^", text).replace("**", "").replace("__", "").replace("$", " ")
    return " ".join(text.casefold().split())


def _raised(run: re.Match[str]) -> str:
    return "^" + "".join(str(_SUPERSCRIPTS.index(digit)) for digit in run[0])


def _one_script(text: str) -> str:
    """Bring characters that only look different to one form."""
    return text if text.isascii() else "".join(map(_one_character, text))


def _one_character(sign: str) -> str:
    if sign.isascii():
        return sign
    if sign in _HAN_DIGITS:
        return f" {_HAN_DIGITS[sign]} "
    kind = unicodedata.category(sign)
    if kind in ("Cf", "Me") or 0xFE00 <= ord(sign) <= 0xFE0F:
        return ""
    if kind == "Nd":
        return str(unicodedata.digit(sign))
    if kind == "No" and "⁄" in (written := unicodedata.normalize("NFKC", sign)):
        return f" {written.replace('⁄', '/')}"
    if kind == "No" and (value := unicodedata.numeric(sign, -1.0)) >= 0 and value == int(value):
        return f" {int(value)} "  # ⑦, ❼
    return sign if sign in "\u00a0\u2009\u202f" else unicodedata.normalize("NFKC", sign)


def _without_latex(text: str, language: str) -> str:
    if "\\" not in text and "{" not in text:
        return text
    text = text.replace("{,}", "," if language == "de" else "")
    for _ in range(_MOST_NESTED):
        before = text
        text = _WRAPPED.sub(r"\1", _FRACTION.sub(_quotient, text))
        text = _ROOT.sub(r"sqrt(\1)", _GROUP.sub(_exponent, text))
        if text == before:
            break
    return _COMMAND.sub(lambda command: _COMMANDS.get(command[1] or command[2], command[1] or command[2]), text)


def _quotient(fraction: re.Match[str]) -> str:
    above, below = fraction[1] or fraction[2] or "", fraction[3] or fraction[4] or ""
    return f" {_grouped(above)}/{_grouped(below)} "


def _exponent(group: re.Match[str]) -> str:
    return f"^{_grouped(group[1])}"


def _grouped(part: str) -> str:
    part = part.strip()
    return part if re.fullmatch(r"-?[\d.]+|[a-zA-Z]|\?", part) else f"({part})"


def _numbers(text: str, language: str) -> str:
    if language == "de":
        text = _GERMAN_THOUSANDS.sub(lambda number: re.sub(r"\D", "", number[0]), text)
        return _GERMAN_DECIMAL.sub(".", text)
    return _THOUSANDS.sub(lambda number: re.sub(r"\D", "", number[0]), text)
