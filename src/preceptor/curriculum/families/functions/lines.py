"""Linear functions: their equation, their values and what their numbers mean."""

import random
from decimal import Decimal

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.equations.terms import either_sign, linear
from preceptor.curriculum.family import family
from preceptor.curriculum.notation import answer
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("linear-functions", easiest=0.2)
def meaning_of_numbers(rng: random.Random, level: int) -> Draft:
    """Say what a number in the equation of a linear function means."""
    m, b = rng.randint(2, 9), rng.randint(10, 40)
    rises = level == 0 or (level == 2 and rng.random() < 0.5)
    if not rises:
        m, b = rng.randint(4, 15), rng.randint(160, 400)
    slope = Decimal(m) + Decimal("0.5") if level == 2 else Decimal(m)
    slope = slope if rises else -slope
    asks_slope = rng.random() < 0.5
    values: Values = {
        "m": slope, "b": b, "asked": abs(slope) if asks_slope else b, "next": slope + b,
        "rule": f"{answer(slope)}x + {b}", "name": person(rng),
    }  # fmt: skip
    wrong = {
        "swaps-slope-and-start": _START if asks_slope else (_GROWS if rises else _FALLS),
        "confuses-start-with-zero": _ZERO,
        "takes-value-at-one": _AT_ONE,
    }
    change = "larger" if rises else "smaller"
    return Draft(
        values=values,
        kind=QuestionKind.CHOICE,
        stems=_MEANING_RISING if rises else _MEANING_FALLING,
        key=(_GROWS if rises else _FALLS) if asks_slope else _START,
        check="true",
        steps=(
            step(r"Put in zero for $x$: then $y = <m> \times 0 + <b> = <b>$, the value at the start.", "<b>"),
            step(r"Put in one for $x$: $<m> \times 1 + <b> = <next>$. "
                 f"So $y$ gets {change} by $<asked>$ for each step of $x$." if asks_slope else
                 r"Put in one for $x$: $<m> \times 1 + <b> = <next>$. The start is $<b>$, and $<m>$ is added again and "
                 "again.", "<next>"),
        ),
        hints=(
            "Put in $x = 0$ and $x = 1$ and look at what changes.",
            "One number is there from the start, the other one counts once more for every step of $x$.",
            ("The number in front of $x$ counts again for every step: it tells how much $y$ grows." if rises else
             "The number in front of $x$ counts again for every step: it tells how much $y$ falls.") if asks_slope else
            "For $x$ equal to zero only the number without $x$ is left: it is the value at the start.",
        ),
        wrong=wrong,
        letters={"y": "<b>"},
    )  # fmt: skip


_START = "the value of $y$ at the start, when $x$ is zero"
_GROWS = "by how much $y$ grows when $x$ grows by one"
_FALLS = "by how much $y$ falls when $x$ grows by one"
_ZERO = "the value of $x$ for which $y$ is zero"
_AT_ONE = "the value of $y$ when $x$ is one"
_TELL = " What does the number $<asked>$ tell you?"
_MEANING_RISING: Stems = {
    Form.BARE: f"A function has the equation $y = <rule>$.{_TELL}",
    Form.STORY: (
        f"<name> rents a boat. For $x$ hours it costs $y = <rule>$ dollars.{_TELL}",
        f"A young sunflower is $y = <rule>$ centimeters tall after $x$ weeks.{_TELL}",
    ),
    Form.TABLE: "The table shows two values of the function $y = <rule>$. "
    + table(("x", "0", "1"), ("y", "<b>", "<next>"))
    + _TELL,
    Form.TRANSFER: f"<name> fills a pool. After $x$ minutes there are $y = <rule>$ liters in it.{_TELL}",
}
_MEANING_FALLING: Stems = {
    Form.BARE: f"A function has the equation $y = <rule>$.{_TELL}",
    Form.STORY: (
        f"<name> uses up a gift card. After $x$ visits to the pool there are $y = <rule>$ dollars left on it.{_TELL}",
        f"A candle burns down. After $x$ hours it is $y = <rule>$ millimeters tall.{_TELL}",
    ),
    Form.TABLE: "The table shows two values of the function $y = <rule>$. "
    + table(("x", "0", "1"), ("y", "<b>", "<next>"))
    + _TELL,
    Form.TRANSFER: f"<name> watches a tank run dry. After $x$ hours there are $y = <rule>$ liters in it.{_TELL}",
}


