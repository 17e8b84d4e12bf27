"""Reads tokens into a tree by recursive descent. Nothing typed ever reaches an evaluator of code."""

from preceptor.answers.cursor import Cursor
from preceptor.answers.limits import check_growth, expand_plus_minus
from preceptor.answers.tokens import Lexer, Token
from preceptor.answers.tree import Binary, Call, Collection, Mixed, Negative, Node, Number, Relation, Suffixed, Symbol
from preceptor.answers.unreadable import Unreadable

MAX_CHARS = 200
MAX_KEY_CHARS = 600

_RELATIONS = frozenset(["=", "!=", "<", ">", "<=", ">="])
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_STARTS = frozenset(["number", "vulgar", "name", "function", "frac", "begin", "(", "[", "{", "|", "√"])
_CONSTANTS = frozenset(["pi", "e", "i", "oo"])


def parse(text: str, *, separators: bool = False, max_chars: int = MAX_CHARS) -> Node:
    """Read typed mathematics, plain or in a small part of LaTeX.

    Args:
        text: What was typed.
        separators: Whether every comma separates; otherwise 1,200 is one number outside brackets.
        max_chars: The longest text that is read.

    Returns:
        The tree; 3 ± 2 becomes the list 5, 1 unevaluated.

    Raises:
        Unreadable: The text lies outside the grammar or its limits; with a sentence for the student.
    """
    if len(text) > max_chars:
        raise Unreadable("That is longer than {limit} characters.", max_chars, limit=max_chars)
    tokens = Lexer(text, separators=separators).tokens()
    if len(tokens) == 1:
        raise Unreadable("Type an answer first.")
    return expand_plus_minus(_Parser(tokens).statement())


