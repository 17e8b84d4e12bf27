"""Multiplication and division facts."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table

_MOST_EASY = 5


def _helper(number: int) -> int:
    """The number whose facts are known best and help with those of `number`."""
    return _MOST_EASY if number > _MOST_EASY else 2


@family("multiplication-facts", easiest=-1.5)
def multiplication_fact(rng: random.Random, level: int) -> Draft:
    """Multiply two or three one-digit numbers."""
    first, second = rng.choice(
        (((3, 1), (4, 1), (6, 1)), ((6, 1), (7, 1), (8, 1), (9, 1)), ((2, 3), (2, 4), (3, 3), (3, 2), (4, 2)))[level]
    )
    groups, size = first * second, rng.randrange(3, 11 - level // 2)
    near = _helper(groups)
    values: Values = {"first": first, "second": second, "groups": groups, "size": size, "all": groups * size}
    values |= {"near": near, "rest": groups - near, "known": near * size, "more": (groups - near) * size}
    triple = level == 2
    facts = (
        step(r"Start with a fact you know: $<near> \times <size> = <known>$.", "<known>"),
        step(r"The other groups: $<rest> \times <size> = <more>$.", "<more>"),
        step("Put them together: $<known> + <more> = <all>$.", "<all>"),
    )
    both = r"$<near> \times <size> = <known>$ and $<rest> \times <size> = <more>$, so the answer is $<all>$."
    return Draft(
        values=values | {"double": 2 * size, "name": person(rng)},
        stems=_TRIPLES if triple else _PAIRS,
        key="<all>",
        check="<first> * <second> * <size>" if triple else "<groups> * <size>",
        steps=(step(r"Begin with two of the numbers: $<first> \times <second> = <groups>$.", "<groups>"), *facts)
        if triple
        else facts,
        hints=(
            "Multiply two of the numbers first." if triple else "For equal groups, you multiply.",
            "Now you have $<groups>$ groups of $<size>$. Start with $<near>$ of them." if triple
            else "Start with $<near>$ groups of $<size>$. How many groups are still to come?",
            both,
        ),
        wrong={
            "adds-equal-groups": "<first> + <second> + <size>" if triple else "<groups> + <size>",
            "neighbor-fact": "(<groups> + 1) * <size>",
            "stops-at-helper-fact": "<near> * <size>",
        },
    )  # fmt: skip


_PAIRS: Stems = {
    Form.BARE: (r"What is $<groups> \times <size>$?", "What is $<groups>$ times $<size>$?"),
    Form.STORY: (
        "<name> has $<groups>$ bags. There are $<size>$ shells in each bag. How many shells is that?",
        "A hall has $<groups>$ rows with $<size>$ chairs each. How many chairs are there?",
        "<name> runs $<size>$ laps a day. How many laps is that in $<groups>$ days?",
    ),
    Form.TABLE: "<name> puts pens into boxes, the same number in each. "
    + table(("boxes", "1", "2", "<groups>"), ("pens", "<size>", "<double>", "?"))
    + " How many pens are in $<groups>$ boxes?",
    Form.TRANSFER: "<name> starts at $0$ on a number line and makes $<groups>$ jumps. Each jump goes $<size>$ farther. "
    "Where does the last jump end?",
}
_TRIPLES: Stems = {
    Form.BARE: (r"What is $<first> \times <second> \times <size>$?", "Multiply $<first>$, $<second>$ and $<size>$."),
    Form.STORY: (
        "<name> has $<first>$ shelves with $<second>$ boxes each. There are $<size>$ pens in each box. "
        "How many pens is that?",
        "A school has $<first>$ floors with $<second>$ rooms each. Each room has $<size>$ desks. "
        "How many desks are there?",
    ),
    Form.TABLE: "<name> counts the trees of a farm. "
    + table(("fields", "<first>"), ("rows in each field", "<second>"), ("trees in each row", "<size>"))
    + " How many trees are there?",
    Form.TRANSFER: "<name> builds a block of cubes. It has $<first>$ layers. Each layer has $<second>$ rows of "
    "$<size>$ cubes. How many cubes are in the block?",
}


@family("multiplication-facts", easiest=-1.3)
def division_fact(rng: random.Random, level: int) -> Draft:
    """Divide by a one-digit number, with the help of multiplication."""
    groups = rng.choice(((2, 3, 4, 5, 10), (6, 7, 8, 9), (3, 4, 6, 7, 8, 9))[level])
    times = rng.choice([n for n in (3, 4, 6, 7, 8, 9) if n != groups])
    tens = 10 if level == 2 else 1
    near, short = _helper(times), groups * times
    values: Values = {"groups": groups, "times": times, "near": near, "rest": times - near, "short": short}
    values |= {"known": groups * near, "more": short - groups * near, "all": short * tens, "each": times * tens}
    known = step(r"Start with a fact you know: $<groups> \times <near> = <known>$.", "<known>")
    rest = step(r"Then the rest: $<short> - <known> = <more>$ and $<more> \div <groups> = <rest>$.", "<rest>")
    many = tens > 1
    return Draft(
        values=values | {"tens": tens, "name": person(rng)},
        stems=_SHARED,
        key="<each>",
        check="<all> / <groups>",
        steps=(
            step(r"Count in tens: $<all> = <short> \times 10$.", "<short> * 10"),
            known,
            rest,
            step(r"That is $<near> + <rest> = <times>$ tens, and $<times> \times 10 = <each>$.", "<each>"),
        )
        if many
        else (known, rest, step("Put them together: $<near> + <rest> = <each>$.", "<each>")),
        hints=(
            "Turn it around and think of a times fact.",
            "Which number times $<groups>$ makes $<all>$?",
            r"$<groups> \times <each> = <all>$, so the answer is $<each>$.",
        ),
        wrong={
            "subtracts-instead-of-dividing": "<all> - <groups>",
            "neighbor-fact": "<all> / <groups> + <tens>",
            "stops-at-helper-fact": "<near> * <tens>" if many else "<near>",
        },
    )


_SHARED: Stems = {
    Form.BARE: (r"What is $<all> \div <groups>$?", "What is $<all>$ divided by $<groups>$?"),
    Form.STORY: (
        "<name> shares $<all>$ cards among $<groups>$ children. Each child gets the same number. "
        "How many cards does each child get?",
        "There are $<all>$ chairs in $<groups>$ equal rows. How many chairs are in each row?",
        "<name> cuts a rope into $<groups>$ equal parts. The rope is $<all>$ meters long. "
        "How many meters long is each part?",
    ),
    Form.TABLE: "<name> fills bags with beads, the same number in each. "
    + table(("bags", "1", "<groups>"), ("beads", "?", "<all>"))
    + " How many beads are in one bag?",
    Form.TRANSFER: "<name> thinks of a number. It is multiplied by $<groups>$, and that makes $<all>$. "
    "What is the number?",
}
