"""Families on equations and inequalities."""

import random
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.family import Draft, family, step
from preceptor.curriculum.notation import Value, guarded
from preceptor.domain import QuestionKind


@family("one-step-equations", easiest=-0.6)
def one_step(rng: random.Random, level: int) -> Draft:
    """Solve an equation with one operation."""
    a, x = rng.randrange(2, (23, 13, 13)[level]), rng.randrange(3, 30)
    x += a if level == 0 else 0  # so that no side is negative
    left, right, undo, work, wrong = _one_step(a, x)[rng.choice(("+-", "*", "/")[level])]
    key = x * a if level == 2 else x
    slip = ("repeats-operation", "subtracts-coefficient", "repeats-operation")[level]
    return Draft(
        text=f"Solve the equation ${left} = {right}$. What is $x$?",
        key=key,
        check=f"solve(Eq({(f'x / {a}' if level == 2 else left.replace('x', '*x') if level == 1 else left)}, "
        f"{right}), x)[0]",
        steps=(
            step(
                f"To get $x$ alone, {undo}: $x = {work}$.",
                f"x = {work}".replace(r"\times", "*").replace(r"\div", "/"),
            ),
            step(f"So $x = {key}$.", key),
        ),
        hints=(
            "What was done to $x$? Undo it with the opposite operation.",
            f"To get $x$ alone, {undo}.",
            f"$x = {work} = {key}$.",
        ),
        wrong={slip: wrong},
    )


def _one_step(a: int, x: int) -> dict[str, tuple[str, int, str, str, Value]]:
    """Left side, right side, what undoes it, the work and the typical wrong answer, by operation."""
    return {
        "+": (f"x + {a}", x + a, f"subtract ${a}$ from both sides", f"{x + a} - {a}", x + 2 * a),
        "-": (f"x - {a}", x - a, f"add ${a}$ to both sides", f"{x - a} + {a}", x - 2 * a),
        "*": (f"{a}x", a * x, f"divide both sides by ${a}$", f"{a * x} \\div {a}", a * x - a),
        "/": (f"\\frac{{x}}{{{a}}}", x, f"multiply both sides by ${a}$", f"{x} \\times {a}", Fraction(x, a)),
    }


@family("two-step-equations", easiest=-0.1)
def two_step(rng: random.Random, level: int) -> Draft:
    """Solve an equation with two operations."""
    a, b, x = rng.randrange(2, 10), rng.randrange(2, 20), rng.randrange(2, 13)
    if level == 2:
        a, x = -a, rng.choice([-1, 1]) * x
    right = a * x + b
    text = f"Solve the equation ${a}x + {b} = {right}$. What is $x$?"
    if level == 1:
        who = person(rng)
        text = rng.choice([
            f"{who} pays ${right}$ dollars for a skating trip: ${b}$ dollars for the skates and ${a}$ dollars "
            f"for every hour. "
            "How many hours is that?",
            f"{who} has saved ${b}$ dollars and adds ${a}$ dollars every week. After how many weeks is it "
            f"${right}$ dollars?",
        ])  # fmt: skip
    equation = f"${a}x + {b} = {right}$"
    return Draft(
        text=text,
        key=x,
        check=f"solve(Eq({a} * x + {b}, {right}), x)[0]",
        steps=(
            *([step(f"With $x$ for the unknown number: {equation}.", f"{a}*x + {b} = {right}")] if level == 1 else []),
            step(f"In {equation}, subtract ${b}$ from both sides: ${a}x = {right} - {b} = "
                 f"{right - b}$.", f"{a}*x = {right - b}"),
            step(f"Divide both sides by ${a}$: $x = {right - b} \\div {guarded(a)} = {x}$.", x,
                 "two-step-equations", "one-step-equations"),
        ),
        hints=(
            "Undo the operations in reverse order: the one done last comes first."
            if level != 1 else "Call the unknown number $x$ and write the story as an equation.",
            f"In {equation}, first subtract ${b}$ from both sides.",
            f"${a}x = {right - b}$, so $x = {right - b} \\div {guarded(a)} = {x}$.",
        ),
        wrong={"adds-constant-over": Fraction(right + b, a), "forgets-to-divide": right - b},
    )  # fmt: skip


