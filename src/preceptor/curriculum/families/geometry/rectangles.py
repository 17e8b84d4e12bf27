"""Area and perimeter of rectangles."""

import random
from fractions import Fraction
from math import gcd

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("rectangles", easiest=-0.75)
def rectangle(rng: random.Random, level: int) -> Draft:
    """Find the area, the perimeter, or the perimeter from the area."""
    width, length = sorted(rng.sample(range(3, (14, 21, 26)[level]), 2))
    values: Values = {"w": width, "l": length, "half": width + length, "name": person(rng)}
    values |= {"area": width * length, "around": 2 * (width + length)}
    return (_area, _perimeter, _perimeter_from_area)[level](values)


def _area(values: Values) -> Draft:
    return Draft(
        values=values,
        kind=QuestionKind.QUANTITY,
        unit="m^2",
        stems=_AREA,
        key="<area>",
        check="<w> * <l>",
        steps=(
            step("Cut it into squares: there are $<w>$ rows of $<l>$ squares.", "<l>"),
            step(r"Multiply: $<w> \times <l> = <area>$.", "<area>", "rectangles", "multiply-whole"),
        ),
        hints=(
            "The area counts the squares that fit inside.",
            "How many rows of squares are there, and how many squares are in one row?",
            r"$<w> \times <l> = <area>$, so the area is $<area>\ \text{m}^2$.",
        ),
        wrong={"swaps-area-perimeter": "2 * (<w> + <l>)", "adds-two-sides-only": "<w> + <l>"},
    )


def _perimeter(values: Values) -> Draft:
    return Draft(
        values=values,
        kind=QuestionKind.QUANTITY,
        unit="cm",
        stems=_PERIMETER,
        key="<around>",
        check="<w> + <l> + <w> + <l>",
        steps=(
            step("Add two sides that meet: $<w> + <l> = <half>$.", "<half>", "rectangles", "add-subtract-whole"),
            step(r"There are two of each: $2 \times <half> = <around>$.", "<around>"),
        ),
        hints=(
            "The perimeter is the way all around. How many sides does a rectangle have?",
            "Two sides that meet make $<w> + <l>$. The other two are just as long.",
            r"$2 \times (<w> + <l>) = <around>$, so the perimeter is $<around>$ cm.",
        ),
        wrong={"adds-two-sides-only": "<w> + <l>", "swaps-area-perimeter": "<w> * <l>"},
    )


def _perimeter_from_area(values: Values) -> Draft:
    return Draft(
        values=values,
        kind=QuestionKind.QUANTITY,
        unit="m",
        stems=_PERIMETER_FROM_AREA,
        key="<around>",
        check="2 * (<area> / <w> + <w>)",
        steps=(
            step(r"Find the length from the area: $<area> \div <w> = <l>$.", "<l>"),
            step("Add two sides that meet: $<w> + <l> = <half>$.", "<half>", "rectangles", "add-subtract-whole"),
            step(r"All the way around: $2 \times <half> = <around>$.", "<around>"),
        ),
        hints=(
            "You need the length first. What do area, width and length have to do with each other?",
            "The area is the width times the length. So divide $<area>$ by $<w>$ to get the length.",
            r"The length is $<area> \div <w> = <l>$, so the way around is $2 \times (<w> + <l>) = <around>$.",
        ),
        wrong={"adds-two-sides-only": "<w> + <area> / <w>", "takes-measure-for-side": "2 * (<w> + <area>)"},
    )


