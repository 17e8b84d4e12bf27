"""What a tutor experiment may claim: what holds in several families, and not only where the product's curves fit."""

from collections.abc import Iterable, Mapping
from typing import Any

UNFITTED = frozenset({"all-or-none", "two-state"})
"""Families that forget in a form that no curve of the product can take."""
LEAST_FAMILIES = 2


def claims(differences: Mapping[str, Iterable[Mapping[str, Any]]], outcome: str) -> list[dict[str, Any]]:
    """What is borne out of every arm against every reference.

    A difference counts where its interval excludes 0 after Holm's correction in two families or more, one of which
    forgets in a form that the product does not fit, and in no family with the other sign.

    Args:
        differences: Family → rows of `Table.differences`.
        outcome: The outcome that is claimed about.

    Returns:
        Rows {arm, reference, outcome, above, below, verdict}: the families on either side, and "better", "worse" or
        "not shown".
    """
    sides: dict[tuple[str, str], dict[str, list[str]]] = {}
    for family, rows in differences.items():
        for row in rows:
            if row["outcome"] != outcome:
                continue
            side = sides.setdefault((row["arm"], row["reference"]), {"above": [], "below": []})
            if row["holds"]:
                side["above" if row["mean"] > 0 else "below"].append(family)
    return [
        {"arm": arm, "reference": reference, "outcome": outcome, **side, "verdict": _verdict(**side)}
        for (arm, reference), side in sides.items()
    ]


def _verdict(above: list[str], below: list[str]) -> str:
    for word, one, other in (("better", above, below), ("worse", below, above)):
        if len(one) >= LEAST_FAMILIES and not other and UNFITTED.intersection(one):
            return word
    return "not shown"
