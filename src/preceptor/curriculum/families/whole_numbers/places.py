"""Place value, order and rounding."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind

_PLACES = ("ones", "tens", "hundreds", "thousands", "ten thousands", "hundred thousands")
_ROUNDED = ("one", "ten", "hundred", "thousand", "ten thousand")
_LONGEST_SHOWN = 6


@family("place-value", easiest=-1.0)
def digit_value(rng: random.Random, level: int) -> Draft:
    """Say what a digit is worth, or at the hardest level how many whole units of a place a number has."""
    digits = rng.sample(range(1, 10), (5, 6, 6)[level])
    exponent = rng.randrange(1, len(digits) - level // 2)
    digit, unit = digits[-1 - exponent], 10**exponent
    values: Values = {"number": int("".join(map(str, digits))), "digit": digit, "unit": unit, "worth": digit * unit}
    values |= {"off": unit // 10 if exponent > 1 else unit * 10}
    values |= {f"d{place}": shown for place, shown in enumerate(reversed(digits))} | {"name": person(rng)}
    if level == 2:
        return _whole_units(values, int("".join(map(str, digits))), unit)
    return Draft(
        values=values,
        stems={
            Form.BARE: "What is the digit $<digit>$ worth in the number $<number>$?",
            Form.STORY: (
                "A town has $<number>$ people. What is the digit $<digit>$ worth in this number?",
                "<name> reads that a library has $<number>$ books. What is the digit $<digit>$ worth in this number?",
                "A bird flew $<number>$ meters. What is the digit $<digit>$ worth in this number?",
            ),
            Form.TABLE: "The table shows a number. "
            + table(*((_PLACES[place], f"<d{place}>") for place in reversed(range(len(digits)))))
            + " What is the digit $<digit>$ worth?",
            Form.TRANSFER: "<name> takes the digit $<digit>$ out of the number $<number>$ and writes $0$ in its place. "
            "How much smaller does the number get?",
        },
        key="<worth>",
        check="floor(<number> / <unit>) * <unit> - floor(<number> / (10 * <unit>)) * 10 * <unit>",
        steps=(
            step(f"Count the places from the right. The $<digit>$ stands in the {_PLACES[exponent]} place, "
                 "where one is worth $<unit>$.", "<unit>"),
            step(r"There are $<digit>$ of these: $<digit> \times <unit> = <worth>$.", "<worth>"),
        ),
        hints=(
            "What a digit is worth depends on its place.",
            "Count the places from the right: ones, tens, hundreds and so on. Where does the digit $<digit>$ stand?",
            r"In the place of the $<digit>$, one is worth $<unit>$. That makes $<digit> \times <unit> = <worth>$.",
        ),
        wrong={
            "face-value": "<digit>",
            "one-place-off": "<digit> * <off>",
        },
    )  # fmt: skip


def _whole_units(values: Values, number: int, unit: int) -> Draft:
    """Ask how many whole tens, hundreds or thousands a number has."""
    off = unit // 10 if unit > 10 else unit * 10
    values |= {"key": number // unit, "low": number - number % unit, "rest": number % unit}
    return Draft(
        values=values | {"off": off, "over": number % off},
        stems=_FULL,
        key="<key>",
        check="floor(<number> / <unit>)",
        steps=(
            step("The $<digit>$ stands in the place where one is worth $<unit>$.", "<unit>"),
            step(r"Read the digits up to there as one number: $<low> \div <unit> = <key>$.", "<key>"),
        ),
        hints=(
            "In which place is one worth $<unit>$? The digits to the left of it count too.",
            "The $<digit>$ stands in the place where one is worth $<unit>$. Read all digits up to there as one number.",
            r"$<low> \div <unit> = <key>$, and $<rest>$ is too little for one more.",
        ),
        wrong={"face-value": "<digit>", "one-place-off": "(<number> - <over>) / <off>"},
    )


_FULL: Stems = {
    Form.BARE: (
        "How many times does $<unit>$ fit into $<number>$?",
        "How many whole groups of $<unit>$ are in $<number>$?",
    ),
    Form.STORY: (
        "A bank puts $<number>$ coins into bags of $<unit>$. How many bags will be full?",
        "<name> reads that a mill packs $<number>$ nuts into bags of $<unit>$. How many full bags is that?",
    ),
    Form.TABLE: "<name> works in a store for screws. "
    + table(("screws", "<number>"), ("screws in a full box", "<unit>"), ("full boxes", "?"))
    + " How many boxes will be full?",
    Form.TRANSFER: "<name> counts up from $0$ in steps of $<unit>$ and does not go past $<number>$. "
    "How many steps is that?",
}


@family("place-value", easiest=-0.9)
def order_by_size(rng: random.Random, level: int) -> Draft:
    """Put four numbers in order, one of which has fewer digits."""
    numbers = _alike(rng, 3 + level)
    while _by_text(numbers) == sorted(numbers):
        numbers = _alike(rng, 3 + level)
    shown, right = rng.sample(numbers, 4), sorted(numbers)
    values: Values = {**dict(zip("pqrs", shown, strict=True)), "name": person(rng)}
    orders = {"k": right, "f": _by_text(numbers), "d": right[::-1]}
    values |= {f"{name}{i}": number for name, order in orders.items() for i, number in enumerate(order)}
    return Draft(
        values=values,
        kind=QuestionKind.ORDER,
        stems=_ORDERED,
        key="<k0>, <k1>, <k2>, <k3>",
        check="sorted([<p>, <q>, <r>, <s>])",
        steps=(
            step("Count the digits. The number with the fewest digits is the smallest: $<k0>$.", "<k0>"),
            step("The others have the same number of digits. Compare them from the left: $<k1> < <k2> < <k3>$.",
                 "<k1>"),
            step("In order: $<k0>, <k1>, <k2>, <k3>$.", "<k0>, <k1>, <k2>, <k3>"),
        ),
        hints=(
            "First look at how many digits each number has.",
            "Numbers with the same number of digits are compared place by place from the left.",
            "The smallest number is $<k0>$, and $<k1> < <k2> < <k3>$.",
        ),
        wrong={
            "compares-first-digits": "<f0>, <f1>, <f2>, <f3>",
            "orders-from-largest": "<d0>, <d1>, <d2>, <d3>",
        },
    )  # fmt: skip


def _alike(rng: random.Random, length: int) -> list[int]:
    """Three numbers that begin alike and are made of the same digits, and a shorter one."""
    first, *others = rng.sample(range(1, 9), length)
    tails: set[tuple[int, ...]] = set()
    while len(tails) < 3:
        tails.add(tuple(rng.sample([*others, 0], length)))
    long = [int("".join(map(str, (first, *tail)))) for tail in sorted(tails)]
    return [*long, rng.randrange(9 * 10 ** (length - 1), 10**length)]


def _by_text(numbers: list[int]) -> list[int]:
    return sorted(numbers, key=str)


_GIVEN = "$<p>$, $<q>$, $<r>$ and $<s>$"
_SMALLEST_FIRST = " Order the numbers. Begin with the smallest."
_ORDERED: Stems = {
    Form.BARE: f"Order the numbers {_GIVEN}. Begin with the smallest.",
    Form.STORY: (
        f"Four towns have {_GIVEN} people.{_SMALLEST_FIRST}",
        f"<name> reads how many meters four ships have sailed: {_GIVEN}.{_SMALLEST_FIRST}",
    ),
    Form.TABLE: "The table shows how many people came to a fair. "
    + table(("Thursday", "<p>"), ("Friday", "<q>"), ("Saturday", "<r>"), ("Sunday", "<s>"))
    + _SMALLEST_FIRST,
    Form.TRANSFER: f"<name> marks the numbers {_GIVEN} on a number line. In which order do they stand, "
    "read from left to right?",
}


@family("round-whole", "place-value", easiest=-1.1)
def round_to_place(rng: random.Random, level: int) -> Draft:
    """Round to a place."""
    exponent = rng.choice(((1, 2), (2, 3), (3, 4))[level])
    unit = 10**exponent
    low = rng.randrange(11, 90) * unit
    up, least = rng.random() >= 0.5, max(unit // 10, 1)
    number = low + (rng.randrange(unit // 2, unit - least + 1) if up else rng.randrange(least, unit // 2))
    other_unit = 100 if exponent == 1 else unit // 10
    values: Values = {"number": number, "low": low, "high": low + unit, "half": low + unit // 2, "unit": unit}
    values |= {"key": low + unit if up else low, "other": (2 * number + other_unit) // (2 * other_unit) * other_unit}
    way = 2 * (number - low) - unit
    reason = (
        "is less than the number halfway, so it rounds down"
        if way < 0
        else "is more than the number halfway, so it rounds up"
        if way
        else "is exactly halfway, so it rounds up"
    )
    return Draft(
        values=values | {"name": person(rng)},
        stems=_rounded(_ROUNDED[exponent]),
        key="<key>",
        check="round(<number> / <unit>) * <unit>",
        steps=(
            step("$<number>$ lies between $<low>$ and $<high>$. Halfway between them is $<half>$.", "<half>",
                 "place-value", "round-whole"),
            step(f"$<number>$ {reason} to $<key>$.", "<key>", "round-whole"),
        ),
        hints=(
            "Between which two round numbers does the number lie? The nearer one is the answer.",
            "The number halfway between the two round numbers is $<half>$. On which side of it is $<number>$?",
            f"Halfway is $<half>$. The number $<number>$ {reason} to $<key>$.",
        ),
        wrong={"always-rounds-down" if up else "always-rounds-up": "<low>" if up else "<high>",
               "rounds-to-other-place": "<other>"},
    )  # fmt: skip


def _rounded(word: str) -> Stems:
    """The stems for rounding to the nearest ten, hundred and so on."""
    return {
        Form.BARE: f"Round $<number>$ to the nearest {word}.",
        Form.STORY: (
            f"The step counter of <name> shows $<number>$ steps. How many is that, rounded to the nearest {word}?",
            f"A town has $<number>$ people. A book rounds this to the nearest {word}. Which number is in the book?",
        ),
        Form.TABLE: f"<name> reads the bike counter of a town and rounds to the nearest {word}. "
        + table(("shown", "<number>"), ("rounded", "?"))
        + " Which number belongs in place of the question mark?",
        Form.TRANSFER: "A number line has a mark at $0$ and at each multiple of $<unit>$. "
        "Which mark is nearest to $<number>$? If two are equally near, take the one on the right.",
    }
