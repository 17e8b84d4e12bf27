"""Factors, common factors and common multiples."""

import math
import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.notation import joined
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("factors", easiest=-0.6)
def list_factors(rng: random.Random, level: int) -> Draft:
    """List all factors of a number."""
    fewest, low, high = ((4, 10, 51), (6, 28, 101), (8, 60, 181))[level]
    number = rng.choice([n for n in range(low, high) if len(_factors(n)) >= fewest])
    factors = _factors(number)
    pairs = [(a, number // a) for a in factors if a * a <= number]
    values: Values = {
        "number": number,
        "factors": joined(factors),
        "pairs": "$, $".join(rf"{a} \times {b} = {number}" for a, b in pairs[1:]),
        "inner": joined(factors[1:-1]),
        "smaller": joined([a for a, _ in pairs]),
        "multiples": joined([number * k for k in (1, 2, 3, 4)]),
    }
    return Draft(
        values=values | {"name": person(rng)},
        kind=QuestionKind.LIST,
        stems=_FACTORS,
        key="<factors>",
        check="divisors(<number>)",
        steps=(
            step(r"Every number has this pair of factors: $1 \times <number> = <number>$.", "<number>"),
            step(
                "Try $2$, $3$, $4$ and so on: $<pairs>$. This gives $<inner>$.",
                "<inner>",
                "factors",
                "multiplication-facts",
            ),
            step("The factors in order are $<factors>$.", "<factors>"),
        ),
        hints=(
            "Factors come in pairs whose product is the number.",
            r"Start with $1 \times <number>$. Then try $2$, $3$, $4$ and so on until the pairs repeat.",
            r"The pairs are $1 \times <number> = <number>$, $<pairs>$. So the factors are $<factors>$.",
        ),
        wrong={
            "leaves-out-outer-pair": "<inner>",
            "stops-halfway-through-pairs": "<smaller>",
            "lists-multiples": "<multiples>",
        },
    )


_FACTORS: Stems = {
    Form.BARE: (
        "List all factors of $<number>$.",
        "Which whole numbers divide $<number>$ without a remainder? List them all.",
    ),
    Form.STORY: (
        "<name> lays $<number>$ tiles in equal rows. No tile is left over. "
        "Which numbers of rows are possible? List them all.",
        "<name> puts $<number>$ rolls in bags. Each bag gets the same number, and no roll is left over. "
        "How many rolls can be in a bag? List all numbers that work.",
    ),
    Form.TABLE: "<name> wants to put $<number>$ chairs in equal rows. The table shows one way. "
    + table(("rows", "1", "?"), ("chairs in a row", "<number>", "?"))
    + " Which numbers of rows are possible? List them all.",
    Form.TRANSFER: "A toy frog starts at $0$ on a number line. All its hops are whole numbers and equally long. "
    "<name> sees it land on $<number>$. How long can a hop be? List all lengths that work.",
}


@family("gcf-lcm", "factors", easiest=-0.2)
def greatest_common_factor(rng: random.Random, level: int) -> Draft:
    """Find the greatest common factor of two numbers."""
    shared = rng.choice(((4, 6, 8, 9, 10), (8, 9, 12, 14, 15), (12, 15, 16, 18, 20, 24))[level])
    first, second = (shared * k for k in _coprime(rng, 2, 8 + 2 * level))
    common = [factor for factor in _factors(first) if second % factor == 0]
    values: Values = {
        "first": first,
        "second": second,
        "shared": shared,
        "factors": joined(_factors(first)),
        "common": joined(common),
        "early": common[1],
        "least": _factors(first)[1],
        "name": person(rng),
    }
    return Draft(
        values=values,
        stems=_GREATEST,
        key="<shared>",
        check="gcd(<first>, <second>)",
        steps=(
            step("The factors of $<first>$ are $<factors>$.", "<factors>", "factors"),
            step("Those that also divide $<second>$ are $<common>$.", "<common>", "factors", "gcf-lcm"),
            step("The greatest of them is $<shared>$.", "<shared>"),
        ),
        hints=(
            "Look for the largest number that divides both numbers without a remainder.",
            "List the factors of $<first>$. Go through them from the largest down: which is the first one that also "
            "divides $<second>$?",
            "The common factors are $<common>$, and the greatest of them is $<shared>$.",
        ),
        wrong={
            "first-common-factor": "<early>",
            "checks-one-number": "<first> / <least>",
            "swaps-gcf-lcm": "<first> * <second> / <shared>",
        },
    )


_GREATEST: Stems = {
    Form.BARE: "What is the greatest common factor of $<first>$ and $<second>$?",
    Form.STORY: (
        "<name> has $<first>$ roses and $<second>$ tulips. All bunches are to look the same, and no flower is left "
        "over. What is the greatest number of bunches?",
        "One rope is $<first>$ meters long and another one is $<second>$ meters long. Both are cut into pieces of the "
        "same length, and nothing is left over. How many meters long can the pieces be at most?",
    ),
    Form.TABLE: "<name> makes bracelets that all look the same. Every bead is used. "
    + table(("red beads", "<first>"), ("blue beads", "<second>"))
    + " What is the greatest number of bracelets?",
    Form.TRANSFER: "A floor is $<first>$ decimeters long and $<second>$ decimeters wide. <name> covers it with square "
    "tiles of one size and cuts no tile. How many decimeters long is the side of the largest tile that fits?",
}


@family("gcf-lcm", easiest=-0.2)
def least_common_multiple(rng: random.Random, level: int) -> Draft:
    """Find the least common multiple of two numbers."""
    shared = rng.randrange(2 + level, 7 + 2 * level)
    first, second = (shared * k for k in _coprime(rng, 2 + level // 2, 6 + 2 * level))
    smaller, larger = sorted((first, second))
    key = math.lcm(first, second)
    values: Values = {
        "first": first,
        "second": second,
        "smaller": smaller,
        "larger": larger,
        "shared": shared,
        "multiples": joined(list(range(larger, key + 1, larger))),
        "times": key // smaller,
        "more": key // larger,
        "least": key,
    }
    return Draft(
        values=values | {"name": person(rng)},
        stems=_LEAST,
        key="<least>",
        check="lcm(<first>, <second>)",
        steps=(
            step("The multiples of $<larger>$ are $<multiples>$ and so on.", "<multiples>", "multiplication-facts"),
            step(r"The first one that $<smaller>$ divides is $<least> = <smaller> \times <times>$.", "<least>"),
        ),
        hints=(
            "Look for the smallest number that is a multiple of both numbers.",
            "Go through the multiples of $<larger>$ one by one. Which is the first that $<smaller>$ divides?",
            r"$<least> = <larger> \times <more>$ and $<least> = <smaller> \times <times>$, and no smaller number "
            "works. So the answer is $<least>$.",
        ),
        wrong={
            "product-as-lcm": "<first> * <second>",
            "adds-for-common-multiple": "<first> + <second>",
            "swaps-gcf-lcm": "<shared>",
        },
    )


_LEAST: Stems = {
    Form.BARE: (
        "What is the least common multiple of $<first>$ and $<second>$?",
        "Which is the smallest number above $0$ that both $<first>$ and $<second>$ divide?",
    ),
    Form.STORY: (
        "Two ferries leave a harbor at the same moment. One leaves every $<first>$ minutes, the other every "
        "$<second>$ minutes. After how many minutes do they leave together again for the first time?",
        "Two lamps flash together. Then one flashes every $<first>$ seconds, the other every $<second>$ seconds. "
        "After how many seconds does <name> see them flash together again?",
    ),
    Form.TABLE: "Both buses have just left the school together, and <name> missed them. "
    + table(("bus", "A", "B"), ("leaves every", r"<first>\ \text{min}", r"<second>\ \text{min}"))
    + " After how many minutes do both leave together again for the first time?",
    Form.TRANSFER: "Pencils come in packs of $<first>$, erasers in packs of $<second>$. <name> wants as many pencils "
    "as erasers. What is the smallest number of pencils to buy?",
}


def _coprime(rng: random.Random, low: int, high: int) -> tuple[int, int]:
    """Two different numbers without a common factor, in any order."""
    return rng.choice([(a, b) for a in range(low, high) for b in range(low, high) if math.gcd(a, b) == 1 and a > 1 < b])


def _factors(number: int) -> list[int]:
    return [n for n in range(1, number + 1) if number % n == 0]
