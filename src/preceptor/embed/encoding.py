"""Encode what is new, keep it at once, and read the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import digest
from preceptor.embed.contract import Encoder
from preceptor.embed.store import VectorStore
from preceptor.progress import Progress

CHUNK = 64
"""Texts that are encoded before they are written down: what a crash can cost."""


@dataclass(frozen=True)
class Encoded:
    """Vectors of texts.

    Args:
        vectors: float32 [texts, dimensions].
        new: How many different texts were encoded.
        kept: How many were known from before.
    """

    vectors: NDArray[np.float32]
    new: int
    kept: int


def encode_texts(encoder: Encoder, texts: Sequence[str], folder: Path, progress: Progress) -> Encoded:
    """Vectors of texts; only those that `folder` does not know are encoded.

    Every chunk is on the disk before the next one begins, so that a process that is killed loses one chunk at most.
    An encoder that was fitted on a corpus keeps nothing.

    Args:
        encoder: Encodes.
        texts: Any texts; repeats are encoded once.
        folder: Where vectors are kept, one file an encoder.
        progress: Told after every chunk.
    """
    unlike = list(dict.fromkeys(texts))
    if not encoder.key or not unlike:
        progress("texts", len(unlike), len(unlike))
        return Encoded(encoder.encode(texts), len(unlike), 0)
    width = encoder.encode([]).shape[1]
    store = VectorStore(folder / f"{digest(encoder.key, width)}.bin", width)
    new = sorted(store.missing(unlike), key=len)  # texts of like length waste no padding
    for start in range(0, len(new), CHUNK):
        chunk = new[start : start + CHUNK]
        store.append(chunk, encoder.encode(chunk))
        progress("texts", start + len(chunk), len(new))
    return Encoded(store.vectors(texts), len(new), len(unlike) - len(new))
