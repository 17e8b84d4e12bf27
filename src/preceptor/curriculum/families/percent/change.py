"""Percent increase and decrease."""

import random
from decimal import Decimal

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("percent-change", "percent-of-quantity", easiest=0.2)
def change_by_percent(rng: random.Random, level: int) -> Draft:
    """Raise or lower an amount by a percent."""
    percent = rng.choice(((10, 20, 50), (5, 15, 25, 30), (12, 35, 40, 45))[level])
    old = rng.randrange(3, 20) * 20
    down = rng.random() < 0.5
    part = Decimal(old) * percent / 100
    values: Values = {"percent": percent, "old": old, "part": part, "new": old - part if down else old + part}
    last = r"$<old> - <part:money> = <new:money>$" if down else r"$<old> + <part:money> = <new:money>$"
    return Draft(
        values=values | {"name": person(rng)},
        kind=QuestionKind.QUANTITY,
        unit="dollars",
        stems=_DOWN if down else _UP,
        key="<new>",
        check=f"<old> * (1 {'-' if down else '+'} <percent> / 100)",
        steps=(
            step("Write the percent as hundredths: $<percent>\\% = \\frac{<percent>}{100}$.",
                 "<percent> / 100", "percent-of-quantity", "percent-notation"),
            step(r"The change: $<percent>\% \times <old> = <part:money>$.", "<part>", "percent-of-quantity"),
            step(f"The new amount: {last}.", "<new>", "percent-change"),
        ),
        hints=(
            "The percent is a part of the old amount.",
            r"Find $<percent>\%$ of $<old>$, then take it away from the old amount." if down
            else r"Find $<percent>\%$ of $<old>$, then add it to the old amount.",
            rf"$<percent>\%$ of $<old>$ is $<part:money>$, so the new amount is {last}.",
        ),
        wrong={
            "change-instead-of-new": "<old> * <percent> / 100",
            **({} if level == 2 else {"percent-as-amount": "<old> - <percent>" if down else "<old> + <percent>"}),
            "changes-wrong-way": "<old> + <part>" if down else "<old> - <part>",
        },
    )  # fmt: skip


_ASKED = " What is the new price in dollars?"
_DOWN: Stems = {
    Form.BARE: r"Lower $<old>$ dollars by $<percent>\%$. What is the new amount in dollars?",
    Form.STORY: (
        rf"A tent used to cost $<old>$ dollars. Now it costs $<percent>\%$ less.{_ASKED}",
        rf"<name> pays $<old>$ dollars a year for a club. Next year it costs $<percent>\%$ less.{_ASKED}",
    ),
    Form.TABLE: "A shop lowers a price. "
    + table(("old price in dollars", "<old>"), ("change", r"-<percent>\%"), ("new price in dollars", "?"))
    + _ASKED,
    Form.TRANSFER: r"A choir sold its old piano for $<percent>\%$ less than the $<old>$ dollars it had paid. "
    "How many dollars did the choir get?",
}
_UP: Stems = {
    Form.BARE: r"Raise $<old>$ dollars by $<percent>\%$. What is the new amount in dollars?",
    Form.STORY: (
        rf"A guitar used to cost $<old>$ dollars. Now it costs $<percent>\%$ more.{_ASKED}",
        rf"<name> pays $<old>$ dollars a year for lessons. Next year they cost $<percent>\%$ more.{_ASKED}",
    ),
    Form.TABLE: "A shop raises a price. "
    + table(("old price in dollars", "<old>"), ("change", r"+<percent>\%"), ("new price in dollars", "?"))
    + _ASKED,
    Form.TRANSFER: r"A band used to ask $<old>$ dollars for a concert. Now it asks for $<percent>\%$ more. "
    "How many dollars does it ask for now?",
}


@family("percent-change", easiest=0.5)
def find_percent_change(rng: random.Random, level: int) -> Draft:
    """Find by what percent an amount changed."""
    percent = rng.choice(((10, 20, 50), (5, 25, 30, 40), (15, 35, 60, 75))[level])
    old = rng.randrange(2, 15) * 20
    part = old * percent // 100
    down = rng.random() < 0.5
    values: Values = {"percent": percent, "old": old, "part": part, "new": old - part if down else old + part}
    difference = "<old> - <new>" if down else "<new> - <old>"
    ratio = Decimal(part) / old
    return Draft(
        values=values | {"ratio": ratio, "name": person(rng)},
        stems=_FELL if down else _ROSE,
        key="<percent>",
        check="Abs(<new> - <old>) * 100 / <old>",
        steps=(
            step(f"The change: ${difference} = <part>$.", "<part>"),
            step(r"Compare it with the old number: $<part> \div <old> = <ratio>$.", "<ratio>"),
            step(r"As a percent: $<ratio> \times 100 = <percent>$.", "<percent>", "percent-change", "percent-notation"),
        ),
        hints=(
            "A percent change compares the change with the old number.",
            "First find the difference of the two numbers, then divide it by the old number.",
            rf"${difference} = <part>$ and $<part> \div <old> = <ratio>$, which is $<percent>\%$.",
        ),
        wrong={
            "compares-with-new": "<part> / <new> * 100",
            "percent-as-amount": difference,
            "decimal-as-percent": "<part> / <old>",
        },
    )


