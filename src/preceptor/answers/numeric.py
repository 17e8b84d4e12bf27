"""Values of trees at sample points: enough to see that two expressions differ, never to prove them equal."""

import cmath
import math
import random
from collections.abc import Callable, Mapping
from fractions import Fraction

from preceptor.answers.rational import exact
from preceptor.answers.tree import Binary, Call, Mixed, Negative, Node, Number, Suffixed, Symbol, walk

CONSTANTS: Mapping[str, complex] = {"pi": math.pi, "e": math.e, "i": 1j}
_POINTS = 6
_TOLERANCE = 1e-8
_SMALLEST = 1e-2

_FUNCTIONS: dict[str, Callable[[complex], complex]] = {
    "sin": cmath.sin, "cos": cmath.cos, "tan": cmath.tan, "arcsin": cmath.asin, "arccos": cmath.acos,
    "arctan": cmath.atan, "sinh": cmath.sinh, "cosh": cmath.cosh, "tanh": cmath.tanh, "ln": cmath.log, "abs": abs,
    "sec": lambda z: 1 / cmath.cos(z), "csc": lambda z: 1 / cmath.sin(z), "cot": lambda z: 1 / cmath.tan(z),
}  # fmt: skip


class UndefinedValueError(ArithmeticError):
    """The tree has no value at a point: division by zero, a logarithm of 0, infinity, an overflow."""


def variables(*nodes: Node) -> list[str]:
    """Names of the variables, sorted; constants left out."""
    found = {part.name for node in nodes for part in walk(node) if isinstance(part, Symbol)}
    found |= {part.name for node in nodes for part in walk(node) if isinstance(part, Call) and is_letter(part)}
    return sorted(found - set(CONSTANTS) - {"oo"})


def is_letter(call: Call) -> bool:
    """Whether the call is a named function such as f(x) and not a known one."""
    return call.name not in _FUNCTIONS and call.name not in ("root", "log")


def sample_points(names: list[str], *, signed: bool) -> list[dict[str, float]]:
    """Fixed pseudo-random points.

    Args:
        names: The variables.
        signed: Whether coordinates may be negative; otherwise all are positive.
    """
    rng = random.Random(7 if signed else 5)
    low = -6.0 if signed else 0.4
    return [{name: rng.uniform(low, 6.0) for name in names} for _ in range(_POINTS if names else 1)]


def value_at(node: Node, point: Mapping[str, float]) -> complex:
    """Evaluate a tree in double precision; roots with odd degree of negative reals are real.

    Raises:
        UndefinedValueError: There is no finite value.
    """
    try:
        value = _value(node, point)
    except (ArithmeticError, ValueError) as error:
        raise UndefinedValueError from error
    if not cmath.isfinite(value):
        raise UndefinedValueError
    return value


def differ(left: complex, right: complex) -> bool:
    """Whether two values are further apart than double precision can blur."""
    return abs(left - right) > _TOLERANCE * max(_SMALLEST, abs(left), abs(right))


def is_real(value: complex) -> bool:
    """Whether the imaginary part is only rounding noise."""
    return abs(value.imag) <= _TOLERANCE * max(_SMALLEST, abs(value))


def _value(node: Node, point: Mapping[str, float]) -> complex:
    match node:
        case Number() | Mixed():
            return complex(float(exact(node) or 0))
        case Symbol(name):
            if name == "oo":
                raise UndefinedValueError
            return CONSTANTS[name] if name in CONSTANTS else complex(point[name])
        case Negative(value):
            return -_value(value, point)
        case Suffixed(sign, value):
            return _value(value, point) * (math.pi / 180 if sign == "°" else 0.01)
        case Binary(operator, left, right):
            return _operation(operator, left, right, point)
        case Call():
            return _called(node, point)
    raise UndefinedValueError


def _operation(operator: str, left: Node, right: Node, point: Mapping[str, float]) -> complex:
    first, second = _value(left, point), _value(right, point)
    match operator:
        case "+":
            return first + second
        case "-":
            return first - second
        case "*":
            return first * second
        case "/":
            return first / second
        case "^":
            return _power(first, second, exact(right))
    raise UndefinedValueError


def _power(base: complex, exponent: complex, ratio: Fraction | None) -> complex:
    if ratio is not None and ratio.denominator % 2 and ratio.denominator > 1 and base.imag == 0 and base.real < 0:
        sign = -1 if ratio.numerator % 2 else 1
        return sign * complex(-base.real) ** exponent
    if ratio is not None and ratio.denominator == 1:
        return base**ratio.numerator
    return base**exponent


def _called(node: Call, point: Mapping[str, float]) -> complex:
    values = [_value(part, point) for part in node.arguments]
    if node.name == "root":
        degree, radicand = values
        return _power(radicand, 1 / degree, 1 / (exact(node.arguments[0]) or Fraction(1, 2)))
    if node.name == "log":
        base, value = values
        return cmath.log(value) / cmath.log(base)
    if is_letter(node):
        return math.prod(values, start=complex(point[node.name]))
    return complex(_FUNCTIONS[node.name](values[0]))
