"""Equations with the unknown on both sides."""

import random
from fractions import Fraction

from preceptor.curriculum.draft import Draft, Form, Values, step
from preceptor.curriculum.families.equations.terms import either_sign, linear, product, two_people
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind, Step


@family("multi-step-equations", "combine-like-terms", easiest=0.5)
def unknown_on_both_sides(rng: random.Random, level: int) -> Draft:
    """Give the solution set of an equation with the unknown on both sides."""
    a, c, x, b = _both_sides_numbers(rng, level)
    d = b + (a - c) * x
    values: Values = {
        "a": a, "b": b, "c": c, "d": d, "x": x, "left": linear(a, b), "right": linear(c, d),
        "added": Fraction(d - b, a + c), "near": Fraction(d - b, a), "over": Fraction(d + b, a - c),
    }  # fmt: skip
    return Draft(
        values=values | _collected(a - c, b, c, d) | two_people(rng),
        kind=QuestionKind.SOLUTIONS,
        stems={
            Form.BARE: "Give the solution set of the equation $<left> = <right>$.",
            Form.STORY: _OFFERS if level == 0 else _SAME_NUMBER,
            Form.TABLE: "The table shows what two number machines make of a number $x$. "
            + table(("machine A", "<left>"), ("machine B", "<right>"))
            + " For which $x$ do both machines give the same? Give the solution set.",
            Form.TRANSFER: "On a number line, $<left>$ and $<right>$ lie at the same place. What can $x$ be? "
            "Give the solution set.",
        },
        key="{<x>}",
        check="solutions(Eq(<a> * x + <b>, <c> * x + <d>))",
        steps=(
            *_collect(c, b),
            step(
                r"Divide both sides by $<e>$: $x = <rest> \div <e:guarded> = <x>$. The solution set is $\{<x>\}$.",
                "{<x>}",
                "two-step-equations",
            ),
        ),
        hints=(
            "Write both sides as an equation. Then bring all terms with $x$ to one side.",
            "Take $<cx>$ away from both sides. What is left is an equation with two operations."
            if c > 0
            else "Add $<opposite>$ to both sides. What is left is an equation with two operations.",
            r"$<ex> <b:signed> = <d>$, so $<ex> = <rest>$ and $x = <rest> \div <e:guarded> = <x>$.",
        ),
        wrong={
            "adds-unknowns": "{<added>}",
            "adds-constant-over": "{<over>}",
            "overlooks-second-term": "{<near>}",
        },
    )


def _both_sides_numbers(rng: random.Random, level: int) -> tuple[int, int, int, int]:
    """Both coefficients, which differ by two or more and do not cancel, the solution and the left number."""
    if level == 0:
        c = rng.randint(2, 7)
        return c + rng.randint(2, 6), c, rng.randint(2, 12), rng.randint(2, 20)
    while True:
        a, c = rng.randint(2, 9), rng.randint(2, 9)
        if level == 2:
            a, c = rng.choice(((-a, c), (a, -c), (-a, -c)))
        if abs(a - c) > 1 and a + c:
            return a, c, either_sign(rng, 2, 9 + 3 * level), either_sign(rng, 3, 12 + 9 * level)


def _collected(e: int, b: int, c: int, d: int) -> Values:
    """What the equation `e · x + b = d` is written with after the terms with x were collected."""
    return {
        "e": e, "ex": linear(e, 0), "cx": linear(c, 0), "opposite": linear(-c, 0), "rest": d - b, "size": abs(b),
    }  # fmt: skip


def _collect(c: int, b: int) -> tuple[Step, Step]:
    """Bring the terms with x to the left, then the numbers to the right."""
    both = "Subtract $<cx>$ from" if c > 0 else "Add $<opposite>$ to"
    work = "<d> - <size>" if b > 0 else "<d> + <size>"
    return (
        step(f"{both} both sides: $<ex> <b:signed> = <d>$.", "<e>*x + <b> = <d>",
             "multi-step-equations", "combine-like-terms"),
        step(f"{'Subtract $<size>$ from' if b > 0 else 'Add $<size>$ to'} both sides: $<ex> = {work} = <rest>$.",
             "<e>*x = <rest>", "multi-step-equations"),
    )  # fmt: skip


_OFFERS = (
    "Pool A costs $<b>$ dollars for a card and $<a>$ dollars for each visit. Pool B costs $<d>$ dollars for a card and "
    "$<c>$ dollars for each visit. For how many visits $x$ do both cost the same? Give the solution set.",
    "<name> starts with $<b>$ stickers and gets $<a>$ a week. <other> starts with $<d>$ stickers and gets $<c>$ a "
    "week. After how many weeks $x$ do they have the same number of stickers? Give the solution set.",
    "A bean plant is $<b>$ centimeters tall and grows $<a>$ centimeters a week. A young tree is $<d>$ centimeters tall "
    "and grows $<c>$ centimeters a week. After how many weeks $x$ are they the same height? Give the solution set.",
)
_SAME_NUMBER = (
    "<name> and <other> think of the same number $x$. <name> multiplies it by $<a>$ and adds $<b>$. <other> multiplies "
    "it by $<c>$ and adds $<d>$. Both get the same result. Give the solution set for $x$.",
    "Two computer programs get the same number $x$. One multiplies it by $<a>$ and adds $<b>$, the other multiplies it "
    "by $<c>$ and adds $<d>$. Both show the same. Give the solution set for $x$.",
)