@family("slope", "linear-functions", easiest=0.6)
def equation_of_line(rng: random.Random, level: int) -> Draft:
    """Find the equation of a linear function from two pairs of values."""
    xa, run = rng.randint(2, 4 + level), rng.randint(2, 3 + level)
    m, b = rng.randint(2, 6), rng.randint(7, 20)
    if level == 1:
        m, b = -m, b + 20
    if level == 2:
        m, b = either_sign(rng, 2, 7), -rng.randint(8, 30)
    ya, rise = m * xa + b, m * run
    values: Values = {
        "xa": xa, "ya": ya, "xb": xa + run, "yb": ya + rise, "run": run, "rise": rise, "m": m, "b": b,
        "rule": linear(m, b), "typed": _typed(m, b), "swapped": _typed(b, m), "late": _typed(m, ya),
        "steep": _typed(rise, ya - rise * xa), "name": person(rng),
    }  # fmt: skip
    return Draft(
        values=values,
        kind=QuestionKind.EQUATION,
        stems=_EQUATION,
        key="y = <typed>",
        check="Eq(y, (<yb> - <ya>) / (<xb> - <xa>) * (x - <xa>) + <ya>)",
        steps=(
            step(r"The slope: $m = (<yb> - <ya:guarded>) \div (<xb> - <xa>) = <rise> \div <run> = <m>$.", "<m>",
                 "slope"),
            step(r"Go back to the start, where $x$ is zero: $b = <ya> - <m:guarded> \times <xa> = <b>$.", "<b>",
                 "linear-functions"),
            step("Slope and starting value give the equation $y = <rule>$.", "y = <typed>", "linear-functions"),
        ),
        hints=(
            "Find the slope $m$ first, then the starting value $b$. The equation is $y = mx + b$.",
            "Divide the change of $y$ by the change of $x$ to get the slope. Then go back to $x = 0$.",
            r"$m = <rise> \div <run> = <m>$ and $b = <ya> - <m:guarded> \times <xa> = <b>$, so $y = <rule>$.",
        ),
        wrong={
            "swaps-slope-and-start": "y = <swapped>",
            "rise-only": "y = <steep>",
            "first-value-as-start": "y = <late>",
        },
        letters={"m": "<m>", "b": "<b>", "y": "<m> * x + <b>"},
    )  # fmt: skip


def _typed(m: int, b: int) -> str:
    """Write `m · x + b` in answer syntax."""
    return linear(m, b).replace("x", "*x") if abs(m) != 1 else linear(m, b)


_GIVE = " Give the equation $y = mx + b$ with the right numbers for $m$ and $b$."
_EQUATION: Stems = {
    Form.BARE: f"A line goes through the points $(<xa>, <ya>)$ and $(<xb>, <yb>)$.{_GIVE}",
    Form.STORY: (
        "The temperature in a lab changes evenly. After $<xa>$ hours it is $<ya>$ degrees, after $<xb>$ hours it is "
        f"$<yb>$ degrees. After $x$ hours it is $y$ degrees.{_GIVE}",
        "<name> measures the water of a river against a mark, in centimeters. It changes evenly: on day $<xa>$ it is "
        f"at $<ya>$, on day $<xb>$ at $<yb>$. On day $x$ it is at $y$.{_GIVE}",
    ),
    Form.TABLE: "The table shows two pairs of values of a linear function. "
    + table(("x", "<xa>", "<xb>"), ("y", "<ya>", "<yb>"))
    + _GIVE,
    Form.TRANSFER: "A cable car moves evenly. <name> notes its height over the middle station, in meters: $<ya>$ "
    f"after $<xa>$ seconds and $<yb>$ after $<xb>$ seconds. After $x$ seconds the height is $y$.{_GIVE}",
}


