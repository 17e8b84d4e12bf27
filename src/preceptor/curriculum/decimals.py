"""Families on decimals. All arithmetic is exact (`decimal.Decimal`)."""

import random
from decimal import Decimal

from preceptor.curriculum.contexts import person
from preceptor.curriculum.family import Draft, family, step
from preceptor.curriculum.notation import answer, frac, tex
from preceptor.domain import QuestionKind

PLACE = ("ones", "tenths", "hundredths", "thousandths")


@family("decimal-fractions", easiest=-1.0)
def write_as_decimal(rng: random.Random, level: int) -> Draft:
    """Choose the decimal that equals a decimal fraction."""
    places = (1, 2, 3)[level]
    whole, top, unit = rng.randrange(1, 10), rng.randrange(1, 10 ** (places - (level > 0))), 10**places
    if top % 10 == 0:
        top += 3
    key = Decimal(whole) + Decimal(top).scaleb(-places)
    shifted = Decimal(whole) + Decimal(top).scaleb(1 - places - (level == 0) * 2)
    missing = Decimal(whole) + Decimal(top).scaleb(-len(str(top)))
    number = f"{whole}{frac(top, unit)}"
    wrong = {"skips-zero-place": f"${tex(missing)}$", "point-as-bar": f"${whole}.{top}{unit}$"}
    if missing == key:
        wrong["skips-zero-place"] = f"${tex(shifted)}$"
    return Draft(
        text=f"Which decimal is equal to ${number}$?",
        key=f"${tex(key)}$",
        kind=QuestionKind.CHOICE,
        check=f"{whole} + Rational({top}, {unit})",
        steps=(
            step(f"${frac(top, unit)}$ means ${top}$ {PLACE[places]}, so the last digit stands in the "
                 f"{PLACE[places]} place: "
                 f"${frac(top, unit)} = {tex(key - whole)}$.", key - whole),
            step(f"With the wholes: ${whole} + {tex(key - whole)} = {tex(key)}$.", key),
        ),
        hints=(
            "The denominator tells you how many places there are after the decimal point.",
            f"The last digit of ${top}$ belongs in the {PLACE[places]} place. Fill empty places with zeros.",
            f"${frac(top, unit)} = {tex(key - whole)}$, so ${number} = {tex(key)}$.",
        ),
        wrong=wrong,
    )  # fmt: skip


@family("compare-decimals", easiest=-0.7)
def greatest_decimal(rng: random.Random, level: int) -> Draft:
    """Choose the greatest of three decimals of different length."""
    whole, shared = rng.randrange((1, 10, 100)[level]), str(rng.randrange(1, 10)) if level == 2 else ""
    tails = [shared + _digits(rng, places - len(shared)) for places in (1, 2, 3)]
    rng.shuffle(tails)
    values = {tail: Decimal(f"{whole}.{tail}") for tail in tails}
    full = [tail.ljust(3, "0") for tail in tails]
    counted = list(map(int, full))
    key = values[max(tails)]
    shown = [f"${value}$" for value in values.values()]
    padded = ", ".join(f"${whole}.{tail}$" for tail in full)
    chosen = {
        "longer-is-larger": max(tails, key=int),
        "shorter-is-larger": min(tails, key=len),
        "compares-last-digits": max(tails, key=lambda tail: tail[-1]),
    }
    return Draft(
        text=f"Which of these numbers is the greatest: {shown[0]}, {shown[1]} or {shown[2]}?",
        key=f"${key}$",
        kind=QuestionKind.CHOICE,
        check="Max(" + ", ".join(f"Rational('{value}')" for value in values.values()) + ")",
        steps=(
            step(f"Zeros at the end change nothing, so write all three with three places: {padded}.", key),
            step(
                f"Compare the thousandths: {', '.join(f'${count}$' for count in counted)}. The most are "
                f"${max(counted)}$.",
                max(counted),
            ),
            step(f"So ${key}$ is the greatest.", key),
        ),
        hints=(
            "The number of digits does not decide. Compare place by place from the left.",
            "Zeros at the end change nothing. Write all three numbers with three decimal places, then compare.",
            f"With three places they are {padded}, in the order given, so ${key}$ is the greatest.",
        ),
        wrong={name: f"${values[tail]}$" for name, tail in chosen.items()},
    )


