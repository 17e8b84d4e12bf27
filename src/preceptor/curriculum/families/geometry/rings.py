"""Area of rings between two circles."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.geometry.circles import KEEP_PI, UNITS
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("circles", easiest=0.5)
def ring_area(rng: random.Random, level: int) -> Draft:
    """Find the area of a ring from its radii, or from the inner radius and the width."""
    radius, width = rng.randrange(*((3, 9), (6, 14), (8, 20))[level]), rng.randrange(3, (8, 11, 11)[level])
    outer = radius + width
    values: Values = {"r": radius, "big": outer, "square": radius**2, "bigsquare": outer**2, "width": width}
    values |= {"ring": outer**2 - radius**2, "two": 2 * width, "gap": width**2, "u": rng.choice(UNITS)}
    from_width = level == 2
    steps = (
        step("Square the outer radius: $<big>^2 = <bigsquare>$.", "<bigsquare>", "circles", "exponents"),
        step("Square the inner radius: $<r>^2 = <square>$.", "<square>", "circles", "exponents"),
        step(r"Take the hole from the large circle: $<bigsquare>\pi - <square>\pi = <ring>\pi$.", "<ring>*pi"),
    )
    outside = step("The outer radius: $<r> + <width> = <big>$.", "<big>", "add-subtract-whole")
    return Draft(
        values=values | {"name": person(rng)},
        kind=QuestionKind.EXPRESSION,
        simplest=True,
        stems=_FROM_WIDTH if from_width else _FROM_RADII,
        key="<ring>*pi",
        check="pi * (<r> + <width>)**2 - pi * <r>**2" if from_width else "pi * <big>**2 - pi * <r>**2",
        steps=(outside, *steps) if from_width else steps,
        hints=(
            "A ring is a large circle without a smaller one.",
            "Find the outer radius first. Then find the area of the large circle and of the hole."
            if from_width
            else "Find the area of the large circle and the area of the hole. What is left?",
            r"$\pi \times <big>^2 - \pi \times <r>^2 = <ring>\pi$.",
        ),
        wrong={
            "subtracts-before-squaring": "<gap>*pi",
            "swaps-area-way-around": "<two>*pi",
            "forgets-to-square-radius": "<width>*pi",
        },
    )


_ASK_AREA = r" What is its area in $<u>^2$?" + KEEP_PI
_ASK_AREA_PI_CM = r" What is its area in $\text{cm}^2$?" + KEEP_PI
_FROM_RADII: Stems = {
    Form.BARE: rf"A ring has an outer radius of $<big>\ <u>$ and an inner radius of $<r>\ <u>$.{_ASK_AREA}",
    Form.STORY: (
        "<name> cuts a circle with a radius of $<big>$ cm out of paper. Then a round hole with a radius of "
        f"$<r>$ cm is cut out of its middle. Look at the ring.{_ASK_AREA_PI_CM}",
        "<name> paints a ring around a circle with a radius of $<r>$ cm. The outer edge of the ring is "
        f"$<big>$ cm away from the center. Look at the ring.{_ASK_AREA_PI_CM}",
    ),
    Form.TABLE: "<name> measures a ring. "
    + table(("outer radius", r"<big>\ <u>"), ("inner radius", r"<r>\ <u>"), ("area", "?"))
    + _ASK_AREA,
    Form.TRANSFER: r"A round pond has a radius of $<r>$ meters. Around it lies a path. <name> measures "
    r"$<big>$ meters from the center of the pond to the outer edge of the path. "
    rf"How many $\text{{m}}^2$ does the path cover?{KEEP_PI}",
}
_FROM_WIDTH: Stems = {
    Form.BARE: rf"A ring lies around a circle with a radius of $<r>\ <u>$. It is $<width>\ <u>$ wide. "
    rf"What is the area of the ring in $<u>^2$?{KEEP_PI}",
    Form.STORY: (
        "<name> sews a strip of cloth around a round pillow with a radius of $<r>$ cm. The strip is $<width>$ cm wide. "
        r"What is the area of this ring in $\text{cm}^2$?" + KEEP_PI,
        "<name> draws a target. Around a red circle with a radius of $<r>$ cm goes a blue ring that is $<width>$ cm "
        r"wide. How many $\text{cm}^2$ are blue?" + KEEP_PI,
    ),
    Form.TABLE: "<name> measures a ring. "
    + table(("inner radius", r"<r>\ <u>"), ("width of the ring", r"<width>\ <u>"), ("area", "?"))
    + _ASK_AREA,
    Form.TRANSFER: r"A round tower has an outer radius of $<r>$ meters. Around it lies a ditch, $<width>$ meters wide. "
    rf"<name> looks down from the top. How many $\text{{m}}^2$ does the ditch cover?{KEEP_PI}",
}
