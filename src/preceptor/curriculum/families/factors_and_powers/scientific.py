"""Scientific notation: reading it, choosing it and multiplying in it."""

import random
from decimal import Decimal

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.notation import Number, answer
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("scientific-notation", easiest=0.1)
def write_out_scientific(rng: random.Random, level: int) -> Draft:
    """Write a number in scientific notation as a plain number."""
    decimals = 2 if level == 1 else 1
    front = _front(rng, decimals)
    exponent = -rng.randrange(2, 6) if level == 2 else rng.randrange(2 + level, 6 + 2 * level)
    values: Values = {
        "front": front,
        "exponent": exponent,
        "number": _scaled(front, exponent),
        "places": abs(exponent),
        "whole": _scaled(front, decimals),
        "name": person(rng),
    }
    small = exponent < 0
    return Draft(
        values=values,
        stems=_WRITE_OUT_SMALL if small else _WRITE_OUT_LARGE,
        key="<number>",
        check="<front> * 10**<exponent>",
        steps=(
            step("The exponent $<exponent>$ is negative, so the point moves $<places>$ places to the left." if small
                 else "The exponent $<exponent>$ is positive, so the point moves $<places>$ places to the right.",
                 "<places>", "scientific-notation", "powers-of-ten"),
            step(r"Fill the empty places with zeros: $<front> \times 10^{<exponent>} = <number>$.", "<number>"),
        ),
        hints=(
            "The exponent tells how many places the point moves, and in which direction.",
            "Move the point of $<front>$ to the left and fill the empty places with zeros." if small
            else "Move the point of $<front>$ to the right and fill the empty places with zeros.",
            r"The point moves $<places>$ places: $<front> \times 10^{<exponent>} = <number>$.",
        ),
        wrong={
            "exponent-counts-zeros": "<front> * 10^(<exponent> - 1)" if small else "<whole> * 10^<exponent>",
            "moves-point-wrong-way": "<front> * 10^(-<places>)" if not small else "<front> * 10^<places>",
            "base-times-exponent": "<front> * (10 * <exponent>)",
        },
    )  # fmt: skip


_PLAIN = " Write this as a plain number."
_TRUE_OUT = r"<name> looks for a plain number. Which one makes this true? $? \div 10^{<exponent>} = <front>$"
_WRITE_OUT_LARGE: Stems = {
    Form.BARE: r"Write $<front> \times 10^{<exponent>}$ as a plain number.",
    Form.STORY: (
        rf"A space probe has flown $<front> \times 10^{{<exponent>}}$ kilometers.{_PLAIN}",
        rf"A forest has about $<front> \times 10^{{<exponent>}}$ trees, as <name> reads.{_PLAIN}",
    ),
    Form.TABLE: "<name> reads a table about a pond. "
    + table(("water in liters", r"<front> \times 10^{<exponent>}"), ("as a plain number", "?"))
    + " Which plain number belongs in place of the question mark?",
    Form.TRANSFER: _TRUE_OUT,
}
_WRITE_OUT_SMALL: Stems = {
    Form.BARE: r"Write $<front> \times 10^{<exponent>}$ as a plain number.",
    Form.STORY: (
        rf"A grain of dust is $<front> \times 10^{{<exponent>}}$ millimeters wide.{_PLAIN}",
        rf"A small seed weighs $<front> \times 10^{{<exponent>}}$ grams, as <name> reads.{_PLAIN}",
    ),
    Form.TABLE: "<name> reads a table about a layer of gold. "
    + table(("thickness in millimeters", r"<front> \times 10^{<exponent>}"), ("as a plain number", "?"))
    + " Which plain number belongs in place of the question mark?",
    Form.TRANSFER: _TRUE_OUT,
}


