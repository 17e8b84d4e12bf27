"""Elapsed time."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind

_HOUR = 60


def _clock(minutes: int) -> str:
    """Write a time of day as LaTeX."""
    return _written(*divmod(minutes, _HOUR))


def _written(hours: int, minutes: int) -> str:
    return rf"{hours}\text{{:}}{minutes:02d}"


@family("elapsed-time", "add-subtract-whole", easiest=-1.0)
def minutes_between(rng: random.Random, level: int) -> Draft:
    """Count the minutes between two times of a morning."""
    hours, pace = level, 1 if level > 1 else 5
    h1 = rng.randrange(7, 11 - hours)
    m1, m2 = rng.randrange(35, 56, pace), rng.randrange(5, 35, pace)
    h2 = h1 + 1 + hours
    first, between = _HOUR - m1, _HOUR * hours
    values: Values = {"h1": h1, "m1": m1, "h2": h2, "m2": m2, "first": first, "hours": hours, "between": between}
    values |= {"start": _written(h1, m1), "end": _written(h2, m2), "full": _written(h1 + 1, 0), "next": h1 + 1}
    total = "$<first> + <between> + <m2> = <all>$" if hours else "$<first> + <m2> = <all>$"
    return Draft(
        values=values | {"all": first + between + m2, "name": person(rng)},
        kind=QuestionKind.QUANTITY,
        unit="minutes",
        stems=_BETWEEN,
        key="<all>",
        check="<h2> * 60 + <m2> - <h1> * 60 - <m1>",
        steps=(
            step("Go to $<full>$ first. That takes $60 - <m1> = <first>$ minutes.", "<first>", "elapsed-time"),
            *((step(r"The full hours: $<hours> \times 60 = <between>$ minutes.", "<between>", "elapsed-time"),)
              if hours else ()),
            step(f"Add the $<m2>$ minutes after the last full hour: {total}.", "<all>", "add-subtract-whole"),
        ),
        hints=(
            "Go to the next full hour first.",
            "How many minutes is it to the next full hour? Then go on to the end.",
            f"It takes $<first>$ minutes to get to $<full>$. In all, it is {total} minutes.",
        ),
        wrong={
            "hour-as-hundred": "(<h2> - <h1>) * 100 + <m2> - <m1>",
            "minutes-smaller-from-larger": "(<h2> - <h1>) * 60 + <m1> - <m2>",
            "skips-to-full-hour": "(<h2> - <next>) * 60 + <m2>",
        },
    )  # fmt: skip


_BETWEEN: Stems = {
    Form.BARE: "How many minutes is it from $<start>$ to $<end>$ on the same morning?",
    Form.STORY: (
        "A train leaves at $<start>$ in the morning. It gets in at $<end>$. How many minutes does the trip take?",
        "<name> goes on a walk at $<start>$ in the morning and is back at $<end>$. How many minutes is that?",
        "A choir starts to practice at $<start>$ in the morning and stops at $<end>$. How many minutes is that?",
    ),
    Form.TABLE: "<name> looks at the plan for a morning. "
    + table(("start of the game", "<start>"), ("end of the game", "<end>"))
    + " How many minutes does the game last?",
    Form.TRANSFER: "The sun comes out at $<start>$ in the morning and hides again at $<end>$. "
    "How many minutes does it shine?",
}


@family("elapsed-time", easiest=-0.8)
def find_the_time(rng: random.Random, level: int) -> Draft:
    """Find when something ends, or at the hardest level when it began."""
    back, hours, pace = level > 1, min(level, 1), 1 if level > 1 else 5
    hour = rng.randrange(9, 11) if back else rng.randrange(7, 10)
    minute = rng.randrange(8, 33) if back else rng.randrange(25, 60, pace)
    least = minute + 6 if back else _HOUR - minute + 5
    extra = rng.randrange(least, _HOUR, pace)
    sign = -1 if back else 1
    given, span = hour * _HOUR + minute, hours * _HOUR + extra
    on_paper = hour * 100 + minute + sign * (hours * 100 + extra)
    edge = given // _HOUR * _HOUR + (0 if back else _HOUR)
    first = minute if back else _HOUR - minute
    values: Values = {"given": _clock(given), "hour": hour, "minute": minute, "hours": hours, "extra": extra}
    values |= {"mid": _clock(given + sign * hours * _HOUR), "midhour": hour + sign * hours, "first": first}
    values |= {"rest": extra - first, "clock": _clock(given + sign * span), "keyminute": (given + sign * span) % _HOUR}
    values |= {"carryless": _clock(given + sign * span - sign * _HOUR), "paper": _written(*divmod(on_paper, 100))}
    values |= {"wrongway": _clock(given - sign * span), "fromfull": _clock(edge + sign * span), "name": person(rng)}
    return Draft(
        values=values,
        kind=QuestionKind.CHOICE,
        stems=_TIMES[level],
        key="$<clock>$",
        check="<hour> * 60 + <minute>" + (" - " if back else " + ") + "(<hours> * 60 + <extra>)",
        steps=_BACK if back else (*_ONE_HOUR, *_ON) if hours else _ON,
        hints=(
            "The time you look for is earlier." if back else "The time you look for is later.",
            "Take the hour away first. Then go back to the full hour." if back
            else "Add the hour first. Then go to the next full hour." if hours
            else "Go to the next full hour first. How many minutes are left then?",
            "From $<mid>$, go back $<first>$ minutes to the full hour. Then $<rest>$ minutes are left, "
            "and you get to $<clock>$." if back
            else "From $<mid>$ it is $<first>$ minutes to the full hour. Then $<rest>$ minutes are left, "
            "and you get to $<clock>$.",
        ),
        wrong={
            "forgets-next-hour": "$<carryless>$",
            "hour-as-hundred": "$<paper>$",
            "skips-to-full-hour": "$<fromfull>$",
            "goes-wrong-way": "$<wrongway>$",
        },
    )  # fmt: skip


_ONE_HOUR = (step("The hour first: $<hour> + 1 = <midhour>$, so it is $<mid>$.", "<midhour>"),)
_ON = (
    step("To the next full hour: $60 - <minute> = <first>$ minutes.", "<first>"),
    step("Then $<extra> - <first> = <rest>$ minutes are left, so it is $<clock>$.", "<rest>"),
)
_BACK = (
    step("The hour first: $<hour> - 1 = <midhour>$, so it is $<mid>$.", "<midhour>"),
    step("Go back $<minute>$ minutes to the full hour. Then $<extra> - <minute> = <rest>$ minutes are left.", "<rest>"),
    step("Go back from the full hour: $60 - <rest> = <keyminute>$, so it was $<clock>$.", "<keyminute>"),
)
_TIMES: tuple[Stems, Stems, Stems] = (
    {
        Form.BARE: "It is $<given>$. What time is it $<extra>$ minutes later?",
        Form.STORY: (
            "<name> starts to read at $<given>$ and reads for $<extra>$ minutes. When does <name> stop?",
            "A bus leaves at $<given>$. The trip takes $<extra>$ minutes. When does it end?",
        ),
        Form.TABLE: "The plan shows a play at <name>'s school. "
        + table(("start", "<given>"), ("minutes", "<extra>"), ("end", "?"))
        + " When does the play end?",
        Form.TRANSFER: "<name>'s clock shows $<given>$, but it is $<extra>$ minutes slow. What is the right time?",
    },
    {
        Form.BARE: "It is $<given>$. What time is it $1$ hour and $<extra>$ minutes later?",
        Form.STORY: (
            "<name> starts to paint at $<given>$ and paints for $1$ hour and $<extra>$ minutes. When does <name> stop?",
            "A bus leaves at $<given>$. The trip takes $1$ hour and $<extra>$ minutes. When does it end?",
        ),
        Form.TABLE: "The plan shows a play at <name>'s school. "
        + table(("start", "<given>"), ("hours", "1"), ("minutes", "<extra>"), ("end", "?"))
        + " When does the play end?",
        Form.TRANSFER: "<name>'s clock shows $<given>$, but it is $1$ hour and $<extra>$ minutes slow. "
        "What is the right time?",
    },
    {
        Form.BARE: "It is $<given>$. What time was it $1$ hour and $<extra>$ minutes ago?",
        Form.STORY: (
            "<name> stops to paint at $<given>$ after $1$ hour and $<extra>$ minutes. When did <name> start?",
            "A bus gets in at $<given>$. The trip took $1$ hour and $<extra>$ minutes. When did it start?",
        ),
        Form.TABLE: "The plan shows a play at <name>'s school. "
        + table(("start", "?"), ("hours", "1"), ("minutes", "<extra>"), ("end", "<given>"))
        + " When does the play start?",
        Form.TRANSFER: "<name>'s clock shows $<given>$, but it is $1$ hour and $<extra>$ minutes fast. "
        "What is the right time?",
    },
)
