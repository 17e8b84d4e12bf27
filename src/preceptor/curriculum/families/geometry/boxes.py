"""Volume and surface of boxes."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind

_MEASURES = table(("length in cm", "<a>"), ("width in cm", "<b>"), ("height in cm", "<c>"))
_SIDES = "$<a>$ cm long, $<b>$ cm wide and $<c>$ cm high"


@family("volume", easiest=-0.5)
def box_volume(rng: random.Random, level: int) -> Draft:
    """Find the volume of a box, or of the water in one that is not full."""
    b, a = sorted(rng.randrange(*((2, 8), (4, 13), (6, 19))[level]) for _ in range(2))
    c = rng.randrange(*((2, 8), (4, 13), (8, 19))[level])
    gap = rng.randrange(1, c - 1) if level == 2 else 0
    values: Values = {"a": a, "b": b, "c": c, "gap": gap, "h": c - gap, "base": a * b, "name": person(rng)}
    bottom = step(r"One layer has $<a> \times <b> = <base>$ cubes.", "<base>", "volume", "rectangles")
    filled = step("The water is $<c> - <gap> = <h>$ cm high.", "<h>", "add-subtract-whole")
    layers = step(r"There are $<h>$ layers: $<h> \times <base> = <volume>$.", "<volume>")
    return Draft(
        values=values | {"volume": a * b * (c - gap)},
        kind=QuestionKind.QUANTITY,
        unit="cm^3",
        stems=_FILLED if level == 2 else _VOLUME,
        key="<volume>",
        check="<a> * <b> * (<c> - <gap>)" if level == 2 else "<a> * <b> * <c>",
        steps=(filled, bottom, layers) if level == 2 else (bottom, layers),
        hints=(
            "Think of small cubes, layer by layer. Each edge of a cube is one centimeter long.",
            r"One layer has $<a> \times <b>$ cubes. How many layers of water are there?"
            if level == 2
            else r"One layer has $<a> \times <b>$ cubes. How many layers are there?",
            r"$<a> \times <b> \times <h> = <volume>$, so the volume is $<volume>\ \text{cm}^3$.",
        ),
        wrong={"bottom-only": "<a> * <b>", "adds-edges": "<a> + <b> + <h>"},
    )


_ASK_VOLUME = r" What is its volume in $\text{cm}^3$?"
_VOLUME: Stems = {
    Form.BARE: f"A box is {_SIDES}.{_ASK_VOLUME}",
    Form.STORY: (
        f"<name> builds a wooden box. Inside it is {_SIDES}. How many $\\text{{cm}}^3$ of sand fit into it?",
        f"<name> has a small gift box. Inside it is {_SIDES}.{_ASK_VOLUME}",
        f"<name> makes soap. The block is {_SIDES}.{_ASK_VOLUME}",
    ),
    Form.TABLE: f"<name> measures a box. {_MEASURES}{_ASK_VOLUME}",
    Form.TRANSFER: "<name> lays cubes in a rectangle, $<a>$ in each row and $<b>$ rows. On top come more layers of "
    "the same kind, $<c>$ layers in all. Each cube has edges of one centimeter. "
    r"What is the volume of the tower in $\text{cm}^3$?",
}
_ASK_WATER = r" How many $\text{cm}^3$ of water are in it?"
_BELOW = "The water reaches up to $<gap>$ cm below the top edge."
_FILLED: Stems = {
    Form.BARE: f"A glass box is {_SIDES}. {_BELOW}{_ASK_WATER}",
    Form.STORY: (
        f"<name> keeps water plants in a small glass tank. It is {_SIDES}. {_BELOW}{_ASK_WATER}",
        f"A flower box is {_SIDES}. After a storm there is water in it. {_BELOW}{_ASK_WATER}",
    ),
    Form.TABLE: f"<name> measures a glass box with water. {_MEASURES} {_BELOW}{_ASK_WATER}",
    Form.TRANSFER: f"<name> freezes water in a box that is {_SIDES}. The block of ice is as long and as wide as the "
    r"box, but it ends $<gap>$ cm below the top edge. How many $\text{cm}^3$ of ice is that?",
}


@family("volume", easiest=-0.1)
def box_height(rng: random.Random, level: int) -> Draft:
    """Find the height of a box from its volume and its bottom."""
    b, a = sorted(rng.randrange(2 + level, (8, 13, 19)[level]) for _ in range(2))
    c = rng.randrange(2 + level, (8, 13, 19)[level])
    values: Values = {"a": a, "b": b, "c": c, "base": a * b, "volume": a * b * c, "name": person(rng)}
    return Draft(
        values=values,
        kind=QuestionKind.QUANTITY,
        unit="cm",
        stems=_HEIGHT,
        key="<c>",
        check="<volume> / (<a> * <b>)",
        steps=(
            step(r"One layer has $<a> \times <b> = <base>$ cubes.", "<base>", "volume", "rectangles"),
            step(r"The number of layers: $<volume> \div <base> = <c>$.", "<c>"),
        ),
        hints=(
            "Think of layers of small cubes. How many cubes lie in one layer?",
            "Find the number of cubes in one layer. How many layers make $<volume>$ cubes?",
            r"$<volume> \div <base> = <c>$, so it is $<c>$ cm high.",
        ),
        wrong={
            "uses-one-edge-only": "<volume> / <a>",
            "bottom-only": "<a> * <b>",
            "adds-edges": "<volume> / (<a> + <b>)",
        },
    )


_ASK_HEIGHT = " How many cm high is it?"
_BOTTOM = "$<a>$ cm long and $<b>$ cm wide"
_HEIGHT: Stems = {
    Form.BARE: rf"A box has a volume of $<volume>\ \text{{cm}}^3$. Its bottom is {_BOTTOM}.{_ASK_HEIGHT}",
    Form.STORY: (
        rf"<name> has a small tin box. It holds $<volume>\ \text{{cm}}^3$ when it is full. Its bottom is "
        rf"{_BOTTOM}.{_ASK_HEIGHT}",
        rf"<name> makes a candle in the shape of a box from $<volume>\ \text{{cm}}^3$ of wax. Its bottom is "
        rf"{_BOTTOM}.{_ASK_HEIGHT}",
    ),
    Form.TABLE: "<name> fills in a table about a box. "
    + table(("volume", r"<volume>\ \text{cm}^3"), ("length", r"<a>\ \text{cm}"), ("width", r"<b>\ \text{cm}"))
    + _ASK_HEIGHT,
    Form.TRANSFER: r"<name> pours $<volume>\ \text{cm}^3$ of juice into an empty box with straight walls. The bottom "
    rf"of the box is {_BOTTOM}. How many cm high does the juice stand?",
}


def _edges(rng: random.Random, limits: tuple[int, int]) -> tuple[int, int, int]:
    """Width, length and height of a box, all different; it is at least as long as wide."""
    first, second, height = rng.sample(range(*limits), 3)
    return min(first, second), max(first, second), height


@family("surface-area", easiest=-0.1)
def box_surface(rng: random.Random, level: int) -> Draft:
    """Find the surface of a box, at the highest level of one without a lid."""
    b, a, c = _edges(rng, ((2, 9), (3, 13), (8, 31))[level])
    one, two, three = a * b, a * c, b * c
    total = one + two + three
    values: Values = {"a": a, "b": b, "c": c, "one": one, "two": two, "three": three, "name": person(rng)}
    values |= {"total": total, "surface": 2 * total, "walls": 2 * (two + three), "open": 2 * total - one}
    open_box = level == 2
    faces = (
        step(r"Top and bottom have the same area: $<a> \times <b> = <one>$."
             if not open_box else r"The bottom: $<a> \times <b> = <one>$.", "<one>", "surface-area", "rectangles"),
        step(r"Front and back: $<a> \times <c> = <two>$ each.", "<two>", "surface-area", "rectangles"),
        step(r"Left and right: $<b> \times <c> = <three>$ each.", "<three>", "surface-area", "rectangles"),
    )  # fmt: skip
    last = (
        step(r"Two of each wall and one bottom: $2 \times (<two> + <three>) + <one> = <open>$.", "<open>")
        if open_box
        else step(r"Two of each: $2 \times (<one> + <two> + <three>) = <surface>$.", "<surface>")
    )
    return Draft(
        values=values,
        kind=QuestionKind.QUANTITY,
        unit="cm^2",
        stems=_OPEN if open_box else _SURFACE,
        key="<open>" if open_box else "<surface>",
        check="<a>*<b> + <a>*<c> + <a>*<c> + <b>*<c> + <b>*<c>" + ("" if open_box else " + <a>*<b>"),
        steps=(*faces, last),
        hints=(
            "Unfold the box. Which rectangles do you see, and which of them are equal?",
            "Find the area of the bottom, of one long wall and of one short wall. How often do you need each?",
            r"$2 \times (<two> + <three>) + <one> = <open>$, so it is $<open>\ \text{cm}^2$."
            if open_box
            else r"$2 \times (<one> + <two> + <three>) = <surface>$, so it is $<surface>\ \text{cm}^2$.",
        ),
        wrong={
            "three-faces-only": "<a> * <b> + <a> * <c> + <b> * <c>",
            "volume-for-surface": "<a> * <b> * <c>",
            "leaves-out-faces": "2 * (<a> * <c> + <b> * <c>)" if open_box else "2 * (<a> * <b> + <a> * <c>)",
        },
    )


_ASK_SURFACE = r" What is its surface area in $\text{cm}^2$?"
_SURFACE: Stems = {
    Form.BARE: f"A box is {_SIDES}.{_ASK_SURFACE}",
    Form.STORY: (
        rf"<name> wraps a present. The box is {_SIDES}. How many $\text{{cm}}^2$ of paper cover it exactly?",
        rf"<name> paints a wooden block on all sides. The block is {_SIDES}. How many $\text{{cm}}^2$ is that?",
    ),
    Form.TABLE: f"<name> measures a box. {_MEASURES}{_ASK_SURFACE}",
    Form.TRANSFER: r"<name> cuts six rectangles out of card to make a closed box: two that are $<a>$ cm by $<b>$ cm, "
    r"two that are $<a>$ cm by $<c>$ cm, and two that are $<b>$ cm by $<c>$ cm. "
    r"How many $\text{cm}^2$ of card is that?",
}
_OPEN: Stems = {
    Form.BARE: rf"A box without a lid is {_SIDES}. What is the area of its five faces in $\text{{cm}}^2$?",
    Form.STORY: (
        rf"A small fish tank is made of glass and has no lid. It is {_SIDES}. <name> wants to build one like it. "
        r"How many $\text{cm}^2$ of glass does it take?",
        rf"<name> makes a drawer out of thin wood. It is open at the top, {_SIDES}. "
        r"How many $\text{cm}^2$ of wood does it take?",
    ),
    Form.TABLE: f"<name> measures a box without a lid. {_MEASURES} "
    r"What is the area of its five faces in $\text{cm}^2$?",
    Form.TRANSFER: rf"A block of stone stands on the ground. It is {_SIDES}. <name> cleans all faces but the one "
    r"on the ground. How many $\text{cm}^2$ is that?",
}


@family("surface-area", "volume", easiest=0.4)
def surface_from_volume(rng: random.Random, level: int) -> Draft:
    """Find the surface of a box from its volume and its bottom."""
    b, a, c = _edges(rng, ((2, 10), (3, 13), (5, 17))[level])
    one, two, three = a * b, a * c, b * c
    values: Values = {"a": a, "b": b, "c": c, "one": one, "two": two, "three": three, "name": person(rng)}
    values |= {"volume": a * b * c, "surface": 2 * (one + two + three)}
    height = "<volume> / (<a> * <b>)"
    return Draft(
        values=values,
        kind=QuestionKind.QUANTITY,
        unit="cm^2",
        stems=_FROM_VOLUME,
        key="<surface>",
        check=f"2 * <a> * <b> + 2 * (<a> + <b>) * {height}",
        steps=(
            step(r"The area of the bottom: $<a> \times <b> = <one>$.", "<one>", "volume", "rectangles"),
            step(r"The height from the volume: $<volume> \div <one> = <c>$.", "<c>", "volume"),
            step(r"The walls: $<a> \times <c> = <two>$ and $<b> \times <c> = <three>$.", "<three>"),
            step(r"Two of each: $2 \times (<one> + <two> + <three>) = <surface>$.", "<surface>"),
        ),
        hints=(
            "You need the height first. What do the volume and the bottom tell you?",
            "Divide the volume by the area of the bottom. Then find the areas of the faces.",
            r"The height is $<volume> \div <one> = <c>$, so the surface is "
            r"$2 \times (<one> + <two> + <three>) = <surface>$.",
        ),
        wrong={
            "three-faces-only": f"<a> * <b> + (<a> + <b>) * {height}",
            "leaves-out-faces": f"2 * (<a> + <b>) * {height}",
            "uses-one-edge-only": "2 * (<a> * <b> + (<a> + <b>) * <volume> / <a>)",
        },
    )


_FROM_VOLUME: Stems = {
    Form.BARE: rf"A box has a volume of $<volume>\ \text{{cm}}^3$. Its bottom is {_BOTTOM}.{_ASK_SURFACE}",
    Form.STORY: (
        rf"<name> wraps a box with a volume of $<volume>\ \text{{cm}}^3$. Its bottom is {_BOTTOM}. "
        r"How many $\text{cm}^2$ of paper cover it exactly?",
        rf"<name> paints all sides of a wooden block. It is made of $<volume>\ \text{{cm}}^3$ of wood, and its bottom "
        rf"is {_BOTTOM}. How many $\text{{cm}}^2$ is that?",
    ),
    Form.TABLE: "<name> fills in a table about a box. "
    + table(("volume", r"<volume>\ \text{cm}^3"), ("length", r"<a>\ \text{cm}"), ("width", r"<b>\ \text{cm}"))
    + _ASK_SURFACE,
    Form.TRANSFER: r"A block of ice in the shape of a box is made of $<volume>\ \text{cm}^3$ of ice. <name> sees that "
    rf"its bottom is {_BOTTOM}. How many $\text{{cm}}^2$ does its whole surface have?",
}
