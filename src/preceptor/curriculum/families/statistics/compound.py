"""Two or three events in a row."""

import random
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.statistics.chances import LOWEST
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind, Step


@family("compound-events", easiest=0.0)
def count_outcomes(rng: random.Random, level: int) -> Draft:
    """Count the outcomes of choices made one after the other."""
    a, b, c = (rng.randrange(*((3, 12), (2, 7), (4, 13))[level]) for _ in range(3))
    values: Values = {"a": a, "b": b, "pairs": a * b, "name": person(rng)}
    if level:
        values |= {"c": c, "all": a * b * c}
    pairs = step(r"Each of the $<a>$ first choices goes with $<b>$ second ones: $<a> \times <b> = <pairs>$ pairs.",
                 "<pairs>", "compound-events", "multiply-whole")  # fmt: skip
    both = "The first choice has $<a>$ outcomes. Each of them goes with every second choice."
    return Draft(
        values=values,
        stems=_THREE_STAGES if level else _TWO_STAGES,
        key="<all>" if level else "<pairs>",
        check="<a> * <b> * <c>" if level else "<a> * <b>",
        steps=(
            pairs,
            step(r"Each pair can go with $<c>$ third ones: $<pairs> \times <c> = <all>$.", "<all>", "compound-events"),
        ) if level else (
            step("After each first choice there are $<b>$ second ones.", "<b>", "compound-events"),
            pairs,
        ),
        hints=(
            "Think of a tree: each first branch splits into all the second branches.",
            f"{both} Then each pair goes with every third choice." if level else both,
            r"$<a> \times <b> = <pairs>$ pairs, and $<pairs> \times <c> = <all>$ in all." if level
            else r"There are $<a>$ times $<b>$ pairs: $<a> \times <b> = <pairs>$.",
        ),
        wrong={
            "adds-choices": "<a> + <b> + <c>",
            "leaves-out-one-choice": "<a> * <b>",
        } if level else {"adds-choices": "<a> + <b>", "leaves-out-one-choice": "<a>"},
    )  # fmt: skip


_TWO_STAGES: Stems = {
    Form.BARE: "One wheel has $<a>$ fields, another one has $<b>$ fields. Both are spun. How many pairs of fields are "
    "possible?",
    Form.STORY: (
        "<name> has $<a>$ caps and $<b>$ scarves. How many different pairs of a cap and a scarf can <name> choose?",
        "A play needs a wolf and a bear. $<a>$ people want to be the wolf, and $<b>$ other people the bear. How many "
        "different pairs are possible?",
    ),
    Form.TABLE: "<name> picks one color for the walls and one for the door. "
    + table(("colors for the walls", "<a>"), ("colors for the door", "<b>"))
    + " How many different choices are there?",
    Form.TRANSFER: "$<a>$ paths lead from a village to a lake, and $<b>$ paths lead from the lake to a hut. In how "
    "many ways can <name> walk from the village by the lake to the hut?",
}
_THREE_STAGES: Stems = {
    Form.BARE: "Three wheels have $<a>$, $<b>$ and $<c>$ fields. All are spun. How many different outcomes are "
    "possible?",
    Form.STORY: (
        "A theater has $<a>$ caps, $<b>$ scarves and $<c>$ coats. In how many ways can <name> choose one of each?",
        "A band plays one slow song, one fast song and one dance, in this order. It knows $<a>$ slow songs, $<b>$ "
        "fast songs and "
        "$<c>$ dances. How many different programs are possible?",
    ),
    Form.TABLE: "<name> picks one color for the walls, one for the door and one for the roof. "
    + table(("colors for the walls", "<a>"), ("colors for the door", "<b>"), ("colors for the roof", "<c>"))
    + " How many different choices are there?",
    Form.TRANSFER: "$<a>$ paths lead from a village to a lake, $<b>$ paths from the lake to a hut and $<c>$ paths from "
    "the hut to the top. In how many ways can <name> walk from the village by the lake and the hut to the top?",
}


