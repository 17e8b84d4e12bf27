"""Encoders by name."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from preceptor.domain import UserError, unknown_name
from preceptor.embed.contract import Encoder
from preceptor.embed.sentence import SentenceEncoder, name_of
from preceptor.registry import Registry

Maker = Callable[[Sequence[str], str], Encoder]
"""Makes an encoder for a corpus, on a device."""

ENCODERS = Registry(
    "encoder",
    "preceptor.encoders",
    {
        "lexical": "preceptor.embed.registry:make_lexical",
        "minilm": "preceptor.embed.registry:make_minilm",
    },
)


def encoder_names() -> tuple[str, ...]:
    """Names of all encoders, other packages' included."""
    return ENCODERS.names()


def default_encoder() -> str:
    """`minilm` where the extra `text` is installed, else `lexical`."""
    from preceptor.embed.minilm import has_minilm

    return "minilm" if has_minilm() else "lexical"


def make_encoder(name: str, corpus: Sequence[str], device: str = "") -> Encoder:
    """Make an encoder.

    Args:
        name: One of `encoder_names()`, a folder, or a hub id such as `owner/model`.
        corpus: The texts it is for; an encoder that has to be fitted is fitted on them.
        device: Where to compute; empty for the encoder's own default.

    Raises:
        MissingExtraError: If it needs a package that is not installed.
        UserError: If there is no such encoder.
    """
    if name in encoder_names():
        return cast(Maker, ENCODERS.resolve(name))(corpus, device)
    if "/" not in name and not Path(name).is_dir():
        known = unknown_name("encoder", name, encoder_names())
        raise UserError(known.given, f"{known.allowed}, a folder, or a hub id such as owner/model", known.mend)
    return SentenceEncoder(name, device=device)


def encoder_label(name: str) -> str:
    """The encoder's name as the name of a folder."""
    return name if name in encoder_names() else name_of(name)


def make_lexical(corpus: Sequence[str], device: str = "") -> Encoder:
    """TF-IDF and SVD, fitted on the corpus; computes without a device."""
    from preceptor.embed.lexical import LexicalEncoder

    return LexicalEncoder().fit(corpus)


def make_minilm(corpus: Sequence[str], device: str = "") -> Encoder:
    """MiniLM as it was published; the corpus does not matter."""
    from preceptor.embed.minilm import minilm

    return minilm(device)
