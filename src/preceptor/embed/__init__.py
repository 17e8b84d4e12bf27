"""Texts as vectors."""

from preceptor.embed.contract import Encoder
from preceptor.embed.encoding import Encoded, encode_texts
from preceptor.embed.kept import KeptEncoder
from preceptor.embed.lexical import LexicalEncoder
from preceptor.embed.registry import default_encoder, encoder_label, encoder_names, make_encoder
from preceptor.embed.rerank import DEFAULT_RERANKER, Reranker, make_reranker, reranker_names
from preceptor.embed.texts import BankTexts, Marker, TextVectors, marked, said
from preceptor.embed.tokens import TokenEncoder, Tokens
from preceptor.embed.vectors import CourseVectors, in_order

__all__ = [
    "DEFAULT_RERANKER",
    "BankTexts",
    "CourseVectors",
    "Encoded",
    "Encoder",
    "KeptEncoder",
    "LexicalEncoder",
    "Marker",
    "Reranker",
    "TextVectors",
    "TokenEncoder",
    "Tokens",
    "default_encoder",
    "encode_texts",
    "encoder_label",
    "encoder_names",
    "in_order",
    "make_encoder",
    "make_reranker",
    "marked",
    "reranker_names",
    "said",
]
