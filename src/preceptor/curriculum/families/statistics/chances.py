"""Probability of simple events."""

import math
import random
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind

LOWEST = " Give a fraction in lowest terms."


@family("probability", easiest=-0.4)
def draw_one(rng: random.Random, level: int) -> Draft:
    """Find the probability of an event with equally likely outcomes."""
    negated, (red, blue, green) = level > 0, _three_colors(rng, level)
    total, others = red + blue + green, blue + green
    favorable = others if negated else red
    key = Fraction(favorable, total)
    values: Values = {"red": red, "blue": blue, "green": green, "total": total, "others": others, "key": key}
    reduced = key.denominator != total
    share = rf"\frac{{<{'others' if negated else 'red'}>}}{{<total>}}"
    last = f"{share} = <key>" if reduced else share
    return Draft(
        values=values | {"name": person(rng)},
        kind=QuestionKind.FRACTION,
        stems=_NOT_RED if negated else _RED,
        key="<key>",
        check="(<blue> + <green>) / (<red> + <blue> + <green>)" if negated else "<red> / (<red> + <blue> + <green>)",
        steps=(
            step("Count all outcomes: $<red> + <blue> + <green> = <total>$.", "<total>"),
            step("Count those that are not red: $<blue> + <green> = <others>$.", "<others>") if negated
            else step("Of these, $<red>$ are red.", "<red>"),
            step(f"The probability is ${last}$.", "<key>", "probability", "equivalent-fractions"),
        ),
        hints=(
            "Every single outcome is equally likely. How many are there altogether?",
            "Count the outcomes that are not red. Divide by the number of all outcomes." if negated
            else "Count the red outcomes. Divide by the number of all outcomes.",
            f"There are $<total>$ outcomes, and $<others>$ of them are not red: ${last}$." if negated
            else f"There are $<total>$ outcomes, and $<red>$ of them are red: ${last}$.",
        ),
        wrong={
            "forgets-complement": "<red> / <total>",
            "part-to-part-odds": "<others> / <red>",
            "counts-outcome-kinds": "2 / 3",
        } if negated else {
            "part-to-part-odds": "<red> / <others>",
            "counts-outcome-kinds": "1 / 3",
        },
    )  # fmt: skip


def _three_colors(rng: random.Random, level: int) -> tuple[int, int, int]:
    """How many there are of each color; red is not a third of all by chance."""
    while True:
        red, blue, green = (rng.randrange(2, (7, 10, 13)[level]) for _ in range(3))
        if 2 * red != blue + green:
            return red, blue, green


_IS_RED = " What is the probability that it is red?" + LOWEST
_IS_NOT_RED = " What is the probability that it is not red?" + LOWEST
_BALLS = "A bag holds $<red>$ red, $<blue>$ blue and $<green>$ green balls. One is drawn at random. "
_PENS = "A box holds $<red>$ red, $<blue>$ blue and $<green>$ green pens. <name> takes one without looking."
_LAMPS = "A string of lights has $<red>$ red, $<blue>$ blue and $<green>$ green lamps. One lamp goes out by chance."
_CARDS = "<name> draws one of these cards without looking. " + table(
    ("red cards", "<red>"), ("blue cards", "<blue>"), ("green cards", "<green>")
)
_WHEEL = "A wheel has fields of the same size: $<red>$ red, $<blue>$ blue and $<green>$ green ones. <name> spins it. "
_RED: Stems = {
    Form.BARE: _BALLS + r"Find $P(\text{red})$." + LOWEST,
    Form.STORY: (_PENS + _IS_RED, _LAMPS + _IS_RED),
    Form.TABLE: _CARDS + _IS_RED,
    Form.TRANSFER: _WHEEL + "What is the probability that it stops on red?" + LOWEST,
}
_NOT_RED: Stems = {
    Form.BARE: _BALLS + r"Find $P(\text{not red})$." + LOWEST,
    Form.STORY: (_PENS + _IS_NOT_RED, _LAMPS + _IS_NOT_RED),
    Form.TABLE: _CARDS + _IS_NOT_RED,
    Form.TRANSFER: _WHEEL + "What is the probability that it does not stop on red?" + LOWEST,
}

_TOTALS = ((4, 5, 8, 10, 16, 20), (4, 5, 8, 10, 20, 25), (5, 8, 16, 20, 25, 40))
_BAGS = "ABCD"


