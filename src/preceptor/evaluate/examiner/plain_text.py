"""What a reader sees: LaTeX, odd characters and signs brought to one plain notation, for the judge."""

import re
import unicodedata

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SIGNS = {
    r"\times": "*", r"\cdot": "*", r"\div": "/", r"\%": "%", r"\pi": "pi", r"\circ": "", r"\,": "", r"\ ": " ",
    r"\;": " ",
    r"\left": "", r"\right": "", r"\{": "{", r"\}": "}", r"\ge": ">=", r"\le": "<=", r"\pm": "±", "×": "*", "·": "*",
    "∙": "*", "÷": "/", "−": "-", "–": "-", "π": "pi", "⁄": "/", "°": "", "≤": "<=", "≥": ">=", "ℝ": "R", "**": "",
}  # fmt: skip
_LETTERS = r"\b(?:[a-zA-Z][-.]){2,}[a-zA-Z]\b|\b(?:[a-zA-Z] ){4,}[a-zA-Z]\b"
_GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"


def plain(text: str) -> str:
    """The text in plain signs: fractions as a/b, products with *, powers with ^, no dollar signs, nothing invisible."""
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda raised: "^" + raised[0].translate(_RAISED), text)
    text = re.sub(r"(?<=\d)(?=[¼-¾⅐-⅞])", " ", text)
    text = unicodedata.normalize("NFKC", text)
    text = "".join(sign for sign in text if unicodedata.category(sign) not in ("Cf", "Mn", "Me"))
    text = "".join(str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else sign for sign in text)
    text = text.replace("{,}", ",").replace("{.}", ".").replace("{:}", ":")
    text = re.sub(rf"\\(?:text|mathrm|mathbf){_GROUP}", r"\1", text)
    for _ in range(3):
        text = re.sub(rf"(?<=\d)\s*\\[dt]?frac{_GROUP}{_GROUP}", r" \1/\2", text)
        text = re.sub(rf"\\[dt]?frac{_GROUP}{_GROUP}", _fraction, text)
    text = re.sub(r"\^\{(-?\w+)\}", r"^\1", text)
    text = re.sub(r"\^\{([^{}]*)\}", r"^(\1)", text)
    for sign, written in _SIGNS.items():
        text = text.replace(sign, written)
    text = re.sub(r"\bplus (?:or|oder) minus ?", "±", text)
    text = re.sub(_LETTERS, lambda word: re.sub(r"[-. ]", "", word[0]), text)
    text = re.sub(r"\b(?:times|mal)\b", "*", text)
    text = re.sub(r"\b(?:plus)\b", "+", text)
    return re.sub(r"[ \t\u00a0\u2009\u202f]+", " ", text.replace("$", "").replace("\\", ""))


def _fraction(found: re.Match[str]) -> str:
    top, bottom = (part if re.fullmatch(r"-?\w+", part) else f"({part})" for part in found.groups())
    return f"{top}/{bottom}"


def sentences(text: str) -> list[str]:
    """The sentences of a text; points inside numbers end none."""
    return [
        part.strip()
        for part in re.split(r"(?<!\d)[.!?]+(?=\s|$)|(?<=\d)[.!?]+(?=\s+\D|\s*$)|\n+", text)
        if part.strip()
    ]
