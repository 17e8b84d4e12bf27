"""Walks over tokens and counts how deep the reading is."""

from preceptor.answers.limits import MAX_DEPTH
from preceptor.answers.tokens import Token
from preceptor.answers.unreadable import Part, Unreadable


class Cursor:
    """A position in a list of tokens that ends with "eof".

    Args:
        tokens: What the lexer cut.
    """

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _peek(self, ahead: int) -> Token:
        return self._tokens[min(self._at + ahead, len(self._tokens) - 1)]

    def _take(self, kind: str = "") -> Token:
        token = self._token
        if kind and token.kind != kind:
            raise self._expected(kind)
        self._at += token.kind != "eof"
        return token

    def _expected(self, sign: str) -> Unreadable:
        return self._unexpected("I expected “{sign}” here, but found {found}.", sign=sign)

    def _unexpected(self, template: str, **parts: Part) -> Unreadable:
        found: Part = ("the end",) if self._token.kind == "eof" else f"“{self._token.text}”"
        return Unreadable(template, self._token.position, found=found, **parts)

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Unreadable("That is nested more than {limit} levels deep.", self._token.position, limit=MAX_DEPTH)

    def _fraction_ahead(self) -> tuple[str, str] | None:
        r"""Take 3/4 or \frac{3}{4} if it stands right behind a whole number."""
        shapes = (("number", "/", "number"), ("frac", "{", "number", "}", "{", "number", "}"))
        for shape in shapes:
            ahead = [self._peek(i) for i in range(len(shape))]
            numbers = [token.text for token in ahead if token.kind == "number"]
            if tuple(token.kind for token in ahead) == shape and not any("." in number for number in numbers):
                self._at += len(shape)
                return numbers[0], numbers[1]
        return None
