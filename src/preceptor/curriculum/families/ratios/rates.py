"""Unit rates, prices for one piece, and proportional relationships."""

import random
from decimal import Decimal
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind, Step


@family("unit-rates", easiest=-0.6)
def rate_for_one(rng: random.Random, level: int) -> Draft:
    """Find a speed, and use it for another time."""
    count = rng.randrange(2, 10)
    rate = Decimal(rng.randrange(18, 50))
    if level == 1:
        count, rate = 2 * rng.randrange(1, 5), rate + Decimal("0.5")
    more = rng.choice([hours for hours in range(3, 13) if hours != count])
    values: Values = {
        "name": person(rng),
        "count": count,
        "rate": rate,
        "total": int(rate * count),
        "more": more,
        "distance": int(rate * more),
    }
    first = step(r"Divide to get the distance for one hour: $<total> \div <count> = <rate>$.", "<rate>")
    if level == 2:
        return _use_rate(values, first)
    return Draft(
        values=values,
        stems=_SPEED,
        key="<rate>",
        kind=QuestionKind.QUANTITY,
        unit="km/h",
        check="<total> / <count>",
        steps=(
            step(
                r"The speed is the distance for one hour, and $<count> \div <count> = 1$. So divide by $<count>$.", "1"
            ),
            first,
        ),
        hints=(
            "The speed tells how many kilometers belong to one hour.",
            "Share the $<total>$ kilometers equally among the $<count>$ hours.",
            r"$<total> \div <count> = <rate>$ kilometers belong to one hour.",
        ),
        wrong={
            "divides-upside-down": "<count> / <total>",
            "multiplies-rate": "<total> * <count>",
            "adds-for-rate": "<total> - <count>",
        },
    )


def _use_rate(values: Values, first: Step) -> Draft:
    return Draft(
        values=values,
        stems=_DISTANCE,
        key="<distance>",
        kind=QuestionKind.QUANTITY,
        unit="km",
        check="<total> / <count> * <more>",
        steps=(first, step(r"Take it $<more>$ times: $<more> \times <rate> = <distance>$.", "<distance>")),
        hints=(
            "First find out how many kilometers belong to one hour.",
            "Divide $<total>$ by $<count>$ to get the distance for one hour. Then multiply by the new time.",
            r"In one hour it is $<total> \div <count> = <rate>$ kilometers, so it is "
            r"$<more> \times <rate> = <distance>$ kilometers.",
        ),
        wrong={
            "adds-for-rate": "<total> + (<more> - <count>)",
            "multiplies-rate": "<total> * <more>",
            "divides-upside-down": "<count> / <total> * <more>",
        },
    )


_SPEED: Stems = {
    Form.BARE: r"A trip of $<total>\ \text{km}$ takes $<count>\ \text{h}$. What is the average speed? Give it in km/h.",
    Form.STORY: (
        "A ship sails $<total>$ kilometers in $<count>$ hours, always at the same speed. What is its speed in km/h?",
        "In $<count>$ hours, <name> rides a bus for $<total>$ kilometers. How many km/h is that on average?",
    ),
    Form.TABLE: "A balloon flies at the same speed all the time. "
    + table(("hours", "1", "<count>"), ("kilometers", "?", "<total>"))
    + " What is its speed in km/h?",
    Form.TRANSFER: "A stork leaves its nest and flies straight on at a steady speed. After $<count>$ hours it is "
    "$<total>$ kilometers away. How fast does it fly? Give the speed in km/h.",
}
_DISTANCE: Stems = {
    Form.BARE: r"At a steady speed, $<total>\ \text{km}$ take $<count>\ \text{h}$. How many km are covered in "
    r"$<more>\ \text{h}$?",
    Form.STORY: (
        "A ship sails $<total>$ kilometers in $<count>$ hours. How many km does it sail in $<more>$ hours at the same "
        "speed?",
        "In $<count>$ hours, <name> rides a bus for $<total>$ kilometers. How many km is that in $<more>$ hours at the "
        "same speed?",
    ),
    Form.TABLE: "A balloon flies at the same speed all the time. "
    + table(("hours", "<count>", "<more>"), ("kilometers", "<total>", "?"))
    + " How many km does it fly in $<more>$ hours?",
    Form.TRANSFER: "A stork leaves its nest and flies straight on at a steady speed. After $<count>$ hours it is "
    "$<total>$ kilometers away. How many km away is it $<more>$ hours after the start?",
}


@family("unit-rates", "compare-decimals", easiest=0.2)
def better_buy(rng: random.Random, level: int) -> Draft:
    """Choose the offer with the lowest price for one piece."""
    packs = _packs(rng, level)
    best, dearest = min(packs, key=lambda pack: pack[1]), max(packs, key=lambda pack: pack[1])
    cheapest, largest = min(packs, key=lambda pack: pack[0] * pack[1]), packs[-1]
    values: Values = {}
    for index, (size, each) in enumerate(packs, 1):
        values |= {f"s{index}": size, f"p{index}": size * each, f"e{index}": each}
    for name, (size, each) in (("best", best), ("dear", dearest), ("cheap", cheapest), ("large", largest)):
        values |= {f"{name}_size": size, f"{name}_price": size * each, f"{name}_each": each}
    prices = ", ".join(f"(<p{index}> / <s{index}>, <s{index}>)" for index in range(1, 5))
    return Draft(
        values=values | {"name": person(rng)},
        stems=_PACKS,
        key="$<best_size>$ for $<best_price:money>$ dollars",
        kind=QuestionKind.CHOICE,
        check=f"min({prices})[1]",
        steps=(
            *(step(rf"Find the price of one piece: $<p{index}:money> \div <s{index}> = <e{index}:money>$ dollars.",
                   f"<e{index}>") for index in range(1, 5)),
            step("The lowest of these is $<best_each:money>$ dollars, for $<best_size>$ pieces.", "<best_each>",
                 "compare-decimals"),
        ),
        hints=(
            "Look at the price of one piece. Neither the lowest total price nor the largest number decides.",
            "Divide each price by its number of pieces. Then compare the results.",
            "With $<best_size>$ pieces, one piece costs $<best_each:money>$ dollars. The others cost more for a piece.",
        ),
        wrong={
            "lowest-total-price": "$<cheap_size>$ for $<cheap_price:money>$ dollars",
            "largest-pack": "$<large_size>$ for $<large_price:money>$ dollars",
            "divides-upside-down": "$<dear_size>$ for $<dear_price:money>$ dollars",
        },
    )  # fmt: skip


