"""Square roots: equations with a square, sides of squares, roots between whole numbers."""

import random
from decimal import Decimal
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.notation import as_decimal, joined
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("square-roots", easiest=0.2)
def square_solutions(rng: random.Random, level: int) -> Draft:
    """Find both solutions of an equation with a square."""
    root = rng.randrange(3, (26, 16, 13)[level])
    square, added, times = root**2, rng.randrange(2, 30), rng.randrange(2, 6)
    part = square * times if level == 2 else square
    values: Values = {"root": root, "minus": -root, "square": square, "half": as_decimal(Fraction(square, 2))}
    if level > 0:
        values |= {"added": added, "result": part + added}
    if level > 1:
        values |= {"times": times, "part": part}
    undo = step("Subtract $<added>$ on both sides: $<result> - <added> = <square>$, so $x^2 = <square>$.", "<square>")
    undo_both = (
        step(r"Subtract $<added>$ on both sides: $<result> - <added> = <part>$, so $<times>x^2 = <part>$.", "<part>"),
        step(r"Divide both sides by $<times>$: $<part> \div <times> = <square>$, so $x^2 = <square>$.", "<square>"),
    )
    return Draft(
        values=values | {"name": person(rng)},
        kind=QuestionKind.SOLUTIONS,
        stems=_SOLUTIONS[level],
        key="{-<root>, <root>}",
        check=("solutions(Eq(x**2, <square>))", "solutions(Eq(x**2 + <added>, <result>))",
               "solutions(Eq(<times>*x**2 + <added>, <result>))")[level],
        steps=(
            *((), (undo,), undo_both)[level],
            step(r"Look for the positive root: $<root> \times <root> = <square>$, so $\sqrt{<square>} = <root>$.",
                 "<root>", "square-roots", "exponents"),
            step(r"The opposite works too: $(-<root>) \times (-<root>) = <square>$.", "<square>", "multiply-integers"),
            step(r"So the solution set is $\{-<root>, <root>\}$.", "{-<root>, <root>}"),
        ),
        hints=(
            "Which numbers, multiplied by themselves, give this square? Think of positive and of negative numbers.",
            ("Find the square root of $<square>$, and then a second number with the same square.",
             "Subtract $<added>$ first. Then find both numbers with that square.",
             "Subtract $<added>$ first, then divide by $<times>$. Then find both numbers with that square.")[level],
            r"$<root> \times <root> = <square>$ and $(-<root>) \times (-<root>) = <square>$, so both $<root>$ and "
            "$<minus>$ are solutions.",
        ),
        wrong={
            "positive-root-only": "{<root>}",
            "halves-for-root": "{<half>}",
            "square-for-root": "{<square>}",
        },
    )  # fmt: skip


_SET = " Give the solution set."
_THINKS = "<name> thinks of a number and multiplies it by itself."
_EITHER = " The number may also be negative. Which numbers can it be? Give the set of all of them."
_GAPS = " The same number stands in both gaps. Give the set of all numbers that fit."
_SOLUTIONS: tuple[Stems, ...] = (
    {
        Form.BARE: (f"Solve $x^2 = <square>$.{_SET}", f"Which numbers $x$ satisfy $x^2 = <square>$?{_SET}"),
        Form.STORY: (
            f"{_THINKS} The result is $<square>$.{_EITHER}",
            "A machine multiplies a number by itself. <name> sees it show $<square>$." + _EITHER,
        ),
        Form.TABLE: "<name> marks all points $x$ with $x^2 = <square>$ on a number line. Which points are these?"
        + _SET,
        Form.TRANSFER: r"<name> fills in two gaps. $\square \times \square = <square>$" + _GAPS,
    },
    {
        Form.BARE: f"Solve $x^2 + <added> = <result>$.{_SET}",
        Form.STORY: (
            f"{_THINKS} Then <name> adds $<added>$. The result is $<result>$.{_EITHER}",
            "A machine multiplies a number by itself and adds $<added>$. <name> sees it show $<result>$." + _EITHER,
        ),
        Form.TABLE: "<name> marks all points $x$ with $x^2 + <added> = <result>$ on a number line. "
        f"Which points are these?{_SET}",
        Form.TRANSFER: r"<name> fills in two gaps. $\square \times \square + <added> = <result>$" + _GAPS,
    },
    {
        Form.BARE: f"Solve $<times>x^2 + <added> = <result>$.{_SET}",
        Form.STORY: (
            f"{_THINKS} Then <name> multiplies by $<times>$ and adds $<added>$. The result is $<result>$.{_EITHER}",
            "A machine multiplies a number by itself, then by $<times>$, and adds $<added>$. <name> sees it show "
            "$<result>$." + _EITHER,
        ),
        Form.TABLE: "<name> marks all points $x$ with $<times>x^2 + <added> = <result>$ on a number line. "
        f"Which points are these?{_SET}",
        Form.TRANSFER: r"<name> fills in two gaps. $<times> \times \square \times \square + <added> = <result>$"
        + _GAPS,
    },
)


