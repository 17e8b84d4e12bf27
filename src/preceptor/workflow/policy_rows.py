"""The rows that `evaluate policy` tells."""

from collections.abc import Mapping
from typing import Any

from preceptor.evaluate.policy import PolicyDesign
from preceptor.evaluate.policy_measures import Arm
from preceptor.recommend import Planner


def row_of(
    judge: Mapping[str, Any],
    objective: str,
    name: str,
    arms: dict[str, Arm],
    reference: str,
    beside: tuple[str, ...],
    design: PolicyDesign,
) -> dict[str, Any]:
    """One arm before one judge under one objective.

    Args:
        judge: What the judge's piece told of it.
        objective: The objective's name.
        name: The arm's.
        arms: All arms.
        reference: The one that differences are to.
        beside: More that differences are to.
        design: How arms were compared.
    """
    names = {"judge": judge["name"], "own": judge["own"], "simulated": judge["simulated"]}
    others = {other: arms[other] for other in (*beside, *_twins(name, arms)) if other in arms and other != name}
    measured = arms[name].to_dict(arms[reference], arms.get(Planner.name), others, design.horizon_days, design.seed)
    return {**names, "objective": objective, "policy": name, "students": len(judge["students"]), **measured}


def _twins(name: str, arms: dict[str, Arm]) -> list[str]:
    """The arms that were trained as this one, but with a plain critic; none for an arm without a model-based one."""
    kind, _, _ = name.partition("/")
    plain = kind.replace("-mve-", "-plain-")
    return [other for other in arms if plain != kind and other.partition("/")[0] == plain]


def first_of(rows: list[dict[str, Any]], design: PolicyDesign) -> dict[str, Any]:
    """The shape of one judge and one objective: mean recall over all concepts, and what the planner gains in it."""
    first = [row for row in rows if (row["judge"], row["objective"]) == (rows[0]["judge"], rows[0]["objective"])]
    days = f"day{design.horizon_days:g}"
    return {
        "improvement": {row["policy"]: {"now": row["now"], days: row["later"]} for row in first},
        "paired": {
            row["policy"]: {"now": row["planner_gain_now"], days: row["planner_gain_later"]}
            for row in first
            if row["policy"] != Planner.name and "planner_gain_now" in row
        },
    }