@family("scientific-notation", easiest=0.0)
def choose_notation(rng: random.Random, level: int) -> Draft:
    """Choose the scientific notation of a number."""
    decimals = 2 if level == 1 else 1
    front = _front(rng, decimals)
    exponent = -rng.randrange(2, 6) if level == 2 else rng.randrange(3 + level, 7 + 2 * level)
    small = exponent < 0
    values: Values = {
        "front": front,
        "whole": _scaled(front, decimals),
        "number": _scaled(front, exponent),
        "exponent": exponent,
        "places": abs(exponent),
        "digits": exponent - 1 if small else exponent + 1,
        "opposite": -exponent,
        "name": person(rng),
    }
    return Draft(
        values=values,
        kind=QuestionKind.CHOICE,
        stems=_CHOOSE_SMALL if small else _CHOOSE_LARGE,
        key=r"$<front> \times 10^{<exponent>}$",
        check="<number>",
        steps=(
            step("The front number has one digit before the point: $<front>$.", "<front>"),
            step("From there the point has to move $<places>$ places to the left to give the number. "
                 "So the exponent is $<exponent>$." if small
                 else "From there the point has to move $<places>$ places to the right to give the number. "
                 "So the exponent is $<exponent>$.", "<exponent>", "scientific-notation", "powers-of-ten"),
            step(r"So $<number> = <front> \times 10^{<exponent>}$.", r"<front>*10^<exponent>"),
        ),
        hints=(
            "The number in front lies between $1$ and $10$.",
            "Set the point behind the first digit that is not zero. How many places is that away from its old place, "
            "and in which direction?",
            r"The point moves $<places>$ places, so $<number> = <front> \times 10^{<exponent>}$.",
        ),
        wrong={
            "moves-point-wrong-way": r"$<front> \times 10^{<opposite>}$",
            "exponent-counts-digits": r"$<front> \times 10^{<digits>}$",
            "leaves-point-out": r"$<whole> \times 10^{<exponent>}$",
        },
    )  # fmt: skip


_WHICH = " Which is this number in scientific notation?"
_CHOOSE_LARGE: Stems = {
    Form.BARE: "Write $<number>$ in scientific notation.",
    Form.STORY: (
        f"<name> reads that a space probe is $<number>$ kilometers away.{_WHICH}",
        f"A printer has set $<number>$ dots of ink.{_WHICH}",
    ),
    Form.TABLE: "<name> reads a table about an island. "
    + table(("number of ants", "<number>"), ("in scientific notation", "?"))
    + " What belongs in place of the question mark?",
    Form.TRANSFER: "A device shows a number with one digit before the point, times a power of ten. "
    "How does it show $<number>$?",
}
_CHOOSE_SMALL: Stems = {
    Form.BARE: "Write $<number>$ in scientific notation.",
    Form.STORY: (
        f"<name> reads that a skin of ice is $<number>$ millimeters thick.{_WHICH}",
        f"A small drop of oil weighs $<number>$ grams.{_WHICH}",
    ),
    Form.TABLE: "<name> reads a table about a coat of paint. "
    + table(("thickness in millimeters", "<number>"), ("in scientific notation", "?"))
    + " What belongs in place of the question mark?",
    Form.TRANSFER: "A device shows a number with one digit before the point, times a power of ten. "
    "How does it show $<number>$?",
}


@family("scientific-notation", "exponent-laws", easiest=0.5)
def multiply_scientific(rng: random.Random, level: int) -> Draft:
    """Multiply two numbers in scientific notation."""
    a, b = rng.choice(_FRONTS[level])
    m, n = rng.randrange(3, 9), rng.randrange(3, 9)
    if level == 1:
        n = -rng.choice([other for other in range(3, 9) if other != m])
    product = a * b
    carried = product >= 10
    front = product / 10 if carried else product
    values: Values = {"a": a, "b": b, "m": m, "n": n, "product": product, "sum": m + n, "name": person(rng)}
    values |= {"front": answer(front), "power": m + n + carried, "times": m * n, "total": answer(a + b)}
    values |= {"plain": answer(product)}
    carry = step(r"The front number is to be less than $10$: "
                 r"$<plain> \times 10^{<sum>} = <front> \times 10^{<power>}$.", "<front>*10^<power>")  # fmt: skip
    return Draft(
        values=values,
        kind=QuestionKind.EXPRESSION,
        simplest=True,
        stems=_MULTIPLY_SMALL if level == 1 else _MULTIPLY_LARGE,
        key="<front>*10^<power>",
        check="<a> * 10**<m> * <b> * 10**<n>",
        steps=(
            step(r"Multiply the front numbers: $<a> \times <b> = <plain>$.", "<plain>", "multiply-whole"),
            step(r"Add the exponents: $10^{<m>} \times 10^{<n>} = 10^{<sum>}$.", "10^<sum>", "exponent-laws"),
            step(r"Together this is $<plain> \times 10^{<sum>}$.", "<plain>*10^<sum>"),
            *((carry,) if carried else ()),
        ),
        hints=(
            "Multiply the front numbers and the powers of ten separately.",
            "For the powers of ten, add the exponents. In the end, is the front number less than $10$?",
            r"$<a> \times <b> = <plain>$ and $10^{<m>} \times 10^{<n>} = 10^{<sum>}$, so the result is "
            r"$<front> \times 10^{<power>}$.",
        ),
        wrong={
            "exponents-same-operation": "<plain>*10^<times>",
            "adds-front-numbers": "<total>*10^<sum>",
            "changes-base": "<plain>*100^<sum>",
        },
    )


