"""Knowledge tracing: history → state → P(correct)."""

from preceptor.trace.contract import Answers, FitReport, Progress, Tracer, TracerState, question_rows
from preceptor.trace.registry import load_tracer, make_tracer, tracer_class, tracer_names
from preceptor.trace.replay import score_by_replay

__all__ = [
    "Answers",
    "FitReport",
    "Progress",
    "Tracer",
    "TracerState",
    "load_tracer",
    "make_tracer",
    "question_rows",
    "score_by_replay",
    "tracer_class",
    "tracer_names",
]
