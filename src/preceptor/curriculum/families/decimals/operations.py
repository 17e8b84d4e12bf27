"""Adding, subtracting and multiplying decimals, and both in one purchase."""

import random
from decimal import Decimal

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.decimals.places import PLACE
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("add-decimals", easiest=-0.8)
def add_decimals(rng: random.Random, level: int) -> Draft:
    """Add or subtract decimals across the decimal point."""
    take, places = rng.random() < 0.5, level + 1
    first, second = _pair(rng, level, take)
    short, unit, sign = max(places - 1, 1), 10**places, "-" if take else "+"
    key = first - second if take else first + second
    counts = int(first * unit), int(second * unit)
    tails = int(first % 1 * 10**short), int(second % 1 * unit)
    behind = abs(tails[0] - tails[1]) if take else sum(tails)
    values: Values = {
        "a": first,
        "b": second,
        "padded": first.quantize(second),
        "key": key,
        "unit": unit,
        "ca": counts[0],
        "cb": counts[1],
        "count": int(key * unit),
        "wa": int(first),
        "wb": int(second),
        "ta": tails[0],
        "tb": tails[1],
        "tens": 10 ** len(str(behind)),
        "raw": int(first * 10**short),
    }
    parts = "|<ta> - <tb>|" if take else "(<ta> + <tb>)"
    place = PLACE[places]
    wrong = {
        "lines-up-right": f"(<raw> {sign} <cb>) / <unit>",
        "adds-parts-separately": f"<wa> {sign} <wb> + {parts} / <tens>",
        "forgets-tenths-carry": f"<a> {sign} <b> {'+' if take else '-'} 1",
    }
    return Draft(
        values=values | {"name": person(rng)},
        stems=_SUBTRACT if take else _ADD,
        key="<key>",
        kind=QuestionKind.QUANTITY,
        unit="m",
        check=f"<a> {sign} <b>",
        steps=(
            step(rf"Count {place}: $<padded> = \frac{{<ca:plain>}}{{<unit:plain>}}$ and "
                 rf"$<b> = \frac{{<cb:plain>}}{{<unit:plain>}}$.", "<cb> / <unit>", "decimal-fractions"),
            step(f"$<ca> {sign} <cb> = <count>$ {place}.", "<count>"),
            step(f"So $<padded> {sign} <b> = <key>$.", "<key>"),
        ),
        hints=(
            "Write the numbers below each other, decimal point under decimal point.",
            f"Give both numbers the same number of places, $<padded>$ and $<b>$. Then count {place}." if level
            else "Count the tenths of both numbers. Ten tenths make a whole.",
            f"$<padded> {sign} <b> = <key>$.",
        ),
        wrong=wrong if level else {name: wrong[name] for name in list(wrong)[1:]},
    )  # fmt: skip


def _pair(rng: random.Random, level: int, take: bool) -> tuple[Decimal, Decimal]:
    """Draw two numbers, the second with one more place from level 1 on, so that a whole is carried or borrowed."""
    ranges = (((21, 90), (12, 60)), ((301, 990), (112, 299)), ((3001, 9900), (1112, 2990)))[level]
    while True:
        raw, less = rng.randrange(*ranges[0]), rng.randrange(*ranges[1])
        first, second = Decimal(raw).scaleb(-max(level, 1)), Decimal(less).scaleb(-level - 1)
        gap = second % 1 - first % 1
        behind = gap > 0 and gap * 2 != 1 if take else second % 1 + first % 1 > 1
        if raw % 10 and less % 10 and first > second + 1 and behind:
            return first, second


_ASKED = " Give the answer in meters."
_ADD: Stems = {
    Form.BARE: r"Add $<a>\ \text{m}$ and $<b>\ \text{m}$." + _ASKED,
    Form.STORY: (
        f"<name> has climbed $<a>$ meters of a wall and climbs $<b>$ meters more. How high is that?{_ASKED}",
        f"Two pipes are joined. They are $<a>$ meters and $<b>$ meters long. How long are they together?{_ASKED}",
    ),
    Form.TABLE: "The table shows the parts of a fence. "
    + table(("old part", r"<a>\ \text{m}"), ("new part", r"<b>\ \text{m}"), ("both", "?"))
    + f" How long is the fence?{_ASKED}",
    Form.TRANSFER: "A whale swims $<b>$ meters below a ship. It dives $<a>$ meters deeper. How deep is it then?"
    f"{_ASKED}",
}
_SUBTRACT: Stems = {
    Form.BARE: r"Subtract $<b>\ \text{m}$ from $<a>\ \text{m}$." + _ASKED,
    Form.STORY: (
        f"<name> has a rope of $<a>$ meters and cuts off $<b>$ meters. How long is the rest?{_ASKED}",
        f"A path is $<a>$ meters long. A snail has crept $<b>$ meters. How far does it still have to go?{_ASKED}",
    ),
    Form.TABLE: "The table shows the parts of a fence. "
    + table(("old part", r"<b>\ \text{m}"), ("new part", "?"), ("both", r"<a>\ \text{m}"))
    + f" How long is the new part?{_ASKED}",
    Form.TRANSFER: f"A kite flies $<a>$ meters above a field. Then it sinks $<b>$ meters. How high is it now?{_ASKED}",
}


