"""Mean and median."""

import random
from decimal import Decimal
from fractions import Fraction
from statistics import median as middle_of

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.notation import joined
from preceptor.curriculum.tables import table

_MEAN_COUNTS = (3, 4, 5)
_MEDIAN_COUNTS = (5, 7, 6)
_LETTERS = "ABCDEFG"


@family("mean", easiest=-0.5)
def mean(rng: random.Random, level: int) -> Draft:
    """Find the mean of some numbers."""
    count = _MEAN_COUNTS[level]
    data = [rng.randrange(2, (13, 25, 60)[level]) for _ in range(count)]
    if level < 2:
        data[-1] += -sum(data) % count
    values: Values = _data(data) | {"name": person(rng), "total": sum(data), "mean": Decimal(sum(data)) / count}
    return Draft(
        values=values | {"middle": Fraction(middle_of(map(Fraction, data)))},
        stems=_MEAN[level],
        key="<mean>",
        check="(<added>) / <count>",
        steps=(
            step("Add all values: $<added> = <total>$.", "<total>", "mean", "add-subtract-whole"),
            step(r"Share the total equally among the $<count>$ values: $<total> \div <count> = <mean>$.", "<mean>",
                 "mean", "divide-remainder"),
        ),
        hints=(
            "The mean is what each value would be if the total were shared equally.",
            "Find the total of all values, then divide it by the number of values.",
            r"$<added> = <total>$ and $<total> \div <count> = <mean>$.",
        ),
        wrong={"forgets-to-share": "<added>", "median-for-mean": "<middle>", "divides-by-two": "(<added>) / 2"},
    )  # fmt: skip


def _mean_stems(count: int) -> Stems:
    cells = [f"<v{i}>" for i in range(1, count + 1)]
    return {
        Form.BARE: "What is the mean of $<data>$?",
        Form.STORY: (
            "<name> writes down how many laps were run on $<count>$ days: $<data>$. What is the mean?",
            "A group counts the birds in $<count>$ gardens: $<data>$. What is the mean?",
        ),
        Form.TABLE: "The table shows how many points <name> scored in each game. "
        + table(("game", *map(str, range(1, count + 1))), ("points", *cells))
        + " What is the mean?",
        Form.TRANSFER: "<name> has $<count>$ rain barrels. They hold $<data>$ liters of water. The water is spread "
        "so that all barrels hold the same. How many liters are in each barrel?",
    }


_MEAN = tuple(map(_mean_stems, _MEAN_COUNTS))


@family("mean", "one-step-equations", easiest=0.4)
def value_for_mean(rng: random.Random, level: int) -> Draft:
    """Find the value that brings a mean to a goal."""
    count = _MEAN_COUNTS[level]
    goal, needed = rng.randrange(12, 30 + 20 * level), 0
    known: list[int] = []
    while needed <= 1 or needed == goal:
        known = [goal + rng.randrange(-8, 9) for _ in range(count - 1)]
        needed = goal * count - sum(known)
    values: Values = _data(known) | {"goal": goal, "count": count, "before": count - 1, "name": person(rng)}
    return Draft(
        values=values | {"used": sum(known), "total": goal * count, "needed": needed},
        stems=_GOAL[level],
        key="<needed>",
        check="solve(Eq((<added> + x) / <count>, <goal>))",
        steps=(
            step(r"For $<count>$ values with the mean $<goal>$ the total is $<goal> \times <count> = <total>$.",
                 "<total>", "mean", "multiply-whole"),
            step("The known values make $<added> = <used>$.", "<used>", "mean"),
            step("The missing value $x$ has to satisfy $<used> + x = <total>$, so $x = <total> - <used> = <needed>$.",
                 "<needed>", "one-step-equations"),
        ),
        hints=(
            "The mean tells you the total that is needed.",
            "Multiply the mean by the number of all values. Compare with the total of the values you know.",
            r"The total has to be $<goal> \times <count> = <total>$, and $<used>$ is there already. "
            "So $x = <total> - <used> = <needed>$.",
        ),
        wrong={
            "aims-at-mean-itself": "<goal>",
            "averages-known-only": "(<added>) / <before>",
            "total-for-missing": "<goal> * <count>",
        },
    )  # fmt: skip


