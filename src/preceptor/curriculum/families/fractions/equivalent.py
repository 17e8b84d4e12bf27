"""Equal fractions: missing numerators and other names of one fraction."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.fractions.drawing import over
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("equivalent-fractions", easiest=-1.1)
def missing_numerator(rng: random.Random, level: int) -> Draft:
    """Fill in the numerator of an equal fraction."""
    b = rng.randrange(3, 12)
    a = over(rng, b, 2)
    factors = [factor for factor in range(2, 8) if factor != a]
    start, goal = ((1, rng.choice(factors[:4])), (rng.choice(factors), 1), rng.sample(factors[:4], 2))[level]
    values: Values = {"a": a, "b": b, "start": start, "goal": goal, "top": a * start, "bottom": b * start}
    values |= {"aim": b * goal, "key": a * goal, "name": person(rng)}
    same_step = a * start + b * (goal - start)
    return Draft(
        values=values,
        stems=_MISSING,
        key="<key>",
        check="<top> / <bottom> * <aim>",
        steps=(
            *([step(r"Divide top and bottom by $<start>$: $\frac{<top>}{<bottom>} = \frac{<a>}{<b>}$.", "<a> / <b>")]
              if start > 1 else []),
            *([step(r"The denominator grows $<goal>$ times: $<b> \times <goal> = <aim>$.", "<aim>",
                    "equivalent-fractions", "multiplication-facts"),
               step(r"The numerator has to grow as much: $<a> \times <goal> = <key>$.", "<key>")]
              if goal > 1 else [step("The denominator is now $<aim>$, so the numerator is $<key>$.", "<key>")]),
        ),
        hints=(
            "Equal fractions: multiply or divide top and bottom by the same number.",
            r"Write $\frac{<top>}{<bottom>}$ in simplest form, then look at the denominator $<aim>$." if level == 2
            else "By which number do you get from the denominator $<bottom>$ to the denominator $<aim>$?",
            r"$\frac{<top>}{<bottom>} = \frac{<key>}{<aim>}$, so the numerator is $<key>$.",
        ),
        wrong={
            "keeps-numerator": "<top>",
            **({"adds-same-number": "<top> + <aim> - <bottom>"} if same_step > 0 else {}),
            "gives-factor": "<bottom> / <aim>" if level == 1 else "<aim> / <b>",
        },
    )  # fmt: skip


_MISSING: Stems = {
    Form.BARE: r"Which number replaces the question mark? $\frac{<top>}{<bottom>} = \frac{?}{<aim>}$",
    Form.STORY: (
        r"A sheet of paper has $<aim>$ squares of the same size. <name> colors $\frac{<top>}{<bottom>}$ of the sheet. "
        "How many squares are colored?",
        r"A garden has $<aim>$ beds of the same size. Beans grow in $\frac{<top>}{<bottom>}$ of the garden. "
        "How many beds is that?",
        r"A trail has $<aim>$ parts of the same length. <name> has walked $\frac{<top>}{<bottom>}$ of the trail. "
        "How many parts is that?",
    ),
    Form.TABLE: "The two columns show equal fractions. "
    + table(("numerator", "<top>", "?"), ("denominator", "<bottom>", "<aim>"))
    + " Which numerator is missing?",
    Form.TRANSFER: r"On the number line, $\frac{<top>}{<bottom>}$ and a fraction with the denominator $<aim>$ are at "
    "the same point. What is the numerator of that fraction?",
}


@family("equivalent-fractions", easiest=-0.9)
def equal_fraction(rng: random.Random, level: int) -> Draft:
    """Choose the fraction that is equal to a given one."""
    b = rng.randrange(3, 12)
    a = over(rng, b, 2)
    both = rng.choice(((2, 3), (2, 5), (3, 4), (3, 5)))
    start, goal = ((1, rng.randrange(2, 6)), (rng.randrange(3, 7), 1), both)[level]
    top, bottom, new_top, new_bottom = a * start, b * start, a * goal, b * goal
    shift = -start if level == 1 else (goal if level == 0 else new_bottom - bottom)
    values: Values = {"a": a, "b": b, "start": start, "goal": goal, "top": top, "bottom": bottom}
    values |= {"newtop": new_top, "newbottom": new_bottom, "upper": top + shift, "lower": bottom + shift}
    by_goal = step(r"Multiply top and bottom by $<goal>$: $\frac{<a>}{<b>} = \frac{<newtop>}{<newbottom>}$.",
                   "<newtop> / <newbottom>", "equivalent-fractions", "multiplication-facts")  # fmt: skip
    by_start = step(r"Divide top and bottom by $<start>$: $\frac{<top>}{<bottom>} = \frac{<a>}{<b>}$.",
                    "<a> / <b>", "equivalent-fractions", "multiplication-facts")  # fmt: skip
    return Draft(
        values=values | {"name": person(rng)},
        kind=QuestionKind.CHOICE,
        stems=_EQUAL,
        key=r"$\frac{<newtop>}{<newbottom>}$",
        check="<top> / <bottom>",
        steps=((by_goal,), (by_start,), (by_start, by_goal))[level],
        hints=(
            "A fraction keeps its size when top and bottom are multiplied or divided by the same number.",
            "Go through the options. Were numerator and denominator both multiplied by the same number?" if level == 0
            else "First write the fraction in simplest form: which number divides $<top>$ and $<bottom>$?",
            r"$\frac{<top>}{<bottom>} = \frac{<newtop>}{<newbottom>}$.",
        ),
        wrong={
            "adds-same-number": r"$\frac{<upper>}{<lower>}$",
            "keeps-numerator": r"$\frac{<top>}{<newbottom>}$",
            "keeps-denominator": r"$\frac{<newtop>}{<bottom>}$",
        },
    )  # fmt: skip


_EQUAL: Stems = {
    Form.BARE: (
        r"Which fraction is equal to $\frac{<top>}{<bottom>}$?",
        r"Which fraction is another name for $\frac{<top>}{<bottom>}$?",
    ),
    Form.STORY: (
        r"<name> ate $\frac{<top>}{<bottom>}$ of a pancake. A friend ate just as much of a pancake of the same size. "
        "Which fraction says the same?",
        r"<name> and a friend read the same book. <name> has read $\frac{<top>}{<bottom>}$ of it, and the friend "
        "just as much. Which fraction says the same?",
        r"Two clubs play on fields of the same size. Snow lies on $\frac{<top>}{<bottom>}$ of each field. "
        "Which fraction says the same?",
    ),
    Form.TABLE: "<name> colored a strip with equal parts. "
    + table(("colored parts", "<top>"), ("all parts", "<bottom>"))
    + " Another strip of the same length is colored just as far. What fraction of it is colored?",
    Form.TRANSFER: r"<name> writes $\frac{<top>}{<bottom>}$ on a card. On the back belongs a fraction at the same "
    "point of the number line. Which one is it?",
}
