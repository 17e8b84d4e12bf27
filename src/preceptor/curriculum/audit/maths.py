"""Reads the course's mathematics a second time, with sympy, independently of how it was written.

Only texts of this package are read here, never what students or models write.
"""

import re
import statistics
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import sympy
from sympy.core.relational import Relational

LETTERS = {name: sympy.Symbol(name) for name in "abcdhklmnpqrstvwxyz"}
_FRACTION = re.compile(r"(?<![\d.])(\d*)\\frac\{([^{}]+)\}\{([^{}]+)\}")
_POWER = re.compile(r"\^\{([^{}\\]+)\}")
_ROOT = re.compile(r"\\sqrt\{([^{}]+)\}")
_POINT = re.compile(r"\(([^(),]+), ([^(),]+)\)")
_RELATION = re.compile(r"(\\approx|\\neq|\\leq|\\geq|\\le|\\ge|=|<|>)")
_CLOCK = re.compile(r"(\d+)\\text\{:\}([0-5]\d)(?!\d)")
_PROSE = ("\\text", "\\begin", "?", "\\square", "\\mid", "\\ldots")
_WRITTEN = {
    r"^\circ": "",
    r"^{\circ}": "",
    r"\%": "/100",
    r"\times": "*",
    r"\cdot": "*",
    r"\div": "/",
    r"\left": "",
    r"\right": "",
    r"\,": "",
    r"\pi": "(pi)",
    "−": "-",
    "$": "",
}
APPROXIMATELY = 0.02


def evaluate(python: str) -> Any:
    """Evaluate a formula of this package, every number exact."""
    exact = re.sub(r"(?<![\w.'\[])\d+(?:\.\d+)?", r"Rational('\g<0>')", python)
    return eval(exact, {"__builtins__": {}, **_NAMES, **LETTERS})


@lru_cache(maxsize=4096)
def read(latex: str) -> Any:
    """Read LaTeX or answer syntax as a sympy expression; a time of day is read in minutes, a point as a pair.

    Raises:
        SyntaxError: It is no single expression.
    """
    if point := _POINT.fullmatch(latex):
        return read(point[1]), read(point[2])
    text = _CLOCK.sub(r"(\1*60+\2)", latex.replace("{,}", ""))
    text = _POWER.sub(r"**(\1)", text)  # their braces would hide a fraction or root around them
    while (shorter := _FRACTION.sub(r"(\1+(\2)/(\3))", text)) != text:
        text = shorter
    text = text.replace("(+", "(0+")
    text = _ROOT.sub(r"sqrt(\1)", text)
    for written, meant in _WRITTEN.items():
        text = text.replace(written, meant)
    text = re.sub(r"\^\{([^{}]+)\}", r"**(\1)", text).replace("^", "**")
    text = re.sub(r"\|([^|]*)\|", r"Abs(\1)", text)
    text = re.sub(r"([\d)])\s*(?=[a-z(])", r"\1*", text)
    text = re.sub(r"(?<![a-z])([a-z])(?=\()", r"\1*", text)
    text = re.sub(r"(?<![a-z])([a-z]{2})(?![a-z(])", lambda m: m[1] if m[1] == "pi" else "*".join(m[1]), text)
    if not text.strip() or "," in text or "{" in text:
        raise SyntaxError(latex)
    return evaluate(text)


def formulas(text: str) -> list[str]:
    """The formulas of a text, without those that hold words, tables or gaps to fill."""
    parts = text.split("$")[1::2]
    return [part for part in parts if not any(sign in _CLOCK.sub("", part) for sign in _PROSE)]


def relations(formula: str) -> list[tuple[str, str, str]]:
    """Split a chain such as `1 < 2 = 4 - 2` into left side, sign and right side."""
    parts = _RELATION.split(formula)
    return [(parts[i].strip(), parts[i + 1], parts[i + 2].strip()) for i in range(0, len(parts) - 2, 2)]


def sides(formula: str) -> list[str]:
    """All sides of a chain of relations."""
    return [part.strip() for part in _RELATION.split(formula)[0::2]]


def holds(left: str, sign: str, right: str, meanings: Iterable[dict[Any, Any]]) -> bool:
    """Whether a relation is true identically or for one of the meanings of its letters."""
    difference = sympy.sympify(read(left) - read(right))
    # What holds identically mostly shows at once, what holds for the solution becomes a number: searching for a
    # hidden identity is slow and comes last.
    known = ({}, *meanings)
    if sign == "=" and any(sympy.expand(difference.subs(meaning)) == 0 for meaning in known):
        return True
    return any(_true(sympy.expand(difference.subs(meaning)), sign, right) for meaning in known)


