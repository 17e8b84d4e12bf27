"""Figures that several sections draw."""

import math
from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import numpy as np

from preceptor.evaluate.report_svg import Axis, interval_rows

TICKS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
MOST_TICKS = 5


def axis(label: str, estimates: Sequence[Mapping[str, Any]], zero: bool = False) -> Axis:
    """An axis that holds every interval.

    Args:
        label: What it measures.
        estimates: Each with `mean` and `ci95`.
        zero: Whether 0 must be on it.
    """
    ends = [end for one in estimates for end in (one["mean"], *one["ci95"]) if not math.isnan(end)]
    ends += [0.0] if zero or not ends else []
    span = max(max(ends) - min(ends), TICKS[0])
    step = next((tick for tick in TICKS if span / tick <= MOST_TICKS), span)
    low, high = math.floor(min(ends) / step) * step, math.ceil(max(ends) / step) * step
    high = high if high > low else low + step
    digits = max(0, -math.floor(math.log10(step)) + (step == 0.25))
    sign = "+z" if zero else ""
    return Axis(label, low, high, np.arange(low, high + step / 2, step).tolist(), f"{sign}.{digits}f")


def estimates_figure(
    title: str, x: Axis, rows: Sequence[tuple[str, Mapping[str, Any]]], styles: Mapping[str, str]
) -> str:
    """A point with its interval for every row.

    Args:
        title: The caption, which says what is drawn too.
        x: The axis.
        rows: Label, and estimate with `mean` and `ci95`; what is not a number is left out.
        styles: Label → class name; others are drawn in the first colour.
    """
    form = "+z.3f" if x.form.startswith("+") else ".3f"
    drawn = [
        (f"{label}  {one['mean']:{form}}", one["mean"], tuple(one["ci95"]), styles.get(label, "s1"))
        for label, one in rows
        if not any(map(math.isnan, (one["mean"], *one["ci95"])))
    ]
    return f"<figure><figcaption>{escape(title)}</figcaption>{interval_rows(title, x, drawn)}</figure>"


def picture(title: str, svg: str) -> str:
    """A drawing that is held apart from the page as an image, for it brings a style sheet of its own.

    Args:
        title: What it shows, for whoever cannot see it.
        svg: The drawing.
    """
    image = b64encode(svg.encode()).decode()
    return f'<figure><img alt="{escape(title)}" src="data:image/svg+xml;base64,{image}"></figure>'


def moment_in_words(name: str) -> str:
    """The moment that rows call "now", "day7" or "exam"."""
    if name == "exam":
        return "on the day of the exam"
    return "at once" if name == "now" else f"after {name.removeprefix('day')} days"
