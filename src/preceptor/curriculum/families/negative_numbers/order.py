"""Order and absolute value of negative numbers."""

import random
from decimal import Decimal

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.notation import Number, answer
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("order-integers", easiest=-0.9)
def order_integers(rng: random.Random, level: int) -> Draft:
    """Put numbers around zero in order."""
    sizes = rng.sample(range(1, (10, 40, 100)[level]), (3, 4, 4)[level])
    scale = 10 if level == 2 else 1
    scaled: list[Number] = [Decimal(size) / scale if level == 2 else size for size in sizes]
    top, *below = scaled
    negative = sorted(-size for size in below)
    order: list[Number] = [*negative, 0, top]
    shuffled = list(order)
    while shuffled in (order, order[::-1]):
        rng.shuffle(shuffled)
    shown: Values = {f"n{index}": value for index, value in enumerate(shuffled)}
    values: Values = {
        "name": person(rng), "first": order[0], "order": _listed(order), "list": _listed(shuffled),
        "chain": " < ".join(map(answer, order)),
    }  # fmt: skip
    return Draft(
        values=values | shown,
        kind=QuestionKind.ORDER,
        stems={**_ORDER, Form.TABLE: _ORDER_TABLES[len(order)]},
        key="<order>",
        check=f"sorted([{', '.join(f'<{name}>' for name in shown)}])",
        steps=(
            step("Negative numbers are less than zero, and the one furthest from zero is the least: $<first>$.",
                 "<first>"),
            step("From left to right on the number line: $<order>$.", "<order>"),
        ),
        hints=(
            "Picture the numbers on a number line. The least one lies furthest to the left.",
            "Look at the negative numbers first. The one furthest from zero is the least of all.",
            "On the number line $<chain>$, so the order is $<order>$.",
        ),
        wrong={
            "ignores-sign": _listed([*negative[::-1], 0, top]),
            "orders-by-size": _listed(sorted(order, key=lambda number: abs(float(number)))),
            "zero-is-least" if level else "orders-from-largest":
                _listed([0, *negative, top] if level else order[::-1]),
        },
    )  # fmt: skip


def _listed(numbers: list[Number]) -> str:
    return ", ".join(map(answer, numbers))


_ORDER: Stems = {
    Form.BARE: "Put these numbers in order, from least to greatest: $<list>$.",
    Form.STORY: (
        "<name> writes down how warm it was on some days of the year, in degrees: $<list>$. "
        "Put the temperatures in order, the coldest first.",
        "A map shows how high some places lie, in meters above the sea: $<list>$. Put the heights in order, "
        "the lowest first.",
        "These are the points of some players in a game: $<list>$. Put the points in order, the lowest first.",
    ),
    Form.TRANSFER: "<name> walks along a number line from left to right and passes these numbers: $<list>$. "
    "In which order does <name> pass them?",
}
_COUNTED = "The table shows heights above or below the sea. "
_LOWEST = " Put the heights in order, the lowest first."
_ORDER_TABLES = {
    4: _COUNTED + table(("place", "A", "B", "C", "D"), ("height in meters", "<n0>", "<n1>", "<n2>", "<n3>")) + _LOWEST,
    5: _COUNTED
    + table(("place", "A", "B", "C", "D", "E"), ("height in meters", "<n0>", "<n1>", "<n2>", "<n3>", "<n4>"))
    + _LOWEST,
}


@family("absolute-value", easiest=-0.7)
def absolute_value(rng: random.Random, level: int) -> Draft:
    """Add or compare distances from zero."""
    near, far, third = sorted(rng.sample(range(3, (16, 50, 90)[level]), 3))
    values: Values = {"name": person(rng), "a": -far, "da": far, "b": near, "c": -third, "dc": third}
    if level == 1:
        return _difference(values | {"key": far - near})
    long = level == 2
    last = "$<da> + <b> + <dc> = <key>$" if long else "$<da> + <b> = <key>$"
    distances = "$|<a>| = <da>$, $|<b>| = <b>$, $|<c>| = <dc>$" if long else "$|<a>| = <da>$, $|<b>| = <b>$"
    return Draft(
        values=values | {"key": far + near + third if long else far + near},
        stems=_THREE_DISTANCES if long else _TWO_DISTANCES,
        key="<key>",
        check="Abs(<a>) + Abs(<b>) + Abs(<c>)" if long else "Abs(<a>) + Abs(<b>)",
        steps=(
            step("Drop the minus sign to get the distance from zero: $|<a>| = <da>$.", "<da>"),
            *([step("In the same way $|<c>| = <dc>$, and $|<b>| = <b>$.", "<dc>")] if long
              else [step("A positive number is its own distance from zero: $|<b>| = <b>$.", "<b>")]),
            step(f"Add the distances: {last}.", "<key>"),
        ),
        hints=(
            "How far a number is from zero is called its absolute value. It is never negative.",
            "How far is $<a>$ from zero? Find this for every number, then add.",
            f"The distances from zero are {distances}. Together {last}.",
        ),
        wrong={
            "keeps-sign": "<a> + <b> + <c>" if long else "<a> + <b>",
            "takes-opposite": "<da> - <b> + <dc>" if long else "<da> - <b>",
        },
    )  # fmt: skip