@family("compound-events", "multiply-fractions", easiest=0.3)
def both_events(rng: random.Random, level: int) -> Draft:
    """Find the probability that two independent events both happen."""
    n1, n2 = (rng.randrange(*((3, 7), (5, 11), (6, 13))[level]) for _ in range(2))
    r1, s2 = rng.randrange(2, n1), rng.randrange(2, n2 - 1 if level == 2 else n2)
    r2 = n2 - s2 if level == 2 else s2
    values: Values = {"n1": n1, "n2": n2, "r1": r1, "r2": r2, "top": r1 * r2, "bottom": n1 * n2, "name": person(rng)}
    values |= {"key": Fraction(r1 * r2, n1 * n2)} | ({"s2": s2} if level == 2 else {})
    second = "(<n2> - <s2>) / <n2>" if level == 2 else "<r2> / <n2>"
    first_step = step(r"The first event has the probability $\frac{<r1>}{<n1>}$.", "<r1> / <n1>", "probability")
    work = rf"$\frac{{<r1>}}{{<n1>}} \times \frac{{<r2>}}{{<n2>}} = {_reduced(values)}$"
    return Draft(
        values=values,
        kind=QuestionKind.FRACTION,
        stems=_AND_NOT if level == 2 else _BOTH,
        key="<key>",
        check=f"<r1> / <n1> * {second}",
        steps=(
            first_step,
            step(r"The second event has the probability $\frac{<n2> - <s2>}{<n2>} = \frac{<r2>}{<n2>}$." if level == 2
                 else r"The second event has the probability $\frac{<r2>}{<n2>}$.", "<r2> / <n2>", "probability"),
            step(f"Multiply along the way: {work}.", "<key>", "compound-events", "multiply-fractions"),
        ),
        hints=(
            "Both events have to happen. That is less likely than each of them alone.",
            "Find the probability of each event. The second one has the word not in it. Then multiply." if level == 2
            else "Find the probability of each event. Then multiply the two.",
            f"Multiply the two probabilities: {work}.",
        ),
        wrong={
            "adds-probabilities": f"<r1> / <n1> + {second}",
            "one-event-only": "<r1> / <n1>",
        } | ({"forgets-complement": "(<r1> / <n1>) * (<s2> / <n2>)"} if level == 2 else {}),
    )  # fmt: skip


_WHEELS = "One wheel has $<n1>$ equal fields, and $<r1>$ of them are red. Another wheel has $<n2>$ equal fields, and "
_BOXES = "One box holds $<n1>$ pens, and $<r1>$ of them work. Another box holds $<n2>$ pens, and "
_TASKS = (
    "<name> guesses twice. The first question has $<n1>$ answers, and $<r1>$ of them are right. The second one has "
)
_LIGHTS = "A lamp shines for $<r1>$ of every $<n1>$ seconds. Independently, another lamp shines for "
_BOTH: Stems = {
    Form.BARE: _WHEELS + r"$<r2>$ of them are red. Both are spun. Find $P(\text{both red})$." + LOWEST,
    Form.STORY: (
        _BOXES + "$<r2>$ of them work. <name> takes one pen from each box. What is the probability that both "
        "work?" + LOWEST,
        _TASKS + "$<n2>$ answers, and $<r2>$ of them are right. What is the probability that both guesses are "
        "right?" + LOWEST,
    ),
    Form.TABLE: "<name> spins two wheels with equal fields. "
    + table(("wheel", "A", "B"), ("all fields", "<n1>", "<n2>"), ("red fields", "<r1>", "<r2>"))
    + " What is the probability that both stop on red?"
    + LOWEST,
    Form.TRANSFER: _LIGHTS
    + "$<r2>$ of every $<n2>$ seconds. <name> looks at some moment. What is the probability that "
    "both lamps shine?" + LOWEST,
}
_AND_NOT: Stems = {
    Form.BARE: _WHEELS + r"$<s2>$ of them are red. Both are spun. Find $P(\text{first red, second not red})$." + LOWEST,
    Form.STORY: (
        _BOXES + "$<s2>$ of them work. <name> takes one pen from each box. What is the probability that the first one "
        "works and the second one does not work?" + LOWEST,
        _TASKS + "$<n2>$ answers, and $<s2>$ of them are right. What is the probability that the first guess is right "
        "and the second one is not right?" + LOWEST,
    ),
    Form.TABLE: "<name> spins two wheels with equal fields. "
    + table(("wheel", "A", "B"), ("all fields", "<n1>", "<n2>"), ("red fields", "<r1>", "<s2>"))
    + " What is the probability that wheel $A$ stops on red and wheel $B$ does not stop on red?"
    + LOWEST,
    Form.TRANSFER: _LIGHTS
    + "$<s2>$ of every $<n2>$ seconds. <name> looks at some moment. What is the probability that "
    "the first lamp shines and the second one does not shine?" + LOWEST,
}