def _digits(rng: random.Random, count: int) -> str:
    """Draw digits, the last one not zero."""
    return "".join(str(rng.randrange(10)) for _ in range(count - 1)) + (str(rng.randrange(1, 10)) if count else "")


@family("powers-of-ten", easiest=-0.6)
def shift_places(rng: random.Random, level: int) -> Draft:
    """Multiply or divide a decimal by a power of ten."""
    number = Decimal(rng.randrange(10, 100) * 10 + rng.randrange(1, 10)).scaleb(-rng.randrange(1, 3))
    exponent = rng.randrange(1, 3) if level < 2 else 3
    divide = level == 1 or (level == 2 and rng.random() < 0.5)
    key, other = number.scaleb(-exponent if divide else exponent), number.scaleb(exponent if divide else -exponent)
    sign, way = (r"\div", "right") if divide else (r"\times", "left")
    unit = 10**exponent
    moved = "one place" if exponent == 1 else f"${exponent}$ places"
    formula = f"{number} {sign} 10^{exponent}"
    wrong = {"shifts-wrong-way": other, "appends-zeros": number}
    return Draft(
        text=f"Work out ${formula}$.",
        key=key,
        check=f"Rational('{number}') {'/' if divide else '*'} {unit}",
        steps=(
            step(f"Write the power out: $10^{exponent} = {tex(unit)}$.", unit),
            step(
                f"Every digit moves {moved} to the {way}: ${number} {sign} {tex(unit)} = {tex(Decimal(answer(key)))}$.",
                key,
            ),
        ),
        hints=(
            "Multiplying by ten makes every digit worth ten times as much; dividing by ten does the opposite.",
            f"Here every digit moves {moved} to the {way}.",
            f"${formula} = {number} {sign} {tex(unit)} = {tex(Decimal(answer(key)))}$.",
        ),
        wrong=wrong,
    )


@family("add-decimals", easiest=-0.8)
def add_decimals(rng: random.Random, level: int) -> Draft:
    """Add or subtract decimals, with equal or different numbers of places."""
    first = Decimal(rng.randrange(21, 99)).scaleb(-1)
    second = Decimal(rng.randrange(12, 99)).scaleb(-1) if level == 0 else Decimal(rng.randrange(112, 899)).scaleb(-2)
    who = person(rng)
    if level == 2:
        first = Decimal(rng.randrange(101, 199)).scaleb(-1)
        text = f"A rope is ${first}$ meters long. {who} cuts off ${second}$ meters. How many meters are left?"
    else:
        text = f"{who} cycles ${first}$ miles and then another ${second}$ miles. How many miles is that altogether?"
    sign = "-" if level == 2 else "+"
    key = first - second if level == 2 else first + second
    places = -int(second.as_tuple().exponent)
    padded = first.quantize(second)
    digits = int(padded.scaleb(places)), int(second.scaleb(places))
    counted = digits[0] - digits[1] if level == 2 else sum(digits)
    raw = int(first.scaleb(1)), int(second.scaleb(places))
    aligned = Decimal(abs(raw[0] - raw[1]) if level == 2 else sum(raw)).scaleb(-places)
    parts = int(first) + int(second), sum(int(x % 1 * 10**places) for x in (padded, second))
    unit = PLACE[places]
    return Draft(
        text=text,
        key=key,
        check=f"Rational('{first}') {sign} Rational('{second}')",
        steps=(
            step(f"Count both in {unit}: ${padded}$ is ${tex(digits[0])}$ {unit} and ${second}$ is ${digits[1]}$ "
                 f"{unit}.", digits[1],
                 "add-decimals", "decimal-fractions"),
            step(f"${tex(digits[0])} {sign} {tex(digits[1])} = {tex(counted)}$ {unit}.", counted),
            step(f"So ${padded} {sign} {second} = {tex(key)}$.", key),
        ),
        hints=(
            "Write the numbers below each other, decimal point under decimal point.",
            f"Give both numbers the same number of places, ${padded}$ and ${second}$. Then work from the right.",
            f"${padded} {sign} {second} = {tex(key)}$.",
        ),
        wrong={"lines-up-right": aligned} if level else {"adds-parts-separately": Decimal(f"{parts[0]}.{parts[1]}")},
    )  # fmt: skip


