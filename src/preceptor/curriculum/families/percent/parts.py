"""Percents as fractions, and percents of an amount."""

import random
from decimal import Decimal

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table


@family("percent-notation", easiest=-0.6)
def fraction_to_percent(rng: random.Random, level: int) -> Draft:
    """Write a fraction as a percent."""
    bottom = rng.choice(((10, 50, 20), (5, 4, 25, 20), (8, 40, 16, 80))[level])
    top = rng.randrange(3, bottom, 2) if level == 2 else rng.randrange(2, bottom)
    decimal = Decimal(top) / bottom
    values: Values = {"top": top, "bottom": bottom, "rest": bottom - top, "decimal": decimal, "name": person(rng)}
    return Draft(
        values=values | {"percent": (decimal * 100).normalize()},
        stems={
            Form.BARE: r"Which number replaces the question mark? $\frac{<top>}{<bottom>} = ?\%$",
            Form.STORY: (
                "<name> planted $<bottom>$ seeds, and $<top>$ of them came up. What percent of the seeds came up?",
                "<name> got $<top>$ of $<bottom>$ answers right. What percent of the answers is that?",
                "A club has $<bottom>$ members, $<top>$ of them in the chess group. What percent is that?",
            ),
            Form.TABLE: "The table shows the votes of a school. "
            + table(("yes", "<top>"), ("no", "<rest>"), ("all", "<bottom>"))
            + " What percent of all votes are yes votes?",
            Form.TRANSFER: "A strip of paper is cut into $<bottom>$ equal parts. <name> colors $<top>$ of them. "
            "What percent of the strip is colored?",
        },
        key="<percent>",
        check="<top> / <bottom> * 100",
        steps=(
            step(r"Write the fraction as a decimal: $\frac{<top>}{<bottom>} = <top> \div <bottom> = <decimal>$.",
                 "<decimal>", "percent-notation", "decimal-fractions"),
            step(r"Percent means hundredths: $<decimal> \times 100 = <percent>$.", "<percent>"),
        ),
        hints=(
            "Percent means out of one hundred.",
            "Divide $<top>$ by $<bottom>$ to get a decimal. How many hundredths is that?",
            r"$\frac{<top>}{<bottom>} = <decimal>$, and that is $<percent>$ hundredths.",
        ),
        wrong={
            "numerator-as-percent": "<top>",
            "joins-digits-as-percent": "<top><bottom>",
            "decimal-as-percent": "<top> / <bottom>",
        },
    )  # fmt: skip


@family("percent-of-quantity", easiest=-0.3)
def percent_of(rng: random.Random, level: int) -> Draft:
    """Find a percent of an amount."""
    percent = rng.choice(((10, 20, 25, 50), (5, 15, 30, 40, 60, 75), (35, 45, 55, 65, 85, 95))[level])
    amount = rng.randrange(2, 30) * 20 if level < 2 else rng.randrange(13, 60) * 20
    one = Decimal(amount) / 100
    values: Values = {"percent": percent, "amount": amount, "one": one, "part": (one * percent).normalize()}
    return Draft(
        values=values | {"name": person(rng)},
        stems={
            Form.BARE: r"How much is $<percent>\%$ of $<amount>$?",
            Form.STORY: (
                r"<name> has saved $<percent>\%$ of the $<amount>$ dollars that a bicycle costs. "
                "How many dollars is that?",
                r"A school bought $<amount>$ pens and gave away $<percent>\%$ of them. How many pens is that?",
                r"<name> has walked $<percent>\%$ of a trail of $<amount>$ kilometers. How many kilometers is that?",
            ),
            Form.TABLE: "The table shows how a garden is used. "
            + table(("whole garden", r"<amount>\ \text{m}^2"), ("flowers", r"<percent>\%"))
            + " How many square meters are flowers?",
            Form.TRANSFER: r"A tank holds $<amount>$ liters. It is filled to $<percent>\%$. "
            "How many liters are in the tank?",
        },
        key="<part>",
        check="<percent> / 100 * <amount>",
        steps=(
            step(r"One percent is one hundredth: $<amount> \div 100 = <one>$.", "<one>"),
            step(r"Take $<percent>$ of these: $<percent> \times <one> = <part>$.", "<part>"),
        ),
        hints=(
            "The whole amount is one hundred percent.",
            "Find one percent of $<amount>$ first, by dividing by a hundred. Then multiply.",
            r"One percent is $<one>$, so $<percent>\%$ is $<percent> \times <one> = <part>$.",
        ),
        wrong={
            "subtracts-percent-number": "|<amount> - <percent>|",
            "divides-by-percent": "<amount> / <percent>",
            "one-tenth-for-one-percent": "<amount> / 10 * <percent>",
        },
    )