_NOTE = " Give the result in scientific notation."
_MULTIPLY_LARGE: Stems = {
    Form.BARE: rf"Work out $(<a> \times 10^{{<m>}}) \times (<b> \times 10^{{<n>}})$.{_NOTE}",
    Form.STORY: (
        rf"A telescope takes $<a> \times 10^{{<m>}}$ photos with $<b> \times 10^{{<n>}}$ dots each. "
        f"How many dots is that in all?{_NOTE}",
        rf"<name> reads that $<a> \times 10^{{<m>}}$ computers store $<b> \times 10^{{<n>}}$ numbers each. "
        f"How many numbers is that?{_NOTE}",
    ),
    Form.TABLE: "<name> works for a factory. "
    + table(("boxes", r"<a> \times 10^{<m>}"), ("screws in a box", r"<b> \times 10^{<n>}"), ("all screws", "?"))
    + f" How many screws are there?{_NOTE}",
    Form.TRANSFER: rf"A computer does $<a> \times 10^{{<m>}}$ steps in a second. How many steps does it do in "
    rf"$<b> \times 10^{{<n>}}$ seconds?{_NOTE}",
}
_MULTIPLY_SMALL: Stems = {
    Form.BARE: rf"Work out $(<a> \times 10^{{<m>}}) \times (<b> \times 10^{{<n>}})$.{_NOTE}",
    Form.STORY: (
        rf"A stack has $<a> \times 10^{{<m>}}$ sheets. Each is $<b> \times 10^{{<n>}}$ meters thick. "
        f"How many meters high is the stack?{_NOTE}",
        rf"<name> reads that $<a> \times 10^{{<m>}}$ grains of sand weigh $<b> \times 10^{{<n>}}$ kilograms each. "
        f"How many kilograms is that in all?{_NOTE}",
    ),
    Form.TABLE: "<name> works in a laboratory. "
    + table(("drops", r"<a> \times 10^{<m>}"), ("liters in a drop", r"<b> \times 10^{<n>}"), ("all liters", "?"))
    + f" How many liters is that in all?{_NOTE}",
    Form.TRANSFER: rf"A machine needs $<b> \times 10^{{<n>}}$ seconds for one move. How many seconds does it need for "
    rf"$<a> \times 10^{{<m>}}$ moves?{_NOTE}",
}
_FRONTS: tuple[list[tuple[Decimal, Decimal]], ...] = (
    [(Decimal(a), Decimal(b)) for a in range(2, 5) for b in range(2, 5) if a * b < 10 and a + b != a * b],
    [(Decimal(a) / 10, Decimal(b)) for a in (12, 13, 14, 15, 21, 22, 23, 24, 31, 32) for b in (2, 3)],
    [(Decimal(a) / 10, Decimal(b)) for a in (25, 34, 42, 45, 53, 65, 72) for b in (5, 6, 7, 8)],
)


def _front(rng: random.Random, decimals: int) -> Decimal:
    """A number between 1 and 10 with so many decimals, the last of them not zero."""
    return Decimal(rng.choice([n for n in range(10**decimals + 1, 10 ** (decimals + 1)) if n % 10])).scaleb(-decimals)


def _scaled(front: Decimal, exponent: int) -> Number:
    """The value of `front` times ten to a power, whole where it is."""
    value = front.scaleb(exponent)
    return int(value) if value == int(value) else value.normalize()
