"""Right triangles: equations and areas."""

import random

from preceptor.curriculum.draft import Draft, Form, Stems, step
from preceptor.curriculum.families.geometry.right_triangles import sides
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("pythagorean-theorem", easiest=0.2)
def right_triangle_equation(rng: random.Random, level: int) -> Draft:
    """Choose the equation that fits a right triangle."""
    values = sides(rng, level)
    longest = level == 0 or (level == 2 and rng.random() < 0.5)
    return Draft(
        values=values,
        kind=QuestionKind.CHOICE,
        stems=_CHOOSE_LONGEST if longest else _CHOOSE_SHORT,
        key="$<a>^2 + <b>^2 = x^2$" if longest else "$<a>^2 + x^2 = <c>^2$",
        check="Eq(<a>**2 + <b>**2, x**2)" if longest else "Eq(<a>**2 + x**2, <c>**2)",
        steps=(
            step("Opposite to the right angle is $x$. Its square stands alone: $x^2 = <csquare>$." if longest
                 else "The side of $<c>$ cm is opposite to the right angle. Its square stands alone: $<c>^2 = "
                     "<csquare>$.",
                 "<csquare>"),
            step("The squares of the short sides make it: $<a>^2 + <b>^2 = x^2$." if longest
                 else "The squares of the short sides make it: $<a>^2 + x^2 = <c>^2$.",
                 "<a>^2 + <b>^2 = x^2" if longest else "<a>^2 + x^2 = <c>^2"),
        ),
        hints=(
            "Which side is opposite to the right angle?",
            "The theorem is about squares over the sides. The square over the longest side stands alone.",
            "The longest side is $x$, so $<a>^2 + <b>^2 = x^2$." if longest
            else "The longest side is $<c>$ cm long, so $<a>^2 + x^2 = <c>^2$.",
        ),
        wrong={
            "skips-squaring": "$<a> + <b> = x$" if longest else "$<a> + x = <c>$",
            "mistakes-longest-side": "$<a>^2 + x^2 = <b>^2$" if longest else "$<a>^2 + <c>^2 = x^2$",
            "forgets-square-root": "$<a>^2 + <b>^2 = x$" if longest else "$<c>^2 - <a>^2 = x$",
        },
        letters={"x": "<c>" if longest else "<b>"},
    )  # fmt: skip


_WHICH = " Which equation fits?"
_X_TABLE = table(("side", "a", "b", "c"), ("length in cm", "<a>", "<b>", "x"))
_CHOOSE_LONGEST: Stems = {
    Form.BARE: (
        f"A right triangle has short sides of $<a>$ cm and $<b>$ cm. Its longest side is $x$ cm long.{_WHICH}",
        "In a right triangle, the sides at the right angle are $<a>$ cm and $<b>$ cm long, and the third is $x$ cm "
        "long." + _WHICH,
    ),
    Form.STORY: (
        f"A picture is a rectangle, $<a>$ cm long and $<b>$ cm wide. <name> wants to know how many cm it is from "
        f"corner to opposite corner and calls this number $x$.{_WHICH}",
        f"<name> builds a ramp. It begins $<a>$ cm in front of a step that is $<b>$ cm high, and ends on top of the "
        f"step. The ramp itself is $x$ cm long.{_WHICH}",
    ),
    Form.TABLE: "<name> measures a triangle. The sides $a$ and $b$ make a right angle. " + _X_TABLE + _WHICH,
    Form.TRANSFER: "An ant runs $<a>$ cm along one edge of a table, turns at the corner and runs $<b>$ cm along the "
    f"next edge. The corner is a right angle. <name> measures $x$ cm straight back to its start.{_WHICH}",
}
_CHOOSE_SHORT: Stems = {
    Form.BARE: (
        f"A right triangle has a longest side of $<c>$ cm. Its short sides are $<a>$ cm and $x$ cm long.{_WHICH}",
        "In a right triangle, the sides at the right angle are $<a>$ cm and $x$ cm long, and the third is $<c>$ cm "
        "long." + _WHICH,
    ),
    Form.STORY: (
        f"A screen is a rectangle. <name> measures $<c>$ cm from corner to opposite corner and $<a>$ cm for the "
        f"width. The height is $x$ cm.{_WHICH}",
        f"A stick of $<c>$ cm leans against a wall. Its foot is $<a>$ cm away from the wall. <name> sees that it "
        f"reaches $x$ cm high.{_WHICH}",
    ),
    Form.TABLE: "<name> measures a triangle. The sides $a$ and $b$ make a right angle. "
    + table(("side", "a", "b", "c"), ("length in cm", "<a>", "x", "<c>"))
    + _WHICH,
    Form.TRANSFER: "<name> ties a cord of $<c>$ cm from the top of a flagpole to the floor of a model town, $<a>$ cm "
    f"away from the foot of the pole. The pole is $x$ cm high.{_WHICH}",
}


