"""Families on ratios, rates, units and proportional relationships."""

import random
from decimal import Decimal
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.family import Draft, family, step
from preceptor.curriculum.notation import Value, answer, tex
from preceptor.domain import QuestionKind, Step


@family("equivalent-ratios", easiest=-0.7)
def scale_recipe(rng: random.Random, level: int) -> Draft:
    """Scale a ratio up, or find a part of a total."""
    a, b = rng.sample(range(2, (6, 10, 10)[level]), 2)
    times = rng.randrange(2, (5, 9, 9)[level])
    one, two, unit = rng.choice(
        [("blue paint", "yellow paint", "cups"), ("juice", "water", "glasses"), ("sand", "gravel", "buckets")]
    )
    ratio = f"{person(rng)} mixes {one} and {two} in the ratio ${a}:{b}$."
    key = b * times
    last = f"Multiply the {two} by the same number: ${b} \\times {times} = {key}$."
    if level < 2:
        have = a * times
        text = f"{ratio} How many {unit} of {two} belong to ${have}$ {unit} of {one}?"
        first = step(f"The {one} is multiplied by ${times}$: ${a} \\times {times} = {have}$.", times)
        wrong: dict[str, Value] = {"adds-difference": b + have - a, "swaps-ratio-terms": Fraction(a * have, b)}
        hint = f"By which number was ${a}$ multiplied to get ${have}$?"
        check = f"Rational({b}, {a}) * {have}"
    else:
        have = (a + b) * times
        text = f"{ratio} How many {unit} of {two} are in ${have}$ {unit} of the mixture?"
        first = step(
            f"One batch has ${a} + {b} = {a + b}$ parts, and ${have} \\div {a + b} = {times}$ batches are needed.",
            times,
        )
        wrong = {"swaps-ratio-terms": a * times, "part-to-part-as-whole": Fraction(b * have, a)}
        hint = f"One batch has ${a} + {b} = {a + b}$ parts. How many batches make ${have}$?"
        check = f"Rational({b}, {a + b}) * {have}"
    return Draft(
        text=text,
        key=key,
        check=check,
        steps=(first, step(last, key)),
        hints=(
            "In equal ratios both amounts are multiplied by the same number.",
            hint,
            f"That number is ${times}$. {last}",
        ),
        wrong=wrong,
    )


@family("unit-rates", easiest=-0.6)
def rate_for_one(rng: random.Random, level: int) -> Draft:
    """Find a unit rate, and use it for another amount."""
    count = rng.randrange(2, 10)
    rate = Fraction(rng.randrange(3, 30)) if level != 1 else Fraction(rng.randrange(11, 60, 2), 2)
    total = rate * count
    if total.denominator != 1:
        count, total = count * 2, total * 2
    subject, unit, per, single = rng.choice([
        ("A pump moves", "gallons of water", "minutes", "minute"),
        ("A cyclist rides", "kilometers", "hours", "hour"),
        ("A spring gives", "liters of water", "hours", "hour"),
    ])  # fmt: skip
    shown = tex(Decimal(answer(rate)) if rate.denominator == 1 else Decimal(rate.numerator) / rate.denominator)
    story = f"{subject} ${tex(total)}$ {unit} in ${count}$ {per}."
    first = step(f"Divide to get the rate for one {single}: ${tex(total)} \\div {count} = {shown}$.", rate)
    if level == 2:
        return _use_rate(story, first, rate, count, count + rng.randrange(2, 9), (unit, per, single))
    return Draft(
        text=f"{story} How many {unit} is that in one {single}?",
        key=Decimal(shown),
        check=f"Rational({total.numerator}, {count})",
        steps=(first,),
        hints=(
            f"A unit rate tells how much belongs to one {single}.",
            f"Share the ${tex(total)}$ {unit} equally among the ${count}$ {per}.",
            f"${tex(total)} \\div {count} = {shown}$ {unit} in one {single}.",
        ),
        wrong={"divides-upside-down": count / total, "multiplies-rate": total * count},
    )


def _use_rate(story: str, first: Step, rate: Fraction, count: int, more: int, words: tuple[str, str, str]) -> Draft:
    unit, per, single = words
    total, key = int(rate * count), int(rate * more)
    return Draft(
        text=f"{story} How many {unit} is that in ${more}$ {per}, at the same rate?",
        key=key,
        check=f"Rational({total}, {count}) * {more}",
        steps=(first, step(f"Then take ${more}$ of these: ${more} \\times {rate} = {key}$.", key)),
        hints=(
            f"First find out how much belongs to one {single}.",
            f"Divide ${total}$ by ${count}$ to get the rate for one {single}, then use it for ${more}$ {per}.",
            f"One {single} gives ${total} \\div {count} = {rate}$, so ${more}$ {per} give ${more} \\times "
            f"{rate} = {key}$.",
        ),
        wrong={"adds-difference": total + more - count},
    )


UNITS = (
    ("meters", "meter", "centimeters", 100),
    ("kilometers", "kilometer", "meters", 1000),
    ("liters", "liter", "milliliters", 1000),
    ("kilograms", "kilogram", "grams", 1000),
    ("centimeters", "centimeter", "millimeters", 10),
    ("hours", "hour", "minutes", 60),
    ("feet", "foot", "inches", 12),
)


