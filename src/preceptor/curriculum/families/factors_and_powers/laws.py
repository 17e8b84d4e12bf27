"""Laws of exponents: products, quotients and powers of powers, negative exponents."""

import random
from fractions import Fraction

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind, Step


@family("exponent-laws", easiest=0.2)
def powers_as_one(rng: random.Random, level: int) -> Draft:
    """Write a product, a quotient or a power of a power as one power."""
    if level == 2:
        return _power_of_power(rng)
    base, n = rng.choice((2, 3, 5, 7, 10)), rng.randrange(2, 6)
    if level == 0:
        m = rng.randrange(2, 8)
        values: Values = {"m": m, "n": n, "sum": m + n, "product": m * n, "square": base * base}
    else:
        times = rng.randrange(2, 5)
        values = {"m": n * times, "n": n, "difference": n * times - n, "times": times, "sum": n * times + n}
    one = ("<base>^<sum>", "<base>^<difference>")[level]
    return Draft(
        values=values | {"base": base, "name": person(rng)},
        kind=QuestionKind.EXPRESSION,
        simplest=True,
        stems=(_PRODUCT, _QUOTIENT)[level],
        key=one,
        check=("<base>**<m> * <base>**<n>", "<base>**<m> / <base>**<n>")[level],
        steps=(
            (
                step("Both powers have the base $<base>$. To multiply them, add the exponents: $<m> + <n> = <sum>$.",
                     "<sum>", "exponent-laws", "exponents"),
                step(r"So $<base>^{<m>} \times <base>^{<n>} = <base>^{<sum>}$.", one),
            ),
            (
                step("Both powers have the base $<base>$. To divide them, subtract the exponents: "
                     "$<m> - <n> = <difference>$.", "<difference>", "exponent-laws", "exponents"),
                step(r"So $<base>^{<m>} \div <base>^{<n>} = <base>^{<difference>}$.", one),
            ),
        )[level],
        hints=(
            "Think of each power as a product. How many factors are there in the end?",
            "Keep the base $<base>$ and add the exponents." if level == 0
            else "Keep the base $<base>$ and subtract the exponents.",
            "The exponent is $<m> + <n> = <sum>$, so the power is $<base>^{<sum>}$." if level == 0
            else "The exponent is $<m> - <n> = <difference>$, so the power is $<base>^{<difference>}$.",
        ),
        wrong=(
            {"exponents-same-operation": "<base>^<product>", "changes-base": "<square>^<sum>"},
            {
                "exponents-same-operation": "<base>^<times>",
                "adds-exponents-always": "<base>^<sum>",
            },
        )[level],
    )  # fmt: skip


_ONE_POWER = " Write it as one power of $<base>$."
_PRODUCT: Stems = {
    Form.BARE: r"Write $<base>^{<m>} \times <base>^{<n>}$ as one power.",
    Form.STORY: (
        "A storehouse has $<base>^{<m>}$ boxes with $<base>^{<n>}$ screws each. How many screws are there?"
        + _ONE_POWER,
        "<name> takes $<base>^{<m>}$ photos with $<base>^{<n>}$ dots each. How many dots are there in all?"
        + _ONE_POWER,
    ),
    Form.TABLE: "<name> counts the seeds in a store. "
    + table(("bags", "<base>^{<m>}"), ("seeds in a bag", "<base>^{<n>}"), ("all seeds", "?"))
    + " How many seeds are there?"
    + _ONE_POWER,
    Form.TRANSFER: r"Which power of $<base>$ makes this true? $? \div <base>^{<n>} = <base>^{<m>}$",
}
_QUOTIENT: Stems = {
    Form.BARE: r"Write $<base>^{<m>} \div <base>^{<n>}$ as one power.",
    Form.STORY: (
        "A storehouse keeps $<base>^{<m>}$ screws in $<base>^{<n>}$ equal boxes. How many screws are in a box?"
        + _ONE_POWER,
        "A data center keeps $<base>^{<m>}$ bytes in $<base>^{<n>}$ files of the same size. "
        "How many bytes does a file have?" + _ONE_POWER,
    ),
    Form.TABLE: "<name> counts the seeds in a store. All bags hold the same number. "
    + table(("all seeds", "<base>^{<m>}"), ("bags", "<base>^{<n>}"), ("seeds in a bag", "?"))
    + " How many seeds are in a bag?"
    + _ONE_POWER,
    Form.TRANSFER: r"Which power of $<base>$ makes this true? $? \times <base>^{<n>} = <base>^{<m>}$",
}


