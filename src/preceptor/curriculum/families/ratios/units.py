"""Converting units."""

import random
from decimal import Decimal

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind

_UNITS = (
    ("length", "m", "cm", 100, 10),
    ("length", "km", "m", 1000, 100),
    ("length", "cm", "mm", 10, 100),
    ("volume", "l", "ml", 1000, 100),
    ("mass", "kg", "g", 1000, 100),
    ("time", "h", "min", 60, 100),
)
"""What is measured, larger unit, smaller unit, how many fit, and what is mistaken for that."""


@family("unit-conversion", easiest=-0.5)
def convert_units(rng: random.Random, level: int) -> Draft:
    """Convert to a smaller or a larger unit."""
    measure, large, small, factor, slip = rng.choice(_UNITS)
    amount = Decimal(rng.randrange(2, 20))
    if level:
        amount = Decimal(rng.randrange(11, 200)).scaleb(-1) if level == 1 else Decimal(5 * rng.randrange(21, 400)) / 100
        amount += Decimal("0.5") * (amount % 1 == 0)
    inside = amount * factor
    count = int(inside) if inside % 1 == 0 else inside.normalize()
    values: Values = {"factor": factor, "slip": slip, "name": person(rng)}
    values |= {"given": amount, "key": count} if level < 2 else {"given": count, "key": amount}
    symbols = rf"\text{{{large}}}", rf"\text{{{small}}}"
    values |= {"large": symbols[0], "small": symbols[1]}
    values |= {"here": symbols[level // 2], "there": symbols[1 - level // 2]}
    sign, python, back = (r"\div", "/", "*") if level == 2 else (r"\times", "*", "/")
    formula = f"$<given> {sign} <factor> = <key>$"
    return Draft(
        values=values,
        stems={**_CONVERT, **_MEASURES[measure]},
        key="<key>",
        kind=QuestionKind.QUANTITY,
        unit=large if level == 2 else small,
        check=f"<given> {python} <factor>",
        steps=(
            step(r"One of the larger units holds many of the smaller: $1\ <large> = <factor>\ <small>$.", "<factor>"),
            step(f"A smaller unit needs more of them, so multiply: {formula}." if level < 2
                 else f"A larger unit needs fewer of them, so divide: {formula}.", "<key>"),
        ),
        hints=(
            "Which of the two units is smaller? Of the smaller one you need more.",
            "How many $<small>$ make $1\\ <large>$? Multiply by that number." if level < 2
            else "How many $<small>$ make $1\\ <large>$? Divide by that number.",
            rf"$1\ <large> = <factor>\ <small>$, so {formula}.",
        ),
        wrong={
            "converts-wrong-way": f"<given> {back} <factor>",
            "wrong-conversion-factor": f"<given> {python} <slip>",
            "changes-unit-only": "<given>",
        },
    )  # fmt: skip


_GIVEN = r"$<given>\ <here>$"
_IN = " Give the answer in $<there>$."
_CONVERT: Stems = {
    Form.BARE: f"How many $<there>$ are {_GIVEN}?",
    Form.TABLE: "Both rows of the table give the same amount. "
    + table((r"\text{in }<here>", "<given>"), (r"\text{in }<there>", "?"))
    + _IN,
}
_MEASURES: dict[str, Stems] = {
    "length": {
        Form.STORY: (
            f"<name> measures a distance and writes down {_GIVEN}. How far is that?{_IN}",
            f"A robot drives {_GIVEN} in a straight line. How far does it drive?{_IN}",
        ),
        Form.TRANSFER: f"<name> reads the length {_GIVEN} in a book and wants to write it down in another unit.{_IN}",
    },
    "volume": {
        Form.STORY: (
            f"<name> fills a tub with {_GIVEN} of water. How much water is that?{_IN}",
            f"A pot holds {_GIVEN} of soup. How much soup is that?{_IN}",
        ),
        Form.TRANSFER: f"<name> reads {_GIVEN} on a water meter. The note needs another unit.{_IN}",
    },
    "mass": {
        Form.STORY: (
            f"<name> weighs a box of books: {_GIVEN}. How heavy is the box?{_IN}",
            f"A sack of potatoes weighs {_GIVEN}. How heavy is the sack?{_IN}",
        ),
        Form.TRANSFER: f"<name> sends a parcel of {_GIVEN}. The form wants the weight in another unit.{_IN}",
    },
    "time": {
        Form.STORY: (
            f"<name> sits on a train for {_GIVEN}. How long is the ride?{_IN}",
            f"A candle burns for {_GIVEN}. How long does it burn?{_IN}",
        ),
        Form.TRANSFER: f"<name> has practiced music for {_GIVEN}. The list wants the time in another unit.{_IN}",
    },
}
