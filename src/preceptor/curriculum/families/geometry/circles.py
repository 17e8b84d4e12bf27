"""Circles, measured in multiples of pi."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind

UNITS = (r"\text{cm}", r"\text{m}", r"\text{mm}")
KEEP_PI = r" Leave $\pi$ in your answer and leave out the unit."


@family("circles", easiest=0.0)
def circumference(rng: random.Random, level: int) -> Draft:
    """Find the circumference of a circle or the edge of half a disc, as a multiple of pi."""
    radius = rng.randrange(3, (27, 31, 31)[level])
    unit = rng.choice(UNITS[:2])
    values: Values = {"r": radius, "d": 2 * radius, "square": radius**2, "u": unit, "name": person(rng)}
    values |= {"fourfold": 4 * radius, "threefold": 3 * radius, "half": radius**2 // 2}
    double = step(r"The diameter is twice the radius: $2 \times <r> = <d>$.", "<d>")
    around = step(r"The circumference is pi times the diameter: $\pi \times <d> = <d>\pi$.", "<d>*pi")
    half = (
        double,
        around,
        step(r"Half of that is the curved part: $<d>\pi \div 2 = <r>\pi$.", "<r>*pi"),
        step(r"Add the straight part: $<r>\pi + <d>$.", "<r>*pi + <d>"),
    )
    return Draft(
        values=values,
        kind=QuestionKind.EXPRESSION,
        simplest=True,
        stems=(_DIAMETER, _RADIUS, _HALF)[level],
        key="<r>*pi + <d>" if level == 2 else "<d>*pi",
        check=("<d> * pi", "2 * <r> * pi", "pi * (<r> + <r>) / 2 + <r> + <r>")[level],
        steps=((_PI_STEP, around), (double, around), half)[level],
        hints=(
            r"How often does the diameter fit around a circle? That number is called $\pi$.",
            (
                r"Multiply the diameter by $\pi$.",
                r"Double the radius to get the diameter. Then multiply by $\pi$.",
                "The edge has a curved part, half the circumference of a circle, and a straight part, the diameter.",
            )[level],
            (
                r"$\pi \times <d> = <d>\pi$.",
                r"The diameter is $2 \times <r> = <d>$, so the circumference is $<d>\pi$.",
                r"The curved part is $<d>\pi \div 2 = <r>\pi$, the straight part $<d>$: together $<r>\pi + <d>$.",
            )[level],
        ),
        wrong=(
            {"mixes-radius-diameter": "<fourfold>*pi", "swaps-area-way-around": "<square>*pi", "leaves-pi-out": "<d>"},
            {"mixes-radius-diameter": "<r>*pi", "swaps-area-way-around": "<square>*pi", "leaves-pi-out": "<d>"},
            {
                "mixes-radius-diameter": "<d>*pi + <d>",
                "swaps-area-way-around": "<square>*pi/2" if radius % 2 else "<half>*pi",
                "leaves-pi-out": "<threefold>",
            },
        )[level],
    )


_PI_STEP = step(r"The circumference of each circle is $\pi$ times as long as its diameter.", "pi")
_ASK_AROUND = r" What is its circumference in $<u>$?" + KEEP_PI
_ASK_AROUND_CM = " What is its circumference in cm?" + KEEP_PI
_ASK_AROUND_M = " What is the circumference of the circle in meters?" + KEEP_PI
_DIAMETER: Stems = {
    Form.BARE: rf"A circle has a diameter of $<d>\ <u>$.{_ASK_AROUND}",
    Form.STORY: (
        f"<name> draws a circle with a diameter of $<d>$ cm.{_ASK_AROUND_CM}",
        f"The round picture that <name> painted has a diameter of $<d>$ cm.{_ASK_AROUND_CM}",
    ),
    Form.TABLE: "<name> measures a circle. " + table(("diameter", r"<d>\ <u>"), ("circumference", "?")) + _ASK_AROUND,
    Form.TRANSFER: r"A round pond has a diameter of $<d>$ meters. <name> walks once along its edge. "
    f"How many meters is that?{KEEP_PI}",
}
_RADIUS: Stems = {
    Form.BARE: rf"A circle has a radius of $<r>\ <u>$.{_ASK_AROUND}",
    Form.STORY: (
        "<name> ties a rope to a post and draws a circle in the sand with it. The rope is $<r>$ meters long."
        + _ASK_AROUND_M,
        f"<name> plays on a round lawn with a radius of $<r>$ meters.{_ASK_AROUND_M}",
    ),
    Form.TABLE: "<name> measures a circle. " + table(("radius", r"<r>\ <u>"), ("circumference", "?")) + _ASK_AROUND,
    Form.TRANSFER: "A horse runs in a circle, always $<r>$ meters away from a post. <name> counts one full round. "
    f"How many meters is that?{KEEP_PI}",
}
_ASK_EDGE = r" How many $<u>$ long is its whole edge?" + KEEP_PI
_ASK_EDGE_CM = " How many cm long is its whole edge?" + KEEP_PI
_ASK_EDGE_M = " How many meters long is its whole edge?" + KEEP_PI
_HALF: Stems = {
    Form.BARE: rf"A half circle is closed by its diameter. Its radius is $<r>\ <u>$.{_ASK_EDGE}",
    Form.STORY: (
        "<name> cuts a round sheet with a radius of $<r>$ cm in half, along its diameter. Look at one half."
        + _ASK_EDGE_CM,
        "A lawn has the shape of half a circle with a radius of $<r>$ meters. <name> lays stones along its edge, "
        f"also along the straight side.{_ASK_EDGE_M}",
    ),
    Form.TABLE: "<name> measures half a circle. "
    + table(("radius", r"<r>\ <u>"), ("straight part", r"<d>\ <u>"), ("whole edge", "?"))
    + _ASK_EDGE,
    Form.TRANSFER: "A window has the shape of half a circle. Its radius is $<r>$ cm. <name> builds a frame for "
    f"it, for the curved and the straight part. How many cm long is the frame?{KEEP_PI}",
}


@family("circles", easiest=0.2)
def circle_area(rng: random.Random, level: int) -> Draft:
    """Find the area of a circle or half a circle, as a multiple of pi."""
    radius = 2 * rng.randrange(2, 19) if level == 2 else rng.randrange(3, 19)
    values: Values = {"r": radius, "d": 2 * radius, "square": radius**2, "double": (2 * radius) ** 2}
    values |= {"half": radius**2 // 2, "twice": 2 * radius**2, "u": rng.choice(UNITS), "name": person(rng)}
    halve = step(r"The radius is half of the diameter: $<d> \div 2 = <r>$.", "<r>")
    square = step("Square the radius: $<r>^2 = <square>$.", "<square>", "circles", "exponents")
    area = step(r"Multiply by pi: $\pi \times <square> = <square>\pi$.", "<square>*pi")
    half = step(r"Take half of it: $<square>\pi \div 2 = <half>\pi$.", "<half>*pi")
    return Draft(
        values=values,
        kind=QuestionKind.EXPRESSION,
        simplest=True,
        stems=(_AREA_RADIUS, _AREA_DIAMETER, _HALF_AREA)[level],
        key="<half>*pi" if level == 2 else "<square>*pi",
        check=("pi * <r>**2", "pi * (<d> / 2)**2", "pi * (<d> / 2)**2 / 2")[level],
        steps=((square, area), (halve, square, area), (halve, square, area, half))[level],
        hints=(
            r"The area of a circle is $\pi$ times a square. Which length do you square?",
            (
                r"Square the radius, then multiply by $\pi$.",
                r"Halve the diameter to get the radius. Square it, then multiply by $\pi$.",
                "Find the radius and the area of the whole circle first. Which part of it do you need?",
            )[level],
            (
                r"$\pi \times <r>^2 = <square>\pi$.",
                r"The radius is $<d> \div 2 = <r>$, so the area is $\pi \times <r>^2 = <square>\pi$.",
                r"The whole circle has $\pi \times <r>^2 = <square>\pi$, so the half has $<half>\pi$.",
            )[level],
        ),
        wrong=(
            {"swaps-area-way-around": "<d>*pi", "mixes-radius-diameter": "<double>*pi", "leaves-pi-out": "<square>"},
            {
                "mixes-radius-diameter": "<double>*pi",
                "swaps-area-way-around": "<d>*pi",
                "forgets-to-square-radius": "<r>*pi",
            },
            {"mixes-radius-diameter": "<twice>*pi", "swaps-area-way-around": "<r>*pi", "leaves-pi-out": "<half>"},
        )[level],
    )


_ASK_AREA = r" What is its area in $<u>^2$?" + KEEP_PI
_ASK_AREA_PI_CM = r" What is its area in $\text{cm}^2$?" + KEEP_PI
_ASK_AREA_PI_KM = r" What is its area in $\text{km}^2$?" + KEEP_PI
_AREA_RADIUS: Stems = {
    Form.BARE: rf"A circle has a radius of $<r>\ <u>$.{_ASK_AREA}",
    Form.STORY: (
        f"<name> draws a circle with a radius of $<r>$ cm.{_ASK_AREA_PI_CM}",
        f"On a map, <name> finds a round lake with a radius of $<r>$ km.{_ASK_AREA_PI_KM}",
    ),
    Form.TABLE: "<name> measures a circle. " + table(("radius", r"<r>\ <u>"), ("area", "?")) + _ASK_AREA,
    Form.TRANSFER: r"A lawn sprinkler throws water $<r>$ meters far, all around it. <name> watches it. "
    rf"How many $\text{{m}}^2$ get wet?{KEEP_PI}",
}
_AREA_DIAMETER: Stems = {
    Form.BARE: rf"A circle has a diameter of $<d>\ <u>$.{_ASK_AREA}",
    Form.STORY: (
        f"<name> draws a circle with a diameter of $<d>$ cm.{_ASK_AREA_PI_CM}",
        f"From a plane, <name> sees a round island with a diameter of $<d>$ km.{_ASK_AREA_PI_KM}",
    ),
    Form.TABLE: "<name> measures a circle. " + table(("diameter", r"<d>\ <u>"), ("area", "?")) + _ASK_AREA,
    Form.TRANSFER: r"A round circus tent just fits between two trees that are $<d>$ meters apart. <name> lies down "
    rf"inside. How many $\text{{m}}^2$ of ground does the tent cover?{KEEP_PI}",
}
_ASK_HALF_AREA = r" What is the area of the half circle in $<u>^2$?" + KEEP_PI
_ASK_HALF_AREA_CM = r" What is the area of one half in $\text{cm}^2$?" + KEEP_PI
_HALF_AREA: Stems = {
    Form.BARE: rf"A circle has a diameter of $<d>\ <u>$. It is cut in half.{_ASK_HALF_AREA}",
    Form.STORY: (
        f"<name> cuts a round sheet with a diameter of $<d>$ cm in half.{_ASK_HALF_AREA_CM}",
        f"<name> folds a round cloth with a diameter of $<d>$ cm into two equal halves.{_ASK_HALF_AREA_CM}",
    ),
    Form.TABLE: "<name> measures half a circle. " + table(("diameter", r"<d>\ <u>"), ("area", "?")) + _ASK_HALF_AREA,
    Form.TRANSFER: r"A lawn has the shape of half a circle. <name> measures its straight edge: $<d>$ meters. "
    rf"What is the area of the lawn in $\text{{m}}^2$?{KEEP_PI}",
}
