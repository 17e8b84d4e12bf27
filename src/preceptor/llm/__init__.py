"""The only door to language models."""

from preceptor.llm.budget import Budget, Price, Spending
from preceptor.llm.contract import (
    Failure,
    FailureKind,
    LanguageModel,
    Message,
    Reply,
    Request,
    StreamingModel,
    heard,
)
from preceptor.llm.endpoint import KEY_VARIABLE, Endpoint
from preceptor.llm.ledger import Ledger
from preceptor.llm.metered import MeteredModel
from preceptor.llm.patient import Patience, PatientModel
from preceptor.llm.scripted import ScriptedModel
from preceptor.llm.thrifty import ThriftyModel
from preceptor.llm.tokens import estimated_input, estimated_tokens

__all__ = [
    "KEY_VARIABLE",
    "Budget",
    "Endpoint",
    "Failure",
    "FailureKind",
    "LanguageModel",
    "Ledger",
    "Message",
    "MeteredModel",
    "Patience",
    "PatientModel",
    "Price",
    "Reply",
    "Request",
    "ScriptedModel",
    "Spending",
    "StreamingModel",
    "ThriftyModel",
    "estimated_input",
    "estimated_tokens",
    "heard",
]
