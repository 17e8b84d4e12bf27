"""Circles, measured with 3.14 for pi."""

import random
from decimal import Decimal

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("circles", "multiply-decimals", easiest=0.4)
def circle_in_decimals(rng: random.Random, level: int) -> Draft:
    """Find the circumference of a circle or its area with 3.14 for pi."""
    radius = Decimal(rng.randrange(3, 60, 2)) / 2 if level == 2 else Decimal(rng.randrange(3, 32))
    square = (radius * radius).normalize()
    values: Values = {"pi": Decimal("3.14"), "r": radius, "d": 2 * radius, "square": square, "name": person(rng)}
    values |= {"around": (Decimal("6.28") * radius).normalize(), "area": (Decimal("3.14") * square).normalize()}
    values |= {key: int(value) for key, value in values.items() if isinstance(value, Decimal) and value == int(value)}
    halve = step(r"The radius is half of the diameter: $<d> \div 2 = <r>$.", "<r>")
    squared = step("Square the radius: $<r>^2 = <square>$.", "<square>", "circles", "exponents")
    area = step(r"Multiply by pi: $<pi> \times <square> = <area>$.", "<area>", "multiply-decimals")
    around = step(r"Multiply pi by the diameter: $<pi> \times <d> = <around>$.", "<around>", "multiply-decimals")
    length = level == 0
    return Draft(
        values=values,
        kind=QuestionKind.QUANTITY,
        unit="cm" if length else "cm^2",
        stems=(_LENGTH_DECIMAL, _AREA_DECIMAL, _AREA_FROM_DIAMETER)[level],
        key="<around>" if length else "<area>",
        check=("<pi> * <d>", "<pi> * <r>**2", "<pi> * (<d> / 2)**2")[level],
        steps=((step("The circumference is pi times the diameter. The diameter is $<d>$ "
            "cm.", "<d>"), around), (squared, area),
               (halve, squared, area))[level],
        hints=(
            "Is the circumference of the circle asked for, or the area inside?",
            (
                "Multiply the diameter by $<pi>$.",
                "Square the radius, then multiply by $<pi>$.",
                "Find the radius first. Square it, then multiply by $<pi>$.",
            )[level],
            r"$<pi> \times <d> = <around>$, so the circumference is $<around>$ cm." if length
            else r"$<pi> \times <r>^2 = <area>$, so the area is $<area>\ \text{cm}^2$.",
        ),
        wrong=(
            {"mixes-radius-diameter": "2 * <pi> * <d>", "swaps-area-way-around": "<pi> * <r>^2"},
            {"swaps-area-way-around": "2 * <pi> * <r>", "mixes-radius-diameter": "<pi> * (2 * <r>)^2"},
            {"mixes-radius-diameter": "<pi> * <d>^2", "swaps-area-way-around": "<pi> * <d>"},
        )[level],
    )  # fmt: skip


_DECIMAL = r" Use $\pi \approx <pi>$."
_ASK_LENGTH_CM = " What is its circumference in cm?" + _DECIMAL
_LENGTH_DECIMAL: Stems = {
    Form.BARE: (
        f"A circle has a diameter of $<d>$ cm.{_ASK_LENGTH_CM}",
        f"The diameter of a circle is $<d>$ cm.{_ASK_LENGTH_CM}",
    ),
    Form.STORY: (
        f"<name> ties a ribbon around a round tin with a diameter of $<d>$ cm.{_ASK_LENGTH_CM}",
        f"<name> makes a round sign with a diameter of $<d>$ cm.{_ASK_LENGTH_CM}",
    ),
    Form.TABLE: "<name> measures a circle. "
    + table(("diameter in cm", "<d>"), ("circumference", "?"))
    + _ASK_LENGTH_CM,
    Form.TRANSFER: "A ring has a diameter of $<d>$ cm. <name> lets it roll along a straight line until it has turned "
    f"around once. How many cm does it roll?{_DECIMAL}",
}
_ASK_AREA_CM = r" What is its area in $\text{cm}^2$?" + _DECIMAL
_AREA_DECIMAL: Stems = {
    Form.BARE: (
        f"A circle has a radius of $<r>$ cm.{_ASK_AREA_CM}",
        f"The radius of a circle is $<r>$ cm.{_ASK_AREA_CM}",
    ),
    Form.STORY: (
        f"<name> paints a round sign with a radius of $<r>$ cm.{_ASK_AREA_CM}",
        f"<name> cuts a round patch out of cloth. Its radius is $<r>$ cm.{_ASK_AREA_CM}",
    ),
    Form.TABLE: "<name> measures a circle. " + table(("radius in cm", "<r>"), ("area", "?")) + _ASK_AREA_CM,
    Form.TRANSFER: "<name> opens a compass to $<r>$ cm, draws a circle with it and colors the inside. "
    rf"How many $\text{{cm}}^2$ are colored?{_DECIMAL}",
}
_AREA_FROM_DIAMETER: Stems = {
    Form.BARE: (
        f"A circle has a diameter of $<d>$ cm.{_ASK_AREA_CM}",
        f"The diameter of a circle is $<d>$ cm.{_ASK_AREA_CM}",
    ),
    Form.STORY: (
        f"<name> covers a round stool with cloth. Its top has a diameter of $<d>$ cm.{_ASK_AREA_CM}",
        f"<name> polishes a round mirror with a diameter of $<d>$ cm.{_ASK_AREA_CM}",
    ),
    Form.TABLE: "<name> measures a circle. " + table(("diameter in cm", "<d>"), ("area", "?")) + _ASK_AREA_CM,
    Form.TRANSFER: "A straight stick of $<d>$ cm just fits across a round drum, through its center. <name> puts a new "
    rf"skin on top. How many $\text{{cm}}^2$ is the round top?{_DECIMAL}",
}
