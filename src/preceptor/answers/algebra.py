"""Algebra with sympy. Only the worker process imports this: sympy can hang, and the process can be killed."""

from functools import cache
from typing import Any

import sympy

from preceptor.answers.numeric import is_letter, sample_points, variables
from preceptor.answers.quick import NeedsAlgebraError, QuickAlgebra
from preceptor.answers.rational import exact
from preceptor.answers.tree import Binary, Call, Mixed, Negative, Node, Number, Suffixed, Symbol, walk

_DIGITS = 50
_SHOWN_DIGITS = 6
_ZERO = sympy.Float(10) ** -40
_CONSTANTS = {"pi": sympy.pi, "e": sympy.E, "i": sympy.I}
_FUNCTIONS = {
    "sin": sympy.sin, "cos": sympy.cos, "tan": sympy.tan, "sec": sympy.sec, "csc": sympy.csc, "cot": sympy.cot,
    "arcsin": sympy.asin, "arccos": sympy.acos, "arctan": sympy.atan, "sinh": sympy.sinh, "cosh": sympy.cosh,
    "tanh": sympy.tanh, "ln": sympy.log, "abs": sympy.Abs,
}  # fmt: skip


class SymbolicAlgebra:
    """Confirms by expansion, else by values to fifty digits at several points.

    A form that `simplify` fails to bring to zero proves nothing, and it may take minutes; fifty equal digits of two
    short expressions at random points do not happen by chance.
    """

    def __init__(self) -> None:
        self._quick = QuickAlgebra()

    def same(self, key: Node, response: Node) -> bool:
        """Whether two expressions have the same value at all positive points."""
        try:
            return self._quick.same(key, response)
        except NeedsAlgebraError:
            difference = build(key) - build(response)
            return bool(sympy.expand(difference) == 0) or _vanishes(difference, variables(key, response))

    def proportional(self, key: Node, response: Node, *, positive: bool) -> bool:
        """Whether one expression is a constant times the other; the quick check has settled the sign."""
        try:
            return self._quick.proportional(key, response, positive=positive)
        except NeedsAlgebraError:
            first, second = build(key), build(response)
            names = variables(key, response)
            at = _point(names, 0)
            crossed = first * second.subs(at) - second * first.subs(at)
            return bool(sympy.expand(crossed) == 0) or _vanishes(crossed, names)


def value_text(node: Node) -> str:
    """The value of an expression as text: a fraction, six significant digits, or a polynomial multiplied out.

    Raises:
        ValueError: There is no finite value, or it is no polynomial: algebra here knows positive variables only, and
            what holds for these alone is no value.
    """
    value = sympy.expand(build(node))
    if value.is_number:
        if not value.is_finite:
            raise ValueError(node)
        return str(value) if value.is_Rational else f"≈ {value.evalf(_SHOWN_DIGITS)}".replace("I", "i")
    if not value.is_polynomial() or any(isinstance(part, Call) for part in walk(node)):
        raise ValueError(node)
    return str(value).replace("**", "^")


@cache
def _symbol(name: str) -> Any:
    return sympy.Symbol(name, positive=True)


def _point(names: list[str], index: int) -> dict[Any, Any]:
    point = sample_points(names, signed=False)[index]
    return {_symbol(name): sympy.Rational(str(round(value, 4))) for name, value in point.items()}


def _vanishes(expression: Any, names: list[str]) -> bool:
    points = [_point(names, index) for index in range(len(sample_points(names, signed=False)))]
    values = [expression.subs(point).evalf(_DIGITS, maxn=200) for point in points]
    finite = [value for value in values if value.is_number and value.is_finite]
    return bool(finite) and all(abs(value) < _ZERO for value in finite)


def build(node: Node) -> Any:
    """Build a sympy expression from a tree by constructors alone.

    Raises:
        ValueError: The tree holds a list or an equation.
    """
    match node:
        case Number() | Mixed():
            value = exact(node)
            return sympy.nan if value is None else sympy.Rational(value.numerator, value.denominator)
        case Symbol(name):
            return _CONSTANTS[name] if name in _CONSTANTS else _symbol(name)
        case Negative(value):
            return -build(value)
        case Suffixed(sign, value):
            return build(value) * (sympy.pi / 180 if sign == "°" else sympy.Rational(1, 100))
        case Binary(operator, left, right):
            return _operation(operator, build(left), build(right))
        case Call():
            return _called(node)
    raise ValueError(node)


def _operation(operator: str, left: Any, right: Any) -> Any:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
    return _power(left, right)


def _power(base: Any, exponent: Any) -> Any:
    odd_root = exponent.is_Rational and exponent.q % 2 == 1 and exponent.q > 1
    if odd_root and base.is_number and base.is_negative:
        return (-1) ** exponent.p * (-base) ** exponent
    return base**exponent


def _called(node: Call) -> Any:
    values = [build(part) for part in node.arguments]
    if node.name == "root":
        degree, radicand = values
        return _power(radicand, 1 / degree)
    if node.name == "log":
        base, value = values
        return sympy.log(value, base)
    if is_letter(node):
        return sympy.Mul(_symbol(node.name), *values)
    return _FUNCTIONS[node.name](values[0])
