"""Cuts typed text or a small part of LaTeX into tokens. What is not listed here is not read."""

import re
from dataclasses import dataclass

from preceptor.answers.unreadable import Unreadable

MAX_DIGITS = 40
MAX_LETTERS_IN_A_ROW = 3

FUNCTIONS = frozenset(
    [
        "sin", "cos", "tan", "sec", "csc", "cot", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
        "ln", "log", "exp", "abs", "sqrt", "cbrt",
    ]
)  # fmt: skip
GREEK = {"θ": "theta", "α": "alpha", "β": "beta", "λ": "lambda", "μ": "mu", "σ": "sigma", "ϕ": "phi", "φ": "phi"}
GREEK_NAMES = frozenset(GREEK.values()) | {"gamma", "delta", "omega", "rho", "epsilon", "Delta"}
_GLUED_WORDS = sorted((FUNCTIONS - {"sinh", "cosh", "tanh"}) | {"pi", "theta"}, key=len, reverse=True)
_WHOLE_WORDS = frozenset(["degrees", "degree", "infinity", "inf", "oo", "or", "and"])
WORDS = FUNCTIONS | _WHOLE_WORDS | {"pi", "theta"}

_SIGNS = str.maketrans(
    {
        "−": "-", "–": "-", "—": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "÷": "/", "∕": "/", "⁄": "/",
        "≤": "\x01", "≥": "\x02", "≠": "\x03", "“": " ", "”": " ", "\u00a0": " ", "\u2009": " ", "˚": "°",
        "º": "°", "′": "'", "’": "'", "∣": "|", "（": "(", "）": ")", "，": ",", "＝": "=", "＋": "+",
    }
)  # fmt: skip
_RELATIONS = {"\x01": "<=", "\x02": ">=", "\x03": "!="}
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True))
_FRACTIONS = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅛": "1/8"}
_COMMANDS = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "pm": "±", "leq": "<=", "le": "<=", "geq": ">=", "ge": ">=",
    "neq": "!=", "ne": "!=", "lt": "<", "gt": ">", "infty": "infinity", "cup": "∪", "circ": "°", "degree": "°",
    "%": "%", "{": "{", "}": "}", "lbrace": "{", "rbrace": "}", "vert": "|", "lvert": "|", "rvert": "|", "|": "|",
    "dfrac": "frac", "tfrac": "frac", "frac": "frac", "pi": "pi", "\\": "row",
}  # fmt: skip
_SPACES = frozenset([",", ";", ":", "!", " ", "quad", "qquad", "left", "right", "big", "Big", "$", "displaystyle"])
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([bpv]?matrix)\}")
_OPERATOR_NAME = re.compile(r"\\(?:operatorname|mathrm|text)\s*\{\s*([a-zA-Z]+)\s*\}")
_SUBSCRIPT = re.compile(r"_(?:\{\s*([a-zA-Z0-9]{1,4})\s*\}|([a-zA-Z0-9]))")
_LETTERS = re.compile(r"[a-zA-Z]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+|\d+\.(?!\d)")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?![\d,])(?:\.\d+)?")
_OPERATORS = re.compile(r"\*\*|<=|>=|=<|=>|!=|==|[-+*/^=<>()\[\]{}|,;%°±√∪&]")
_SAME_SIGN = {"**": "^", "=<": "<=", "=>": ">=", "==": "="}


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the text.

    Args:
        kind: "number", "name", "function", "frac", "begin", "end", "row", "eof", or the sign itself.
        text: The number, the name or the sign.
        position: Where it starts.
        spaced: Whether a space stands before it.
    """

    kind: str
    text: str
    position: int
    spaced: bool = False


class Lexer:
    """Turns text into tokens.

    Args:
        text: What was typed, or a key.
        separators: Whether a comma always separates; otherwise 1,200 is one number outside brackets.
    """

    def __init__(self, text: str, *, separators: bool = False) -> None:
        self._text = text.translate(_SIGNS)
        self._at = 0
        self._depth = 0
        self._separators = separators
        self._tokens: list[Token] = []

    def tokens(self) -> list[Token]:
        """Read everything.

        Raises:
            Unreadable: A character, word or number is outside the grammar.
        """
        spaced = False
        while self._at < len(self._text):
            if self._text[self._at].isspace() or self._text[self._at] == "~":
                self._at += 1
                spaced = True
                continue
            count = len(self._tokens)
            self._next(spaced)
            spaced = len(self._tokens) == count
        self._add("eof", "", 0, spaced=spaced)
        return self._tokens

    def _add(self, kind: str, text: str, length: int, *, spaced: bool = False) -> None:
        self._tokens.append(Token(kind, text, self._at, spaced))
        self._at += length

    def _next(self, spaced: bool) -> None:
        sign = self._text[self._at]
        if sign.isascii() and (sign.isdigit() or sign == "."):
            self._number(spaced)
        elif sign.isascii() and sign.isalpha():
            self._letters(spaced)
        elif sign == "\\":
            self._command(spaced)
        elif sign in _RELATIONS:
            self._add(_RELATIONS[sign], sign, 1, spaced=spaced)
        elif sign in _SUPERSCRIPTS:
            self._superscript()
        elif sign in _FRACTIONS:
            self._vulgar_fraction()
        elif sign == "π":
            self._name("pi", 1, spaced)
        elif sign == "∞":
            self._name("oo", 1, spaced)
        elif sign in GREEK:
            self._name(GREEK[sign], 1, spaced)
        else:
            self._operator(spaced)

    def _number(self, spaced: bool) -> None:
        thousands = None if self._separators or self._depth else _THOUSANDS.match(self._text, self._at)
        match = thousands or _NUMBER.match(self._text, self._at)
        if match is None:
            raise Unreadable("A point needs a digit beside it.", self._at)
        digits = match.group().replace(",", "")
        if len(digits) > MAX_DIGITS:
            raise Unreadable("That number is longer than {limit} digits.", self._at, limit=MAX_DIGITS)
        text = "0" + digits if digits.startswith(".") else digits.rstrip(".")
        self._add("number", text, len(match.group()), spaced=spaced)

    def _letters(self, spaced: bool) -> None:
        run = _LETTERS.match(self._text, self._at)
        end = run.end() if run else self._at
        alone = 0
        while self._at < end:
            word = self._known_word(end)
            alone = 0 if word else alone + 1
            if alone > MAX_LETTERS_IN_A_ROW:
                word = self._text[self._at - alone + 1 : end]
                raise Unreadable("I don't know the word “{word}”.", self._at, word=word)
            if word:
                self._word(word, len(word), spaced)
            else:
                self._name(self._text[self._at], 1, spaced)
            spaced = False

    def _known_word(self, end: int) -> str | None:
        """The longest word here; conjunctions, infinity and degrees stand alone, functions may touch letters."""
        rest = self._text[self._at : end]
        if rest.lower() in WORDS and (rest.lower() in FUNCTIONS or not self._text[: self._at][-1:].isalpha()):
            return rest.lower()
        return next((word for word in _GLUED_WORDS if rest.startswith(word)), None)

    def _function(self, name: str, length: int, spaced: bool) -> None:
        base = _SUBSCRIPT.match(self._text, self._at + length) if name == "log" else None
        if base:
            name, length = f"log_{base.group(1) or base.group(2)}", length + len(base.group())
        self._add("function", name, length, spaced=spaced)

    def _word(self, word: str, length: int, spaced: bool) -> None:
        if word in FUNCTIONS:
            self._function(word, length, spaced)
        elif word in ("degree", "degrees"):
            self._add("°", "°", length, spaced=spaced)
        elif word in ("or", "and"):
            self._add(word, word, length, spaced=spaced)
        else:
            self._name("oo" if word in ("infinity", "inf") else word, length, spaced)

    def _name(self, name: str, length: int, spaced: bool) -> None:
        end = self._at + length
        if subscript := _SUBSCRIPT.match(self._text, end):
            name += "_" + (subscript.group(1) or subscript.group(2))
            end = subscript.end()
        while self._text.startswith("'", end):
            name, end = name + "'", end + 1
        self._add("name", name, end - self._at, spaced=spaced)

    def _command(self, spaced: bool) -> None:
        if environment := _ENVIRONMENT.match(self._text, self._at):
            self._add(environment.group(1), environment.group(2), len(environment.group()), spaced=spaced)
            return
        if operator := _OPERATOR_NAME.match(self._text, self._at):
            name, length = operator.group(1), len(operator.group())
        else:
            match = re.compile(r"\\([a-zA-Z]+|.)", re.DOTALL).match(self._text, self._at)
            if match is None:
                raise Unreadable("A backslash needs a command after it.", self._at)
            name, length = match.group(1), len(match.group())
        if name in _SPACES:
            self._at += length
        elif name in FUNCTIONS:
            self._function(name, length, spaced)
        elif name in GREEK_NAMES or name in ("pi", "infty"):
            self._name("oo" if name == "infty" else name, length, spaced)
        elif name in ("degrees", "or", "and"):
            self._word(name, length, spaced)
        elif name in _COMMANDS:
            self._sign(_COMMANDS[name], length, spaced)
        else:
            raise Unreadable("I don't know the command “{name}”.", self._at, name=f"\\{name}")

    def _superscript(self) -> None:
        start = self._at
        while self._at < len(self._text) and self._text[self._at] in _SUPERSCRIPTS:
            self._at += 1
        exponent = "".join(_SUPERSCRIPTS[sign] for sign in self._text[start : self._at])
        digits = exponent.removeprefix("-")
        if not digits.isdigit() or len(digits) > MAX_DIGITS:
            raise Unreadable("I can't read that exponent.", start)
        signs = [("^", "^"), ("-", "-")] if exponent.startswith("-") else [("^", "^")]
        self._tokens += [Token(kind, text, start) for kind, text in [*signs, ("number", digits)]]

    def _vulgar_fraction(self) -> None:
        self._add("vulgar", _FRACTIONS[self._text[self._at]], 1)

    def _operator(self, spaced: bool) -> None:
        match = _OPERATORS.match(self._text, self._at)
        if match is None:
            raise Unreadable("I can't read “{sign}” here.", self._at, sign=self._text[self._at])
        sign = _SAME_SIGN.get(match.group(), match.group())
        self._sign(sign, len(match.group()), spaced)

    def _sign(self, sign: str, length: int, spaced: bool) -> None:
        self._depth = max(0, self._depth + (sign in "([{") - (sign in ")]}"))
        self._add(sign, sign, length, spaced=spaced)
