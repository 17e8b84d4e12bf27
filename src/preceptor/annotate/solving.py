"""Worked steps from our own solver: arithmetic and linear equations, kept only where they end at the key."""

import re
from collections.abc import Iterator
from fractions import Fraction

from preceptor.answers import Unreadable, latex, parse
from preceptor.answers.rational import exact
from preceptor.answers.tree import Binary, Negative, Node, Number, Relation, Symbol, children, walk
from preceptor.domain import Question, QuestionKind, Step

MOST_STEPS = 8
_FORMULA = re.compile(r"(?<!\\)\$([^$]+)\$")
_SIGN, _OPERAND = r"[-+*/^×÷·⋅−]", r"\(*[-−]?(?:\d+[a-zA-Z]?|[a-zA-Z])(?![a-zA-Z\d])\)*"
_PLAIN = re.compile(
    rf"(?<![\w.,(])(?<!\d\s){_OPERAND}(?:(?:\s*(?:{_SIGN}|=)\s*|(?=\()){_OPERAND})+(?![\w(]|\.\d|\s*{_SIGN})"
)
"""Numbers and single letters with signs between, as they stand in a text without dollar signs."""
_DECIMAL = re.compile(r"\d\.\d")
_SOLVED = frozenset([QuestionKind.NUMBER, QuestionKind.FRACTION, QuestionKind.EXPRESSION, QuestionKind.SOLUTIONS,
                     QuestionKind.EQUATION])  # fmt: skip


def solved(question: Question) -> tuple[Step, ...]:
    """Steps to the key, where the question holds exactly one formula that can be worked out; else none.

    Formulas stand between dollar signs. In a text without any, a chain of numbers, single letters and signs is one.
    A sum, difference, product, quotient or power of numbers is worked out operation by operation in exact fractions.
    A linear equation in one unknown is brought to m·x = n and divided by m. Decimals are left alone: worked out as
    fractions they would not be steps of the one who asks.
    """
    if question.kind not in _SOLVED or question.language != "en" or _DECIMAL.search(question.text):
        return ()
    formulas = (_FORMULA if "$" in question.text else _PLAIN).findall(question.text)
    found = [steps for formula in formulas if (steps := _steps(_read(formula), question.key))]
    return found[0] if len(found) == 1 else ()


def _read(formula: str) -> Node | None:
    try:
        return parse(formula)
    except Unreadable:
        return None


def _steps(asked: Node | None, key: str) -> tuple[Step, ...]:
    if isinstance(asked, Relation) and asked.operators == ("=",):
        return _of_equation(asked, key)
    value = None if asked is None else exact(asked)
    right = _value_of(key)
    if asked is None or value is None or right != value or not isinstance(asked, Binary | Negative):
        return ()
    told = tuple(_of_arithmetic(asked))
    return told if 0 < len(told) <= MOST_STEPS else ()


def _value_of(key: str) -> Fraction | None:
    """The number a key says, also as x = 3 or {3}."""
    tree = _read(key.strip().strip("$").removeprefix("{").removesuffix("}"))
    if isinstance(tree, Relation) and len(tree.sides) == 2 and isinstance(tree.sides[0], Symbol):
        tree = tree.sides[1]
    return None if tree is None else exact(tree)


def _of_arithmetic(node: Node) -> Iterator[Step]:
    """One step for every operation, the innermost first."""
    for child in children(node):
        yield from _of_arithmetic(child)
    if isinstance(node, Binary) and not _is_plain_fraction(node):
        left, right, value = exact(node.left), exact(node.right), exact(node)
        if left is not None and right is not None and value is not None:
            worked = Binary(node.operator, _number(left), _number(right))
            yield Step(f"Work out ${latex(worked)} = {latex(_number(value))}$.", (), str(value))


def _is_plain_fraction(node: Binary) -> bool:
    """A number already: whole numbers, in lowest terms, with a bar between."""
    if node.operator != "/" or not isinstance(node.left, Number) or not isinstance(node.right, Number):
        return False
    value = exact(node)
    return value is not None and value.denominator > 1 and node.right.text == str(value.denominator)


def _of_equation(equation: Relation, key: str) -> tuple[Step, ...]:
    names = {part.name for part in walk(equation) if isinstance(part, Symbol)}
    if len(names) != 1:
        return ()
    name = next(iter(names))
    values = [_difference(equation, name, Fraction(at)) for at in (0, 1, 2, 5)]
    at = [value for value in values if value is not None]
    if len(at) < 4:
        return ()
    slope, constant = at[1] - at[0], at[0]
    linear = at[2] == constant + 2 * slope and at[3] == constant + 5 * slope
    if not linear or slope == 0 or _value_of(key) != -constant / slope:
        return ()
    root, unknown = -constant / slope, Symbol(name)
    gathered = Relation(("=",), (_times(slope, unknown), _number(-constant)))
    steps = [] if slope == 1 else [
        Step(f"Bring ${name}$ to one side and the numbers to the other: ${latex(gathered)}$.", (), latex(gathered))
    ]  # fmt: skip
    last = Relation(("=",), (unknown, _number(root)))
    by = "Bring the numbers to the other side" if slope == 1 else f"Divide both sides by ${latex(_number(slope))}$"
    return (*steps, Step(f"{by}: ${latex(last)}$.", (), latex(last)))


def _difference(equation: Relation, name: str, value: Fraction) -> Fraction | None:
    left, right = (exact(_put(side, name, _number(value))) for side in equation.sides)
    return None if left is None or right is None else left - right


def _put(node: Node, name: str, value: Node) -> Node:
    match node:
        case Symbol(found) if found == name:
            return value
        case Negative(inner):
            return Negative(_put(inner, name, value))
        case Binary(operator, left, right):
            return Binary(operator, _put(left, name, value), _put(right, name, value))
    return node


def _times(factor: Fraction, unknown: Node) -> Node:
    return unknown if factor == 1 else Negative(unknown) if factor == -1 else Binary("*", _number(factor), unknown)


def _number(value: Fraction) -> Node:
    if value < 0:
        return Negative(_number(-value))
    if value.denominator == 1:
        return Number(str(value.numerator))
    return Binary("/", Number(str(value.numerator)), Number(str(value.denominator)))