def _difference(values: Values) -> Draft:
    return Draft(
        values=values,
        stems=_FURTHER,
        key="<key>",
        check="Abs(<a>) - Abs(<b>)",
        steps=(
            step("Drop the minus sign to get the distance from zero: $|<a>| = <da>$.", "<da>"),
            step("A positive number is its own distance from zero: $|<b>| = <b>$.", "<b>"),
            step("Subtract the distances: $<da> - <b> = <key>$.", "<key>"),
        ),
        hints=(
            "How far a number is from zero is called its absolute value. It is never negative.",
            "How far is $<a>$ from zero? How far is $<b>$ from zero? Then subtract.",
            "The distances from zero are $|<a>| = <da>$ and $|<b>| = <b>$, and $<da> - <b> = <key>$.",
        ),
        wrong={"keeps-sign": "<a> - <b>", "takes-opposite": "<da> + <b>"},
    )


_TWO_DISTANCES: Stems = {
    Form.BARE: "Work out $|<a>| + |<b>|$.",
    Form.STORY: (
        "<name> throws two rings at a mark. One lands at $<a>$ centimeters, which is too short, the other at $<b>$ "
        "centimeters, which is too far. How many centimeters off the mark are they in all?",
        "A diver swims at $<a>$ meters, and a gull flies at $<b>$ meters above the sea. "
        "How many meters are between them?",
    ),
    Form.TABLE: "A machine should fill every bag with the same weight. "
    + table(("bag", "error in grams"), ("first", "<a>"), ("second", "<b>"))
    + " How many grams is that off in all, too little and too much taken together?",
    Form.TRANSFER: "In the night it was $<a>$ degrees. At noon it was $<b>$ degrees. "
    "By how many degrees did the temperature rise?",
}
_THREE_DISTANCES: Stems = {
    Form.BARE: "Work out $|<a>| + |<b>| + |<c>|$.",
    Form.STORY: (
        "<name> throws three rings at a mark. They land at $<a>$, $<b>$ and $<c>$ centimeters, where a minus sign "
        "means too short. How many centimeters off the mark are they in all?",
        "A robot on a number line goes from zero to $<a>$ and back, then to $<b>$ and back, then to $<c>$ and back. "
        "How many units are the three ways out, without the ways back?",
    ),
    Form.TABLE: "A machine should fill every bag with the same weight. "
    + table(("bag", "error in grams"), ("first", "<a>"), ("second", "<b>"), ("third", "<c>"))
    + " How many grams is that off in all, too little and too much taken together?",
    Form.TRANSFER: "Three clocks are checked. They are off by $<a>$, $<b>$ and $<c>$ seconds, where a minus sign "
    "means slow. By how many seconds are the clocks off in all, slow and fast taken together?",
}
_FURTHER: Stems = {
    Form.BARE: "Work out $|<a>| - |<b>|$.",
    Form.STORY: (
        "<name> throws two rings at a mark. One lands at $<a>$ centimeters, which is too short, the other at $<b>$ "
        "centimeters, which is too far. By how many centimeters is the second ring closer to the mark?",
        "A diver swims at $<a>$ meters, and a gull flies at $<b>$ meters, measured from the sea. "
        "How many meters further from the surface of the sea is the diver?",
    ),
    Form.TABLE: "The table shows where two points lie on a number line. "
    + table(("first point", "<a>"), ("second point", "<b>"))
    + " How many units further from zero is the first point?",
    Form.TRANSFER: "A mine goes down to $<a>$ meters, and its tower goes up to $<b>$ meters. "
    "How many meters longer is the way down than the way up, both from the ground?",
}
