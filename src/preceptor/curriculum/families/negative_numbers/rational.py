"""Calculating with negative fractions and decimals."""

import random
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("rational-operations", easiest=0.1)
def add_negative_fractions(rng: random.Random, level: int) -> Draft:
    """Add or subtract negative fractions."""
    p, move = _fractions(rng, level)
    bottom = lcm(p.denominator, move.denominator)
    values: Values = {
        "name": person(rng), "p": p, "dp": -p, "q": move, "minus": -move, "key": p + move, "bottom": bottom,
        "top": -p.numerator * (bottom // p.denominator), "more": move.numerator * (bottom // move.denominator),
    }  # fmt: skip
    change = level == 2
    unsigned = "<dp> + <q>"
    sum_over = r"$\frac{-<top> + <more>}{<bottom>} = <key>$"
    same_bottom = r"$<p> + <q> = -\frac{<top>}{<bottom>} + \frac{<more>}{<bottom>}$"
    return Draft(
        values=values,
        kind=QuestionKind.FRACTION,
        stems=_CHANGED if change else _RAISED,
        key="<key>",
        check="<p> - <minus>" if change else "<p> + <q>",
        steps=(
            *([step("Subtracting $<minus>$ is adding its opposite: $<p> - <minus:guarded> = <p> + <q>$.",
                    "<p> + <q>", "add-integers")] if change else []),
            step(f"Make the denominators equal: {same_bottom}.", "-<top> / <bottom> + <more> / <bottom>",
                 "add-unlike-fractions"),
            step(f"Add the numerators with their signs: {sum_over}.", "<key>"),
        ),
        hints=(
            "Negative fractions follow the same rules for signs as whole numbers.",
            "Turn the subtraction into an addition first. Then find a common denominator." if change
            else "Find a common denominator first. Then add the numerators with their signs.",
            f"With equal denominators {same_bottom}, and {sum_over}.",
        ),
        wrong={
            **({"ignores-double-negative": "<p> - <q>"} if change else {}),
            "first-sign-wins": "-|<p> + <q>|",
            **({} if change else {"adds-sizes-keeps-sign": f"-({unsigned})"}),
            "minus-and-minus-is-plus" if change else "leaves-signs-out": unsigned,
        },
    )  # fmt: skip


def _fractions(rng: random.Random, level: int) -> tuple[Fraction, Fraction]:
    """A negative and a positive fraction whose sum is a fraction; mostly the positive one is larger."""
    upward = rng.random() < 0.75
    while True:
        b = rng.randrange(2, (7, 9, 13)[level])
        d = b * rng.randrange(2, 4) if level == 0 else rng.randrange(2, (7, 9, 13)[level])
        p, q = Fraction(-rng.randrange(1, 2 * b), b), Fraction(rng.randrange(1, 2 * d), d)
        apart = q.denominator % p.denominator == 0 if level == 0 else gcd(b, d) == 1
        fractions = all(value.denominator > 1 for value in (p, q, p + q))
        if apart and fractions and p.denominator != q.denominator and (p + q > 0) == upward and p + q not in (-p, -q):
            return p, q


_RAISED: Stems = {
    Form.BARE: "Work out $<p> + <q>$. Give a fraction.",
    Form.STORY: (
        "The water in a canal stands at $<p>$ meters, measured from a mark. It rises by $<q>$ meters. "
        "At what height does it stand then? Give a fraction of a meter.",
        "<name> stands at $<p>$ on a number line and goes $<q>$ units to the right. Where is <name> then? "
        "Give a fraction.",
    ),
    Form.TABLE: "The table shows the height of the water in a well, measured from a mark. "
    + table(("height before the rain in meters", "<p>"), ("change in meters", "+<q>"), ("height now in meters", "?"))
    + " How high is the water now? Give a fraction of a meter.",
    Form.TRANSFER: "Which fraction replaces the question mark? $? - <q> = <p>$",
}
_CHANGED: Stems = {
    Form.BARE: "Work out $<p> - <minus:guarded>$. Give a fraction.",
    Form.STORY: (
        "Last week the water in a canal stood at $<minus>$ meters, measured from a mark. Now it stands at $<p>$ "
        "meters. By how many meters did it change? Give a fraction, with a minus sign if the water fell.",
        "<name> went along a number line from $<minus>$ to $<p>$. By how much did the number change? "
        "Give a fraction, with a minus sign if the number got smaller.",
    ),
    Form.TABLE: "The table shows the height of the water in a well, measured from a mark. "
    + table(("height before in meters", "<minus>"), ("height now in meters", "<p>"), ("now minus before", "?"))
    + " Which fraction replaces the question mark?",
    Form.TRANSFER: "Which fraction replaces the question mark? $<minus> + ? = <p>$",
}


@family("rational-operations", easiest=0.2)
def multiply_negative_fractions(rng: random.Random, level: int) -> Draft:
    """Multiply negative fractions."""
    p, time, start = _rate(rng, level)
    past = level == 1
    q = -time if past else time
    values: Values = {
        "name": person(rng), "p": p, "q": q, "time": time, "start": start, "size": -p * time, "product": p * q,
        "a": -p.numerator, "b": p.denominator, "c": time.numerator, "d": time.denominator, "key": start + p * q,
    }  # fmt: skip
    swapped = not past and rng.random() < 0.5
    sizes = r"$\frac{<a> \times <c>}{<b> \times <d>} = <size>$"
    product = r"$<p:guarded> \times <q:guarded> = <product>$"
    if swapped:
        sizes = r"$\frac{<c> \times <a>}{<d> \times <b>} = <size>$"
        product = r"$<q> \times <p:guarded> = <product>$"
    last = "$<start> + (<product>) = <key>$"
    added = level == 2
    wrong = {"wrong-product-sign": "-(<p> * <q>)", "adds-factors": "<p> + <q>"}
    if added:
        wrong = {"wrong-product-sign": "<start> - <p> * <q>", "first-sign-wins": "|<start> + <p> * <q>|",
                 "adds-factors": "<start> + <p> + <q>"}  # fmt: skip
    return Draft(
        values=values,
        kind=QuestionKind.FRACTION,
        stems=_RATE_PAST if past else {**_RATES[added], Form.BARE: _PRODUCTS[added][swapped]},
        key="<key>",
        check="<start> + <p> * <q>" if added else "<p> * <q>",
        steps=(
            step(f"Multiply without the signs, top times top and bottom times bottom: {sizes}.", "<size>",
                 "multiply-fractions"),
            step(f"The signs are equal, so the product is positive: {product}." if past
                 else f"The signs are different, so the product is negative: {product}.", "<product>"),
            *([step(f"Add this to the first number: {last}.", "<key>")] if added else []),
        ),
        hints=(
            "Fractions follow the same rules for signs as whole numbers.",
            "First multiply, without the signs. Then find the sign of the product. At the end, add." if added
            else "First multiply, without the signs. Then ask: are the signs equal or different?",
            f"Without the signs {sizes}, so {product}. Then {last}." if added
            else f"Without the signs {sizes}, so {product}.",
        ),
        wrong=wrong,
    )  # fmt: skip


def _rate(rng: random.Random, level: int) -> tuple[Fraction, Fraction, Fraction]:
    """A negative rate, a time and a number to start from; all results are fractions."""
    while True:
        b, d = rng.randrange(2, (7, 10, 7)[level]), rng.randrange(2, (7, 10, 5)[level])
        p, time = Fraction(-rng.randrange(1, 2 * b), b), Fraction(rng.randrange(1, d), d)
        bottom = (p * time).denominator
        start = Fraction(rng.randrange(1, bottom), bottom) if level == 2 and bottom > 1 else Fraction(0)
        key = start + p * time
        fractions = all(value.denominator > 1 for value in (p, time, p * time, key))
        distinct = key not in (p, time, start) and abs(p + time) != -p * time
        if fractions and distinct and (level < 2 or start):
            return p, time, start


_RATE: Stems = {
    Form.STORY: (
        "The water level of a tank changes by $<p>$ centimeters an hour. By how many centimeters does it change in "
        "$<q>$ of an hour? Give a fraction with its sign.",
        "<name> films a snail on a wall. Its height changes by $<p>$ meters an hour. By how many meters does it "
        "change in $<q>$ of an hour? Give a fraction with its sign.",
    ),
    Form.TABLE: "A candle burns down evenly. "
    + table(("time in hours", "1", "<q>"), ("change of height in centimeters", "<p>", "?"))
    + " Which fraction replaces the question mark?",
    Form.TRANSFER: r"Which fraction replaces the question mark? $? \div <q> = <p>$",
}
_RATE_PAST: Stems = {
    Form.BARE: r"Work out $(<p>) \times (<q>)$. Give a fraction.",
    Form.STORY: (
        "The water level of a tank changes by $<p>$ centimeters an hour. Now is hour $0$, so hour $<q>$ is in the "
        "past. How many centimeters higher than now was the water then? Give a fraction.",
        "<name> films a snail on a wall. Its height changes by $<p>$ meters an hour. Now is hour $0$. "
        "How many meters higher was the snail at hour $<q>$? Give a fraction.",
    ),
    Form.TABLE: "A candle burns down evenly. Now is hour $0$. "
    + table(("hour", "0", "1", "<q>"), ("height in centimeters, compared with now", "0", "<p>", "?"))
    + " Which fraction replaces the question mark?",
    Form.TRANSFER: r"Which fraction replaces the question mark? $? \div (<q>) = <p>$",
}
_RATE_FROM_START: Stems = {
    Form.STORY: (
        "The water in a canal stands at $<start>$ meters, measured from a mark. It changes by $<p>$ meters a day. "
        "At what height does it stand after $<q>$ of a day? Give a fraction of a meter.",
        "<name> stands at $<start>$ on a number line. A full jump changes the position by $<p>$, but this jump is only "
        "$<q>$ of a full one. On which fraction does <name> land?",
    ),
    Form.TABLE: "The table shows the height of the water in a canal, measured from a mark. "
    + table(("height now in meters", "<start>"), ("change in one day", "<p>"), ("time in days", "<q>"))
    + " What is the height after this time? Give a fraction of a meter.",
    Form.TRANSFER: r"Which fraction replaces the question mark? $? - <start> = <q> \times (<p>)$",
}
_RATES = (_RATE, _RATE_FROM_START)
_PRODUCTS = (
    (r"Work out $<p> \times <q>$. Give a fraction.", r"Work out $<q> \times (<p>)$. Give a fraction."),
    (
        r"Work out $<start> + (<p>) \times <q>$. Give a fraction.",
        r"Work out $<start> + <q> \times (<p>)$. Give a fraction.",
    ),
)


@family("rational-operations", "multiply-integers", easiest=0.0)
def change_by_decimals(rng: random.Random, level: int) -> Draft:
    """Follow a number that changes by a negative decimal again and again."""
    scale = 100 if level == 2 else 10
    size = Decimal(rng.choice([n for n in range(3, (20, 40, 400)[level]) if n % 10])) / scale
    count = rng.randrange(3, (6, 10, 10)[level])
    product = (size * count).normalize()
    start = product
    while start in (product, product - size):  # then the answer would be 0 or stand in the question
        tenths = rng.choice([n for n in range(3, (40, 99, 900)[level]) if n % 10])
        start = rng.choice((-1, 1)) * Decimal(tenths) / scale
    values: Values = {
        "name": person(rng), "n": count, "size": size, "c": -size, "total": product, "start": start,
        "dstart": abs(start), "product": -product, "key": (start - product).normalize(),
    }  # fmt: skip
    sizes, signed = r"$<n> \times <size> = <total>$", r"$<n> \times (<c>) = <product>$"
    last = "$<start> + (<product>) = <key>$"
    return Draft(
        values=values,
        stems=_AGAIN_AND_AGAIN,
        key="<key>",
        check="<start> + <n> * <c>",
        steps=(
            step(f"Multiply without the sign first: {sizes}.", "<total>", "rational-operations", "multiply-whole"),
            step(f"The signs are different, so the product is negative: {signed}.", "<product>", "multiply-integers"),
            step(f"Add it to the first number: {last}.", "<key>", "rational-operations", "add-integers"),
        ),
        hints=(
            "First find all the changes together, then add them to the number at the start.",
            r"Multiply $<n> \times <size>$ and decide on the sign. Then go left from $<start>$ on the number line.",
            f"First {signed}, then {last}.",
        ),
        wrong={
            "wrong-product-sign": "<start> + <n> * <size>",
            "counts-change-once": "<start> + (<c>)",
            **({"leaves-signs-out": "<dstart> + <n> * <size>"} if start < 0
               else {"first-sign-wins": "|<start> - <n> * <size>|"}),
        },
    )  # fmt: skip


_AGAIN_AND_AGAIN: Stems = {
    Form.BARE: r"Work out $<start> + <n> \times (<c>)$.",
    Form.STORY: (
        "In the evening it is $<start>$ degrees. Every hour the temperature changes by $<c>$ degrees. "
        "How many degrees is it after $<n>$ hours?",
        "A drone in the mountains is at $<start>$ meters, measured from the start. Every second its height changes "
        "by $<c>$ meters. At how many meters is it after $<n>$ seconds?",
        "In a skating contest <name> stands at $<start>$ points. Each of $<n>$ faults changes this by $<c>$ points. "
        "How many points is that after the faults?",
    ),
    Form.TABLE: "The table shows how the temperature changes, by the same amount every hour. "
    + table(("now in degrees", "<start>"), ("change in one hour", "<c>"), ("time in hours", "<n>"))
    + " How many degrees is it after this time?",
    Form.TRANSFER: "<name> stands at $<start>$ on a number line and makes $<n>$ jumps. Every jump is $<size>$ units "
    "long and goes to the left. On which number does <name> land?",
}
