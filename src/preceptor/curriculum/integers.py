"""Families on negative numbers."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.family import Draft, family, step
from preceptor.curriculum.notation import guarded, tex
from preceptor.domain import QuestionKind, Step


@family("order-integers", easiest=-0.9)
def coldest(rng: random.Random, level: int) -> Draft:
    """Choose the least of four numbers around zero."""
    near, far = sorted(rng.sample(range(2, (10, 30, 100)[level]), 2))
    values = [-far, -near, 0, rng.randrange(1, (10, 30, 100)[level])]
    rng.shuffle(values)
    shown = [f"${value}$" for value in values]
    text = rng.choice([
        f"At four places the temperatures are {', '.join(shown[:3])} and {shown[3]} degrees. Which is the lowest?",
        f"Measured from sea level, four places lie at {', '.join(shown[:3])} and {shown[3]} meters. "
        "Which is the lowest?",
    ]) if level < 2 else f"Which of the numbers {', '.join(shown[:3])} and {shown[3]} is the least?"  # fmt: skip
    return Draft(
        text=text,
        key=f"${-far}$",
        kind=QuestionKind.CHOICE,
        check=f"Min({', '.join(map(str, values))})",
        steps=(
            step(f"Negative numbers lie to the left of zero: here ${-far} < 0$ and ${-near} < 0$.", -near),
            step(f"The number further from zero on the left is less: ${-far} < {-near}$.", -far),
        ),
        hints=(
            "Picture the numbers on a number line. The least one lies furthest to the left.",
            "Only the negative numbers lie to the left of zero. Which of them is further from zero?",
            f"${-far}$ lies to the left of ${-near}$, of zero and of the positive number, so ${-far}$ is the least.",
        ),
        wrong={"ignores-sign": f"${-near}$", "zero-is-least": "$0$"},
    )


@family("absolute-value", easiest=-0.7)
def absolute_value(rng: random.Random, level: int) -> Draft:
    """Work with absolute values."""
    a, b = -rng.randrange(4, 40), rng.randrange(2, 30)
    who = person(rng)
    if level == 0:
        return Draft(
            text=f"{who} walks on a number line from ${a}$ to zero. How many units is that?",
            key=-a,
            check=f"Abs({a})",
            steps=(
                step(f"The distance of a number from zero is its absolute value: $|{a}| = {-a}$.", -a),
            ),
            hints=(
                "A distance is never negative.",
                "The distance of a number from zero is called its absolute value. Which part of the number shows it?",
                f"$|{a}| = {-a}$.",
            ),
            wrong={"keeps-sign": a},
        )  # fmt: skip
    sign = "+" if level == 1 else "-"
    key = -a + b if level == 1 else -a - b
    first, second = (a, b) if level == 1 else (a, -b)
    return Draft(
        text=f"Work out $|{first}| {sign} |{second}|$.",
        key=key,
        check=f"Abs({first}) {sign} Abs({second})",
        steps=(
            step(f"Distances from zero: $|{first}| = {-a}$.", -a),
            step(f"In the same way $|{second}| = {b}$.", b),
            step(f"Together: ${-a} {sign} {b} = {key}$.", key),
        ),
        hints=(
            "The bars ask for the distance from zero.",
            f"Replace $|{first}|$ and $|{second}|$ by the distances of ${first}$ and ${second}$ from zero.",
            f"$|{first}| {sign} |{second}| = {-a} {sign} {b} = {key}$.",
        ),
        wrong={"keeps-sign": first + second if level == 1 else first - second},
    )


@family("add-integers", easiest=-0.4)
def add_integers(rng: random.Random, level: int) -> Draft:
    """Add or subtract negative numbers."""
    a, b = rng.randrange(3, 12 + 8 * level), rng.randrange(3, 12 + 8 * level)
    if level == 0:
        start, key = -a, b - a
        text = f"In the morning it is ${start}$ degrees. Then it gets ${b}$ degrees warmer. How many degrees is it now?"
        return _moved(text, start, b, key, [], {"adds-sizes-keeps-sign": -a - b, "drops-minus-sign": abs(key)})
    start = -a if rng.random() < 0.5 else a
    if level == 1:
        rewritten = [step(f"Adding ${-b}$ is subtracting ${b}$: ${start} + ({-b}) = {start} - {b}$.", f"{start} - {b}")]
        wrong = {"drops-minus-sign": start + b, "adds-sizes-keeps-sign": a + b if start > 0 else b - a}
        return _moved(f"Work out ${start} + ({-b})$.", start, -b, start - b, rewritten, wrong)
    rewritten = [
        step(f"Subtracting ${-b}$ is adding its opposite: ${start} - ({-b}) = {start} + {b}$.", f"{start} + {b}")
    ]
    wrong = {"ignores-double-negative": start - b, "drops-minus-sign": a + b}
    return _moved(f"Work out ${start} - ({-b})$.", start, b, start + b, rewritten, wrong)


def _moved(text: str, start: int, move: int, key: int, rewritten: list[Step], wrong: dict[str, int]) -> Draft:
    sign, way = ("+", "right") if move > 0 else ("-", "left")
    done = f"From ${start}$ go ${abs(move)}$ to the {way}: ${start} {sign} {abs(move)} = {key}$."
    return Draft(
        text=text,
        key=key,
        check=f"{start} - ({-move})",
        steps=(*rewritten, step(done, key)) if rewritten else (
            step(f"A rise by ${move}$ is added: start at ${start}$ on the number line.", start), step(done, key)),
        hints=(
            "Picture a number line. Where do you start, and in which direction do you go?",
            rewritten[0].text if rewritten else f"Start at ${start}$ and move ${move}$ units to the {way}.",
            done,
        ),
        wrong=wrong,
    )  # fmt: skip


@family("multiply-integers", easiest=-0.3)
def multiply_integers(rng: random.Random, level: int) -> Draft:
    """Multiply or divide integers with signs."""
    a, b = (rng.choice([-1, 1]) * rng.randrange(2, 10 + 2 * level) for _ in range(2))
    if level == 2:
        return _three_factors(a, b, rng.choice([-1, 1]) * rng.randrange(2, 7))
    b = -abs(b) if a > 0 else b
    divide = level == 1 and rng.random() < 0.6
    top = a * b
    first, second, key = (top, b, a) if divide else (a, b, a * b)
    sign = r"\div" if divide else r"\times"
    size = abs(key)
    sizes = f"{abs(first)} {sign} {abs(second)} = {size}"
    rule = "equal, so the result is positive" if key > 0 else "different, so the result is negative"
    formula = f"{guarded(first)} {sign} {guarded(second)}"
    return Draft(
        text=f"Work out ${formula}$.",
        key=key,
        check=f"Rational({first}, {second})" if divide else f"({first}) * ({second})",
        steps=(
            step(f"Leave the signs out first: ${sizes}$.", size, "multiply-integers", "multiply-whole"),
            step(f"The signs are {rule}: ${formula} = {key}$.", key),
        ),
        hints=(
            "Find the size of the result and its sign separately.",
            "For the size, calculate without the signs. Then ask: are the signs equal or different?",
            f"${sizes}$, and the signs are {rule}: ${formula} = {key}$.",
        ),
        wrong={"wrong-product-sign": -key},
    )


def _three_factors(a: int, b: int, c: int) -> Draft:
    key, pair = a * b * c, a * b
    formula = f"{guarded(a)} \\times {guarded(b)} \\times {guarded(c)}"
    last = f"{guarded(pair)} \\times {guarded(c)} = {tex(key)}"
    return Draft(
        text=f"Work out ${formula}$.",
        key=key,
        check=f"({a}) * ({b}) * ({c})",
        steps=(
            step(f"Multiply the first two, with their signs: ${guarded(a)} \\times {guarded(b)} = {pair}$.", pair),
            step(f"Then multiply by the third: ${last}$.", key),
        ),
        hints=(
            "Multiply two of the numbers first and mind the sign.",
            f"${guarded(a)} \\times {guarded(b)} = {pair}$. What do you get when you multiply this by ${c}$?",
            f"${guarded(a)} \\times {guarded(b)} = {pair}$ and ${last}$.",
        ),
        wrong={"wrong-product-sign": -key, "adds-factors": a + b + c},
    )


@family("evaluate-expressions", "multiply-integers", easiest=0.3)
def evaluate_at_negative(rng: random.Random, level: int) -> Draft:
    """Evaluate an expression at a negative number."""
    a, b, x = rng.randrange(2, 7 + level), rng.randrange(1, 12), -rng.randrange(2, 6 + 2 * level)
    if level == 2:
        a = -a
    product, key = a * x, a * x + b
    return Draft(
        text=f"What is the value of ${a}x + {b}$ for $x = {x}$?",
        key=key,
        check=f"({a}) * ({x}) + {b}",
        steps=(
            step(
                f"Put ${x}$ in place of $x$ and multiply first: ${a} \\times ({x}) = {product}$.",
                product,
                "multiply-integers",
            ),
            step(f"Then add: ${product} + {b} = {key}$.", key, "evaluate-expressions"),
        ),
        hints=(
            "Put the number in place of the letter, in parentheses.",
            f"A number next to a letter means multiplication: start with ${a} \\times ({x})$ and mind the signs.",
            f"${a} \\times ({x}) = {product}$ and ${product} + {b} = {key}$.",
        ),
        wrong={"wrong-product-sign": b - product, "adds-before-multiplying": a * (x + b)},
    )


FAMILIES = (coldest, absolute_value, add_integers, multiply_integers, evaluate_at_negative)
