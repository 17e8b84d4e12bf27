"""Numbers as tables and pages show them."""

from collections.abc import Mapping
from typing import Any


def with_interval(estimate: Mapping[str, Any], digits: int = 4) -> str:
    """A signed mean with its 95 % interval."""
    low, high = (signed(end, digits) for end in estimate["ci95"])
    return f"{signed(estimate['mean'], digits)} ({low} to {high})"


def signed(value: float, digits: int) -> str:
    """A number with its sign; without one where it rounds to 0, so that it claims neither side."""
    shown = f"{value:+z.{digits}f}"
    return shown.removeprefix("+") if not float(shown) else shown
