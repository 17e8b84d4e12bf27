"""Writing, ordering and shifting decimals."""

import random
from collections.abc import Callable
from decimal import Decimal

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind

PLACE = ("ones", "tenths", "hundredths", "thousandths")


@family("decimal-fractions", easiest=-1.0)
def write_as_decimal(rng: random.Random, level: int) -> Draft:
    """Choose the decimal that equals a decimal fraction."""
    places = rng.randrange(1, 3) if level == 0 else 3
    whole = rng.randrange(*((1, 10), (1, 10), (10, 100))[level])
    top = rng.randrange(*rng.choice(((2, 10),) if level == 0 else ((2, 10), (11, 100), (11, 100), (101, 1000))))
    top += 3 if top % 10 == 0 else 0
    unit, part = 10**places, Decimal(top).scaleb(-places)
    values: Values = {
        "whole": whole,
        "next": whole + 1,
        "top": top,
        "unit": unit,
        "part": part,
        "decimal": whole + part,
        "near": Decimal(f"{whole}.{top}"),
        "far": whole + part / 10,
        "joined": Decimal(f"{whole}.{top}{unit}"),
    }
    place = PLACE[places]
    return Draft(
        values=values | {"name": person(rng)},
        stems=_WRITE,
        key="$<decimal>$",
        kind=QuestionKind.CHOICE,
        check="<whole> + <top> / <unit>",
        steps=(
            step(rf"$\frac{{<top>}}{{<unit:plain>}}$ means $<top>$ {place}, so the last digit stands in the {place} "
                 r"place: $\frac{<top>}{<unit:plain>} = <part>$.", "<part>"),
            step("Put the wholes in front: $<whole> + <part> = <decimal>$.", "<decimal>"),
        ),
        hints=(
            "The zeros of the denominator tell you how many places stand after the decimal point.",
            "The digit $<top>$ belongs in the first place after the point." if places == 1
            else f"The digit $<top>$ belongs in the {place} place. Fill empty places with zeros." if top < 10
            else f"The last digit of $<top>$ belongs in the {place} place. Fill empty places with zeros.",
            r"$\frac{<top>}{<unit:plain>} = <part>$, so $<whole>\frac{<top>}{<unit:plain>} = <decimal>$.",
        ),
        wrong={
            "counts-denominator-digits": "$<far>$",
            **({"skips-zero-place": "$<near>$"} if level < 2 else {}),
            "point-as-bar": "$<joined>$",
            "drops-wholes": "$<part>$",
        },
    )  # fmt: skip


_MIXED = r"$<whole>\frac{<top>}{<unit:plain>}$"
_WRITE: Stems = {
    Form.BARE: f"Which decimal is equal to {_MIXED}?",
    Form.STORY: (
        f"<name> rides a bike for {_MIXED} kilometers. Which decimal says the same?",
        f"A bag of sand weighs {_MIXED} kilograms. Which decimal says the same?",
    ),
    Form.TABLE: "The number line from $<whole>$ to $<next>$ is cut into $<unit>$ equal parts. "
    "Go $<top>$ parts to the right of $<whole>$. Which decimal is there?",
    Form.TRANSFER: f"A calculator has no key for fractions. What does <name> type for {_MIXED}?",
}


@family("compare-decimals", easiest=-0.6)
def order_decimals(rng: random.Random, level: int) -> Draft:
    """Put decimals of different length in order."""
    whole = rng.randrange(*((0, 6), (0, 10), (10, 100))[level])
    tails = _tails(rng, level)
    right = sorted(tails)
    padded = [f"{whole}.{tail:0<3}" for tail in right]
    numbers = [Decimal(f"{whole}.{tail}") for tail in tails]

    def order(items: list[str]) -> str:
        return ", ".join(f"{whole}.{tail}" for tail in items)

    values: Values = {f"n{index}": number for index, number in enumerate(numbers, 1)}
    texts: Values = {
        "items": order(tails),
        "order": order(right),
        "chain": " < ".join(padded),
        **{name: order(sorted(tails, key=rule)) for name, rule in _WRONG_ORDERS.items()},
    }
    return Draft(
        values=values | texts | {"name": person(rng)},
        stems={**_ORDER, Form.TABLE: _ORDER_TABLE[len(tails)]},
        key="<order>",
        kind=QuestionKind.ORDER,
        check="sorted((<items>))",
        steps=(
            step("Zeros at the end change nothing, so give each number three places. "
                 "Then look at one place after the other, from the left: $<chain>$.", "<chain>",
                 "compare-decimals", "decimal-fractions"),
            step("Leave the extra zeros out again: $<order>$.", "<order>"),
        ),
        hints=(
            "It does not matter how many digits a number has. Compare place by place from the left.",
            "Fill up with zeros at the end, until each number has three places after the point. Then compare.",
            "With three places each, $<chain>$. So the order is $<order>$.",
        ),
        wrong={
            "longer-is-larger": "<longer>",
            "shorter-is-larger": "<shorter>",
            "compares-last-digits": "<last>",
        },
    )  # fmt: skip


_WRONG_ORDERS: dict[str, Callable[[str], tuple[int, str]]] = {
    "longer": lambda tail: (int(tail), tail),
    "shorter": lambda tail: (-len(tail), tail),
    "last": lambda tail: (int(tail[-1]), tail),
}