@family("distributive-property", "two-step-equations", easiest=0.4)
def equation_with_parentheses(rng: random.Random, level: int) -> Draft:
    """Solve an equation with parentheses."""
    a, b, x = rng.randrange(2, 9), rng.randrange(2, 12), rng.randrange(2, 12)
    sign = "-" if level and rng.random() < 0.5 else "+"
    x = -x if level == 2 else x
    signed = b if sign == "+" else -b
    right = a * (x + signed)
    undo, back = (
        (f"subtract ${a * b}$ from both sides", f"{right} - {a * b}")
        if sign == "+"
        else (f"add ${a * b}$ to both sides", f"{right} + {a * b}")
    )
    expanded = f"{a}x {sign} {a * b}"
    return Draft(
        text=f"Solve the equation ${a}(x {sign} {b}) = {right}$. What is $x$?",
        key=x,
        check=f"solve(Eq({a} * (x {sign} {b}), {right}), x)[0]",
        steps=(
            step(f"Expand: ${a}(x {sign} {b}) = "
                 f"{expanded}$.", f"{expanded.replace('x', '*x')}", "distributive-property"),
            step(f"In ${expanded} = {right}$, {undo}: ${a}x = {back} = {a * x}$.",
                 f"{a}*x = {a * x}", "two-step-equations"),
            step(f"Divide by ${a}$: $x = {a * x} \\div {a} = {x}$.", x, "two-step-equations"),
        ),
        hints=(
            "First write the equation without parentheses.",
            f"Expanding gives ${expanded} = {right}$. Which operation do you undo first?",
            f"${a}x = {back} = {a * x}$, so $x = {a * x} \\div {a} = {x}$.",
        ),
        wrong={"multiplies-first-term-only": Fraction(right - signed, a),
               "adds-constant-over": Fraction(right + a * signed, a)},
    )  # fmt: skip


@family("rectangles", "two-step-equations", easiest=0.3)
def side_from_perimeter(rng: random.Random, level: int) -> Draft:
    """Find a side of a rectangle from its perimeter."""
    width = rng.randrange(3, (10, 15, 25)[level])
    more = rng.randrange(2, (6, 10, 15)[level])
    length = width + more
    around = 2 * (width + length)
    place = rng.choice(["garden", "playground", "meadow", "parking area"])
    return Draft(
        text=f"A fence of ${around}$ meters goes once around a rectangular {place}. The {place} is ${more}$ meters "
        "longer than it is wide. How many meters wide is it?",
        key=width,
        check=f"solve(Eq(2 * (x + x + {more}), {around}), x)[0]",
        steps=(
            step(f"Call the width $x$. All four sides together: $2x + 2(x + {more}) = 4x + {2 * more}$.",
                 f"4*x + {2 * more}", "rectangles"),
            step(f"In $4x + {2 * more} = {around}$, subtract ${2 * more}$: $4x = {around} - {2 * more} = {4 * width}$.",
                 f"4*x = {4 * width}", "two-step-equations"),
            step(f"Divide by four: $x = {4 * width} \\div 4 = {width}$.", width, "two-step-equations"),
        ),
        hints=(
            "Call the width $x$. How long is the other side, and what are all four sides together?",
            f"The four sides make $4x + {2 * more}$ meters, and that is ${around}$ meters.",
            f"$4x = {around} - {2 * more} = {4 * width}$, so the width is ${4 * width} \\div 4 = {width}$ meters.",
        ),
        wrong={"adds-two-sides-only": Fraction(around - more, 2), "forgets-to-divide": around - 2 * more},
    )  # fmt: skip


@family("inequalities", easiest=0.3)
def inequality(rng: random.Random, level: int) -> Draft:
    """Choose the solution of an inequality."""
    a, b, x = rng.randrange(2, 9), rng.randrange(2, 15), rng.randrange(2, 12)
    if level == 0:
        a = 1
    if level == 2:
        a, x = -a, rng.choice([-1, 1]) * x
    sign = rng.choice("<>")
    turned = "><"["<>".index(sign)]
    right, key_sign = a * x + b, turned if level == 2 else sign
    other = turned if key_sign == sign else sign
    lead = f"{a}x" if a != 1 else "x"
    undone = f"Subtract ${b}$ from both sides: ${lead} {sign} {right - b}$."
    divided = "turn the sign around, because the divisor is negative" if a < 0 else "the sign stays as it is"
    solution = f"$x {key_sign} {x}$"
    last = f"Divide by ${a}$ and {divided}: {solution}."
    if a == 1:
        last = f"No division is needed, so the solution is {solution}."
    return Draft(
        text=f"Which inequality describes all solutions of ${lead} + {b} {sign} {right}$?",
        key=f"$x {key_sign} {x}$",
        kind=QuestionKind.CHOICE,
        check=f"{a} * x + {b} {sign} {right}",
        steps=(
            step(undone, right - b),
            step(last, x),
        ),
        hints=(
            "Solve it like an equation, but watch the sign of the number you divide by.",
            f"First subtract ${b}$ from both sides." + (" Then ask: is the divisor negative?" if a != 1 else ""),
            f"{undone} {last}",
        ),
        wrong={
            "forgets-to-turn-sign" if a < 0 else "turns-sign-needlessly": f"$x {other} {x}$",
            "adds-constant-over": f"$x {key_sign} {(right + b) // a}$",
            "swaps-boundary-sign": f"$x {key_sign} {-x}$",
        },
    )


FAMILIES = (one_step, two_step, equation_with_parentheses, side_from_perimeter, inequality)
