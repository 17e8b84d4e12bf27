"""Expressions at negative numbers."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table


@family("evaluate-expressions", "multiply-integers", easiest=0.3)
def evaluate_at_negative(rng: random.Random, level: int) -> Draft:
    """Evaluate an expression at a negative number."""
    a, b, x = rng.randrange(2, 8), rng.randrange(2, 13 + 8 * (level == 1)), -rng.randrange(2, 10 - 3 * (level == 2))
    if (a - 1) * x == -b:
        b += 1  # else the answer would stand in the question
    values: Values = {"name": person(rng), "a": a, "b": b, "x": x, "product": a * x}
    if level == 2:
        return _squared(values | {
            "formula": f"{a}x^2 + {b}x", "square": x * x, "lead": a * x * x, "product": b * x,
            "key": a * x * x + b * x, "at_zero": 0, "at_one": a + b,
        })  # fmt: skip
    minus = level == 1
    last = "$<b> - (<product>) = <key>$" if minus else "$<product> + <b> = <key>$"
    first = r"$<a> \times (<x>) = <product>$"
    return Draft(
        values=values | {
            "formula": f"{b} - {a}x" if minus else f"{a}x + {b}", "at_zero": b, "at_one": b - a if minus else b + a,
            "key": b - a * x if minus else a * x + b,
        },
        stems=_STEMS,
        key="<key>",
        check="<b> - <a> * <x>" if minus else "<a> * <x> + <b>",
        letters={"x": "<x>"},
        steps=(
            step(f"Put $<x>$ in place of $x$ and multiply first: {first}.", "<product>", "multiply-integers"),
            step(f"Then subtract: {last}." if minus else f"Then add: {last}.", "<key>", "evaluate-expressions",
                 "add-integers"),
        ),
        hints=(
            "Put the number in place of the letter, in parentheses.",
            r"A number next to a letter means multiplication. Start with $<a> \times (<x>)$ and mind the signs.",
            f"First {first}, then {last}.",
        ),
        wrong={
            "ignores-double-negative" if minus else "wrong-product-sign": "<b> + <product>" if minus
            else "<b> - <product>",
            "adds-before-multiplying": "(<b> - <a>) * <x>" if minus else "<a> * (<x> + <b>)",
        },
    )  # fmt: skip


def _squared(values: Values) -> Draft:
    square, lead = "$(<x>)^2 = <square>$", r"$<a> \times <square> = <lead>$"
    product, last = r"$<b> \times (<x>) = <product>$", "$<lead> + (<product>) = <key>$"
    return Draft(
        values=values,
        stems=_STEMS,
        key="<key>",
        check="<a> * <x>**2 + <b> * <x>",
        letters={"x": "<x>"},
        steps=(
            step(f"Powers come first, and equal signs give a positive product: {square}.", "<square>", "exponents",
                 "multiply-integers"),
            step(f"Multiply: {lead} and {product}.", "<product>", "multiply-integers"),
            step(f"Then add: {last}.", "<key>", "evaluate-expressions", "add-integers"),
        ),
        hints=(
            "Put the number in place of the letter, in parentheses, wherever the letter stands.",
            "Square $<x>$ first and mind the sign. Then multiply, then add.",
            f"First {square}. Then {lead} and {product}. Together {last}.",
        ),
        wrong={
            "wrong-product-sign": "-<a> * <square> + <product>",
            "doubles-instead-of-squaring": "<a> * 2 * <x> + <b> * <x>",
            "adds-before-multiplying": "(<lead> + <b>) * <x>",
        },
    )  # fmt: skip


_STEMS: Stems = {
    Form.BARE: "What is the value of $<formula>$ for $x = <x>$?",
    Form.STORY: (
        "A program works out $<formula>$ for every number $x$ that is typed in. <name> types $<x>$. "
        "Which number does the program show?",
        "In a board game, space $x$ brings $<formula>$ points. There are spaces with negative numbers too. "
        "How many points does space $<x>$ bring?",
    ),
    Form.TABLE: "The table shows values of an expression. "
    + table(("x", "0", "1", "<x>"), ("<formula>", "<at_zero>", "<at_one>", "?"))
    + " Which number replaces the question mark?",
    Form.TRANSFER: "A robot on a number line jumps from any number $x$ to the number $<formula>$. "
    "It starts at $<x>$. On which number does it land?",
}
