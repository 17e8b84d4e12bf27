"""Equations with parentheses, and a side of a rectangle."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Values, step
from preceptor.curriculum.families.equations.terms import either_sign, linear, product
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("distributive-property", "two-step-equations", easiest=0.4)
def equation_with_parentheses(rng: random.Random, level: int) -> Draft:
    """Solve an equation with parentheses."""
    a, b, x = rng.randint(2, 8), rng.randint(2, 12), rng.randint(2, 12)
    if level == 1:
        b, x = -b, b + rng.randint(2, 20)
    if level == 2:
        a, b, x = either_sign(rng, 3, 9), either_sign(rng, 3, 15), -rng.randint(3, 15)
        b += b == -x  # so that the product is not 0
    values: Values = {"a": a, "b": b, "x": x, "right": a * (x + b), "ab": a * b, "rest": a * x, "size": abs(a * b)}
    added = a * b > 0
    work = "<right> - <size>" if added else "<right> + <size>"
    return Draft(
        values=values | {"less": abs(b), "left": product(a, b), "name": person(rng)},
        stems={
            Form.BARE: "Solve the equation $<left> = <right>$. What is $x$?",
            Form.STORY: _STORIES[level],
            Form.TABLE: "A number machine does two things, one after the other. "
            + table(("in", "x"), ("first", "<b:signed>"), ("then", r"\times <a:guarded>"), ("out", "<right>"))
            + " Which number $x$ goes in?",
            Form.TRANSFER: r"Which number has to replace the square to make $<a>(\square <b:signed>) = <right>$ true?",
        },
        key="<x>",
        check="solve(Eq(<a> * (x + <b>), <right>))",
        steps=(
            step(
                "Expand: $<left> = <a>x <ab:signed>$, so $<a>x <ab:signed> = <right>$.",
                "<a>*x + <ab>",
                "distributive-property",
            ),
            step(
                f"{'Subtract $<size>$ from' if added else 'Add $<size>$ to'} both sides: $<a>x = {work} = <rest>$.",
                "<a>*x = <rest>",
                "two-step-equations",
            ),
            step(
                r"Divide both sides by $<a>$: $x = <rest> \div <a:guarded> = <x>$.", "<x>", "two-step-equations"
            ),
        ),
        hints=(
            "Write an equation with parentheses, with $x$ for the unknown number.",
            "Expand the parentheses: the factor multiplies every term inside. Then undo what comes last.",
            rf"$<a>x = {work} = <rest>$, so $x = <rest> \div <a:guarded> = <x>$.",
        ),
        wrong={
            "multiplies-first-term-only": "(<right> - <b>) / <a>",
            "adds-constant-over": "(<right> + <a> * <b>) / <a>",
            "forgets-to-divide": "<right> - <a> * <b>",
        },
    )  # fmt: skip


_STORIES = (
    (
        "<name> packs $<a>$ equal bags. Into every bag go $<b>$ pears and some apples. "
        "All bags together hold $<right>$ pieces of fruit. How many apples are in one bag?",
        "A group of $<a>$ friends goes swimming. Everyone pays the entry and $<b>$ dollars for a locker. "
        "Together they pay $<right>$ dollars. How many dollars does one entry cost?",
    ),
    (
        "Today every ticket is $<less>$ dollars cheaper. <name> pays $<right>$ dollars for $<a>$ tickets. "
        "How many dollars does one ticket usually cost?",
        "<name> takes $<less>$ pens out of each of $<a>$ full boxes. Now the boxes hold $<right>$ pens together. "
        "How many pens are in a full box?",
    ),
    (
        "<name> thinks of a number, adds $<b>$ to it and multiplies the sum by $<a>$. The result is $<right>$. "
        "What is the number?",
        "A computer program adds $<b>$ to a number, multiplies the sum by $<a>$ and shows $<right>$. "
        "Which number did <name> type in?",
    ),
)


@family("rectangles", "two-step-equations", easiest=0.3)
def side_from_perimeter(rng: random.Random, level: int) -> Draft:
    """Find a side of a rectangle from its perimeter."""
    width = rng.randint(*((3, 12), (8, 30), (35, 95))[level])
    more = rng.randint(*((2, 9), (5, 25), (21, 60))[level])
    around = 4 * width + 2 * more
    values: Values = {"width": width, "more": more, "around": around, "twice": 2 * more, "rest": 4 * width}
    return Draft(
        values=values | {"longer": linear(1, more), "name": person(rng)},
        kind=QuestionKind.QUANTITY,
        unit="m",
        stems={
            Form.BARE: f"The perimeter of a rectangle is $<around>$ meters. Its length is $<more>$ meters more than "
            f"its width. {_WIDE}",
            Form.STORY: (
                "A fence of $<around>$ meters goes once around a garden in the shape of a rectangle. The garden is "
                f"$<more>$ meters longer than it is wide. {_WIDE}",
                "<name> walks once around a playground in the shape of a rectangle and measures $<around>$ meters. "
                f"The playground is $<more>$ meters longer than it is wide. {_WIDE}",
            ),
            Form.TABLE: "The table describes a field in the shape of a rectangle, in meters. "
            + table(("width", "x"), ("length", "<longer>"), ("perimeter", "<around>"))
            + f" {_WIDE}",
            Form.TRANSFER: "<name> hangs $<around>$ meters of lights along the four edges of a rectangular roof. "
            f"The long edges are $<more>$ meters longer than the short ones. {_SHORT}",
        },
        key="<width>",
        check="solve(Eq(2 * (x + x + <more>), <around>))",
        steps=(
            step("Call the short side $x$. All four sides together: $2x + 2(x + <more>) = 4x + <twice>$.",
                 "4*x + <twice>", "rectangles"),
            step("The sides make $4x + <twice> = <around>$. Subtract $<twice>$ from both sides: "
                 "$4x = <around> - <twice> = <rest>$.", "4*x = <rest>", "two-step-equations"),
            step(r"Divide both sides by $4$: $x = <rest> \div 4 = <width>$.", "<width>", "two-step-equations"),
        ),
        hints=(
            "Call the short side $x$. How long is the other side, and what are all four sides together?",
            "Two sides are $x$ and two are longer. Their sum is the way around: solve that equation.",
            r"$4x + <twice> = <around>$, so $4x = <rest>$ and $x = <rest> \div 4 = <width>$.",
        ),
        wrong={
            "adds-two-sides-only": "(<around> - <more>) / 2",
            "forgets-to-divide": "<around> - 2 * <more>",
            "adds-constant-over": "(<around> + 2 * <more>) / 4",
        },
    )  # fmt: skip


_WIDE = "How wide is it? Answer in meters (m)."
_SHORT = "How long is a short edge? Answer in meters (m)."