_WIDE_LONG_M = r"$<w>$ m wide and $<l>$ m long"
_ASK_AREA = r" What is its area in $\text{m}^2$?"
_AREA: Stems = {
    Form.BARE: f"A rectangle is {_WIDE_LONG_M}.{_ASK_AREA}",
    Form.STORY: (
        f"<name> digs a garden bed. It is a rectangle, {_WIDE_LONG_M}.{_ASK_AREA}",
        f"A school has a new sandbox. It is a rectangle, {_WIDE_LONG_M}.{_ASK_AREA}",
        f"The floor of an entrance hall is a rectangle, {_WIDE_LONG_M}.{_ASK_AREA}",
    ),
    Form.TABLE: "The table shows the sides of a rectangle in meters. "
    + table(("width", "<w>"), ("length", "<l>"))
    + _ASK_AREA,
    Form.TRANSFER: "<name> lays square tiles on a terrace. Each side of a tile is one meter long. "
    r"There are $<w>$ rows with $<l>$ tiles in each row. What is the area of the terrace in $\text{m}^2$?",
}
_WIDE_LONG_CM = "$<w>$ cm wide and $<l>$ cm long"
_ASK_AROUND = " What is its perimeter in cm?"
_PERIMETER: Stems = {
    Form.BARE: f"A rectangle is {_WIDE_LONG_CM}.{_ASK_AROUND}",
    Form.STORY: (
        f"<name> paints a picture that is {_WIDE_LONG_CM}.{_ASK_AROUND}",
        f"The screen of a small computer is {_WIDE_LONG_CM}.{_ASK_AROUND}",
        f"<name> sews a flag that is {_WIDE_LONG_CM}.{_ASK_AROUND}",
    ),
    Form.TABLE: "The table shows the sides of a rectangle in centimeters. "
    + table(("width", "<w>"), ("length", "<l>"))
    + _ASK_AROUND,
    Form.TRANSFER: f"<name> puts a ribbon all around the edge of a card. The card is {_WIDE_LONG_CM}. "
    "How many cm of ribbon does it take?",
}
_AREA_WIDE = r"has an area of $<area>\ \text{m}^2$. It is $<w>$ m wide"
_ASK_WAY = " How many meters long is the way all around it?"
_PERIMETER_FROM_AREA: Stems = {
    Form.BARE: f"A rectangle {_AREA_WIDE}.{_ASK_WAY}",
    Form.STORY: (
        f"A field for horses {_AREA_WIDE} and has four right angles.{_ASK_WAY}",
        f"The swimming pool of a town is a rectangle. It {_AREA_WIDE}.{_ASK_WAY}",
    ),
    Form.TABLE: "The table shows the measures of a rectangle. "
    + table(("area", r"<area>\ \text{m}^2"), ("width", r"<w>\ \text{m}"))
    + _ASK_WAY,
    Form.TRANSFER: r"A stage is a rectangle of $<area>\ \text{m}^2$. One of its sides is $<w>$ m long. "
    "<name> walks once around its edge. How many meters is that?",
}


@family("rectangles", easiest=-0.3)
def missing_side(rng: random.Random, level: int) -> Draft:
    """Find a side from the perimeter; at the highest level go on to the area."""
    width, length = rng.sample(range(*((3, 15), (11, 40), (6, 25))[level]), 2)
    around, rest = 2 * (width + length), 2 * length
    values: Values = {"w": width, "l": length, "around": around, "rest": rest, "both": 2 * width, "name": person(rng)}
    values |= {"area": width * length}
    side = (
        step(r"The two known sides: $2 \times <w> = <both>$.", "<both>"),
        step("What the other two sides make: $<around> - <both> = <rest>$.", "<rest>", "add-subtract-whole"),
        step(r"One of them: $<rest> \div 2 = <l>$.", "<l>"),
    )
    more = (step(r"The area: $<w> \times <l> = <area>$.", "<area>", "rectangles", "multiply-whole"),)
    area = level == 2
    left = "(<around> - 2 * <w>)"
    return Draft(
        values=values,
        kind=QuestionKind.QUANTITY,
        unit="m^2" if area else "m",
        stems=_AREA_FROM_PERIMETER if area else _SIDE_FROM_PERIMETER,
        key="<area>" if area else "<l>",
        check="<w> * (<around> - 2 * <w>) / 2" if area else "(<around> - <w> - <w>) / 2",
        steps=side + more if area else side,
        hints=(
            "The perimeter is made of four sides. Which of them do you know?",
            "Take the two known sides from the perimeter. The rest is shared by the other two sides.",
            r"The other side is $(<around> - 2 \times <w>) \div 2 = <l>$, so the area is $<w> \times <l> = <area>$."
            if area
            else r"$(<around> - 2 \times <w>) \div 2 = <l>$, so the other side is $<l>$ m long.",
        ),
        wrong={
            "two-sides-as-one": f"{left} * <w>" if area else left,
            **(
                {"takes-measure-for-side": "<around> * <w>"}
                if area
                else {"adds-two-sides-only": "<around> - <w>", "swaps-area-perimeter": "<around> / <w>"}
            ),
        },
    )