def _power_of_power(rng: random.Random) -> Draft:
    m, times, n = rng.randrange(3, 8), rng.choice((2, 3)), rng.randrange(2, 5)  # exponents stay below 100
    values: Values = {"letter": rng.choice("abcxyz"), "m": m, "times": times, "n": n, "name": person(rng)}
    values |= {"part": m * times, "key": m * times + n, "sum": m + times + n, "product": m * times * n}
    return Draft(
        values=values,
        kind=QuestionKind.EXPRESSION,
        simplest=True,
        stems=_CUBES if times == 3 else _SQUARES,
        key="<letter>^<key>",
        check="(<letter>**<m>)**<times> * <letter>**<n>",
        steps=(
            step(r"For a power of a power, multiply the exponents: $<m> \times <times> = <part>$.", "<part>"),
            step(r"So $(<letter>^{<m>})^{<times>} = <letter>^{<part>}$.", "<letter>^<part>", "exponent-laws"),
            step("To multiply powers of one base, add the exponents: $<part> + <n> = <key>$.", "<key>"),
            step(r"So $<letter>^{<part>} \times <letter>^{<n>} = <letter>^{<key>}$.", "<letter>^<key>"),
        ),
        hints=(
            "Think of each power as a product. How many factors are there in the end?",
            "Multiply the exponents for the power of a power. Then add the other exponent.",
            r"The exponent is $<m> \times <times> + <n> = <key>$, so the power is $<letter>^{<key>}$.",
        ),
        wrong={
            "adds-exponents-always": "<letter>^<sum>",
            "exponents-same-operation": "<letter>^<product>",
        },
    )


_POWER_OF_POWER = {
    Form.BARE: r"Write $(<letter>^{<m>})^{<times>} \times <letter>^{<n>}$ as one power.",
    Form.TRANSFER: "Which power of $<letter>$ makes this true? "
    r"$? \div <letter>^{<n>} = (<letter>^{<m>})^{<times>}$",
}
_AREA = " What is their area in all, as one power of $<letter>$?"
_VOLUME = " What is their volume in all, as one power of $<letter>$?"
_SQUARES: Stems = _POWER_OF_POWER | {
    Form.STORY: (
        "A square has sides of length $<letter>^{<m>}$, so its area is $(<letter>^{<m>})^{<times>}$. <name> draws "
        "$<letter>^{<n>}$ such squares." + _AREA,
        "A field is a square with sides of length $<letter>^{<m>}$, so its area is $(<letter>^{<m>})^{<times>}$. "
        "A valley has $<letter>^{<n>}$ such fields." + _AREA,
    ),
    Form.TABLE: "<name> lays square tiles. "
    + table(("area of one tile", "(<letter>^{<m>})^{<times>}"), ("number of tiles", "<letter>^{<n>}"))
    + _AREA,
}
_CUBES: Stems = _POWER_OF_POWER | {
    Form.STORY: (
        "A cube has edges of length $<letter>^{<m>}$, so its volume is $(<letter>^{<m>})^{<times>}$. <name> stacks "
        "$<letter>^{<n>}$ such cubes." + _VOLUME,
        "A tank is a cube with edges of length $<letter>^{<m>}$, so its volume is $(<letter>^{<m>})^{<times>}$. "
        "A ship carries $<letter>^{<n>}$ such tanks." + _VOLUME,
    ),
    Form.TABLE: "<name> packs boxes that are cubes. "
    + table(("volume of one box", "(<letter>^{<m>})^{<times>}"), ("number of boxes", "<letter>^{<n>}"))
    + _VOLUME,
}

_MOST = 1000


@family("exponent-laws", "exponents", easiest=0.3)
def negative_exponent(rng: random.Random, level: int) -> Draft:
    """Write a power with a negative exponent as a fraction."""
    base, n = rng.choice([(b, n) for b in range(2, (21, 11, 21)[level]) for n in range(2, 9) if b**n <= _MOST])
    value = base**n
    values: Values = {"base": base, "n": n, "value": value, "name": person(rng), "key": Fraction(1, value)}
    if level == 1:
        m = rng.randrange(2, 5)
        values |= {"m": m, "less": m + n, "minus": -n}
    elif level == 2:
        times = rng.randrange(2, 20)
        values |= {"times": times, "key": Fraction(times, value)}
    return Draft(
        values=values,
        kind=QuestionKind.FRACTION,
        stems=_NEGATIVE[0] | _FARTHER if level == 0 and n > 2 else _NEGATIVE[level],
        key="<key>",
        check=("1 / <base>**<n>", "<base>**<m> / <base>**<less>", "<times> / <base>**<n>")[level],
        steps=(*_NEGATIVE_STEPS[level], *_product(values)),
        hints=(
            "A negative exponent means that you divide by the base, again and again.",
            (
                "Put the power $<base>^{<n>}$ under a fraction bar, with $1$ on top. Then work it out.",
                "Subtract the exponents first. Then write the power with its negative exponent as a fraction.",
                "Put the power $<base>^{<n>}$ under a fraction bar, with $1$ on top. Then multiply the fraction by "
                "$<times>$.",
            )[level],
            (
                r"$<base>^{-<n>} = \frac{1}{<base>^<n>} = <key>$.",
                r"$<m> - <less> = <minus>$, and $<base>^{-<n>} = \frac{1}{<base>^<n>} = <key>$.",
                r"$<base>^{-<n>} = \frac{1}{<value>}$, and $<times> \times \frac{1}{<value>} = <key>$.",
            )[level],
        ),
        wrong=(
            {
                "minus-before-power": "-(<base>^<n>)",
                "drops-exponent-sign": "<base>^<n>",
                "base-times-exponent": "1 / (<base> * <n>)",
            },
            {
                "drops-exponent-sign": "<base>^(<less> - <m>)",
                "minus-before-power": "-(<base>^(<less> - <m>))",
                "base-times-exponent": "1 / (<base> * <n>)",
            },
            {
                "drops-exponent-sign": "<times> * <base>^<n>",
                "minus-before-power": "-(<times> * <base>^<n>)",
                "base-times-exponent": "<times> / (<base> * <n>)",
            },
        )[level],
    )


