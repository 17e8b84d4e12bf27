"""Fractions with one denominator: their sum, and what is left of a whole."""

import random
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.fractions.drawing import simplified
from preceptor.curriculum.family import family
from preceptor.curriculum.notation import frac
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("add-like-fractions", easiest=-1.1)
def add_like(rng: random.Random, level: int) -> Draft:
    """Add two or three fractions with one denominator."""
    b = rng.randrange(4, 13)
    while True:
        tops = [rng.randrange(1, b) for _ in range(3 if level == 2 else 2)]
        if (sum(tops) < b) == (level == 0) and sum(tops) % b:
            break
    values: Values = {"b": b, "count": sum(tops)}
    values |= {f"t{i}": top for i, top in enumerate(tops)}
    values |= {"key": Fraction(sum(tops), b), "shown": simplified(sum(tops), b), "name": person(rng)}
    places = [f"<t{i}>" for i in range(len(tops))]
    added = " + ".join(places)
    terms = " + ".join(frac(place, "<b>") for place in places)
    return Draft(
        values=values,
        kind=QuestionKind.FRACTION,
        stems=_ADD_THREE if level == 2 else _ADD_TWO,
        key="<key>",
        check=" + ".join(f"{place} / <b>" for place in places),
        steps=(
            step(f"All parts have the same size, so count them: ${added} = <count>$.", "<count>"),
            step(f"Keep the denominator: ${terms} = <shown>$.", "<key>",
                 "add-like-fractions", "equivalent-fractions"),
        ),
        hints=(
            "All these parts have the same size. What does the denominator tell you about them?",
            f"Add the numerators, ${added}$, and think about whether the size of the parts changes.",
            f"${terms} = <shown>$.",
        ),
        wrong={
            "adds-denominators": f"({added}) / ({' + '.join(['<b>'] * len(tops))})",
            "forgets-denominator": added,
            "multiplies-denominators": f"({added}) / ({' * '.join(['<b>'] * len(tops))})",
        },
    )  # fmt: skip


_ADD_TWO: Stems = {
    Form.BARE: (
        r"Work out $\frac{<t0>}{<b>} + \frac{<t1>}{<b>}$.",
        r"What is the sum of $\frac{<t0>}{<b>}$ and $\frac{<t1>}{<b>}$?",
    ),
    Form.STORY: (
        r"<name> walks $\frac{<t0>}{<b>}$ of a kilometer to school and $\frac{<t1>}{<b>}$ of a kilometer to the pool. "
        "How many kilometers is that in all? Give a fraction.",
        r"<name> mixes $\frac{<t0>}{<b>}$ of a liter of blue paint and $\frac{<t1>}{<b>}$ of a liter of yellow paint. "
        "How many liters of green paint is that? Give a fraction.",
        r"A shelf is $\frac{<t0>}{<b>}$ of a meter long, the shelf beside it $\frac{<t1>}{<b>}$ of a meter. "
        "How many meters are they together? Give a fraction.",
    ),
    Form.TABLE: "The table shows how long <name> plays the drums. "
    + table(("Monday", r"\frac{<t0>}{<b>}\ \text{h}"), ("Friday", r"\frac{<t1>}{<b>}\ \text{h}"))
    + " How many hours is that in all? Give a fraction.",
    Form.TRANSFER: r"When $\frac{<t0>}{<b>}$ is taken away from a number, $\frac{<t1>}{<b>}$ is left. "
    "Which fraction is the number?",
}
_ADD_THREE: Stems = {
    Form.BARE: (
        r"Work out $\frac{<t0>}{<b>} + \frac{<t1>}{<b>} + \frac{<t2>}{<b>}$.",
        r"What is the sum of $\frac{<t0>}{<b>}$, $\frac{<t1>}{<b>}$ and $\frac{<t2>}{<b>}$?",
    ),
    Form.STORY: (
        r"<name> walks $\frac{<t0>}{<b>}$ of a kilometer, then $\frac{<t1>}{<b>}$ and then $\frac{<t2>}{<b>}$ of a "
        "kilometer. How many kilometers is that in all? Give a fraction.",
        r"<name> mixes $\frac{<t0>}{<b>}$ of a liter of apple juice, $\frac{<t1>}{<b>}$ of a liter of grape juice and "
        r"$\frac{<t2>}{<b>}$ of a liter of water. How many liters is that? Give a fraction.",
        r"Three shelves side by side are $\frac{<t0>}{<b>}$, $\frac{<t1>}{<b>}$ and $\frac{<t2>}{<b>}$ of a meter "
        "long. How many meters are they together? Give a fraction.",
    ),
    Form.TABLE: "The table shows how long <name> plays the drums. "
    + table(
        ("Monday", r"\frac{<t0>}{<b>}\ \text{h}"),
        ("Tuesday", r"\frac{<t1>}{<b>}\ \text{h}"),
        ("Friday", r"\frac{<t2>}{<b>}\ \text{h}"),
    )
    + " How many hours is that in all? Give a fraction.",
    Form.TRANSFER: r"First $\frac{<t0>}{<b>}$ and then $\frac{<t1>}{<b>}$ is taken away from a number. Now "
    r"$\frac{<t2>}{<b>}$ is left. Which fraction is the number?",
}


