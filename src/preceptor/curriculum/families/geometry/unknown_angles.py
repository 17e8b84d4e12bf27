"""Angles at crossing lines and in triangles, with equations."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table
from preceptor.domain import Step


@family("unknown-angles", easiest=-0.4)
def crossing_lines(rng: random.Random, level: int) -> Draft:
    """Find an angle where two lines cross: from one angle, from two opposite ones, from a difference."""
    less = rng.choice([angle for angle in range(21, 87) if angle != 60])
    first = rng.choice((less, 180 - less))
    small, large = (less, 180 - less) if level == 2 else (first, 180 - first)
    values: Values = {"a": small, "b": large, "both": 2 * small, "more": large - small, "name": person(rng)}
    return Draft(
        values=values,
        stems=(_BESIDE, _BOTH, _MORE)[level],
        key="<b>",
        check=("180 - <a>", "180 - <both> / 2", "solve(Eq(x - <more> + x, 180))")[level],
        steps=_CROSSING_STEPS[level],
        hints=(
            "Which of the angles are equal, and which of them make a straight line together?",
            (
                r"An angle and the one beside it make $180^\circ$ together.",
                r"Opposite angles are equal. Find one of these two, then think of the straight line.",
                r"Both angles make $180^\circ$. What is left without the $<more>^\circ$? Share that equally.",
            )[level],
            (
                r"$180^\circ - <a>^\circ = <b>^\circ$.",
                r"$<both>^\circ \div 2 = <a>^\circ$ and $180^\circ - <a>^\circ = <b>^\circ$.",
                r"$(180^\circ - <more>^\circ) \div 2 = <a>^\circ$ and $<a>^\circ + <more>^\circ = <b>^\circ$.",
            )[level],
        ),
        wrong=(
            {"swaps-opposite-and-beside": "<a>", "wrong-angle-sum": "360 - <a>"},
            {
                "swaps-opposite-and-beside": "<both> / 2",
                "two-angles-as-one": "360 - <both>",
                "wrong-angle-sum": "360 - <both> / 2",
            },
            {"two-angles-as-one": "180 - <more>", "wrong-angle-sum": "(360 - <more>) / 2 + <more>"},
        )[level],
    )


_CROSSING_STEPS: tuple[tuple[Step, ...], ...] = (
    (
        step(r"The two angles make a straight line, which is $180^\circ$.", 180, "angles"),
        step(r"The angle beside it: $180^\circ - <a>^\circ = <b>^\circ$.", "<b>"),
    ),
    (
        step(r"Opposite angles are equal, so each of the two has $<both>^\circ \div 2 = <a>^\circ$.", "<a>"),
        step(r"The angle beside it: $180^\circ - <a>^\circ = <b>^\circ$.", "<b>", "unknown-angles", "angles"),
    ),
    (
        step(r"Without the difference: $180^\circ - <more>^\circ = <both>^\circ$.", "<both>", "angles"),
        step(r"The smaller angle: $<both>^\circ \div 2 = <a>^\circ$.", "<a>"),
        step(r"The larger angle: $<a>^\circ + <more>^\circ = <b>^\circ$.", "<b>"),
    ),
)
_BESIDE: Stems = {
    Form.BARE: r"Two straight lines cross. One of the four angles measures $<a>^\circ$. "
    "How many degrees is the angle beside it?",
    Form.STORY: (
        r"Two straight streets cross. <name> stands at one of the four corners: there the angle is "
        r"$<a>^\circ$. How many degrees is the angle at the next corner of the crossing?",
        r"Two beams of a wooden gate cross. <name> measures one of the four angles: $<a>^\circ$. "
        "How many degrees is the angle beside it?",
    ),
    Form.TABLE: "Two straight lines cross. The table goes around the crossing, angle by angle. "
    + table(("angle", "1", "2", "3", "4"), ("degrees", "<a>", "?", "<a>", "?"))
    + " What number of degrees stands for each question mark?",
    Form.TRANSFER: r"A leaning post stands on flat, straight ground. On one side, <name> measures $<a>^\circ$ "
    "between the post and the ground. How many degrees is the angle on the other side?",
}
_BOTH: Stems = {
    Form.BARE: r"Two straight lines cross. Two opposite angles make $<both>^\circ$ together. "
    "How many degrees is each of the other two angles?",
    Form.STORY: (
        r"<name> lays two sticks across each other. Two opposite angles make $<both>^\circ$ together. "
        "How many degrees is each of the other two angles?",
        r"Two straight railway tracks cross. Two opposite angles make $<both>^\circ$ together. <name> asks: "
        "How many degrees is each of the other two angles?",
    ),
    Form.TABLE: "Two straight lines cross. The table goes around the crossing, angle by angle. "
    + table(("angles", "1 + 3", "2", "4"), ("degrees", "<both>", "?", "?"))
    + " What number of degrees stands for each question mark?",
    Form.TRANSFER: r"The legs of a folding chair cross like the letter X. The upper and the lower angle make "
    r"$<both>^\circ$ together. <name> sits down on it. How many degrees is the angle on the left?",
}
_MORE: Stems = {
    Form.BARE: r"Two straight lines cross. One angle is $<more>^\circ$ larger than the angle beside it. "
    "How many degrees is the larger angle?",
    Form.STORY: (
        r"Two straight streets cross. <name> finds that the angle at one corner is $<more>^\circ$ larger than at the "
        "next corner. How many degrees is the larger angle?",
        r"<name> lays two sticks across each other. One angle is $<more>^\circ$ larger than the angle beside it. "
        "How many degrees is the larger angle?",
    ),
    Form.TABLE: "Two angles make a straight line. <name> does not know the smaller one and calls it $s$. "
    + table(("first angle", "s"), ("second angle", r"s + <more>^\circ"))
    + " How many degrees is the second angle?",
    Form.TRANSFER: r"An open gate makes two angles with a straight fence, one on each side. One of them is "
    r"$<more>^\circ$ larger than the other. <name> measures the larger one. How many degrees is it?",
}


@family("unknown-angles", easiest=-0.2)
def triangle_angle(rng: random.Random, level: int) -> Draft:
    """Find an angle of a triangle: from two angles, in one with two equal angles, from an angle outside."""
    first, second = rng.randrange(25, 75), rng.randrange(28, 80)
    if level == 1:
        second = (180 - 2 * rng.randrange(15, 52)) // 2
        first = 180 - 2 * second
    values: Values = {"a": first, "b": second, "c": 180 - first - second, "out": first + second}
    values |= {"known": first + second, "both": 180 - first, "two": 180 - second}
    values |= {"name": person(rng)}
    return Draft(
        values=values,
        stems=(_TWO_KNOWN, _TWO_EQUAL, _OUTSIDE)[level],
        key=("<c>", "<b>", "<b>")[level],
        check=("180 - <a> - <b>", "solve(Eq(<a> + 2 * x, 180))", "<out> - <a>")[level],
        steps=_TRIANGLE_STEPS[level],
        hints=(
            "How many degrees do the three angles of a triangle make together?",
            (
                r"The angles of a triangle make $180^\circ$. Take the known angles from that.",
                r"Take $<a>^\circ$ from $180^\circ$. Two equal angles share the rest.",
                r"The angle inside and the angle outside make $180^\circ$. Find the angle inside first.",
            )[level],
            (
                r"$180^\circ - <a>^\circ - <b>^\circ = <c>^\circ$.",
                r"$(180^\circ - <a>^\circ) \div 2 = <b>^\circ$.",
                r"Inside there are $180^\circ - <out>^\circ = <c>^\circ$, "
                r"and $180^\circ - <a>^\circ - <c>^\circ = <b>^\circ$.",
            )[level],
        ),
        wrong=(
            {"wrong-angle-sum": "360 - <a> - <b>", "leaves-out-an-angle": "180 - <a>"},
            {"two-angles-as-one": "180 - <a>", "wrong-angle-sum": "(360 - <a>) / 2"},
            {"leaves-out-an-angle": "180 - <out>", "wrong-angle-sum": "360 - <a> - (180 - <out>)"},
        )[level],
    )


_TRIANGLE_STEPS: tuple[tuple[Step, ...], ...] = (
    (
        step(r"The known angles make $<a>^\circ + <b>^\circ = <known>^\circ$.", "<known>", "angles"),
        step(r"The three angles make $180^\circ$: $180^\circ - <known>^\circ = <c>^\circ$.", "<c>"),
    ),
    (
        step(r"The two equal angles make $180^\circ - <a>^\circ = <both>^\circ$.", "<both>"),
        step(r"One of them: $<both>^\circ \div 2 = <b>^\circ$.", "<b>"),
    ),
    (
        step(r"The angle inside, on the same line: $180^\circ - <out>^\circ = <c>^\circ$.", "<c>", "angles"),
        step(r"Two angles of the triangle: $<a>^\circ + <c>^\circ = <two>^\circ$.", "<two>", "angles"),
        step(r"The three angles make $180^\circ$: $180^\circ - <two>^\circ = <b>^\circ$.", "<b>"),
    ),
)
_TWO_KNOWN: Stems = {
    Form.BARE: r"Two angles of a triangle measure $<a>^\circ$ and $<b>^\circ$. How many degrees is the third one?",
    Form.STORY: (
        r"<name> cuts a triangle out of paper. Two of its angles measure $<a>^\circ$ and $<b>^\circ$. "
        "How many degrees is the third one?",
        r"A sail is a triangle. Two of its angles measure $<a>^\circ$ and $<b>^\circ$. "
        "How many degrees is the third one?",
    ),
    Form.TABLE: "The table shows the angles of a triangle. "
    + table(("angle", "A", "B", "C"), ("degrees", "<a>", "<b>", "?"))
    + " Which number of degrees is missing?",
    Form.TRANSFER: r"Three towers stand far apart. From the first tower, the directions to the other two make an angle "
    r"of $<a>^\circ$. From the second tower, this angle measures $<b>^\circ$. How many degrees is it from the third?",
}
_TWO_EQUAL: Stems = {
    Form.BARE: (
        r"A triangle has two equal angles. The third angle measures $<a>^\circ$. "
        "How many degrees is each of the equal angles?",
        r"One angle of a triangle measures $<a>^\circ$. The other two angles are equal. "
        "How many degrees is each of them?",
    ),
    Form.STORY: (
        r"<name> builds a tent. Its front is a triangle with two equal angles at the ground. The angle at the top "
        r"is $<a>^\circ$. "
        "How many degrees is each of the equal angles?",
        r"<name>'s house has a gable that is a triangle. Its two lower angles are equal, and the angle at the top is "
        r"$<a>^\circ$. How many degrees is each of the equal angles?",
    ),
    Form.TABLE: "<name> measures one angle of a triangle. The other two angles are equal. "
    + table(("angle", "A", "B", "C"), ("degrees", "<a>", "?", "?"))
    + " What number of degrees stands for each question mark?",
    Form.TRANSFER: r"A clothes hanger has the shape of a triangle with two sides of the same length. These two sides "
    r"make an angle of $<a>^\circ$ below the hook. <name> measures an angle at the end of the bar. "
    "How many degrees is it?",
}
_OUTSIDE: Stems = {
    Form.BARE: r"One angle of a triangle measures $<a>^\circ$. At another corner a side is drawn longer. "
    r"There the angle outside the triangle measures $<out>^\circ$. How many degrees is the third angle of the "
    r"triangle?",
    Form.STORY: (
        r"Three paths make a triangle in a park. At one corner the angle inside measures $<a>^\circ$. At another "
        r"corner a "
        r"path goes straight on and makes an angle of $<out>^\circ$ outside. <name> stands at the third corner. "
        "How many degrees is the angle inside there?",
        r"<name> builds a shelf holder in the shape of a triangle. One angle measures $<a>^\circ$. At another "
        r"corner one "
        r"stick is too long and makes an angle of $<out>^\circ$ outside. "
        "How many degrees is the third angle of the triangle?",
    ),
    Form.TABLE: "The table shows angles at the corners of a triangle. Outside means: between one side and the other "
    "side drawn longer. "
    + table(("corner", "A", "B", "C"), ("inside", "<a>", "{}", "?"), ("outside", "{}", "<out>", "{}"))
    + " How many degrees stand for the question mark?",
    Form.TRANSFER: r"A ship sails in a triangle and comes back to its start. At the first buoy it turns by "
    r"$<out>^\circ$, away from its old direction. At the second buoy, its path has an angle of $<a>^\circ$ inside the "
    "triangle. How many degrees is the angle inside the triangle at the start?",
}
