"""Calibration by gap as a picture: predicted less observed in every bucket, with intervals over students."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 360, 64, 16, 76, 60
COLORS = ("#dc2626", "#2563eb", "#059669", "#ca8a04")
TICK = 0.02
_STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2937 }
  .told { font-size: 11px; opacity: .7 }
  .head { font-weight: 600; font-size: 15px }
  .page { fill: #ffffff }
  .grid { stroke: #d1d5db; stroke-width: 1 }
  .zero { stroke: #6b7280; stroke-width: 1.5 }
  .allowed { fill: #9ca3af; opacity: .18 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e5e7eb } .page { fill: #0b1220 } .grid { stroke: #374151 } .zero { stroke: #9ca3af }
  }
"""


@dataclass(frozen=True, slots=True)
class Bias:
    """Predicted less observed P(correct) of one model in one bucket.

    Args:
        mean: The point.
        low: Lower end of its 95 % interval.
        high: Upper end.
    """

    mean: float
    low: float
    high: float


def calibration_picture(
    title: str, buckets: Sequence[str], series: dict[str, Sequence[Bias]], allowed: float = 0.02
) -> str:
    """Draw one dot with its interval a model and bucket.

    Args:
        title: Above the picture.
        buckets: Names of the buckets, from left to right.
        series: Model → one entry a bucket.
        allowed: Half the height of the band around 0.

    Returns:
        SVG that follows the reader's light or dark scheme.
    """
    ends = [end for entries in series.values() for entry in entries for end in (entry.low, entry.high)]
    above, below = (int(max([*sided, allowed]) / TICK) + 1 for sided in (ends, [-end for end in ends]))
    scale = (HEIGHT - TOP - BOTTOM) / (TICK * (above + below))
    middle = TOP + TICK * above * scale
    parts = [
        _grid(above, below, scale, middle),
        _band(middle, allowed * scale, f"within {allowed:g}"),
        *_legend(title, list(series)),
        *_titles(),
    ]
    step = (WIDTH - LEFT - RIGHT) / len(buckets)
    for i, bucket in enumerate(buckets):
        center = LEFT + step * (i + 0.5)
        label = f'<text x="{center:.1f}" y="{HEIGHT - BOTTOM + 22}" text-anchor="middle">{escape(bucket)}</text>'
        parts.append(label)
        for j, (color, entries) in enumerate(zip(COLORS, series.values(), strict=False)):
            parts.append(_mark(center + 16 * (j - (len(series) - 1) / 2), middle, scale, entries[i], color))
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>{escape(title)}</title>'
        f'<style>{_STYLE}</style>\n<rect class="page" width="{WIDTH}" height="{HEIGHT}"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _grid(above: int, below: int, scale: float, middle: float) -> str:
    lines = []
    for number in range(-below, above + 1):
        y, kind = middle - number * TICK * scale, "grid" if number else "zero"
        lines.append(f'<line class="{kind}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        text = f"{number * TICK:+.2f}" if number else "0"
        lines.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{text}</text>')
    return "\n".join(lines)


def _titles() -> list[str]:
    """What the axes measure."""
    across = (LEFT + WIDTH - RIGHT) / 2
    return [
        f'<text x="12" y="{TOP - 12}">predicted − observed share of right answers</text>',
        f'<text x="{across:.0f}" y="{HEIGHT - 10}" text-anchor="middle">'
        "time since the concept was last practised</text>",
    ]


def _band(middle: float, half: float, told: str) -> str:
    size = f'x="{LEFT}" y="{middle - half:.1f}" width="{WIDTH - LEFT - RIGHT}" height="{2 * half:.1f}"'
    label = f'<text class="told" x="{LEFT + 6}" y="{middle - half + 14:.1f}">{told}</text>'
    return f'<rect class="allowed" {size}/>{label}'


def _legend(title: str, names: list[str]) -> list[str]:
    drawn = [f'<text class="head" x="12" y="20">{escape(title)}</text>']
    x = float(LEFT)
    for color, name in zip(COLORS, names, strict=False):
        drawn.append(f'<circle cx="{x:.0f}" cy="38" r="5" style="fill:{color}"/>')
        drawn.append(f'<text x="{x + 10:.0f}" y="42">{escape(name)}</text>')
        x += 30 + 7.5 * len(name)
    return drawn


def _mark(x: float, middle: float, scale: float, entry: Bias, color: str) -> str:
    low, high, mean = (middle - value * scale for value in (entry.low, entry.high, entry.mean))
    line = f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{low:.1f}" y2="{high:.1f}" style="stroke:{color};stroke-width:2"/>'
    return f'{line}<circle cx="{x:.1f}" cy="{mean:.1f}" r="5" style="fill:{color}"/>'
