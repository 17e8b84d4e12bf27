"""Figures with intervals as pictures of their own: rows of arms, and lines over a number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from preceptor.path_picture import COLORS, STYLE

WIDTH, NAMES, RIGHT, TOP, ROW, BOTTOM = 720, 220, 24, 44, 24, 46
HEIGHT = 300
"""Of the part of lines."""
_OWN = ".zero { stroke: #6b7280; stroke-width: 1.5 }"


@dataclass(frozen=True, slots=True)
class Point:
    """A figure with its interval.

    Args:
        mean: The figure.
        low: Lower end of its 95 % interval.
        high: Upper end.
        color: Which colour, for kinds of rows.
    """

    mean: float
    low: float
    high: float
    color: int = 0

    @property
    def told(self) -> str:
        """What is shown where the reader points at it."""
        return f"{self.mean:.2f} ({self.low:.2f} to {self.high:.2f})"


def rows_picture(title: str, axis: str, rows: Mapping[str, Point]) -> str:
    """One dot with its interval a row, names to the left.

    Args:
        title: Above the picture, and read out.
        axis: What is measured.
        rows: By name, from top to bottom.

    Returns:
        SVG that follows the reader's light or dark scheme.
    """
    low, high, ticks = _scale([end for point in rows.values() for end in (point.low, point.high)])
    floor = TOP + ROW * len(rows)

    def x(value: float) -> float:
        return NAMES + (WIDTH - NAMES - RIGHT) * (value - low) / (high - low)

    parts = []
    for tick in ticks:
        kind = "grid" if tick else "zero"
        parts.append(f'<line class="{kind}" x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="{TOP - 8}" y2="{floor}"/>')
        parts.append(f'<text class="small" x="{x(tick):.1f}" y="{floor + 16}" text-anchor="middle">{tick:g}</text>')
    for i, (name, point) in enumerate(rows.items()):
        y = TOP + ROW * i + 8
        color = COLORS[point.color % len(COLORS)]
        parts.append(f'<text x="{NAMES - 12}" y="{y + 4}" text-anchor="end">{escape(name)}</text>')
        ends = f'x1="{x(point.low):.1f}" x2="{x(point.high):.1f}" y1="{y}" y2="{y}"'
        parts.append(f'<line {ends} style="stroke:{color};stroke-width:3;stroke-opacity:.5"/>')
        parts.append(_dot(x(point.mean), y, color, f"{name}: {point.told}"))
    middle = (NAMES + WIDTH - RIGHT) / 2
    parts.append(f'<text class="small" x="{middle:.0f}" y="{floor + 36}" text-anchor="middle">{escape(axis)}</text>')
    return _picture(title, floor + BOTTOM, parts)


def lines_picture(title: str, x_axis: str, y_axis: str, lines: Mapping[str, Mapping[float, Point]]) -> str:
    """A line with an interval at each of its points for every arm.

    Args:
        title: Above the picture, and read out.
        x_axis: What changes.
        y_axis: What is measured.
        lines: By arm: where, and the figure there.

    Returns:
        SVG that follows the reader's light or dark scheme.
    """
    places = sorted({place for points in lines.values() for place in points})
    low, high, ticks = _scale([end for points in lines.values() for p in points.values() for end in (p.low, p.high)])
    left, begin = 56, TOP + 18 * len(lines) + 14
    floor = begin + HEIGHT

    def x(value: float) -> float:
        return left + 16 + (WIDTH - left - RIGHT - 32) * (value - places[0]) / max(places[-1] - places[0], 1e-9)

    def y(value: float) -> float:
        return floor - HEIGHT * (value - low) / (high - low)

    parts = [f'<text class="small" x="12" y="{begin - 10}">{escape(y_axis)}</text>']
    for tick in ticks:
        kind = "grid" if tick else "zero"
        parts.append(f'<line class="{kind}" x1="{left}" x2="{WIDTH - RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>')
        parts.append(f'<text class="small" x="{left - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>')
    for place in places:
        label = f'<text class="small" x="{x(place):.1f}" y="{floor + 16}" text-anchor="middle">{place:g}</text>'
        parts.append(label)
    for i, (name, points) in enumerate(lines.items()):
        color, aside = COLORS[i % len(COLORS)], 3 * (i - (len(lines) - 1) / 2)
        path = " ".join(f"{x(place) + aside:.1f},{y(point.mean):.1f}" for place, point in sorted(points.items()))
        parts.append(f'<polyline points="{path}" style="fill:none;stroke:{color};stroke-width:1.5"/>')
        for place, point in points.items():
            at = x(place) + aside
            ends = f'x1="{at:.1f}" x2="{at:.1f}" y1="{y(point.low):.1f}" y2="{y(point.high):.1f}"'
            parts.append(f'<line {ends} style="stroke:{color};stroke-width:2;stroke-opacity:.5"/>')
            parts.append(_dot(at, y(point.mean), color, f"{name}, {place:g}: {point.told}"))
        parts.append(f'<circle cx="20" cy="{TOP - 8 + 18 * i}" r="5" style="fill:{color}"/>')
        parts.append(f'<text x="32" y="{TOP - 4 + 18 * i}">{escape(name)}</text>')
    middle = (left + WIDTH - RIGHT) / 2
    parts.append(f'<text class="small" x="{middle:.0f}" y="{floor + 36}" text-anchor="middle">{escape(x_axis)}</text>')
    return _picture(title, floor + BOTTOM, parts)


def _scale(values: Sequence[float]) -> tuple[float, float, list[float]]:
    """Where an axis with 0 begins and ends, and its ticks."""
    low, high = min([*values, 0.0]), max([*values, 0.0])
    wide = max(high - low, 1.0)
    step = next(size for size in (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1e9) if wide / size <= 10)
    first, last = np.floor(low / step), np.ceil(high / step)
    return first * step, max(last, first + 1) * step, [float(k * step) for k in np.arange(first, last + 1)]


def _dot(x: float, y: float, color: str, told: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" style="fill:{color}"><title>{escape(told)}</title></circle>'


def _picture(title: str, height: float, parts: Sequence[str]) -> str:
    size = f'viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}"'
    head = f'<text class="head" x="12" y="20">{escape(title)}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>{escape(title)}</title>'
        f'<style>{STYLE}{_OWN}</style>\n<rect class="page" width="{WIDTH}" height="{height:g}"/>\n{head}\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )
