"""Fractions on the number line: parts, marks and jumps from 0."""

import random
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.fractions.drawing import over
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind

POINTS = "ABCDEFGHKLMPQRST"


@family("unit-fractions", easiest=-1.4)
def point_on_line(rng: random.Random, level: int) -> Draft:
    """Name the fraction at a point of a number line."""
    b = rng.randrange(*((3, 8), (5, 13), (6, 9))[level])
    wholes = 2 if level == 2 else 1
    a = over(rng, b) + b if wholes == 2 else over(rng, b, 2)
    point = rng.choice(POINTS)
    values: Values = {"a": a, "b": b, "key": Fraction(a, b), "point": point, "name": person(rng)}
    return Draft(
        values=values | _line(a, b, wholes, point),
        kind=QuestionKind.FRACTION,
        stems=_POINT_PAST_ONE if wholes == 2 else _POINT,
        key="<key>",
        check="<a> * (1 / <b>)",
        steps=(
            step(r"The way from $0$ to $1$ has $<b>$ equal parts, so one part is $\frac{1}{<b>}$.", "1 / <b>"),
            step(r"It is $<a>$ parts from $0$: $<a> \times \frac{1}{<b>} = \frac{<a>}{<b>}$.", "<key>"),
        ),
        hints=(
            "The bottom number says into how many equal parts one whole is cut.",
            "One whole has $<b>$ equal parts. The top number counts the parts from $0$ on.",
            r"It is $<a>$ parts, and $<b>$ parts make one whole. So the fraction is $\frac{<a>}{<b>}$.",
        ),
        wrong={
            "counts-marks": "(<a> + 1) / (<b> + 1)",
            **({"whole-line-as-one": "<a> / (2 * <b>)"} if wholes == 2 else {"rest-of-way": "(<b> - <a>) / <b>"}),
            "swaps-top-and-bottom": "<b> / <a>",
        },
    )


def _line(a: int, b: int, wholes: int, point: str) -> Values:
    """Draw a number line as the cells of a table: marks, and below them the whole numbers and the point."""
    below = [r"\cdot"] * (wholes * b + 1)
    for whole in range(wholes + 1):
        below[whole * b] = str(whole)
    below[a] = point
    return {"columns": " ".join("c" * len(below)), "marks": " & ".join("|" * len(below)), "line": " & ".join(below)}


_DRAWN = (
    r"Look at the number line. All gaps are the same. $\begin{array}{<columns>} <marks> \\ <line> \end{array}$ "
    "Which fraction is at point $<point>$?"
)
_POINT: Stems = {
    Form.BARE: (
        "The way from $0$ to $1$ has $<b>$ equal parts. Point $<point>$ is $<a>$ of these parts away from $0$. "
        "Which fraction is at $<point>$?",
        "Cut the number line from $0$ to $1$ into $<b>$ equal parts. Start at $0$ and go on by $<a>$ parts. "
        "Which fraction do you reach?",
    ),
    Form.STORY: (
        "A frog needs $<b>$ equal hops from $0$ to $1$. It starts at $0$ and makes $<a>$ hops. "
        "At which fraction does it sit?",
        "A path is one kilometer long. It has $<b>$ equal parts. <name> has walked $<a>$ of them. "
        "What fraction of a kilometer is that?",
        "A rope is one meter long. <name> marks $<b>$ equal parts on it and cuts off $<a>$ of them. "
        "What fraction of a meter is cut off?",
    ),
    Form.TABLE: _DRAWN,
    Form.TRANSFER: "A jug holds one liter. It has lines that cut it into $<b>$ equal parts. <name> fills $<a>$ parts. "
    "What fraction of a liter is in the jug?",
}
_POINT_PAST_ONE: Stems = {
    Form.BARE: (
        "On a number line, each whole has $<b>$ equal parts. Point $<point>$ is $<a>$ of these parts away from $0$. "
        "Which fraction is at $<point>$?",
        "Cut the number line from $0$ to $1$ into $<b>$ equal parts, and from $1$ to $2$ too. Start at $0$ and go on "
        "by $<a>$ parts. Which fraction do you reach?",
    ),
    Form.STORY: (
        "A frog needs $<b>$ equal hops from $0$ to $1$. It starts at $0$ and makes $<a>$ hops in all. "
        "At which fraction does it sit?",
        "A path has $<b>$ equal parts in each kilometer. <name> has walked $<a>$ of these parts. "
        "How many kilometers is that? Give a fraction.",
        "<name> marks $<b>$ equal parts on each meter of a rope and cuts off $<a>$ parts. "
        "How many meters are cut off? Give a fraction.",
    ),
    Form.TABLE: _DRAWN,
    Form.TRANSFER: "Two jugs hold one liter each. Lines cut each jug into $<b>$ equal parts. <name> fills $<a>$ "
    "parts in all. How many liters is that? Give a fraction.",
}