def _product(values: Values) -> tuple[Step, ...]:
    """The last step at the hardest level: the product, reduced where it can be."""
    if "times" not in values:
        return ()
    plain = r"$<times> \times \frac{1}{<value>} = \frac{<times>}{<value>}"
    key = values["key"]
    reduced = isinstance(key, Fraction) and key.denominator != values["value"]
    text = f"Multiply, then reduce: {plain} = <key>$." if reduced else f"Multiply: {plain}$."
    return (step(text, "<key>", "multiply-whole"),)


_AS_FRACTION = step(r"A negative exponent puts the power under $1$: $<base>^{-<n>} = \frac{1}{<base>^<n>}$.",
                    "1 / <base>^<n>", "exponent-laws")  # fmt: skip
_WORKED_OUT = step(r"Work out the power: $\frac{1}{<base>^<n>} = \frac{1}{<value>}$.", "1 / <value>", "exponents")
_NEGATIVE_STEPS = (
    (_AS_FRACTION, _WORKED_OUT),
    (
        step(r"Subtract the exponents: $<base>^{<m>} \div <base>^{<less>} = <base>^{<m> - <less>} = <base>^{-<n>}$.",
             "<base>^<minus>", "exponent-laws"),
        _AS_FRACTION,
        _WORKED_OUT,
    ),
    (
        _AS_FRACTION,
        _WORKED_OUT,
    ),
)  # fmt: skip
_LOWEST = " Give a fraction in lowest terms."
_FARTHER = {
    Form.TABLE: "<name> divides by $<base>$ again and again. "
    + table(
        ("exponent", "1", "0", "-1", r"\ldots", "-<n>"), ("power", "<base>", "1", r"\frac{1}{<base>}", r"\ldots", "?")
    )
    + " Which fraction belongs in place of the question mark?",
}
_NEGATIVE: tuple[dict[Form, str | tuple[str, ...]], ...] = (
    {
        Form.BARE: (
            "Write $<base>^{-<n>}$ as a fraction without an exponent.",
            "What is the value of $<base>^{-<n>}$? Give a fraction.",
        ),
        Form.STORY: (
            "A filter lets $<base>^{-1}$ of the light through. What fraction of the light gets through $<n>$ such "
            "filters, one behind the other? <name> writes it as $<base>^{-<n>}$.",
            "After each minute, $<base>^{-1}$ of the foam in a tub is left. <name> finds that $<base>^{-<n>}$ of it is "
            "left after $<n>$ minutes. What fraction is that?",
        ),
        Form.TABLE: "<name> divides by $<base>$ again and again. "
        + table(("exponent", "1", "0", "-1", "-<n>"), ("power", "<base>", "1", r"\frac{1}{<base>}", "?"))
        + " Which fraction belongs in place of the question mark?",
        Form.TRANSFER: r"<name> looks for a fraction. Which one makes this true? $? \times <base>^{<n>} = 1$",
    },
    {
        Form.BARE: rf"Work out $<base>^{{<m>}} \div <base>^{{<less>}}$.{_LOWEST}",
        Form.STORY: (
            "<name> fills $<base>^{<m>}$ liters of paint into $<base>^{<less>}$ equal bottles. How many liters are in "
            f"a bottle?{_LOWEST}",
            "A band of $<base>^{<m>}$ meters is cut into $<base>^{<less>}$ equal pieces. How many meters long is a "
            f"piece?{_LOWEST}",
        ),
        Form.TABLE: "<name> spreads sand evenly. "
        + table(("sand in kilograms", "<base>^{<m>}"), ("equal bags", "<base>^{<less>}"))
        + f" How many kilograms are in a bag?{_LOWEST}",
        Form.TRANSFER: r"Which fraction makes this true? $? \times <base>^{<less>} = <base>^{<m>}$",
    },
    {
        Form.BARE: rf"Work out $<times> \times <base>^{{-<n>}}$.{_LOWEST}",
        Form.STORY: (
            f"A seed weighs $<base>^{{-<n>}}$ grams. How many grams do $<times>$ such seeds weigh?{_LOWEST}",
            f"A drop of ink holds $<base>^{{-<n>}}$ milliliters. <name> uses $<times>$ drops. "
            f"How many milliliters is that?{_LOWEST}",
        ),
        Form.TABLE: "<name> stacks sheets of gold. "
        + table(("one sheet in millimeters", "<base>^{-<n>}"), ("number of sheets", "<times>"))
        + f" How many millimeters thick is the stack?{_LOWEST}",
        Form.TRANSFER: r"Which fraction makes this true? $? \div <times> = <base>^{-<n>}$",
    },
)