_PERIMETER_IS = "has a perimeter of $<around>$ m. One side is $<w>$ m long."
_SIDE_TABLE = table(("perimeter", r"<around>\ \text{m}"), ("one side", r"<w>\ \text{m}"), ("other side", "?"))
_ASK_SIDE = " How many meters long is the other side?"
_SIDE_FROM_PERIMETER: Stems = {
    Form.BARE: f"A rectangle {_PERIMETER_IS}{_ASK_SIDE}",
    Form.STORY: (
        "<name> has put a fence of $<around>$ m all around a rectangular yard. One side of the yard is $<w>$ m long."
        + _ASK_SIDE,
        "<name> runs once around a rectangular field. That is $<around>$ m. One side of the field is $<w>$ m long."
        + _ASK_SIDE,
    ),
    Form.TABLE: "The table shows the measures of a rectangle. " + _SIDE_TABLE + _ASK_SIDE,
    Form.TRANSFER: "<name> lays a rope of $<around>$ m on the sand in the shape of a rectangle. "
    "The rectangle is $<w>$ m wide. How many meters long is it?",
}
_AREA_FROM_PERIMETER: Stems = {
    Form.BARE: f"A rectangle {_PERIMETER_IS}{_ASK_AREA}",
    Form.STORY: (
        f"<name> has a garden in the shape of a rectangle. It {_PERIMETER_IS}{_ASK_AREA}",
        f"The hall of a museum is a rectangle. It {_PERIMETER_IS}{_ASK_AREA}",
    ),
    Form.TABLE: "The table shows the measures of a rectangle. " + _SIDE_TABLE + _ASK_AREA,
    Form.TRANSFER: "<name> lays a rope of $<around>$ m on the sand in the shape of a rectangle. "
    r"The rectangle is $<w>$ m wide. How many $\text{m}^2$ of sand does it enclose?",
}


@family("rectangles", "multiply-fractions", easiest=0.2)
def fractional_area(rng: random.Random, level: int) -> Draft:
    """Find the area of a rectangle with fractional sides."""
    (a, b), (c, d) = _proper(rng, rng.randrange(3, 8 + level)), _proper(rng, rng.randrange(3, 9 + 2 * level))
    if level == 2:
        a += b
    first, second = Fraction(a, b), Fraction(c, d)
    values: Values = {"first": first, "second": second, "a": a, "b": b, "c": c, "d": d, "name": person(rng)}
    values |= {"top": a * c, "bottom": b * d, "area": first * second}
    mixed = r"Write the mixed number as a fraction: $<first:mixed> = \frac{<a>}{<b>}$."
    simpler = (first * second).denominator != b * d
    product = r"\frac{<a>}{<b>} \times \frac{<c>}{<d>} = \frac{<top>}{<bottom>}" + (" = <area>" if simpler else "")
    return Draft(
        values=values,
        kind=QuestionKind.FRACTION,
        stems=_FRACTIONAL,
        key="<area>",
        check="<first> * <second>",
        steps=(
            *([step(mixed, "<first>", "mixed-numbers")] if level == 2 else []),
            step(r"Multiply the numerators: $<a> \times <c> = <top>$.", "<top>", "multiply-fractions"),
            step(r"Multiply the denominators: $<b> \times <d> = <bottom>$.", "<bottom>", "multiply-fractions"),
            step(f"The area is the length times the width: ${product}$.", "<area>", "rectangles"),
        ),
        hints=(
            "The area is the length times the width, for fractions too.",
            "Multiply top times top and bottom times bottom. Then see whether the fraction can be made simpler.",
            f"${product}$",
        ),
        wrong={
            "swaps-area-perimeter": "2 * (<first> + <second>)",
            "adds-two-sides-only": "<first> + <second>",
        },
    )


def _proper(rng: random.Random, denominator: int) -> tuple[int, int]:
    """Numerator and denominator of a proper fraction in lowest terms."""
    return rng.choice([top for top in range(1, denominator) if gcd(top, denominator) == 1]), denominator


_LONG_WIDE = "$<first:mixed>$ m long and $<second>$ m wide"
_ASK_FRACTION = (
    r" What is its area in $\text{m}^2$? Write a fraction or a mixed number in lowest terms, without the unit."
)
_FRACTIONAL: Stems = {
    Form.BARE: f"A rectangle is {_LONG_WIDE}.{_ASK_FRACTION}",
    Form.STORY: (
        f"<name> cuts a rectangle out of cloth. It is {_LONG_WIDE}.{_ASK_FRACTION}",
        f"A pane of glass is {_LONG_WIDE}.{_ASK_FRACTION}",
        f"<name> saws a wooden board that is {_LONG_WIDE}.{_ASK_FRACTION}",
    ),
    Form.TABLE: "The table shows the sides of a rectangle in meters. "
    + table(("length", "<first:mixed>"), ("width", "<second>"))
    + _ASK_FRACTION,
    Form.TRANSFER: "A garden bed for herbs has four right angles. One side is $<first:mixed>$ m long, "
    f"the side next to it $<second>$ m.{_ASK_FRACTION}",
}