@family("unit-fractions", easiest=-1.0)
def marks_between(rng: random.Random, level: int) -> Draft:
    """Name the fraction at a mark when the marks between 0 and 1 are counted."""
    b = rng.randrange(*((3, 11), (7, 14), (7, 14))[level])
    a = over(rng, b, 2)
    back = level == 2
    values: Values = {"a": a, "b": b, "k": b - a if back else a, "marks": b - 1, "name": person(rng)}
    parts = step(r"The $<marks>$ marks cut the way into $<marks> + 1 = <b>$ equal parts.", "<b>")
    count = step(r"One part is $\frac{1}{<b>}$, so mark number $<k>$ is at $\frac{<k>}{<b>}$.", "<k> / <b>")
    count_back = step("Counted from $0$, this mark has the number $<b> - <k> = <a>$.", "<a>")
    reach = step(r"One part is $\frac{1}{<b>}$, so the mark is at $\frac{<a>}{<b>}$.", "<a> / <b>")
    last = r"The $<marks>$ marks make $<b>$ equal parts, and it is $<a>$ parts from $0$ to the mark: $\frac{<a>}{<b>}$."
    return Draft(
        values=values,
        kind=QuestionKind.FRACTION,
        stems=_MARKS_BACK if back else _MARKS,
        key=Fraction(a, b),
        check="1 - <k> / (<marks> + 1)" if back else "<k> / (<marks> + 1)",
        steps=(parts, count_back, reach) if back else (parts, count),
        hints=(
            "How many equal parts are there? Count the parts, not the marks.",
            "There is one part more than there are marks. Then count how many parts it is back to $0$." if back
            else "There is one part more than there are marks. Then count the parts from $0$ to the mark.",
            last,
        ),
        wrong={
            "counts-marks": "(<marks> - <k>) / <marks>" if back else "<k> / <marks>",
            "rest-of-way": "<k> / <b>" if back else "(<b> - <k>) / <b>",
            "swaps-top-and-bottom": "<b> / <a>",
        },
    )  # fmt: skip


_MARKS: Stems = {
    Form.BARE: (
        "There are $<marks>$ marks between $0$ and $1$. All gaps are the same. Which fraction is at mark number $<k>$?",
        "A number line has $<marks>$ marks between $0$ and $1$, and all gaps are the same. Count the marks from $0$ "
        "on. Which fraction is at mark number $<k>$?",
    ),
    Form.STORY: (
        "A rope is one meter long. <name> ties $<marks>$ knots in it. All parts of the rope are now the same length. "
        "What fraction of a meter is it from the start to knot number $<k>$?",
        "A road is one kilometer long. Between its two ends stand $<marks>$ trees, and all gaps are the same. <name> "
        "walks from the start to tree number $<k>$. What fraction of a kilometer is that?",
    ),
    Form.TABLE: "<name> draws marks with equal gaps on a number line. "
    + table(("marks between 0 and 1", "<marks>"), ("number of the mark", "<k>"))
    + " Which fraction is at this mark?",
    Form.TRANSFER: "<name> draws $<marks>$ lines around a candle, so that all its parts have the same height. The "
    "candle burns down to line number $<k>$ from below. What fraction of the candle is left?",
}
_MARKS_BACK: Stems = {
    Form.BARE: (
        "There are $<marks>$ marks between $0$ and $1$. All gaps are the same. Count back from $1$. "
        "Which fraction is at mark number $<k>$?",
        "A number line has $<marks>$ marks between $0$ and $1$, and all gaps are the same. "
        "You start at $1$ and go back to mark number $<k>$. Which fraction is there?",
    ),
    Form.STORY: (
        "A rope is one meter long. <name> ties $<marks>$ knots in it. All parts of the rope are now the same length. "
        "Count the knots from the end. What fraction of a meter is it from the start to knot number $<k>$?",
        "A road is one kilometer long. Between its two ends stand $<marks>$ trees, and all gaps are the same. <name> "
        "comes back from the end and is at tree number $<k>$. What fraction of a kilometer is it to the start?",
    ),
    Form.TABLE: "<name> draws marks with equal gaps on a number line. "
    + table(("marks between 0 and 1", "<marks>"), ("number, counted back from 1", "<k>"))
    + " Which fraction is at this mark?",
    Form.TRANSFER: "<name> draws $<marks>$ lines around a candle, so that all its parts have the same height. The "
    "candle burns down to line number $<k>$ from the top. What fraction of the candle is left?",
}


