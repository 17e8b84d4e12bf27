"""How far data spread: range and quartiles."""

import random
from decimal import Decimal
from statistics import median as middle_of

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.notation import answer, joined
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind

_RANGE_COUNTS = (5, 7, 6)
_COUNTS = (6, 10, 8)
_LETTERS = "ABCDEFGHIJ"


@family("data-spread", easiest=-0.4)
def data_range(rng: random.Random, level: int) -> Draft:
    """Find the range of some lengths."""
    count = _RANGE_COUNTS[level]
    drawn = rng.sample(range(*((12, 60), (108, 250), (121, 600))[level]), count)
    data = [Decimal(value) / (10 if level == 2 else 1) for value in drawn]
    low, high = min(data), max(data)
    values: Values = {f"v{place}": value for place, value in enumerate(data, start=1)}
    values |= {"data": ", ".join(str(value) for value in data), "name": person(rng)}
    values |= {"low": low, "high": high, "range": high - low}
    return Draft(
        values=values | {"first": data[0], "last": data[-1]},
        kind=QuestionKind.QUANTITY,
        unit="cm",
        stems=_RANGE[level],
        key="<range>",
        check="Max(<data>) - Min(<data>)",
        steps=(
            step("The smallest value is $<low>$.", "<low>", "data-spread", "compare-decimals"),
            step("The largest value is $<high>$.", "<high>", "data-spread", "compare-decimals"),
            step("Subtract: $<high> - <low> = <range>$.", "<range>"),
        ),
        hints=(
            "The range tells how far the values are spread out.",
            "Find the largest and the smallest value. How far are they apart?",
            "The largest value is $<high>$, the smallest is $<low>$, and $<high> - <low> = <range>$.",
        ),
        wrong={
            "largest-as-range": "<high>",
            "ends-of-unordered": "|<last> - <first>|",
        },
    )


def _range_stems(count: int) -> Stems:
    cells = [f"<v{i}>" for i in range(1, count + 1)]
    return {
        Form.BARE: "These are lengths in cm: $<data>$. What is their range in cm?",
        Form.STORY: (
            "<name> measures how high some plants are. The heights in cm are $<data>$. What is their range in cm?",
            "Some frogs jump. <name> notes how far, in cm: $<data>$. What is the range in cm?",
        ),
        Form.TABLE: "<name> measures some sticks. "
        + table(("stick", *_LETTERS[:count]), ("length in cm", *cells))
        + " What is the range of the lengths in cm?",
        Form.TRANSFER: "<name> measured the snow on several days. It was $<data>$ cm deep. By how many cm do the "
        "deepest and the least deep snow differ?",
    }


_RANGE = tuple(map(_range_stems, _RANGE_COUNTS))


@family("data-spread", "median", easiest=0.2)
def quartiles(rng: random.Random, level: int) -> Draft:
    """Find both quartiles of some numbers."""
    return Draft(
        values=_halves(rng, level),
        kind=QuestionKind.LIST,
        stems=_QUARTILES[level],
        key="<lower>, <upper>",
        check=f"[median(sorted([<data>])[:{_COUNTS[level] // 2}]), median(sorted([<data>])[{_COUNTS[level] // 2}:])]",
        steps=(*_FIND[level], step("So the quartiles are $<lower>, <upper>$.", "<lower>, <upper>")),
        hints=(
            "Each quartile is the median of one half of the ordered data.",
            "Put the values in order and cut the list in the middle. What is the median of each half?",
            "The halves are $<below>$ and $<above>$. Their medians are $<lower>, <upper>$.",
        ),
        wrong={"ends-as-quartiles": "<least>, <most>", "quartiles-of-unordered": "<raw_lower>, <raw_upper>"},
    )


@family("data-spread", "median", easiest=0.4)
def interquartile_range(rng: random.Random, level: int) -> Draft:
    """Find the interquartile range of some numbers."""
    half = _COUNTS[level] // 2
    return Draft(
        values=_halves(rng, level),
        stems=_DISTANCE[level],
        key="<distance>",
        check=f"median(sorted([<data>])[{half}:]) - median(sorted([<data>])[:{half}])",
        steps=(*_FIND[level], step("Subtract the quartiles: $<upper> - <lower> = <distance>$.", "<distance>")),
        hints=(
            "The interquartile range tells how far the two quartiles are apart.",
            "Put the values in order and cut the list in the middle. Find the median of each half, then subtract.",
            "The quartiles are $<lower>$ and $<upper>$, and $<upper> - <lower> = <distance>$.",
        ),
        wrong={
            "range-for-quartiles": "<most> - <least>",
            "quartiles-of-unordered": "|<raw_upper> - <raw_lower>|",
            "one-quartile-only": "<upper>",
        },
    )


