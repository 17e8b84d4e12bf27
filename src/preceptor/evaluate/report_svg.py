"""Small charts as SVG, coloured by the style sheet of the page they stand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 320.0, 220.0
LEFT, RIGHT, TOP, BOTTOM = 48.0, 16.0, 8.0, 34.0
EDGE = 26.0
"""Figures of ticks that stand nearer to an edge begin or end at their tick."""
COLORS = 8
"""How many series colours the style sheet has."""


@dataclass(frozen=True, slots=True)
class Series:
    """Points to draw.

    Args:
        label: What they are, shown where one points at them.
        points: (x, y), ascending in x.
        style: Class names; "s0" to "s7" colour a line, "truth" draws it as what was observed.
        dots: Whether to mark the points.
        band: (x, low, high) of the interval around each point, ascending in x; empty for none.
    """

    label: str
    points: Sequence[tuple[float, float]]
    style: str
    dots: bool = False
    band: Sequence[tuple[float, float, float]] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis.

    Args:
        label: What it measures.
        low: Where it begins.
        high: Where it ends.
        ticks: Values that are written.
        form: How they are written, a format specification.
    """

    label: str
    low: float
    high: float
    ticks: Sequence[float]
    form: str = ".1f"

    def place(self, value: float, begin: float, end: float) -> float:
        """Where a value stands between `begin` and `end`."""
        span = self.high - self.low or 1.0
        return round(begin + (end - begin) * (value - self.low) / span, 1)


def chart(told: str, x: Axis, y: Axis, series: Sequence[Series], diagonal: bool = False) -> str:
    """Lines over two axes.

    Args:
        told: The chart in a sentence, for those who do not see it.
        x: The axis to the right.
        y: The axis upwards.
        series: What to draw, the last on top.
        diagonal: Whether to draw where both axes are equal.

    Returns:
        An SVG element.
    """
    parts = [_grid(x, y)]
    if diagonal:
        ends = " ".join(f"{_x(x, v)},{_y(y, v)}" for v in (max(x.low, y.low), min(x.high, y.high)))
        parts.append(f'<polyline class="diagonal" points="{ends}"/>')
    parts += [_drawn(one, x, y) for one in series]
    return _svg(told, HEIGHT, parts)


def interval_rows(told: str, x: Axis, rows: Sequence[tuple[str, float, tuple[float, float], str]]) -> str:
    """A point with its interval in every row, and a line at 0 where that lies within.

    Args:
        told: The chart in a sentence.
        x: The axis to the right.
        rows: Label, value, ends of the interval, class name.
    """
    height = 38.0 * len(rows) + BOTTOM
    parts = _ticks(x, height, height - BOTTOM)
    if x.low < 0 < x.high:
        zero = _wide(x, 0.0)
        parts.append(f'<polyline class="diagonal" points="{zero},4 {zero},{height - BOTTOM}"/>')
    for i, (label, value, (low, high), style) in enumerate(rows):
        middle = 38.0 * i + 26
        ends = " ".join(f"{_wide(x, min(max(v, x.low), x.high))},{middle}" for v in (low, high))
        parts.append(f'<text class="name" x="4" y="{middle - 11}">{escape(label)}</text>')
        parts.append(f'<polyline class="whisker {style}" points="{ends}"/>')
        parts.append(f'<circle class="dot {style}" cx="{_wide(x, value)}" cy="{middle}" r="4.5"/>')
    return _svg(told, height, parts)


