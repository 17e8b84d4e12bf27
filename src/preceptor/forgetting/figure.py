"""The picture of TASA's equations beside what is really forgotten: `python -m preceptor.forgetting.figure FOLDER`."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from preceptor.forgetting.score import TasaExponential, TasaRational

MASTERIES = (0.2, 0.5, 0.8, 0.95)
LONGEST = 10.0
"""How many time constants the pictures reach."""

PANEL_WIDTH, PANEL_HEIGHT, MARGIN, HEAD = 360, 220, 50, 74
STEPS = 100

Formula = Callable[[float, NDArray[np.float64]], NDArray[np.float64]]
LINES: tuple[tuple[str, str, str, Formula], ...] = (
    (
        "e7",
        "eqs. 7, 13: 1 − s·exp(−Δt/τ)",
        "",
        lambda s, x: TasaExponential(1.0).score(np.array(s), x),
    ),
    (
        "e14",
        "eq. 13 with eq. 14: 1 − s/(1 + Δt/τ)",
        "7 4",
        lambda s, x: 1.0 - s / (1.0 + x),
    ),
    (
        "e15",
        "eqs. 8, 15: (1 − s)·Δt/(Δt + τ)",
        "2 3",
        lambda s, x: TasaRational(1.0).score(np.array(s), x),
    ),
    (
        "lost",
        "really forgotten: s·(1 − exp(−Δt/τ))",
        "",
        lambda s, x: s * (1.0 - np.exp(-x)),
    ),
)
"""Class, words, dashes and formula of every line."""

STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2937 }
  .title { font-weight: 600 } .small { font-size: 11px; fill: #4b5563 }
  .page { fill: #ffffff } .frame { fill: none; stroke: #9ca3af } .grid { stroke: #e5e7eb }
  .line { fill: none; stroke-width: 2 }
  .e7 { stroke: #1d4ed8 } .e14 { stroke: #0f766e } .e15 { stroke: #b45309; stroke-width: 2.5 }
  .lost { stroke: #111827; stroke-width: 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e5e7eb } .small { fill: #9ca3af } .page { fill: #0b0f19 } .grid { stroke: #1f2937 }
    .e7 { stroke: #93c5fd } .e14 { stroke: #5eead4 } .e15 { stroke: #fbbf24 } .lost { stroke: #f9fafb }
  }
"""


def score_picture() -> str:
    """SVG of four panels, one a mastery: the scores and the share forgotten against Δt/τ."""
    width, height = 2 * (PANEL_WIDTH + 2 * MARGIN), HEAD + 2 * (PANEL_HEIGHT + 2 * MARGIN)
    parts = [f'<rect class="page" width="{width}" height="{height}"/>', *_legend()]
    for i, mastery in enumerate(MASTERIES):
        left = MARGIN + (i % 2) * (PANEL_WIDTH + 2 * MARGIN)
        top = HEAD + MARGIN / 2 + (i // 2) * (PANEL_HEIGHT + 2 * MARGIN)
        parts.append(f'<g transform="translate({left} {top})">{_panel(mastery)}</g>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img"><title>TASA\'s forgetting scores and what is really forgotten, for four masteries</title>'
        f"<style>{STYLE}</style>\n" + "\n".join(parts) + "\n</svg>\n"
    )


def _legend() -> list[str]:
    parts = []
    for i, (kind, words, dashes, _) in enumerate(LINES):
        x, y = MARGIN + (i % 2) * (PANEL_WIDTH + 2 * MARGIN), 24 + 26 * (i // 2)
        line = f'<path class="line {kind}" stroke-dasharray="{dashes}" d="M{x} {y} h36"/>'
        parts.append(f'{line}<text x="{x + 46}" y="{y + 4}">{words}</text>')
    return parts


def _panel(mastery: float) -> str:
    x = np.linspace(0.0, LONGEST, STEPS + 1)
    parts = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = PANEL_HEIGHT * (1 - share)
        parts.append(f'<path class="grid" d="M0 {y} h{PANEL_WIDTH}"/>')
        parts.append(f'<text class="small" x="-6" y="{y + 4}" text-anchor="end">{share:g}</text>')
    for days in range(0, int(LONGEST) + 1, 2):
        at = PANEL_WIDTH * days / LONGEST
        parts.append(f'<text class="small" x="{at:g}" y="{PANEL_HEIGHT + 16}" text-anchor="middle">{days}</text>')
    middle, half = PANEL_WIDTH / 2, PANEL_HEIGHT / 2
    parts.append(f'<text class="small" x="{middle:g}" y="{PANEL_HEIGHT + 32}" text-anchor="middle">Δt/τ</text>')
    parts.append(
        f'<text class="small" transform="translate(-36 {half:g}) rotate(-90)" text-anchor="middle">'
        "score, share forgotten</text>"
    )
    # no edge at the top, where a line that nears 1 would be lost in it
    parts.append(f'<path class="frame" d="M0 0 v{PANEL_HEIGHT} h{PANEL_WIDTH}"/>')
    for kind, _, dashes, formula in LINES:
        points = zip(x / LONGEST * PANEL_WIDTH, PANEL_HEIGHT * (1 - formula(mastery, x)), strict=True)
        path = " ".join(f"{across:.1f},{down:.1f}" for across, down in points)
        parts.append(f'<polyline class="line {kind}" stroke-dasharray="{dashes}" points="{path}"/>')
    parts.append(f'<text class="title" x="0" y="-8">mastery s = {mastery:g}</text>')
    return "".join(parts)


if __name__ == "__main__":
    (Path(sys.argv[1]) / "images" / "forgetting-scores.svg").write_text(score_picture(), encoding="utf-8")
