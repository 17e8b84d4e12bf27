"""Numbers as they stand in the tables of a reproduction."""

from collections.abc import Mapping
from typing import Any


def number(value: float | None) -> str:
    """A count with commas, another number with four digits that count; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else f"{value:.4g}"


def estimated(estimate: Mapping[str, Any] | None, digits: int = 1) -> str:
    """A signed mean with its 95 % interval; a dash where there is none."""
    if estimate is None:
        return "–"
    low, high = (signed(end, digits) for end in estimate["ci95"])
    return f"{signed(estimate['mean'], digits)} ({low} to {high})"


def signed(value: float, digits: int) -> str:
    """A number with its sign; without one where it rounds to 0, so that it claims neither side."""
    shown = f"{value:+z.{digits}f}"
    return shown.removeprefix("+") if not float(shown) else shown


def counted(count: int, what: str) -> str:
    """A number of things."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
