"""Families on the idea of a fraction: equal size, order, mixed numbers, like denominators."""

import math
import random
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.family import Draft, family, step
from preceptor.curriculum.notation import frac, mixed, tex
from preceptor.domain import QuestionKind

TRIOS = (
    ((2, 4, 8), (2, 5, 10), (2, 6, 12), (3, 4, 12), (4, 6, 12), (3, 6, 12)),
    ((3, 5, 15), (3, 4, 8), (4, 6, 8), (3, 8, 12), (4, 5, 10), (2, 5, 8)),
    ((5, 6, 10), (5, 8, 10), (3, 5, 12), (4, 5, 6), (4, 6, 9), (5, 6, 12)),
)  # denominators to compare, by level


@family("equivalent-fractions", easiest=-1.1)
def missing_numerator(rng: random.Random, level: int) -> Draft:
    """Fill in the numerator of an equal fraction."""
    a, b = _proper(rng, 9)
    start, goal = ((1, rng.randrange(2, 6)), (rng.randrange(3, 9), 1), rng.sample((2, 3, 4, 5), 2))[level]
    top, bottom, aim, key = a * start, b * start, b * goal, a * goal
    work = []
    if start > 1:
        work.append(step(
            f"Divide top and bottom by ${start}$: ${frac(top, bottom)} = {frac(a, b)}$.", Fraction(a, b)))  # fmt: skip
    if goal > 1:
        work.append(step(
            f"The denominator grows ${goal}$ times: ${b} \\times {goal} = {aim}$.", aim,
            "equivalent-fractions", "multiply-whole"))  # fmt: skip
        work.append(step(f"The numerator has to grow as much: ${a} \\times {goal} = {key}$.", key))
    else:
        work.append(step(f"The missing numerator is ${key}$.", key))
    return Draft(
        text=f"Which number replaces the question mark? ${frac(top, bottom)} = {frac('?', aim)}$",
        key=key,
        check=f"Rational({top}, {bottom}) * {aim}",
        steps=tuple(work),
        hints=(
            "Equal fractions: multiply or divide top and bottom by the same number.",
            f"By which number do you get from the denominator ${bottom}$ to the denominator ${aim}$?"
            if level < 2
            else f"First write ${frac(top, bottom)}$ in simplest form, then look at the denominator ${aim}$.",
            f"${frac(top, bottom)} = {frac(key, aim)}$, so the missing numerator is ${key}$.",
        ),
        wrong={"adds-same-number": max(top + aim - bottom, 0), "keeps-numerator": top},
    )