def _tails(rng: random.Random, level: int) -> list[str]:
    """Draw digits after the point until right and wrong orders all differ."""
    lengths = ((1, 2, 3), (1, 2, 3, 3), (2, 2, 3, 3))[level]
    while True:
        shared = str(rng.randrange(1, 10)) if level == 2 else ""
        tails = [shared + _digits(rng, length - len(shared)) for length in lengths]
        rng.shuffle(tails)
        orders = [sorted(tails), *(sorted(tails, key=rule) for rule in _WRONG_ORDERS.values())]
        different = len(set(map(tuple, orders))) == len(orders) and tails != orders[0]
        if different and len({tail[-1] for tail in tails}) == len(tails):
            return tails


def _digits(rng: random.Random, count: int) -> str:
    """Draw digits, the last one not zero."""
    return "".join(str(rng.randrange(10)) for _ in range(count - 1)) + str(rng.randrange(1, 10))


_ORDER: Stems = {
    Form.BARE: "Put these numbers in order. Begin with the least number: $<items>$.",
    Form.STORY: (
        "These are the weights of some stones in kilograms: $<items>$. Put them in order from light to heavy.",
        "<name> measures some ropes in meters: $<items>$. Put the lengths in order from short to long.",
    ),
    Form.TRANSFER: "<name> walks along a number line from zero to the right and comes past $<items>$. "
    "In which order does <name> meet these numbers?",
}
_WANTED = " Put the lengths in order from short to long."
_ORDER_TABLE = {
    3: "The table shows how many kilometers long some trails are. "
    + table(("trail", "A", "B", "C"), ("kilometers", "<n1>", "<n2>", "<n3>"))
    + _WANTED,
    4: "The table shows how many kilometers long some trails are. "
    + table(("trail", "A", "B", "C", "D"), ("kilometers", "<n1>", "<n2>", "<n3>", "<n4>"))
    + _WANTED,
}


@family("powers-of-ten", easiest=-0.6)
def shift_places(rng: random.Random, level: int) -> Draft:
    """Multiply or divide a decimal by a power of ten."""
    number = Decimal(rng.randrange(10, 100) * 10 + rng.randrange(1, 10)).scaleb(-rng.randrange(1, 3))
    exponent = (rng.randrange(1, 3), 2, 3)[level]
    divide = level > 0 and rng.random() < 0.5
    unit, key = 10**exponent, number.scaleb(-exponent if divide else exponent)
    values: Values = {"number": number, "exponent": exponent, "unit": unit, "name": person(rng)}
    values |= {"near": Decimal(f"0.{''.join(map(str, number.as_tuple().digits))}")}
    moved, way = ("one place", "two places", "three places")[exponent - 1], "right" if divide else "left"
    sign, python, back = (r"\div", "/", "*") if divide else (r"\times", "*", "/")
    whole = key == key.to_integral_value()
    wrong = {"shifts-wrong-way": f"<number> {back} <unit>"}
    if divide:
        wrong["skips-zero-place"] = "<near>"
    else:
        wrong["appends-zeros"] = "<number>"
    return Draft(
        values=values | {"key": int(key) if whole else key},
        stems=_DIVIDE if divide else _MULTIPLY,
        key="<key>",
        check=f"<number> {python} 10 ** <exponent>",
        steps=(
            step("Write the power of ten out: $10^<exponent> = <unit>$.", "<unit>"),
            step(f"Every digit moves {moved} to the {way}: $<number> {sign} <unit> = <key>$.", "<key>"),
        ),
        hints=(
            "Multiplying by ten makes every digit worth ten times as much. Dividing by ten does the opposite.",
            f"Here every digit moves {moved} to the {way}.",
            f"Every digit moves {moved} to the {way}: $<number> {sign} 10^<exponent> = <key>$.",
        ),
        wrong=wrong | {"one-place-short": f"<number> {python} <unit> {back} 10"},
    )


_MULTIPLY: Stems = {
    Form.BARE: r"Work out $<number> \times 10^<exponent>$.",
    Form.STORY: (
        "One tile weighs $<number>$ grams. How many grams do $<unit>$ tiles weigh?",
        "A hose gives $<number>$ liters of water every minute. How many liters is that in $<unit>$ minutes?",
    ),
    Form.TABLE: "All beads weigh the same. "
    + table(("beads", "1", "<unit>"), ("grams", "<number>", "?"))
    + " Which number replaces the question mark?",
    Form.TRANSFER: "A row is made of $<unit>$ equal sticks, end to end. Each stick is $<number>$ millimeters long. "
    "How many millimeters long is the row?",
}
_DIVIDE: Stems = {
    Form.BARE: r"Work out $<number> \div 10^<exponent>$.",
    Form.STORY: (
        "A box of $<unit>$ equal tiles weighs $<number>$ kilograms. How many kilograms does one tile weigh?",
        "<name> gives $<unit>$ plants $<number>$ liters of water. Each plant gets the same amount. "
        "How many liters does one plant get?",
    ),
    Form.TABLE: "All beads weigh the same. "
    + table(("beads", "<unit>", "1"), ("grams", "<number>", "?"))
    + " Which number replaces the question mark?",
    Form.TRANSFER: "A real tower is $<unit>$ times as tall as its model. The tower is $<number>$ meters tall. "
    "How many meters tall is the model?",
}