@family("add-like-fractions", "equivalent-fractions", easiest=-0.8)
def rest_of_whole(rng: random.Random, level: int) -> Draft:
    """Find what is left after two parts are taken from one whole, or from several."""
    b = rng.randrange(*((5, 11), (7, 16), (6, 13))[level])
    w = rng.randrange(2, 6) if level == 2 else 1
    while True:
        a, c = rng.randrange(1, b), rng.randrange(1, b)
        clear = a != c and 2 * a + c != w * b and 2 * (a + c) != w * b  # no two ideas give the same answer
        if clear and (a + c < b) == (level < 2) and (a + c) % b:
            break
    values: Values = {"a": a, "b": b, "c": c, "w": w, "used": a + c, "full": w * b, "left": w * b - a - c}
    values |= {"key": w - Fraction(a + c, b), "shown": simplified(w * b - a - c, b), "name": person(rng)}
    return Draft(
        values=values,
        kind=QuestionKind.FRACTION,
        stems=_REST_OF_SEVERAL if level == 2 else _REST_OF_ONE,
        key="<key>",
        check="<w> - <a> / <b> - <c> / <b>",
        steps=(
            step(r"What is taken away in all: $\frac{<a>}{<b>} + \frac{<c>}{<b>} = \frac{<used>}{<b>}$.",
                 "<used> / <b>", "add-like-fractions"),
            step(r"Write $<w>$ with the same denominator: $<w> = \frac{<full>}{<b>}$.", "<full> / <b>",
                 "equivalent-fractions"),
            step(r"Subtract: $\frac{<full>}{<b>} - \frac{<used>}{<b>} = <shown>$.", "<key>", "add-like-fractions"),
        ),
        hints=(
            "First find out how much is taken away in all.",
            r"Write $<w>$ as a fraction with the denominator $<b>$. Then you can subtract the numerators.",
            r"$\frac{<full>}{<b>} - \frac{<a>}{<b>} - \frac{<c>}{<b>} = <shown>$.",
        ),
        wrong={
            "gives-used-part": "(<a> + <c>) / <b>",
            "adds-denominators": "<w> - (<a> + <c>) / (<b> + <b>)",
            "forgets-second-part": "<w> - <a> / <b>",
        },
    )  # fmt: skip


_REST_OF_ONE: Stems = {
    Form.BARE: (
        r"Work out $<w> - \frac{<a>}{<b>} - \frac{<c>}{<b>}$.",
        r"Take $\frac{<a>}{<b>}$ and then $\frac{<c>}{<b>}$ away from $<w>$. Which fraction is left?",
    ),
    Form.STORY: (
        r"<name> reads $\frac{<a>}{<b>}$ of a book on Monday and $\frac{<c>}{<b>}$ of it on Tuesday. "
        "What fraction of the book is left?",
        r"A bottle is full. <name> drinks $\frac{<a>}{<b>}$ of the water, and a friend drinks $\frac{<c>}{<b>}$ of it. "
        "What fraction of the water is left?",
        r"In a garden, $\frac{<a>}{<b>}$ of the ground is lawn and $\frac{<c>}{<b>}$ is flowers. The rest is a pond. "
        "What fraction of the ground is the pond?",
    ),
    Form.TABLE: "The table shows how a school team has done. "
    + table(("games won", r"\frac{<a>}{<b>}"), ("games lost", r"\frac{<c>}{<b>}"), ("games drawn", "?"))
    + " What fraction of its games ended in a draw?",
    Form.TRANSFER: r"The numbers $\frac{<a>}{<b>}$, $\frac{<c>}{<b>}$ and a third number add up to $<w>$. "
    "Which fraction is the third number?",
}
_REST_OF_SEVERAL: Stems = {
    Form.BARE: (
        r"Work out $<w> - \frac{<a>}{<b>} - \frac{<c>}{<b>}$.",
        r"Take $\frac{<a>}{<b>}$ and then $\frac{<c>}{<b>}$ away from $<w>$. Which fraction is left?",
    ),
    Form.STORY: (
        r"<name> has $<w>$ meters of rope. First $\frac{<a>}{<b>}$ of a meter is cut off, then $\frac{<c>}{<b>}$ of a "
        "meter. How many meters are left? Give a fraction.",
        r"A jug holds $<w>$ liters of juice. <name> drinks $\frac{<a>}{<b>}$ of a liter, and a friend drinks "
        r"$\frac{<c>}{<b>}$ of a liter. How many liters are left? Give a fraction.",
        r"A trail is $<w>$ kilometers long. <name> walks $\frac{<a>}{<b>}$ of a kilometer, rests, and walks "
        r"$\frac{<c>}{<b>}$ of a kilometer more. How many kilometers are left? Give a fraction.",
    ),
    Form.TABLE: "The table shows how <name> spends the free time of a day. "
    + table(
        ("free hours", "<w>"),
        ("chess", r"\frac{<a>}{<b>}\ \text{h}"),
        ("guitar", r"\frac{<c>}{<b>}\ \text{h}"),
        ("rest", "?"),
    )
    + " How many hours are left? Give a fraction.",
    Form.TRANSFER: r"The numbers $\frac{<a>}{<b>}$, $\frac{<c>}{<b>}$ and a third number add up to $<w>$. "
    "Which fraction is the third number?",
}
