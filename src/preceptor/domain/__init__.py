"""The nouns: concepts, questions, interactions, logs. Pure: no clock, file, network or global state."""

from preceptor.domain.bank import Bank
from preceptor.domain.concept import UNLABELLED, Concept, Misconception, claims_nothing, topological_order
from preceptor.domain.credit import points_text, score_text
from preceptor.domain.errors import ConflictError, MissingExtraError, UnknownNameError, UserError, unknown_name
from preceptor.domain.identity import digest, event_id, question_id
from preceptor.domain.interaction import Interaction, Outcome
from preceptor.domain.log import Log
from preceptor.domain.q_matrix import QMatrix
from preceptor.domain.question import Distractor, Question, QuestionKind, Step
from preceptor.domain.recall import SECONDS_PER_DAY, ConceptRecall, recall

__all__ = [
    "SECONDS_PER_DAY",
    "UNLABELLED",
    "Bank",
    "Concept",
    "ConceptRecall",
    "ConflictError",
    "Distractor",
    "Interaction",
    "Log",
    "Misconception",
    "MissingExtraError",
    "Outcome",
    "QMatrix",
    "Question",
    "QuestionKind",
    "Step",
    "UnknownNameError",
    "UserError",
    "claims_nothing",
    "digest",
    "event_id",
    "points_text",
    "question_id",
    "recall",
    "score_text",
    "topological_order",
    "unknown_name",
]
