"""Numbers as they stand in the tables of a reproduction."""

from collections.abc import Mapping
from typing import Any

from preceptor.rounding import with_interval


def number(value: float | None) -> str:
    """A count with commas, another number with four digits that count; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else f"{value:.4g}"


def estimated(estimate: Mapping[str, Any] | None) -> str:
    """A signed mean with its 95 % interval; a dash where there is none."""
    return "–" if estimate is None else with_interval(estimate, 1)
