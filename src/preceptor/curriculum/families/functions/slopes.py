"""The slope of a line."""

import random
from decimal import Decimal
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.equations.terms import either_sign
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("slope", "rational-operations", easiest=0.2)
def slope_of_line(rng: random.Random, level: int) -> Draft:
    """Find the slope of the line through two points."""
    run = rng.randint(2, 9)
    rise = rng.choice([n for n in range(1, 13) if n % run])
    xa, ya = rng.randint(1, 6), rng.randint(1, 6)
    if level == 1:
        rise, ya = -rise, ya + rise
    if level == 2:
        xa, ya = -rng.randint(1, run + 6), either_sign(rng, 2, 12)
        rise *= rng.choice((-1, 1))
        xa -= xa == -run  # so that the second point is not on an axis
        ya += ya == -rise
    values: Values = {
        "xa": xa, "ya": ya, "xb": xa + run, "yb": ya + rise, "rise": rise, "run": run, "m": Fraction(rise, run),
        "name": person(rng),
    }  # fmt: skip
    return Draft(
        values=values,
        kind=QuestionKind.FRACTION,
        stems=_SLOPE,
        key="<m>",
        check="(<yb> - <ya>) / (<xb> - <xa>)",
        steps=(
            step("The rise: $<yb> - <ya:guarded> = <rise>$.", "<rise>", "rational-operations"),
            step("The run, in the same order: $<xb> - <xa:guarded> = <run>$.", "<run>", "rational-operations"),
            step(r"The slope is rise divided by run: $<rise> \div <run> = <m>$.", "<m>", "slope"),
        ),
        hints=(
            "The slope is the rise divided by the run.",
            "Subtract the second coordinates to get the rise. Subtract the first ones in the same order to get the "
            "run.",
            r"The rise is $<yb> - <ya:guarded> = <rise>$ and the run is $<xb> - <xa:guarded> = <run>$, so the slope is "
            "$<m>$.",
        ),
        wrong={
            "divides-run-by-rise": "(<xb> - <xa>) / (<yb> - <ya>)",
            "mixes-order-of-points": "(<yb> - <ya>) / (<xa> - <xb>)",
            **({"divides-coordinates": "<yb> / <xb>"} if level == 2 else {}),
        },
    )


_LINE = "$A(<xa>, <ya>)$ and $B(<xb>, <yb>)$"
_LOWEST = " Give it in lowest terms."
_SLOPE: Stems = {
    Form.BARE: f"What is the slope of the line through {_LINE}?{_LOWEST}",
    Form.STORY: (
        f"On a map with a grid, a straight road runs through two villages at {_LINE}. "
        f"What is the slope of the road on the map?{_LOWEST}",
        f"<name> stretches a thread between two pins of a grid board, at {_LINE}. What is the slope of the thread?"
        + _LOWEST,
    ),
    Form.TABLE: "The table shows two points of a line. "
    + table(("x", "<xa>", "<xb>"), ("y", "<ya>", "<yb>"))
    + f" What is the slope of the line?{_LOWEST}",
    Form.TRANSFER: f"<name> writes a program that draws a ray of light from a lamp to a mirror. They are at "
    f"{_LINE}. Which slope does the ray have?{_LOWEST}",
}


@family("slope", "unit-rates", easiest=0.1)
def speed_from_two_times(rng: random.Random, level: int) -> Draft:
    """Find a steady speed from two times and distances."""
    start, lasts = rng.randint(2, 5), rng.randint(2, (4, 6, 8)[level])
    speed = Decimal(rng.randint(*((12, 28), (25, 58), (25, 58))[level]))
    if level == 2:
        lasts, speed = lasts + lasts % 2, speed + Decimal("0.5")
    ahead = Decimal(rng.randint(5, 60)) + (speed * start) % 1
    near = (ahead + speed * start).normalize()
    far = (near + speed * lasts).normalize()
    values: Values = {
        "near": near, "far": far, "start": start, "end": start + lasts, "lasts": lasts, "way": (far - near).normalize(),
        "speed": speed.normalize(), "name": person(rng),
    }  # fmt: skip
    return Draft(
        values=values,
        kind=QuestionKind.QUANTITY,
        unit="km/h",
        stems=_SPEED,
        key="<speed>",
        check="(<far> - <near>) / (<end> - <start>)",
        steps=(
            step("Between the two times, the distance grows: $<far> - <near> = <way>$ kilometers.", "<way>", "slope"),
            step("The time between them: $<end> - <start> = <lasts>$ hours.", "<lasts>", "slope"),
            step(r"In one hour it grows by: $<way> \div <lasts> = <speed>$.", "<speed>", "unit-rates"),
        ),
        hints=(
            "The speed tells by how much the distance grows in one hour. At zero hours it was not zero.",
            "Subtract to find by how much the distance grows, and in how much time. Then divide.",
            r"In $<lasts>$ hours the distance grows by $<way>$ kilometers, so the speed is "
            r"$<way> \div <lasts> = <speed>$ km/h.",
        ),
        wrong={
            "divides-coordinates": "<far> / <end>",
            "rise-only": "<far> - <near>",
            "divides-run-by-rise": "(<end> - <start>) / (<far> - <near>)",
        },
    )


_ASKED = " What is the speed in kilometers per hour (km/h)?"
_SPEED: Stems = {
    Form.BARE: "After $<start>$ hours a distance is $<near>$ kilometers, after $<end>$ hours it is $<far>$ kilometers. "
    f"It grows evenly.{_ASKED}",
    Form.STORY: (
        "A bus drives straight away from a city at a steady speed. $<start>$ hours after noon it is $<near>$ "
        f"kilometers from the city, $<end>$ hours after noon it is $<far>$ kilometers from it.{_ASKED}",
        "<name> follows a wild goose on a map. It flies straight away from a lake at a steady speed. After $<start>$ "
        f"hours it is $<near>$ kilometers from the lake, after $<end>$ hours $<far>$ kilometers.{_ASKED}",
    ),
    Form.TABLE: "A train moves at a steady speed. "
    + table(("hours after noon", "<start>", "<end>"), ("kilometers from the harbor", "<near>", "<far>"))
    + _ASKED,
    Form.TRANSFER: "A storm moves over the sea, straight away from an island. Its speed stays the same. <name> notes: "
    f"$<near>$ kilometers from the island after $<start>$ hours, $<far>$ kilometers after $<end>$ hours.{_ASKED}",
}
