"""Scale drawings, models and maps."""

import random
from decimal import Decimal

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("scale-drawings", "unit-conversion", easiest=0.2)
def scale_length(rng: random.Random, level: int) -> Draft:
    """Find a real length from a drawing, a length in a drawing, or a way from a map."""
    scale = rng.choice(((200, 250, 500), (100, 200, 250), (20_000, 25_000, 50_000, 200_000))[level])
    drawn = Decimal(rng.randrange(*((6, 30), (20, 60), (25, 150))[level])) / (
        1 if level == 0 else 2 if level == 1 else 10
    )
    real = drawn * scale
    unit, per, slip = ("m", 100, 10) if level < 2 else ("km", 100_000, 1000)
    values: Values = {
        "name": person(rng),
        "scale": scale,
        "drawn": _short(drawn),
        "real": _short(real),
        "per": per,
        "slip": slip,
        "far": _short(real / per),
    }
    return _to_drawing(values) if level == 1 else _to_reality(values, unit)


def _short(value: Decimal) -> int | Decimal:
    """The number without zeros at the end."""
    return int(value) if value % 1 == 0 else value.normalize()


def _to_reality(values: Values, unit: str) -> Draft:
    longer = "meters" if unit == "m" else "kilometers"
    return Draft(
        values=values,
        stems=_PLAN if unit == "m" else _MAP,
        key="<far>",
        kind=QuestionKind.QUANTITY,
        unit=unit,
        check="<drawn> * <scale> / <per>",
        steps=(
            step(r"Read the scale: $1\ \text{cm}$ stands for $<scale>\ \text{cm}$.", "<scale>"),
            step(r"Multiply by the scale: $<drawn> \times <scale> = <real>$ centimeters.", "<real>"),
            step(rf"Change to {longer}: $<real> \div <per> = <far>$.", "<far>", "unit-conversion"),
        ),
        hints=(
            "The scale tells how many centimeters one centimeter stands for.",
            f"Multiply the length on the paper by the scale. Then change centimeters to {longer}.",
            rf"$<drawn> \times <scale> = <real>$ centimeters, and $<real> \div <per> = <far>$ {longer}.",
        ),
        wrong={
            "skips-unit-change": "<drawn> * <scale>",
            "wrong-conversion-factor": "<drawn> * <scale> / <slip>",
            "scale-wrong-way": "<drawn> / <scale>",
        },
    )


def _to_drawing(values: Values) -> Draft:
    return Draft(
        values=values,
        stems=_DRAW,
        key="<drawn>",
        kind=QuestionKind.QUANTITY,
        unit="cm",
        check="<far> * 100 / <scale>",
        steps=(
            step(r"Change to centimeters: $<far> \times 100 = <real>$.", "<real>", "unit-conversion"),
            step(r"Read the scale: $<scale>\ \text{cm}$ become $1\ \text{cm}$.", "<scale>"),
            step(r"Divide by the scale: $<real> \div <scale> = <drawn>$.", "<drawn>"),
        ),
        hints=(
            "In a drawing, every length is divided by the same number.",
            "Change the meters to centimeters first. Then divide by the scale.",
            r"$<far> \times 100 = <real>$ centimeters, and $<real> \div <scale> = <drawn>$ centimeters.",
        ),
        wrong={
            "skips-unit-change": "<far> / <scale>",
            "wrong-conversion-factor": "<far> * <slip> / <scale>",
            "scale-wrong-way": "<far> * 100 * <scale>",
        },
    )


