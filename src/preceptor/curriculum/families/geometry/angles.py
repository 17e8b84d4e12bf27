"""Angles that are put together or divided."""

import random

from preceptor.curriculum.contexts import person
from preceptor.curriculum.draft import Draft, Form, Stems, Values, step
from preceptor.curriculum.family import family
from preceptor.curriculum.tables import table


@family("angles", easiest=-1.0)
def missing_angle(rng: random.Random, level: int) -> Draft:
    """Find the missing angle in a right angle, on a line, around a point."""
    whole, other = ((90, 180), (180, 360), (360, 180))[level]
    parts = [rng.randrange(*((12, 80), (15, 90), (35, 125))[level]) for _ in range(1 + level)]
    while not 10 < whole - sum(parts) != parts[0]:
        parts = [rng.randrange(*((12, 80), (15, 90), (35, 125))[level]) for _ in range(1 + level)]
    values: Values = {"whole": whole, "other": other, "used": sum(parts), "rest": whole - sum(parts)}
    values |= dict(zip("abc", parts, strict=False)) | {"name": person(rng)}
    known = " + ".join(f"<{letter}>" for letter in "abc"[: len(parts)])
    added = r" + ".join(rf"<{letter}>^\circ" for letter in "abc"[: len(parts)])
    one = {"wrong-whole-angle": "<other> - <a>", "keeps-the-known-angle": "<a>"}
    two = {"wrong-whole-angle": f"<other> - ({known})", "leaves-out-an-angle": "<whole> - <a>"}
    three = {"leaves-out-an-angle": "<whole> - (<a> + <b>)", "keeps-the-known-angle": known}
    together = step(rf"The known angles make ${added} = <used>^\circ$.", "<used>", "angles")
    return Draft(
        values=values,
        stems=(_RIGHT, _STRAIGHT, _FULL)[level],
        key="<rest>",
        check=f"<whole> - ({known})",
        steps=(
            step(_WHOLE[level], "<whole>"),
            *([together] if level else []),
            step(r"What is missing: $<whole>^\circ - <used>^\circ = <rest>^\circ$.", "<rest>"),
        ),
        hints=(
            "Angles side by side add up. How many degrees do all of them make?",
            r"All the angles make $<whole>^\circ$. How much of that is missing?",
            r"$<whole>^\circ - <used>^\circ = <rest>^\circ$.",
        ),
        wrong=(one, two | {"keeps-the-known-angle": known}, three)[level],
    )


_WHOLE = (
    r"Together the angles make a right angle, which is $<whole>^\circ$.",
    r"Together the angles make a straight angle, which is $<whole>^\circ$.",
    r"Together the angles make a full turn, which is $<whole>^\circ$.",
)
_RIGHT: Stems = {
    Form.BARE: r"A right angle is cut into two angles. One measures $<a>^\circ$. How many degrees is the other one?",
    Form.STORY: (
        r"The corner of a sheet of paper is a right angle. <name> draws a line that cuts it into two angles. "
        r"One measures $<a>^\circ$. How many degrees is the other one?",
        r"A door can open as far as a right angle. It has turned $<a>^\circ$ so far. How many degrees are left?",
    ),
    Form.TABLE: r"A right angle is cut into two angles. "
    + table(("first angle", r"<a>^\circ"), ("second angle", "?"))
    + " How many degrees is the second angle?",
    Form.TRANSFER: r"A bridge lies flat. To let ships pass, it turns up until it stands straight. "
    r"It has turned $<a>^\circ$ so far. How many degrees are left?",
}
_STRAIGHT: Stems = {
    Form.BARE: r"A straight angle is cut into three angles. Two of them measure $<a>^\circ$ and $<b>^\circ$. "
    "How many degrees is the third one?",
    Form.STORY: (
        r"Two roads leave a straight street at the same point and on the same side. "
        r"They make three angles with it. Two of them measure $<a>^\circ$ and $<b>^\circ$. "
        "How many degrees is the third one?",
        r"<name> folds two lines into a strip of paper. They start at one point of its straight edge "
        r"and make three angles. Two of them measure $<a>^\circ$ and $<b>^\circ$. "
        "How many degrees is the third one?",
    ),
    Form.TABLE: "Three angles side by side make a straight line. "
    + table(("first angle", r"<a>^\circ"), ("second angle", r"<b>^\circ"), ("third angle", "?"))
    + " How many degrees is the third angle?",
    Form.TRANSFER: r"<name> turns until they look the opposite way. First they turn $<a>^\circ$, then "
    r"$<b>^\circ$ more. How many degrees are left?",
}
_FULL: Stems = {
    Form.BARE: r"A full turn is cut into four angles. Three of them measure $<a>^\circ$, $<b>^\circ$ and $<c>^\circ$. "
    "How many degrees is the fourth one?",
    Form.STORY: (
        r"Four paths meet at a fountain. They make four angles there. Three of them measure $<a>^\circ$, "
        r"$<b>^\circ$ and "
        r"$<c>^\circ$. How many degrees is the fourth one?",
        r"<name> cuts a round cake into four pieces. At the center, three of them have angles of $<a>^\circ$, "
        r"$<b>^\circ$ and $<c>^\circ$. How many degrees is the fourth one?",
    ),
    Form.TABLE: "Four angles around one point make a full turn. "
    + table(("first", r"<a>^\circ"), ("second", r"<b>^\circ"), ("third", r"<c>^\circ"), ("fourth", "?"))
    + " How many degrees is the fourth angle?",
    Form.TRANSFER: r"<name> spins once around on an office chair, with three stops on the way. "
    r"From stop to stop, the chair turns $<a>^\circ$, then $<b>^\circ$, then $<c>^\circ$. "
    "How many degrees are left until the turn is full?",
}


