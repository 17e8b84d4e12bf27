"""Points in the coordinate plane."""

import random
from decimal import Decimal

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.families.equations.terms import either_sign
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import QuestionKind


@family("coordinate-plane", "absolute-value", easiest=-0.5)
def distance_between_points(rng: random.Random, level: int) -> Draft:
    """Find how far two points are apart that lie beside or above each other."""
    near = rng.randint(1, (7, 7, 20)[level])
    far = near + rng.randint(2, 5)
    apart = level > 0 and rng.random() < 0.7
    p, q = (near, -far) if apart else (near, far)
    if level == 2 and not apart:
        p, q = -p, -q
    if rng.random() < 0.5:
        p, q = q, p
    same = rng.randint(1, 9) if level == 0 else either_sign(rng, 1, 9 + 5 * level)
    first, second = ((same, p), (same, q)) if rng.random() < 0.5 else ((p, same), (q, same))
    values: Values = {
        "xa": first[0], "ya": first[1], "xb": second[0], "yb": second[1], "p": p, "q": q,
        "abs_p": abs(p), "abs_q": abs(q), "near": near, "far": far, "d": abs(p - q), "name": person(rng),
    }  # fmt: skip
    work = "<abs_p> + <abs_q>" if apart else "<far> - <near>"
    sides = (
        f"They lie on different sides of zero, so add: ${work} = <d>$."
        if apart
        else f"They lie on the same side of zero, so subtract: ${work} = <d>$."
    )
    return Draft(
        values=values,
        stems=_DISTANCE,
        key="<d>",
        check="Abs(<xa> - <xb>) + Abs(<ya> - <yb>)",
        steps=(
            step("The points differ only in $<p>$ and $<q>$. Their distances from zero: $|<p>| = <abs_p>$ and "
                 "$|<q>| = <abs_q>$.", "<abs_p>", "absolute-value"),
            step(sides, "<d>", "coordinate-plane"),
        ),
        hints=(
            "Which coordinate is the same for both points? Look at the other one.",
            "How far is each of the two different coordinates from zero, and are they on the same side of zero?",
            sides,
        ),
        wrong={
            "ignores-side-of-axis": "|<abs_p> - <abs_q>|" if apart else "<far> + <near>",
            "counts-grid-points": f"{work} + 1",
        },
    )  # fmt: skip


_PLACES = "$A(<xa>, <ya>)$ and $B(<xb>, <yb>)$"
_DISTANCE: Stems = {
    Form.BARE: f"How far apart are the points {_PLACES}?",
    Form.STORY: (
        f"On a map with a grid, a lake and a tower are at {_PLACES}. One step on the grid is one kilometer. "
        "How many kilometers are they apart?",
        f"<name> sews a straight line on a cloth with a grid, between the points {_PLACES}. "
        "How many squares long is the line?",
    ),
    Form.TABLE: "The table shows two points in the coordinate plane. "
    + table(("point", "A", "B"), ("first coordinate", "<xa>", "<xb>"), ("second coordinate", "<ya>", "<yb>"))
    + " How far are they apart?",
    Form.TRANSFER: f"<name> lets a toy robot roll in a straight line between {_PLACES}. Each step of the robot is one "
    "unit long. How many steps is that?",
}


@family("coordinate-plane", easiest=-0.5)
def where_walk_ends(rng: random.Random, level: int) -> Draft:
    """Find the point where a walk in the coordinate plane ends."""
    a, b = (rng.randint(4, 12) if level == 0 else either_sign(rng, 1, 6 + 6 * level) for _ in range(2))
    across, along = rng.randint(2, 8 + 5 * level), rng.randint(2, 8 + 5 * level)
    left = rng.random() < 0.5
    if level == 0:
        across, along = (min(across, a - 1), along) if left else (across, min(along, b - 2))
    if level == 2:  # the walk crosses both axes
        a, b = rng.randint(1, across - 1), -rng.randint(1, along - 1)
        a, b = (a, b) if left else (-a, -b)
    along += along == across  # or a walk with the steps swapped would lead back
    dx, dy = (-across, along) if left else (across, -along)
    values: Values = {
        "a": a, "b": b, "across": across, "along": along, "x": a + dx, "y": b + dy,
        "x_swapped": a + dy, "y_swapped": b + dx, "x_back": a - dx, "y_back": b - dy, "name": person(rng),
    }  # fmt: skip
    first = "$<a> - <across> = <x>$" if left else "$<a> + <across> = <x>$"
    second = "$<b> + <along> = <y>$" if left else "$<b> - <along> = <y>$"
    return Draft(
        values=values,
        kind=QuestionKind.CHOICE,
        stems=_WALK_LEFT if left else _WALK_RIGHT,
        key="$(<x>, <y>)$",
        check="(<a> - <across>, <b> + <along>)" if left else "(<a> + <across>, <b> - <along>)",
        steps=(
            step(f"{'Going left makes' if left else 'Going right makes'} the first coordinate "
                 f"{'smaller' if left else 'larger'}: {first}.", "<x>"),
            step(f"{'Going up makes' if left else 'Going down makes'} the second coordinate "
                 f"{'larger' if left else 'smaller'}: {second}.", "<y>"),
            step("The point at the end is $(<x>, <y>)$.", "(<x>, <y>)"),
        ),
        hints=(
            "The first coordinate tells how far right or left a point is, the second how far up or down.",
            "Going left makes the first coordinate smaller. Going up makes the second one larger."
            if left else "Going right makes the first coordinate larger. Going down makes the second one smaller.",
            f"{first} and {second}, so the point is $(<x>, <y>)$.",
        ),
        wrong={
            "mixes-up-axes": "$(<x_swapped>, <y_swapped>)$",
            "mistakes-direction": "$(<x_back>, <y_back>)$",
            "swaps-coordinates": "$(<y>, <x>)$",
        },
    )  # fmt: skip


