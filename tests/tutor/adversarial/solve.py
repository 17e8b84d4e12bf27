"""The examiner's own arithmetic: says from `solved.json` whether a value equals a question's solution.

It shares nothing with the product's checker: sympy and fractions over formulas written by hand from the stems.
"""

import json
from fractions import Fraction
from pathlib import Path

import sympy

SOLVED = json.loads((Path(__file__).parent / "solved.json").read_text())


def exact(text: str) -> sympy.Expr:
    """An expression in exact numbers: 0.5 is one half."""
    names = {"gcd": sympy.gcd, "round": lambda value: sympy.floor(value + sympy.Rational(1, 2)), "sorted": sorted}
    return sympy.sympify(text, locals=names, rational=True)


def equal(question: str, value: str) -> bool:
    """Whether `value`, in the notation of this folder, is the question's solution."""
    form, solution = SOLVED[question]["form"], SOLVED[question]["solution"]
    if form == "choice":
        return value == "key"
    if form == "set":
        return _entries(value) == _entries(solution)
    if form == "order":
        return _ordered(value) == _ordered(solution)
    return sympy.expand(exact(value) - exact(solution)) == 0


def _entries(text: str) -> set[str]:
    if text.startswith("(") or text in ("", "R"):
        return {text} - {""}
    return {str(Fraction(part)) for part in text.split(",")}


def _ordered(text: str) -> list[Fraction]:
    return [Fraction(part) for part in text.split(",")]
