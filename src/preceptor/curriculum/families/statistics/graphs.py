"""Picture graphs and bar graphs with a scale."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table


@family("scaled-graphs", "multiplication-facts", easiest=-1.1)
def read_scaled_graph(rng: random.Random, level: int) -> Draft:
    """Read an amount off a graph in which each picture stands for several things."""
    scale = rng.choice(((2, 3, 4, 5, 10), (2, 4, 6, 8, 10, 20), (4, 6, 8, 10, 20))[level])
    first, second, third = rng.sample(range(3 - level // 2, 10), 3)
    half, rows = scale // 2, first + second
    key = (first * scale, first * scale + half, rows * scale + half)[level]
    values: Values = {"scale": scale, "first": first, "key": key, "name": person(rng)}
    values |= {"a": _dots(first), "b": _dots(second), "c": _dots(third)}
    if level:
        values |= {"half": half, "part": key - half}
    if level == 2:
        values |= {"second": second, "rows": rows}
    return Draft(
        values=values,
        stems=_READ[level],
        key="<key>",
        check=("<first> * <scale>", "(<first> + 1 / 2) * <scale>", "(<first> + <second> + 1 / 2) * <scale>")[level],
        steps=_READ_STEPS[level],
        hints=(
            "One dot, picture or step stands for more than one thing. For how many?",
            (
                "There are $<first>$ of them. Each one stands for $<scale>$.",
                "Start with the $<first>$ whole ones. Then add half of $<scale>$.",
                "Count all whole ones first. Multiply by $<scale>$. Then add half of $<scale>$.",
            )[level],
            (
                r"$<first> \times <scale> = <key>$.",
                r"$<first> \times <scale> = <part>$, and $<part> + <half> = <key>$.",
                r"$<rows> \times <scale> = <part>$, and $<part> + <half> = <key>$.",
            )[level],
        ),
        wrong=(
            {"counts-pictures-only": "<first>", "adds-scale": "<first> + <scale>"},
            {
                "half-as-whole": "(<first> + 1) * <scale>",
                "adds-scale": "<first> + <scale> + <half>",
            },
            {
                "half-as-whole": "(<first> + <second> + 1) * <scale>",
                "adds-scale": "<first> + <second> + <scale> + <half>",
            },
        )[level],
    )


_HALF_AND_ADD = (
    step(r"Half of one stands for half as many: $<scale> \div 2 = <half>$.", "<half>"),
    step("Add: $<part> + <half> = <key>$.", "<key>", "scaled-graphs", "add-subtract-whole"),
)
_READ_STEPS = (
    (
        step("There are $<first>$ of them, and each one stands for $<scale>$.", "<scale>"),
        step(r"Multiply: $<first> \times <scale> = <key>$.", "<key>", "scaled-graphs", "multiplication-facts"),
    ),
    (
        step(r"The whole ones: $<first> \times <scale> = <part>$.", "<part>", "scaled-graphs", "multiplication-facts"),
        *_HALF_AND_ADD,
    ),
    (
        step("Count the whole ones: $<first> + <second> = <rows>$.", "<rows>", "add-subtract-whole"),
        step(r"Multiply: $<rows> \times <scale> = <part>$.", "<part>", "scaled-graphs", "multiplication-facts"),
        *_HALF_AND_ADD,
    ),
)
_BIRDS = r"<name> counts birds. One $\bullet$ stands for $<scale>$ birds"
_LAKE = "A graph shows the birds at a lake. One picture stands for $<scale>$ birds. "
_STICKERS = "<name> draws a graph. One star stands for $<scale>$ stickers. "
_BAR = "<name> reads a bar graph. Each step stands for $<scale>$. "
_READ: tuple[Stems, ...] = (
    {
        Form.BARE: (
            "One dot stands for $<scale>$. What do $<first>$ dots stand for?",
            "One picture stands for $<scale>$ things. How many things do $<first>$ pictures show?",
        ),
        Form.STORY: (
            _LAKE + "<name> sees $<first>$ pictures. How many birds is that?",
            _STICKERS + "There are $<first>$ stars in the graph. How many stickers is that?",
        ),
        Form.TABLE: f"{_BIRDS}. "
        + table(("Monday", "<b>"), ("Tuesday", "<a>"), ("Sunday", "<c>"))
        + " How many birds came on Tuesday?",
        Form.TRANSFER: _BAR + "One bar is $<first>$ steps high. What number does it show?",
    },
    {
        Form.BARE: (
            "One dot stands for $<scale>$. What do $<first>$ dots and half a dot stand for?",
            "One picture stands for $<scale>$ things. How many things do $<first>$ pictures and half a picture show?",
        ),
        Form.STORY: (
            _LAKE + "<name> sees $<first>$ pictures and half a picture. How many birds is that?",
            _STICKERS + "There are $<first>$ stars and half a star in the graph. How many stickers is that?",
        ),
        Form.TABLE: _BIRDS
        + r", and one $\circ$ stands for half as many. "
        + table(("Monday", "<b>"), ("Tuesday", r"<a> \circ"), ("Sunday", "<c>"))
        + " How many birds came on Tuesday?",
        Form.TRANSFER: _BAR + "One bar is $<first>$ steps and half a step high. What number does it show?",
    },
    {
        Form.BARE: (
            "One dot stands for $<scale>$. One row has $<first>$ dots. One row has $<second>$ dots and half a dot. "
            "What do both rows show in all?"
        ),
        Form.STORY: (
            _LAKE + "<name> sees $<first>$ pictures for May. For June there are $<second>$ pictures and half a "
            "picture. How many birds is that in all?",
            _STICKERS + "There are $<first>$ stars for red ones. There are $<second>$ stars and half a star for blue "
            "ones. How many stickers is that in all?",
        ),
        Form.TABLE: _BIRDS
        + r", and one $\circ$ stands for half as many. "
        + table(("Monday", "<a>"), ("Tuesday", "<c>"), ("Sunday", r"<b> \circ"))
        + " How many birds came on Monday and Sunday in all?",
        Form.TRANSFER: _BAR + "One bar is $<first>$ steps high. The next bar is $<second>$ steps and half a step high. "
        "What do both bars show in all?",
    },
)


@family("scaled-graphs", "add-subtract-whole", easiest=-0.9)
def compare_graph_rows(rng: random.Random, level: int) -> Draft:
    """Find how many more one row of a graph shows than another."""
    scale = rng.choice(((2, 5, 10), (3, 4, 6, 8), (3, 4, 5, 6, 8))[level])
    less, more = sorted(rng.sample(range(2, 10), 2))
    other = rng.randrange(2, 8)
    values: Values = {"scale": scale, "more": more, "less": less, "high": more * scale, "low": less * scale}
    values |= {"key": (more - less) * scale, "name": person(rng)}
    values |= {"a": _dots(more), "b": _dots(less), "c": _dots(other)}
    if level == 2:
        both = (more + other) * scale
        values |= {"other": other, "also": other * scale, "both": both, "key": both - less * scale}
    return Draft(
        values=values,
        stems=_COMPARE_SUM if level == 2 else _COMPARE,
        key="<key>",
        check="(<more> + <other> - <less>) * <scale>" if level == 2 else "(<more> - <less>) * <scale>",
        steps=_COMPARE_STEPS[level == 2],
        hints=(
            "One dot, picture or step stands for more than one thing. For how many?",
            "Find out what each row or bar stands for. Add the two that go with each other, then subtract."
            if level == 2
            else "Find out what each row or bar stands for. Then subtract.",
            r"$<high> + <also> = <both>$, and $<both> - <low> = <key>$."
            if level == 2
            else r"$<more> \times <scale> = <high>$ and $<less> \times <scale> = <low>$, so there are "
            "$<high> - <low> = <key>$ more.",
        ),
        wrong={
            "counts-pictures-only": "<more> + <other> - <less>",
            "reads-one-row": "(<more> + <other>) * <scale>",
            "adds-rows": "(<more> + <other> + <less>) * <scale>",
        }
        if level == 2
        else {
            "counts-pictures-only": "<more> - <less>",
            "reads-one-row": "<more> * <scale>",
            "adds-rows": "(<more> + <less>) * <scale>",
        },
    )


_HIGH = step(r"The larger one stands for $<more> \times <scale> = <high>$.", "<high>", "scaled-graphs")
_LOW = step(r"The smaller one stands for $<less> \times <scale> = <low>$.", "<low>", "scaled-graphs")
_COMPARE_STEPS = (
    (_HIGH, _LOW, step("Subtract: $<high> - <low> = <key>$.", "<key>", "add-subtract-whole")),
    (
        step(r"First one: $<more> \times <scale> = <high>$.", "<high>", "scaled-graphs"),
        step(r"Second one: $<other> \times <scale> = <also>$.", "<also>", "scaled-graphs"),
        step("Both together: $<high> + <also> = <both>$.", "<both>", "add-subtract-whole"),
        step(r"The one to compare with: $<less> \times <scale> = <low>$.", "<low>", "scaled-graphs"),
        step("Subtract: $<both> - <low> = <key>$.", "<key>", "add-subtract-whole"),
    ),
)
_COMPARE: Stems = {
    Form.BARE: "One dot stands for $<scale>$. Row $A$ has $<more>$ dots. Row $B$ has $<less>$ dots. "
    "How much more does row $A$ show than row $B$?",
    Form.STORY: (
        _LAKE + "<name> sees $<more>$ pictures of ducks and $<less>$ pictures of geese. "
        "How many more ducks than geese are there?",
        "<name> draws a graph. One star stands for $<scale>$ books. The graph has $<more>$ stars for May and "
        "$<less>$ stars for June. How many more books were read in May?",
    ),
    Form.TABLE: f"{_BIRDS}. "
    + table(("Monday", "<b>"), ("Tuesday", "<c>"), ("Sunday", "<a>"))
    + " How many more birds came on Sunday than on Monday?",
    Form.TRANSFER: _BAR + "The bar for tea is $<more>$ steps high. The bar for milk is $<less>$ steps high. "
    "How many more people chose tea than milk?",
}
_COMPARE_SUM: Stems = {
    Form.BARE: "One dot stands for $<scale>$. Row $A$ has $<more>$ dots. Row $B$ has $<other>$ dots. "
    "Row $C$ has $<less>$ dots. How much more do rows $A$ and $B$ show in all than row $C$?",
    Form.STORY: (
        _LAKE + "<name> sees $<more>$ pictures of ducks, $<other>$ of swans and $<less>$ of geese. "
        "How many more ducks and swans in all are there than geese?",
        "<name> draws a graph. One star stands for $<scale>$ books. There are $<more>$ stars for May, $<other>$ for "
        "June and $<less>$ for July. How many more books are there for May and June than for July?",
    ),
    Form.TABLE: f"{_BIRDS}. "
    + table(("Monday", "<b>"), ("Tuesday", "<c>"), ("Sunday", "<a>"))
    + " How many more birds came on Tuesday and Sunday than on Monday?",
    Form.TRANSFER: _BAR + "The bar for tea is $<more>$ steps high, the bar for juice $<other>$ and the bar for milk "
    "$<less>$. How many more people chose tea or juice than milk?",
}


def _dots(count: int) -> str:
    return " ".join([r"\bullet"] * count)
