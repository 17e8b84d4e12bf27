"""Right triangles: the theorem of Pythagoras."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind

_TRIPLES = (
    (*((3 * n, 4 * n, 5 * n) for n in range(2, 10)), (5, 12, 13), (10, 24, 26)),
    ((5, 12, 13), (10, 24, 26), (15, 36, 39), (8, 15, 17), (16, 30, 34), (24, 45, 51), (20, 48, 52), (7, 24, 25),
     (14, 48, 50), (30, 40, 50), (27, 36, 45), (32, 60, 68)),
    ((20, 21, 29), (9, 40, 41), (12, 35, 37), (40, 42, 58), (11, 60, 61), (28, 45, 53), (24, 70, 74), (21, 72, 75),
     (18, 80, 82), (33, 56, 65), (60, 63, 87), (48, 55, 73)),
)  # fmt: skip


def sides(rng: random.Random, level: int) -> Values:
    """Short sides a and b and longest side c of a right triangle, with their squares."""
    first, second, longest = rng.choice(_TRIPLES[level])
    a, b = rng.sample((first, second), 2)
    squares: Values = {"asquare": a * a, "bsquare": b * b, "csquare": longest * longest}
    return squares | {"a": a, "b": b, "c": longest, "name": person(rng)}


@family("pythagorean-theorem", "square-roots", easiest=0.3)
def longest_side(rng: random.Random, level: int) -> Draft:
    """Find the longest side of a right triangle."""
    return Draft(
        values=sides(rng, level),
        kind=QuestionKind.QUANTITY,
        unit="m",
        stems=_LONGEST,
        key="<c>",
        check="sqrt(<a>**2 + <b>**2)",
        steps=(
            step("Square the short sides: $<a>^2 = <asquare>$ and $<b>^2 = <bsquare>$.", "<bsquare>",
                 "pythagorean-theorem", "exponents"),
            step("Add the squares: $<asquare> + <bsquare> = <csquare>$.", "<csquare>"),
            step(r"Take the square root: $\sqrt{<csquare>} = <c>$.", "<c>", "square-roots"),
        ),
        hints=(
            "Look for the right angle. The longest side lies opposite to it.",
            "The squares over the short sides together are as large as the square over the longest side.",
            r"$<a>^2 + <b>^2 = <csquare>$ and $\sqrt{<csquare>} = <c>$.",
        ),
        wrong={
            "skips-squaring": "<a> + <b>",
            "forgets-square-root": "<a>^2 + <b>^2",
            "halves-for-square-root": "(<a>^2 + <b>^2) / 2",
        },
    )  # fmt: skip


_ASK_LONGEST = " How many meters long is the longest side?"
_SHORT = "The two short sides are $<a>$ m and $<b>$ m long."
_LONGEST: Stems = {
    Form.BARE: (
        f"A triangle has a right angle. {_SHORT}{_ASK_LONGEST}",
        f"In a right triangle, the sides at the right angle are $<a>$ m and $<b>$ m long.{_ASK_LONGEST}",
        "The short sides of a right triangle are $<a>$ m and $<b>$ m long. How many meters long is the third side?",
    ),
    Form.STORY: (
        "<name> walks $<a>$ m to the north, then $<b>$ m to the east. "
        "How many meters is it straight back to the start?",
        "A field is a rectangle, $<a>$ m long and $<b>$ m wide. <name> crosses it from one corner to the opposite "
        "corner. How many meters is that?",
        "A radio mast is $<a>$ m high. <name> pulls a rope from its top to a peg in the flat ground, $<b>$ m away "
        "from the foot of the mast. How many meters long is the rope?",
    ),
    Form.TABLE: "<name> measures a right triangle. "
    + table(("first short side", r"<a>\ \text{m}"), ("second short side", r"<b>\ \text{m}"), ("longest side", "?"))
    + _ASK_LONGEST,
    Form.TRANSFER: "A straight water pipe goes up a hill. Its upper end is $<a>$ m higher than its lower end. On the "
    "map, which is flat, <name> finds $<b>$ m between the two ends. How many meters long is the pipe?",
}


@family("pythagorean-theorem", "square-roots", easiest=0.5)
def short_side(rng: random.Random, level: int) -> Draft:
    """Find a short side of a right triangle."""
    return Draft(
        values=sides(rng, level),
        kind=QuestionKind.QUANTITY,
        unit="cm",
        stems=_SHORTER,
        key="<b>",
        check="sqrt(<c>**2 - <a>**2)",
        steps=(
            step("Square the known sides: $<c>^2 = <csquare>$ and $<a>^2 = <asquare>$.", "<asquare>",
                 "pythagorean-theorem", "exponents"),
            step("Subtract from the largest square: $<csquare> - <asquare> = <bsquare>$.", "<bsquare>"),
            step(r"Take the square root: $\sqrt{<bsquare>} = <b>$.", "<b>", "square-roots"),
        ),
        hints=(
            "Which of the known sides is the longest one, opposite to the right angle?",
            "Both small squares together are as large as the largest one. How large is the square you look for?",
            r"$<c>^2 - <a>^2 = <bsquare>$ and $\sqrt{<bsquare>} = <b>$.",
        ),
        wrong={
            "skips-squaring": "<c> - <a>",
            "forgets-square-root": "<c>^2 - <a>^2",
            "halves-for-square-root": "(<c>^2 - <a>^2) / 2",
        },
    )  # fmt: skip


_ASK_SHORT = " How many cm long is the other short side?"
_SHORTER: Stems = {
    Form.BARE: (
        f"A triangle has a right angle. Its longest side is $<c>$ cm, a short side is $<a>$ cm long.{_ASK_SHORT}",
        "A right triangle has a short side of $<a>$ cm. The side opposite to the right angle is $<c>$ cm long."
        + _ASK_SHORT,
        "In a right triangle, one short side is $<a>$ cm and the longest side is $<c>$ cm long. "
        "How many cm long is the third side?",
    ),
    Form.STORY: (
        "A stick of $<c>$ cm leans against a wall. Its foot is $<a>$ cm away from the wall. <name> measures how high "
        "it reaches. How many cm is that?",
        "A picture is a rectangle. <name> measures $<c>$ cm from corner to opposite corner and $<a>$ cm for the width. "
        "What is its height in cm?",
    ),
    Form.TABLE: "<name> measures a right triangle. "
    + table(("longest side", r"<c>\ \text{cm}"), ("a short side", r"<a>\ \text{cm}"), ("other short side", "?"))
    + _ASK_SHORT,
    Form.TRANSFER: "In the wind, a balloon pulls a string of $<c>$ cm tight. The string is tied to the flat ground. "
    "<name> marks the point on the ground right below the top of the string, $<a>$ cm away from its other end. "
    "How many cm above the ground is the top of the string?",
}
