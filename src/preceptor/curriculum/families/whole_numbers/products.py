"""Long multiplication and division with remainders."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table


@family("multiply-whole", easiest=-1.0)
def multiply_by_parts(rng: random.Random, level: int) -> Draft:
    """Multiply with partial products."""
    unit = (10, 100, 10)[level]
    lead, small = rng.randrange(2, 10), rng.randrange(2, unit)
    big = lead * unit
    times = rng.randrange(3, 10) if level < 2 else rng.randrange(12, 60)
    values: Values = {"times": times, "number": big + small, "big": big, "small": small, "lead": lead}
    values |= {"first": big * times, "second": small * times, "all": (big + small) * times, "name": person(rng)}
    digits = [int(digit) * times for digit in str(big + small)]
    values |= {"kept": small * times % 10, "joined": int("".join(map(str, digits)))}
    return Draft(
        values=values,
        stems={
            Form.BARE: r"Work out $<number> \times <times>$.",
            Form.STORY: (
                "A stadium has $<times>$ blocks with $<number>$ seats each. How many seats are there?",
                "A library lends out $<number>$ books a week. How many books is that in $<times>$ weeks?",
                "A ship carries $<times>$ boxes. Each box weighs $<number>$ kilograms. "
                "How many kilograms do all boxes weigh?",
            ),
            Form.TABLE: "<name> multiplies $<number>$ by $<times>$ in parts. "
            + table((r"\times", "<big>", "<small>"), ("<times>", "?", "?"))
            + " What do both parts make together?",
            Form.TRANSFER: "<name> thinks of a number and divides it by $<times>$. "
            "That makes $<number>$, and nothing is left over. What is the number?",
        },
        key="<all>",
        check="<number> * <times>",
        steps=(
            step(r"Split $<number> = <big> + <small>$ and multiply the larger part: $<big> \times <times> = <first>$.",
                 "<first>", "multiply-whole", "place-value"),
            step(r"Then the smaller part: $<small> \times <times> = <second>$.", "<second>"),
            step("Add the partial products: $<first> + <second> = <all>$.", "<all>"),
        ),
        hints=(
            "This is a multiplication. Split one number into parts that are easy to multiply.",
            "Split $<number>$ into $<big>$ and $<small>$, and multiply each part by $<times>$.",
            r"$<big> \times <times> = <first>$ and $<small> \times <times> = <second>$. Together they make $<all>$.",
        ),
        wrong={
            "forgets-place-zero": "<lead> * <times> + <small> * <times>",
            "skips-partial-product": "<big> * <times>",
            **({"forgets-carry": "<big> * <times> + <kept>"}, {"writes-both-digits": "<joined>"},
               {"adds-equal-groups": "<number> + <times>"})[level],
        },
    )  # fmt: skip


@family("divide-remainder", easiest=-0.8)
def share_out(rng: random.Random, level: int) -> Draft:
    """Use quotient and remainder: full groups, then the rest, then enough groups for everyone."""
    size = rng.randrange(*((3, 10), (4, 10), (6, 16))[level])
    full, rest = rng.randrange(11, 30 + 10 * level), rng.randrange(1 if level != 1 else 2, size)
    total = size * full + rest
    values: Values = {"size": size, "full": full, "rest": rest, "fits": size * full, "total": total}
    parts = (
        step(r"The largest multiple of $<size>$ that fits is $<size> \times <full> = <fits>$.", "<fits>",
             "divide-remainder", "multiply-whole"),
        step("What is left over: $<total> - <fits> = <rest>$.", "<rest>"),
    )  # fmt: skip
    last = (
        (step("What is left over does not fill another group, so the answer is $<full>$.", "<full>"),),
        (),
        (step("What is left over needs one more group: $<full> + 1 = <more>$.", "<more>"),),
    )[level]
    wrong: tuple[dict[str, str], ...] = (
        {"ignores-leftover": "<full> + 1", "remainder-as-answer": "<rest>", "remainder-too-large": "<full> - 1"},
        {"remainder-as-answer": "<full>", "remainder-too-large": "<rest> + <size>"},
        {"ignores-leftover": "(<total> - <rest>) / <size>", "remainder-as-answer": "<rest>"},
    )
    return Draft(
        values=values | {"more": full + 1, "name": person(rng)},
        stems=_SHARED_OUT[level],
        key=("<full>", "<rest>", "<more>")[level],
        check=("floor(<total> / <size>)", "<total> - <size> * floor(<total> / <size>)", "ceiling(<total> / <size>)")[
            level
        ],
        steps=(*parts, *last),
        hints=(
            ("This is a division. The question asks how many groups are full.",
             "This is a division. The question asks what is left over.",
             "This is a division. The question asks for enough groups, so that nothing is left out.")[level],
            "Which multiple of $<size>$ comes closest to $<total>$ without going over it?",
            (r"$<total> = <size> \times <full> + <rest>$, so there are $<full>$ full groups.",
             r"$<total> = <size> \times <full> + <rest>$, so $<rest>$ is left over.",
             r"$<total> = <size> \times <full> + <rest>$. The rest needs a group too, so it is $<more>$.")[level],
        ),
        wrong=wrong[level],
    )  # fmt: skip


_SHARED_OUT: tuple[Stems, Stems, Stems] = (
    {
        Form.BARE: "How many times does $<size>$ go into $<total>$ completely?",
        Form.STORY: (
            "<name> packs $<total>$ oranges into bags of $<size>$. How many bags are completely full?",
            "A bow needs $<size>$ centimeters of ribbon. There are $<total>$ centimeters of ribbon. "
            "How many bows can be made?",
            "<name> has $<total>$ photos. A page of the album holds $<size>$ photos. How many pages will be full?",
        ),
        Form.TABLE: "<name> makes necklaces. "
        + table(("beads at hand", "<total>"), ("beads in one necklace", "<size>"))
        + " How many necklaces can be made?",
        Form.TRANSFER: "A frog jumps from $0$ along a number line, $<size>$ at a time. It does not go past $<total>$. "
        "How many jumps can it make?",
    },
    {
        Form.BARE: r"What is the remainder of $<total> \div <size>$?",
        Form.STORY: (
            "<name> shares $<total>$ stickers equally among $<size>$ children, as many as possible to each. "
            "How many stickers are left over?",
            "A baker puts $<total>$ rolls on trays of $<size>$. The last rolls do not fill a tray. "
            "How many rolls are these?",
        ),
        Form.TABLE: "<name> packs eggs into cartons, and each carton must be full. "
        + table(("eggs", "<total>"), ("eggs in one carton", "<size>"))
        + " How many eggs are left over?",
        Form.TRANSFER: "Which is the smallest number you can take away from $<total>$ to get a multiple of $<size>$?",
    },
    {
        Form.BARE: r"Work out $<total> \div <size>$ and round up to the next whole number. What do you get?",
        Form.STORY: (
            "<name> plans a trip for $<total>$ people. A van seats $<size>$ people. "
            "How many vans are needed so that everyone has a seat?",
            "A school stores $<total>$ books in boxes. A box holds $<size>$ books. How many boxes are needed for all?",
        ),
        Form.TABLE: "<name> prints cards. "
        + table(("cards needed", "<total>"), ("cards on one sheet", "<size>"))
        + " How many sheets does <name> need?",
        Form.TRANSFER: "A cable car carries $<size>$ people at a time, and $<total>$ people want to go up. "
        "How many times must it go up?",
    },
)


@family("divide-remainder", "multiply-whole", easiest=-0.5)
def pack_again(rng: random.Random, level: int) -> Draft:
    """Multiply, then pack all in other groups and find the rest."""
    boxes = rng.randrange(*((3, 7), (5, 10), (11, 20))[level])
    each = rng.randrange(*((11, 20), (15, 40), (21, 50))[level])
    total = boxes * each
    size = rng.choice([n for n in ((5, 6, 7, 8), (6, 7, 8, 9), (11, 12, 13, 15, 17))[level] if total % n > 1] or [10])
    full, rest = divmod(total, size)
    values: Values = {"boxes": boxes, "each": each, "total": total, "size": size, "full": full, "rest": rest}
    return Draft(
        values=values | {"fits": size * full, "name": person(rng)},
        stems={
            Form.BARE: r"Multiply $<boxes>$ by $<each>$ and divide the product by $<size>$. What is the remainder?",
            Form.STORY: (
                "<name> empties $<boxes>$ boxes with $<each>$ pencils each and ties them up in full bundles of "
                "$<size>$. How many pencils are left over?",
                "A farm has $<boxes>$ rows with $<each>$ plants each. The plants are sold in full packs of $<size>$. "
                "How many plants are left over?",
            ),
            Form.TABLE: "<name> lays tiles in new rows, and each row must be full. "
            + table(("boxes of tiles", "<boxes>"), ("tiles in each box", "<each>"), ("tiles in a new row", "<size>"))
            + " How many tiles are left over?",
            Form.TRANSFER: "A song has $<boxes>$ parts with $<each>$ beats each. A drummer counts all beats in groups "
            "of $<size>$. How many beats are in the last group, which is not full?",
        },
        key="<rest>",
        check="<boxes> * <each> - <size> * floor(<boxes> * <each> / <size>)",
        steps=(
            step(r"First find how many there are in all: $<boxes> \times <each> = <total>$.", "<total>",
                 "multiply-whole"),
            step(r"The largest multiple of $<size>$ that fits is $<size> \times <full> = <fits>$.", "<fits>",
                 "divide-remainder"),
            step("What is left over: $<total> - <fits> = <rest>$.", "<rest>", "divide-remainder"),
        ),
        hints=(
            "You need two calculations: first a multiplication, then a division.",
            "First find how many there are in all. How many full groups does that make, and what is left over?",
            r"$<boxes> \times <each> = <total>$ and $<total> = <size> \times <full> + <rest>$. So $<rest>$ is left.",
        ),
        wrong={"remainder-as-answer": "(<total> - <rest>) / <size>", "remainder-too-large": "<rest> + <size>"},
    )  # fmt: skip