@family("multiply-decimals", easiest=-0.4)
def multiply_decimals(rng: random.Random, level: int) -> Draft:
    """Multiply two decimals."""
    a, b = rng.randrange(*((2, 10), (12, 60), (102, 600))[level]), rng.randrange(2, 10)
    a += a % 10 == 0
    places = 3 if level == 2 else 2
    first, second = Decimal(a).scaleb(1 - places), Decimal(b).scaleb(-1)
    values: Values = {
        "a": first,
        "b": second,
        "ca": a,
        "cb": b,
        "count": a * b,
        "places": places,
        "fewer": places - 1,
        "key": first * second,
    }
    return Draft(
        values=values | {"name": person(rng)},
        stems=_PRODUCT,
        key="<key>",
        check=r"<a> * <b>",
        steps=(
            step(r"Multiply as with whole numbers: $<ca> \times <cb> = <count>$.", "<count>",
                 "multiply-decimals", "multiply-whole"),
            step(r"$<a>$ and $<b>$ have $<fewer> + 1 = <places>$ decimal places together.", "<places>"),
            step(r"Give the product that many places: $<a> \times <b> = <key>$.", "<key>"),
        ),
        hints=(
            "First leave the decimal points out and multiply whole numbers.",
            r"$<ca> \times <cb> = <count>$. How many decimal places do both factors have together?",
            r"The product needs $<places>$ decimal places: $<a> \times <b> = <key>$.",
        ),
        wrong={
            "keeps-places-of-one-factor": "<count> / 10" if level < 2 else "<count> / 100",
            "point-not-placed": "<ca> * <cb>",
            "adds-decimal-factors": "<a> + <b>",
        },
    )  # fmt: skip


_PRODUCT: Stems = {
    Form.BARE: r"Work out $<a> \times <b>$.",
    Form.STORY: (
        "One meter of a chain weighs $<a>$ kilograms. <name> carries $<b>$ meters of it. How many kilograms is that?",
        "A turtle swims $<a>$ kilometers in one hour. How many kilometers does it swim in $<b>$ hours?",
    ),
    Form.TABLE: "The table shows the mass of a metal wire. "
    + table(("meters", "1", "<b>"), ("grams", "<a>", "?"))
    + " Which number replaces the question mark?",
    Form.TRANSFER: "A picture is $<a>$ meters wide. <name> prints a copy that is $<b>$ times as wide. "
    "How many meters wide is the copy?",
}


@family("multiply-decimals", "add-decimals", easiest=0.1)
def change_due(rng: random.Random, level: int) -> Draft:
    """Buy several things of one price and another thing, and find the change."""
    count, note = rng.randrange(2 + level, 5 + level), (10, 20, 50)[level]
    step_cents = 10 if level == 0 else 5
    extra = Decimal(rng.randrange((5, 15, 30)[level], 25 + 15 * level) * step_cents).scaleb(-2)
    dearest = min(120, (note * 100 - 350 - 250 * level) // count // step_cents)
    price = Decimal(rng.randrange((7, 20, 30)[level], dearest) * step_cents).scaleb(-2)
    several = price * count
    cost = several + extra
    values: Values = {
        "count": count,
        "note": note,
        "price": price,
        "extra": extra,
        "several": several,
        "cost": cost,
        "change": note - cost,
    }
    wrong = {
        "one-item-only": "<note> - (<price> + <extra>)",
        "cost-for-change": "<count> * <price> + <extra>",
        "forgets-tenths-carry": "<note> - (<count> * <price> + <extra>) + 1",
    }
    if cost % 1 == 0:
        del wrong["forgets-tenths-carry"]
    return Draft(
        values=values | {"name": person(rng)},
        stems=_CHANGE,
        key="<change>",
        kind=QuestionKind.QUANTITY,
        unit="dollars",
        check="<note> - <count> * <price> - <extra>",
        steps=(
            step(r"Multiply the price: $<count> \times <price:money> = <several:money>$ dollars.", "<several>"),
            step("Add what else is bought: $<several:money> + <extra:money> = <cost:money>$ dollars.",
                 "<cost>", "add-decimals"),
            step("Take the cost away: $<note> - <cost:money> = <change:money>$ dollars.", "<change>", "add-decimals"),
        ),
        hints=(
            "First find out what everything costs. Then find out what is left of the money.",
            "Multiply $<price:money>$ dollars by $<count>$ first. Then add $<extra:money>$ dollars.",
            r"Everything costs $<cost:money>$ dollars, so $<note> - <cost:money> = <change:money>$ dollars are left.",
        ),
        wrong=wrong,
    )  # fmt: skip


_LEFT = " How many dollars are left?"
_CHANGE: Stems = {
    Form.BARE: r"Take $<count> \times <price:money>$ dollars and another $<extra:money>$ dollars from "
    rf"$<note>$ dollars.{_LEFT}",
    Form.STORY: (
        "<name> buys $<count>$ notebooks for $<price:money>$ dollars each and a pen for $<extra:money>$ dollars. "
        "<name> pays with $<note>$ dollars. How many dollars does <name> get back?",
        "<name> pays with $<note>$ dollars for $<count>$ plants at $<price:money>$ dollars each and a pot at "
        "$<extra:money>$ dollars. How many dollars does <name> get back?",
    ),
    Form.TABLE: "The table shows the prices at a swimming pool in dollars. "
    + table(("one child", "<price:money>"), ("locker", "<extra:money>"))
    + " <name> pays for $<count>$ children and one locker with $<note>$ dollars. "
    "How many dollars does <name> get back?",
    Form.TRANSFER: "A class has $<note>$ dollars for a trip to the zoo. The class buys $<count>$ maps for "
    rf"$<price:money>$ dollars each and a guide book for $<extra:money>$ dollars.{_LEFT}",
}
