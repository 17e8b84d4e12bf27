"""Which fraction is greater: choosing the greatest, and putting fractions in order."""

import math
import random
from collections.abc import Callable
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.notation import frac
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind

Pair = tuple[int, int]

DENOMINATORS = (
    ((2, 3, 4, 6, 12),),
    ((2, 3, 4, 6, 8, 12), (2, 4, 5, 10, 20)),
    ((2, 3, 5, 6, 10, 15), (3, 4, 6, 9, 12), (4, 5, 8, 10)),
)  # sets with a small common multiple, by level
TRIOS = (
    ((2, 4, 8), (2, 5, 10), (2, 6, 12), (3, 4, 12), (4, 6, 12), (3, 6, 12)),
    ((3, 5, 15), (3, 4, 8), (4, 6, 8), (3, 8, 12), (4, 5, 10), (2, 5, 8)),
    ((5, 6, 10), (5, 8, 10), (3, 5, 12), (4, 5, 6), (4, 6, 9), (5, 6, 12)),
)  # denominators to put in order, by level
IDEAS: dict[str, Callable[[Pair], int]] = {
    "compares-missing-parts": lambda pair: pair[0] - pair[1],
    "compares-numerators": lambda pair: pair[0],
    "larger-denominator-larger": lambda pair: pair[1],
    "smaller-denominator-larger": lambda pair: -pair[1],
}  # misconception → what it takes for the size


def _greatest(pairs: list[Pair]) -> dict[str, Pair]:
    """Each misconception's greatest fraction, where it has only one and no other misconception has it."""
    found: dict[str, Pair] = {}
    for name, size in IDEAS.items():
        best = max(map(size, pairs))
        chosen = [pair for pair in pairs if size(pair) == best]
        if len(chosen) == 1 and chosen[0] not in found.values():
            found[name] = chosen[0]
    return found


def _choice_of_four(rng: random.Random, level: int) -> tuple[list[Pair], Pair, dict[str, Pair]]:
    """Draw four fractions of which three tempt somebody: the fractions, the greatest, misconception → its greatest."""
    while True:
        pairs = [(rng.randrange(1, b), b) for b in rng.sample(rng.choice(DENOMINATORS[level]), 4)]
        key = max(pairs, key=lambda pair: Fraction(*pair))
        tempting = {name: pair for name, pair in _greatest(pairs).items() if pair != key}
        if len(tempting) == 3 and len({Fraction(*pair) for pair in pairs}) == 4:
            return pairs, key, tempting


