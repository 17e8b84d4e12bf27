"""Dividing by fractions: how often they fit."""

import random
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.fractions.drawing import over
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


def _quotient(first: Fraction, c: int, d: int) -> Values:
    """The numbers of a division by c/d."""
    second = Fraction(c, d)
    return {"first": first, "a": first.numerator, "b": first.denominator, "c": c, "d": d,
            "second": second, "flipped": 1 / second, "key": first / second}  # fmt: skip


@family("divide-fractions", easiest=-0.2)
def how_many_pieces(rng: random.Random, level: int) -> Draft:
    """Find how often a fraction fits into a whole number or a mixed number, without a rest."""
    d = rng.randrange(3, 11)
    c = 1 if level == 0 else over(rng, d, 2)
    while True:
        count = rng.randrange(*((4, 100), (4, 40), (3, 40))[level])
        first = Fraction(c * count, d)
        hidden = count not in (c, d, first)  # the hints name these
        if hidden and 1 < first < (13, 20, 12)[level] and (first.denominator == 1) == (level < 2):
            break
    change = step(r"Write the mixed number as a fraction: $<first:mixed> = <first>$.", "<first>", "mixed-numbers")
    return Draft(
        values=_quotient(first, c, d) | {"name": person(rng)},
        stems=_PIECES,
        key="<key>",
        check="<first> * <d> / <c>",
        steps=(
            *([change] if level == 2 else []),
            step(r"The reciprocal of $\frac{<c>}{<d>}$ is $<flipped>$.", "<flipped>"),
            step(r"Multiply by the reciprocal: $<first> \times <flipped> = <key>$.", "<key>",
                 "divide-fractions", "multiply-fractions"),
        ),
        hints=(
            r"The question is how often $\frac{<c>}{<d>}$ fits into $<first:mixed>$.",
            r"Divide $<first:mixed>$ by $\frac{<c>}{<d>}$: multiply by the reciprocal instead.",
            r"$<first:mixed> \div \frac{<c>}{<d>} = <first> \times <flipped> = <key>$.",
        ),
        wrong={
            "no-reciprocal": "<first> * (<c> / <d>)",
            "flips-first-fraction": "(<b> / <a>) * (<c> / <d>)",
            "multiplies-by-denominator-only": "<first> * <d>",
        },
    )  # fmt: skip


_PIECES: Stems = {
    Form.BARE: (
        r"Work out $<first:mixed> \div \frac{<c>}{<d>}$.",
        r"How many times does $\frac{<c>}{<d>}$ fit into $<first:mixed>$?",
    ),
    Form.STORY: (
        r"<name> cuts $<first:mixed>$ meters of ribbon into pieces of $\frac{<c>}{<d>}$ of a meter. "
        "How many pieces is that?",
        r"A cook has $<first:mixed>$ liters of soup. One bowl holds $\frac{<c>}{<d>}$ of a liter. "
        "How many bowls can be filled?",
        r"One lap is $\frac{<c>}{<d>}$ of a kilometer. <name> runs $<first:mixed>$ kilometers. How many laps is that?",
    ),
    Form.TABLE: "A drip fills a bucket. "
    + table(("liters in one hour", r"\frac{<c>}{<d>}"), ("liters in the full bucket", "<first:mixed>"))
    + " After how many hours is the bucket full?",
    Form.TRANSFER: r"A number times $\frac{<c>}{<d>}$ is $<first:mixed>$. What is the number?",
}


@family("divide-fractions", "multiply-fractions", easiest=0.1)
def divide_by_fraction(rng: random.Random, level: int) -> Draft:
    """Divide a fraction or a mixed number by a fraction."""
    while True:
        b, d = (rng.randrange(2, (9, 10, 11)[level]) for _ in range(2))
        c = 1 if level == 0 else over(rng, d, 2)
        first = Fraction(over(rng, b), b) + (rng.randrange(1, 4) if level == 2 else 0)
        key = first * d / c
        if key.denominator > 1 and first != Fraction(c, d) and (level == 0 or c > 1):
            break
    change = step(r"Write the mixed number as a fraction: $<first:mixed> = <first>$.", "<first>", "mixed-numbers")
    return Draft(
        values=_quotient(first, c, d) | {"name": person(rng)},
        kind=QuestionKind.FRACTION,
        stems=_DIVIDE_MIXED if level == 2 else _DIVIDE,
        key="<key>",
        check="<first> / (<c> / <d>)",
        steps=(
            *([change] if level == 2 else []),
            step(r"The reciprocal of $\frac{<c>}{<d>}$ is $<flipped>$.", "<flipped>", "divide-fractions"),
            step(r"Multiply by the reciprocal: $<first> \times <flipped> = <key>$.", "<key>",
                 "divide-fractions", "multiply-fractions"),
        ),
        hints=(
            r"Dividing asks how often $\frac{<c>}{<d>}$ fits into $<first:mixed>$.",
            r"Instead of dividing by $\frac{<c>}{<d>}$, multiply by its reciprocal.",
            r"$<first:mixed> \div \frac{<c>}{<d>} = <first> \times <flipped> = <key>$.",
        ),
        wrong={
            "no-reciprocal": "<first> * (<c> / <d>)",
            "flips-first-fraction": "(<b> / <a>) * (<c> / <d>)",
            "multiplies-by-denominator-only": "<first> * <d>",
        },
    )  # fmt: skip


_WIDE = (
    r"A rectangle has an area of $<first:mixed>$ square meters and is $\frac{<c>}{<d>}$ of a meter wide. "
    "How many meters long is it? Give a fraction."
)
_BARE = (
    r"Work out $<first:mixed> \div \frac{<c>}{<d>}$.",
    r"How many times does $\frac{<c>}{<d>}$ fit into $<first:mixed>$? Give a fraction.",
)
_DIVIDE: Stems = {
    Form.BARE: _BARE,
    Form.STORY: (
        r"A snail crawls $\frac{<c>}{<d>}$ of a meter in one hour. How many hours does it need for $<first>$ of a "
        "meter? Give a fraction.",
        r"A bowl holds $\frac{<c>}{<d>}$ of a liter. <name> has $<first>$ of a liter of soup. How many bowls is that? "
        "Give a fraction.",
        r"One lap is $\frac{<c>}{<d>}$ of a kilometer. <name> has run $<first>$ of a kilometer. How many laps is that? "
        "Give a fraction.",
    ),
    Form.TABLE: "A tap fills a tank. "
    + table(("part of the tank in one hour", r"\frac{<c>}{<d>}"), ("part that is to be filled", "<first>"))
    + " How many hours does it take? Give a fraction.",
    Form.TRANSFER: _WIDE,
}
_DIVIDE_MIXED: Stems = {
    Form.BARE: _BARE,
    Form.STORY: (
        r"A snail crawls $\frac{<c>}{<d>}$ of a meter in one hour. How many hours does it need for $<first:mixed>$ "
        "meters? Give a fraction.",
        r"A bowl holds $\frac{<c>}{<d>}$ of a liter. <name> has $<first:mixed>$ liters of soup. How many bowls is "
        "that? Give a fraction.",
        r"One lap is $\frac{<c>}{<d>}$ of a kilometer. <name> has run $<first:mixed>$ kilometers. How many laps is "
        "that? Give a fraction.",
    ),
    Form.TABLE: "A tap fills equal tanks. "
    + table(("tanks in one hour", r"\frac{<c>}{<d>}"), ("tanks to be filled", "<first:mixed>"))
    + " How many hours does it take? Give a fraction.",
    Form.TRANSFER: _WIDE,
}
