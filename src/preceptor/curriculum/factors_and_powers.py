"""Families on factors, multiples, powers and the order of operations."""

import math
import random

from preceptor.curriculum.family import Draft, family, step
from preceptor.curriculum.notation import joined, tex
from preceptor.domain import QuestionKind


@family("factors", easiest=-0.6)
def list_factors(rng: random.Random, level: int) -> Draft:
    """List all factors of a number."""
    fewest, low, high = ((4, 10, 40), (6, 18, 64), (8, 40, 121))[level]
    number = rng.choice([n for n in range(low, high) if len(_factors(n)) >= fewest])
    factors = _factors(number)
    pairs = [(a, number // a) for a in factors if a * a <= number]
    shown = ", ".join(f"${a} \\times {b} = {number}$" for a, b in pairs[1:])
    inner = sorted({factor for pair in pairs[1:] for factor in pair})
    key = joined(factors)
    return Draft(
        text=f"List all factors of ${number}$, separated by commas.",
        key=key,
        kind=QuestionKind.LIST,
        check=f"divisors({number})",
        steps=(
            step(f"Every number has this pair of factors: $1 \\times {number} = {number}$.", f"1, {number}"),
            step(f"Try $2$, $3$, $4$ and so on: {shown}.", joined(inner), "factors", "multiply-whole"),
            step(f"The factors in order are ${key}$.", key),
        ),
        hints=(
            "Factors come in pairs whose product is the number.",
            f"Start with $1 \\times {number}$, then try $2$, $3$, $4$ and so on until the pairs repeat.",
            f"The pairs are $1 \\times {number} = {number}$, {shown}, so the factors are ${key}$.",
        ),
        wrong={"leaves-out-outer-pair": joined(inner), "lists-multiples": joined([number * k for k in (1, 2, 3, 4)])},
    )


@family("order-of-operations", easiest=-0.7)
def order_of_operations(rng: random.Random, level: int) -> Draft:
    """Evaluate an expression with several operations."""
    a, b, c, d = rng.randrange(3, 15), rng.randrange(2, 9), rng.randrange(2, 9), rng.randrange(2, 10)
    if level == 0:
        return _evaluation(f"{a} + {b} \\times {c}", [
            (f"Multiply before adding: ${b} \\times {c} = {b * c}$.", b * c),
            (f"Then add: ${a} + {b * c} = {a + b * c}$.", a + b * c),
        ], {"left-to-right": (a + b) * c})  # fmt: skip
    if level == 1:
        return _evaluation(f"{d} \\times ({a} + {b}) - {c}", [
            (f"Parentheses first: ${a} + {b} = {a + b}$.", a + b),
            (f"Then multiply: ${d} \\times {a + b} = {d * (a + b)}$.", d * (a + b)),
            (f"Subtract last: ${d * (a + b)} - {c} = {d * (a + b) - c}$.", d * (a + b) - c),
        ], {"ignores-parentheses": d * a + b - c})  # fmt: skip
    top, start = b + d, a + 40
    return _evaluation(f"{start} - {c} \\times ({top} - {b}) + {a}", [
        (f"Parentheses first: ${top} - {b} = {d}$.", d),
        (f"Then multiply: ${c} \\times {d} = {c * d}$.", c * d),
        (f"Now from left to right: ${start} - {c * d} + {a} = {start - c * d + a}$.", start - c * d + a),
    ], {"left-to-right": (start - c) * d + a, "ignores-parentheses": start - c * top - b + a})  # fmt: skip


def _evaluation(formula: str, work: list[tuple[str, int]], wrong: dict[str, int]) -> Draft:
    key = work[-1][1]
    return Draft(
        text=f"Work out ${formula}$.",
        key=key,
        check=formula.replace("\\times", "*"),
        steps=tuple(step(text, result) for text, result in work),
        hints=(
            "Which operation has to be done first? Look for parentheses, then for multiplication.",
            f"{work[0][0]} Now go on with this value.",
            " ".join(text for text, _ in work),
        ),
        wrong=wrong,
    )


@family("exponents", easiest=-0.7)
def power(rng: random.Random, level: int) -> Draft:
    """Evaluate a power, or a sum of two powers."""
    base, exponent = (
        (rng.randrange(3, 21), 2),
        rng.choice([(n, 3) for n in range(2, 11)] + [(2, 4), (2, 5), (2, 6), (3, 4), (4, 4), (5, 4)]),
        (rng.randrange(3, 13), 2),
    )[level]
    value = base**exponent
    product = r" \times ".join([str(base)] * exponent)
    steps = [
        step(f"The exponent counts the factors: ${base}^{exponent} = {product}$.", product.replace(r"\times", "*")),
        step(f"Multiply: ${product} = {tex(value)}$.", value, "exponents", "multiply-whole"),
    ]
    formula, key = f"{base}^{exponent}", value
    wrong = {"base-times-exponent": base * exponent, "one-factor-too-many": value * base}
    if level == 2:
        other = rng.randrange(2, 7)
        formula, key = f"{formula} + {other}^3", value + other**3
        wrong = {"base-times-exponent": base * exponent + other * 3}
        cube = f"{other} \\times {other} \\times {other} = {other**3}"
        steps.append(step(f"In the same way ${other}^3 = {cube}$.", other**3))
        steps.append(step(f"So ${formula} = {tex(key)}$.", key))
    return Draft(
        text=f"Work out ${formula}$.",
        key=key,
        check=formula.replace("^", "**"),
        steps=tuple(steps),
        hints=(
            "The small raised number counts factors.",
            f"Write ${base}^{exponent}$ as a product in which every factor is ${base}$, then multiply.",
            " ".join(s.text for s in steps),
        ),
        wrong=wrong,
    )


@family("gcf-lcm", easiest=-0.2)
def common_factor_or_multiple(rng: random.Random, level: int) -> Draft:
    """Find a greatest common factor or a least common multiple."""
    shared = rng.randrange(2, 10)
    first, second = (shared * k for k in sorted(rng.sample(range(2, 8), 2)))
    return _greatest(first, second) if level == 0 else _least(rng, first, second, story=level == 2)


def _greatest(first: int, second: int) -> Draft:
    key = math.gcd(first, second)
    lists = _factors(first), _factors(second)
    common = [factor for factor in lists[0] if factor in lists[1]]
    return Draft(
        text=f"What is the greatest common factor of ${first}$ and ${second}$?",
        key=key,
        check=f"gcd({first}, {second})",
        steps=(
            step(f"The factors of ${first}$ are ${joined(lists[0])}$.", joined(lists[0]), "factors"),
            step(f"Those that also divide ${second}$ are ${joined(common)}$.", joined(common)),
            step(f"The greatest of them is ${key}$.", key),
        ),
        hints=(
            "Look for the largest number that divides both without a remainder.",
            f"List the factors of ${first}$, from the largest down. Which is the first one that also divides "
            f"${second}$?",
            f"The common factors are ${joined(common)}$, and the greatest of them is ${key}$.",
        ),
        wrong={"swaps-gcf-lcm": math.lcm(first, second), "first-common-factor": common[1]},
    )


def _least(rng: random.Random, first: int, second: int, *, story: bool) -> Draft:
    key = math.lcm(first, second)
    multiples = [second * k for k in range(1, key // second + 1)]
    plain = f"What is the least common multiple of ${first}$ and ${second}$?"
    what = rng.choice(["Two ferries leave a harbor", "Two buses leave a station", "Two lamps flash"])
    told = (
        f"{what} at the same moment, one every ${first}$ minutes and the other every ${second}$ minutes. "
        "After how many minutes does this happen together again for the first time?"
    )
    return Draft(
        text=told if story else plain,
        key=key,
        check=f"lcm({first}, {second})",
        steps=(
            step(f"The multiples of ${second}$ are ${joined(multiples)}$ and so on.", joined(multiples)),
            step(f"The first one that ${first}$ divides is ${key} = {first} \\times {key // first}$.",
                 key, "gcf-lcm", "factors"),
        ),
        hints=(
            f"Look for the smallest number that is a multiple of ${first}$ and of ${second}$.",
            f"Go through the multiples of ${second}$ one by one. Which is the first that ${first}$ divides?",
            f"${key} = {second} \\times {key // second}$ and ${key} = {first} \\times {key // first}$, "
            f"and no smaller number works, so the answer is ${key}$.",
        ),
        wrong={"product-as-lcm": first * second, "swaps-gcf-lcm": math.gcd(first, second)},
    )  # fmt: skip


def _factors(number: int) -> list[int]:
    return [n for n in range(1, number + 1) if number % n == 0]


FAMILIES = (list_factors, order_of_operations, power, common_factor_or_multiple)
