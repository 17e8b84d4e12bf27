"""Equations with one and with two operations."""

import random
from decimal import Decimal

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Values, step
from preceptor.curriculum.families.equations.terms import either_sign, linear
from preceptor.curriculum.family import family
from preceptor.curriculum.notation import Number, tex
from preceptor.curriculum.tables import table


@family("one-step-equations", easiest=-0.6)
def one_step(rng: random.Random, level: int) -> Draft:
    """Solve an equation with one operation."""
    sign = rng.choice(("+-", "*/", "+-*/")[level])
    a, x, right = _one_step_numbers(rng, sign, decimals=level == 2)
    written = {"+": "+", "-": "-", "*": r"\times", "/": r"\div"}[sign]
    values: Values = {
        "a": a,
        "x": x,
        "right": right,
        "left": {"*": f"{tex(a)}x", "/": rf"\frac{{x}}{{{tex(a)}}}"}.get(sign, f"x {sign} {tex(a)}"),
        "hidden": rf"{tex(a)} \times \square" if sign == "*" else rf"\square {written} {tex(a)}",
        "deed": f"{written} {tex(a)}",
    }
    undo, work, typed = _UNDO[sign]
    return Draft(
        values=values | {"name": person(rng)},
        stems={
            Form.BARE: "Solve the equation $<left> = <right>$. What is $x$?",
            Form.STORY: _ONE_STEP_STORIES[sign],
            Form.TABLE: "The table shows how a number machine works. "
            + table(("number in", "x"), ("what it does", "<deed>"), ("number out", "<right>"))
            + " Which number $x$ goes in?",
            Form.TRANSFER: "<name> puts a card over a number. Now you see $<hidden> = <right>$. "
            "Which number is under the card?",
        },
        key="<x>",
        check=f"solve(Eq(x {sign} <a>, <right>))",
        steps=(
            step(undo, typed),
            step("Work it out: $x = <x>$.", "<x>"),
        ),
        hints=(
            "Let $x$ be the number you look for. What is done to $x$? Undo it with the opposite.",
            _UNDO_HINT[sign],
            f"$x = {work} = <x>$.",
        ),
        wrong={
            "repeats-operation": {"+": "<right> + <a>", "-": "<right> - <a>", "*": "<right> * <a>"}.get(
                sign, "<right> / <a>"
            ),
            **({"subtracts-coefficient": "<right> - <a>"} if sign == "*" else {}),
            "right-side-as-solution": "<right>",
        },
    )


def _one_step_numbers(rng: random.Random, sign: str, *, decimals: bool) -> tuple[Number, Number, Number]:
    """The known number, the unknown and the result of the operation between them."""
    tenths = [n for n in range(12, 140) if n % 10]
    small = Decimal(rng.choice(tenths)) / 10 if decimals else Decimal(rng.randint(3, 25))
    if sign in "+-":
        a = Decimal(rng.choice(tenths)) / 10 if decimals else Decimal(rng.randint(3, 25))
        total = a + small
    else:
        a = Decimal(rng.randint(3, 9 if decimals else 12))
        total = a * small
    x, right = (small, total) if sign in "+*" else (total, small)
    return a.normalize(), x.normalize(), right.normalize()


_UNDO = {
    "+": (r"Subtract $<a>$ from both sides: $x = <right> - <a>$.", "<right> - <a>", "<right> - <a>"),
    "-": (r"Add $<a>$ to both sides: $x = <right> + <a>$.", "<right> + <a>", "<right> + <a>"),
    "*": (r"Divide both sides by $<a>$: $x = <right> \div <a>$.", r"<right> \div <a>", "<right> / <a>"),
    "/": (r"Multiply both sides by $<a>$: $x = <right> \times <a>$.", r"<right> \times <a>", "<right> * <a>"),
}
_UNDO_HINT = {
    "+": "Something is added to $x$. Take it away again on both sides.",
    "-": "Something is taken away from $x$. Add it again on both sides.",
    "*": "The unknown number is multiplied. Divide both sides to undo that.",
    "/": "The unknown number is divided. Multiply both sides to undo that.",
}
_ONE_STEP_STORIES = {
    "+": (
        "<name> pours $<a>$ liters of water into a fish tank. Now there are $<right>$ liters in it. "
        "How many liters were in the tank before?",
        "A bamboo plant grew $<a>$ centimeters in a week. Now it is $<right>$ centimeters tall. "
        "How many centimeters tall was it a week ago?",
    ),
    "-": (
        "<name> cuts $<a>$ meters off a rope. Then $<right>$ meters are left. How many meters long was the rope?",
        "A bakery uses $<a>$ kilograms of flour in the morning. At noon $<right>$ kilograms are left. "
        "How many kilograms were there at first?",
    ),
    "*": (
        "<name> lays $<a>$ equal paper strips end to end. The row is $<right>$ centimeters long. "
        "How many centimeters long is one strip?",
        "A bus drives the same route $<a>$ times, that is $<right>$ kilometers in all. "
        "How many kilometers long is the route?",
    ),
    "/": (
        "<name> cuts a ribbon into $<a>$ equal pieces. Each piece is $<right>$ centimeters long. "
        "How many centimeters long was the ribbon?",
        "The water of a rain barrel just fills $<a>$ equal cans. Each can holds $<right>$ liters. "
        "How many liters were in the barrel?",
    ),
}


