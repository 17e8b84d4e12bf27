"""Fractions times fractions."""

import random
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.fractions.drawing import over, simplified
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


def _factors(rng: random.Random, level: int) -> tuple[int, int, int, int]:
    """Draw two fractions; on the last level the first one is greater than one. Their product is no whole number."""
    while True:
        b, d = (rng.randrange(2, (6, 9, 11)[level]) for _ in range(2))
        a, c = over(rng, b) + (b * rng.randrange(1, 3) if level == 2 else 0), over(rng, d)
        if (a * c) % (b * d) and Fraction(a, b) != Fraction(c, d):
            return a, b, c, d


@family("multiply-fractions", easiest=-0.4)
def part_of_part(rng: random.Random, level: int) -> Draft:
    """Multiply two fractions, or a mixed number and a fraction."""
    a, b, c, d = _factors(rng, level)
    values: Values = {"a": a, "b": b, "c": c, "d": d, "top": a * c, "bottom": b * d, "first": Fraction(a, b)}
    last = r"$\frac{<a>}{<b>} \times \frac{<c>}{<d>} = <shown>$"
    change = step(r"Write the mixed number as a fraction: $<first:mixed> = \frac{<a>}{<b>}$.", "<first>",
                  "mixed-numbers")  # fmt: skip
    return Draft(
        values=values | {"key": Fraction(a * c, b * d), "shown": simplified(a * c, b * d), "name": person(rng)},
        kind=QuestionKind.FRACTION,
        stems=_TIMES_MIXED if level == 2 else _PART,
        key="<key>",
        check="<first> * <c> / <d>",
        steps=(
            *([change] if level == 2 else []),
            step(r"Multiply the numerators: $<a> \times <c> = <top>$.", "<top>"),
            step(r"Multiply the denominators: $<b> \times <d> = <bottom>$.", "<bottom>"),
            step(f"Together: {last}.", "<key>", "multiply-fractions", "equivalent-fractions"),
        ),
        hints=(
            "First write the mixed number as one fraction. Then multiply." if level == 2
            else "A fraction of a fraction means multiplication.",
            "Multiply the numerators, then multiply the denominators.",
            f"{last}.",
        ),
        wrong={
            "adds-instead-of-multiplying": "(<a> + <c>) / (<b> + <d>)",
            "cross-multiplies": "(<a> * <d>) / (<b> * <c>)",
            "multiplies-tops-only": "(<a> * <c>) / <d>" if d > b else "(<a> * <c>) / <b>",
        },
    )  # fmt: skip


_PART: Stems = {
    Form.BARE: (
        r"Work out $\frac{<a>}{<b>} \times \frac{<c>}{<d>}$.",
        r"How much is $\frac{<a>}{<b>}$ of $\frac{<c>}{<d>}$?",
    ),
    Form.STORY: (
        r"There is $\frac{<c>}{<d>}$ of a cake left. <name> takes $\frac{<a>}{<b>}$ of that. "
        "What fraction of the whole cake is that?",
        r"In a park, $\frac{<c>}{<d>}$ of the ground is grass. So far, $\frac{<a>}{<b>}$ of the grass is cut. "
        "What fraction of the park is that?",
        r"A choir sings in $\frac{<c>}{<d>}$ of a concert. <name> leads it for $\frac{<a>}{<b>}$ of this time. "
        "What fraction of the concert is that?",
    ),
    Form.TABLE: "The table is about a field. "
    + table(
        ("vegetables", r"\frac{<c>}{<d>}\ \text{of the field}"),
        ("carrots", r"\frac{<a>}{<b>}\ \text{of the vegetables}"),
    )
    + " On what fraction of the field do carrots grow?",
    Form.TRANSFER: r"A rectangle is $\frac{<a>}{<b>}$ of a meter long and $\frac{<c>}{<d>}$ of a meter wide. "
    "How many square meters is its area? Give a fraction.",
}
_TIMES_MIXED: Stems = {
    Form.BARE: (
        r"Work out $<first:mixed> \times \frac{<c>}{<d>}$.",
        r"How much is $\frac{<c>}{<d>}$ of $<first:mixed>$?",
    ),
    Form.STORY: (
        r"A trail is $<first:mixed>$ kilometers long. <name> has walked $\frac{<c>}{<d>}$ of it. "
        "How many kilometers is that? Give a fraction.",
        r"<name> bought $<first:mixed>$ kilograms of clay and uses $\frac{<c>}{<d>}$ of it for a vase. "
        "How many kilograms is that? Give a fraction.",
        r"A concert lasts $<first:mixed>$ hours. The choir sings in $\frac{<c>}{<d>}$ of this time. "
        "How many hours is that? Give a fraction.",
    ),
    Form.TABLE: "The table is about a school bus. "
    + table(("route in kilometers", "<first:mixed>"), ("driven", r"\frac{<c>}{<d>}\ \text{of the route}"))
    + " How many kilometers has the bus driven? Give a fraction.",
    Form.TRANSFER: r"A rectangle is $<first:mixed>$ meters long and $\frac{<c>}{<d>}$ of a meter wide. "
    "How many square meters is its area? Give a fraction.",
}
