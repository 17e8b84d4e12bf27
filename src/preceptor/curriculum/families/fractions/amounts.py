"""A fraction of an amount, and a fraction taken several times."""

import math
import random
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.fractions.drawing import over, simplified
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind

_PARTS = tuple(
    [(a, b) for b in range(least, most) for a in range(2, b) if math.gcd(a, b) == 1 and (b < 5 or a < b - 1)]
    for least, most in ((3, 9), (5, 11), (7, 13))
)  # mostly, one part and the rest differ


@family("fraction-of-whole", easiest=-0.8)
def fraction_of_amount(rng: random.Random, level: int) -> Draft:
    """Take a fraction of a whole number."""
    a, b = rng.choice(_PARTS[level])
    part = a * rng.randrange(*((1, 6), (2, 6), (3, 8))[level])
    values: Values = {"a": a, "b": b, "part": part, "amount": part * b, "key": a * part, "name": person(rng)}
    return Draft(
        values=values,
        stems=_OF_AMOUNT,
        key="<key>",
        check="<a> / <b> * <amount>",
        steps=(
            step(r"Divide into $<b>$ equal parts: $<amount> \div <b> = <part>$.", "<part>"),
            step(
                r"Take $<a>$ such parts: $<a> \times <part> = <key>$.", "<key>", "fraction-of-whole", "multiply-whole"
            ),
        ),
        hints=(
            "The denominator says into how many equal parts to divide, the numerator how many of them to take.",
            "Find one part first: divide $<amount>$ by $<b>$.",
            r"One part is $<amount> \div <b> = <part>$, so the answer is $<a> \times <part> = <key>$.",
        ),
        wrong={
            "forgets-numerator": "<amount> / <b>",
            "takes-the-rest": "<amount> - <a> * <amount> / <b>",
            "divides-by-numerator": "<amount> / <a>",
        },
    )


_OF_AMOUNT: Stems = {
    Form.BARE: (
        r"How much is $\frac{<a>}{<b>}$ of $<amount>$?",
        r"Work out $\frac{<a>}{<b>} \times <amount>$.",
    ),
    Form.STORY: (
        r"<name> has read $\frac{<a>}{<b>}$ of a book of $<amount>$ pages. How many pages is that?",
        r"A class has planted $<amount>$ seeds, and $\frac{<a>}{<b>}$ of them came up. How many seeds is that?",
        r"<name> picked $<amount>$ apples and gave away $\frac{<a>}{<b>}$ of them. How many apples were given away?",
    ),
    Form.TABLE: "The table tells about the birds at a lake. "
    + table(("all birds", "<amount>"), ("ducks", r"\frac{<a>}{<b>}\ \text{of all birds}"))
    + " How many ducks are there?",
    Form.TRANSFER: r"A hall has $<amount>$ seats. At a concert, $\frac{<a>}{<b>}$ of them are taken. "
    "How many people sit in the hall?",
}


@family("fraction-of-whole", "equivalent-fractions", easiest=-0.7)
def several_times(rng: random.Random, level: int) -> Draft:
    """Take a fraction several times."""
    while True:
        b = rng.randrange(3, (9, 11, 16)[level])
        count = rng.randrange(*((2, 7), (3, 12), (7, 20))[level])
        a = 1 if level == 0 and rng.random() < 0.4 else over(rng, b, 2)
        if (a * count) % b:
            break
    values: Values = {"a": a, "b": b, "count": count, "parts": a * count, "key": Fraction(a * count, b)}
    last = r"$<count> \times \frac{<a>}{<b>} = <shown>$"
    return Draft(
        values=values | {"shown": simplified(a * count, b), "name": person(rng)},
        kind=QuestionKind.FRACTION,
        stems=_SEVERAL,
        key="<key>",
        check="<a> / <b> * <count>",
        steps=(
            step(r"Count the parts of size $\frac{1}{<b>}$: $<count> \times <a> = <parts>$.", "<parts>",
                 "fraction-of-whole", "multiply-whole"),
            step(f"The size of the parts stays the same: {last}.", "<key>",
                 "fraction-of-whole", "equivalent-fractions"),
        ),
        hints=(
            "Several times a fraction means more parts of the same size.",
            r"Count the parts of size $\frac{1}{<b>}$. How many are there in all?",
            f"There are $<parts>$ parts in all: {last}.",
        ),
        wrong={
            "numerator-and-denominator-times": "(<count> * <a>) / (<count> * <b>)",
            "multiplies-denominator": "<a> / (<count> * <b>)",
            "adds-whole-to-fraction": "<count> + <a> / <b>",
        },
    )  # fmt: skip


_SEVERAL: Stems = {
    Form.BARE: (
        r"Work out $<count> \times \frac{<a>}{<b>}$.",
        r"How much is $<count>$ times $\frac{<a>}{<b>}$?",
    ),
    Form.STORY: (
        r"<name> fills $<count>$ jars with $\frac{<a>}{<b>}$ of a liter of juice each. How many liters of juice is "
        "that? Give a fraction.",
        r"One lap is $\frac{<a>}{<b>}$ of a kilometer. <name> runs $<count>$ laps. How many kilometers is that? "
        "Give a fraction.",
        r"A bus ride lasts $\frac{<a>}{<b>}$ of an hour. <name> takes $<count>$ such rides. How many hours is that? "
        "Give a fraction.",
    ),
    Form.TABLE: "The table is about the parts of a fence. "
    + table(("parts", "<count>"), ("width of one part", r"\frac{<a>}{<b>}\ \text{m}"))
    + " The parts stand side by side. How many meters is that? Give a fraction.",
    Form.TRANSFER: r"On a number line, <name> starts at $0$ and makes $<count>$ jumps of $\frac{<a>}{<b>}$ each. "
    "Which fraction is reached?",
}
