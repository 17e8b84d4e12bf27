"""The order of operations, and powers as products."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table


@family("order-of-operations", easiest=-0.7)
def order_of_operations(rng: random.Random, level: int) -> Draft:
    """Evaluate an expression with several operations."""
    a, b, c, d = rng.randrange(3, 15), rng.randrange(2, 9), rng.randrange(3, 9), rng.randrange(2, 10)
    if level == 0:
        values: Values = {"a": a, "b": b, "c": c, "inner": b * c, "key": a + b * c}
    elif level == 1:
        inner = a + b
        start = c * inner + rng.choice([left for left in range(3, 30) if left != inner])
        values = {"start": start, "c": c, "a": a, "b": b, "inner": inner, "part": c * inner, "key": start - c * inner}
    else:
        start, part = a + 80, c * d
        values = {"start": start, "c": c, "top": b + d, "b": b, "a": a, "inner": d, "part": part}
        values |= {"key": start - part + a}
    return Draft(
        values=values | {"name": person(rng)},
        stems=_ORDER[level],
        key="<key>",
        check=("<a> + <b> * <c>", "<start> - <c> * (<a> + <b>)", "<start> - <c> * (<top> - <b>) + <a>")[level],
        steps=_ORDER_STEPS[level],
        hints=(
            "Which operation has to be done first? Look for parentheses, then for multiplication.",
            *_ORDER_HINTS[level],
        ),
        wrong=(
            {"left-to-right": "(<a> + <b>) * <c>", "adds-where-multiplying": "<a> + <b> + <c>"},
            {
                "left-to-right": "(<start> - <c>) * (<a> + <b>)",
                "ignores-parentheses": "<start> - <c> * <a> + <b>",
                "adds-where-multiplying": "<start> - (<c> + <a> + <b>)",
            },
            {
                "left-to-right": "(<start> - <c>) * (<top> - <b>) + <a>",
                "ignores-parentheses": "<start> - <c> * <top> - <b> + <a>",
                "adds-where-multiplying": "<start> - (<c> + <top> - <b>) + <a>",
            },
        )[level],
    )


_ORDER_STEPS = (
    (
        step(r"Multiply before you add: $<b> \times <c> = <inner>$.", "<inner>"),
        step("Then add: $<a> + <inner> = <key>$.", "<key>"),
    ),
    (
        step("Parentheses first: $<a> + <b> = <inner>$.", "<inner>"),
        step(r"Then multiply: $<c> \times <inner> = <part>$.", "<part>"),
        step("Subtract last: $<start> - <part> = <key>$.", "<key>"),
    ),
    (
        step("Parentheses first: $<top> - <b> = <inner>$.", "<inner>"),
        step(r"Then multiply: $<c> \times <inner> = <part>$.", "<part>"),
        step("Now from left to right: $<start> - <part> + <a> = <key>$.", "<key>"),
    ),
)
_ORDER_HINTS = (
    (
        r"Work out $<b> \times <c>$ first. Then add.",
        r"$<b> \times <c> = <inner>$, so the result is $<a> + <inner> = <key>$.",
    ),
    (
        "Work out $<a> + <b>$ first. Then multiply, and subtract last.",
        r"$<a> + <b> = <inner>$ and $<c> \times <inner> = <part>$, so the result is $<start> - <part> = <key>$.",
    ),
    (
        "Work out $<top> - <b>$ first. Then multiply. What is left goes from left to right.",
        r"$<top> - <b> = <inner>$ and $<c> \times <inner> = <part>$, so the result is "
        "$<start> - <part> + <a> = <key>$.",
    ),
)
_SHOWS = "A calculator that knows the order of operations is given "
_ORDER: tuple[Stems, ...] = (
    {
        Form.BARE: r"Work out $<a> + <b> \times <c>$.",
        Form.STORY: (
            "<name> has $<a>$ stickers and buys $<b>$ packs of $<c>$ stickers. "
            r"So there are $<a> + <b> \times <c>$ stickers. How many is that?",
            "One tree stands alone with $<a>$ birds in it. $<b>$ more trees have $<c>$ birds each. "
            r"So there are $<a> + <b> \times <c>$ birds. How many is that?",
        ),
        Form.TABLE: "The table shows the prices in dollars. "
        + table(("one bowl", "<a>"), ("one glass", "<c>"))
        + r" <name> buys one bowl and $<b>$ glasses for $<a> + <b> \times <c>$ dollars. How many dollars is that?",
        Form.TRANSFER: _SHOWS + r"$<a> + <b> \times <c>$. Which number does it show?",
    },
    {
        Form.BARE: r"Work out $<start> - <c> \times (<a> + <b>)$.",
        Form.STORY: (
            "<name> has $<start>$ stickers and gives $<a>$ large and $<b>$ small ones to each of $<c>$ friends. "
            r"So $<start> - <c> \times (<a> + <b>)$ stickers are left. How many is that?",
            "A shelf is $<start>$ cm long. $<c>$ boxes stand on it. Each box takes $<a>$ cm and a gap of $<b>$ cm. "
            r"So $<start> - <c> \times (<a> + <b>)$ cm are free. How many cm is that?",
        ),
        Form.TABLE: "The table shows the prices in dollars. "
        + table(("one cup", "<a>"), ("one plate", "<b>"))
        + " <name> pays for $<c>$ cups and $<c>$ plates. "
        r"From $<start>$ dollars $<start> - <c> \times (<a> + <b>)$ dollars are left. How many dollars is that?",
        Form.TRANSFER: _SHOWS + r"$<start> - <c> \times (<a> + <b>)$. Which number does it show?",
    },
    {
        Form.BARE: r"Work out $<start> - <c> \times (<top> - <b>) + <a>$.",
        Form.STORY: (
            "<name> starts a game with $<start>$ points. In each of $<c>$ rounds, $<top>$ points are lost and $<b>$ "
            r"points are won. Then come $<a>$ extra points: $<start> - <c> \times (<top> - <b>) + <a>$. "
            "How many points is that?",
            "A bus starts with $<start>$ people. At each of $<c>$ stops, $<top>$ people get off and $<b>$ get on. "
            r"At the last stop $<a>$ get on: $<start> - <c> \times (<top> - <b>) + <a>$. "
            "How many people are on the bus then?",
        ),
        Form.TABLE: "The table is about the water in a tank, in liters. "
        + table(("at first", "<start>"), ("out each hour", "<top>"), ("in each hour", "<b>"), ("in at the end", "<a>"))
        + r" After $<c>$ hours <name> finds $<start> - <c> \times (<top> - <b>) + <a>$ liters. "
        "How many liters is that?",
        Form.TRANSFER: _SHOWS + r"$<start> - <c> \times (<top> - <b>) + <a>$. Which number does it show?",
    },
)

_SMALL = (*((base, 2) for base in range(3, 21)), *((base, 3) for base in range(2, 7)))
_LARGE = (
    *((base, 3) for base in range(7, 13)),
    *((base, 4) for base in (3, 4, 5, 6, 10)),
    *((2, exponent) for exponent in range(5, 10)),
    *((base, 5) for base in (3, 4, 5, 10)),
    *((base, 2) for base in (25, 30, 40, 60)),
)


@family("exponents", easiest=-0.7)
def power(rng: random.Random, level: int) -> Draft:
    """Evaluate a power, or a sum of two powers."""
    if level == 2:
        return _sum_of_powers(rng)
    base, exponent = rng.choice((_SMALL, _LARGE)[level])
    values: Values = {"base": base, "exponent": exponent, "value": base**exponent, "name": person(rng)}
    return Draft(
        values=values | {"product": r" \times ".join([str(base)] * exponent)},
        stems=_POWER,
        key="<value>",
        check="<base>**<exponent>",
        steps=(
            step("The exponent counts the factors: $<base>^<exponent> = <product>$.", "<base>^<exponent>"),
            step("Multiply: $<product> = <value>$.", "<value>", "exponents", "multiply-whole"),
        ),
        hints=(
            "The small raised number counts factors.",
            "Write a product in which every factor is $<base>$. How many factors are there? Then multiply.",
            "$<base>^<exponent> = <product> = <value>$.",
        ),
        wrong={
            "base-times-exponent": "<base> * <exponent>",
            "one-factor-too-many": "<base>^<exponent> * <base>",
            "adds-base-and-exponent": "<base> + <exponent>",
        },
    )


_POWER: Stems = {
    Form.BARE: (
        "Work out $<base>^<exponent>$.",
        "What is the value of $<base>^<exponent>$?",
        "Write $<base>^<exponent>$ as a plain number.",
    ),
    Form.STORY: (
        "A lock has $<exponent>$ wheels. Each wheel has $<base>$ signs, so there are $<base>^<exponent>$ codes. "
        "How many codes can <name> choose from?",
        "<name> tells $<base>$ people some news on day $1$. On each later day, everyone who heard it the day before "
        "tells $<base>$ new people. How many people hear it on day $<exponent>$?",
    ),
    Form.TABLE: "<name> fills in a table of powers. "
    + table(("base", "<base>"), ("exponent", "<exponent>"), ("value of the power", "?"))
    + " Which number replaces the question mark?",
    Form.TRANSFER: "A number machine starts with $1$. It multiplies by $<base>$, and it does so $<exponent>$ times. "
    "Which number does <name> get?",
}


def _sum_of_powers(rng: random.Random) -> Draft:
    base, other = rng.randrange(3, 13), rng.randrange(2, 8)
    values: Values = {"base": base, "other": other, "square": base**2, "cube": other**3, "value": base**2 + other**3}
    return Draft(
        values=values | {"name": person(rng)},
        stems=_SUM,
        key="<value>",
        check="<base>**2 + <other>**3",
        steps=(
            step(r"Two factors: $<base>^2 = <base> \times <base> = <square>$.", "<square>"),
            step(r"Three factors: $<other>^3 = <other> \times <other> \times <other> = <cube>$.", "<cube>"),
            step("Add the powers: $<square> + <cube> = <value>$.", "<value>", "exponents", "add-subtract-whole"),
        ),
        hints=(
            "The small raised number counts factors.",
            r"Work out $<base> \times <base>$ and $<other> \times <other> \times <other>$. Then add.",
            "$<base>^2 = <square>$ and $<other>^3 = <cube>$, so the sum is $<square> + <cube> = <value>$.",
        ),
        wrong={
            "base-times-exponent": "<base> * 2 + <other> * 3",
            "one-factor-too-many": "<base>^3 + <other>^4",
            "adds-base-and-exponent": "<base> + 2 + <other> + 3",
        },
    )


_SUM: Stems = {
    Form.BARE: "Work out $<base>^2 + <other>^3$.",
    Form.STORY: (
        "One lock has $2$ wheels with $<base>$ signs each. Another lock has $3$ wheels with $<other>$ signs each. "
        "So there are $<base>^2 + <other>^3$ codes in all. How many codes is that?",
        "<name> lays a square of $<base>$ rows with $<base>$ tiles each. Then <name> builds a cube of $<other>$ "
        "layers. Each layer has $<other>$ rows of $<other>$ blocks. How many tiles and blocks are used in all?",
    ),
    Form.TABLE: "<name> fills in a table of powers. "
    + table(("base", "<base>", "<other>"), ("exponent", "2", "3"), ("value of the power", "?", "?"))
    + " What is the sum of the two missing numbers?",
    Form.TRANSFER: "Which number makes this true? $? - <other>^3 = <base>^2$",
}