@family("square-roots", easiest=0.0)
def side_of_square(rng: random.Random, level: int) -> Draft:
    """Find the side of a square from its area."""
    if level == 2:
        return _same_area(rng)
    side = Decimal(rng.randrange(3, 21)) if level == 0 else Decimal(rng.choice(_TENTHS)) / 10
    values: Values = {"side": side, "area": side * side, "name": person(rng)}
    return Draft(
        values=values,
        kind=QuestionKind.QUANTITY,
        unit="cm",
        stems=_SIDE,
        key="<side>",
        check="sqrt(<area>)",
        steps=(
            step(r"The area of a square is side times side, so look for a number with the square $<area>$.",
                 "<area>", "exponents"),
            step(r"This is the square root: $\sqrt{<area>} = <side>$, since $<side> \times <side> = <area>$.",
                 "<side>"),
        ),
        hints=(
            "The area of a square is side times side.",
            "Which positive number, multiplied by itself, gives $<area>$?",
            r"$<side> \times <side> = <area>$, so the side is $\sqrt{<area>} = <side>$.",
        ),
        wrong={"halves-for-root": "<area> / 2", "perimeter-for-area": "<area> / 4", "square-for-root": "<area>"},
    )  # fmt: skip


_TENTHS = [tenths for tenths in range(13, 70) if tenths % 10]
_LONG = " How many cm long is a side?"
_SIDE: Stems = {
    Form.BARE: (
        f"A square has an area of $<area>$ square centimeters.{_LONG}",
        "How many cm long is the side of a square with an area of $<area>$ square centimeters?",
        f"The area of a square is $<area>$ square centimeters.{_LONG}",
    ),
    Form.STORY: (
        f"<name> folds a square sheet of paper. It covers $<area>$ square centimeters.{_LONG}",
        f"<name> paints a square tile. It has an area of $<area>$ square centimeters.{_LONG}",
    ),
    Form.TABLE: "<name> measures a square. "
    + table(("area in square centimeters", "<area>"), ("side in cm", "?"))
    + _LONG,
    Form.TRANSFER: "<name> cuts a square window into a box. Through it, $<area>$ square centimeters of a picture "
    "can be seen. How many cm wide is the window?",
}


def _same_area(rng: random.Random) -> Draft:
    factor, first, second = rng.randrange(1, 6), *rng.sample(range(2, 8), 2)
    length, width = factor * first**2, factor * second**2
    side = factor * first * second
    values: Values = {"length": length, "width": width, "area": length * width, "side": side, "name": person(rng)}
    return Draft(
        values=values,
        kind=QuestionKind.QUANTITY,
        unit="cm",
        stems=_SAME,
        key="<side>",
        check="sqrt(<length> * <width>)",
        steps=(
            step(r"The area of the rectangle: $<length> \times <width> = <area>$.", "<area>", "multiply-whole"),
            step(r"The side of the square is the square root of this area: $\sqrt{<area>} = <side>$, since "
                 r"$<side> \times <side> = <area>$.", "<side>", "square-roots", "exponents"),
        ),
        hints=(
            "Both figures cover the same area.",
            r"Work out $<length> \times <width>$. Which positive number, multiplied by itself, gives the same?",
            r"$<length> \times <width> = <area>$ and $<side> \times <side> = <area>$, so the side is $<side>$.",
        ),
        wrong={
            "perimeter-for-area": "(<length> + <width>) / 2",
            "halves-for-root": "<length> * <width> / 2",
            "square-for-root": "<length> * <width>",
        },
    )  # fmt: skip


