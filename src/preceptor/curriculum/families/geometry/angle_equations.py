"""Equations for unknown angles."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind, Step


@family("unknown-angles", "two-step-equations", easiest=0.2)
def angle_equation(rng: random.Random, level: int) -> Draft:
    """Find x from opposite angles, from angles on a line or from the angles of a triangle."""
    factor, plus = rng.randrange(2, (5, 7, 9)[level]), rng.choice((1, 1, -1)) * rng.randrange(5, 25)
    unknown = rng.randrange(8, 118 // factor)
    turned = factor * unknown + plus
    while not 15 < turned < 140 or abs(turned - 90) < 6:
        unknown = rng.randrange(8, 118 // factor)
        turned = factor * unknown + plus
    other = rng.randrange(12, 168 - turned)
    known = (turned, 180 - turned, 180 - turned - other)[level]
    values: Values = {"m": factor, "b": plus, "x": unknown, "angle": turned, "c": known, "d": other}
    values |= {"product": factor * unknown, "name": person(rng)}
    return Draft(
        values=values,
        stems=(_OPPOSITE, _LINE, _TRIANGLE)[level],
        key="<x>",
        check=(
            "solve(Eq(<m> * x + <b>, <c>))",
            "solve(Eq(<m> * x + <b> + <c>, 180))",
            "solve(Eq(<m> * x + <b> + <c> + <d>, 180))",
        )[level],
        steps=(*_FIND_ANGLE[level], *(_FROM_MINUS if plus < 0 else _FROM_PLUS)),
        hints=(
            "Are these angles equal, or do you know what they make together?",
            _NEXT[level],
            _REACHED[level],
        ),
        wrong=(
            {"swaps-opposite-and-beside": "(180 - <c> - <b>) / <m>", "mixes-x-and-angle": "<c>"},
            {
                "wrong-angle-sum": "(360 - <c> - <b>) / <m>",
                "mixes-x-and-angle": "180 - <c>",
                "swaps-opposite-and-beside": "(<c> - <b>) / <m>",
            },
            {
                "wrong-angle-sum": "(360 - <c> - <d> - <b>) / <m>",
                "mixes-x-and-angle": "180 - <c> - <d>",
                "leaves-out-an-angle": "(180 - <c> - <b>) / <m>",
            },
        )[level],
    )


_ALL = r"<m>x <b:signed>"
_FIND_ANGLE: tuple[tuple[Step, ...], ...] = (
    (step(f"Opposite angles are equal: ${_ALL} = <c>$.", "<m>*x + <b> = <c>"),),
    (
        step(f"The two angles make a straight line: ${_ALL} + <c> = 180$.", "<m>*x + <b> + <c> = 180"),
        step(f"Subtract $<c>$ on both sides: ${_ALL} = <angle>$.", "<m>*x + <b> = <angle>", "two-step-equations"),
    ),
    (
        step(f"The three angles make ${_ALL} + <c> + <d> = 180$.", "<m>*x + <b> + <c> + <d> = 180"),
        step(f"Subtract $<c>$ and $<d>$ on both sides: ${_ALL} = <angle>$.", "<m>*x + <b> = <angle>",
             "two-step-equations"),
    ),
)  # fmt: skip
_DIVIDED = step("Divide both sides by $<m>$: $x = <x>$.", "<x>", "two-step-equations")
_FROM_PLUS = (
    step("Subtract the number behind $x$: $<m>x = <product>$.", "<m>*x = <product>", "two-step-equations"),
    _DIVIDED,
)
_FROM_MINUS = (
    step("Add the number that is subtracted: $<m>x = <product>$.", "<m>*x = <product>", "two-step-equations"),
    _DIVIDED,
)
_NEXT = (
    r"Opposite angles are equal. Write that as an equation with $<m>x <b:signed>$.",
    r"Angles on a straight line make $180^\circ$. Write that as an equation with $<m>x <b:signed>$.",
    r"The angles of a triangle make $180^\circ$. Write that as an equation with $<m>x <b:signed>$.",
)
_REACHED = (
    "The equation is $<m>x <b:signed> = <c>$. So $<m>x = <product>$ and $x = <x>$.",
    "The equation is $<m>x <b:signed> + <c> = 180$. So $<m>x = <product>$ and $x = <x>$.",
    "The equation is $<m>x <b:signed> + <c> + <d> = 180$. So $<m>x = <product>$ and $x = <x>$.",
)
_TERM = r"$(<m>x <b:signed>)^\circ$"
_WHICH_X = " Which number is $x$?"
_OPPOSITE: Stems = {
    Form.BARE: rf"Two straight lines cross. Two opposite angles measure {_TERM} and $<c>^\circ$.{_WHICH_X}",
    Form.STORY: (
        rf"Two straight streets cross. On a plan, <name> writes {_TERM} for one angle. The opposite angle measures "
        rf"$<c>^\circ$.{_WHICH_X}",
        rf"Two beams of a wooden gate cross. One angle measures $<c>^\circ$. For the opposite angle <name> "
        rf"writes {_TERM}.{_WHICH_X}",
    ),
    Form.TABLE: "Two straight lines cross. The table goes around the crossing, angle by angle. "
    + table(("angle", "1", "2", "3", "4"), ("size", r"(<m>x <b:signed>)^\circ", "{}", r"<c>^\circ", "{}"))
    + _WHICH_X,
    Form.TRANSFER: rf"The legs of a camp stool cross like the letter X. The upper angle measures $<c>^\circ$, and "
    rf"<name> "
    rf"writes {_TERM} for the lower one.{_WHICH_X}",
}
_LINE: Stems = {
    Form.BARE: rf"Two angles make a straight line. They measure {_TERM} and $<c>^\circ$.{_WHICH_X}",
    Form.STORY: (
        rf"A side road leaves a straight street. On one side it makes an angle of $<c>^\circ$ with the street. "
        rf"For the other side <name> writes {_TERM}.{_WHICH_X}",
        rf"A mast leans on flat, straight ground. On the left the angle measures $<c>^\circ$. For the right "
        rf"<name> writes {_TERM}.{_WHICH_X}",
    ),
    Form.TABLE: "Two angles side by side make a straight line. "
    + table(("first angle", r"(<m>x <b:signed>)^\circ"), ("second angle", r"<c>^\circ"))
    + _WHICH_X,
    Form.TRANSFER: rf"<name> opens a book flat and then lifts one page. The page makes an angle of {_TERM} with the "
    rf"left cover and $<c>^\circ$ with the right cover.{_WHICH_X}",
}
_TRIANGLE: Stems = {
    Form.BARE: rf"The angles of a triangle measure {_TERM}, $<c>^\circ$ and $<d>^\circ$.{_WHICH_X}",
    Form.STORY: (
        rf"A garden bed is a triangle. Two of its angles measure $<c>^\circ$ and $<d>^\circ$. For the third <name> "
        rf"writes {_TERM}.{_WHICH_X}",
        rf"<name> makes a triangle out of three sticks. Its angles measure {_TERM}, $<c>^\circ$ and "
        rf"$<d>^\circ$.{_WHICH_X}",
    ),
    Form.TABLE: "The table shows the angles of a triangle. "
    + table(("first angle", r"(<m>x <b:signed>)^\circ"), ("second angle", r"<c>^\circ"), ("third angle", r"<d>^\circ"))
    + _WHICH_X,
    Form.TRANSFER: rf"Three stars make a triangle in the sky. <name> measures two of its angles: $<c>^\circ$ and "
    rf"$<d>^\circ$. A star map gives {_TERM} for the third.{_WHICH_X}",
}


@family("unknown-angles", easiest=-0.1)
def fitting_angle_equation(rng: random.Random, level: int) -> Draft:
    """Choose the equation that fits opposite angles, angles on a line or the angles of a triangle."""
    factor = rng.randrange(2, 8)
    unknown = rng.randrange(8, 140 // factor)
    turned = factor * unknown
    while abs(turned - 90) < 6 or not 15 < turned < 140:
        unknown = rng.randrange(8, 140 // factor)
        turned = factor * unknown
    other = rng.randrange(12, 168 - turned)
    known = (turned, 180 - turned, 180 - turned - other)[level]
    return Draft(
        values={"m": factor, "x": unknown, "c": known, "d": other, "name": person(rng)},
        kind=QuestionKind.CHOICE,
        stems=(_CHOOSE_OPPOSITE, _CHOOSE_LINE, _CHOOSE_TRIANGLE)[level],
        key=("$<m>x = <c>$", "$<m>x + <c> = 180$", "$<m>x + <c> + <d> = 180$")[level],
        check=("Eq(<m> * x, <c>)", "Eq(<m> * x + <c>, 180)", "Eq(<m> * x + <c> + <d>, 180)")[level],
        steps=_CHOOSE_STEPS[level],
        hints=(
            "Are these angles equal, or do you know what they make together?",
            (
                "Where two lines cross, opposite angles are equal. Which equation says so?",
                r"Angles side by side on a straight line make $180^\circ$. Which equation says so?",
                r"All three angles of a triangle make $180^\circ$. Which equation says so?",
            )[level],
            (
                "Opposite angles are equal, so $<m>x = <c>$ fits.",
                "The two angles make a straight line, so $<m>x + <c> = 180$ fits.",
                "The three angles are those of a triangle, so $<m>x + <c> + <d> = 180$ fits.",
            )[level],
        ),
        wrong=(
            {
                "swaps-opposite-and-beside": "$<m>x + <c> = 180$",
                "mixes-x-and-angle": "$x = <c>$",
                "wrong-angle-sum": "$<m>x + <c> = 360$",
            },
            {
                "swaps-opposite-and-beside": "$<m>x = <c>$",
                "wrong-angle-sum": "$<m>x + <c> = 360$",
                "mixes-x-and-angle": "$x + <c> = 180$",
            },
            {
                "wrong-angle-sum": "$<m>x + <c> + <d> = 360$",
                "mixes-x-and-angle": "$x + <c> + <d> = 180$",
                "leaves-out-an-angle": "$<m>x + <c> = 180$",
            },
        )[level],
        letters={"x": "<x>"},
    )


_MX = r"$<m>x^\circ$"
_WHICH = " Which equation fits?"
_CHOOSE_STEPS: tuple[tuple[Step, ...], ...] = (
    (
        step(r"The two angles are opposite, so they are equal: one has $<m>x^\circ$.", "<m>*x"),
        step("Write that they are equal: $<m>x = <c>$.", "<m>*x = <c>"),
    ),
    (
        step(r"Side by side on a line they make $180^\circ$.", 180, "angles"),
        step("Write their sum: $<m>x + <c> = 180$.", "<m>*x + <c> = 180"),
    ),
    (
        step(r"The three angles of a triangle make $180^\circ$.", 180),
        step("Write their sum: $<m>x + <c> + <d> = 180$.", "<m>*x + <c> + <d> = 180"),
    ),
)
_CHOOSE_OPPOSITE: Stems = {
    Form.BARE: rf"Two straight lines cross. Two opposite angles measure {_MX} and $<c>^\circ$.{_WHICH}",
    Form.STORY: (
        rf"Two straight ski tracks cross. <name> measures one angle: $<c>^\circ$. The opposite angle is "
        rf"called {_MX}.{_WHICH}",
        rf"Two cords cross. <name> writes {_MX} for one angle and $<c>^\circ$ for the opposite one.{_WHICH}",
    ),
    Form.TABLE: "Two straight lines cross. The table goes around the crossing, angle by angle. "
    + table(("angle", "1", "2", "3", "4"), ("size", r"<m>x^\circ", "{}", r"<c>^\circ", "{}"))
    + _WHICH,
    Form.TRANSFER: rf"An open pair of scissors has an angle of {_MX} between the blades. <name> measures "
    rf"$<c>^\circ$ between the handles. Blades and handles are straight.{_WHICH}",
}
_CHOOSE_LINE: Stems = {
    Form.BARE: rf"Two angles make a straight line. They measure {_MX} and $<c>^\circ$.{_WHICH}",
    Form.STORY: (
        rf"A tree leans over flat, straight ground. The angle on one side measures $<c>^\circ$. For the other side "
        rf"<name> "
        rf"writes {_MX}.{_WHICH}",
        rf"<name> draws a ray that starts on a straight line. The two angles measure {_MX} and $<c>^\circ$.{_WHICH}",
    ),
    Form.TABLE: "Two angles side by side make a straight line. "
    + table(("first angle", r"<m>x^\circ"), ("second angle", r"<c>^\circ"))
    + _WHICH,
    Form.TRANSFER: rf"A lever lies flat and points to the left. <name> moves it up by {_MX} and then by "
    rf"$<c>^\circ$ more, until it lies flat and points to the right.{_WHICH}",
}
_CHOOSE_TRIANGLE: Stems = {
    Form.BARE: rf"The angles of a triangle measure {_MX}, $<c>^\circ$ and $<d>^\circ$.{_WHICH}",
    Form.STORY: (
        rf"A sail is a triangle. <name> calls its angles {_MX}, $<c>^\circ$ and $<d>^\circ$.{_WHICH}",
        rf"<name> folds a triangle out of paper. Two angles measure $<c>^\circ$ and $<d>^\circ$. The third is "
        rf"called {_MX}.{_WHICH}",
    ),
    Form.TABLE: "The table shows the angles of a triangle. "
    + table(("first angle", r"<m>x^\circ"), ("second angle", r"<c>^\circ"), ("third angle", r"<d>^\circ"))
    + _WHICH,
    Form.TRANSFER: rf"Three straight fences close off a field with three corners. <name> knows the angles "
    rf"at the corners: $<c>^\circ$, {_MX} and $<d>^\circ$.{_WHICH}",
}