def _goal_stems(count: int) -> Stems:
    cells = [f"<v{i}>" for i in range(1, count)]
    return {
        Form.BARE: "The numbers $<data>$ and $x$ have the mean $<goal>$. What is $x$?",
        Form.STORY: (
            "<name> scored these points in the first $<before>$ games: $<data>$. How many points are needed in the "
            "next game "
            "for a mean of $<goal>$ points over all $<count>$ games?",
            "A choir sold these numbers of tickets on the first $<before>$ days: $<data>$. How many tickets does "
            "it have to sell on the "
            "next day for a mean of $<goal>$ tickets over all $<count>$ days?",
        ),
        Form.TABLE: "The table shows how many minutes <name> practiced each day. The mean is $<goal>$ minutes. "
        + table(("day", *map(str, range(1, count + 1))), ("minutes", *cells, "?"))
        + " Which number is missing?",
        Form.TRANSFER: "<name> weighs $<count>$ bags of sand. The mean is $<goal>$ kilograms. The first bags weigh, "
        "in kilograms, $<data>$. How many kilograms does the last bag weigh?",
    }


_GOAL = tuple(map(_goal_stems, _MEAN_COUNTS))


@family("median", easiest=-0.6)
def median(rng: random.Random, level: int) -> Draft:
    """Find the median of some numbers."""
    count = _MEDIAN_COUNTS[level]
    data = rng.sample(range(3, (30, 60, 90)[level]), count)
    ordered, half = sorted(data), count // 2
    values: Values = _data(data) | {"ordered": joined(ordered), "least": ordered[0], "most": ordered[-1]}
    if count % 2:
        values |= {"median": ordered[half], "raw": data[half]}
        last = step("The middle one of the $<count>$ values is $<median>$.", "<median>")
    else:
        low, high = ordered[half - 1 : half + 1]
        values |= {"low": low, "high": high, "median": Decimal(low + high) / 2}
        values |= {"raw": Decimal(data[half - 1] + data[half]) / 2}
        last = step(r"Two values are in the middle. Take their mean: $(<low> + <high>) \div 2 = <median>$.", "<median>",
                    "median", "multiplication-facts")  # fmt: skip
    return Draft(
        values=values | {"name": person(rng)},
        stems=_MEDIAN[level],
        key="<median>",
        check="median([<data>])",
        steps=(step("Put the values in order: $<ordered>$.", "<ordered>", "median", "compare-decimals"), last),
        hints=(
            "The median is the value in the middle. In the middle of what?",
            "Put the values in order first. Then count to the middle."
            if count % 2
            else "Put the values in order first. Two of them are in the middle: go halfway between them.",
            "In order: $<ordered>$. The one in the middle is $<median>$."
            if count % 2
            else "In order: $<ordered>$. Halfway between $<low>$ and $<high>$ is $<median>$.",
        ),
        wrong={
            "median-of-unordered": "<raw>",
            "mean-for-median": "(<added>) / <count>",
            "middle-of-extremes": "(<least> + <most>) / 2",
        },
    )


def _median_stems(count: int) -> Stems:
    cells = [f"<v{i}>" for i in range(1, count + 1)]
    return {
        Form.BARE: "What is the median of $<data>$?",
        Form.STORY: (
            "<name> measures some plants. They are $<data>$ cm high. What is the median of the heights in cm?",
            "Some friends say how many minutes they read on Sunday: $<data>$. What is the median?",
        ),
        Form.TABLE: "<name> looks up how many pages some stories have. "
        + table(("story", *_LETTERS[:count]), ("pages", *cells))
        + " What is the median?",
        Form.TRANSFER: "A coach sorts these times in seconds from fast to slow: $<data>$. <name> asks for the time in "
        "the middle. How many seconds is it?"
        if count % 2
        else "A coach sorts these times in seconds from fast to slow: $<data>$. Two times are in the middle. <name> "
        "asks for the mean of these two. How many seconds is it?",
    }


_MEDIAN = tuple(map(_median_stems, _MEDIAN_COUNTS))


def _data(data: list[int]) -> Values:
    """A list of data as one text, as a sum, and value by value."""
    each: Values = {f"v{place}": value for place, value in enumerate(data, start=1)}
    return each | {"data": joined(data), "added": " + ".join(map(str, data)), "count": len(data)}