def _true(difference: Any, sign: str, right: str) -> bool:
    if sign == "=":
        return _vanishes(difference)
    if difference.free_symbols:
        return True  # an inequality with a letter restates the question; its solution is checked with the key
    if sign == r"\approx":
        return abs(float(difference)) <= APPROXIMATELY * max(1.0, abs(float(read(right))))
    return bool(
        {
            r"\neq": difference != 0,
            "<": difference < 0,
            ">": difference > 0,
            r"\le": difference <= 0,
            r"\leq": difference <= 0,
            r"\ge": difference >= 0,
            r"\geq": difference >= 0,
        }[sign]
    )


def equal(first: Any, second: Any) -> bool:
    """Whether two numbers, expressions, equations, relations or collections mean the same."""
    if isinstance(first, sympy.Eq) or isinstance(second, sympy.Eq):
        same_type = isinstance(first, sympy.Eq) and isinstance(second, sympy.Eq)
        return same_type and equal(first.lhs, second.lhs) and equal(first.rhs, second.rhs)
    if isinstance(first, Relational) or isinstance(second, Relational):
        return isinstance(first, Relational) and isinstance(second, Relational) and _ray(first) == _ray(second)
    if isinstance(first, (set, frozenset, list, tuple)) or isinstance(second, (set, frozenset, list, tuple)):
        return type(first) is type(second) and _collections_equal(first, second)
    return _vanishes(sympy.sympify(first) - sympy.sympify(second))


def _vanishes(difference: Any) -> bool:
    """Whether an expression is 0; of a plain number that is seen without simplifying it."""
    if difference == 0 or getattr(difference, "is_Rational", False):
        return bool(difference == 0)
    return bool(sympy.simplify(difference) == 0)


def _collections_equal(first: Any, second: Any) -> bool:
    if isinstance(first, (set, frozenset)):
        return bool(first == second)
    return len(first) == len(second) and all(equal(a, b) for a, b in zip(first, second, strict=True))


def _ray(relation: Relational) -> tuple[Any, bool, bool]:
    """Boundary of a linear inequality in x, whether it holds to the right of it, and whether on it."""
    x = LETTERS["x"]
    boundary = sympy.solve(relation.lhs - relation.rhs, x)[0]
    return boundary, bool(relation.subs(x, boundary + 1)), bool(relation.subs(x, boundary))


def _solve(equation: Any, *letters: Any) -> Any:
    """The only solution of an equation; for a system the tuple of the letters' values."""
    found = _solutions(equation, *letters)
    if len(found) != 1:
        raise ValueError(f"{equation} has {len(found)} solutions")
    return next(iter(found))


def _solutions(equation: Any, *letters: Any) -> Any:
    """The solution set of an equation or of a list of equations; the string R if everything solves it."""
    unknown = letters or (LETTERS["x"],)
    if equation in (True, sympy.true):
        return "R"
    if equation in (False, sympy.false):
        return frozenset()
    found = sympy.solve(equation, *unknown, dict=True)
    if found == [{}]:
        return "R"
    values = [tuple(solution[letter] for letter in unknown) for solution in found]
    return frozenset(value if len(unknown) > 1 else value[0] for value in values)


def _largest(**values: Any) -> str:
    """The name of the largest value."""
    best = [name for name, value in values.items() if value == max(values.values())]
    if len(best) != 1:
        raise ValueError(f"{best} are equally large")
    return best[0]


_NAMES: dict[str, Any] = {
    **{name: getattr(sympy, name) for name in ("Rational", "Integer", "Abs", "Max", "Min", "gcd", "lcm", "divisors")},
    **{name: getattr(sympy, name) for name in ("sqrt", "pi", "expand", "floor", "ceiling")},
    "Eq": sympy.Eq,
    "solve": _solve,
    "solutions": _solutions,
    "largest": _largest,
    "median": statistics.median,
    "sorted": sorted,
    "min": min,
    "max": max,
    "sum": sum,
    "len": len,
    "abs": abs,
    "round": lambda value, places=0: sympy.floor(value * 10**places + sympy.Rational(1, 2)) / 10**places,
    "true": sympy.true,
    "false": sympy.false,
}
