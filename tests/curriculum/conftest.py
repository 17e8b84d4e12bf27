"""Reads the course's mathematics a second time, with sympy, independently of how it was written."""

import re
import statistics
from collections.abc import Callable
from types import SimpleNamespace

import pytest
import sympy
from sympy.core.relational import Relational

from preceptor.curriculum import CONCEPTS, built_in_bank, families, written

SYMBOLS = {name: sympy.Symbol(name) for name in "xyknm"}
NAMES = ["Rational", "Integer", "Abs", "Max", "Min", "Eq", "solve", "gcd", "lcm", "divisors"]
FUNCTIONS = {name: getattr(sympy, name) for name in NAMES}
FRACTION = re.compile(r"(\d*)\\frac\{([^{}]+)\}\{([^{}]+)\}")
UNSEEN_SEEDS = (1, 22, 333, 4444, 55555)


def formula(text: str) -> str:
    """Rewrite LaTeX or answer syntax as a Python formula over exact numbers."""
    text = text.strip("$").replace("{,}", "").replace(r"^\circ", "").replace(r"\%", "/100")
    text = FRACTION.sub(lambda m: f"({m[1] or 0}+({m[2]})/({m[3]}))", text)
    text = text.replace(r"\times", "*").replace(r"\div", "/").replace("^", "**")
    text = re.sub(r"\|([^|]*)\|", r"Abs(\1)", text)
    text = re.sub(r"([\d)])\s*(?=[a-z(])", r"\1*", text)
    return re.sub(r"\d+(\.\d+)?", r"Rational('\g<0>')", text)


def evaluate(python: str) -> object:
    """Evaluate a formula of this repository's own making."""
    return eval(python, {"__builtins__": {"min": min}, "median": statistics.median, **FUNCTIONS, **SYMBOLS})


def sides(text: str) -> list[object]:
    """The values of the sides of an equation chain."""
    return [evaluate(formula(side)) for side in text.strip("$").split("=")]


def half_line(relation: Relational) -> tuple[object, bool]:
    """Boundary of a strict linear inequality in x, and whether it holds to the right of it."""
    x = SYMBOLS["x"]
    assert isinstance(relation, sympy.StrictLessThan | sympy.StrictGreaterThan)
    boundary = sympy.solve(relation.lhs - relation.rhs, x)[0]
    return boundary, bool(relation.subs(x, boundary + 1))


def equal(first: object, second: object) -> bool:
    """Whether two numbers, expressions or relations mean the same."""
    if isinstance(first, Relational):
        return isinstance(second, Relational) and half_line(first) == half_line(second)
    return sympy.expand(first - second) == 0


@pytest.fixture(scope="session")
def maths() -> SimpleNamespace:
    return SimpleNamespace(
        formula=formula,
        evaluate=evaluate,
        sides=sides,
        equal=equal,
        read=lambda text: evaluate(formula(text)),
        fragments=lambda text: text.split("$")[1::2],
    )


@pytest.fixture(scope="session")
def bank():
    return built_in_bank()


@pytest.fixture(params=families(), ids=lambda family: family.name, scope="session")
def sample(request) -> list:
    """One family's drafts and questions: all of the bank's and, from unseen seeds, one of each level."""
    family = request.param
    return [*written(family, 20, 2026), *(pair for seed in UNSEEN_SEEDS for pair in written(family, 3, seed))]


@pytest.fixture(scope="session")
def names_of() -> Callable[[str], set[str]]:
    """The concepts a question may use: its own and their direct prerequisites."""
    prerequisites = {concept.concept_id: set(concept.prerequisites) for concept in CONCEPTS}
    return lambda concepts: set(concepts).union(*(prerequisites[concept] for concept in concepts))
