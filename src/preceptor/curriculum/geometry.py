"""Families on measuring rectangles, angles, boxes and triangles."""

import random
from decimal import Decimal
from fractions import Fraction

from preceptor.curriculum.family import Draft, family, step
from preceptor.curriculum.fraction_operations import over
from preceptor.curriculum.notation import frac, tex


@family("rectangles", easiest=-0.9)
def rectangle(rng: random.Random, level: int) -> Draft:
    """Find area, perimeter, or a side from the area."""
    width, length = sorted(rng.sample(range(4, (13, 20, 25)[level]), 2))
    what = rng.choice(["vegetable bed", "poster", "carpet", "room", "sandbox", "notice board"])
    write = (_area, _perimeter, _perimeter_from_area)[level]
    return write(what, width, length, width * length, 2 * (width + length))


def _perimeter_from_area(what: str, width: int, length: int, area: int, around: int) -> Draft:
    return Draft(
        text=f"A rectangular {what} has an area of ${area}$ square feet and is ${width}$ feet wide. "
        "How many feet long is the way all around it?",
        key=around,
        check=f"2 * ({area} // {width} + {width})",
        steps=(
            step(f"Length from area: ${area} \\div {width} = {length}$ feet.", length),
            step(f"All the way around: $2 \\times ({width} + {length}) = {around}$ feet.", around),
        ),
        hints=(
            "You need the length first. How are area, width and length connected?",
            f"Area is width times length, so divide ${area}$ by ${width}$.",
            f"The length is ${area} \\div {width} = {length}$ feet, so the perimeter is "
            f"$2 \\times ({width} + {length}) = {around}$ feet.",
        ),
        wrong={"adds-two-sides-only": width + length},
    )


def _area(what: str, width: int, length: int, area: int, around: int) -> Draft:
    return Draft(
        text=f"A rectangular {what} is ${width}$ feet wide and ${length}$ feet long. What is its area in square feet?",
        key=area,
        check=f"{width} * {length}",
        steps=(
            step(f"There are ${width}$ rows of ${length}$ unit squares.", length),
            step(f"Multiply: ${width} \\times {length} = {area}$ square feet.", area, "rectangles", "multiply-whole"),
        ),
        hints=(
            "The area counts the unit squares that cover the rectangle.",
            "How many rows of unit squares are there, and how many squares are in one row?",
            f"${width} \\times {length} = {area}$ square feet.",
        ),
        wrong={"swaps-area-perimeter": around, "adds-two-sides-only": width + length},
    )


def _perimeter(what: str, width: int, length: int, area: int, around: int) -> Draft:
    return Draft(
        text=f"A rectangular {what} is ${width}$ feet wide and ${length}$ feet long. What is its perimeter in feet?",
        key=around,
        check=f"{width} + {length} + {width} + {length}",
        steps=(
            step(f"Two sides that meet: ${width} + {length} = {width + length}$ feet.", width + length),
            step(f"There are two of each: $2 \\times {width + length} = {around}$ feet.", around),
        ),
        hints=(
            "The perimeter is the way all around. How many sides does a rectangle have?",
            f"Two sides that meet make ${width} + {length}$ feet. The other two are just as long.",
            f"$2 \\times ({width} + {length}) = {around}$ feet.",
        ),
        wrong={"swaps-area-perimeter": area, "adds-two-sides-only": width + length},
    )


@family("angles", easiest=-1.0)
def missing_angle(rng: random.Random, level: int) -> Draft:
    """Find the missing angle in a right angle, on a line, around a point."""
    whole, other = ((90, 180), (180, 90), (360, 180))[level]
    parts = [rng.randrange(12, (70, 100, 130)[level]) for _ in range(1 + level)]
    used, key = sum(parts), whole - sum(parts)
    name = ("a right angle", "a straight angle", "a full turn")[level]
    shown = " and ".join(
        [", ".join(f"${part}^\\circ$" for part in parts[:-1])] * (level > 0) + [f"${parts[-1]}^\\circ$"]
    )
    count = ("two", "three", "four")[level]
    added = " + ".join(f"{part}^\\circ" for part in parts)
    total = step(f"The known angles make ${added} = {used}^\\circ$.", used) if level else None
    whole_step = step(f"Together the angles make {name}, which is ${whole}^\\circ$.", whole)
    return Draft(
        text=f"{name.capitalize()} is divided into {count} angles. "
        f"{('One measures', 'Two of them measure', 'Three of them measure')[level]} "
        f"{shown}. How many degrees does the {'other' if level == 0 else 'last'} one measure?",
        key=key,
        check=f"{whole} - " + " - ".join(map(str, parts)),
        steps=(
            whole_step,
            *([total] if total else []),
            step(f"What is missing: ${whole}^\\circ - {used}^\\circ = {key}^\\circ$.", key),
        ),
        hints=(
            f"Angles side by side add up. How many degrees does {name} have?",
            f"The angles make ${whole}^\\circ$ together. How much of that is missing?",
            f"${whole}^\\circ - {used}^\\circ = {key}^\\circ$.",
        ),
        wrong={"wrong-whole-angle": abs(other - used), **({"leaves-out-an-angle": whole - parts[0]} if level else {})},
    )