@family("unit-conversion", easiest=-0.5)
def convert_units(rng: random.Random, level: int) -> Draft:
    """Convert to a smaller or a larger unit."""
    large, single, small, factor = rng.choice(UNITS)
    amount = Decimal(rng.randrange(2, 20)) if level == 0 else Decimal(rng.randrange(5, 99) * 5).scaleb(-1)
    inside = amount * factor
    shown, counted = tex(Decimal(answer(amount))), tex(int(inside)) if inside == int(inside) else tex(inside)
    fits = f"One {single} is ${tex(factor)}$ {small}."
    if level < 2:
        return Draft(
            text=f"How many {small} are ${shown}$ {large}?",
            key=inside,
            check=f"Rational('{amount}') * {factor}",
            steps=(step(fits, factor), step(f"Multiply: ${shown} \\times {tex(factor)} = {counted}$.", inside)),
            hints=(
                f"Which unit is smaller, {large} or {small}? You need more of the smaller ones.",
                f"{fits} So what do you have to multiply by?",
                f"${shown} \\times {tex(factor)} = {counted}$ {small}.",
            ),
            wrong={"converts-wrong-way": Fraction(amount) / factor, "wrong-conversion-factor": inside * 10},
        )
    return Draft(
        text=f"How many {large} are ${counted}$ {small}?",
        key=amount,
        check=f"Rational('{inside}') / {factor}",
        steps=(step(fits, factor), step(f"Divide: ${counted} \\div {tex(factor)} = {shown}$.", amount)),
        hints=(
            f"Which unit is larger, {large} or {small}? You need fewer of the larger ones.",
            f"{fits} So what do you have to divide by?",
            f"${counted} \\div {tex(factor)} = {shown}$ {large}.",
        ),
        wrong={"converts-wrong-way": inside * factor, "wrong-conversion-factor": amount * 10},
    )


@family("proportional-relationships", easiest=0.1)
def proportional_equation(rng: random.Random, level: int) -> Draft:
    """Write the equation of a proportional relationship."""
    rate = Fraction(rng.randrange(2, 13)) if level < 2 else Fraction(rng.choice([3, 5, 7, 9, 11]), 2)
    x1, x2 = sorted(rng.sample(range(2, 10, 2) if level == 2 else range(2, 10), 2))
    y1, y2 = rate * x1, rate * x2
    who, thing = person(rng), rng.choice(["bracelets", "baskets", "candles", "kites"])
    pairs = f"$y = {y1}$ when $x = {x1}$, and $y = {y2}$ when $x = {x2}$"
    text = (
        f"{who} makes {thing}, always at the same speed: ${y1}$ {thing} in ${x1}$ hours and ${y2}$ in ${x2}$ hours. "
        f"Write an equation for the number $y$ of {thing} made in $x$ hours."
        if level == 1
        else f"The quantities $x$ and $y$ are proportional: {pairs}. Write the equation that gives $y$ for any $x$."
    )
    key = f"y = {rate}*x"
    return Draft(
        text=text,
        key=key,
        kind=QuestionKind.EQUATION,
        check=f"Eq(y, Rational({y1}, {x1}) * x)",
        steps=(
            step(
                f"The factor from $x$ to $y$ is ${y1} \\div {x1} = {tex(rate)}$.",
                rate,
                "proportional-relationships",
                "unit-rates",
            ),
            step(f"Check with the other pair: ${x2} \\times {tex(rate)} = {y2}$.", y2),
            step(f"So $y = {tex(rate)}x$.", key, "proportional-relationships", "write-expressions"),
        ),
        hints=(
            "In a proportional relationship $y$ is always the same number times $x$.",
            f"Which number times ${x1}$ gives ${y1}$? Check that it works for ${x2}$ and ${y2}$ too.",
            f"${y1} \\div {x1} = {tex(rate)}$, so the equation is $y = {tex(rate)}x$.",
        ),
        wrong={"adds-difference": f"y = x + {y1 - x1}", "inverts-constant": f"y = {1 / rate}*x"},
    )


@family("unit-rates", "compare-decimals", easiest=0.2)
def better_buy(rng: random.Random, level: int) -> Draft:
    """Choose the pack with the lowest price for one piece."""
    sizes = sorted(rng.sample((2, 4, 5, 8, 10), 3))
    cents = [each * 5 for each in rng.sample(range(4, 14 + 6 * level), 3)]
    packs = [
        (size, Decimal(size * each).scaleb(-2), Decimal(each).scaleb(-2))
        for size, each in zip(sizes, cents, strict=True)
    ]
    best = min(packs, key=lambda pack: pack[2])
    cheapest, largest = min(packs, key=lambda pack: pack[1]), packs[-1]
    dearest = max(packs, key=lambda pack: pack[2])
    thing = rng.choice(["pens", "batteries", "rolls", "light bulbs", "muffins"])
    shown = [f"${size}$ {thing} for ${price}$ dollars" for size, price, _ in packs]
    name = dict(zip(packs, shown, strict=True))
    return Draft(
        text=f"Which pack has the lowest price for one piece: {shown[0]}, {shown[1]} or {shown[2]}?",
        key=name[best],
        kind=QuestionKind.CHOICE,
        check="min(" + ", ".join(f"(Rational('{price}') / {size}, {size})" for size, price, _ in packs) + ")[1]",
        steps=(
            *(step(f"Price of one in the pack of ${size}$: ${price} \\div {size} = {tex(each)}$ dollars.", each)
              for size, price, each in packs),
            step(f"The lowest of these is ${tex(best[2])}$ dollars, for the pack of "
                 f"${best[0]}$.", best[2], "compare-decimals"),
        ),
        hints=(
            "Neither the smallest total price nor the largest pack decides. Find the price of one piece.",
            "Divide the price of each pack by its number of pieces, then compare.",
            f"One piece costs {', '.join(f'${tex(each)}$' for _, _, each in packs)} dollars, in the order given, "
            f"so {name[best]} is the best buy.",
        ),
        wrong={"lowest-total-price": name[cheapest], "largest-pack": name[largest],
               "divides-upside-down": name[dearest]},
    )  # fmt: skip


FAMILIES = (scale_recipe, rate_for_one, convert_units, proportional_equation, better_buy)
