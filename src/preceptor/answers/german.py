"""How German writes what is typed: decimal comma, dots or spaces between thousands, a colon to divide."""

import re

_SPACE = "[ \u00a0\u2009\u202f]"
_RUN = re.compile(r"(?<![\d.,])\d+(?:,\d+){2,}(?!,?\d)")
_NUMBER = re.compile(
    rf"(?<![\d.,])(?:[1-9]\d{{0,2}}(?:\.\d{{3}})+(?!\.?\d)|[1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})+(?!\s*/|\d)|\d+)(?:,\d+)?"
)
_LEADING_COMMA = re.compile(r"(?<![\w.,)\s]),(?=\d)")
_BAR = re.compile(r"(\([^()|]*)\|([^()|]*\))")
_COLON = re.compile(r"(?<!\\):")
_WORDS = {"und": "and", "oder": "or", "grad": "°", "prozent": "%", "wurzel": "sqrt", "unendlich": "infinity"}
_WORD = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(_WORDS)})(?![^\W\d_])", re.IGNORECASE)
_PAIR = re.compile(r"\(([^(),]+), ?([^(),]+)\)")
_COMMA_OF_DIGITS = re.compile(r"(?<=\d),(?=\d)")
_COMMA = re.compile(r", ?")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_COMMANDS = (("{,}", "."), (r"\,", ""), (r"\mid", ","))


def numbers_to_english(text: str) -> str:
    """Write German numbers the English way: 1.200,5 and 1 200,5 become 1200.5, 2,5 becomes 2.5.

    A point that cannot part thousands is read as a decimal point: 2.5. Several commas without spaces part the entries
    of a list: 1,2,3. The text keeps its length, so that positions stay true.
    """
    text = _RUN.sub(lambda run: run[0].replace(",", ";"), text)
    return _LEADING_COMMA.sub(".", _NUMBER.sub(_english_number, text))


def to_english(text: str) -> str:
    """Write what a German student typed in the English answer syntax; the text keeps its length.

    Numbers as in `numbers_to_english`; a colon divides, a bar or a semicolon parts the entries of a pair, and und,
    oder, Grad, Prozent, Wurzel and unendlich are known words.
    """
    text = _BAR.sub(r"\1,\2", numbers_to_english(text))
    return _WORD.sub(_english_word, _COLON.sub("/", text))


def commas_to_semicolons(text: str) -> str:
    """Read every comma between digits as one that parts entries."""
    return _COMMA_OF_DIGITS.sub(";", text)


def formula_to_english(latex: str) -> str:
    r"""Write a German formula, as the language room makes it, in the English answer syntax: `2{,}5 : 3` as 2.5 / 3."""
    for german, english in _COMMANDS:
        latex = latex.replace(german, english)
    return _COLON.sub("/", latex)


def to_german(answer: str) -> str:
    """Write an answer in English answer syntax the way German students type it.

    A point becomes a comma, a comma between entries a semicolon, and a pair is written (2 | 3). `to_english` reads
    the result as the same answer.
    """
    text = _PAIR.sub(r"(\1 | \2)", answer)
    return _POINT.sub(",", _COMMA.sub("; ", text))


def _english_number(number: re.Match[str]) -> str:
    whole, comma, decimals = number[0].partition(",")
    digits = re.sub(rf"\.|{_SPACE}", "", whole)
    return f"{digits}{'.' if comma else ''}{decimals}".ljust(len(number[0]))


def _english_word(word: re.Match[str]) -> str:
    return _WORDS[word[0].lower()].ljust(len(word[0]))