@family("compare-fractions", easiest=-0.7)
def greatest_fraction(rng: random.Random, level: int) -> Draft:
    """Choose the greatest of four fractions."""
    pairs, key, tempting = _choice_of_four(rng, level)
    common = math.lcm(*(b for _, b in pairs))
    tops = [a * common // b for a, b in pairs]
    values: Values = {f"n{i}": top for i, top in enumerate(tops)}
    values |= {f"f{i}": frac(*pair) for i, pair in enumerate(pairs)}
    return Draft(
        values=values | {"common": common, "most": max(tops), "key": frac(*key), "name": person(rng)},
        kind=QuestionKind.CHOICE,
        stems=_GREATEST,
        key="$<key>$",
        check="Max(" + ", ".join(f"{a} / {b}" for a, b in pairs) + ")",
        steps=(
            step("A common denominator of all four is $<common>$.", common,
                 "compare-fractions", "equivalent-fractions"),
            *(step(f"Rewrite: $<f{i}> = \\frac{{<n{i}>}}{{<common>}}$.", f"<n{i}> / <common>", "equivalent-fractions")
              for i, (_, b) in enumerate(pairs) if b != common),
            step("The largest numerator is $<most>$, so $<key>$ is the greatest.", max(tops)),
        ),
        hints=(
            "Fractions are easy to compare when their parts have the same size.",
            "Rewrite all four with a common denominator. Then the numerators can be compared.",
            "With the denominator $<common>$ the numerators are $<n0>$, $<n1>$, $<n2>$ and $<n3>$, in the order given. "
            "So $<key>$ is the greatest.",
        ),
        wrong={name: f"$<f{pairs.index(pair)}>$" for name, pair in tempting.items()},
    )  # fmt: skip


_GREATEST: Stems = {
    Form.BARE: "Which of these fractions is the greatest: $<f0>$, $<f1>$, $<f2>$ or $<f3>$?",
    Form.STORY: (
        "Four friends walk the same trail. They have done $<f0>$, $<f1>$, $<f2>$ and $<f3>$ of it. "
        "Which fraction belongs to the one who is furthest?",
        "<name> fills four equal jars with $<f0>$, $<f1>$, $<f2>$ and $<f3>$ of a liter of paint. "
        "Which fraction is in the fullest jar?",
        "Four classes planted the same number of seeds. By now $<f0>$, $<f1>$, $<f2>$ and $<f3>$ of them have come up. "
        "Which fraction belongs to the class with the most plants?",
    ),
    Form.TABLE: "The table shows how much rain four days brought. "
    + table(("day", "1", "2", "3", "4"), ("rain in centimeters", "<f0>", "<f1>", "<f2>", "<f3>"))
    + " How many centimeters did the wettest day bring?",
    Form.TRANSFER: "<name> marks $<f0>$, $<f1>$, $<f2>$ and $<f3>$ on a number line. Which of these fractions is "
    "closest to $1$?",
}


@family("compare-fractions", easiest=-0.4)
def order_fractions(rng: random.Random, level: int) -> Draft:
    """Put three fractions in order, from the least to the greatest."""
    trio, orders = _order_of_three(rng, level)
    common = math.lcm(*(b for _, b in trio))
    tops = [a * common // b for a, b in trio]
    values: Values = {f"n{i}": top for i, top in enumerate(tops)}
    values |= {f"f{i}": frac(*pair) for i, pair in enumerate(trio)}
    values |= {f"s{i}": frac(*pair) for i, pair in enumerate(orders["key"])} | {"common": common, "name": person(rng)}
    listed = {name: ", ".join(f"{a}/{b}" for a, b in order) for name, order in orders.items()}
    key = listed.pop("key")
    return Draft(
        values=values | {f"t{i}": top for i, top in enumerate(sorted(tops))},
        kind=QuestionKind.ORDER,
        stems=_ORDER,
        key=key,
        check="sorted([" + ", ".join(f"{a} / {b}" for a, b in trio) + "])",
        steps=(
            step("A common denominator of all three is $<common>$.", common,
                 "compare-fractions", "equivalent-fractions"),
            *(step(f"Rewrite: $<f{i}> = \\frac{{<n{i}>}}{{<common>}}$.", f"<n{i}> / <common>", "equivalent-fractions")
              for i, (_, b) in enumerate(trio) if b != common),
            step("Put the numerators in order: $<t0> < <t1> < <t2>$. So the order is $<s0>, <s1>, <s2>$.", key),
        ),
        hints=(
            "Fractions are easy to compare when their parts have the same size.",
            "Rewrite all three with the common denominator $<common>$. Then the numerators tell the order.",
            r"With the denominator $<common>$ the order is $\frac{<t0>}{<common>}, \frac{<t1>}{<common>}, "
            r"\frac{<t2>}{<common>}$. That is $<s0>, <s1>, <s2>$.",
        ),
        wrong=listed,
    )  # fmt: skip


def _order_of_three(rng: random.Random, level: int) -> tuple[list[Pair], dict[str, list[Pair]]]:
    """Draw three fractions that two misconceptions at least put in a wrong order; the key's order has the name key."""
    wanted = rng.choice(("key", "compares-missing-parts"))
    while True:
        trio = [(rng.randrange(1, b), b) for b in rng.choice(TRIOS[level])]
        rng.shuffle(trio)
        right = sorted(trio, key=lambda pair: Fraction(*pair))
        orders = {"key": right}
        for name, size in IDEAS.items():
            order = sorted(trio, key=size)
            if len(set(map(size, trio))) == 3 and order not in orders.values():
                orders[name] = order
        if len(orders) >= 3 and wanted in orders and len({Fraction(*pair) for pair in trio}) == 3 and trio != right:
            return trio, orders


_IN_ORDER = " from the least to the greatest"
_ORDER: Stems = {
    Form.BARE: (
        f"Put these fractions in order{_IN_ORDER}: $<f0>, <f1>, <f2>$.",
        f"Write the fractions $<f0>, <f1>, <f2>${_IN_ORDER}.",
    ),
    Form.STORY: (
        "<name> needs $<f0>$ of an hour for reading, $<f1>$ of an hour for drawing and $<f2>$ of an hour for music. "
        f"Order the fractions{_IN_ORDER}.",
        "Three snails crawl along a wall. After an hour they have done $<f0>$, $<f1>$ and $<f2>$ of the way. "
        f"Order the fractions{_IN_ORDER}.",
        "A recipe asks for $<f0>$ of a liter of milk, $<f1>$ of a liter of water and $<f2>$ of a liter of juice. "
        f"Order the fractions{_IN_ORDER}.",
    ),
    Form.TABLE: "The table shows how full three barrels are. "
    + table(("barrel", "A", "B", "C"), ("full", "<f0>", "<f1>", "<f2>"))
    + f" Order the fractions{_IN_ORDER}.",
    Form.TRANSFER: "<name> walks along a number line from $0$ to $1$ and passes $<f0>$, $<f1>$ and $<f2>$. "
    "In which order does <name> meet them?",
}
