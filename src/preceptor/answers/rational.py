"""Exact values: what `fractions.Fraction` can decide without algebra."""

from fractions import Fraction

from preceptor.answers.tree import Binary, Call, Mixed, Negative, Node, Number, Suffixed

MAX_BITS = 4096


def exact(node: Node) -> Fraction | None:
    """The rational value of a tree.

    Args:
        node: Any tree.

    Returns:
        The value; None where the tree is not a plain rational number, divides by zero or is too large.
    """
    match node:
        case Number(text):
            return Fraction(text)
        case Mixed(whole, numerator, denominator):
            return None if int(denominator) == 0 else int(whole) + Fraction(int(numerator), int(denominator))
        case Negative(value):
            inner = exact(value)
            return None if inner is None else -inner
        case Suffixed("%", value):
            inner = exact(value)
            return None if inner is None else inner / 100
        case Call("abs", (value,)):
            inner = exact(value)
            return None if inner is None else abs(inner)
        case Binary(operator, left, right):
            first, second = exact(left), exact(right)
            return None if first is None or second is None else _combine(operator, first, second)
    return None


def _combine(operator: str, left: Fraction, right: Fraction) -> Fraction | None:
    if operator == "+":
        return left + right
    if operator == "-":
        return left - right
    if operator == "*":
        return left * right
    if operator == "/":
        return None if right == 0 else left / right
    return _power(left, right) if operator == "^" else None


def _power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if exponent.denominator != 1 or (base == 0 and exponent <= 0):
        return None
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    return None if bits * abs(exponent) > MAX_BITS else base**exponent.numerator


def decimals(node: Node) -> int | None:
    """How many decimals a plain decimal number was written with.

    Returns:
        The count, 0 for whole numbers; None for anything that is not one written number with an optional sign.
    """
    if isinstance(node, Negative):
        return decimals(node.value)
    if not isinstance(node, Number):
        return None
    return len(node.text.partition(".")[2])


def terminates(value: Fraction) -> bool:
    """Whether the decimal expansion of `value` ends."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1