class _Parser(Cursor):
    """One method per rule of the grammar, loosest binding first."""

    def __init__(self, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self._bars = 0

    def statement(self) -> Node:
        node = self._items("eof")
        if self._token.kind != "eof":
            raise self._unexpected("I can't read on from here, but found {found}.")
        return node

    def _items(self, closing: str) -> Node:
        """Values separated by commas, semicolons, `or`, `and`; a single one stands for itself."""
        items = [self._union()]
        joined = False
        while self._token.kind in (",", ";", "or", "and"):
            separator = self._take().kind
            if separator in (",", ";") and self._token.kind in ("or", "and"):
                separator = self._take().kind
            joined = joined or separator == "and"
            if self._token.kind == closing:
                break
            items.append(self._union())
        if len(items) == 1:
            return items[0]
        both = joined and all(isinstance(item, Relation) and "=" not in item.operators for item in items)
        return Collection("and" if both else "", "", tuple(items))

    def _union(self) -> Node:
        node = self._relation()
        parts = [node]
        while self._token.kind == "∪" or (self._token.text == "U" and isinstance(parts[-1], Collection)):
            self._take()
            parts.append(self._relation())
        return node if len(parts) == 1 else Collection("∪", "", tuple(parts))

    def _relation(self) -> Node:
        sides, operators = [self._sum()], []
        while self._token.kind in _RELATIONS:
            operators.append(self._take().kind)
            sides.append(self._sum())
        return sides[0] if not operators else Relation(tuple(operators), tuple(sides))

    def _sum(self) -> Node:
        if self._token.kind == "±":
            self._take()
            node: Node = Binary("±", Number("0"), self._operand(self._term()))
        else:
            node = self._term()
        while self._token.kind in ("+", "-", "±"):
            operator = self._take().kind
            node = Binary(operator, self._operand(node), self._operand(self._term()))
        return node

    def _term(self) -> Node:
        node = self._factor()
        while True:
            if self._token.kind in ("*", "/"):
                operator = self._take().kind
                node = Binary(operator, self._operand(node), self._operand(self._factor()))
            elif self._continues(node):
                node = Binary("*", node, self._operand(self._power()))
            else:
                return node

    def _continues(self, node: Node) -> bool:
        """Whether the next token multiplies `node` without a sign."""
        token = self._token
        if isinstance(node, Collection | Relation) or token.kind not in _STARTS:
            return False
        if token.kind == "|":
            return not self._bars
        if token.kind in ("number", "vulgar"):
            raise Unreadable("Two numbers stand side by side; put a sign between them.", token.position)
        return True

    def _operand(self, node: Node) -> Node:
        if isinstance(node, Collection | Relation):
            raise Unreadable("A list or an equation can't be calculated with.", self._token.position)
        return node

    def _factor(self) -> Node:
        if self._token.kind not in ("-", "+"):
            return self._power()
        sign = self._take().kind
        self._enter()
        value = self._operand(self._factor())
        self._depth -= 1
        return Negative(value) if sign == "-" else value

    def _power(self) -> Node:
        node = self._suffixed(self._primary())
        while self._token.kind == "^":
            position = self._take().position
            if self._degree_exponent():
                node = Suffixed("°", self._operand(node))
                continue
            self._enter()
            exponent = self._operand(self._factor())
            self._depth -= 1
            power = Binary("^", self._operand(node), exponent)
            check_growth(power, position)
            node = power
        return node

    def _degree_exponent(self) -> bool:
        braced = self._token.kind == "{" and self._peek(1).kind == "°" and self._peek(2).kind == "}"
        plain = self._token.kind == "°"
        self._at += 3 if braced else int(plain)
        return braced or plain

    def _suffixed(self, node: Node) -> Node:
        while self._token.kind in ("%", "°"):
            node = Suffixed(self._take().kind, self._operand(node))
        return node

    def _primary(self) -> Node:
        token = self._token
        match token.kind:
            case "number" | "vulgar":
                return self._number()
            case "name":
                return self._name()
            case "function":
                return self._call()
            case "√":
                self._take()
                return self._root(None)
            case "frac":
                self._take()
                return Binary("/", self._braced(), self._braced())
            case "begin":
                return self._matrix()
            case "|":
                return self._absolute()
            case "(" | "[" | "{":
                return self._group()
        raise self._unexpected("I expected a number or a letter here, but found {found}.")

    def _number(self) -> Node:
        first = self._take()
        whole = first.kind == "number" and "." not in first.text
        if first.kind == "vulgar":
            above, below = first.text.split("/")
            return Binary("/", Number(above), Number(below))
        if whole and self._token.kind == "vulgar":
            return Mixed(first.text, *self._take().text.split("/"))
        if whole and (parts := self._fraction_ahead()):
            return Mixed(first.text, *parts)
        return Number(first.text)

    def _name(self) -> Node:
        token = self._take()
        letter = token.text in ("f", "g", "h") or (len(token.text) == 1 and token.text.isupper())
        argument = self._peek(1)
        if (
            letter
            and (self._token.kind, argument.kind, self._peek(2).kind) == ("(", "name", ")")
            and argument.text not in _CONSTANTS
        ):
            self._at += 3
            return Call(token.text, (Symbol(argument.text),))
        return Symbol(token.text)

    def _call(self) -> Node:
        name = self._take().text
        self._enter()
        if name in ("sqrt", "cbrt"):
            node = self._root(Number("3") if name == "cbrt" else None)
        else:
            exponent = self._function_exponent()
            node = self._applied(name, self._argument())
            node = node if exponent is None else Binary("^", node, exponent)
        self._depth -= 1
        return node

    def _applied(self, name: str, argument: Node) -> Node:
        if name == "exp":
            return Binary("^", Symbol("e"), argument)
        function, _, base = name.partition("_")
        if function != "log":
            return Call(name, (argument,))
        lowest: Node = Number(base or "10") if not base or base.isdigit() else Symbol(base)
        return Call("log", (lowest, argument))

    def _function_exponent(self) -> Node | None:
        if self._token.kind != "^":
            return None
        self._take()
        return self._operand(self._primary())

    def _argument(self) -> Node:
        """What a function applies to: a group, or the letters and numbers that follow it."""
        if self._token.kind in ("(", "[", "{"):
            return self._operand(self._group())
        node = self._power()
        while self._token.kind in _STARTS - {"function", "|", "number", "vulgar", "("}:
            node = Binary("*", self._operand(node), self._operand(self._power()))
        return self._operand(node)

    def _root(self, degree: Node | None) -> Node:
        self._enter()
        if self._token.kind == "[":
            self._take()
            degree = self._operand(self._sum())
            self._take("]")
        value = self._operand(self._primary())
        self._depth -= 1
        return Call("root", (degree or Number("2"), value))

    def _braced(self) -> Node:
        if self._token.kind != "{":
            raise self._expected("{")
        return self._operand(self._group())

    def _absolute(self) -> Node:
        self._take()
        self._enter()
        self._bars += 1
        node = self._operand(self._sum())
        self._take("|")
        self._bars -= 1
        self._depth -= 1
        return Call("abs", (node,))

    def _group(self) -> Node:
        opening = self._take().kind
        self._enter()
        bars, self._bars = self._bars, 0
        node = self._items(_CLOSING[opening])
        mixed = opening != "{" and self._token.kind in (")", "]")
        closing = self._take("" if mixed else _CLOSING[opening]).kind
        self._bars = bars
        self._depth -= 1
        if isinstance(node, Collection) and node.opening == "":
            return Collection(opening, closing, node.items)
        if closing != _CLOSING[opening]:
            raise Unreadable("The brackets don't match.", self._token.position)
        return node

    def _matrix(self) -> Node:
        self._take("begin")
        self._enter()
        rows: list[list[Node]] = [[]]
        while True:
            rows[-1].append(self._operand(self._sum()))
            separator = self._take().kind
            if separator == "row":
                rows.append([])
            elif separator == "end":
                break
            elif separator != "&":
                raise Unreadable("I can't read that matrix.", self._token.position)
        self._depth -= 1
        return Collection("[", "]", tuple(Collection("[", "]", tuple(row)) for row in rows))
