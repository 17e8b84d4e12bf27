"""Rewriting expressions: the distributive property and like terms."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.notation import guarded
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


def linear(lead: int, constant: int) -> str:
    """Write lead·x + constant as LaTeX; the lead is positive."""
    term = "x" if lead == 1 else f"{lead}x"
    return f"{term} {'-' if constant < 0 else '+'} {abs(constant)}" if constant else term


def typed(lead: int, constant: int) -> str:
    """Write lead·x + constant in answer syntax."""
    return linear(lead, constant).replace("x", "*x") if lead > 1 else linear(lead, constant)


@family("distributive-property", easiest=-0.2)
def expand_parentheses(rng: random.Random, level: int) -> Draft:
    """Choose the expression without parentheses."""
    a, b = rng.randrange(2, (10, 12, 12)[level]), rng.randrange(2, (10, 16, 16)[level])
    c = rng.randrange(2, 7) if level == 2 else 1
    minus = level > 0 and rng.random() < 0.6
    signed = -b if minus else b
    values: Values = {
        "name": person(rng), "a": a, "b": b, "inner": linear(c, 0), "sum": linear(c, signed), "lead": linear(a * c, 0),
        "ab": a * b, "right": linear(a * c, a * signed), "first": linear(a * c, signed), "last": linear(c, a * signed),
        "added": linear(a * c, -a - b if minus else a + b),
    }  # fmt: skip
    return Draft(
        values=values,
        kind=QuestionKind.CHOICE,
        stems=_LESS_EACH if minus else _BOTH_EACH,
        key="$<right>$",
        check=f"<a> * ({c} * x {'-' if minus else '+'} <b>)",
        steps=(
            step(r"Multiply the first term: $<a> \times <inner> = <lead>$.", typed(a * c, 0)),
            step(r"Multiply the second term: $<a> \times <b> = <ab>$.", "<ab>"),
            step("Keep the sign between them: $<a>(<sum>) = <right>$.", typed(a * c, a * signed)),
        ),
        hints=(
            "The factor in front of the parentheses belongs to every term inside.",
            "Everything happens $<a>$ times: multiply $<inner>$ by it, then multiply $<b>$ by it as well.",
            "Every term is multiplied: $<a>(<sum>) = <right>$.",
        ),
        wrong={
            "multiplies-first-term-only": "$<first>$",
            "multiplies-last-term-only": "$<last>$",
            "adds-factor-to-number": "$<added>$",
        },
    )


_EQUAL = "Which expression is equal to $<a>(<sum>)$ for every $x$?"
_AREA = "A rectangle is $<a>$ meters wide and $<sum>$ meters long. Which expression gives its area in square meters?"
_COST = " Which expression gives the cost in dollars?"
_BOTH_EACH: Stems = {
    Form.BARE: _EQUAL,
    Form.STORY: (
        f"A museum ticket costs $<inner>$ dollars and a poster $<b>$ dollars. <name> buys $<a>$ of each.{_COST}",
        "<name> trains on $<a>$ days in a month: $<inner>$ minutes of running and $<b>$ minutes of stretching each "
        "day. Which expression gives the minutes in the month?",
    ),
    Form.TABLE: "Everybody in a group takes a ticket and a T-shirt. "
    + table(("price of a ticket in dollars", "<inner>"), ("price of a T-shirt in dollars", "<b>"), ("people", "<a>"))
    + _COST,
    Form.TRANSFER: _AREA,
}
_LESS_EACH: Stems = {
    Form.BARE: _EQUAL,
    Form.STORY: (
        f"A concert ticket costs $<inner>$ dollars. With a voucher it costs $<b>$ dollars less. <name> buys $<a>$ "
        f"tickets with vouchers.{_COST}",
        "<name> fills $<a>$ boxes. Each should hold $<inner>$ nuts, but $<b>$ nuts are missing in each box. "
        "Which expression gives the number of nuts in all boxes?",
    ),
    Form.TABLE: "Everybody in a group buys a ticket and uses a voucher for it. "
    + table(("price of a ticket in dollars", "<inner>"), ("voucher in dollars", "<b>"), ("people", "<a>"))
    + _COST,
    Form.TRANSFER: _AREA,
}


@family("combine-like-terms", easiest=-0.1)
def perimeter_expression(rng: random.Random, level: int) -> Draft:
    """Add up lengths that contain a letter."""
    sides = _sides(rng, level)
    lead, constant = sum(a for a, _ in sides), sum(b for _, b in sides)
    shown = [linear(a, b) for a, b in sides]
    leads = [linear(a, 0) for a, _ in sides if a]
    first, *others = [b for _, b in sides if b]
    values: Values = {
        "name": person(rng), "list": ", ".join(shown), "formula": " + ".join(shown), "leads": " + ".join(leads),
        "numbers": " + ".join([str(first), *map(guarded, others)]),
        "lead": linear(lead, 0), "constant": constant, "right": linear(lead, constant),
        **{f"s{index}": side for index, side in enumerate(shown)},
    }  # fmt: skip
    alone = sum(a == 1 for a, _ in sides)
    return Draft(
        values=values,
        kind=QuestionKind.EXPRESSION,
        simplest=True,
        stems={**_LENGTHS, Form.TABLE: _LENGTH_TABLES[len(sides)]},
        key=typed(lead, constant),
        check=" + ".join(f"{a} * x + ({b})" for a, b in sides),
        steps=(
            step("Add the terms with the letter: $<leads> = <lead>$.", typed(lead, 0)),
            step("Add the plain numbers: $<numbers> = <constant>$.", "<constant>", "combine-like-terms",
                 "add-integers"),
            step("Write both together: $<right>$.", typed(lead, constant)),
        ),
        hints=(
            "Add everything. Terms with the letter and plain numbers are two different kinds of things.",
            "Count how many times the letter comes in all. Then add the plain numbers.",
            "Letters $<leads> = <lead>$ and numbers $<numbers> = <constant>$ give $<right>$.",
        ),
        wrong={
            "combines-unlike-terms": typed(lead + constant, 0),
            "overlooks-lone-letter": typed(lead - alone, constant),
            **({"drops-minus-sign": typed(lead, sum(abs(b) for _, b in sides))} if level == 2
               else {"loses-letter": str(lead + constant)}),
        },
    )  # fmt: skip


def _sides(rng: random.Random, level: int) -> list[tuple[int, int]]:
    """Lengths as (lead, constant); one lead is 1, and the sum has both kinds of terms."""
    while True:
        leads = [1, *(rng.randrange(2, 8 + 2 * level) for _ in range(2 + (level > 0)))]
        rng.shuffle(leads)
        numbers = [rng.randrange(1, 10) for _ in leads]
        if level == 0:
            numbers[rng.randrange(3)] = 0
        if level == 2:
            numbers = [b if i % 2 else -b for i, b in enumerate(numbers)]
        if sum(numbers) and sum(leads) + sum(numbers) > 1:
            return list(zip(leads, numbers, strict=True))


_FEW = " Write the answer with as few terms as possible."
_LENGTHS: Stems = {
    Form.BARE: "Write $<formula>$ with as few terms as possible.",
    Form.STORY: (
        f"The sides of a field are $<list>$ meters long. How many meters is it around the field?{_FEW}",
        f"<name> goes on a trip in several parts. They are $<list>$ kilometers long. "
        f"How many kilometers is the whole trip?{_FEW}",
    ),
    Form.TRANSFER: f"<name>'s bags hold $<list>$ marbles. How many marbles is that in all?{_FEW}",
}
_RUN = "The table shows how many kilometers a group walked. "
_RUN_ASKED = f" How many kilometers is that in all?{_FEW}"
_LENGTH_TABLES = {
    3: _RUN + table(("Monday", "<s0>"), ("Tuesday", "<s1>"), ("Friday", "<s2>")) + _RUN_ASKED,
    4: _RUN + table(("Monday", "<s0>"), ("Tuesday", "<s1>"), ("Friday", "<s2>"), ("Sunday", "<s3>")) + _RUN_ASKED,
}
