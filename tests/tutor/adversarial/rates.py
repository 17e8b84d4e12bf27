"""Counts, rates and one-sided upper 95 % bounds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from scipy.stats import beta

CONFIDENCE = 0.95


def upper_bound(count: int, of: int) -> float:
    """The one-sided upper Clopper-Pearson bound of a share: the largest p under which `count` or fewer has 5 %."""
    return 1.0 if count >= of else float(beta.ppf(CONFIDENCE, count + 1, of - count))


def rate(count: int, of: int) -> dict[str, Any]:
    """A count with its rate and bound; without anything to count there is no rate."""
    if of == 0:
        return {"count": 0, "of": 0, "rate": None, "upper_95": None}
    return {"count": count, "of": of, "rate": round(count / of, 5), "upper_95": round(upper_bound(count, of), 5)}


def table(marks: Iterable[tuple[str, Mapping[str, bool | None]]]) -> dict[str, Any]:
    """Rates of every class and of all together.

    Args:
        marks: The class of each row with its marks; None where a mark does not apply to the row.
    """
    groups: dict[str, list[Mapping[str, bool | None]]] = defaultdict(list)
    for name, row in marks:
        groups[name].append(row)
        groups["all"].append(row)
    return {name: {"rows": len(rows), **_rates(rows)} for name, rows in sorted(groups.items())}


def _rates(rows: list[Mapping[str, bool | None]]) -> dict[str, Any]:
    asked = {mark: [row[mark] for row in rows if row.get(mark) is not None] for mark in rows[0]}
    return {mark: rate(sum(map(bool, values)), len(values)) for mark, values in asked.items()}
