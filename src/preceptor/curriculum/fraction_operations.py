"""Families on calculating with fractions."""

import math
import random
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.family import Draft, family, step
from preceptor.curriculum.notation import frac, mixed, tex


@family("add-unlike-fractions", easiest=-0.3)
def add_unlike(rng: random.Random, level: int) -> Draft:
    """Add or subtract fractions with different denominators."""
    bottoms = (((2, 4), (2, 6), (3, 6), (4, 8), (5, 10), (3, 9)), ((2, 3), (3, 4), (2, 5), (3, 5), (4, 5), (4, 6)),
               ((3, 5), (4, 6), (6, 8), (5, 6), (4, 7), (6, 9)))[level]  # fmt: skip
    b, d = rng.sample(rng.choice(bottoms), 2)
    first, second = sorted((over(rng, b), over(rng, d)), key=lambda f: Fraction(*f), reverse=True)
    sign = "-" if level == 2 else "+"
    total = Fraction(*first) + (-1 if level == 2 else 1) * Fraction(*second)
    common = math.lcm(b, d)
    tops = [top * common // bottom for top, bottom in (first, second)]
    top = tops[0] - tops[1] if level == 2 else sum(tops)
    formula = f"{frac(*first)} {sign} {frac(*second)}"
    last = f"{frac(tops[0], common)} {sign} {frac(tops[1], common)} = {frac(top, common)}"
    last += f" = {tex(total)}" if total.denominator != common else ""
    across = first[1] - second[1] if level == 2 else b + d
    wrong = {"keeps-old-numerators": Fraction(first[0] + (-second[0] if level == 2 else second[0]), common)}
    if across > 0:
        wrong["adds-across"] = Fraction(first[0] + (-second[0] if level == 2 else second[0]), across)
    return Draft(
        text=f"Work out ${formula}$.",
        key=total,
        check=f"Rational{first} {sign} Rational{second}",
        steps=(
            step(f"The least common denominator of ${first[1]}$ and ${second[1]}$ is ${common}$.", common),
            *(step(f"Rewrite: ${frac(*pair)} = {frac(new, common)}$.", Fraction(*pair), "equivalent-fractions")
              for pair, new in zip((first, second), tops, strict=True) if pair[1] != common),
            step(f"{'Subtract' if level == 2 else 'Add'} the numerators: "
                 f"${last}$.", total, "add-unlike-fractions", "add-like-fractions"),
        ),
        hints=(
            "The parts have different sizes. Make the denominators equal first.",
            f"Rewrite the fractions with the common denominator ${common}$.",
            f"With the common denominator ${common}$: ${formula} = {last}$.",
        ),
        wrong={name: value for name, value in wrong.items() if value > 0},
    )  # fmt: skip


@family("fraction-of-whole", easiest=-0.8)
def fraction_of_amount(rng: random.Random, level: int) -> Draft:
    """Take a fraction of a whole number."""
    if level == 2:
        return _filled_jars(rng)
    a, b = over(rng, rng.randrange(3, (7, 11)[level]))
    part, who = rng.randrange(3, (10, 25)[level]), person(rng)
    amount = part * b
    text = rng.choice([
        f"{who} has read ${frac(a, b)}$ of a book of ${amount}$ pages. How many pages is that?",
        f"A class has planted ${amount}$ seeds, and ${frac(a, b)}$ of them have sprouted. How many seeds is that?",
        f"{who} picked ${amount}$ apples and gave ${frac(a, b)}$ of them away. How many apples is that?",
    ])  # fmt: skip
    work = (
        step(f"Divide into ${b}$ equal parts: ${amount} \\div {b} = {part}$.", part),
        step(
            f"Take ${a}$ such parts: ${a} \\times {part} = {a * part}$.",
            a * part,
            "fraction-of-whole",
            "multiply-whole",
        ),
    )
    return Draft(
        text=text,
        key=a * part,
        check=f"Rational({a}, {b}) * {amount}",
        steps=work,
        hints=(
            "The denominator says into how many equal parts to divide, the numerator how many of them to take.",
            f"Find one part first: divide ${amount}$ by ${b}$.",
            " ".join(step.text for step in work),
        ),
        wrong={"one-part-only": part, "divides-by-numerator": Fraction(amount, a)},
    )  # fmt: skip


def _filled_jars(rng: random.Random) -> Draft:
    a, b = over(rng, rng.randrange(3, 9))
    count = rng.randrange(2, 12)
    key = Fraction(a * count, b)
    simplest = f" = {tex(key)}" if key.denominator != b else ""
    last = f"${count} \\times {frac(a, b)} = {frac(count * a, b)}{simplest}$"
    parts = f"Count the parts of size ${frac(1, b)}$: ${count} \\times {a} = {count * a}$."
    return Draft(
        text=f"{person(rng)} fills ${count}$ jars with ${frac(a, b)}$ of a liter of juice each. "
        "How many liters of juice is that?",
        key=key,
        check=f"Rational({a}, {b}) * {count}",
        steps=(
            step(parts, count * a),
            step(f"So the answer is {last}.", key, "fraction-of-whole", "equivalent-fractions"),
        ),
        hints=(
            "Several times a fraction means more parts of the same size.",
            f"Each jar holds ${a}$ parts of size ${frac(1, b)}$. How many such parts do all the jars hold?",
            f"{parts} So the answer is {last}.",
        ),
        wrong={"numerator-and-denominator-times": Fraction(a, b), "divides-by-numerator": Fraction(count, b)},
    )


@family("multiply-fractions", easiest=-0.4)
def part_of_part(rng: random.Random, level: int) -> Draft:
    """Multiply two fractions."""
    largest = (5, 8, 11)[level]
    (a, b), (c, d) = (over(rng, rng.randrange(2, largest)) for _ in range(2))
    if level == 2:
        a += b
    first, second, key = Fraction(a, b), Fraction(c, d), Fraction(a * c, b * d)
    formula = f"{frac(a, b)} \\times {frac(c, d)}"
    simplest = f" = {tex(key)}" if key.denominator != b * d else ""
    text = (
        f"{person(rng)} has ${frac(c, d)}$ of a cake left and eats ${frac(a, b)}$ of that. Which fraction of "
        f"the whole cake is eaten?"
        if level < 2
        else f"Work out ${mixed(first)} \\times {frac(c, d)}$."
    )
    top = step(f"Multiply the numerators: ${a} \\times {c} = {a * c}$.", a * c)
    change = step(f"Write the mixed number as a fraction: ${mixed(first)} = {frac(a, b)}$.", first, "mixed-numbers")
    return Draft(
        text=text,
        key=key,
        check=f"Rational({a}, {b}) * Rational({c}, {d})",
        steps=(
            *([change] if level == 2 else []),
            top,
            step(f"Multiply the denominators: ${b} \\times {d} = {b * d}$.", b * d),
            step(f"Together: ${formula} = {frac(a * c, b * d)}{simplest}$.", key),
        ),
        hints=(
            "A fraction of something means multiplication."
            if level < 2
            else "First make one fraction of the mixed number.",
            f"Work out ${formula}$: top times top and bottom times bottom.",
            f"${formula} = {frac(a * c, b * d)}{simplest}$.",
        ),
        wrong={"cross-multiplies": first / second, "adds-instead-of-multiplying": Fraction(a + c, b + d)},
    )


@family("divide-fractions", easiest=0.0)
def divide_by_fraction(rng: random.Random, level: int) -> Draft:
    """Divide by a fraction: a whole by a unit fraction, a whole by a fraction, two fractions."""
    b, d = rng.randrange(2, 9), rng.randrange(3, 10)
    a = over(rng, b)[0]
    c = 1 if level == 0 else max(over(rng, d)[0], 2)
    first = Fraction(a, b) if level == 2 else Fraction(rng.randrange(2, 13))
    second = Fraction(c, d)
    key, flipped = first / second, 1 / second
    who = person(rng)
    text = (
        f"{who} cuts ${tex(first)}$ meters of ribbon into pieces of ${tex(second)}$ of a meter. How many pieces "
        f"is that?",
        f"Work out ${tex(first)} \\div {tex(second)}$.",
        f"How many servings of ${tex(second)}$ of a cup are in ${tex(first)}$ of a cup? The answer may be a fraction.",
    )[level]
    times = f"{tex(first)} \\times {tex(flipped)}"
    return Draft(
        text=text,
        key=key,
        check=f"Rational({first.numerator}, {first.denominator}) / Rational({second.numerator}, {second.denominator})",
        steps=(
            step(f"The reciprocal of ${tex(second)}$ is ${tex(flipped)}$.", flipped),
            step(f"Dividing by ${tex(second)}$ is multiplying by its reciprocal: "
                 f"${tex(first)} \\div {tex(second)} = {times} = "
                 f"{tex(key)}$.", key, "divide-fractions", "multiply-fractions"),
        ),
        hints=(
            f"The question is how often ${tex(second)}$ fits into ${tex(first)}$.",
            f"Instead of dividing by ${tex(second)}$, multiply by its reciprocal.",
            f"${tex(first)} \\div {tex(second)} = {times} = {tex(key)}$.",
        ),
        wrong={"no-reciprocal": first * second, "flips-first-fraction": second / first},
    )  # fmt: skip


@family("mixed-numbers", "add-unlike-fractions", easiest=0.2)
def add_mixed(rng: random.Random, level: int) -> Draft:
    """Add two mixed numbers with different denominators."""
    b, d = rng.choice(
        (((2, 4), (3, 6), (2, 6), (4, 8)), ((2, 3), (3, 4), (2, 5)), ((3, 5), (4, 6), (5, 6), (4, 5)))[level]
    )
    (a, _), (c, _) = over(rng, b), over(rng, d)
    wholes = rng.randrange(1, 5 + level), rng.randrange(1, 5 + level)
    first, second = wholes[0] + Fraction(a, b), wholes[1] + Fraction(c, d)
    parts, key = Fraction(a, b) + Fraction(c, d), first + second
    common = math.lcm(b, d)
    rewritten = f"{frac(a * common // b, common)} + {frac(c * common // d, common)}"
    who = person(rng)
    return Draft(
        text=f"{who} hikes ${mixed(first)}$ miles in the morning and ${mixed(second)}$ miles in the afternoon. "
        "How many miles is that altogether? Give the answer as a fraction.",
        key=key,
        check=f"{wholes[0]} + Rational({a}, {b}) + {wholes[1]} + Rational({c}, {d})",
        steps=(
            step(f"Add the wholes: ${wholes[0]} + {wholes[1]} = {sum(wholes)}$.", sum(wholes)),
            step(
                f"Add the fractions: ${frac(a, b)} + {frac(c, d)} = {rewritten} = {tex(parts)}$.",
                parts,
                "add-unlike-fractions",
            ),
            step(f"Together: ${sum(wholes)} + {tex(parts)} = {tex(key)}$.", key),
        ),
        hints=(
            "Wholes and fractions can be added separately.",
            f"The wholes give ${sum(wholes)}$. For the fractions use the common denominator ${common}$.",
            f"The fractions give ${rewritten} = {tex(parts)}$, and ${sum(wholes)} + {tex(parts)} = {tex(key)}$.",
        ),
        wrong={
            "adds-across": sum(wholes) + Fraction(a + c, b + d),
            "keeps-old-numerators": sum(wholes) + Fraction(a + c, common),
        },
    )


def over(rng: random.Random, bottom: int) -> tuple[int, int]:
    """Draw a fraction between 0 and 1 with this denominator, in simplest form."""
    return rng.choice([(top, bottom) for top in range(1, bottom) if math.gcd(top, bottom) == 1])


FAMILIES = (add_unlike, fraction_of_amount, part_of_part, divide_by_fraction, add_mixed)