@family("probability", "compare-fractions", easiest=0.0)
def best_chance(rng: random.Random, level: int) -> Draft:
    """Choose the bag with the best chance."""
    bags = _four_bags(rng, level)
    reds, totals = [red for red, _ in bags], [total for _, total in bags]
    others = [total - red for red, total in bags]
    common = math.lcm(*totals)
    parts = [red * common // total for red, total in bags]
    values: Values = {"common": common, "top": max(parts), "name": person(rng)}
    for place, (red, total) in enumerate(bags, start=1):
        values |= {f"r{place}": red, f"n{place}": total, f"p{place}": parts[place - 1]}
    for name, numbers, wanted in (
        ("best", parts, max),
        ("most", reds, max),
        ("few", others, min),
        ("one", totals, min),
    ):
        values[name] = _BAGS[numbers.index(wanted(numbers))]
    return Draft(
        values=values,
        kind=QuestionKind.CHOICE,
        stems=_BEST,
        key="Bag $<best>$",
        check="largest(A=<r1>/<n1>, B=<r2>/<n2>, C=<r3>/<n3>, D=<r4>/<n4>)",
        steps=(
            step("A denominator that fits all bags is $<common>$.", "<common>", "equivalent-fractions"),
            step(r"The red parts of $A$ and $B$: $\frac{<r1>}{<n1>} = \frac{<p1>}{<common>}$ and "
                 r"$\frac{<r2>}{<n2>} = \frac{<p2>}{<common>}$.", "<r1>/<n1>"),
            step(r"The red parts of $C$ and $D$: $\frac{<r3>}{<n3>} = \frac{<p3>}{<common>}$ and "
                 r"$\frac{<r4>}{<n4>} = \frac{<p4>}{<common>}$.", "<r3>/<n3>"),
            step(r"The largest is $\frac{<top>}{<common>}$, and it belongs to bag $<best>$.", "<best>",
                 "compare-fractions"),
        ),
        hints=(
            "The chance depends on what part of the balls is red.",
            "For each bag, write the red part as a fraction of all its balls. Then give the fractions one denominator.",
            r"The red parts of the four bags are $\frac{<p1>}{<common>}$, $\frac{<p2>}{<common>}$, "
            r"$\frac{<p3>}{<common>}$ and $\frac{<p4>}{<common>}$. The largest belongs to bag $<best>$.",
        ),
        wrong={
            "most-favorable-outcomes": "Bag $<most>$",
            "fewest-other-outcomes": "Bag $<few>$",
            "fewest-outcomes": "Bag $<one>$",
        },
    )  # fmt: skip


_FOUR = (
    "Bag $A$ holds $<n1>$ balls, $<r1>$ of them red. Bag $B$ holds $<n2>$, $<r2>$ of them red. "
    "Bag $C$ holds $<n3>$, $<r3>$ of them red. Bag $D$ holds $<n4>$, $<r4>$ of them red. "
)
_BEST: Stems = {
    Form.BARE: _FOUR + "Which bag gives the best chance to draw a red ball?",
    Form.STORY: (
        _FOUR + "<name> wants to draw a red ball without looking. Which bag should <name> take?",
        _FOUR + "At a school fair, <name> gets a pin for a red ball. Which bag gives the best chance?",
    ),
    Form.TABLE: "The table shows the balls in four bags. "
    + table(
        ("bag", *_BAGS),
        ("red balls", *(f"<r{place}>" for place in range(1, 5))),
        ("all balls", *(f"<n{place}>" for place in range(1, 5))),
    )
    + " From which bag is it most likely to draw a red ball?",
    Form.TRANSFER: "Four bags hold seeds of red and white flowers. "
    + table(
        ("bag", *_BAGS),
        ("red flowers", *(f"<r{place}>" for place in range(1, 5))),
        ("all flowers", *(f"<n{place}>" for place in range(1, 5))),
    )
    + " <name> plants one seed from a bag and hopes for a red flower. Which bag is best?",
}


def _four_bags(rng: random.Random, level: int) -> list[tuple[int, int]]:
    """Red and all balls: one bag has the largest part, and three others are tempting for other reasons."""
    while True:
        few, second, third, many = sorted(rng.sample(_TOTALS[level], 4))
        fewest = rng.randrange(1, few - 1)
        others = range(fewest + 1, (fewest * third - 1) // second + 1)
        if not others or math.lcm(few, second, third, many) in (third, many):
            continue
        best = third - rng.choice(others)
        reds = range(max(best, second - fewest) + 1, (best * many - 1) // third + 1)
        if reds:
            bags = [(rng.randrange(1, few - fewest), few), (second - fewest, second), (best, third)]
            bags.append((rng.choice(reds), many))
            rng.shuffle(bags)
            return bags