_FELL: Stems = {
    Form.BARE: "A number falls from $<old>$ to $<new>$. By what percent does it fall?",
    Form.STORY: (
        "<name> had $<old>$ stamps and gave some away. Now there are $<new>$ left. "
        "By what percent did the number of stamps fall?",
        "The price of a lamp fell from $<old>$ to $<new>$ dollars. By what percent did it fall?",
    ),
    Form.TABLE: "The table shows how many birds were counted at a lake. "
    + table(("last year", "<old>"), ("this year", "<new>"))
    + " By what percent did the number fall?",
    Form.TRANSFER: "A pond was $<old>$ meters wide. After a dry summer it is $<new>$ meters wide. "
    "What percent of its width did it lose?",
}
_ROSE: Stems = {
    Form.BARE: "A number rises from $<old>$ to $<new>$. By what percent does it rise?",
    Form.STORY: (
        "<name> had $<old>$ stamps and bought some more. Now there are $<new>$. "
        "By what percent did the number of stamps rise?",
        "The price of a lamp rose from $<old>$ to $<new>$ dollars. By what percent did it rise?",
    ),
    Form.TABLE: "The table shows how many trees grow in a park. "
    + table(("last year", "<old>"), ("this year", "<new>"))
    + " By what percent did the number rise?",
    Form.TRANSFER: "A sports club had $<old>$ members. Now it has $<new>$. By what percent did the club grow?",
}


@family("percent-change", "percent-of-quantity", easiest=0.6)
def change_twice(rng: random.Random, level: int) -> Draft:
    """Raise an amount by a percent, then lower the new amount by a percent."""
    choices = ((10, 20, 50), (10, 20, 25, 30, 40), (5, 15, 25, 35, 45))[level]
    up, down = rng.choice(choices), rng.choice(choices)
    old = rng.randrange(2, 11) * (100 if level < 2 else 60)
    first = Decimal(old) * up / 100
    middle = old + first
    second = middle * down / 100
    values: Values = {"up": up, "down": down, "old": old, "first": first, "middle": middle, "second": second}
    return Draft(
        values=values | {"new": middle - second},
        kind=QuestionKind.QUANTITY,
        unit="dollars",
        stems=_TWICE,
        key="<new>",
        check="<old> * (100 + <up>) / 100 * (100 - <down>) / 100",
        steps=(
            step(r"The first change: $<up>\% \times <old> = <first:money>$.", "<first>", "percent-of-quantity"),
            step("The amount after it: $<old> + <first:money> = <middle:money>$.", "<middle>", "percent-change"),
            step(r"The second change is a part of this amount: $<down>\% \times <middle:money> = <second:money>$.",
                 "<second>", "percent-of-quantity"),
            step("The amount in the end: $<middle:money> - <second:money> = <new:money>$.", "<new>", "percent-change"),
        ),
        hints=(
            "The second percent is a part of the amount after the first change.",
            r"Raise $<old>$ by $<up>\%$ first. Then find $<down>\%$ of what you get.",
            r"After the first change it is $<middle:money>$. $<down>\%$ of this is $<second:money>$, "
            "so in the end it is $<middle:money> - <second:money> = <new:money>$.",
        ),
        wrong={
            "adds-percents": "<old> + <old> * (<up> - <down>) / 100",
            "percent-as-amount": "<old> + <up> - <down>",
            "changes-wrong-way": "<middle> + <second>",
        },
    )  # fmt: skip


_END = " How many dollars is that in the end?"
_TWICE: Stems = {
    Form.BARE: rf"Raise $<old>$ dollars by $<up>\%$. Then lower the new amount by $<down>\%$.{_END}",
    Form.STORY: (
        r"A tent costs $<old>$ dollars. First the price goes up by $<up>\%$, then the new price goes down by "
        rf"$<down>\%$.{_END}",
        r"A choir pays $<old>$ dollars a year for its hall. In the next year it pays $<up>\%$ more. "
        r"In the year after that it pays $<down>\%$ less than the year before. How many dollars is that?",
    ),
    Form.TABLE: "A shop changes a price twice. The second change is a part of the price after the first one. "
    + table(("old price in dollars", "<old>"), ("first change", r"+<up>\%"), ("second change", r"-<down>\%"))
    + " What is the last price in dollars?",
    Form.TRANSFER: r"A museum took in $<old>$ dollars in May. In June it took in $<up>\%$ more than in May, and in "
    r"July $<down>\%$ less than in June. How many dollars was that in July?",
}