_SCALE = "$1:<scale>$"
_METERS, _KILOMETERS, _CENTIMETERS = (
    f" Give the answer in {unit}." for unit in ("meters", "kilometers", "centimeters")
)
_PLAN: Stems = {
    Form.BARE: rf"In a drawing at scale {_SCALE}, a line is $<drawn>\ \text{{cm}}$ long. How long is it really?"
    f"{_METERS}",
    Form.STORY: (
        f"<name> draws a plan of the school at scale {_SCALE}. In the plan the schoolyard is $<drawn>$ centimeters "
        f"long. How long is the real schoolyard?{_METERS}",
        f"A model ship is built at scale {_SCALE}. The model is $<drawn>$ centimeters long. How long is the real ship?"
        f"{_METERS}",
    ),
    Form.TABLE: "The table belongs to the plan of a park. "
    + table(("scale", "1:<scale>"), ("path in the plan", r"<drawn>\ \text{cm}"), ("real path", "?"))
    + f" How long is the real path?{_METERS}",
    Form.TRANSFER: "A toy train is $<drawn>$ centimeters long. Every part of the real train is $<scale>$ times as "
    f"long as in the toy. How long is the real train?{_METERS}",
}
_DRAW: Stems = {
    Form.BARE: rf"A line of $<far>\ \text{{m}}$ is drawn at scale {_SCALE}. How long is it in the drawing?"
    f"{_CENTIMETERS}",
    Form.STORY: (
        f"<name> draws a garden at scale {_SCALE}. The garden is $<far>$ meters long. How long is it in the drawing?"
        f"{_CENTIMETERS}",
        f"A bridge of $<far>$ meters is built as a model at scale {_SCALE}. How long is the model?{_CENTIMETERS}",
    ),
    Form.TABLE: "The table belongs to the plan of a park. "
    + table(("scale", "1:<scale>"), ("path in the plan", "?"), ("real path", r"<far>\ \text{m}"))
    + f" How long is the path in the plan?{_CENTIMETERS}",
    Form.TRANSFER: "Every part of a real train is $<scale>$ times as long as in a toy train. The real train is $<far>$ "
    f"meters long. How long is the toy?{_CENTIMETERS}",
}
_MAP: Stems = {
    Form.BARE: rf"On a map at scale {_SCALE}, a line is $<drawn>\ \text{{cm}}$ long. How long is it really?"
    f"{_KILOMETERS}",
    Form.STORY: (
        f"On a map at scale {_SCALE}, a hike is $<drawn>$ centimeters long. How long is the real hike?{_KILOMETERS}",
        f"<name> plans a bike ride. On a map at scale {_SCALE} it is $<drawn>$ centimeters long. How long is the ride?"
        f"{_KILOMETERS}",
    ),
    Form.TABLE: "The table belongs to the map of a lake. "
    + table(("scale", "1:<scale>"), ("shore on the map", r"<drawn>\ \text{cm}"), ("real shore", "?"))
    + f" How long is the real shore?{_KILOMETERS}",
    Form.TRANSFER: "In a photo taken from space, one centimeter shows $<scale>$ centimeters of the ground. A river is "
    f"$<drawn>$ centimeters long in it. How long is the real river?{_KILOMETERS}",
}


@family("scale-drawings", "unit-conversion", easiest=0.5)
def scale_area(rng: random.Random, level: int) -> Draft:
    """Find the real area of a rectangle in a plan."""
    scale = rng.choice(((200, 500), (150, 250, 350, 400), (220, 260, 340, 420))[level])
    sides = (range(2, 10), range(4, 26, 2), range(5, 30, 2))[level]
    width, length = (Decimal(side) / (2 if level == 2 else 1) for side in sorted(rng.sample(sides, 2)))
    real = length * scale / 100, width * scale / 100
    values: Values = {
        "name": person(rng),
        "scale": scale,
        "a": _short(length),
        "b": _short(width),
        "ra": _short(real[0]),
        "rb": _short(real[1]),
        "area": _short(real[0] * real[1]),
    }
    return Draft(
        values=values,
        stems=_ROOM,
        key="<area>",
        kind=QuestionKind.QUANTITY,
        unit="m^2",
        check="<a> * <b> * <scale> ** 2 / 100 ** 2",
        steps=(
            step(r"Find the real length in meters: $<a> \times <scale> \div 100 = <ra>$.", "<ra>",
                 "scale-drawings", "unit-conversion"),
            step(r"Find the real width in meters: $<b> \times <scale> \div 100 = <rb>$.", "<rb>",
                 "scale-drawings", "unit-conversion"),
            step(r"Multiply for the area: $<ra> \times <rb> = <area>$.", "<area>", "rectangles"),
        ),
        hints=(
            "First find out how long and how wide the real rectangle is.",
            "Multiply each side by the scale and change to meters. Then find the area.",
            r"The real sides are $<ra>$ and $<rb>$ meters, so the area is $<ra> \times <rb> = <area>$ square meters.",
        ),
        wrong={
            "scales-area-once": "<a> * <b> * <scale> / 100",
            "skips-unit-change": "<a> * <scale> * <b> * <scale>",
            "measures-drawing": "<a> * <b>",
        },
    )  # fmt: skip


_SQUARE = " Give the answer in square meters."
_SIDES = "$<a>$ centimeters long and $<b>$ centimeters wide"
_ROOM: Stems = {
    Form.BARE: rf"In a drawing at scale {_SCALE}, a rectangle is $<a>\ \text{{cm}}$ long and $<b>\ \text{{cm}}$ wide. "
    f"What is its real area?{_SQUARE}",
    Form.STORY: (
        f"In a plan at scale {_SCALE}, a hall is {_SIDES}. What is the real area of the hall?{_SQUARE}",
        f"<name> draws a field at scale {_SCALE}. In the drawing it is {_SIDES}. What is the real area of the field?"
        f"{_SQUARE}",
    ),
    Form.TABLE: f"The table shows a playground in a plan at scale {_SCALE}. "
    + table(("length", r"<a>\ \text{cm}"), ("width", r"<b>\ \text{cm}"))
    + f" What is the real area of the playground?{_SQUARE}",
    Form.TRANSFER: f"The paper model of a schoolyard is {_SIDES}. Every side of the real schoolyard is $<scale>$ times "
    f"as long. How large is the real schoolyard?{_SQUARE}",
}