@family("two-step-equations", easiest=-0.1)
def two_step(rng: random.Random, level: int) -> Draft:
    """Solve an equation with two operations."""
    a, b, x = rng.randint(2, 9), rng.randint(2, 19), rng.randint(2, 12)
    if level == 1:
        a, b, x = rng.randint(3, 12), -rng.randint(5, 24), rng.randint(9, 20)
    if level == 2:
        a, b, x = -a, either_sign(rng, 5, 24), either_sign(rng, 2, 15)
    values: Values = {"a": a, "b": b, "size": abs(b), "x": x, "right": a * x + b, "rest": a * x}
    work = "<right> - <b>" if b > 0 else "<right> + <size>"
    return Draft(
        values=values | {"name": person(rng), "left": linear(a, b)},
        stems={
            Form.BARE: "Solve the equation $<left> = <right>$. What is $x$?",
            Form.STORY: _TWO_STEP_STORIES[level],
            Form.TABLE: "A number machine does two things, one after the other. "
            + table(("in", "x"), ("first", r"\times <a:guarded>"), ("then", "<b:signed>"), ("out", "<right>"))
            + " Which number $x$ goes in?",
            Form.TRANSFER: "<name> says that $<right>$ and $<left>$ are the same number. For which $x$ is that true?",
        },
        key="<x>",
        check="solve(Eq(<a> * x + <b>, <right>))",
        steps=(
            step("With $x$ for the unknown number, the equation is $<left> = <right>$.", "<a>*x + <b> = <right>"),
            step(
                rf"{'Subtract $<b>$ from' if b > 0 else 'Add $<size>$ to'} both sides: $<a>x = {work} = <rest>$.",
                "<a>*x = <rest>",
            ),
            step(
                r"Divide both sides by $<a>$: $x = <rest> \div <a:guarded> = <x>$.",
                "<x>",
                "two-step-equations",
                "one-step-equations",
            ),
        ),
        hints=(
            "Write an equation with $x$ for the number you look for. Which operation comes last?",
            "First undo what is added, then undo the multiplication."
            if b > 0
            else "First undo what is subtracted, then undo the multiplication.",
            rf"$<a>x = {work} = <rest>$, so $x = <rest> \div <a:guarded> = <x>$.",
        ),
        wrong={
            "adds-constant-over": "(<right> + <b>) / <a>" if b > 0 else "(<right> - <size>) / <a>",
            "forgets-to-divide": work,
            "subtracts-coefficient": f"{work} - <a>",
        },
    )


_TWO_STEP_STORIES = (
    (
        "<name> pays $<right>$ dollars at the ice rink: $<b>$ dollars for the skates and $<a>$ dollars for every "
        "hour. How many hours is that?",
        "<name> has saved $<b>$ dollars and adds $<a>$ dollars every week. "
        "After how many weeks is it $<right>$ dollars?",
        "A vine is $<b>$ centimeters tall and grows $<a>$ centimeters a day. "
        "After how many days is it $<right>$ centimeters tall?",
    ),
    (
        "<name> orders $<a>$ equal plants and has a coupon for $<size>$ dollars off. The bill is $<right>$ dollars. "
        "How many dollars does one plant cost without the coupon?",
        "A choir sells $<a>$ tickets at the same price and pays $<size>$ dollars for posters. "
        "Then $<right>$ dollars are left. How many dollars does one ticket cost?",
    ),
    (
        "<name> thinks of a number, multiplies it by $<a>$ and adds $<b>$. The result is $<right>$. "
        "What is the number?",
        "A computer program multiplies a number by $<a>$, adds $<b>$ and shows $<right>$. "
        "Which number did <name> type in?",
    ),
)
