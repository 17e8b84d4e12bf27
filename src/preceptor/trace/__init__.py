"""Knowledge tracing: history → state → P(correct)."""

from preceptor.trace.answers import Answers, FitReport, question_rows
from preceptor.trace.checkpoint import Checkpoint
from preceptor.trace.code import code_digest
from preceptor.trace.contract import Tracer
from preceptor.trace.inputs import QUESTION_INPUTS, VECTOR_MODES, QuestionVectors
from preceptor.trace.model_files import knows_by_text, trained_vocabulary
from preceptor.trace.registry import load_tracer, make_tracer, tracer_class, tracer_names
from preceptor.trace.replay import score_by_replay
from preceptor.trace.state import ArrayState, StaleStateError, pack_state, unpack_state

__all__ = [
    "QUESTION_INPUTS",
    "VECTOR_MODES",
    "Answers",
    "ArrayState",
    "Checkpoint",
    "FitReport",
    "QuestionVectors",
    "StaleStateError",
    "Tracer",
    "code_digest",
    "knows_by_text",
    "load_tracer",
    "make_tracer",
    "pack_state",
    "question_rows",
    "score_by_replay",
    "tracer_class",
    "tracer_names",
    "trained_vocabulary",
    "unpack_state",
]
