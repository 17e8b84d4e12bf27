"""Values of expressions."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table


@family("evaluate-expressions", easiest=-0.5)
def evaluate_expression(rng: random.Random, level: int) -> Draft:
    """Evaluate an expression at a positive number."""
    a, b, x = rng.randrange(3, 10), rng.randrange(2, 13), rng.randrange(3, 10)
    minus = rng.random() < 0.5
    if minus:
        b = rng.randrange(2, a)
    sign = "-" if minus else "+"
    letter = rng.choice("nxkt")
    values: Values = {"name": person(rng), "a": a, "b": b, "x": x, "letter": letter, "square": x * x}
    tails = f" {sign} {b}{letter if level == 2 else ''}"

    def at(number: int) -> int:
        head, tail = a * (number if level == 0 else number**2), b * (number if level == 2 else 1)
        return head - tail if minus else head + tail

    values |= {
        "formula": f"{a}{letter}{tails}" if level == 0 else f"{a}{letter}^2{tails}",
        "one": at(1), "two": at(2), "key": at(x), "product": a * x if level == 0 else a * x * x, "other": b * x,
    }  # fmt: skip
    if level == 0:
        return _linear(values, sign)
    return _power(values, sign, "<other>" if level == 2 else "<b>", "<b> * <x>" if level == 2 else "<b>")


def _linear(values: Values, sign: str) -> Draft:
    first, last = r"$<a> \times <x> = <product>$", f"$<product> {sign} <b> = <key>$"
    return Draft(
        values=values,
        stems=_STEMS,
        key="<key>",
        check=f"<a> * <x> {sign} <b>",
        steps=(
            step(f"Put $<x>$ in place of $<letter>$ and multiply: {first}.", "<product>"),
            step(f"Then subtract: {last}." if sign == "-" else f"Then add: {last}.", "<key>",
                 "evaluate-expressions", "order-of-operations"),
        ),
        hints=(
            "Put the number in place of the letter. A number next to a letter means multiplication.",
            r"Start with $<a> \times <x>$.",
            f"First {first}, then {last}.",
        ),
        wrong={
            "writes-digits-together": f"<a><x> {sign} <b>",
            "adds-before-multiplying": f"<a> * (<x> {sign} <b>)",
        },
    )  # fmt: skip


def _power(values: Values, sign: str, tail: str, tail_formula: str) -> Draft:
    square, product = "$<x>^2 = <square>$", r"$<a> \times <square> = <product>$"
    last = f"$<product> {sign} {tail} = <key>$"
    both = tail == "<other>"
    other = r"$<b> \times <x> = <other>$"
    return Draft(
        values=values,
        stems=_STEMS,
        key="<key>",
        check=f"<a> * <x>**2 {sign} {tail_formula}",
        steps=(
            step(f"Powers come first: {square}.", "<square>", "exponents"),
            step(f"Then multiply: {product} and {other}." if both else f"Then multiply: {product}.", "<product>"),
            step(f"Then subtract: {last}." if sign == "-" else f"Then add: {last}.", "<key>",
                 "evaluate-expressions", "order-of-operations"),
        ),
        hints=(
            "Put the number in place of the letter. A number next to a letter means multiplication.",
            "Only the letter is squared: start with $<x>^2$. Then multiply.",
            f"First {square}, then {product} and {other}. Together {last}." if both
            else f"First {square}, then {product}. Together {last}.",
        ),
        wrong={
            "squares-coefficient": f"(<a> * <x>)^2 {sign} {tail_formula}",
            "doubles-instead-of-squaring": f"<a> * 2 * <x> {sign} {tail_formula}",
            **({} if both else {"writes-digits-together": f"<a><square> {sign} <b>"}),
        },
    )  # fmt: skip


_STEMS: Stems = {
    Form.BARE: "What is the value of $<formula>$ for $<letter> = <x>$?",
    Form.STORY: (
        "<name> lays patterns of tiles. Pattern number $<letter>$ needs $<formula>$ tiles. "
        "How many tiles does pattern number $<x>$ need?",
        "A drone goes up. After $<letter>$ seconds it is at a height of $<formula>$ meters. "
        "At how many meters is it after $<x>$ seconds?",
        "Level $<letter>$ of a game brings $<formula>$ points. How many points does <name> get for level $<x>$?",
    ),
    Form.TABLE: "The table shows values of an expression. "
    + table(("<letter>", "1", "2", "<x>"), ("<formula>", "<one>", "<two>", "?"))
    + " Which number replaces the question mark?",
    Form.TRANSFER: "A machine turns every number $<letter>$ into $<formula>$. "
    "Which number comes out when $<x>$ goes in?",
}
