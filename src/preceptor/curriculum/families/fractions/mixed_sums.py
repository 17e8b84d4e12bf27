"""Mixed numbers added and subtracted."""

import math
import random
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.fractions.drawing import over, simplified
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind

DENOMINATORS = (
    ((2, 4), (3, 6), (2, 6), (4, 8)),
    ((2, 3), (3, 4), (2, 5)),
    ((3, 5), (4, 6), (5, 6), (4, 5)),
)


@family("mixed-numbers", "add-like-fractions", easiest=-0.2)
def subtract_mixed(rng: random.Random, level: int) -> Draft:
    """Subtract mixed numbers with one denominator, exchanging a whole."""
    b = rng.randrange(*((3, 9), (5, 10), (8, 16))[level])
    a, c = (0, over(rng, b)) if level == 0 else sorted(rng.sample([n for n in range(1, b) if math.gcd(n, b) == 1], 2))
    w2 = rng.randrange(1, 4 + 2 * level)
    w1 = w2 + rng.randrange(2, 5 + level)
    first, second = w1 + Fraction(a, b), w2 + Fraction(c, b)
    values: Values = {"a": a, "b": b, "c": c, "w1": w1, "w2": w2, "first": first, "second": second}
    values |= {"less": w1 - 1, "more": a + b, "rest": w1 - 1 - w2, "part": Fraction(a + b - c, b)}
    return Draft(
        values=values | {"shown": simplified(a + b - c, b), "key": first - second, "name": person(rng)},
        kind=QuestionKind.FRACTION,
        stems=_SUBTRACT,
        key="<key>",
        check="<first> - <second>",
        steps=(
            step(r"Exchange one whole of $<first:mixed>$ for parts: $<first:mixed> = <less>\frac{<more>}{<b>}$.",
                 "<first>", "mixed-numbers"),
            step(r"Subtract the fractions: $\frac{<more>}{<b>} - \frac{<c>}{<b>} = <shown>$.", "<part>",
                 "add-like-fractions", "equivalent-fractions"),
            step("Subtract the wholes: $<less> - <w2> = <rest>$.", "<rest>", "mixed-numbers"),
            step("Together: $<rest> + <part> = <key:mixed> = <key>$.", "<key>", "mixed-numbers"),
        ),
        hints=(
            "There are too few parts to take away from. One whole can be exchanged for parts.",
            r"Exchange one whole: $<first:mixed> = <less>\frac{<more>}{<b>}$. Then subtract wholes and parts.",
            r"$<less>\frac{<more>}{<b>} - <second:mixed> = <key:mixed> = <key>$.",
        ),
        wrong={
            "larger-minus-smaller": "<w1> - <w2> + (<c> - <a>) / <b>",
            "forgets-exchanged-whole": "<w1> - <w2> + (<a> + <b> - <c>) / <b>",
            "exchanges-ten-parts": "<w1> - 1 - <w2> + (<a> + 10 - <c>) / <b>",
        },
    )  # fmt: skip


_SUBTRACT: Stems = {
    Form.BARE: (
        "Work out $<first:mixed> - <second:mixed>$.",
        "Take $<second:mixed>$ away from $<first:mixed>$. Which fraction is left?",
    ),
    Form.STORY: (
        "<name> has $<first:mixed>$ meters of wire and uses $<second:mixed>$ meters. How many meters are left? "
        "Give a fraction or a mixed number.",
        "A trail is $<first:mixed>$ kilometers long. <name> has hiked $<second:mixed>$ kilometers. "
        "How many kilometers are left? Give a fraction or a mixed number.",
        "A job takes $<first:mixed>$ hours. <name> has done $<second:mixed>$ hours of it. How many hours are left? "
        "Give a fraction or a mixed number.",
    ),
    Form.TABLE: "The table shows how tall two trees are. "
    + table(("tree", "A", "B"), ("height in meters", "<first:mixed>", "<second:mixed>"))
    + " By how many meters is tree $A$ taller? Give a fraction or a mixed number.",
    Form.TRANSFER: "Which number has to be added to $<second:mixed>$ to get $<first:mixed>$?",
}