@family("multi-step-equations", "distributive-property", easiest=0.8)
def both_sides_with_parentheses(rng: random.Random, level: int) -> Draft:
    """Solve an equation with parentheses and the unknown on both sides."""
    a, b, c, g, x = _parentheses_numbers(rng, level)
    d = a * b + (a - c) * x
    values: Values = {
        "a": a, "factor_b": b, "c": c, "g": g, "x": x, "d": d, "b": a * b, "less": abs(b), "left": product(a, b),
        "open": linear(a, a * b), "right": product(c, g) if level == 2 else linear(c, d), "right_open": linear(c, d),
    }  # fmt: skip
    machine_b = ("<g:signed>", r"\times <c>") if level == 2 else (r"\times <c>", "<d:signed>")
    return Draft(
        values=values | _collected(a - c, a * b, c, d) | two_people(rng),
        stems={
            Form.BARE: "Solve the equation $<left> = <right>$. What is $x$?",
            Form.STORY: _STORIES[level],
            Form.TABLE: "Two number machines get the same number $x$ and give the same result. "
            + table(("machine", "A", "B"), ("first", "<factor_b:signed>", machine_b[0]),
                    ("then", r"\times <a>", machine_b[1]))
            + " What is $x$?",
            Form.TRANSFER: "The difference of $<left>$ and $<right>$ is zero. What is $x$?",
        },
        key="<x>",
        check=f"solve(Eq(<a> * (x + <factor_b>), {'<c> * (x + <g>)' if level == 2 else '<c> * x + <d>'}))",
        steps=(
            step("Expand: $<left> = <open>$.", "<a>*x + <b>", "distributive-property"),
            *([step("Expand the other side too: $<right> = <right_open>$.", "<c>*x + <d>", "distributive-property")]
              if level == 2 else []),
            *_collect(c, a * b),
            step(r"Divide both sides by $<e>$: $x = <rest> \div <e:guarded> = <x>$.", "<x>", "multi-step-equations"),
        ),
        hints=(
            "Write an equation with $x$ for the unknown number. Expand the parentheses first.",
            "After expanding, bring all terms with $x$ to one side and all other numbers to the other side.",
            r"$<open> = <right_open>$, so $<ex> = <rest>$ and $x = <rest> \div <e:guarded> = <x>$.",
        ),
        wrong={
            "multiplies-first-term-only":
                "(<g> - <factor_b>) / (<a> - <c>)" if level == 2 else "(<d> - <factor_b>) / (<a> - <c>)",
            "adds-unknowns": "(<d> - <b>) / (<a> + <c>)",
            "adds-constant-over": "(<d> + <b>) / (<a> - <c>)",
        },
    )  # fmt: skip


def _parentheses_numbers(rng: random.Random, level: int) -> tuple[int, int, int, int, int]:
    """The numbers of `a(x + b) = cx + d`, or on the hardest level of `a(x + b) = c(x + g)`, with the solution."""
    while True:
        c = rng.randint(2, 6)
        a = c + rng.randint(2, 5) if level < 2 else rng.randint(2, 9)
        b = (rng.randint(2, 9), -rng.randint(2, 6), 0)[level]
        x, g = rng.randint(2 - b if level == 1 else 3, 12 + level * 6), 0
        if level == 2:
            times = either_sign(rng, 1, 4)
            x = either_sign(rng, 2, 12)
            b, g = c * times - x, a * times - x
        if level == 2 and (not b or not g or abs(a - c) < 2 or abs(b) > 25 or abs(g) > 25):
            continue
        if level == 2 or a * b + (a - c) * x > 0:
            return a, b, c, g, x


_STORIES = (
    (
        "A group of $<a>$ friends goes to a museum. Everyone pays the entry and $<factor_b>$ dollars for an audio "
        "guide. Another group of $<c>$ people pays only the entry and, together, $<d>$ dollars for a tour. Both "
        "groups pay the same. How many dollars does one entry cost?",
        "Each of $<a>$ bags holds $<factor_b>$ red marbles and some blue ones. Each of $<c>$ boxes holds as many "
        "marbles as there are blue ones in a bag, and $<d>$ marbles lie beside the boxes. In the bags there are as "
        "many marbles as in and beside the boxes. How many blue marbles are in one bag?",
    ),
    (
        "With a coupon, a ticket is $<less>$ dollars cheaper. <name> pays as much for $<a>$ tickets with coupons as "
        "<other> pays for $<c>$ tickets without coupons and a poster for $<d>$ dollars. "
        "How many dollars does a ticket cost without a coupon?",
        "A full box holds a certain number of pens. <name> has $<a>$ boxes, and $<less>$ pens are missing in each of "
        "them. <other> has $<c>$ full boxes and $<d>$ single pens. Both have the same number of pens. "
        "How many pens are in a full box?",
    ),
    (
        "<name> and <other> think of the same number. <name> adds $<factor_b>$ and multiplies the sum by $<a>$. "
        "<other> adds $<g>$ and multiplies the sum by $<c>$. Both get the same result. What is the number?",
        "Two computer programs get the same number and show the same result. One adds $<factor_b>$ and multiplies the "
        "sum by $<a>$. The other adds $<g>$ and multiplies the sum by $<c>$. What is the number?",
    ),
)