@family("slope", "linear-functions", easiest=0.5)
def predict_value(rng: random.Random, level: int) -> Draft:
    """Find a later value of a linear function from two earlier ones."""
    xa, run, wait = rng.randint(2, 5), rng.randint(2, 3 + level), rng.randint(3, 6 + level)
    m = Decimal(rng.randint(2, 6 + 3 * level))
    if level == 2:
        m, run = m + Decimal("0.5"), run + run % 2
    wait += wait == run
    falls = level > 0 and rng.random() < 0.7
    late = xa + run + wait
    b = Decimal(rng.randint(6, 20))
    if falls:
        b, m = b + int(m * late) + 1, -m
    ya, yb, yc = ((m * x + b).normalize() for x in (xa, xa + run, late))
    values: Values = {
        "xa": xa, "ya": ya, "xb": xa + run, "yb": yb, "xc": late, "yc": yc, "run": run, "wait": wait,
        "rise": (yb - ya).normalize(), "m": m.normalize(), "more": (m * wait).normalize(), "name": person(rng),
    }  # fmt: skip
    return Draft(
        values=values,
        stems=_FALLING if falls else _GROWING,
        key="<yc>",
        check="<ya> + (<yb> - <ya>) / (<xb> - <xa>) * (<xc> - <xa>)",
        steps=(
            step(r"The slope: $(<yb> - <ya>) \div (<xb> - <xa>) = <rise> \div <run> = <m>$.", "<m>", "slope"),
            step(r"From $<xb>$ to $<xc>$ there are $<wait>$ steps: $<wait> \times <m:guarded> = <more>$.", "<more>",
                 "linear-functions"),
            step("Add this to the last value: $<yb> + <more:guarded> = <yc>$.", "<yc>", "linear-functions"),
        ),
        hints=(
            "Find how much the value changes in one step. It is not zero at the start.",
            "Divide the change of the value by the number of steps. Then go on from the last value you know.",
            r"One step changes the value by $<m>$, so it is $<yb> + <wait> \times <m:guarded> = <yc>$.",
        ),
        wrong={
            "treats-as-proportional": "<yb> / <xb> * <xc>",
            "leaves-out-start": "(<yb> - <ya>) / (<xb> - <xa>) * <xc>",
            "rise-only": "<yb> + (<yb> - <ya>)",
        },
    )  # fmt: skip


_GROWING: Stems = {
    Form.BARE: "A linear function has the value $<ya>$ for $x = <xa>$ and $<yb>$ for $x = <xb>$. "
    "What is its value for $x = <xc>$?",
    Form.STORY: (
        "A boat costs a fixed fee and the same price for every hour. <name> knows: $<xa>$ hours cost $<ya:money>$ "
        "dollars, and $<xb>$ hours cost $<yb:money>$ dollars. How many dollars do $<xc>$ hours cost?",
        "A bamboo plant grows evenly. After $<xa>$ days it is $<ya>$ centimeters tall, after $<xb>$ days $<yb>$ "
        "centimeters. How many centimeters tall is it after $<xc>$ days?",
    ),
    Form.TABLE: "The table belongs to a linear function. "
    + table(("x", "<xa>", "<xb>", "<xc>"), ("y", "<ya>", "<yb>", "?"))
    + " Which number is missing?",
    Form.TRANSFER: "<name> puts equal coins on a paper plate on a scale. With $<xa>$ coins it shows $<ya>$ grams, with "
    "$<xb>$ coins $<yb>$ grams. How many grams does it show with $<xc>$ coins?",
}
_FALLING: Stems = {
    Form.BARE: _GROWING[Form.BARE],
    Form.STORY: (
        "A candle burns down evenly. After $<xa>$ hours it is $<ya>$ millimeters tall, after $<xb>$ hours $<yb>$ "
        "millimeters. How many millimeters tall is it after $<xc>$ hours?",
        "<name> drains a tub at a steady rate. After $<xa>$ minutes there are $<ya>$ liters in it, after $<xb>$ "
        "minutes $<yb>$ liters. How many liters are in it after $<xc>$ minutes?",
    ),
    Form.TABLE: _GROWING[Form.TABLE],
    Form.TRANSFER: "A balloon sinks evenly. <name> notes its height: $<ya>$ meters after $<xa>$ minutes and $<yb>$ "
    "meters after $<xb>$ minutes. How many meters high is it after $<xc>$ minutes?",
}
