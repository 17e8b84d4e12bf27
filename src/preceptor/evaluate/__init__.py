"""Honest measurement: metrics, intervals over students, judged by what the models were not trained on."""

from preceptor.evaluate.bootstrap import Estimate, estimate_mean
from preceptor.evaluate.metrics import Metrics, metrics_of
from preceptor.evaluate.policy import ArmResult, PolicyDesign, comparable_students, evaluate_policies
from preceptor.evaluate.tracing import auc_gain, concept_average

__all__ = [
    "ArmResult",
    "Estimate",
    "Metrics",
    "PolicyDesign",
    "auc_gain",
    "comparable_students",
    "concept_average",
    "estimate_mean",
    "evaluate_policies",
    "metrics_of",
]
