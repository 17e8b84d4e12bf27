"""True and false statements about negative numbers."""

import random
from decimal import Decimal

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.notation import Number
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("absolute-value", "order-integers", easiest=-0.5)
def compare_distances(rng: random.Random, level: int) -> Draft:
    """Choose the true statement about two numbers and their distances from zero."""
    near, far = sorted(rng.sample(range(2, (20, 60, 100)[level]), 2))
    scale = 10 if level == 2 else 1
    sizes: list[Number] = [Decimal(size) / scale if level == 2 else size for size in (near, far)]
    opposite = level == 0
    values: Values = {"name": person(rng), "p": -sizes[1], "dp": sizes[1], "dq": sizes[0]}
    distances = rng.random() < 0.5
    further, left = "$|<p>| > |<q>|$", "$<p> < <q>$"
    return Draft(
        values=values | {"q": sizes[0] if opposite else -sizes[0]},
        kind=QuestionKind.CHOICE,
        stems=_COMPARE,
        key=further if distances else left,
        check="Abs(<p>) > Abs(<q>)" if distances else "<p> < <q>",
        steps=(
            step("The distances from zero are $|<p>| = <dp>$ and $|<q>| = <dq>$.", "<dp>"),
            step("Compare the distances: $<dp> > <dq>$, so $|<p>| > |<q>|$.", "<dq>"),
            step("On the number line $<p>$ is further to the left: $<p> < <q>$.", "<p>", "order-integers"),
        ),
        hints=(
            "Two things are compared here: where the numbers lie, and how far they are from zero.",
            "Which number is further to the left? Which is further from zero?",
            f"Further to the left means less: {left}. Further from zero means a greater absolute value: {further}.",
        ),
        wrong={
            "ignores-sign": "$<p> > <q>$",
            "keeps-sign": "$|<p>| < |<q>|$",
            **({"takes-opposite": "$|<q>| = -<q>$"} if opposite else {"zero-is-least": "$0 < <p>$"}),
        },
    )


_ASKED = " Which statement is true?"
_COMPARE: Stems = {
    Form.BARE: f"Compare $<p>$ and $<q>$.{_ASKED}",
    Form.STORY: (
        f"One night it is $<p>$ degrees, and the next night $<q>$ degrees. <name> compares the two numbers.{_ASKED}",
        f"Measured from the sea, one place lies at $<p>$ meters and another at $<q>$ meters.{_ASKED}",
        f"Two throws miss a mark by $<p>$ and $<q>$ centimeters. A minus sign means too short.{_ASKED}",
    ),
    Form.TABLE: "The table shows the points of two teams. "
    + table(("first team", "<p>"), ("second team", "<q>"))
    + _ASKED,
    Form.TRANSFER: f"On a number line, one dot is drawn at $<p>$ and one at $<q>$. <name> describes them.{_ASKED}",
}