@family("angles", easiest=-0.5)
def equal_angles(rng: random.Random, level: int) -> Draft:
    """Find some of the equal angles that a right angle, a straight angle or a full turn is cut into."""
    whole = rng.choice((90, 180)) if level == 0 else 360
    counts = ((3, 5, 6, 9, 10, 15), (5, 6, 8, 9, 10, 12, 15), (18, 20, 24, 30, 36, 40))[level]
    count = rng.choice(counts)
    some = rng.randrange(2, count)
    values: Values = {"whole": whole, "count": count, "some": some, "one": whole // count, "name": person(rng)}
    other = {90: 180, 180: 360, 360: 180}[whole]
    return Draft(
        values=values | {"other": other, "sum": whole // count * some},
        stems={90: _RIGHT_PARTS, 180: _STRAIGHT_PARTS, 360: _FULL_PARTS}[whole],
        key="<sum>",
        check="<whole> * <some> / <count>",
        steps=(
            step(_WHOLE[(90, 180, 360).index(whole)], "<whole>"),
            step(r"One of the equal angles: $<whole>^\circ \div <count> = <one>^\circ$.", "<one>"),
            step(r"Take it $<some>$ times: $<some> \times <one>^\circ = <sum>^\circ$.", "<sum>"),
        ),
        hints=(
            "How many degrees do all the equal angles make together?",
            r"Share $<whole>^\circ$ equally to find one angle. How often do you need it?",
            r"One angle is $<whole>^\circ \div <count> = <one>^\circ$, "
            r"and $<some> \times <one>^\circ = <sum>^\circ$.",
        ),
        wrong={
            "wrong-whole-angle": "<other> / <count> * <some>",
            "one-part-only": "<whole> / <count>",
            "divides-by-asked-parts": "<whole> / <some>",
        },
    )


_ASK_PARTS = " How many degrees do $<some>$ of them make together?"
_PARTS_TABLE = table(("equal angles", "<count>", "<some>"), ("degrees", "<whole>", "?"))
_RIGHT_PARTS: Stems = {
    Form.BARE: f"A right angle is cut into $<count>$ equal angles.{_ASK_PARTS}",
    Form.STORY: (
        f"<name> folds the corner of a sheet of paper into $<count>$ equal angles.{_ASK_PARTS}",
        f"A paper fan that opens to a right angle has $<count>$ equal folds.{_ASK_PARTS}",
    ),
    Form.TABLE: "A right angle is cut into equal angles. " + _PARTS_TABLE + " Which number of degrees is missing?",
    Form.TRANSFER: "A crane turns by a right angle in $<count>$ equal steps. How many degrees does it turn "
    "in $<some>$ steps?",
}
_STRAIGHT_PARTS: Stems = {
    Form.BARE: f"A straight angle is cut into $<count>$ equal angles.{_ASK_PARTS}",
    Form.STORY: (
        f"<name> cuts half of a round pie into $<count>$ pieces with equal angles.{_ASK_PARTS}",
        f"A paper fan that opens to a straight angle has $<count>$ equal folds.{_ASK_PARTS}",
    ),
    Form.TABLE: "A straight angle is cut into equal angles. " + _PARTS_TABLE + " Which number of degrees is missing?",
    Form.TRANSFER: "A robot turns around until it looks the opposite way. It does so in $<count>$ equal steps. "
    "How many degrees does it turn in $<some>$ steps?",
}
_FULL_PARTS: Stems = {
    Form.BARE: f"A full turn is cut into $<count>$ equal angles.{_ASK_PARTS}",
    Form.STORY: (
        f"<name> paints a color wheel. Lines from the center cut it into $<count>$ equal angles.{_ASK_PARTS}",
        f"The spokes of a wheel make $<count>$ equal angles at the center.{_ASK_PARTS}",
    ),
    Form.TABLE: "A full turn is cut into equal angles. " + _PARTS_TABLE + " Which number of degrees is missing?",
    Form.TRANSFER: "A big wheel at a fair has $<count>$ cabins, all equally far apart. It turns until "
    "<name>'s cabin has moved on by $<some>$ places. How many degrees has the wheel turned?",
}