_WALK_LEFT: Stems = {
    Form.BARE: "Start at the point $(<a>, <b>)$. Go $<across>$ to the left and $<along>$ up. Where do you end?",
    Form.STORY: (
        "On a map with a grid, <name> stands at $(<a>, <b>)$ and walks $<across>$ steps to the left and $<along>$ "
        "steps up. At which point does the walk end?",
        "In a computer game, a bird sits at $(<a>, <b>)$. It flies $<across>$ units to the left and $<along>$ units "
        "up. At which point is it now?",
    ),
    Form.TABLE: "The table describes a walk in the coordinate plane. "
    + table(("start", "(<a>, <b>)"), ("to the left", "<across>"), ("up", "<along>"))
    + " At which point does it end?",
    Form.TRANSFER: "<name> moves a picture on a screen, $<across>$ units to the left and $<along>$ units up. "
    "One corner of it was at $(<a>, <b>)$. Where is this corner now?",
}
_WALK_RIGHT: Stems = {
    Form.BARE: "Start at the point $(<a>, <b>)$. Go $<across>$ to the right and $<along>$ down. Where do you end?",
    Form.STORY: (
        "On a map with a grid, <name> stands at $(<a>, <b>)$ and walks $<across>$ steps to the right and $<along>$ "
        "steps down. At which point does the walk end?",
        "In a computer game, a bird sits at $(<a>, <b>)$. It flies $<across>$ units to the right and $<along>$ units "
        "down. At which point is it now?",
    ),
    Form.TABLE: "The table describes a walk in the coordinate plane. "
    + table(("start", "(<a>, <b>)"), ("to the right", "<across>"), ("down", "<along>"))
    + " At which point does it end?",
    Form.TRANSFER: "<name> moves a picture on a screen, $<across>$ units to the right and $<along>$ units down. "
    "One corner of it was at $(<a>, <b>)$. Where is this corner now?",
}


@family("coordinate-plane", easiest=-0.3)
def reflect_point(rng: random.Random, level: int) -> Draft:
    """Find the image of a point that is reflected in an axis."""
    sizes = rng.sample(range(1, 13), 2) if level < 2 else rng.sample([n for n in range(11, 99) if n % 10], 2)
    a, b = (Decimal(n) / 10 for n in sizes) if level == 2 else sizes
    if level:
        a, b = rng.choice(((-a, b), (a, -b), (-a, -b)))
    across = rng.random() < 0.5
    values: Values = {"axis": "x" if across else "y", "a": a, "b": b, "minus_a": -a, "minus_b": -b}
    image, other = ("(<a>, <minus_b>)", "(<minus_a>, <b>)") if across else ("(<minus_a>, <b>)", "(<a>, <minus_b>)")
    kept, turned = _REFLECTED[across]
    return Draft(
        values=values | {"name": person(rng)},
        kind=QuestionKind.CHOICE,
        stems=_REFLECTION,
        key=f"${image}$",
        check="(<a>, -(<b>))" if across else "(-(<a>), <b>)",
        steps=(step(kept, "<a>" if across else "<b>"), step(f"{turned} The image is ${image}$.", image)),
        hints=(
            "Reflecting puts the point on the other side of the axis, at the same distance.",
            "Only the coordinate that tells the distance from this axis changes its sign. Which one is it?",
            f"{turned} So the image is ${image}$.",
        ),
        wrong={
            "mixes-up-axes": f"${other}$",
            "mistakes-direction": "$(<minus_a>, <minus_b>)$",
            "swaps-coordinates": "$(<b>, <a>)$",
        },
    )


_REFLECTED = {
    True: (
        "Reflecting in the $x$-axis does not move the point to the side: the first coordinate stays $<a>$.",
        "The second coordinate changes its sign: $<b>$ becomes $<minus_b>$.",
    ),
    False: (
        "Reflecting in the $y$-axis does not move the point up or down: the second coordinate stays $<b>$.",
        "The first coordinate changes its sign: $<a>$ becomes $<minus_a>$.",
    ),
}
_REFLECTION: Stems = {
    Form.BARE: "Reflect the point $(<a>, <b>)$ in the $<axis>$-axis. Which point is its image?",
    Form.STORY: (
        "<name> paints a butterfly on grid paper. The $<axis>$-axis is its line of symmetry. There is a spot at "
        "$(<a>, <b>)$. Where does the matching spot belong?",
        "A drawing program mirrors every point in the $<axis>$-axis. <name> clicks on $(<a>, <b>)$. "
        "Which other point lights up?",
    ),
    Form.TABLE: "The table describes a point that is reflected in an axis. "
    + table(("point", "(<a>, <b>)"), ("axis", "<axis>"))
    + " Which point is its image?",
    Form.TRANSFER: "A drop of wet ink is at the point $(<a>, <b>)$. <name> folds the paper along the $<axis>$-axis. "
    "Where does the ink leave its print?",
}
