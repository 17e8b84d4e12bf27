"""Objectives and policies by name."""

from typing import Any, cast

from preceptor.domain import QMatrix
from preceptor.mind import MindModel
from preceptor.recommend.objectives import Objective
from preceptor.recommend.policy import Policy
from preceptor.registry import Registry

OBJECTIVES = Registry(
    "objective",
    "preceptor.objectives",
    {
        "exam": "preceptor.recommend.exam:ExamObjective",
        "global": "preceptor.recommend.objectives:GlobalObjective",
        "practiced": "preceptor.recommend.objectives:PracticedObjective",
        "upcoming": "preceptor.recommend.objectives:UpcomingObjective",
        "weakest": "preceptor.recommend.objectives:WeakestObjective",
    },
)
POLICIES = Registry(
    "policy",
    "preceptor.policies",
    {
        "constant": "preceptor.recommend.baselines:ConstantQuestion",
        "look-ahead": "preceptor.recommend.look_ahead:LookAhead",
        "look-ahead-deep": "preceptor.recommend.look_ahead_deep:DeepLookAhead",
        "look-ahead-pruned": "preceptor.recommend.look_ahead_pruned:PrunedLookAhead",
        "lowest-mastery": "preceptor.recommend.baselines:LowestMasteryFirst",
        "lowest-recall": "preceptor.recommend.baselines:LowestRecallFirst",
        "most-failed": "preceptor.recommend.baselines:MostFailedFirst",
        "planner": "preceptor.recommend.planner:Planner",
        "planner-pruned": "preceptor.recommend.planner_pruned:PrunedPlanner",
        "planner-unspaced": "preceptor.recommend.planner_unspaced:UnspacedPlanner",
        "random": "preceptor.recommend.baselines:RandomQuestion",
        "spaced-review": "preceptor.recommend.baselines:SpacedReview",
    },
)


def objective_names() -> tuple[str, ...]:
    """Names of all objectives, other packages' included."""
    return OBJECTIVES.names()


def policy_names() -> tuple[str, ...]:
    """Names of all policies that need nothing but a model, other packages' included."""
    return POLICIES.names()


def make_objective(name: str, q_matrix: QMatrix) -> Objective:
    """An unfitted objective.

    Raises:
        UserError: If no objective has this name.
    """
    return _objective_class(name)(q_matrix)


def load_objective(values: dict[str, Any], q_matrix: QMatrix) -> Objective:
    """A fitted objective from what `to_dict` gave."""
    return _objective_class(values["name"]).from_dict(values, q_matrix)


def make_policy(name: str, model: MindModel) -> Policy:
    """A policy.

    Raises:
        UserError: If no policy has this name.
    """
    return policy_class(name)(model)


def policy_class(name: str) -> type[Policy]:
    """The class of a policy, which says what it heeds before there is a model.

    Raises:
        UserError: If no policy has this name.
    """
    return cast(type[Policy], POLICIES.resolve(name))


def _objective_class(name: str) -> type[Objective]:
    return cast(type[Objective], OBJECTIVES.resolve(name))
