"""Adding, subtracting, multiplying and dividing integers."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table


@family("add-integers", easiest=-0.4)
def add_integers(rng: random.Random, level: int) -> Draft:
    """Add or subtract negative numbers."""
    a, b = rng.randrange(3, (15, 25, 50)[level]), rng.randrange(3, (15, 25, 50)[level])
    start = -a if level == 0 or rng.random() < 0.8 else a
    if level == 2 and start == -2 * b:
        b += 1  # else the answer would stand in the question
    values: Values = {"name": person(rng), "start": start, "size": a, "b": b, "move": -b}
    if level == 1:
        return _to_the_left(values | {"key": start - b}, negative=start < 0)
    rewritten = step("Subtracting $<move>$ is adding its opposite: $<start> - (<move>) = <start> + <b>$.",
                     "<start> + <b>")  # fmt: skip
    done = "$<start> + <b> = <key>$"
    back = "ignores-double-negative", "<start> - <b>"
    unsigned = "drops-minus-sign" if level == 0 else "minus-and-minus-is-plus"
    return Draft(
        values=values | {"key": start + b},
        stems=_UP if level == 0 else _MINUS_NEGATIVE,
        key="<key>",
        check="<start> + <b>" if level == 0 else "<start> - <move>",
        steps=(
            step("Start at $<start>$ on the number line.", "<start>") if level == 0 else rewritten,
            step(f"Go $<b>$ units to the right: {done}.", "<key>"),
        ),
        hints=(
            "Picture a number line. Where do you start, and in which direction do you go?",
            "Start at $<start>$ and move $<b>$ units to the right." if level == 0
            else "Taking away a negative number is the same as adding its opposite. Which number is added here?",
            f"From $<start>$ go $<b>$ units to the right: {done}.",
        ),
        wrong=dict([*([] if level == 0 else [back]),
                    ("adds-sizes-keeps-sign", "-(<size> + <b>)"), (unsigned, "<size> + <b>")]),
    )  # fmt: skip


def _to_the_left(values: Values, *, negative: bool) -> Draft:
    return Draft(
        values=values,
        stems=_PLUS_NEGATIVE,
        key="<key>",
        check="<start> + <move>",
        steps=(
            step("Adding $<move>$ is subtracting $<b>$: $<start> + (<move>) = <start> - <b>$.", "<start> - <b>"),
            step("Go $<b>$ units to the left: $<start> - <b> = <key>$.", "<key>"),
        ),
        hints=(
            "Picture a number line. Where do you start, and in which direction do you go?",
            "Adding a negative number means going to the left. By how many units do you go here?",
            "From $<start>$ go $<b>$ units to the left: $<start> - <b> = <key>$.",
        ),
        wrong={
            "drops-minus-sign": "<start> + <b>",
            "minus-and-minus-is-plus" if negative else "adds-sizes-keeps-sign":
                "<size> + <b>" if negative else "-(<size> + <b>)",
        },
    )  # fmt: skip


_UP: Stems = {
    Form.BARE: "Work out $<start> + <b>$.",
    Form.STORY: (
        "In the morning it is $<start>$ degrees. Then it gets $<b>$ degrees warmer. How many degrees is it now?",
        "<name> has $<start>$ points in a game and wins $<b>$ points. How many points does <name> have now?",
        "A drone in a canyon is at $<start>$ meters, measured from the rim. It rises by $<b>$ meters. "
        "At how many meters is it now?",
    ),
    Form.TABLE: "The table shows temperatures in degrees. "
    + table(("in the morning", "<start>"), ("change", "+<b>"), ("at noon", "?"))
    + " How many degrees is it at noon?",
    Form.TRANSFER: "Which number lies $<b>$ units to the right of $<start>$ on the number line?",
}
_PLUS_NEGATIVE: Stems = {
    Form.BARE: "Work out $<start> + (<move>)$.",
    Form.STORY: (
        "<name> has $<start>$ points in a game. The next round brings $<move>$ points. "
        "How many points does <name> have now?",
        "An account stands at $<start>$ dollars. Then $<move>$ dollars are added to it. "
        "At how many dollars does it stand now?",
    ),
    Form.TABLE: "The table shows the points in a game. "
    + table(("first round", "<start>"), ("second round", "<move>"), ("both rounds", "?"))
    + " How many points is that in both rounds together?",
    Form.TRANSFER: "The elevator of a mine is at $<start>$ meters, measured from the ground. Its height changes by "
    "$<move>$ meters. At how many meters is it then?",
}
_MINUS_NEGATIVE: Stems = {
    Form.BARE: "Work out $<start> - (<move>)$.",
    Form.STORY: (
        "<name> has $<start>$ points in a game. A penalty of $<move>$ points was a mistake and is taken away again. "
        "How many points does <name> have now?",
        "An account stands at $<start>$ dollars. A fee, entered as $<move>$ dollars, was a mistake and is taken away "
        "again. At how many dollars does the account stand now?",
    ),
    Form.TABLE: "The table shows temperatures in degrees. "
    + table(("on the mountain", "<move>"), ("in the valley", "<start>"))
    + " What is the temperature in the valley minus the temperature on the mountain?",
    Form.TRANSFER: "Which number replaces the question mark? $? + (<move>) = <start>$",
}


@family("multiply-integers", easiest=-0.3)
def multiply_integers(rng: random.Random, level: int) -> Draft:
    """Multiply or divide integers with signs."""
    change, count = -rng.randrange(2, (10, 16, 10)[level]), rng.randrange(3, (10, 12, 10)[level])
    values: Values = {"name": person(rng), "c": change, "size": -change}
    if level == 2:
        return _three_factors(rng, values)
    if level == 1 and rng.random() < 0.5:
        return _share(values | {"n": count, "total": change * count, "both": -change * count})
    past = level == 1
    n = -count if past else count
    swapped = not past and rng.random() < 0.5
    product = r"$<n> \times <c:guarded> = <key>$" if swapped else r"$<c:guarded> \times <n:guarded> = <key>$"
    sizes = r"$<count> \times <size> = <both>$" if swapped else r"$<size> \times <count> = <both>$"
    return Draft(
        values=values | {"n": n, "count": count, "key": change * n, "both": -change * count, "twice": 2 * change},
        stems=_PAST if past else {**_REPEATED, Form.BARE: _FACTORS[swapped]},
        key="<key>",
        check="<c> * <n>",
        steps=(
            step(f"Leave the signs out first: {sizes}.", "<both>", "multiply-integers", "multiply-whole"),
            step(f"The signs are equal, so the product is positive: {product}." if past
                 else f"The signs are different, so the product is negative: {product}.", "<key>"),
        ),
        hints=(
            "Multiply. Find the size of the product and its sign separately.",
            "For the size, calculate without the signs. Then ask: are the signs equal or different?",
            f"Without the signs {sizes}. With them {product}.",
        ),
        wrong={"wrong-product-sign": "-(<c> * <n>)", "adds-factors": "<c> + <n>"},
    )  # fmt: skip


def _share(values: Values) -> Draft:
    quotient, sizes = r"$<total> \div <n> = <c>$", r"$<both> \div <n> = <size>$"
    return Draft(
        values=values,
        stems=_SHARED,
        key="<c>",
        check="<total> / <n>",
        steps=(
            step(f"Leave the signs out first: {sizes}.", "<size>", "multiply-integers", "multiplication-facts"),
            step(f"The signs are different, so the quotient is negative: {quotient}.", "<c>"),
        ),
        hints=(
            "Divide. Find the size of the quotient and its sign separately.",
            "For the size, calculate without the signs. Then ask: are the signs equal or different?",
            f"Without the signs {sizes}. With them {quotient}.",
        ),
        wrong={"wrong-product-sign": "-(<total> / <n>)", "adds-factors": "<total> - <n>"},
    )


def _three_factors(rng: random.Random, values: Values) -> Draft:
    a, b, c = (rng.choice((-1, 1)) * rng.randrange(2, 8) for _ in range(3))
    if a > 0 and b > 0:
        a = -a
    first = r"$<a:guarded> \times <b:guarded> = <pair>$"
    last = r"$<pair:guarded> \times <c:guarded> = <key>$"
    return Draft(
        values=values | {"a": a, "b": b, "c": c, "pair": a * b, "key": a * b * c},
        stems=_TWICE_MULTIPLIED,
        key="<key>",
        check="<a> * <b> * <c>",
        steps=(
            step(f"Multiply the first two, with their signs: {first}.", "<pair>"),
            step(f"Then multiply by the third: {last}.", "<key>"),
        ),
        hints=(
            "Multiply two of the numbers first and mind the sign.",
            "Equal signs give a positive product, different signs a negative one. Then do the same once more.",
            f"First {first}, then {last}.",
        ),
        wrong={"wrong-product-sign": "-(<a> * <b> * <c>)", "adds-factors": "<a> + <b> + <c>"},
    )


_SIGNED = " Write the change with its sign."
_FACTORS = (r"Work out $<c> \times <n>$.", r"Work out $<n> \times (<c>)$.")
_REPEATED: Stems = {
    Form.STORY: (
        f"The water level of a lake changes by $<c>$ centimeters a day. By how many centimeters does it change in "
        f"$<n>$ days?{_SIGNED}",
        "In a game <name> gets $<c>$ points in each of $<n>$ rounds. How many points is that in all?",
        f"A drone comes down. Its height changes by $<c>$ meters a second. By how many meters does it change in $<n>$ "
        f"seconds?{_SIGNED}",
    ),
    Form.TABLE: "The temperature changes by the same amount every hour. "
    + table(("hours", "1", "2", "<n>"), ("change in degrees", "<c>", "<twice>", "?"))
    + " Which number replaces the question mark?",
    Form.TRANSFER: "Which number divided by $<n>$ gives $<c>$?",
}
_PAST: Stems = {
    Form.BARE: r"Work out $(<c>) \times (<n>)$.",
    Form.STORY: (
        "The water level of a lake changes by $<c>$ centimeters a day. Today is day $0$, so day $<n>$ is in the past. "
        "How many centimeters higher than today was the water on day $<n>$?",
        "In a game every mistake brings $<c>$ points. <name> corrects some, so the number of mistakes changes by "
        "$<n>$. By how many points does the total change?",
    ),
    Form.TABLE: "The water level of a tank changes by $<c>$ centimeters every day. "
    + table(("day", "0", "1", "<n>"), ("height in centimeters above today", "0", "<c>", "?"))
    + " Which number replaces the question mark?",
    Form.TRANSFER: r"Which number replaces the question mark? $? \div (<n>) = <c>$",
}
_SHARED: Stems = {
    Form.BARE: r"Work out $<total> \div <n>$.",
    Form.STORY: (
        f"In $<n>$ days the water level of a lake changed by $<total>$ centimeters, by the same amount each day. By "
        f"how many centimeters did it change a day?{_SIGNED}",
        "In $<n>$ rounds of a game <name> got $<total>$ points, the same in each round. "
        "How many points did each round bring?",
    ),
    Form.TABLE: "A drone comes down evenly. "
    + table(("time in seconds", "<n>"), ("change of height in meters", "<total>"), ("change in one second", "?"))
    + " Which number replaces the question mark?",
    Form.TRANSFER: "Which number multiplied by $<n>$ gives $<total>$?",
}
_TWICE_MULTIPLIED: Stems = {
    Form.BARE: r"Work out $<a:guarded> \times <b:guarded> \times <c:guarded>$.",
    Form.STORY: (
        "In a card game <name> starts with the number $<a>$. The first card multiplies it by $<b>$. The second card "
        "multiplies the result by $<c>$. Which number comes out?",
        "A computer program takes the number $<a>$. It multiplies it by $<b>$ and then the result by $<c>$. "
        "Which number does it show?",
    ),
    Form.TABLE: "A machine works on numbers. "
    + table(("goes in", "<a>"), ("first step", r"\times <b:guarded>"), ("second step", r"\times <c:guarded>"))
    + " Which number comes out?",
    Form.TRANSFER: "Dividing a number by $<c>$ gives the product of $<a>$ and $<b>$. What is the number?",
}