def dot_rows(told: str, x: Axis, rows: Sequence[tuple[str, Sequence[tuple[str, float, str]]]]) -> str:
    """Several points in every row.

    Args:
        told: The chart in a sentence.
        x: The axis to the right.
        rows: Label, and (what the point is, value, class name) of each of its points.
    """
    height = 26.0 * len(rows) + BOTTOM
    parts = _ticks(x, height, height - BOTTOM)
    for i, (label, points) in enumerate(rows):
        middle = 26.0 * i + 19
        parts.append(
            f'<text class="name" x="4" y="{middle - 8}">{escape(_short(label))}<title>{escape(label)}</title></text>'
        )
        parts.append(f'<line class="grid" x1="4" x2="{WIDTH - RIGHT}" y1="{middle}" y2="{middle}"/>')
        for what, value, style in points:
            place = _wide(x, min(max(value, x.low), x.high))
            title = f"<title>{escape(what)}: {value:.3f}</title>"
            parts.append(f'<circle class="dot {style}" cx="{place}" cy="{middle}" r="3.6">{title}</circle>')
    return _svg(told, height, parts)


def style_of(index: int) -> str:
    """The class name of the series number `index`."""
    return f"s{index % COLORS}"


def _drawn(one: Series, x: Axis, y: Axis) -> str:
    places = _placed(one.points, x, y)
    line = f'<polyline class="line {one.style}" points="{_listed(places)}"/>'
    dots = "".join(f'<circle class="dot {one.style}" cx="{a}" cy="{b}" r="3"/>' for a, b in places) if one.dots else ""
    return f"<g>{_band(one, x, y)}{line}{dots}<title>{escape(one.label)}</title></g>"


def _band(one: Series, x: Axis, y: Axis) -> str:
    if not one.band:
        return ""
    below = _placed([(at, low) for at, low, _ in one.band], x, y)
    above = _placed([(at, high) for at, _, high in one.band], x, y)
    return f'<polygon class="band {one.style}" points="{_listed([*below, *reversed(above)])}"/>'


def _placed(points: Sequence[tuple[float, float]], x: Axis, y: Axis) -> list[tuple[float, float]]:
    return [(_x(x, a), _y(y, min(max(b, y.low), y.high))) for a, b in points]


def _listed(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{a},{b}" for a, b in places)


def _grid(x: Axis, y: Axis) -> str:
    floor = HEIGHT - BOTTOM
    parts = []
    for value in y.ticks:
        level = _y(y, value)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{level}" y2="{level}"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{level + 4}" text-anchor="end">{value:{y.form}}</text>')
    parts += [
        f'<text x="{_x(x, value)}" y="{floor + 15}" text-anchor="middle">{value:{x.form}}</text>' for value in x.ticks
    ]
    parts.append(f'<text class="axis" x="{LEFT + 4}" y="{TOP + 9}">{escape(y.label)}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text class="axis" x="{middle}" y="{HEIGHT - 4}" text-anchor="middle">{escape(x.label)}</text>')
    return "".join(parts)


def _ticks(x: Axis, height: float, floor: float) -> list[str]:
    parts = []
    for value in x.ticks:
        place = _wide(x, value)
        parts.append(f'<line class="grid" x1="{place}" x2="{place}" y1="4" y2="{floor}"/>')
        parts.append(f'<text x="{place}" y="{floor + 14}" text-anchor="{_anchor(place)}">{value:{x.form}}</text>')
    parts.append(f'<text class="axis" x="{WIDTH / 2}" y="{height - 4}" text-anchor="middle">{escape(x.label)}</text>')
    return parts


def _x(axis: Axis, value: float) -> float:
    return axis.place(value, LEFT, WIDTH - RIGHT)


def _anchor(place: float) -> str:
    """How a figure stands at its tick, so that none is cut off at an edge."""
    return "start" if place < EDGE else "end" if place > WIDTH - EDGE else "middle"


def _wide(axis: Axis, value: float) -> float:
    return axis.place(value, 16.0, WIDTH - 16.0)


def _y(axis: Axis, value: float) -> float:
    return axis.place(value, HEIGHT - BOTTOM, TOP)


def _svg(told: str, height: float, parts: Sequence[str]) -> str:
    size = f'viewBox="0 0 {WIDTH:g} {height:g}"'
    return f'<svg {size} role="img" aria-label="{escape(told)}">{"".join(parts)}</svg>'


def _short(label: str) -> str:
    return label if len(label) <= 46 else f"{label[:45]}…"
