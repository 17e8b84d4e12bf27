"""Drawings as SVG: drawn here, coloured by the style sheet, so they follow light and dark and load nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from preceptor.serve.tongue import say
from preceptor.serve.words import percent

WIDTH, HEIGHT = 300.0, 180.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 10.0, 12.0, 28.0
MARKED_DAYS = (0.0, 7.0, 30.0)
Place = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a concept stands on the map.

    Args:
        column: From 0, left to right.
        row: From 0, top to bottom.
    """

    column: int
    row: int


def recall_at(forecast: Sequence[tuple[float, float]], days: float) -> float | None:
    """Recall in some days, linear between the forecast's points; None outside them."""
    for (day0, recall0), (day1, recall1) in pairwise(forecast):
        if day0 <= days <= day1:
            share = (days - day0) / (day1 - day0) if day1 > day0 else 0.0
            return recall0 + share * (recall1 - recall0)
    return forecast[0][1] if forecast and forecast[0][0] == days else None


def forecast_text(forecast: Sequence[tuple[float, float]]) -> str:
    """The forecast as a sentence, for those who do not see the drawing."""
    told = [
        f"{percent(recall)} {say('in {days} days', days=f'{day:g}') if day else say('now')}"
        for day in MARKED_DAYS
        if (recall := recall_at(forecast, day)) is not None
    ]
    if not told:
        return say("There is no forecast.")
    return say("Recall without practice: {levels}.", levels=", ".join(told))


def forecast_chart(forecast: Sequence[tuple[float, float]]) -> str:
    """Draw recall over the coming days if nothing is practised.

    Args:
        forecast: Pairs (days from now, recall), ascending.

    Returns:
        An SVG element with a text alternative.
    """
    last = max((day for day, _ in forecast), default=0.0) or 1.0

    def place(day: float, recall: float) -> tuple[float, float]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * day / last
        return round(x, 1), round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * recall, 1)

    points = [place(day, recall) for day, recall in forecast]
    line = " ".join(f"{x},{y}" for x, y in points)
    floor = HEIGHT - BOTTOM
    area = f"{points[0][0]},{floor} {line} {points[-1][0]},{floor}" if points else ""
    told = escape(forecast_text(forecast))
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" aria-label="{told}">'
        f'{_grid(place, last)}<polygon class="chart-area" points="{area}"></polygon>'
        f'<polyline class="chart-line" points="{line}"></polyline>{_marks(forecast, place)}</svg>'
    )


def _grid(place: Place, last: float) -> str:
    parts = []
    for level in (0.0, 0.5, 1.0):
        x, y = place(0.0, level)
        parts.append(f'<line class="chart-grid" x1="{x}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"></line>')
        parts.append(f'<text class="chart-text" x="{x - 6}" y="{y + 4}" text-anchor="end">{percent(level)}</text>')
    for day in MARKED_DAYS:
        if day <= last:
            x, y = place(day, 0.0)
            anchor = "start" if day == 0 else "end" if day == last else "middle"
            name = say("{days} days", days=f"{day:g}") if day else say("now")
            parts.append(f'<text class="chart-text" x="{x}" y="{y + 20}" text-anchor="{anchor}">{name}</text>')
    return "".join(parts)


def _marks(forecast: Sequence[tuple[float, float]], place: Place) -> str:
    marks = [(day, recall_at(forecast, day)) for day in MARKED_DAYS]
    dots = [place(day, recall) for day, recall in marks if recall is not None]
    return "".join(f'<circle class="chart-dot" cx="{x}" cy="{y}" r="4"></circle>' for x, y in dots)


def arrows(cells: Mapping[str, Cell], prerequisites: Mapping[str, Sequence[str]], chosen: str, rows: int) -> str:
    """Draw what the chosen concept builds on and what builds on it, as lines behind the map's tiles.

    The drawing is stretched over the grid: one unit a column and one unit a row.

    Args:
        cells: Where each concept stands.
        prerequisites: What each concept needs.
        chosen: The concept whose links are drawn.
        rows: Rows of the grid.
    """
    links = [(needed, concept) for concept, all_needed in prerequisites.items() for needed in all_needed]
    drawn = [(cells[a], cells[b]) for a, b in links if chosen in (a, b) and a in cells and b in cells]
    columns = 1 + max((cell.column for cell in cells.values()), default=0)
    return (
        f'<svg class="links" viewBox="0 0 {columns} {max(rows, 1)}" preserveAspectRatio="none" aria-hidden="true">'
        f"{''.join(_arrow(start, end) for start, end in drawn)}</svg>"
    )


def _arrow(start: Cell, end: Cell) -> str:
    y0, y1 = start.row + 0.5, end.row + 0.5
    if start.column == end.column:
        x, bend = start.column + 0.06, start.column - 0.02
        return f'<path class="link" d="M{x} {y0} C{bend} {y0} {bend} {y1} {x} {y1}"></path>'
    forward = start.column < end.column
    x0 = start.column + (0.94 if forward else 0.06)
    x1 = end.column + (0.06 if forward else 0.94)
    middle = (x0 + x1) / 2
    return f'<path class="link" d="M{x0} {y0} C{middle} {y0} {middle} {y1} {x1} {y1}"></path>'