_OF_SQUARE = " How many cm long is a side of the square?"
_SAME: Stems = {
    Form.BARE: f"A square has the same area as a rectangle of $<length>$ cm by $<width>$ cm.{_OF_SQUARE}",
    Form.STORY: (
        "<name> has enough wool for a blanket of $<length>$ cm by $<width>$ cm, but knits a square one with the same "
        f"area.{_OF_SQUARE}",
        "<name> melts a flat bar of wax of $<length>$ cm by $<width>$ cm. It becomes a square bar of the same "
        f"thickness.{_OF_SQUARE}",
    ),
    Form.TABLE: "<name> compares two figures with the same area. "
    + table(("figure", "rectangle", "square"), ("length in cm", "<length>", "?"), ("width in cm", "<width>", "?"))
    + _OF_SQUARE,
    Form.TRANSFER: "A school plans two flower beds. One is a rectangle of $<length>$ cm by $<width>$ cm. The other "
    f"one is a square and covers just as much ground.{_OF_SQUARE}",
}


@family("square-roots", easiest=0.1)
def root_between(rng: random.Random, level: int) -> Draft:
    """Find the neighboring whole numbers between which a square root lies."""
    low = rng.randrange(*((2, 10), (10, 21), (21, 50))[level])
    number = rng.randrange(low * low + 1, (low + 1) ** 2)
    values: Values = {
        "number": number,
        "low": low,
        "high": low + 1,
        "below": low**2,
        "above": (low + 1) ** 2,
        "halves": joined([number // 2, number // 2 + 1]),
        "name": person(rng),
    }
    return Draft(
        values=values,
        kind=QuestionKind.LIST,
        stems=_BETWEEN,
        key="<low>, <high>",
        check="[floor(sqrt(<number>)), floor(sqrt(<number>)) + 1]",
        steps=(
            step("The next smaller square is $<low>^2 = <below>$.", "<below>", "square-roots", "exponents"),
            step("The next larger square is $<high>^2 = <above>$.", "<above>", "square-roots", "exponents"),
            step(r"Because $<below> < <number> < <above>$, we know $<low> < \sqrt{<number>} < <high>$. So the numbers "
                 "are $<low>, <high>$.", "<low>, <high>"),
        ),
        hints=(
            "Between which two square numbers does $<number>$ lie?",
            "Square whole numbers one after the other. Which square is just below $<number>$, and which just above?",
            r"$<low>^2 = <below>$ is too small and $<high>^2 = <above>$ is too large, so the numbers are "
            "$<low>, <high>$.",
        ),
        wrong={"halves-for-root": "<halves>", "square-for-root": "<below>, <above>"},
    )  # fmt: skip


_NEIGHBORS = " Between which two neighboring whole numbers"
_BETWEEN: Stems = {
    Form.BARE: r"Between which two neighboring whole numbers does $\sqrt{<number>}$ lie? List both.",
    Form.STORY: (
        f"<name> has a square garden with an area of $<number>$ square meters.{_NEIGHBORS} does the length of its side "
        "in meters lie? List both.",
        f"A square ice rink covers $<number>$ square meters.{_NEIGHBORS} does the length of its side in meters lie? "
        "List both.",
    ),
    Form.TABLE: rf"<name> marks $\sqrt{{<number>}}$ on a number line with all whole numbers.{_NEIGHBORS} is the mark? "
    "List both.",
    Form.TRANSFER: "<name> looks for a whole number whose square is $<number>$. One number is just too small, and the "
    "next one is already too large. Which two whole numbers are these? List both.",
}
