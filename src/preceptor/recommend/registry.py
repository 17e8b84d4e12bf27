"""Objectives and policies by name."""

from typing import Any

from preceptor.domain import QMatrix, unknown_name
from preceptor.mind import MindModel
from preceptor.recommend.baselines import LowestRecallFirst, RandomQuestion
from preceptor.recommend.objectives import (
    GlobalObjective,
    Objective,
    PracticedObjective,
    UpcomingObjective,
    WeakestObjective,
)
from preceptor.recommend.planner import Planner
from preceptor.recommend.policy import Policy

OBJECTIVES: dict[str, type[Objective]] = {
    kind.name: kind for kind in (GlobalObjective, PracticedObjective, UpcomingObjective, WeakestObjective)
}
POLICIES: dict[str, type[Policy]] = {kind.name: kind for kind in (Planner, LowestRecallFirst, RandomQuestion)}


def objective_names() -> tuple[str, ...]:
    """Names of all objectives."""
    return tuple(OBJECTIVES)


def policy_names() -> tuple[str, ...]:
    """Names of all policies that need nothing but a model."""
    return tuple(POLICIES)


def make_objective(name: str, q_matrix: QMatrix) -> Objective:
    """An unfitted objective.

    Raises:
        UserError: If no objective has this name.
    """
    if name not in OBJECTIVES:
        raise unknown_name("objective", name, OBJECTIVES)
    return OBJECTIVES[name](q_matrix)


def load_objective(values: dict[str, Any], q_matrix: QMatrix) -> Objective:
    """A fitted objective from what `to_dict` gave."""
    return OBJECTIVES[values["name"]].from_dict(values, q_matrix)


def make_policy(name: str, model: MindModel) -> Policy:
    """A policy.

    Raises:
        UserError: If no policy has this name.
    """
    if name not in POLICIES:
        raise unknown_name("policy", name, POLICIES)
    return POLICIES[name](model)
