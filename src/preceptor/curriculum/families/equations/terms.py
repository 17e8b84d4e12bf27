"""How the sides of equations are written."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.notation import Number, tex


def linear(coefficient: int, constant: Number, letter: str = "x") -> str:
    """Write `coefficient · letter + constant` as LaTeX, without what is 0 or 1."""
    if not coefficient:
        return tex(constant)
    size = "" if abs(coefficient) == 1 else tex(abs(coefficient))
    lead = f"{'-' if coefficient < 0 else ''}{size}{letter}"
    return f"{lead} {_signed(constant)}" if constant else lead


def product(factor: int, constant: int, more: int = 0) -> str:
    """Write `factor · (x + constant) + more · x` as LaTeX."""
    text = f"{tex(factor)}({linear(1, constant)})"
    if not more:
        return text
    return f"{text} {'-' if more < 0 else '+'} {linear(abs(more), 0)}"


def either_sign(rng: random.Random, low: int, high: int) -> int:
    """Draw a positive or negative number whose size is from `low` to `high`."""
    return rng.choice((-1, 1)) * rng.randint(low, high)


def two_people(rng: random.Random) -> dict[str, str]:
    """Draw the names of two different people."""
    first = second = person(rng)
    while second == first:
        second = person(rng)
    return {"name": first, "other": second}


def _signed(value: Number) -> str:
    return f"{'-' if value < 0 else '+'} {tex(-value if value < 0 else value)}"