@family("mixed-numbers", "add-unlike-fractions", easiest=0.2)
def add_mixed(rng: random.Random, level: int) -> Draft:
    """Add two mixed numbers with different denominators."""
    b, d = rng.sample(rng.choice(DENOMINATORS[level]), 2)
    a, c = over(rng, b), over(rng, d)
    w1, w2 = rng.randrange(1, 5 + level), rng.randrange(1, 5 + level)
    common = math.lcm(b, d)
    p, q = a * common // b, c * common // d
    first, second = w1 + Fraction(a, b), w2 + Fraction(c, d)
    values: Values = {"a": a, "b": b, "c": c, "d": d, "w1": w1, "w2": w2, "first": first, "second": second}
    values |= {"common": common, "p": p, "q": q, "wholes": w1 + w2, "parts": Fraction(p + q, common)}
    return Draft(
        values=values | {"shown": simplified(p + q, common), "key": first + second, "name": person(rng)},
        kind=QuestionKind.FRACTION,
        stems=_ADD,
        key="<key>",
        check="<first> + <second>",
        steps=(
            step("Add the wholes: $<w1> + <w2> = <wholes>$.", "<wholes>", "mixed-numbers"),
            step(r"Rewrite the fractions: $\frac{<a>}{<b>} + \frac{<c>}{<d>} = "
                 r"\frac{<p>}{<common>} + \frac{<q>}{<common>}$.", "<parts>", "equivalent-fractions"),
            step(r"Add the fractions: $\frac{<p>}{<common>} + \frac{<q>}{<common>} = <shown>$.", "<parts>",
                 "add-unlike-fractions", "add-like-fractions"),
            step("Together: $<wholes> + <parts> = <key:mixed> = <key>$.", "<key>", "mixed-numbers"),
        ),
        hints=(
            "Wholes and fractions can be added separately.",
            "The wholes give $<wholes>$. For the fractions use the common denominator $<common>$.",
            r"The fractions give $\frac{<p>}{<common>} + \frac{<q>}{<common>} = <shown>$, and "
            "$<wholes> + <parts> = <key:mixed> = <key>$.",
        ),
        wrong={
            "adds-across": "<w1> + <w2> + (<a> + <c>) / (<b> + <d>)",
            "keeps-old-numerators": "<w1> + <w2> + (<a> + <c>) / <common>",
            "drops-fraction-part": "<w1> + <w2>",
        },
    )  # fmt: skip


_ADD: Stems = {
    Form.BARE: (
        "Work out $<first:mixed> + <second:mixed>$.",
        "What is the sum of $<first:mixed>$ and $<second:mixed>$?",
    ),
    Form.STORY: (
        "<name> hikes $<first:mixed>$ kilometers in the morning and $<second:mixed>$ kilometers in the afternoon. "
        "How many kilometers is that in all? Give a fraction or a mixed number.",
        "A cook mixes $<first:mixed>$ kilograms of flour with $<second:mixed>$ kilograms of oats. "
        "How many kilograms is that in all? Give a fraction or a mixed number.",
        "A boat sails for $<first:mixed>$ hours to an island and for $<second:mixed>$ hours back. "
        "How many hours is that in all? Give a fraction or a mixed number.",
    ),
    Form.TABLE: "The table shows how long <name> rowed. "
    + table(("day", "1", "2"), ("hours", "<first:mixed>", "<second:mixed>"))
    + " How many hours is that in all? Give a fraction or a mixed number.",
    Form.TRANSFER: "A tree was $<first:mixed>$ meters tall. Since then it has grown by $<second:mixed>$ meters. "
    "How many meters tall is it now? Give a fraction or a mixed number.",
}
