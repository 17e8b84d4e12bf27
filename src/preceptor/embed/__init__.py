"""Texts as vectors."""

from preceptor.embed.contract import Encoder
from preceptor.embed.lexical import LexicalEncoder

__all__ = ["Encoder", "LexicalEncoder"]
