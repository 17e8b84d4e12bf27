"""Mixed numbers: wholes for parts, and parts for wholes."""

import random
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.fractions.drawing import over
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table


def _amount(rng: random.Random, level: int) -> Values:
    """Draw wholes and a fraction, and say how many parts they are."""
    bottom = rng.randrange(3, (9, 11, 14)[level])
    top = over(rng, bottom)
    whole = rng.choice([n for n in range(*((2, 6), (3, 11), (6, 17))[level]) if n not in (bottom, top, top - 1)])
    parts = whole * bottom + top
    return {"top": top, "bottom": bottom, "whole": whole, "full": whole * bottom, "parts": parts,
            "amount": Fraction(parts, bottom), "name": person(rng)}  # fmt: skip


@family("mixed-numbers", easiest=-0.9)
def exchange_wholes(rng: random.Random, level: int) -> Draft:
    """Exchange wholes for parts."""
    return Draft(
        values=_amount(rng, level),
        stems=_EXCHANGE,
        key="<parts>",
        check="(<whole> + <top> / <bottom>) * <bottom>",
        steps=(
            step(r"Each whole is $\frac{<bottom>}{<bottom>}$, so $<whole>$ wholes give "
                 r"$<whole> \times <bottom> = <full>$ parts.", "<full>", "mixed-numbers", "multiplication-facts"),
            step("Add the numerator of the fraction: $<full> + <top> = <parts>$.", "<parts>",
                 "mixed-numbers", "add-like-fractions"),
        ),
        hints=(
            r"How many parts of size $\frac{1}{<bottom>}$ make one whole?",
            "Exchange the $<whole>$ wholes for parts first. Then add the parts that the fraction has.",
            r"$<whole> \times <bottom> + <top> = <parts>$, so $<amount:mixed> = \frac{<parts>}{<bottom>}$.",
        ),
        wrong={
            "adds-whole-to-numerator": "<whole> + <top>",
            "multiplies-by-numerator": "<whole> * <top> + <bottom>",
        },
    )  # fmt: skip


_EXCHANGE: Stems = {
    Form.BARE: (
        r"Which number replaces the question mark? $<amount:mixed> = \frac{?}{<bottom>}$",
        r"How many parts of size $\frac{1}{<bottom>}$ are in $<amount:mixed>$?",
    ),
    Form.STORY: (
        r"A cup holds $\frac{1}{<bottom>}$ of a liter. <name> has $<amount:mixed>$ liters of tea. "
        "How many cups can be filled?",
        r"<name> has $<amount:mixed>$ meters of ribbon and cuts it into pieces of $\frac{1}{<bottom>}$ of a meter. "
        "How many pieces is that?",
        r"A machine needs $\frac{1}{<bottom>}$ of an hour for one chair. It runs for $<amount:mixed>$ hours. "
        "How many chairs does it make?",
    ),
    Form.TABLE: "The columns show the same amount in two ways. "
    + table(("wholes", "<whole>", "0"), ("numerator", "<top>", "?"), ("denominator", "<bottom>", "<bottom>"))
    + " Which number is missing?",
    Form.TRANSFER: r"A toy train moves $\frac{1}{<bottom>}$ of a meter with each push. It stands at $0$. "
    "After how many pushes does it reach $<amount:mixed>$ meters?",
}


@family("mixed-numbers", easiest=-0.8)
def count_wholes(rng: random.Random, level: int) -> Draft:
    """Count the wholes in a fraction that is greater than one."""
    return Draft(
        values=_amount(rng, level),
        stems=_WHOLES,
        key="<whole>",
        check="floor(<parts> / <bottom>)",
        steps=(
            step(r"One whole is $\frac{<bottom>}{<bottom>}$. The largest multiple of $<bottom>$ up to $<parts>$ is "
                 r"$<bottom> \times <whole> = <full>$.", "<full>", "mixed-numbers", "multiplication-facts"),
            step(r"So $\frac{<parts>}{<bottom>} = <amount:mixed>$, which has $<whole>$ wholes.", "<whole>"),
        ),
        hints=(
            "How many of these parts make one whole?",
            "Divide $<parts>$ by $<bottom>$. The quotient counts the wholes, and a few parts may be left over.",
            r"$<parts> = <bottom> \times <whole> + <top>$, so $\frac{<parts>}{<bottom>} = <amount:mixed>$. "
            "There are $<whole>$ wholes.",
        ),
        wrong={
            "rest-as-wholes": "<parts> - <whole> * <bottom>",
            "counts-started-whole": "(<parts> - <top>) / <bottom> + 1",
        },
    )  # fmt: skip


_WHOLES: Stems = {
    Form.BARE: (
        r"How many wholes are in $\frac{<parts>}{<bottom>}$?",
        r"Which number replaces the question mark? $\frac{<parts>}{<bottom>} = ?\frac{<top>}{<bottom>}$",
    ),
    Form.STORY: (
        "Each pie is cut into $<bottom>$ equal pieces. There are $<parts>$ pieces. How many whole pies can be made up?",
        "A lap has $<bottom>$ equal parts. <name> skates $<parts>$ of these parts. How many full laps is that?",
        r"<name> counts $<parts>$ big bags of sand. Each bag holds $\frac{1}{<bottom>}$ of a ton. How many full tons "
        "is that?",
    ),
    Form.TABLE: "A tape is marked in equal parts. "
    + table(("parts in one meter", "<bottom>"), ("parts used", "<parts>"))
    + " How many full meters are used?",
    Form.TRANSFER: r"Between which two neighboring whole numbers is $\frac{<parts>}{<bottom>}$ on the number line? "
    "Give the smaller of the two.",
}
