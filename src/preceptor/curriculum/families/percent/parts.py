"""Percents as fractions, and percents of an amount."""

import random
from decimal import Decimal
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("percent-notation", "equivalent-fractions", easiest=-0.8)
def percent_to_fraction(rng: random.Random, level: int) -> Draft:
    """Write a percent as a fraction in lowest terms."""
    percent: int | Decimal = (
        rng.choice([n for n in range(5, 100, 5) if n != 10]),
        rng.choice([n for n in range(2, 100, 2) if n % 10]),
        Decimal(rng.randrange(1, 40, 2)) * 25 / 10,
    )[level]
    top, bottom = (int(percent * 10), 1000) if level > 1 else (int(percent), 100)
    lowest = Fraction(top, bottom)
    values: Values = {"percent": percent, "top": top, "bottom": bottom, "common": bottom // lowest.denominator}
    values |= {"low": lowest.numerator, "lows": lowest.denominator, "rest": 100 - percent, "name": person(rng)}
    widen = step(r"Get rid of the decimal point: $\frac{<percent>}{100} = \frac{<top>}{<bottom>}$.",
                 "<top> / <bottom>", "equivalent-fractions")  # fmt: skip
    return Draft(
        values=values,
        kind=QuestionKind.FRACTION,
        stems=_AS_FRACTION,
        key=lowest,
        check="<percent> / 100",
        steps=(
            step(r"Percent means hundredths: $<percent>\% = \frac{<percent>}{100}$.", "<percent> / 100",
                 "percent-notation"),
            *((widen,) if level > 1 else ()),
            step(r"Divide the numerator and the denominator by $<common>$: "
                 r"$\frac{<top>}{<bottom>} = \frac{<low>}{<lows>}$.", lowest, "equivalent-fractions"),
        ),
        hints=(
            "Percent means out of one hundred.",
            "Write the hundredths as a fraction. By which number can you divide both of its numbers?",
            r"$<percent>\% = \frac{<top>}{<bottom>} = \frac{<low>}{<lows>}$.",
        ),
        wrong={
            "tenths-for-hundredths": "<percent> / 10",
            "percent-as-denominator": "1 / <percent>",
        },
    )  # fmt: skip


_LOWEST = " Give it in lowest terms."
_AS_FRACTION: Stems = {
    Form.BARE: (
        r"Write $<percent>\%$ as a fraction in lowest terms.",
        r"Which fraction in lowest terms is equal to $<percent>\%$?",
        r"Which fraction in lowest terms replaces the question mark? $<percent>\% = ?$",
    ),
    Form.STORY: (
        rf"<name> has read $<percent>\%$ of a book. What fraction of the book is that?{_LOWEST}",
        rf"<name> has planted flowers on $<percent>\%$ of a garden. What fraction of the garden is that?{_LOWEST}",
    ),
    Form.TABLE: "<name> mixes a drink. "
    + table(("orange juice", r"<percent>\%"), ("apple juice", r"<rest>\%"))
    + f" What fraction of the drink is orange juice?{_LOWEST}",
    Form.TRANSFER: r"The battery of <name>'s phone is at $<percent>\%$. What fraction of a full battery is that?"
    + _LOWEST,
}


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
                "A club has $<bottom>$ members, $<top>$ of them in the chess group. "
                "What percent of the members is that?",
            ),
            Form.TABLE: "The table shows the votes in a club. "
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
            "decimal-as-percent": "<top> / <bottom>",
        },
    )  # fmt: skip


@family("percent-of-quantity", easiest=-0.3)
def percent_of(rng: random.Random, level: int) -> Draft:
    """Find a percent of an amount."""
    halves = tuple(Decimal(odd) / 2 for odd in (5, 15, 25, 35, 75))
    percent = rng.choice(((10, 20, 25, 50), (5, 15, 30, 40, 60, 75), halves)[level])
    amount = rng.randrange(5, 30) * 20 if level < 2 else rng.randrange(7, 26) * 40
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
            "divides-by-percent" if level else "percent-as-denominator": "<amount> / <percent>",
            "one-tenth-for-one-percent": "<amount> / 10 * <percent>",
        },
    )


@family("percent-of-quantity", easiest=0.3)
def find_whole(rng: random.Random, level: int) -> Draft:
    """Find the whole when a percent of it is known."""
    percent = rng.choice(((10, 20, 25, 50), (5, 30, 40, 75), (15, 35, 45, 65, 85))[level])
    whole = rng.randrange(2, 30) * 20 if level < 2 else rng.randrange(12, 60) * 20
    one = Decimal(whole) / 100
    values: Values = {"percent": percent, "whole": whole, "one": one, "part": whole * percent // 100}
    return Draft(
        values=values | {"name": person(rng)},
        stems={
            Form.BARE: r"$<percent>\%$ of a number is $<part>$. What is the number?",
            Form.STORY: (
                r"<name> has read $<part>$ pages. That is $<percent>\%$ of the book. How many pages are in the book?",
                r"In a school, $<part>$ children come by bus. That is $<percent>\%$ of all children. "
                "How many children are in this school?",
            ),
            Form.TABLE: "The table is about the trees in a park. "
            + table(("oaks", "<part>"), ("oaks among all trees", r"<percent>\%"))
            + " How many trees are in the park?",
            Form.TRANSFER: r"There are $<part>$ liters of water in a rain barrel. It is filled to $<percent>\%$. "
            "How many liters does the full barrel hold?",
        },
        key="<whole>",
        check="<part> * 100 / <percent>",
        steps=(
            step(r"Find one percent: $<part> \div <percent> = <one>$.", "<one>"),
            step(r"The whole is one hundred percent: $100 \times <one> = <whole>$.", "<whole>"),
        ),
        hints=(
            "The whole is one hundred percent. The number you know is a part of it.",
            "Divide $<part>$ by $<percent>$ to find one percent. Then go on to the whole.",
            r"One percent is $<part> \div <percent> = <one>$, so the whole is $100 \times <one> = <whole>$.",
        ),
        wrong={
            "percent-of-the-part": "<percent> / 100 * <part>",
            "divides-by-percent": "<part> / <percent>",
            "one-tenth-for-one-percent": "<part> / <percent> * 10",
        },
    )
