"""Families on percent."""

import random
from decimal import Decimal
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.family import Draft, family, step
from preceptor.curriculum.notation import answer, frac, tex


@family("percent-notation", easiest=-0.6)
def fraction_to_percent(rng: random.Random, level: int) -> Draft:
    """Write a fraction as a percent."""
    bottom = rng.choice(((10, 50, 20), (5, 4, 25, 20), (8, 40, 16))[level])
    top = rng.randrange(1, bottom, 2 if bottom % 2 == 0 else 1)
    decimal = Decimal(top) / bottom
    key = decimal * 100
    return Draft(
        text=f"Which number replaces the question mark? ${frac(top, bottom)} = ?\\%$",
        key=key,
        check=f"Rational({top}, {bottom}) * 100",
        steps=(
            step(f"Write the fraction as a decimal: ${frac(top, bottom)} = {top} \\div {bottom} = {tex(decimal)}$.",
                 decimal, "percent-notation", "decimal-fractions"),
            step(f"Percent means hundredths: ${tex(decimal)} \\times 100 = {tex(key.normalize())}$.", key),
        ),
        hints=(
            "Percent means out of one hundred.",
            f"Divide ${top}$ by ${bottom}$ to get a decimal. How many hundredths is that?",
            f"${frac(top, bottom)} = {tex(decimal)}$, and that is ${tex(key.normalize())}$ hundredths.",
        ),
        wrong={"numerator-as-percent": top, "joins-digits-as-percent": int(f"{top}{bottom}"),
               "decimal-as-percent": decimal},
    )  # fmt: skip


@family("percent-of-quantity", easiest=-0.3)
def percent_of(rng: random.Random, level: int) -> Draft:
    """Find a percent of an amount."""
    percent = rng.choice(((10, 20, 25, 50), (5, 15, 30, 40, 60, 75), (12, 8, 35, 45, 85, 120))[level])
    amount = rng.randrange(2, 30) * 20
    one = Decimal(amount) / 100
    key = one * percent
    who = person(rng)
    text = rng.choice([
        f"{who} has saved ${percent}\\%$ of the ${amount}$ dollars that a bicycle costs. How many dollars is that?",
        f"A school has ${amount}$ students, and ${percent}\\%$ of them walk to school. How many students is that?",
        f"{who} has finished ${percent}\\%$ of a trail of ${amount}$ kilometers. How many kilometers is that?",
    ] if percent <= 100 else [
        f"Last year a club had ${amount}$ members. This year it has ${percent}\\%$ of that. How many members is that?"
    ])  # fmt: skip
    return Draft(
        text=text,
        key=key,
        check=f"Rational({percent}, 100) * {amount}",
        steps=(
            step(f"One percent is one hundredth: ${amount} \\div 100 = {tex(one)}$.", one),
            step(f"Take ${percent}$ of these: ${percent} \\times {tex(one)} = {answer(key)}$.", key),
        ),
        hints=(
            f"The whole amount, ${amount}$, is one hundred percent.",
            f"Find one percent of ${amount}$ first, by dividing by a hundred. Then multiply.",
            f"One percent is ${tex(one)}$, so ${percent}\\%$ is ${percent} \\times {tex(one)} = {answer(key)}$.",
        ),
        wrong={"subtracts-percent-number": abs(amount - percent), "divides-by-percent": Fraction(amount, percent),
               "one-tenth-for-one-percent": key * 10},
    )  # fmt: skip


@family("percent-change", easiest=0.2)
def change_by_percent(rng: random.Random, level: int) -> Draft:
    """Raise or lower an amount by a percent."""
    percent = rng.choice(((10, 20, 50), (5, 15, 25, 30), (12, 35, 40, 45))[level])
    old = rng.randrange(2, 20) * 20
    down = rng.random() < 0.5
    part = Decimal(old) * percent / 100
    key = old - part if down else old + part
    thing = rng.choice(["jacket", "tent", "guitar", "lamp", "desk"])
    how, sign, act = ("lower", "-", "subtract it from") if down else ("higher", "+", "add it to")
    return Draft(
        text=f"A {thing} used to cost ${old}$ dollars. Now the price is ${percent}\\%$ {how}. "
        "What is the new price in dollars?",
        key=key,
        check=f"{old} * (1 {sign} Rational({percent}, 100))",
        steps=(
            step(f"The change: ${percent}\\% \\times {old} = {_dollars(part)}$ dollars.", part, "percent-of-quantity"),
            step(f"The new price: ${old} {sign} {_dollars(part)} = {_dollars(key)}$ dollars.", key),
        ),
        hints=(
            "The percent is a part of the old price.",
            f"Find ${percent}\\%$ of ${old}$ dollars, then {act} the old price.",
            f"${percent}\\%$ of ${old}$ is ${_dollars(part)}$, so the new price is ${old} {sign} {_dollars(part)} = "
            f"{_dollars(key)}$ dollars.",
        ),
        wrong={"change-instead-of-new": part, "percent-as-amount": old - percent if down else old + percent,
               "changes-wrong-way": old + part if down else old - part},
    )  # fmt: skip


def _dollars(amount: Decimal) -> str:
    """Write an amount of money, with cents where there are any."""
    return f"{amount:.2f}" if amount % 1 else f"{amount:.0f}"


@family("percent-change", easiest=0.5)
def find_percent_change(rng: random.Random, level: int) -> Draft:
    """Find by how many percent an amount changed."""
    percent = rng.choice(((10, 20, 50), (5, 25, 30, 40), (15, 35, 60, 75))[level])
    old, who = rng.randrange(2, 15) * 20, person(rng)
    part = old * percent // 100
    new = old - part if (down := rng.random() < 0.5) else old + part
    verb, difference = ("fell", f"{old} - {new}") if down else ("rose", f"{new} - {old}")
    ratio = Fraction(part, old)
    return Draft(
        text=f"The number of books {who} keeps in a reading corner {verb} from ${old}$ to ${new}$. By how many "
             f"percent did it change? "
        "Give the number in front of the percent sign.",
        key=percent,
        check=f"Abs({new} - {old}) * 100 / Integer({old})",
        steps=(
            step(f"The change: ${difference} = {part}$.", part),
            step(f"Compare it with the old number: ${part} \\div {old} = {tex(Decimal(part) / old)}$.", ratio),
            step(f"As a percent: ${tex(Decimal(part) / old)} \\times 100 = {percent}$.", percent,
                 "percent-change", "percent-of-quantity"),
        ),
        hints=(
            "A percent change compares the change with the old number.",
            "First find the difference of the two numbers, then divide it by the old number.",
            f"${difference} = {part}$ and ${part} \\div {old} = {tex(Decimal(part) / old)}$, which is ${percent}\\%$.",
        ),
        wrong={"compares-with-new": Fraction(part * 100, new), "percent-as-amount": part},
    )  # fmt: skip


FAMILIES = (fraction_to_percent, percent_of, change_by_percent, find_percent_change)
