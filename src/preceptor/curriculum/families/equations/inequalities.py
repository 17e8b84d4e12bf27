"""Linear inequalities."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Values, step
from preceptor.curriculum.families.equations.terms import linear
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind

_TURNED = {r"\le": r"\ge", r"\ge": r"\le"}
_PYTHON = {r"\le": "<=", r"\ge": ">="}


@family("inequalities", easiest=0.3)
def inequality(rng: random.Random, level: int) -> Draft:
    """Choose the solution of an inequality."""
    a = (1, rng.randint(2, 9), -rng.randint(2, 9))[level]
    # On the hardest level something is used up: enough is there for every value asked for, and the end isn't reached.
    often = rng.randint(5, 14) if level == 2 else rng.randint(2, 6)
    b = abs(a) * often if level else rng.randint(3, 25)
    x = rng.randint(3, 12 if level < 2 else often - 1)
    sign = rng.choice(tuple(_TURNED))
    solved = _TURNED[sign] if a < 0 else sign
    right = a * x + b
    values: Values = {
        "a": a, "b": b, "x": x, "right": right, "rest": a * x, "loss": -a, "left": linear(a, b), "sign": sign,
        "solved": solved, "turned": _TURNED[solved], "wrongly": x + 2 * b // a, "first": b, "second": a + b,
        "third": 2 * a + b, "minus": -x, "lead": linear(a, 0), "name": person(rng),
    }  # fmt: skip
    return Draft(
        values=values,
        kind=QuestionKind.CHOICE,
        stems={
            Form.BARE: "Which inequality describes all solutions of $<left> <sign> <right>$?",
            Form.STORY: _STORIES[level, sign],
            Form.TABLE: "The table shows some values of $<left>$. "
            + table(("x", "0", "1", "2"), ("<left>", "<first>", "<second>", "<third>"))
            + " Which inequality describes all numbers $x$ with $<left> <sign> <right>$?",
            Form.TRANSFER: "<name> colors the part of a number line where $<left> <sign> <right>$ is true. "
            "Which numbers $x$ get the color?",
        },
        key="$x <solved> <x>$",
        check=f"<a> * x + <b> {_PYTHON[sign]} <right>",
        steps=(
            step("Subtract $<b>$ from both sides: on the right, $<right> - <b> = <rest>$ is left.", "<rest>"),
            step(_LAST[level], "<x>"),
        ),
        hints=(
            "Write an inequality and solve it like an equation. Watch the sign of the number you divide by.",
            "First take away the number without $x$ from both sides. Then look at what stands in front of $x$.",
            f"$<right> - <b> = <rest>$. {_LAST[level]}",
        ),
        wrong={
            "turns-sign-wrongly": "$x <turned> <x>$",
            "adds-constant-over": "$x <solved> <wrongly>$",
            "swaps-boundary-sign": "$x <solved> <minus>$",
            **({"forgets-to-divide": "$x <solved> <rest>$"} if a > 1 else {}),
        },
    )


_LAST = (
    "Nothing is left to divide, so the solution is $x <solved> <x>$.",
    r"Divide by $<a>$: $<rest> \div <a> = <x>$. The sign stays as it is, so $x <solved> <x>$.",
    r"Divide by $<a>$: $<rest> \div (<a>) = <x>$. The divisor is negative, so the sign turns around: "
    "$x <solved> <x>$.",
)
_STORIES = {
    (0, r"\ge"): (
        "<name> has $<b>$ points and needs at least $<right>$ points for a medal. "
        "Which inequality tells how many points $x$ are still needed?",
        "A team has collected $<b>$ kilograms of old paper. Its goal is at least $<right>$ kilograms. "
        "Which inequality tells how many kilograms $x$ it has to add?",
    ),
    (0, r"\le"): (
        "An elevator may carry at most $<right>$ bags. There are $<b>$ bags in it. "
        "Which inequality tells how many bags $x$ may still go in?",
        "<name> may spend at most $<right>$ minutes on a test and has used $<b>$ minutes. "
        "Which inequality tells how many minutes $x$ may still be used?",
    ),
    (1, r"\ge"): (
        "<name> has $<b>$ stickers and gets $<a>$ more every week. "
        "Which inequality tells for which numbers of weeks $x$ it is at least $<right>$ stickers?",
        "A school has $<b>$ chairs in the hall and brings in rows of $<a>$ chairs. "
        "Which inequality tells for which numbers of rows $x$ there are at least $<right>$ chairs?",
    ),
    (1, r"\le"): (
        "A boat costs $<b>$ dollars plus $<a>$ dollars for every hour. <name> can pay at most $<right>$ dollars. "
        "Which inequality tells how many hours $x$ are possible?",
        "A box weighs $<b>$ grams, and every ball in it weighs $<a>$ grams. All together may weigh at most "
        "$<right>$ grams. Which inequality tells how many balls $x$ may be in the box?",
    ),
    (2, r"\ge"): (
        "A tank holds $<b>$ liters of water and loses $<loss>$ liters every minute. "
        "Which inequality tells for which numbers of minutes $x$ there are at least $<right>$ liters left?",
        "<name> has $<b>$ sheets of paper and uses $<loss>$ every day. "
        "Which inequality tells for which numbers of days $x$ there are at least $<right>$ sheets left?",
    ),
    (2, r"\le"): (
        "A tank holds $<b>$ liters of water and loses $<loss>$ liters every minute. "
        "Which inequality tells for which numbers of minutes $x$ there are at most $<right>$ liters left?",
        "<name> has $<b>$ beads and uses $<loss>$ for every bracelet. "
        "Which inequality tells for which numbers of bracelets $x$ there are at most $<right>$ beads left?",
    ),
}