@family("unit-fractions", easiest=-1.2)
def count_jumps(rng: random.Random, level: int) -> Draft:
    """Count the jumps of one unit fraction to a whole number."""
    b = rng.randrange(*((2, 9), (4, 12), (4, 12))[level])
    w = rng.randrange(*((2, 8), (3, 11), (3, 11))[level])
    a = over(rng, b, 2) if level == 2 else 0
    values: Values = {"a": a, "b": b, "w": w, "full": w * b, "key": w * b - a, "name": person(rng)}
    started = level == 2
    last = r"$<w> \times <b> = <full>$ and $<full> - <a> = <key>$" if started else r"$<w> \times <b> = <key>$"
    return Draft(
        values=values,
        stems=_JUMPS_ON if started else _JUMPS,
        key="<key>",
        check="(<w> - <a> / <b>) / (1 / <b>)" if started else "<w> / (1 / <b>)",
        steps=(
            step(r"From $0$ to $1$ it takes $<b>$ steps of $\frac{1}{<b>}$.", "<b>"),
            step(r"The way from $0$ to $<w>$ has $<w>$ wholes: $<w> \times <b> = <full>$ steps.", "<full>",
                 "unit-fractions", "multiplication-facts"),
            *([step(r"The first $<a>$ steps are done: $<full> - <a> = <key>$ are left.", "<key>")] if started else []),
        ),
        hints=(
            "First find how many steps there are from $0$ to $1$.",
            "Each whole takes $<b>$ steps. Find all steps from $0$ to $<w>$, then take off those up to "
            r"$\frac{<a>}{<b>}$."
            if started
            else "Each whole takes $<b>$ steps. How many wholes does the way have?",
            f"Each whole takes $<b>$ steps: {last}.",
        ),
        wrong={
            "whole-line-as-one": "<b> - <a>" if started else "<b>",
            "adds-wholes-and-parts": "<w> + <b> - <a>" if started else "<w> + <b>",
            **({"counts-marks": "<w> * <b> - <a> + 1"} if started else {}),
        },
    )  # fmt: skip


_JUMPS: Stems = {
    Form.BARE: (
        r"How many steps of $\frac{1}{<b>}$ is it from $0$ to $<w>$ on the number line?",
        r"On a number line you go from $0$ to $<w>$. Each step is $\frac{1}{<b>}$ long. How many steps do you make?",
    ),
    Form.STORY: (
        r"A frog sits at $0$. With each hop it gets $\frac{1}{<b>}$ of a meter farther. "
        "How many hops does it make for $<w>$ meters?",
        r"<name> has $<w>$ meters of tape and cuts it into pieces of $\frac{1}{<b>}$ of a meter. How many pieces is "
        "that?",
        r"A cup holds $\frac{1}{<b>}$ of a liter. <name> waters the plants with $<w>$ liters. "
        "How many full cups is that?",
    ),
    Form.TABLE: "<name> builds a robot. It walks in steps of the same length. "
    + table(("one step in meters", r"\frac{1}{<b>}"), ("whole way in meters", "<w>"), ("steps", "?"))
    + " How many steps is the whole way?",
    Form.TRANSFER: r"<name> watches a snail. It rests after each $\frac{1}{<b>}$ of a meter, also at the end. Its "
    "way is $<w>$ meters long. How many times does it rest?",
}
_JUMPS_ON: Stems = {
    Form.BARE: (
        r"How many steps of $\frac{1}{<b>}$ is it from $\frac{<a>}{<b>}$ to $<w>$ on the number line?",
        r"On a number line you go from $\frac{<a>}{<b>}$ to $<w>$. Each step is $\frac{1}{<b>}$ long. "
        "How many steps do you make?",
    ),
    Form.STORY: (
        r"A frog hops from $0$ to $<w>$. Each hop is $\frac{1}{<b>}$ long. Now it sits at $\frac{<a>}{<b>}$. "
        "How many hops are left?",
        r"<name> has a tape of $<w>$ meters. First $\frac{<a>}{<b>}$ of a meter is cut off. The rest is cut into "
        r"pieces of $\frac{1}{<b>}$ of a meter. How many pieces is that?",
        r"<name> needs $<w>$ liters of water. There is $\frac{<a>}{<b>}$ of a liter in the pot now. A cup holds "
        r"$\frac{1}{<b>}$ of a liter. How many full cups are still to come?",
    ),
    Form.TABLE: "<name> builds a robot. It walks in steps of the same length. "
    + table(
        ("one step in meters", r"\frac{1}{<b>}"),
        ("meters done", r"\frac{<a>}{<b>}"),
        ("whole way in meters", "<w>"),
    )
    + " How many steps are left to the end of the way?",
    Form.TRANSFER: r"<name> watches a snail. It rests after each $\frac{1}{<b>}$ of a meter, also at the end. Its "
    r"way is $<w>$ meters long. Now it has come $\frac{<a>}{<b>}$ of a meter and has just had a rest. How many more "
    "times will it rest?",
}
