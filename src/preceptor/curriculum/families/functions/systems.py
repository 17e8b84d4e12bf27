"""Systems of two linear equations."""

import random
from decimal import Decimal
from fractions import Fraction

from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.equations.terms import either_sign, linear, two_people
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind, Step


@family("systems", easiest=0.7)
def solve_system(rng: random.Random, level: int) -> Draft:
    """Solve a system of two linear equations."""
    return (_two_rules, _rule_and_sum, _two_sums)[level](rng)


def _two_rules(rng: random.Random) -> Draft:
    """Two rules for y."""
    c = rng.randint(2, 4)
    a, b, x = c + rng.randint(2, 4), either_sign(rng, 1, 12), either_sign(rng, 1, 7)
    y = a * x + b
    d = y - c * x
    between = Fraction(d - b, a + c)
    values: Values = {
        "a": a, "b": b, "c": c, "d": d, "e": a - c, "rest": d - b, "x": x, "y": y,
        "one": f"y = {linear(a, b)}", "two": f"y = {linear(c, d)}", "left": linear(a, b), "right": linear(c, d),
        "x_added": between, "y_added": a * between + b,
    }  # fmt: skip
    return _system(
        rng,
        values | {"x_other": x + 1, "y_other": y + a},
        "Eq(y, <a> * x + <b>), Eq(y, <c> * x + <d>)",
        "Both right sides are equal to $y$. Write them as one equation and solve it for $x$.",
        (
            step("Both right sides are equal to $y$: $<left> = <right>$.", "<a>*x + <b> = <c>*x + <d>", "systems"),
            step(r"Collect: $<e>x = <rest>$, so $x = <rest> \div <e> = <x>$.", "<x>", "multi-step-equations"),
        ),
        r"$y = <a> \times <x:guarded> <b:signed> = <y>$",
        {"adds-unknowns": "{(<x_added>, <y_added>)}"},
    )


def _rule_and_sum(rng: random.Random) -> Draft:
    """A rule for y and a sum with x and y."""
    a, p, q = rng.randint(2, 4), rng.randint(2, 5), rng.randint(2, 4)
    x, b = either_sign(rng, 1, 8), either_sign(rng, 1, 9)
    b += b == -a * x  # so that y is not 0
    y = a * x + b
    r, e = p * x + q * y, p + q * a
    wrongly = Fraction(r - b, e)
    values: Values = {
        "a": a, "b": b, "p": p, "q": q, "r": r, "e": e, "qb": q * b, "rest": r - q * b, "x": x, "y": y,
        "one": f"y = {linear(a, b)}", "two": f"{p}x + {q}y = {r}", "rule": linear(a, b),
        "x_first": wrongly, "y_first": a * wrongly + b,
    }  # fmt: skip
    return _system(
        rng,
        values | {"x_other": x + 1, "y_other": y + a},
        "Eq(y, <a> * x + <b>), Eq(<p> * x + <q> * y, <r>)",
        "One equation tells what $y$ is. Put that into the other equation, in parentheses.",
        (
            step("Put the first equation into the second: $<p>x + <q>(<rule>) = <r>$.",
                 "<p>*x + <q>*(<a>*x + <b>) = <r>", "systems"),
            step(r"Expand and collect: $<e>x = <r> - <qb:guarded> = <rest>$, so $x = <rest> \div <e> = <x>$.", "<x>",
                 "multi-step-equations"),
        ),
        r"$y = <a> \times <x:guarded> <b:signed> = <y>$",
        {"multiplies-first-term-only": "{(<x_first>, <y_first>)}"},
    )  # fmt: skip


def _two_sums(rng: random.Random) -> Draft:
    """A sum and a difference in which y disappears when they are added."""
    p, q, s = rng.randint(2, 7), rng.randint(2, 6), rng.randint(2, 7)
    x, y = either_sign(rng, 2, 9), either_sign(rng, 2, 9)
    r, t = p * x + q * y, s * x - q * y
    left_only = Fraction(r, p + s)
    values: Values = {
        "p": p, "q": q, "s": s, "r": r, "t": t, "e": p + s, "rest": r + t, "x": x, "y": y, "qy": q * y,
        "one": f"{p}x + {q}y = {r}", "two": f"{s}x - {q}y = {t}", "x_left": left_only,
        "y_left": (r - p * left_only) / q,
    }  # fmt: skip
    return _system(
        rng,
        values | {"x_other": x + q, "y_other": y - p},
        "Eq(<p> * x + <q> * y, <r>), Eq(<s> * x - <q> * y, <t>)",
        "One equation adds a multiple of $y$, the other takes the same multiple away. What if you add the equations?",
        (
            step("Add the equations, then $y$ disappears: $<e>x = <r> + <t:guarded> = <rest>$.", "<e>*x = <rest>",
                 "systems"),
            step(r"Divide: $x = <rest> \div <e> = <x>$.", "<x>", "multi-step-equations"),
        ),
        r"$<q>y = <r> - <p> \times <x:guarded> = <qy>$, so $y = <qy> \div <q> = <y>$",
        {"adds-left-sides-only": "{(<x_left>, <y_left>)}"},
    )  # fmt: skip


