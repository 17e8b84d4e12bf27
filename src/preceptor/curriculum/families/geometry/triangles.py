"""Area of triangles."""

import random
from decimal import Decimal

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("triangles", easiest=-0.3)
def triangle_area(rng: random.Random, level: int) -> Draft:
    """Find the area of a triangle, with a side that is not needed at the higher levels."""
    base, height = rng.sample(range(*((3, 14), (6, 25), (15, 46))[level]), 2)
    side = max(base, height) + rng.randrange(1, 5)
    values: Values = {"b": base, "h": height, "s": side, "whole": base * height, "name": person(rng)}
    return Draft(
        values=values | {"area": (Decimal(base * height) / 2).normalize()},
        kind=QuestionKind.QUANTITY,
        unit="cm^2",
        stems=_WITH_SIDE if level else _PLAIN,
        key="<area>",
        check="<b> * <h> / 2",
        steps=(
            step(r"The rectangle with this base and height: $<b> \times <h> = <whole>$.", "<whole>", "triangles",
                 "rectangles"),
            step(r"The triangle is half of it: $<whole> \div 2 = <area>$.", "<area>"),
        ),
        hints=(
            "Two equal triangles make a shape with the same base and height.",
            r"Work out $<b> \times <h>$. Which part of that does the triangle cover?",
            r"$<b> \times <h> \div 2 = <area>$, so the area is $<area>\ \text{cm}^2$.",
        ),
        wrong={
            "forgets-half": "<b> * <h>",
            "adds-base-and-height": "<b> + <h>",
            **({"multiplies-slanted-side": "<b> * <s> / 2"} if level else {}),
        },
    )  # fmt: skip


_ASK_AREA = r" What is its area in $\text{cm}^2$?"
_BASE = "a base of $<b>$ cm and a height of $<h>$ cm"
_PLAIN: Stems = {
    Form.BARE: f"A triangle has {_BASE}.{_ASK_AREA}",
    Form.STORY: (
        f"<name> sews a flag in the shape of a triangle. It has {_BASE}.{_ASK_AREA}",
        f"A sail of a model boat is a triangle. It has {_BASE}. <name> paints it blue.{_ASK_AREA}",
    ),
    Form.TABLE: "<name> measures a triangle. " + table(("base in cm", "<b>"), ("height in cm", "<h>")) + _ASK_AREA,
    Form.TRANSFER: "<name> cuts a rectangle from corner to corner into two equal triangles. The rectangle is "
    r"$<b>$ cm long and $<h>$ cm wide. What is the area of one triangle in $\text{cm}^2$?",
}
_SLANTED = "Another side is $<s>$ cm long."
_WITH_SIDE: Stems = {
    Form.BARE: f"A triangle has {_BASE}. {_SLANTED}{_ASK_AREA}",
    Form.STORY: (
        f"<name> sews a flag in the shape of a triangle. It has {_BASE}. {_SLANTED}{_ASK_AREA}",
        f"A floor tile is a triangle. It has {_BASE}. {_SLANTED} <name> paints it.{_ASK_AREA}",
    ),
    Form.TABLE: "<name> measures a triangle. "
    + table(("base in cm", "<b>"), ("height in cm", "<h>"), ("another side in cm", "<s>"))
    + _ASK_AREA,
    Form.TRANSFER: "<name> cuts a kite sail in the shape of a triangle. Its lower edge is $<b>$ cm long, and its left "
    "edge is $<s>$ cm long. The top corner is $<h>$ cm above the lower edge." + _ASK_AREA,
}


@family("triangles", easiest=0.1)
def triangle_height(rng: random.Random, level: int) -> Draft:
    """Find the height of a triangle from its area and its base."""
    base = rng.randrange(*((4, 13), (8, 20), (15, 41))[level])
    height = rng.randrange(*((3, 13), (8, 22), (12, 41))[level])
    if base * height % 2:
        base += 1
    values: Values = {"b": base, "h": height, "area": base * height // 2, "whole": base * height, "name": person(rng)}
    return Draft(
        values=values,
        kind=QuestionKind.QUANTITY,
        unit="m",
        stems=_HEIGHT,
        key="<h>",
        check="solve(Eq(<b> * x / 2, <area>))",
        steps=(
            step(r"The rectangle around it is twice as large: $2 \times <area> = <whole>$.", "<whole>"),
            step(r"Divide by the base: $<whole> \div <b> = <h>$.", "<h>", "triangles", "rectangles"),
        ),
        hints=(
            "The triangle is half of a rectangle with the same base and height.",
            "First find the area of that whole rectangle. You know one of its sides.",
            r"$2 \times <area> \div <b> = <h>$, so the height is $<h>$ m.",
        ),
        wrong={"forgets-half": "<area> / <b>", "halves-instead-of-doubling": "<area> / 2 / <b>"},
    )


_ASK_HEIGHT = " What is its height in meters?"
_AREA_BASE = r"an area of $<area>\ \text{m}^2$ and a base of $<b>$ m"
_HEIGHT: Stems = {
    Form.BARE: f"A triangle has {_AREA_BASE}.{_ASK_HEIGHT}",
    Form.STORY: (
        f"<name>'s garden is a triangle. It has {_AREA_BASE}.{_ASK_HEIGHT}",
        f"<name> reads that the sail of a ship is a triangle with {_AREA_BASE}.{_ASK_HEIGHT}",
    ),
    Form.TABLE: "<name> fills in a table about a triangle. "
    + table(("area", r"<area>\ \text{m}^2"), ("base", r"<b>\ \text{m}"), ("height", "?"))
    + _ASK_HEIGHT,
    Form.TRANSFER: r"The front wall of a hall is a triangle. <name> needs paint for $<area>\ \text{m}^2$ to cover it. "
    "At the ground it is $<b>$ m wide. How many meters above the ground is its top?",
}
