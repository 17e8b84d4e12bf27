"""Honest measurement: metrics, intervals over students, judged by what the models were not trained on."""

from preceptor.evaluate.bootstrap import Estimate, estimate_mean
from preceptor.evaluate.cohort import comparable_students
from preceptor.evaluate.course_report import CourseFacts, RunFile, course_report
from preceptor.evaluate.metrics import Metrics, metrics_of
from preceptor.evaluate.policy import Comparison, PolicyDesign
from preceptor.evaluate.predictions import (
    FoldPredictions,
    check_file,
    check_folder,
    check_predictions_file,
    write_predictions,
)
from preceptor.evaluate.report import tracing_report
from preceptor.evaluate.report_data import ReportData, report_data
from preceptor.evaluate.retrieval import retrieval_gain, retrievals
from preceptor.evaluate.tracing import auc_gain, concept_average
from preceptor.evaluate.tracing_metrics import Measured, Predicted, Sampled, mean_measured, measure
from preceptor.evaluate.tracing_protocols import Scorer, Scores, Task, TracingProtocol
from preceptor.evaluate.tracing_registry import PROTOCOLS

__all__ = [
    "PROTOCOLS",
    "Comparison",
    "CourseFacts",
    "Estimate",
    "FoldPredictions",
    "Measured",
    "Metrics",
    "PolicyDesign",
    "Predicted",
    "ReportData",
    "RunFile",
    "Sampled",
    "Scorer",
    "Scores",
    "Task",
    "TracingProtocol",
    "auc_gain",
    "check_file",
    "check_folder",
    "check_predictions_file",
    "comparable_students",
    "concept_average",
    "course_report",
    "estimate_mean",
    "mean_measured",
    "measure",
    "metrics_of",
    "report_data",
    "retrieval_gain",
    "retrievals",
    "tracing_report",
    "write_predictions",
]
