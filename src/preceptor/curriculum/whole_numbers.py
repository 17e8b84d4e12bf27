"""Families on whole numbers: places, rounding, multiplication, division."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.family import Draft, family, step
from preceptor.curriculum.notation import tex

PLACES = ("ones", "tens", "hundreds", "thousands", "ten thousands", "hundred thousands")


@family("place-value", easiest=-1.5)
def digit_value(rng: random.Random, level: int) -> Draft:
    """Say what a digit is worth."""
    digits = rng.sample(range(1, 10), 4 + level)
    number = int("".join(map(str, digits)))
    exponent = rng.randrange(1, len(digits))
    digit, unit = digits[-1 - exponent], 10**exponent
    value = digit * unit
    return Draft(
        text=f"What is the value of the digit ${digit}$ in the number ${tex(number)}$?",
        key=value,
        check=f"({number} // {unit} % 10) * {unit}",
        steps=(
            step(
                f"Count the places from the right: the ${digit}$ stands in the {PLACES[exponent]} place, "
                f"where each unit is worth ${tex(unit)}$.",
                unit,
            ),
            step(f"There are ${digit}$ of these units: ${digit} \\times {tex(unit)} = {tex(value)}$.", value),
        ),
        hints=(
            "What a digit is worth depends on the place where it stands.",
            f"Count the places from the right (ones, tens, hundreds, …). What is one unit worth in the place of "
            f"the ${digit}$?",
            f"The ${digit}$ stands in the {PLACES[exponent]} place, so it is worth ${digit} \\times {tex(unit)} "
            f"= {tex(value)}$.",
        ),
        wrong={"face-value": digit, "one-place-off": value // 10 if exponent > 1 else value * 10},
    )


@family("round-whole", easiest=-1.2)
def round_to_place(rng: random.Random, level: int) -> Draft:
    """Round to a place."""
    exponent = rng.choice(((1, 2), (2, 3), (3, 4))[level])
    unit = 10**exponent
    low = rng.randrange(10, 90) * unit
    number = low + rng.randrange(unit // 10, unit - unit // 10)
    up = number - low >= unit // 2
    key, other = (low + unit, low) if up else (low, low + unit)
    half = low + unit // 2
    reading = "is below" if not up else "is above" if number > half else "is exactly"
    return Draft(
        text=f"Round ${tex(number)}$ to the nearest {('', 'ten', 'hundred', 'thousand', 'ten thousand')[exponent]}.",
        key=key,
        check=f"(2 * {number} + {unit}) // (2 * {unit}) * {unit}",
        steps=(
            step(
                f"${tex(number)}$ lies between ${tex(low)}$ and ${tex(low + unit)}$. Halfway between them is "
                f"${tex(half)}$.",
                half,
                "round-whole",
                "place-value",
            ),
            step(f"${tex(number)}$ {reading} the halfway point, so it rounds to ${tex(key)}$.", key),
        ),
        hints=(
            "Between which two round numbers does the number lie? Rounding picks the nearer one.",
            f"The number halfway between them is ${tex(half)}$. On which side of it is ${tex(number)}$?",
            f"${tex(number)}$ {reading} the halfway point ${tex(half)}$, so it rounds to ${tex(key)}$.",
        ),
        wrong={"always-rounds-down" if up else "always-rounds-up": other},
    )


@family("multiply-whole", easiest=-1.0)
def multiply_by_parts(rng: random.Random, level: int) -> Draft:
    """Multiply with partial products."""
    unit = (10, 100, 10)[level]
    big, small = rng.randrange(2, 10) * unit, rng.randrange(2, unit)
    number, times = big + small, rng.randrange(3, 10) if level < 2 else rng.randrange(12, 60)
    key = number * times
    rows, seats, place = rng.choice(
        [("rows", "seats", "A theater"), ("shelves", "books", "A library"), ("boxes", "pencils", "A school shop")]
    )
    first, second = big * times, small * times
    return Draft(
        text=f"{place} has ${times}$ {rows} with ${number}$ {seats} each. How many {seats} are there altogether?",
        key=key,
        check=f"{number} * {times}",
        steps=(
            step(f"Split ${number} = {big} + {small}$ and take the larger part: ${big} \\times {times} = "
                 f"{tex(first)}$.",
                 first, "multiply-whole", "place-value"),
            step(f"Then the smaller part: ${small} \\times {times} = {tex(second)}$.", second),
            step(f"Add the partial products: ${tex(first)} + {tex(second)} = {tex(key)}$.", key),
        ),
        hints=(
            f"Equal groups call for multiplication: ${number} \\times {times}$.",
            f"Split ${number}$ into ${big} + {small}$ and multiply each part by ${times}$.",
            f"${big} \\times {times} = {tex(first)}$ and ${small} \\times {times} = {tex(second)}$. "
            f"Together they make ${tex(key)}$.",
        ),
        wrong={"forgets-place-zero": first // unit + second, "skips-partial-product": first},
    )  # fmt: skip


@family("divide-remainder", easiest=-0.8)
def share_out(rng: random.Random, level: int) -> Draft:
    """Use quotient and remainder in a story: full groups, the rest, or groups for everyone."""
    size = rng.randrange(3, 10) if level < 2 else rng.randrange(6, 16)
    full, rest = rng.randrange(8, 30), rng.randrange(1, size)
    total, who = size * full + rest, person(rng)
    key = (full, rest, full + 1)[level]
    story = (
        f"{who} packs ${total}$ oranges into bags of ${size}$. How many bags are completely full?",
        f"{who} shares ${total}$ stickers equally among ${size}$ friends, as many as possible to each. How many "
        f"stickers are left over?",
        f"{who} plans a trip for ${total}$ people. A van seats ${size}$ people. How many vans are needed so "
        f"that everyone has a seat?",
    )[level]
    last = (
        [step(f"What is left over does not fill another bag, so ${full}$ bags are full.", key)],
        [],
        [step(f"What is left over needs one more van: ${full} + 1 = {full + 1}$.", key)],
    )[level]
    aim = ("the full groups", "what is left after making equal groups", "enough groups for everyone")[level]
    return Draft(
        text=story,
        key=key,
        check=(f"{total} // {size}", f"{total} % {size}", f"-(-{total} // {size})")[level],
        steps=(
            step(f"The largest multiple of ${size}$ that fits is ${size} \\times {full} = {size * full}$.",
                 size * full, "divide-remainder", "multiply-whole"),
            step(f"What is left over: ${total} - {size * full} = {rest}$.", rest),
            *last,
        ),
        hints=(
            f"This is a division. The question asks for {aim}.",
            f"Which multiple of ${size}$ comes closest to ${total}$ without going over it?",
            f"${total} = {size} \\times {full} + {rest}$. The question asks for {aim}, so the answer is ${key}$.",
        ),
        wrong=({"ignores-leftover": full + 1, "remainder-as-answer": rest},
               {"remainder-as-answer": full},
               {"ignores-leftover": full, "remainder-as-answer": rest})[level],
    )  # fmt: skip


FAMILIES = (digit_value, round_to_place, multiply_by_parts, share_out)
