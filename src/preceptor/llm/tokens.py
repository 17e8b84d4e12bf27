"""Tokens of texts, estimated before a model has counted them."""

from preceptor.llm.contract import Request

BYTES_PER_TOKEN = 3.5
"""English prose has about 4.5 bytes a token and mathematics in LaTeX about 3."""

TOKENS_PER_MESSAGE = 4
"""What chat formats add around a message."""


def estimated_tokens(text: str) -> int:
    """Tokens of a text, about: UTF-8 bytes / 3.5, rounded up."""
    return -int(-len(text.encode(errors="replace")) // BYTES_PER_TOKEN)


def estimated_input(request: Request) -> int:
    """Tokens that reading a request takes, about; the schema is read too."""
    texts = sum(estimated_tokens(message.text) + TOKENS_PER_MESSAGE for message in request.messages)
    return texts + estimated_tokens(request.schema)
