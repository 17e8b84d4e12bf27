"""Expanding parentheses and combining like terms in one expression."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.expressions.terms import linear, typed
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("distributive-property", "combine-like-terms", easiest=0.3)
def expand_and_combine(rng: random.Random, level: int) -> Draft:
    """Expand parentheses and combine like terms."""
    a, c = rng.randrange(2, 8), rng.randrange(2, 9)
    b, d = rng.randrange(2, 10), rng.randrange(2, 10)
    if level == 2:
        return _two_pairs(rng, a, b, c, d)
    tail = d if level == 1 else 0
    lead, constant = a + c, a * b + tail
    values: Values = {
        "name": person(rng), "a": a, "b": b, "c": c, "d": d, "expanded": linear(a, a * b), "ab": a * b,
        "formula": f"{a}(x + {b}) + {linear(c, tail)}", "lead": linear(lead, 0), "constant": constant,
        "right": linear(lead, constant), "long": linear(1, b),
    }  # fmt: skip
    return Draft(
        values=values,
        kind=QuestionKind.EXPRESSION,
        simplest=True,
        stems=_WITH_FEE if tail else _TICKETS_AND_DRINKS,
        key=typed(lead, constant),
        check=f"<a> * (x + <b>) + <c> * x + {tail}",
        steps=(
            step("Multiply out the parentheses: $<a>(x + <b>) = <expanded>$.", typed(a, a * b),
                 "distributive-property"),
            step("Combine the terms with the letter: $<a>x + <c>x = <lead>$.", typed(lead, 0), "combine-like-terms"),
            step("Combine the plain numbers: $<ab> + <d> = <constant>$. Together: $<right>$." if tail
                 else "The plain number stays: $<right>$.", typed(lead, constant), "combine-like-terms"),
        ),
        hints=(
            "Multiply out the parentheses first. Then put together what belongs together.",
            "Multiply both $x$ and $<b>$ by the factor in front. Which terms belong together then?",
            "Multiplied out, $<a>(x + <b>) = <expanded>$. Put together, $<formula> = <right>$.",
        ),
        wrong={
            "multiplies-first-term-only": typed(lead, b + tail),
            "combines-unlike-terms": typed(lead + constant, 0),
            "adds-factor-to-number": typed(lead, a + b + tail),
        },
    )  # fmt: skip


def _two_pairs(rng: random.Random, a: int, b: int, c: int, d: int) -> Draft:
    if a * b == c * d:
        b += 1
    lead, constant = a + c, a * b - c * d
    values: Values = {
        "name": person(rng), "a": a, "b": b, "c": c, "d": d, "formula": f"{a}(x + {b}) + {c}(x - {d})",
        "first": linear(a, a * b), "second": linear(c, -c * d), "lead": linear(lead, 0), "ab": a * b, "cd": c * d,
        "constant": constant, "right": linear(lead, constant), "long": linear(1, b),
        "short": linear(1, -d),
    }  # fmt: skip
    return Draft(
        values=values,
        kind=QuestionKind.EXPRESSION,
        simplest=True,
        stems=_TWO_PRICES,
        key=typed(lead, constant),
        check="<a> * (x + <b>) + <c> * (x - <d>)",
        steps=(
            step("Multiply out the first parentheses: $<a>(x + <b>) = <first>$.", typed(a, a * b),
                 "distributive-property"),
            step("Multiply out the second parentheses: $<c>(x - <d>) = <second>$.", typed(c, -c * d),
                 "distributive-property"),
            step("Combine the terms with the letter: $<a>x + <c>x = <lead>$.", typed(lead, 0), "combine-like-terms"),
            step("Combine the plain numbers: $<ab> - <cd> = <constant>$. Together: $<right>$.", typed(lead, constant),
                 "combine-like-terms", "add-integers"),
        ),
        hints=(
            "Multiply out the parentheses first. Then put together what belongs together.",
            "Multiply every term in parentheses by the factor in front, and mind the minus sign. "
            "Which terms belong together then?",
            "Multiplied out, $<a>(x + <b>) = <first>$ and $<c>(x - <d>) = <second>$. Put together, that is $<right>$.",
        ),
        wrong={
            "multiplies-first-term-only": typed(lead, b - d),
            "drops-minus-sign": typed(lead, a * b + c * d),
            "combines-unlike-terms": f"{lead + constant}*x" if lead + constant else "0",
        },
    )  # fmt: skip


_FEW = " Write the answer with as few terms as possible."
_COST = f" What is the cost in dollars?{_FEW}"
_AREA = f" How many square meters are both together?{_FEW}"
_TICKETS_AND_DRINKS: Stems = {
    Form.BARE: "Write $<formula>$ with as few terms as possible.",
    Form.STORY: (
        f"<name> buys $<a>$ tickets for $x + <b>$ dollars each and $<c>$ drinks for $x$ dollars each.{_COST}",
        "<name> lays $<a>$ long boards in a row, each $x + <b>$ centimeters long, and then $<c>$ short boards, each "
        f"$x$ centimeters long. How many centimeters long is the row?{_FEW}",
    ),
    Form.TABLE: "The table shows what a class buys. "
    + table(("item", "price of one in dollars", "number"), ("book", "<long>", "<a>"), ("pen", "x", "<c>"))
    + _COST,
    Form.TRANSFER: "A garden is $<a>$ meters wide and $x + <b>$ meters long. The yard next to it is $<c>$ meters wide "
    f"and $x$ meters long.{_AREA}",
}
_WITH_FEE: Stems = {
    Form.BARE: "Write $<formula>$ with as few terms as possible.",
    Form.STORY: (
        f"<name> orders $<a>$ tickets for $x + <b>$ dollars each and $<c>$ drinks for $x$ dollars each. A fee "
        f"of $<d>$ dollars is added.{_COST}",
        "<name> lays $<a>$ long boards in a row, each $x + <b>$ centimeters long, then $<c>$ short boards, each $x$ "
        f"centimeters long, and one board of $<d>$ centimeters. How many centimeters long is the row?{_FEW}",
    ),
    Form.TABLE: "The table shows what a class orders. The parcel costs $<d>$ dollars more. "
    + table(("item", "price of one in dollars", "number"), ("book", "<long>", "<a>"), ("pen", "x", "<c>"))
    + _COST,
    Form.TRANSFER: "A garden is $<a>$ meters wide and $x + <b>$ meters long. The yard next to it is $<c>$ meters wide "
    f"and $x$ meters long. A shed covers $<d>$ square meters more. How many square meters is that in all?{_FEW}",
}
_TWO_PRICES: Stems = {
    Form.BARE: "Write $<formula>$ with as few terms as possible.",
    Form.STORY: (
        f"A seat in the front costs $x + <b>$ dollars, and a seat in the back costs $x - <d>$ dollars. <name> books "
        f"$<a>$ seats in the front and $<c>$ in the back.{_COST}",
        "<name> lays $<a>$ long boards in a row, each $x + <b>$ centimeters long, and then $<c>$ short boards, each "
        f"$x - <d>$ centimeters long. How many centimeters long is the row?{_FEW}",
    ),
    Form.TABLE: "The table shows what a class buys. "
    + table(("item", "price of one in dollars", "number"), ("book", "<long>", "<a>"), ("pen", "<short>", "<c>"))
    + _COST,
    Form.TRANSFER: "A garden is $<a>$ meters wide and $x + <b>$ meters long. The yard next to it is $<c>$ meters wide "
    f"and $x - <d>$ meters long.{_AREA}",
}
