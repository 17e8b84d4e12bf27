"""Equal ratios, and sharing in a ratio."""

import random
from decimal import Decimal

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("equivalent-ratios", easiest=-0.7)
def scale_recipe(rng: random.Random, level: int) -> Draft:
    """Find the missing number of an equal ratio."""
    a, b = rng.sample(range(2, (7, 10, 10)[level]), 2)
    times = Decimal(rng.randrange(*((2, 6), (3, 9), (3, 16))[level]))
    if level == 2:
        a, b, times = 2 * a, 2 * b, (times + (times % 2 == 0)) / 2
    values: Values = {"a": a, "b": b, "times": times, "have": int(a * times), "key": int(b * times)}
    return Draft(
        values=values | {"name": person(rng)},
        stems=_RECIPE,
        key="<key>",
        check="<b> / <a> * <have>",
        steps=(
            step(r"Find the factor: $<have> \div <a> = <times>$.", "<times>"),
            step(r"Multiply the other number by the same factor: $<b> \times <times> = <key>$.", "<key>"),
        ),
        hints=(
            "In equal ratios both amounts are multiplied by the same number.",
            "By which number was $<a>$ multiplied to get $<have>$? Multiply the other number by it too.",
            r"$<a> \times <times> = <have>$ and $<b> \times <times> = <key>$.",
        ),
        wrong={
            "adds-difference": "<b> + (<have> - <a>)",
            "swaps-ratio-terms": "<have> / <b> * <a>",
            "multiplies-without-dividing": "<have> * <b>",
        },
    )


_RECIPE: Stems = {
    Form.BARE: "Which number makes the ratios equal? $<a>:<b> = <have>:?$",
    Form.STORY: (
        "<name> mixes juice and water in the ratio $<a>:<b>$. How many glasses of water go with $<have>$ glasses of "
        "juice?",
        "For a green wall, blue and yellow paint are mixed in the ratio $<a>:<b>$. How many cups of yellow go with "
        "$<have>$ cups of blue?",
    ),
    Form.TABLE: "Sand and gravel are always mixed in the same ratio. "
    + table(("buckets of sand", "<a>", "<have>"), ("buckets of gravel", "<b>", "?"))
    + " Which number replaces the question mark?",
    Form.TRANSFER: "In a big choir there are $<b>$ low voices for every $<a>$ high voices. The choir has $<have>$ high "
    "voices. How many low voices does it have?",
}


@family("equivalent-ratios", easiest=-0.3)
def share_in_ratio(rng: random.Random, level: int) -> Draft:
    """Split a whole in a given ratio."""
    a, b, c = rng.sample(range(2, (7, 10, 10)[level]), 3)
    times = rng.randrange(*((2, 8), (3, 13), (4, 16))[level])
    parts = a + b + c if level == 2 else a + c
    values: Values = {"a": a, "b": b, "c": c, "parts": parts, "times": times, "have": parts * times, "key": c * times}
    total = "<a> + <b> + <c>" if level == 2 else "<a> + <c>"
    return Draft(
        values=values | {"name": person(rng)},
        stems=_THREE if level == 2 else _TWO,
        key="<key>",
        kind=QuestionKind.QUANTITY,
        unit="liters",
        check=f"<have> * <c> / ({total})",
        steps=(
            step(f"Count the parts: ${total} = <parts>$.", "<parts>"),
            step(r"Find one part: $<have> \div <parts> = <times>$.", "<times>"),
            step(r"Take as many parts as asked for: $<c> \times <times> = <key>$.", "<key>"),
        ),
        hints=(
            "All numbers of the ratio together make the whole.",
            "Add the numbers of the ratio to count the parts. Then find out how many liters one part has.",
            r"One part has $<have> \div <parts> = <times>$ liters, so it is $<c> \times <times> = <key>$ liters.",
        ),
        wrong={
            "part-to-part-as-whole": "<have> / <a> * <c>",
            "swaps-ratio-terms": "<have> / <parts> * <a>",
            "shares-equally": "<have> / 3" if level == 2 else "<have> / 2",
            "multiplies-without-dividing": "<have> * <c>",
        },
    )


_TWO: Stems = {
    Form.BARE: "Share $<have>$ liters in the ratio $<a>:<c>$. How many liters are in the second share?",
    Form.STORY: (
        "A factory mixes juice and water in the ratio $<a>:<c>$ and gets $<have>$ liters. How many liters of water are "
        "in it?",
        "Red and white paint are mixed in the ratio $<a>:<c>$ to get $<have>$ liters of pink. How many liters of white "
        "are used?",
    ),
    Form.TABLE: "The table shows the parts in a mix of soil. "
    + table(("sand", "<a>"), ("compost", "<c>"))
    + " A box holds $<have>$ liters of this mix. How many liters of it are compost?",
    Form.TRANSFER: "Two pumps empty a tank of $<have>$ liters. For every $<a>$ liters of the old pump, the new one "
    "moves $<c>$ liters. How many liters does the new pump move in all?",
}
_THREE: Stems = {
    Form.BARE: "Share $<have>$ liters in the ratio $<a>:<b>:<c>$. How many liters are in the third share?",
    Form.STORY: (
        "A factory mixes apple juice, pear juice and water in the ratio $<a>:<b>:<c>$ and gets $<have>$ liters. "
        "How many liters of water are in it?",
        "Blue, red and white paint are mixed in the ratio $<a>:<b>:<c>$ to get $<have>$ liters. How many liters of "
        "white are used?",
    ),
    Form.TABLE: "The table shows the parts in a mix of soil. "
    + table(("sand", "<a>"), ("clay", "<b>"), ("compost", "<c>"))
    + " A box holds $<have>$ liters of this mix. How many liters of it are compost?",
    Form.TRANSFER: "Three pumps empty a tank of $<have>$ liters. While the first moves $<a>$ liters, the second moves "
    "$<b>$ and the third $<c>$. How many liters does the third pump move in all?",
}