@family("pythagorean-theorem", "triangles", easiest=0.6)
def right_triangle_area(rng: random.Random, level: int) -> Draft:
    """Find the area of a right triangle from the longest side and a short one."""
    values = sides(rng, level)
    a, b = int(values["a"]), int(values["b"])
    return Draft(
        values=values | {"whole": a * b, "area": a * b // 2},
        kind=QuestionKind.QUANTITY,
        unit="m^2",
        stems=_AREA,
        key="<area>",
        check="<a> * sqrt(<c>**2 - <a>**2) / 2",
        steps=(
            step("The square over the other short side: $<c>^2 - <a>^2 = <bsquare>$.", "<bsquare>"),
            step(r"Take the square root: $\sqrt{<bsquare>} = <b>$.", "<b>", "pythagorean-theorem", "square-roots"),
            step(r"Multiply the sides at the right angle: $<a> \times <b> = <whole>$.", "<whole>", "triangles"),
            step(r"The triangle is half of that: $<whole> \div 2 = <area>$.", "<area>", "triangles"),
        ),
        hints=(
            "Base and height must meet at the right angle. Which of these two sides do you not know yet?",
            "Find the other short side with the theorem of Pythagoras. It is the height of the triangle.",
            r"The other side is $<b>$, so the area is $<a> \times <b> \div 2 = <area>$.",
        ),
        wrong={
            "multiplies-slanted-side": "<a> * <c> / 2",
            "skips-squaring": "<a> * (<c> - <a>) / 2",
            "forgets-half": "<a> * <b>",
        },
    )


_ASK_AREA = r" What is its area in $\text{m}^2$?"
_AREA: Stems = {
    Form.BARE: (
        f"A right triangle has a longest side of $<c>$ m. One short side is $<a>$ m long.{_ASK_AREA}",
        "In a right triangle, one short side is $<a>$ m long. The side opposite to the right angle is $<c>$ m long."
        + _ASK_AREA,
        f"The longest side of a right triangle is $<c>$ m, and a short side is $<a>$ m long.{_ASK_AREA}",
    ),
    Form.STORY: (
        "A school yard is a right triangle. The longest fence is $<c>$ m long, one of the other fences $<a>$ m. "
        f"<name> draws a plan of it.{_ASK_AREA}",
        "A piece of land is a right triangle. <name> measures $<c>$ m for its longest side and $<a>$ m for a short one."
        + _ASK_AREA,
    ),
    Form.TABLE: "<name> measures a right triangle. "
    + table(("longest side", r"<c>\ \text{m}"), ("a short side", r"<a>\ \text{m}"), ("area", "?"))
    + _ASK_AREA,
    Form.TRANSFER: "Three streets enclose a park. Two of them meet at a right angle; along the first of these, the "
    r"park is $<a>$ m long. <name> finds that it is $<c>$ m long along the third street. What is the area of the "
    r"park in "
    r"$\text{m}^2$?",
}
