"""A path of questions as a picture: values step by step, and under them every question, right or wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

WIDTH, RIGHT, TOP, CHART, ROW, LINE = 760, 16, 56, 190, 26, 18
COLORS = ("#2563eb", "#dc2626", "#059669", "#ca8a04", "#7c3aed", "#0891b2", "#db2777", "#65a30d", "#6b7280", "#ea580c")
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2937 }
  .head { font-weight: 600; font-size: 15px }
  .small { font-size: 11px }
  .page { fill: #ffffff }
  .grid { stroke: #d1d5db; stroke-width: 1 }
  .right { fill: #059669; fill-opacity: .22 }
  .wrong { fill: #dc2626; fill-opacity: .22 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e5e7eb } .page { fill: #0b1220 } .grid { stroke: #374151 }
  }
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One question of a line.

    Args:
        label: What stands in its cell.
        told: What is said of it where the reader points at it.
        correct: Whether it was answered rightly.
    """

    label: str
    told: str
    correct: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chart with its row of questions.

    Args:
        name: What it is called.
        value: In 0..1, before each question and after the last.
        cells: By step; None where the row has no question there.
    """

    name: str
    value: tuple[float, ...]
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class PathPicture:
    """What is drawn.

    Args:
        title: The heading, and what is read out.
        axis: What the values are.
        lines: At least one.
        legend: What stands below, in two columns.
        left: Width of the names of rows, in units of which the whole has 760.
        style: CSS that goes with the picture; empty where the page brings its own.
    """

    title: str
    axis: str
    lines: tuple[Line, ...]
    legend: Sequence[str] = ()
    left: int = 132
    style: str = STYLE

    def svg(self) -> str:
        """Draw it; with its own style it follows the reader's light or dark scheme."""
        steps = max(len(line.value) for line in self.lines) - 1
        across = (WIDTH - self.left - RIGHT) / max(steps, 1)
        rows_at = TOP + CHART + 44
        legend_at = rows_at + ROW * len(self.lines) + 26
        height = legend_at + LINE * (-(-len(self.legend) // 2)) + 12
        parts = [f'<text class="head" x="12" y="20">{escape(self.title)}</text>', *self._chart(across)]
        for i, line in enumerate(self.lines):
            parts.append(self._row(line, rows_at + ROW * i, across, COLORS[i % len(COLORS)]))
        for i, text in enumerate(self.legend):
            x, y = 12 + (i % 2) * (WIDTH // 2), legend_at + LINE * (i // 2)
            parts.append(f'<text class="small" x="{x}" y="{y}">{escape(text)}</text>')
        size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        style = f"<style>{self.style}</style>\n" if self.style else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>{escape(self.title)}</title>'
            f'{style}<rect class="page" width="{WIDTH}" height="{height}"/>\n' + "\n".join(parts) + "\n</svg>\n"
        )

    def _chart(self, across: float) -> list[str]:
        values = [value for line in self.lines for value in line.value]
        low, high = np.floor(min(values) * 10) / 10, np.ceil(max(values) * 10) / 10
        scale = CHART / max(high - low, 0.1)
        parts = [f'<text class="small" x="12" y="{TOP - 12}">{escape(self.axis)}</text>']
        for tick in np.arange(low, max(high, low + 0.1) + 1e-9, 0.1 if high - low <= 0.6 else 0.2):
            y = TOP + CHART - (tick - low) * scale
            parts.append(f'<line class="grid" x1="{self.left}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
            parts.append(f'<text x="{self.left - 8}" y="{y + 4:.1f}" text-anchor="end">{tick:.1f}</text>')
        for i, line in enumerate(self.lines):
            points = " ".join(
                f"{self.left + across * step:.1f},{TOP + CHART - (value - low) * scale:.1f}"
                for step, value in enumerate(line.value)
            )
            style = f"fill:none;stroke:{COLORS[i % len(COLORS)]};stroke-width:2"
            parts.append(f'<polyline points="{points}" style="{style}"/>')
        return parts

    def _row(self, line: Line, y: float, across: float, color: str) -> str:
        parts = [
            f'<circle cx="18" cy="{y + 9:.1f}" r="5" style="fill:{color}"/>',
            f'<text class="small" x="28" y="{y + 13:.1f}">{escape(line.name)}</text>',
        ]
        for step, cell in enumerate(line.cells):
            if cell is None:
                continue
            x, kind = self.left + across * step, "right" if cell.correct else "wrong"
            place = f'x="{x + 1:.1f}" y="{y:.1f}" width="{across - 2:.1f}" height="20"'
            parts.append(f'<rect class="{kind}" {place}><title>{escape(cell.told)}</title></rect>')
            middle = f'x="{x + across / 2:.1f}" y="{y + 14:.1f}" text-anchor="middle"'
            parts.append(f'<text class="small" {middle}>{escape(cell.label)}</text>')
        return "\n".join(parts)