def _packs(rng: random.Random, level: int) -> list[tuple[int, Decimal]]:
    """Draw four offers by size, each with the price of one piece; four different ones are best in one way or other."""
    choice, cents = (((2, 3, 4, 5, 10), 10), ((2, 3, 4, 6, 10), 5), ((3, 4, 6, 8, 12), 5))[level]
    while True:
        sizes = sorted(rng.sample(choice, 4))
        each = rng.sample(range(20, (100, 120, 200)[level], cents), 4)
        packs = [(size, Decimal(price) / 100) for size, price in zip(sizes, each, strict=True)]
        totals = [size * price for size, price in packs]
        marked = {each.index(min(each)), each.index(max(each)), totals.index(min(totals)), 3}
        if len(marked) == 4 and len(set(totals)) == 4 and 1 not in totals:
            return packs


_OFFERS = ", ".join(f"$<s{i}>$ for $<p{i}:money>$ dollars" for i in range(1, 4)) + (
    " or $<s4>$ for $<p4:money>$ dollars?"
)
_PACKS: Stems = {
    Form.BARE: f"Where is one piece the cheapest: {_OFFERS}",
    Form.STORY: (
        f"A shop sells pens in packs. In which pack is one pen the cheapest: {_OFFERS}",
        f"<name> buys tulips at a market. Which offer has the lowest price for one tulip: {_OFFERS}",
    ),
    Form.TABLE: "The table shows packs of batteries and their prices in dollars. "
    + table(("batteries", "<s1>", "<s2>", "<s3>", "<s4>"),
            ("price", "<p1:money>", "<p2:money>", "<p3:money>", "<p4:money>"))
    + " In which pack is one battery the cheapest?",
    Form.TRANSFER: f"A shop prints photos in sets. In which set does one photo cost the least: {_OFFERS}",
}  # fmt: skip


@family("proportional-relationships", easiest=0.1)
def proportional_equation(rng: random.Random, level: int) -> Draft:
    """Write the equation of a proportional relationship."""
    rate = Fraction(rng.randrange(*((2, 8), (4, 16))[level])) if level < 2 else Fraction(rng.randrange(3, 20, 2), 2)
    first, second = sorted(rng.sample(range(2, (8, 13, 17)[level], 1 + level // 2), 2))
    values: Values = {
        "x1": first,
        "x2": second,
        "y1": int(rate * first),
        "y2": int(rate * second),
        "rate": rate,
        "inverse": 1 / rate,
        "more": int(rate * first) - first,
    }
    return Draft(
        values=values,
        stems=_PROPORTIONAL,
        key="y = <rate>*x",
        kind=QuestionKind.EQUATION,
        check="Eq(y, <y1> / <x1> * x)",
        steps=(
            step(r"Find the factor from $x$ to $y$: $<y1> \div <x1> = <rate>$.", "<rate>",
                 "proportional-relationships", "unit-rates"),
            step(r"Try it with the other pair: $<x2> \times <rate> = <y2>$.", "<y2>"),
            step("So $y$ is always that factor times $x$: $y = <rate>x$.", "y = <rate>*x",
                 "proportional-relationships", "write-expressions"),
        ),
        hints=(
            "In a proportional relationship $y$ is always the same number times $x$.",
            "Which number times $<x1>$ gives $<y1>$? Try whether it takes $<x2>$ to $<y2>$ too.",
            r"$<y1> \div <x1> = <rate>$, so the equation is $y = <rate>x$.",
        ),
        wrong={
            "adds-constant": "y = x + <more>",
            "inverts-constant": "y = <inverse>*x",
            "value-as-factor": "y = <y1>*x",
        },
    )  # fmt: skip


_PROPORTIONAL: Stems = {
    Form.BARE: "$x$ and $y$ are proportional. If $x = <x1>$, then $y = <y1>$. If $x = <x2>$, then $y = <y2>$. "
    "Write an equation for $y$.",
    Form.STORY: (
        "A machine packs boxes, always at the same speed: $<y1>$ boxes in $<x1>$ minutes and $<y2>$ boxes in $<x2>$ "
        "minutes. Write an equation for the number $y$ of boxes in $x$ minutes.",
        "Water runs evenly into a tub: $<y1>$ liters in $<x1>$ minutes and $<y2>$ liters in $<x2>$ minutes. "
        "Write an equation for the number $y$ of liters in $x$ minutes.",
    ),
    Form.TABLE: "In this table, $x$ and $y$ are proportional. "
    + table(("x", "<x1>", "<x2>"), ("y", "<y1>", "<y2>"))
    + " Write an equation for $y$.",
    Form.TRANSFER: "Two gears turn together. When the large one turns $<x1>$ times, the small one turns $<y1>$ times. "
    "For $<x2>$ turns of the large one there are $<y2>$ of the small one. Write an equation for the number $y$ of "
    "turns of the small one when the large one turns $x$ times.",
}