def _system(
    rng: random.Random,
    values: Values,
    check: str,
    hint: str,
    steps: tuple[Step, ...],
    find_y: str,
    wrong: dict[str, str],
) -> Draft:
    """The draft of a system of the equations `<one>` and `<two>`.

    Args:
        rng: The source of chance.
        values: The values, with a pair `<x_other>`, `<y_other>` that solves the first equation only.
        check: Both equations for sympy.
        hint: The second hint.
        steps: The steps as far as x.
        find_y: How y is found from x.
        wrong: What goes wrong in this sort of system only.
    """
    return Draft(
        values=values | two_people(rng),
        kind=QuestionKind.SOLUTIONS,
        stems=_SYSTEM,
        key="{(<x>, <y>)}",
        check=f"solutions([{check}], x, y)",
        steps=(
            *steps,
            step(rf"Put $x$ in to find $y$: {find_y}. The solution set is $\{{(<x>, <y>)\}}$.", "{(<x>, <y>)}",
                 "systems"),
        ),
        hints=(
            "Both equations hold for the same $x$ and $y$. Make one unknown disappear first.",
            hint,
            rf"$x = <x>$, and {find_y}. So the solution set is $\{{(<x>, <y>)\}}$.",
        ),
        wrong={
            "swaps-unknowns": "{(<y>, <x>)}",
            "fits-one-equation-only": "{(<x_other>, <y_other>)}",
            **wrong,
        },
    )  # fmt: skip


_SET = " Give the solution set, each pair as $(x, y)$."
_SYSTEM: Stems = {
    Form.BARE: f"Solve the system of the equations $<one>$ and $<two>$.{_SET}",
    Form.STORY: (
        f"<name> thinks of two numbers $x$ and $y$ and gives two clues: $<one>$ and $<two>$. "
        f"Which numbers are they?{_SET}",
        "<name> and <other> each know one fact about the same two numbers. <name> knows that $<one>$. <other> knows "
        f"that $<two>$. Together they can find both numbers.{_SET}",
    ),
    Form.TABLE: "The table shows two equations for the same numbers $x$ and $y$. "
    + table(("first", "<one>"), ("second", "<two>"))
    + _SET,
    Form.TRANSFER: f"<name> draws two lines with the equations $<one>$ and $<two>$. Where do they cross?{_SET}",
}


@family("systems", "multi-step-equations", easiest=0.8)
def two_prices(rng: random.Random, level: int) -> Draft:
    """Find how many there are of each of two kinds, by a system of equations."""
    b = Decimal(rng.randint(2, 5 + 2 * level))
    a = b + rng.randint(2, 4 + 2 * level) + (Decimal("0.5") if level == 2 else 0)
    x = rng.randint(2, (10, 20, 40)[level])
    y = x + 2 * rng.choice((-1, 1)) * rng.randint(1, 4 + 3 * level)
    if y < 2:
        y = x + 2 * rng.randint(1, 5)  # an even number in all, but never equally many
    numbers = {"a": a, "b": b, "total": a * x + b * y, "e": a - b, "bn": b * (x + y), "rest": (a - b) * x}
    values: Values = {name: number.normalize() for name, number in numbers.items()}
    values |= {"n": x + y, "x": x}
    return Draft(
        values=values | two_people(rng),
        stems=_PRICES,
        key="<x>",
        check="solve([Eq(x + y, <n>), Eq(<a> * x + <b> * y, <total>)], x, y)[0]",
        steps=(
            step("Let $x$ be the number that is asked for and $y$ the other one. From $x + y = <n>$ follows "
                 "$y = <n> - x$.", "y = <n> - x", "systems"),
            step("Put that into the second equation: $<a>x + <b>(<n> - x) = <total>$.",
                 "<a>*x + <b>*(<n> - x) = <total>", "systems"),
            step("Expand and collect: $<e>x + <bn> = <total>$, so $<e>x = <total> - <bn> = <rest>$.", "<e>*x = <rest>",
                 "multi-step-equations"),
            step(r"Divide both sides by $<e>$: $x = <rest> \div <e> = <x>$.", "<x>", "multi-step-equations"),
        ),
        hints=(
            "There are two equations: one for how many there are, and one for the total.",
            "Use the first equation to write one unknown with the other one. Put that into the second equation.",
            r"$<a>x + <b>(<n> - x) = <total>$, so $<e>x = <rest>$ and $x = <x>$.",
        ),
        wrong={
            "answers-other-unknown": "(<a> * <n> - <total>) / (<a> - <b>)",
            "same-number-of-each": "<n> / 2",
            "multiplies-first-term-only": "(<total> - <b> * <n>) / (<a> - 1)",
        },
        letters={"x": "<x>", "y": "<n> - <x>"},
    )  # fmt: skip


_PRICES: Stems = {
    Form.BARE: "For two numbers, $x + y = <n>$ and $<a>x + <b>y = <total>$. What is $x$?",
    Form.STORY: (
        "A theater sells $<n>$ tickets for $<total:money>$ dollars. An adult ticket costs $<a:money>$ dollars, a "
        "child ticket $<b:money>$ dollars. How many adult tickets does it sell?",
        "<name> buys $<n>$ plants for $<total:money>$ dollars, some roses for $<a:money>$ dollars each and some herbs "
        "for $<b:money>$ dollars each. How many roses is that?",
    ),
    Form.TABLE: "At a flea market, <name> sells $<n>$ things for $<total:money>$ dollars in all. "
    + table(("thing", "book", "comic"), ("dollars each", "<a:money>", "<b:money>"))
    + " How many books are among them?",
    Form.TRANSFER: "A stack of $<n>$ boards is $<total>$ millimeters high. Thick boards measure $<a>$ millimeters, "
    "thin ones $<b>$ millimeters. <name> counts the thick ones. How many are there?",
}