@family("compound-events", "probability", easiest=0.65)
def draw_two(rng: random.Random, level: int) -> Draft:
    """Find the probability of two draws when nothing is put back."""
    red, blue = (rng.randrange(*((2, 8), (6, 15), (3, 11))[level]) for _ in range(2))
    total, left = red + blue, red + blue - 1
    values: Values = {"red": red, "blue": blue, "total": total, "left": left, "red1": red - 1, "name": person(rng)}
    reds, blues, bottom = red * (red - 1), blue * (blue - 1), total * left
    top = (reds, 2 * red * blue, reds + blues)[level]
    values |= {"top": top, "bottom": bottom, "key": Fraction(top, bottom)}
    if level:
        values |= {"pairs": red * blue} if level == 1 else {"reds": reds, "blues": blues, "blue1": blue - 1}
    return Draft(
        values=values,
        kind=QuestionKind.FRACTION,
        stems=(_TWO_RED, _ONE_OF_EACH, _SAME_COLOR)[level],
        key="<key>",
        check=(
            "<red> / (<red> + <blue>) * (<red> - 1) / (<red> + <blue> - 1)",
            "1 - (<red> * (<red> - 1) + <blue> * (<blue> - 1)) / ((<red> + <blue>) * (<red> + <blue> - 1))",
            "(<red> * (<red> - 1) + <blue> * (<blue> - 1)) / ((<red> + <blue>) * (<red> + <blue> - 1))",
        )[level],
        steps=(_red_steps, _each_steps, _same_steps)[level](_reduced(values)),
        hints=(
            "Before the second draw, one is missing.",
            (
                "Find the probability for the first draw. What has changed before the second draw? Then multiply.",
                "There are two ways: first red, or first blue. Find the probability of each way, then add.",
                "There are two ways: both red or both blue. Find the probability of each way, then add.",
            )[level],
            (
                rf"$\frac{{<red>}}{{<total>}} \times \frac{{<red1>}}{{<left>}} = {_reduced(values)}$.",
                rf"$\frac{{<pairs>}}{{<bottom>}} + \frac{{<pairs>}}{{<bottom>}} = {_reduced(values)}$.",
                rf"$\frac{{<reds>}}{{<bottom>}} + \frac{{<blues>}}{{<bottom>}} = {_reduced(values)}$.",
            )[level],
        ),
        wrong=(
            {
                "puts-back": "(<red> / <total>) * (<red> / <total>)",
                "forgets-smaller-total": "(<red> / <total>) * (<red1> / <total>)",
            },
            {
                "puts-back": "2 * <red> * <blue> / (<total> * <total>)",
                "leaves-out-one-way": "<pairs> / <bottom>",
            },
            {
                "forgets-smaller-total": "(<reds> + <blues>) / (<total> * <total>)",
                "leaves-out-one-way": "<reds> / <bottom>",
            },
        )[level],
    )  # fmt: skip


def _red_steps(result: str) -> tuple[Step, ...]:
    return (
        step(r"First draw: $<red>$ of $<red> + <blue> = <total>$ are red. The probability is $\frac{<red>}{<total>}$.",
             "<red> / <total>", "probability"),
        step(r"Now one of the red ones is missing. Second draw: $\frac{<red1>}{<left>}$.", "<red1> / <left>",
             "probability"),
        step(rf"Multiply: $\frac{{<red>}}{{<total>}} \times \frac{{<red1>}}{{<left>}} = {result}$.", "<key>",
             "compound-events", "multiply-fractions"),
    )  # fmt: skip