@family("volume", easiest=-0.5)
def box_volume(rng: random.Random, level: int) -> Draft:
    """Find the volume of a box, or its height."""
    a, b, c = (rng.randrange(2, (7, 11, 13)[level]) for _ in range(3))
    what = rng.choice(["box", "fish tank", "crate", "flower tub", "chest"])
    base, volume = a * b, a * b * c
    bottom = step(f"One layer: ${a} \\times {b} = {base}$ cubes.", base, "volume", "rectangles")
    if level == 2:
        return Draft(
            text=f"A {what} has a volume of ${tex(volume)}$ cubic inches. Its bottom measures ${a}$ inches by "
            f"${b}$ inches. "
            "How many inches high is it?",
            key=c,
            check=f"Rational({volume}, {a} * {b})",
            steps=(
                bottom,
                step(f"Number of layers: ${tex(volume)} \\div {base} = {c}$, so it is ${c}$ inches high.", c),
            ),
            hints=(
                "Think of layers of unit cubes. How many cubes lie in one layer?",
                f"One layer has ${a} \\times {b} = {base}$ cubes. How many layers make ${tex(volume)}$ cubes?",
                f"${tex(volume)} \\div {base} = {c}$, so it is ${c}$ inches high.",
            ),
            wrong={"uses-one-edge-only": Fraction(volume, a)},
        )
    return Draft(
        text=f"A {what} is ${a}$ inches long, ${b}$ inches wide and ${c}$ inches high. What is its volume in "
        f"cubic inches?",
        key=volume,
        check=f"{a} * {b} * {c}",
        steps=(bottom, step(f"${c}$ layers: ${base} \\times {c} = {tex(volume)}$ cubes.", volume)),
        hints=(
            "Imagine filling it with unit cubes, layer by layer.",
            f"One layer has ${a} \\times {b}$ cubes. How many layers are there?",
            f"${a} \\times {b} \\times {c} = {tex(volume)}$ cubic inches.",
        ),
        wrong={"bottom-only": base, "adds-edges": a + b + c},
    )


@family("triangles", easiest=-0.3)
def triangle_area(rng: random.Random, level: int) -> Draft:
    """Find the area of a triangle."""
    base, height = rng.randrange(3, (12, 20, 25)[level]), rng.randrange(3, (12, 20, 25)[level])
    side = max(base, height) + rng.randrange(1, 5)
    area = Decimal(base * height) / 2
    extra = f" Another side is ${side}$ centimeters long." if level else ""
    pair = f"{base} \\times {height}"
    return Draft(
        text=f"A triangle has a base of ${base}$ centimeters and a height of ${height}$ centimeters.{extra} "
        "What is its area in square centimeters?",
        key=area,
        check=f"Rational({base} * {height}, 2)",
        steps=(
            step(
                f"The parallelogram with this base and height: ${pair} = {base * height}$.",
                base * height,
                "triangles",
                "rectangles",
            ),
            step(f"The triangle is half of it: ${base * height} \\div 2 = {tex(area)}$.", area),
        ),
        hints=(
            "Two equal triangles make a parallelogram with the same base and height.",
            f"Work out ${pair}$. Which part of that does the triangle cover?",
            f"${pair} \\div 2 = {tex(area)}$ square centimeters.",
        ),
        wrong={
            "forgets-half": base * height,
            **({"multiplies-slanted-side": Decimal(base * side) / 2} if level else {}),
        },
    )


@family("rectangles", "multiply-fractions", easiest=0.2)
def fractional_area(rng: random.Random, level: int) -> Draft:
    """Find the area of a rectangle with fractional sides."""
    (a, b), (c, d) = over(rng, rng.randrange(2, 6 + level)), over(rng, rng.randrange(2, 7 + 2 * level))
    if level == 2:
        a += b
    first, second = Fraction(a, b), Fraction(c, d)
    key, around = first * second, 2 * (first + second)
    what = rng.choice(["tile", "label", "flag", "window pane"])
    simplest = f" = {tex(key)}" if key.denominator != b * d else ""
    product = f"{frac(a, b)} \\times {frac(c, d)}"
    return Draft(
        text=f"A rectangular {what} is ${frac(a, b)}$ of a meter long and ${frac(c, d)}$ of a meter wide. "
        "What is its area in square meters?",
        key=key,
        check=f"Rational({a}, {b}) * Rational({c}, {d})",
        steps=(
            step(f"Numerators: ${a} \\times {c} = {a * c}$.", a * c, "multiply-fractions"),
            step(f"Denominators: ${b} \\times {d} = {b * d}$.", b * d, "multiply-fractions"),
            step(f"Area is length times width: ${product} = {frac(a * c, b * d)}{simplest}$.", key, "rectangles"),
        ),
        hints=(
            "Area is length times width, for fractions too.",
            f"Work out ${product}$: top times top and bottom times bottom.",
            f"${product} = {frac(a * c, b * d)}{simplest}$ square meters.",
        ),
        wrong={"swaps-area-perimeter": around, "cross-multiplies": first / second},
    )


FAMILIES = (rectangle, missing_angle, box_volume, triangle_area, fractional_area)
