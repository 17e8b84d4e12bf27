"""Families on writing, evaluating and rewriting expressions."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.family import Draft, family, step
from preceptor.domain import QuestionKind


@family("write-expressions", easiest=-0.5)
def words_to_expression(rng: random.Random, level: int) -> Draft:
    """Write an expression for a description in words."""
    letter = rng.choice("nxkm")
    text, key, check, wrong, (start, result), aim = (_one_operation, _fixed_and_growing, _grouped)[level](rng, letter)
    shown = key.replace("*", "")
    return Draft(
        text=f"{text} Write an expression with ${letter}$.",
        key=key,
        kind=QuestionKind.EXPRESSION,
        check=check,
        steps=(step(start, result), step(f"The expression is ${shown}$.", key)),
        hints=(
            f"Try a simple number in place of ${letter}$. What would you calculate?",
            aim,
            f"{start} The expression is ${shown}$.",
        ),
        wrong=wrong,
    )


Story = tuple[str, str, str, dict[str, str], tuple[str, str], str]  # text, key, check, wrong, first step, hint


def _one_operation(rng: random.Random, letter: str) -> Story:
    a, who = rng.randrange(2, 13), person(rng)
    start = f"The amount to start from is ${letter}$.", letter
    aim = f"Which operation is done with ${letter}$, and which of the two comes first?"
    if rng.random() < 0.3:
        text = f"{who} shares ${letter}$ stickers equally among ${a}$ friends. How many stickers does each friend get?"
        return text, f"{letter}/{a}", f"{letter} * Rational(1, {a})", {"reverses-order": f"{a}/{letter}"}, start, aim
    text = rng.choice([
        f"{who} is ${a}$ years younger than a friend who is ${letter}$ years old. How old is {who}?",
        f"{who} takes ${a}$ books away from a shelf with ${letter}$ books. How many books are left?",
        f"What is ${a}$ less than the number ${letter}$?",
    ])  # fmt: skip
    return text, f"{letter} - {a}", f"-{a} + {letter}", {"reverses-order": f"{a} - {letter}"}, start, aim


def _fixed_and_growing(rng: random.Random, letter: str) -> Story:
    a, b = rng.sample(range(2, 13), 2)
    what, one, many, way = rng.choice([
        ("A taxi costs", "mile", "miles", "The trip is {} miles long."),
        ("A boat rental costs", "hour", "hours", "The trip takes {} hours."),
        ("A climbing hall charges", "visit", "visits", "There are {} visits in a month."),
    ])  # fmt: skip
    length = way.format(f"${letter}$")
    text = f"{what} ${b}$ dollars once and ${a}$ dollars for every {one}. {length} What is the cost in dollars?"
    wrong = {"swaps-fixed-and-variable": f"{a} + {b}*{letter}"}
    aim = f"Which part of the cost grows with every {one}, and which part is paid only once?"
    start = f"The {many} cost ${a}{letter}$ dollars.", f"{a}*{letter}"
    return text, f"{a}*{letter} + {b}", f"{b} + {letter} * {a}", wrong, start, aim


def _grouped(rng: random.Random, letter: str) -> Story:
    a, b = rng.sample(range(2, 13), 2)
    who = person(rng)
    text = rng.choice([
        f"{who} adds ${b}$ to the number ${letter}$ and then multiplies the result by ${a}$. What is the final result?",
        f"A sandwich costs ${letter}$ dollars and a drink ${b}$ dollars. {who} buys ${a}$ of both. What is the "
        f"cost in dollars?",
    ])  # fmt: skip
    wrong = {"forgets-grouping": f"{a}*{letter} + {b}"}
    start = f"First comes the sum, ${letter} + {b}$.", f"{letter} + {b}"
    aim = "The sum is multiplied as a whole. How do you show that in writing?"
    return text, f"{a}*({letter} + {b})", f"{a} * {letter} + {a * b}", wrong, start, aim


@family("evaluate-expressions", easiest=-0.5)
def evaluate(rng: random.Random, level: int) -> Draft:
    """Evaluate an expression at a positive number."""
    a, b, x = rng.randrange(2, 10), rng.randrange(2, 13), rng.randrange(2, 10)
    squared = level == 2
    value = x * x if squared else x
    sign = rng.choice("+-") if level else "+"
    product = a * value
    key = product + b if sign == "+" else product - b
    power = f"Powers come first: ${x}^2 = {value}$."
    formula = f"{a}{'x^2' if squared else 'x'} {sign} {b}"
    wrong = {"doubles-instead-of-squaring": a * 2 * x + (b if sign == "+" else -b)} if squared else {
        "writes-digits-together": int(f"{a}{x}") + (b if sign == "+" else -b)}  # fmt: skip
    wrong["adds-before-multiplying"] = a * (value + b if sign == "+" else value - b)
    return Draft(
        text=f"What is the value of ${formula}$ for $x = {x}$?",
        key=key,
        check=f"{a} * {x}**{2 if squared else 1} {sign} {b}",
        steps=(
            *([step(power, value, "exponents")] if squared else []),
            step(f"Multiply: ${a} \\times {value} = {product}$.", product),
            step(f"Then {'add' if sign == '+' else 'subtract'}: ${product} {sign} {b} = {key}$.", key,
                 "evaluate-expressions", "order-of-operations"),
        ),
        hints=(
            "Put the number in place of the letter. A number next to a letter means multiplication.",
            f"{power} Then multiply by ${a}$." if squared else f"Start with ${a} \\times {x}$.",
            f"${a} \\times {value} = {product}$ and ${product} {sign} {b} = {key}$.",
        ),
        wrong=wrong,
    )  # fmt: skip


@family("distributive-property", easiest=-0.2)
def expand(rng: random.Random, level: int) -> Draft:
    """Choose the expression without parentheses."""
    a, b, c = rng.randrange(2, 10), rng.randrange(2, 10), (1, 1, rng.randrange(2, 6))[level]
    sign = "+" if level == 0 else rng.choice("+-")
    inner = f"{c if c > 1 else ''}x"
    lead = a * c
    formula, key = f"{a}({inner} {sign} {b})", f"{lead}x {sign} {a * b}"
    return Draft(
        text=f"Which expression is equal to ${formula}$ for every $x$?",
        key=f"${key}$",
        kind=QuestionKind.CHOICE,
        check=f"{a} * ({c} * x {sign} {b})",
        steps=(
            step(f"Multiply the first term: ${a} \\times {inner} = {lead}x$.", f"{lead}*x"),
            step(f"Multiply the second term: ${a} \\times {b} = {a * b}$.", a * b),
            step(f"Together: ${formula} = {key}$.", f"{lead}*x {sign} {a * b}"),
        ),
        hints=(
            "The factor in front of the parentheses belongs to every term inside.",
            f"Multiply ${inner}$ by ${a}$, then multiply ${b}$ by ${a}$ as well.",
            f"${formula} = {key}$.",
        ),
        wrong={
            "multiplies-first-term-only": f"${lead}x {sign} {b}$",
            "multiplies-last-term-only": f"${inner} {sign} {a * b}$",
            "adds-factor-to-number": f"${lead}x {sign} {a + b}$",
        },
    )


@family("combine-like-terms", easiest=-0.1)
def perimeter_expression(rng: random.Random, level: int) -> Draft:
    """Add up sides that contain a letter."""
    sides = [(rng.randrange(1, 7), rng.randrange(0 if i else 1, 9)) for i in range(3 + (level > 0))]
    if level == 2:
        sides = [(a, b if i % 2 else -b) for i, (a, b) in enumerate(sides)]
    shown = [_linear(a, b) for a, b in sides]
    lead, constant = sum(a for a, _ in sides), sum(b for _, b in sides)
    key = _linear(lead, constant)
    shape = "triangle" if level == 0 else "four-sided garden"
    leads = " + ".join(f"{a if a > 1 else ''}x" for a, _ in sides)
    numbers = " + ".join(f"({b})" if b < 0 else str(b) for _, b in sides if b)
    return Draft(
        text=f"The sides of a {shape} are {', '.join(f'${side}$' for side in shown[:-1])} and ${shown[-1]}$ feet long. "
        "Write the distance around it with as few terms as possible.",
        key=key.replace("x", "*x"),
        kind=QuestionKind.EXPRESSION,
        check=" + ".join(f"{a} * x + ({b})" for a, b in sides),
        steps=(
            step(f"Count the terms with $x$: ${leads} = {lead}x$.", f"{lead}*x"),
            step(f"Add the plain numbers: ${numbers} = {constant}$.", constant, "combine-like-terms", "add-integers"),
            step(f"Together: ${key}$.", key.replace("x", "*x")),
        ),
        hints=(
            "Add all sides. Terms with $x$ and plain numbers are two different kinds of things.",
            "Add the numbers in front of the letters first, then the plain numbers.",
            f"${leads} = {lead}x$ and ${numbers} = {constant}$, so the distance around is ${key}$ feet.",
        ),
        wrong={"combines-unlike-terms": f"{lead + constant}*x", "loses-single-letter": f"{lead + constant}"},
    )


@family("distributive-property", "combine-like-terms", easiest=0.3)
def expand_and_combine(rng: random.Random, level: int) -> Draft:
    """Expand parentheses and combine like terms."""
    a, b = rng.randrange(2, 6 + level), rng.randrange(2, 10)
    c, d = rng.randrange(2, 8), (0, rng.randrange(1, 10), -rng.randrange(1, 10))[level]
    lead, constant = a + c, a * b + d
    who, key = person(rng), _linear(lead, constant)
    tail = f" {'+' if d > 0 else '-'} {abs(d)}" if d else ""
    expanded = f"{a}x + {a * b} + {c}x{tail}"
    extra = ("", f" and pays a fee of ${abs(d)}$ dollars", f" and uses a voucher worth ${abs(d)}$ dollars")[level]
    return Draft(
        text=f"{who} buys ${a}$ tickets for $x + {b}$ dollars each, then ${c}$ drinks for $x$ dollars each{extra}. "
        "Write the total cost with as few terms as possible.",
        key=key.replace("x", "*x"),
        kind=QuestionKind.EXPRESSION,
        check=f"{a} * (x + {b}) + {c} * x + ({d})",
        steps=(
            step(f"Expand: ${a}(x + {b}) = {a}x + {a * b}$.", f"{a}*x + {a * b}", "distributive-property"),
            step(f"Combine: ${expanded} = {key}$.", key.replace("x", "*x"), "combine-like-terms"),
        ),
        hints=(
            f"Write the cost of the tickets as ${a}(x + {b})$ and the cost of the drinks as ${c}x$.",
            f"Expand first: ${a}(x + {b}) = {a}x + {a * b}$. Which terms belong together?",
            f"${expanded} = {key}$.",
        ),
        wrong={
            "multiplies-first-term-only": _linear(lead, b + d).replace("x", "*x"),
            "combines-unlike-terms": f"{lead + constant}*x",
        },
    )


def _linear(lead: int, constant: int) -> str:
    """Write lead·x + constant as LaTeX."""
    tail = f" {'+' if constant > 0 else '-'} {abs(constant)}" if constant else ""
    return f"{lead if lead > 1 else ''}x{tail}"


FAMILIES = (words_to_expression, evaluate, expand, perimeter_expression, expand_and_combine)