def _each_steps(result: str) -> tuple[Step, ...]:
    return (
        step("At first there are $<red> + <blue> = <total>$ in all.", "<total>", "probability"),
        step(r"Red, then blue: $\frac{<red>}{<total>} \times \frac{<blue>}{<left>} = \frac{<pairs>}{<bottom>}$.",
             "<pairs> / <bottom>", "compound-events", "multiply-fractions"),
        step(r"Blue, then red: $\frac{<blue>}{<total>} \times \frac{<red>}{<left>} = \frac{<pairs>}{<bottom>}$.",
             "<pairs> / <bottom>", "compound-events", "multiply-fractions"),
        step(rf"Add the two ways: $\frac{{<pairs>}}{{<bottom>}} + \frac{{<pairs>}}{{<bottom>}} = {result}$.", "<key>",
             "compound-events", "add-like-fractions"),
    )  # fmt: skip


def _same_steps(result: str) -> tuple[Step, ...]:
    return (
        step("At first there are $<red> + <blue> = <total>$ in all.", "<total>", "probability"),
        step(r"Both red: $\frac{<red>}{<total>} \times \frac{<red1>}{<left>} = \frac{<reds>}{<bottom>}$.",
             "<reds> / <bottom>", "compound-events", "multiply-fractions"),
        step(r"Both blue: $\frac{<blue>}{<total>} \times \frac{<blue1>}{<left>} = \frac{<blues>}{<bottom>}$.",
             "<blues> / <bottom>", "compound-events", "multiply-fractions"),
        step(rf"Add the two ways: $\frac{{<reds>}}{{<bottom>}} + \frac{{<blues>}}{{<bottom>}} = {result}$.", "<key>",
             "compound-events", "add-like-fractions"),
    )  # fmt: skip


_BAG = "A bag holds $<red>$ red and $<blue>$ blue balls. Two are drawn, one after the other, and neither is put back. "
_PENCILS = "A box holds $<red>$ red and $<blue>$ blue pencils. <name> takes two without looking and keeps them. "
_MUGS = "$<red>$ red and $<blue>$ blue mugs stand in a dark cupboard. <name> takes out two of them. "
_TABLE = "<name> draws two of these beads without looking and keeps both. " + table(
    ("red beads", "<red>"), ("blue beads", "<blue>")
)
_CARDS = "$<red>$ red and $<blue>$ blue cards lie face down and well mixed. <name> turns over two of them. "
_ASK_RED = "What is the probability that both are red?" + LOWEST
_TWO_RED: Stems = {
    Form.BARE: (
        _BAG + r"Find $P(\text{both red})$." + LOWEST,
        _BAG + _ASK_RED,
    ),
    Form.STORY: (_PENCILS + _ASK_RED, _MUGS + _ASK_RED),
    Form.TABLE: f"{_TABLE} {_ASK_RED}",
    Form.TRANSFER: _CARDS + _ASK_RED,
}
_ASK_EACH = "What is the probability that one is red and the other one is blue?" + LOWEST
_ONE_OF_EACH: Stems = {
    Form.BARE: (_BAG + r"Find $P(\text{one red, one blue})$." + LOWEST, _BAG + _ASK_EACH),
    Form.STORY: (_PENCILS + _ASK_EACH, _MUGS + _ASK_EACH),
    Form.TABLE: f"{_TABLE} {_ASK_EACH}",
    Form.TRANSFER: _CARDS + _ASK_EACH,
}
_ASK_SAME = "What is the probability that both have the same color?" + LOWEST
_SAME_COLOR: Stems = {
    Form.BARE: (_BAG + r"Find $P(\text{same color})$." + LOWEST, _BAG + _ASK_SAME),
    Form.STORY: (_PENCILS + _ASK_SAME, _MUGS + _ASK_SAME),
    Form.TABLE: f"{_TABLE} {_ASK_SAME}",
    Form.TRANSFER: _CARDS + _ASK_SAME,
}


def _reduced(values: Values) -> str:
    """The fraction of top and bottom, followed by its lowest terms where these differ."""
    plain = r"\frac{<top>}{<bottom>}"
    key = values["key"]
    return plain if isinstance(key, Fraction) and key.denominator == values["bottom"] else f"{plain} = <key>"
