"""Fractions with different denominators: sums and differences."""

import math
import random
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.fractions.drawing import over, simplified
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind, Step

DENOMINATORS = (
    ((2, 4), (2, 6), (3, 6), (4, 8), (5, 10), (3, 9), (4, 12), (6, 12), (2, 8), (2, 10), (3, 12)),
    ((2, 3), (3, 4), (2, 5), (3, 5), (4, 5), (4, 6), (5, 6), (3, 8), (3, 7), (2, 7)),
    ((6, 8), (4, 7), (6, 9), (5, 7), (8, 12), (5, 8), (7, 8), (9, 10)),
)  # on the first level one is a multiple of the other


def _pair(rng: random.Random, level: int) -> dict[str, int]:
    """Draw two fractions with different denominators, the larger one first, and write them with a common one."""
    b, d = rng.sample(rng.choice(DENOMINATORS[level]), 2)
    a, c = over(rng, b), over(rng, d)
    if Fraction(a, b) < Fraction(c, d):
        a, b, c, d = c, d, a, b
    common = math.lcm(b, d)
    return {"a": a, "b": b, "c": c, "d": d, "common": common, "p": a * common // b, "q": c * common // d}


def _rewritten(numbers: dict[str, int]) -> tuple[Step, ...]:
    """The steps that make the denominators equal."""
    first = step(r"Rewrite the first fraction: $\frac{<a>}{<b>} = \frac{<p>}{<common>}$.", "<p> / <common>",
                 "equivalent-fractions")  # fmt: skip
    second = step(r"Rewrite the second fraction: $\frac{<c>}{<d>} = \frac{<q>}{<common>}$.", "<q> / <common>",
                  "equivalent-fractions")  # fmt: skip
    return (
        step("The least common denominator of $<b>$ and $<d>$ is $<common>$.", "<common>", "add-unlike-fractions"),
        *([first] if numbers["b"] != numbers["common"] else []),
        *([second] if numbers["d"] != numbers["common"] else []),
    )


@family("add-unlike-fractions", "equivalent-fractions", easiest=-0.3)
def add_unlike(rng: random.Random, level: int) -> Draft:
    """Add two fractions with different denominators."""
    numbers = _pair(rng, level)
    while numbers["p"] + numbers["q"] == numbers["common"]:
        numbers = _pair(rng, level)
    top = numbers["p"] + numbers["q"]
    values: Values = {**numbers, "key": Fraction(top, numbers["common"]), "shown": simplified(top, numbers["common"])}
    last = r"$\frac{<p>}{<common>} + \frac{<q>}{<common>} = <shown>$"
    return Draft(
        values=values | {"name": person(rng)},
        kind=QuestionKind.FRACTION,
        stems=_SUM,
        key="<key>",
        check="<a> / <b> + <c> / <d>",
        steps=(
            *_rewritten(numbers),
            step(f"Add the numerators: {last}.", "<key>", "add-unlike-fractions", "add-like-fractions"),
        ),
        hints=(
            "The parts have different sizes. Make the denominators equal first.",
            "Rewrite the fractions with the common denominator $<common>$. Then add the numerators.",
            f"With the common denominator $<common>$: {last}.",
        ),
        wrong={
            "adds-across": "(<a> + <c>) / (<b> + <d>)",
            "keeps-old-numerators": "(<a> + <c>) / <common>",
            "adds-same-number": "(<a> + (<common> - <b>) + <c> + (<common> - <d>)) / <common>",
        },
    )


_SUM: Stems = {
    Form.BARE: (
        r"Work out $\frac{<a>}{<b>} + \frac{<c>}{<d>}$.",
        r"What is the sum of $\frac{<a>}{<b>}$ and $\frac{<c>}{<d>}$?",
    ),
    Form.STORY: (
        r"<name> pours $\frac{<a>}{<b>}$ of a liter of water and $\frac{<c>}{<d>}$ of a liter of juice into a bowl. "
        "How many liters is that in all? Give a fraction.",
        r"<name> swims for $\frac{<a>}{<b>}$ of an hour and plays ball for $\frac{<c>}{<d>}$ of an hour. "
        "How many hours is that in all? Give a fraction.",
        r"A fence is painted in two days: $\frac{<a>}{<b>}$ of a can of paint is used on the first day and "
        r"$\frac{<c>}{<d>}$ of a can on the second. How many cans is that in all? Give a fraction.",
    ),
    Form.TABLE: "The table shows how far a turtle crawled. "
    + table(("day", "1", "2"), ("kilometers", r"\frac{<a>}{<b>}", r"\frac{<c>}{<d>}"))
    + " How many kilometers is that in all? Give a fraction.",
    Form.TRANSFER: r"When $\frac{<c>}{<d>}$ is taken away from a number, $\frac{<a>}{<b>}$ is left. "
    "Which fraction is the number?",
}


@family("add-unlike-fractions", "equivalent-fractions", easiest=-0.2)
def subtract_unlike(rng: random.Random, level: int) -> Draft:
    """Subtract two fractions with different denominators."""
    numbers = _pair(rng, level)
    while numbers["a"] == numbers["c"]:
        numbers = _pair(rng, level)
    top = numbers["p"] - numbers["q"]
    values: Values = {**numbers, "key": Fraction(top, numbers["common"]), "shown": simplified(top, numbers["common"])}
    last = r"$\frac{<p>}{<common>} - \frac{<q>}{<common>} = <shown>$"
    return Draft(
        values=values | {"name": person(rng)},
        kind=QuestionKind.FRACTION,
        stems=_DIFFERENCE,
        key="<key>",
        check="<a> / <b> - <c> / <d>",
        steps=(
            *_rewritten(numbers),
            step(f"Subtract the numerators: {last}.", "<key>", "add-unlike-fractions", "add-like-fractions"),
        ),
        hints=(
            "The parts have different sizes. Make the denominators equal first.",
            "Rewrite the fractions with the common denominator $<common>$. Then subtract the numerators.",
            f"With the common denominator $<common>$: {last}.",
        ),
        wrong={
            "adds-across": "|<a> - <c>| / |<b> - <d>|",
            "keeps-old-numerators": "|<a> - <c>| / <common>",
            "adds-instead-of-subtracting": "<a> / <b> + <c> / <d>",
        },
    )


_DIFFERENCE: Stems = {
    Form.BARE: (
        r"Work out $\frac{<a>}{<b>} - \frac{<c>}{<d>}$.",
        r"What is the difference between $\frac{<a>}{<b>}$ and $\frac{<c>}{<d>}$?",
    ),
    Form.STORY: (
        r"<name> has $\frac{<a>}{<b>}$ of a liter of milk and uses $\frac{<c>}{<d>}$ of a liter for a cake. "
        "How many liters are left? Give a fraction.",
        r"A board is $\frac{<a>}{<b>}$ of a meter long. <name> saws off $\frac{<c>}{<d>}$ of a meter. "
        "How many meters are left? Give a fraction.",
        r"It is $\frac{<a>}{<b>}$ of a kilometer to the lake. <name> has walked $\frac{<c>}{<d>}$ of a kilometer. "
        "How many kilometers are left? Give a fraction.",
    ),
    Form.TABLE: "The table shows how far two paper planes flew. "
    + table(("plane", "A", "B"), ("part of the field", r"\frac{<a>}{<b>}", r"\frac{<c>}{<d>}"))
    + " By what fraction of the field did plane $A$ fly farther?",
    Form.TRANSFER: r"Which fraction has to be added to $\frac{<c>}{<d>}$ to get $\frac{<a>}{<b>}$?",
}
