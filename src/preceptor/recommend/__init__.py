"""Choosing the next question: objectives, the exact planner, baselines."""

from preceptor.recommend.baselines import HistoricalOrder, LowestRecallFirst, RandomQuestion
from preceptor.recommend.exam import ExamObjective
from preceptor.recommend.look_ahead import LookAhead
from preceptor.recommend.look_ahead_deep import DeepLookAhead
from preceptor.recommend.look_ahead_pruned import PrunedLookAhead
from preceptor.recommend.objectives import Objective
from preceptor.recommend.planner import Planner
from preceptor.recommend.policy import Choice, Policy, Ranked
from preceptor.recommend.registry import (
    load_objective,
    make_objective,
    make_policy,
    objective_names,
    policy_class,
    policy_names,
)

__all__ = [
    "Choice",
    "DeepLookAhead",
    "ExamObjective",
    "HistoricalOrder",
    "LookAhead",
    "LowestRecallFirst",
    "Objective",
    "Planner",
    "Policy",
    "PrunedLookAhead",
    "RandomQuestion",
    "Ranked",
    "load_objective",
    "make_objective",
    "make_policy",
    "objective_names",
    "policy_class",
    "policy_names",
]