@family("compare-fractions", easiest=-0.7)
def greatest_fraction(rng: random.Random, level: int) -> Draft:
    """Choose the greatest of three fractions."""
    trio = [(rng.randrange(1, bottom), bottom) for bottom in rng.choice(TRIOS[level])]
    rng.shuffle(trio)
    key = max(trio, key=lambda f: Fraction(*f))
    chosen = {
        "larger-denominator-larger": max(trio, key=lambda f: f[1]),
        "smaller-denominator-larger": min(trio, key=lambda f: f[1]),
        "compares-numerators": max(trio, key=lambda f: (f[0], Fraction(*f))),
        "compares-missing-parts": min(trio, key=lambda f: (f[1] - f[0], -Fraction(*f))),
    }
    common = math.lcm(*(bottom for _, bottom in trio))
    tops = [a * common // b for a, b in trio]
    shown = " or ".join(f"${frac(*f)}$" for f in trio)
    return Draft(
        text=f"Which of these fractions is the greatest: {shown.replace(' or ', ', ', 1)}?",
        key=f"${frac(*key)}$",
        kind=QuestionKind.CHOICE,
        check="Max(" + ", ".join(f"Rational({a}, {b})" for a, b in trio) + ")",
        steps=(
            step(f"A common denominator of all three is "
                 f"${common}$.", common, "compare-fractions", "equivalent-fractions"),
            *(step(f"${frac(a, b)} = {frac(top, common)}$.", Fraction(a, b), "equivalent-fractions")
              for (a, b), top in zip(trio, tops, strict=True) if b != common),
            step(f"The largest numerator is ${max(tops)}$, so ${frac(*key)}$ is the greatest.", Fraction(*key)),
        ),
        hints=(
            "Fractions are easy to compare when their parts have the same size.",
            "Rewrite all three with a common denominator. Then the numerators can be compared.",
            f"With the denominator ${common}$ the numerators are {', '.join(f'${top}$' for top in tops)}, "
            f"in the order given. So ${frac(*key)}$ is the greatest.",
        ),
        wrong={name: f"${frac(*choice)}$" for name, choice in chosen.items()},
    )  # fmt: skip


@family("add-like-fractions", easiest=-1.1)
def add_like(rng: random.Random, level: int) -> Draft:
    """Add two or three fractions with one denominator."""
    bottom = rng.randrange(4, 13)
    while True:
        tops = [rng.randrange(1, bottom) for _ in range(3 if level == 2 else 2)]
        if (sum(tops) < bottom) == (level == 0):
            break
    total = Fraction(sum(tops), bottom)
    terms = " + ".join(frac(top, bottom) for top in tops)
    who = person(rng)
    walks = " and then ".join(f"${frac(top, bottom)}$" for top in tops)
    added = " + ".join(map(str, tops))
    equal = f" = {tex(total)}" if total.denominator != bottom else ""
    return Draft(
        text=f"{who} walks {walks} of a mile. How many miles is that altogether?",
        key=total,
        check=" + ".join(f"Rational({top}, {bottom})" for top in tops),
        steps=(
            step(f"All parts have the same size, so count them: ${added} = {sum(tops)}$.", sum(tops)),
            step(f"Keep the denominator: ${terms} = {frac(sum(tops), bottom)}{equal}$.", total,
                 "add-like-fractions", "equivalent-fractions"),
        ),
        hints=(
            "All these parts have the same size. What does the denominator tell you about them?",
            f"Add the numerators, ${added}$, and think about whether the size of the parts changes.",
            f"${terms} = {frac(sum(tops), bottom)}{equal}$.",
        ),
        wrong={"adds-denominators": Fraction(sum(tops), bottom * len(tops))},
    )  # fmt: skip


@family("mixed-numbers", easiest=-0.9)
def exchange_wholes(rng: random.Random, level: int) -> Draft:
    """Exchange wholes for parts, or parts for wholes."""
    top, bottom = _proper(rng, (6, 12, 9)[level])
    whole = rng.randrange(2, (5, 10, 10)[level])
    parts = whole * bottom + top
    amount = Fraction(parts, bottom)
    if level == 2:
        return _count_wholes(amount, whole)
    return Draft(
        text=f"Which number replaces the question mark? ${mixed(amount)} = {frac('?', bottom)}$",
        key=parts,
        check=f"({whole} + Rational({top}, {bottom})) * {bottom}",
        steps=(
            step(f"Each whole is ${frac(bottom, bottom)}$, so ${whole}$ wholes give ${whole} \\times {bottom} = "
                 f"{whole * bottom}$ parts.", whole * bottom),
            step(f"Add the ${top}$ parts that are already there: ${whole * bottom} + {top} = {parts}$.",
                 parts, "mixed-numbers", "add-like-fractions"),
        ),
        hints=(
            f"How many parts of size ${frac(1, bottom)}$ make one whole?",
            f"Exchange the ${whole}$ wholes for parts first. Then add the parts that are already there.",
            f"${whole} \\times {bottom} + {top} = {parts}$, so ${mixed(amount)} = {frac(parts, bottom)}$.",
        ),
        wrong={"adds-whole-to-numerator": whole + top, "drops-fraction-part": whole * bottom},
    )  # fmt: skip


def _count_wholes(amount: Fraction, whole: int) -> Draft:
    parts, bottom = amount.numerator, amount.denominator
    top = parts - whole * bottom
    return Draft(
        text=f"How many wholes are in ${frac(parts, bottom)}$? Give the number that replaces the question "
        f"mark: ${frac(parts, bottom)} = ?{frac(top, bottom)}$",
        key=whole,
        check=f"{parts} // {bottom}",
        steps=(
            step(f"One whole is ${frac(bottom, bottom)}$. The largest multiple of ${bottom}$ in ${parts}$ is "
                 f"${bottom} \\times {whole} = {whole * bottom}$.", whole * bottom),
            step(f"So ${frac(parts, bottom)} = {mixed(amount)}$, which has ${whole}$ wholes.", whole),
        ),
        hints=(
            "How many of these parts make one whole?",
            f"Divide ${parts}$ by ${bottom}$. The quotient counts the wholes.",
            f"${parts} = {bottom} \\times {whole} + {top}$, so ${frac(parts, bottom)} = {mixed(amount)}$ "
            f"and the missing number is ${whole}$.",
        ),
        wrong={"rest-as-wholes": top},
    )  # fmt: skip


def _proper(rng: random.Random, largest: int) -> tuple[int, int]:
    """Draw a fraction between 0 and 1 in simplest form."""
    while True:
        bottom = rng.randrange(3, largest + 1)
        top = rng.randrange(1, bottom)
        if math.gcd(top, bottom) == 1:
            return top, bottom


FAMILIES = (missing_numerator, greatest_fraction, add_like, exchange_wholes)
