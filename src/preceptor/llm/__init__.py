"""The only door to language models."""

from preceptor.llm.contract import Failure, FailureKind, LanguageModel, Message, Reply, Request
from preceptor.llm.scripted import ScriptedModel

__all__ = ["Failure", "FailureKind", "LanguageModel", "Message", "Reply", "Request", "ScriptedModel"]
