"""Volume of cylinders."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.geometry.circles import KEEP_PI
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("cylinders", "circles", easiest=0.3)
def cylinder_volume(rng: random.Random, level: int) -> Draft:
    """Find the volume of a cylinder, or of what a part of it holds, as a multiple of pi."""
    radius, height = (
        rng.randrange(*((3, 9), (3, 12), (3, 13))[level]),
        rng.randrange(*((3, 13), (5, 21), (6, 25))[level]),
    )
    gap = rng.randrange(1, height - 3) if level == 2 else 0
    filled = height - gap
    values: Values = {"r": radius, "d": 2 * radius, "h": height, "gap": gap, "filled": filled, "square": radius**2}
    values |= {
        "volume": radius**2 * filled,
        "fourfold": 4 * radius**2 * filled,
        "side": 2 * radius * filled,
        "thin": radius * filled,
    }
    halve = step(r"The radius is half of the diameter: $<d> \div 2 = <r>$.", "<r>", "circles")
    less = step("The water is $<h> - <gap> = <filled>$ cm high.", "<filled>", "add-subtract-whole")
    square = step("Square the radius: $<r>^2 = <square>$.", "<square>", "circles", "exponents")
    base = step(r"The area of the circle: $\pi \times <square> = <square>\pi$.", "<square>*pi", "circles")
    last = step(r"Times the height: $<square>\pi \times <filled> = <volume>\pi$.", "<volume>*pi")
    return Draft(
        values=values | {"name": person(rng)},
        kind=QuestionKind.EXPRESSION,
        simplest=True,
        stems=(_FROM_RADIUS, _FROM_DIAMETER, _PARTLY_FILLED)[level],
        key="<volume>*pi",
        check=("pi * <r>**2 * <h>", "pi * (<d> / 2)**2 * <h>", "pi * (<d> / 2)**2 * (<h> - <gap>)")[level],
        steps=((square, base, last), (halve, square, base, last), (halve, square, base, less, last))[level],
        hints=(
            "A cylinder is a stack of equal circles. What is the area of one of them?",
            (
                r"Square the radius and multiply by $\pi$. Then multiply by the height.",
                r"Halve the diameter first. Find the area of the circle and multiply it by the height.",
                r"Halve the diameter for the radius. How high does the water stand?",
            )[level],
            r"$\pi \times <r>^2 \times <filled> = <volume>\pi$.",
        ),
        wrong={
            **({"mixes-radius-diameter": "<fourfold>*pi"} if level else {}),
            "side-for-volume": "<side>*pi",
            "forgets-to-square-radius": "<thin>*pi",
            "circle-only": "<square>*pi",
        },
    )


_ASK_VOLUME = r" What is its volume in $\text{cm}^3$?" + KEEP_PI
_FROM_RADIUS: Stems = {
    Form.BARE: f"A cylinder has a radius of $<r>$ cm and a height of $<h>$ cm.{_ASK_VOLUME}",
    Form.STORY: (
        f"<name> makes a candle in the shape of a cylinder. It has a radius of $<r>$ cm and is $<h>$ cm "
        f"high.{_ASK_VOLUME}",
        f"A tin of paint that <name> opens is a cylinder. It has a radius of $<r>$ cm and is $<h>$ cm "
        f"high.{_ASK_VOLUME}",
    ),
    Form.TABLE: "<name> measures a cylinder. " + table(("radius in cm", "<r>"), ("height in cm", "<h>")) + _ASK_VOLUME,
    Form.TRANSFER: "<name> stacks $<h>$ round plates of wood. Each plate is one centimeter thick and has a radius of "
    rf"$<r>$ cm. What is the volume of the stack in $\text{{cm}}^3$?{KEEP_PI}",
}
_FROM_DIAMETER: Stems = {
    Form.BARE: f"A cylinder has a diameter of $<d>$ cm and a height of $<h>$ cm.{_ASK_VOLUME}",
    Form.STORY: (
        f"<name> makes a candle in the shape of a cylinder. It has a diameter of $<d>$ cm and is $<h>$ cm "
        f"high.{_ASK_VOLUME}",
        f"A drum that <name> plays is a cylinder. It has a diameter of $<d>$ cm and is $<h>$ cm high.{_ASK_VOLUME}",
    ),
    Form.TABLE: "<name> measures a cylinder. "
    + table(("diameter in cm", "<d>"), ("height in cm", "<h>"))
    + _ASK_VOLUME,
    Form.TRANSFER: "<name> drills a straight hole through a block of wood. The hole is round, $<d>$ cm across and "
    rf"$<h>$ cm deep. How many $\text{{cm}}^3$ of wood are taken away?{KEEP_PI}",
}
_BELOW = "The water reaches up to $<gap>$ cm below the top edge."
_ASK_WATER = r" How many $\text{cm}^3$ of water are in it?" + KEEP_PI
_PARTLY_FILLED: Stems = {
    Form.BARE: f"A cylinder has a diameter of $<d>$ cm and a height of $<h>$ cm. {_BELOW}{_ASK_WATER}",
    Form.STORY: (
        f"A vase that <name> fills is a cylinder inside, $<d>$ cm across and $<h>$ cm high. {_BELOW}{_ASK_WATER}",
        f"A pot is a cylinder inside, $<d>$ cm across and $<h>$ cm high. <name> fills it. {_BELOW}{_ASK_WATER}",
    ),
    Form.TABLE: "<name> measures a cylinder with water. "
    + table(("diameter in cm", "<d>"), ("height in cm", "<h>"))
    + f" {_BELOW}{_ASK_WATER}",
    Form.TRANSFER: "<name> pours wax into a round form that is $<d>$ cm across and $<h>$ cm high, up to $<gap>$ cm "
    rf"below the top edge. How many $\text{{cm}}^3$ of wax is that?{KEEP_PI}",
}


@family("cylinders", easiest=0.5)
def cylinder_height(rng: random.Random, level: int) -> Draft:
    """Find the height of a cylinder from its volume and its radius or diameter."""
    radius, height = (
        rng.randrange(*((3, 9), (3, 12), (5, 16))[level]),
        rng.randrange(*((3, 13), (6, 21), (8, 30))[level]),
    )
    values: Values = {"r": radius, "d": 2 * radius, "h": height, "square": radius**2, "volume": radius**2 * height}
    halve = step(r"The radius is half of the diameter: $<d> \div 2 = <r>$.", "<r>", "circles")
    from_diameter = level == 2
    return Draft(
        values=values | {"name": person(rng)},
        kind=QuestionKind.QUANTITY,
        unit="cm",
        stems=_HEIGHT_FROM_DIAMETER if from_diameter else _HEIGHT_FROM_RADIUS,
        key="<h>",
        check="<volume> * pi / (pi * (<d> / 2)**2)" if from_diameter else "<volume> * pi / (pi * <r>**2)",
        steps=(
            *([halve] if from_diameter else []),
            step(r"The area of the circle: $\pi \times <r>^2 = <square>\pi$.", "<square>*pi", "circles"),
            step(r"Divide the volume by it: $<volume>\pi \div (<square>\pi) = <volume> \div <square> = <h>$.", "<h>"),
        ),
        hints=(
            "A cylinder is a stack of equal circles. What is the area of one of them?",
            r"The volume is the area of the circle times the height. So divide to find the height. "
            r"What happens to $\pi$?",
            r"The circle has the area $<square>\pi$, and $<volume>\pi \div (<square>\pi) = <h>$.",
        ),
        wrong={
            "side-for-volume": "<volume> / (2 * <r>)",
            "mixes-radius-diameter": "<volume> / <d>^2",
            "forgets-to-square-radius": "<volume> / <r>",
        },
    )


_ASK_HEIGHT = " How many cm high is it?"
_VOLUME_RADIUS = r"a volume of $<volume>\pi\ \text{cm}^3$ and a radius of $<r>$ cm"
_HEIGHT_FROM_RADIUS: Stems = {
    Form.BARE: f"A cylinder has {_VOLUME_RADIUS}.{_ASK_HEIGHT}",
    Form.STORY: (
        f"A vase is a cylinder inside. <name> finds out that it has {_VOLUME_RADIUS}.{_ASK_HEIGHT}",
        f"A candle is a cylinder. <name> reads that it has {_VOLUME_RADIUS}.{_ASK_HEIGHT}",
    ),
    Form.TABLE: "<name> fills in a table about a cylinder. "
    + table(("volume", r"<volume>\pi\ \text{cm}^3"), ("radius", r"<r>\ \text{cm}"), ("height", "?"))
    + _ASK_HEIGHT,
    Form.TRANSFER: r"<name> pours $<volume>\pi\ \text{cm}^3$ of sand into an empty glass tube and shakes it flat. "
    "Inside, the tube has a radius of $<r>$ cm. How many cm high does the sand stand?",
}
_VOLUME_DIAMETER = r"a volume of $<volume>\pi\ \text{cm}^3$ and a diameter of $<d>$ cm"
_HEIGHT_FROM_DIAMETER: Stems = {
    Form.BARE: f"A cylinder has {_VOLUME_DIAMETER}.{_ASK_HEIGHT}",
    Form.STORY: (
        f"A vase is a cylinder inside. <name> finds out that it has {_VOLUME_DIAMETER}.{_ASK_HEIGHT}",
        f"A candle is a cylinder. <name> reads that it has {_VOLUME_DIAMETER}.{_ASK_HEIGHT}",
    ),
    Form.TABLE: "<name> fills in a table about a cylinder. "
    + table(("volume", r"<volume>\pi\ \text{cm}^3"), ("diameter", r"<d>\ \text{cm}"), ("height", "?"))
    + _ASK_HEIGHT,
    Form.TRANSFER: r"<name> pours $<volume>\pi\ \text{cm}^3$ of sand into an empty glass tube and shakes it flat. "
    "Inside, the tube is $<d>$ cm across. How many cm high does the sand stand?",
}
