"""Adding and subtracting place by place."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind, Step


def _digits(rng: random.Random, least: int, most: int) -> tuple[int, int]:
    """Two digits, none of them 0, whose sum lies between `least` and `most`."""
    return rng.choice([(a, b) for a in range(1, 10) for b in range(1, 10) if least <= a + b <= most])


@family("add-subtract-whole", easiest=-1.4)
def add_whole(rng: random.Random, level: int) -> Draft:
    """Add two numbers with one or two digits to carry."""
    (o1, o2), (t1, t2) = _digits(rng, 11, 18), _digits(rng, 10, 17) if level > 1 else _digits(rng, 2, 8)
    h1, h2 = _digits(rng, 2, 8) if level else (0, 0)
    carries = (t1 + t2 + 1) // 10
    tens, hundreds = (t1 + t2 + 1) % 10, h1 + h2 + carries
    values: Values = {"o1": o1, "o2": o2, "t1": t1, "t2": t2, "h1": h1, "h2": h2, "ones": o1 + o2, "o": o1 + o2 - 10}
    values |= {"a": 100 * h1 + 10 * t1 + o1, "b": 100 * h2 + 10 * t2 + o2, "carried": 10 + 100 * carries}
    values |= {"t": t1 + t2 + 1, "h": hundreds, "tp": 10 * tens, "hp": 100 * hundreds, "name": person(rng)}
    values["all"] = 100 * hundreds + 10 * tens + o1 + o2 - 10
    values["joined"] = int(f"{h1 + h2 or ''}{t1 + t2}{o1 + o2}")
    return Draft(
        values=values,
        stems=_ADDED,
        key="<all>",
        check="<a> + <b>",
        steps=(
            step("The ones: $<o1> + <o2> = <ones>$. Write $<o>$ and carry one ten.", "<ones>"),
            step("The tens, with the carried one: $<t1> + <t2> + 1 = <t>$.", "<t>"),
            *(() if not level else
              (step("The hundreds, with the carried one: $<h1> + <h2> + 1 = <h>$.", "<h>"),) if carries else
              (step("The hundreds: $<h1> + <h2> = <h>$.", "<h>"),)),
            step("Put the places together: $<hp> + <tp> + <o> = <all>$." if level
                 else "Put the places together: $<tp> + <o> = <all>$.", "<all>"),
        ),
        hints=(
            "Start with the ones. Then go on to the left.",
            "The ones make more than ten. What do you write, and what do you carry?",
            "The ones make $<ones>$, so you carry a ten. In the end, $<a> + <b> = <all>$.",
        ),
        wrong={"forgets-carry": "<a> + <b> - <carried>", "writes-both-digits": "<joined>"},
    )  # fmt: skip


_ADDED: Stems = {
    Form.BARE: "What is $<a> + <b>$?",
    Form.STORY: (
        "<name> has $<a>$ stamps and gets $<b>$ more. How many stamps is that?",
        "There are $<a>$ hens and $<b>$ ducks on a farm. How many birds is that?",
        "On one day $<a>$ people come to the zoo. The next day $<b>$ people come. How many people is that in all?",
    ),
    Form.TABLE: "<name> counts the bikes that go by. "
    + table(("morning", "<a>"), ("evening", "<b>"), ("both", "?"))
    + " How many bikes is that in all?",
    Form.TRANSFER: "The counter at a gate shows $<a>$. Then $<b>$ more people walk in. What does it show now?",
}


@family("add-subtract-whole", easiest=-1.2)
def subtract_whole(rng: random.Random, level: int) -> Draft:
    """Subtract lengths where a ten or a hundred has to be taken apart."""
    o1, o2 = sorted(rng.sample(range(1, 10), 2))
    t2 = rng.randrange(1, 8 if level < 2 else 9)
    t1 = rng.randrange(t2 + 2, 10) if level < 2 else 0
    h2 = rng.randrange(1, 8) if level else 0
    h1 = rng.randrange(h2 + 2, 10) if level else 0
    a, b = 100 * h1 + 10 * t1 + o1, 100 * h2 + 10 * t2 + o2
    h, t, o = (int(digit) for digit in f"{a - b:03}")
    values: Values = {"a": a, "b": b, "o1": o1, "o2": o2, "t1": t1, "t2": t2, "h1": h1, "h2": h2, "left": a - b}
    values |= {"h": h, "t": t, "o": o, "hp": 100 * h, "tp": 10 * t, "name": person(rng)}
    small = "(<h1> - <h2>) * 100 + " if level else ""
    return Draft(
        values=values,
        kind=QuestionKind.QUANTITY,
        unit="meters",
        stems=_SUBTRACTED,
        key="<left>",
        check="<a> - <b>",
        steps=_places(level),
        hints=(
            "Start with the ones. There are too few of them.",
            "Take a ten apart, so that you have ten more ones." if level < 2
            else "There are no tens. Take a hundred apart to get tens and ones.",
            "Take the ones away, then the tens, and so on: $<a> - <b> = <left>$.",
        ),
        wrong={
            "smaller-from-larger": small + ("<t2> * 10 + <o2> - <o1>" if level > 1
                                            else "(<t1> - <t2>) * 10 + <o2> - <o1>"),
            "forgets-exchange": "<a> - <b> + 110" if level > 1 else "<a> - <b> + 10",
        },
    )  # fmt: skip


def _places(level: int) -> tuple[Step, ...]:
    """The subtraction place by place."""
    ones = step("Take a ten apart. The ones: $<o1> + 10 - <o2> = <o>$.", "<o>")
    tens = step("The tens, one fewer now: $<t1> - 1 - <t2> = <t>$.", "<t>")
    if not level:
        return ones, tens, step("Put the places together: $<tp> + <o> = <left>$.", "<left>")
    last = step("Put the places together: $<hp> + <tp> + <o> = <left>$.", "<left>")
    if level == 1:
        return ones, tens, step("The hundreds: $<h1> - <h2> = <h>$.", "<h>"), last
    return (
        step("Take a hundred apart: $100 = 90 + 10$.", "90 + 10"),
        step("The ones: $<o1> + 10 - <o2> = <o>$.", "<o>"),
        step("The tens: $9 - <t2> = <t>$.", "<t>"),
        step("The hundreds, one fewer now: $<h1> - 1 - <h2> = <h>$.", "<h>"),
        last,
    )


_SUBTRACTED: Stems = {
    Form.BARE: "Take $<b>$ meters away from $<a>$ meters. How many meters are left?",
    Form.STORY: (
        "A path is $<a>$ meters long. <name> has walked $<b>$ meters. How many meters are left to go?",
        "There are $<a>$ meters of wire on a roll. <name> cuts off $<b>$ meters. How many meters are left?",
        "A lake lies $<a>$ meters above the sea. A town lies $<b>$ meters above the sea. "
        "How many meters higher is the lake?",
    ),
    Form.TABLE: "The table shows how high two hills are. "
    + table(("first hill", r"<b>\ \text{m}"), ("second hill", r"<a>\ \text{m}"))
    + " How many meters higher is the second hill?",
    Form.TRANSFER: "A balloon is $<b>$ meters above the ground. Then it flies up to $<a>$ meters. "
    "How many meters did it rise?",
}