@family("multiply-decimals", easiest=-0.4)
def multiply_decimals(rng: random.Random, level: int) -> Draft:
    """Multiply two decimals."""
    a, b = rng.randrange(*((2, 10), (12, 40), (102, 400))[level]), rng.randrange(2, 10)
    first_places = 2 if level == 2 else 1
    first, second = Decimal(a).scaleb(-first_places), Decimal(b).scaleb(-1)
    places, key = first_places + 1, first * second
    counted = "one decimal place" if first_places == 1 else f"${first_places}$ decimal places"
    return Draft(
        text=f"Work out ${tex(first)} \\times {tex(second)}$.",
        key=key,
        check=f"Rational({a}, {10**first_places}) * Rational({b}, 10)",
        steps=(
            step(
                f"Multiply as with whole numbers: ${a} \\times {b} = {tex(a * b)}$.",
                a * b,
                "multiply-decimals",
                "multiply-whole",
            ),
            step(f"${tex(first)}$ has {counted} and ${tex(second)}$ has one, so the product has ${places}$.", places),
            step(f"Put the point: ${tex(first)} \\times {tex(second)} = {tex(key)}$.", key),
        ),
        hints=(
            "First leave the decimal points out and multiply whole numbers.",
            f"${a} \\times {b} = {tex(a * b)}$. How many decimal places do both factors have together?",
            f"The product needs ${places}$ decimal places: ${tex(first)} \\times {tex(second)} = {tex(key)}$.",
        ),
        wrong={"keeps-places-of-one-factor": key * 10, "point-not-placed": a * b},
    )


@family("multiply-decimals", "add-decimals", easiest=0.1)
def change_due(rng: random.Random, level: int) -> Draft:
    """Buy several things of one price and find the change."""
    count, note = rng.randrange(2, 4 + level), (10, 20, 50)[level]
    cents = rng.randrange(15 + level * 10, note * 100 // count // 5 - 5) * 5
    price = Decimal(cents).scaleb(-2)
    cost = price * count
    change = note - cost
    thing = rng.choice(["notebooks", "sandwiches", "plants", "tickets", "paint brushes"])
    who = person(rng)
    return Draft(
        text=f"{who} buys ${count}$ {thing} for ${tex(price)}$ dollars each and pays with ${note}$ dollars. "
        "How many dollars of change is that?",
        key=change,
        check=f"{note} - {count} * Rational('{price}')",
        steps=(
            step(
                f"Cost of the {thing}: ${count} \\times {tex(price)} = {tex(cost)}$ dollars.", cost, "multiply-decimals"
            ),
            step(f"Change: ${note} - {tex(cost)} = {tex(change)}$ dollars.", change, "add-decimals"),
        ),
        hints=(
            "Two things have to be found out: what everything costs, and what is left of the money.",
            f"First multiply: what do ${count}$ {thing} cost at ${tex(price)}$ dollars each?",
            f"The cost is ${tex(cost)}$ dollars, so the change is ${note} - {tex(cost)} = {tex(change)}$ dollars.",
        ),
        wrong={"one-item-only": note - price},
    )


FAMILIES = (write_as_decimal, greatest_decimal, shift_places, add_decimals, multiply_decimals, change_due)