def _halves(rng: random.Random, level: int) -> Values:
    """Data with an even count, and what belongs to their two halves."""
    data = rng.sample(range(2, (40, 70, 100)[level]), _COUNTS[level])
    ordered, half = sorted(data), len(data) // 2
    quartile = [answer(Decimal(middle_of(part))) for part in (ordered[:half], ordered[half:])]
    raw = [answer(middle) for middle in sorted(Decimal(middle_of(sorted(part))) for part in (data[:half], data[half:]))]
    middle = half // 2
    values: Values = {f"v{place}": value for place, value in enumerate(data, start=1)}
    values |= {"data": joined(data), "below": joined(ordered[:half]), "above": joined(ordered[half:])}
    values |= {"lower": quartile[0], "upper": quartile[1], "raw_lower": raw[0], "raw_upper": raw[1]}
    values |= {"least": ordered[0], "most": ordered[-1], "distance": Decimal(quartile[1]) - Decimal(quartile[0])}
    if half % 2 == 0:
        values |= {"a": ordered[middle - 1], "b": ordered[middle]}
        values |= {"c": ordered[half + middle - 1], "d": ordered[half + middle]}
    return values | {"name": person(rng), "ordered": joined(ordered)}


_ORDER = step("Put the values in order: $<ordered>$.", "<ordered>", "median", "compare-decimals")
_MIDDLE_VALUES = (
    _ORDER,
    step(
        "The lower half is $<below>$. Its median is the lower quartile: $<lower>$.", "<lower>", "data-spread", "median"
    ),
    step(
        "The upper half is $<above>$. Its median is the upper quartile: $<upper>$.", "<upper>", "data-spread", "median"
    ),
)
_MIDDLE_PAIRS = (
    _ORDER,
    step(r"The lower half is $<below>$. Its median is the lower quartile: $(<a> + <b>) \div 2 = <lower>$.", "<lower>",
         "data-spread", "median"),
    step(r"The upper half is $<above>$. Its median is the upper quartile: $(<c> + <d>) \div 2 = <upper>$.", "<upper>",
         "data-spread", "median"),
)  # fmt: skip
_FIND = (_MIDDLE_VALUES, _MIDDLE_VALUES, _MIDDLE_PAIRS)
_LIST_BOTH = " What are the lower and the upper quartile? List both."


def _quartile_stems(count: int) -> Stems:
    cells = [f"<v{i}>" for i in range(1, count + 1)]
    return {
        Form.BARE: "Find the lower and the upper quartile of $<data>$. List both.",
        Form.STORY: (
            "<name> notes how many minutes the bus was late each day: $<data>$." + _LIST_BOTH,
            "Some children count how many steps they can walk on their hands: $<data>$." + _LIST_BOTH,
        ),
        Form.TABLE: "The table shows <name>'s points in each game. "
        + table(("game", *map(str, range(1, count + 1))), ("points", *cells))
        + _LIST_BOTH,
        Form.TRANSFER: "<name> sorts these scores into a weaker and a stronger half: $<data>$. "
        "What is the median of each half? List both.",
    }


def _distance_stems(count: int) -> Stems:
    cells = [f"<v{i}>" for i in range(1, count + 1)]
    return {
        Form.BARE: "What is the interquartile range of $<data>$?",
        Form.STORY: (
            "<name> notes how many minutes the train was late each day: $<data>$. What is the interquartile range?",
            "A farm counts the eggs of each day: $<data>$. What is the interquartile range?",
        ),
        Form.TABLE: "The table shows how many pages <name> read each day. "
        + table(("day", *map(str, range(1, count + 1))), ("pages", *cells))
        + " What is the interquartile range?",
        Form.TRANSFER: "<name> draws a box plot of these numbers: $<data>$. The box goes from the lower to the upper "
        "quartile. How long is the box?",
    }


_QUARTILES = tuple(map(_quartile_stems, _COUNTS))
_DISTANCE = tuple(map(_distance_stems, _COUNTS))
