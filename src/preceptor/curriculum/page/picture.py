"""The prerequisite graph as a picture: grades from left to right, strands from top to bottom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from textwrap import wrap

from preceptor.domain import Concept, topological_order

WIDTH, HEIGHT, COLUMN, ROW, LEFT, TOP = 176, 48, 226, 60, 150, 46
CHARACTERS = 27
COLORS = (
    "#2563eb", "#7c3aed", "#db2777", "#dc2626", "#ea580c", "#ca8a04", "#65a30d", "#059669", "#0d9488", "#0284c7",
    "#4f46e5", "#9333ea",
)  # fmt: skip
_STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2937 }
  .head { font-weight: 600; font-size: 15px }
  .code { font-size: 10px; fill: #6b7280 }
  .box { fill: #ffffff; stroke-width: 1.6 }
  .lane { fill: #f3f4f6 }
  .page { fill: #ffffff }
  .edge { fill: none; stroke-width: 1.4; opacity: .55 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e5e7eb } .code { fill: #9ca3af } .box { fill: #111827 }
    .lane { fill: #1f2937 } .page { fill: #0b1220 }
  }
"""


@dataclass(frozen=True, slots=True)
class _Place:
    x: float
    y: float
    color: str


@dataclass(frozen=True, slots=True)
class _Layout:
    places: dict[str, _Place]
    lanes: list[str]
    bottom: float


def prerequisite_picture(concepts: Sequence[Concept], strands: Mapping[str, Sequence[str]]) -> str:
    """Draw concepts and what has to be known before them; what a prerequisite already needs is not drawn again.

    Args:
        concepts: All of them, each with a grade.
        strands: Title → the ids of its concepts.

    Returns:
        SVG that follows the reader's light or dark scheme.
    """
    grades = sorted({concept.grade or 0 for concept in concepts})
    width = LEFT + COLUMN * len(grades)
    layout = _layout(concepts, strands, grades, width)
    placed, bottom = layout.places, layout.bottom
    known = {concept.concept_id: concept for concept in concepts}
    edges = [_edge(placed[before], placed[after]) for before, after in direct_prerequisites(concepts)]
    boxes = [_box(known[name], place) for name, place in placed.items()]
    heads = [
        f'<text class="head" x="{LEFT + COLUMN * i + WIDTH / 2}" y="28" text-anchor="middle">Grade {grade}</text>'
        for i, grade in enumerate(grades)
    ]
    parts = [f'<rect class="page" width="{width}" height="{bottom}"/>', *layout.lanes, *heads, *edges, *boxes]
    size = f'viewBox="0 0 {width} {bottom}" width="{width}" height="{bottom}"'
    title = "Concepts of the built-in course and their prerequisites"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>{title}</title>'
        f"<style>{_STYLE}</style>\n" + "\n".join(parts) + "\n</svg>\n"
    )


def direct_prerequisites(concepts: Iterable[Concept]) -> list[tuple[str, str]]:
    """The edges (before, after) that no longer path implies: the transitive reduction of the graph."""
    needs = {concept.concept_id: concept.prerequisites for concept in concepts}
    everything: dict[str, set[str]] = {}
    edges = []
    for name in topological_order(concepts):
        implied = set().union(*(everything[p] for p in needs[name]))
        edges += [(before, name) for before in needs[name] if before not in implied]
        everything[name] = implied | set(needs[name])
    return edges


def _layout(
    concepts: Sequence[Concept], strands: Mapping[str, Sequence[str]], grades: list[int], width: int
) -> _Layout:
    order = {name: i for i, name in enumerate(topological_order(concepts))}
    grade = {concept.concept_id: concept.grade or 0 for concept in concepts}
    layout, y = _Layout({}, [], 0.0), float(TOP)
    for color, (title, members) in zip(COLORS, strands.items(), strict=False):
        stacks = [sorted((m for m in members if grade[m] == g), key=order.__getitem__) for g in grades]
        rows = max(map(len, stacks))
        for column, stack in enumerate(stacks):
            for row, name in enumerate(stack):
                layout.places[name] = _Place(LEFT + COLUMN * column, y + ROW * row + 8, color)
        layout.lanes.extend(_lane(title, y, ROW * rows + 6, color, width))
        y += ROW * rows + 12
    return replace(layout, bottom=y + 6)


def _lane(title: str, y: float, height: float, color: str, width: int) -> list[str]:
    lines = wrap(title, 11)
    middle = y + height / 2 - 8 * (len(lines) - 1)
    text = [
        f'<text class="head" x="12" y="{middle + 5 + 17 * i}" style="fill:{color}">{escape(line)}</text>'
        for i, line in enumerate(lines)
    ]
    return [f'<rect class="lane" x="4" y="{y}" width="{width - 8}" height="{height}" rx="8"/>', *text]


def _edge(before: _Place, after: _Place) -> str:
    if before.x == after.x and before.y < after.y and after.y - before.y <= ROW:
        start, end = (before.x + WIDTH / 2, before.y + HEIGHT), (after.x + WIDTH / 2, after.y)
        path = f"M{start[0]},{start[1]} L{end[0]},{end[1]}"
    elif before.x == after.x:
        x, bulge = before.x, 26
        path = (
            f"M{x},{before.y + HEIGHT / 2} C{x - bulge},{before.y + HEIGHT / 2} {x - bulge},{after.y + HEIGHT / 2} "
            f"{x},{after.y + HEIGHT / 2}"
        )
    else:
        x0, y0, x1, y1 = before.x + WIDTH, before.y + HEIGHT / 2, after.x, after.y + HEIGHT / 2
        reach = min(60.0, (x1 - x0) * 0.6)
        path = f"M{x0},{y0} C{x0 + reach},{y0} {x1 - reach},{y1} {x1},{y1}"
    return f'<path class="edge" d="{path}" style="stroke:{before.color}"/>'


def _box(concept: Concept, place: _Place) -> str:
    x, y = place.x, place.y
    lines = wrap(concept.name, CHARACTERS)[:2]
    first = y + 16
    text = [
        f'<text x="{x + 8}" y="{first + 14 * i}" style="font-size:11.5px">{escape(line)}</text>'
        for i, line in enumerate(lines)
    ]
    code = f'<text class="code" x="{x + WIDTH - 6}" y="{y + HEIGHT - 5}" text-anchor="end">{concept.code}</text>'
    size = f'x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="7"'
    frame = f'<rect class="box" {size} style="stroke:{place.color}"/>'
    return f"<g><title>{escape(concept.explanation)}</title>{frame}{''.join(text)}{code}</g>"
