"""An encoder that encodes no text twice."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from preceptor.embed.contract import Encoder
from preceptor.embed.encoding import encode_texts
from preceptor.progress import Progress, silent


class KeptEncoder:
    """An encoder whose vectors are kept in a folder, see `encode_texts`.

    Args:
        name: What it is called.
        encoder: Encodes what the folder does not know.
        folder: Where vectors are kept.
        progress: Told after every chunk.
    """

    def __init__(self, name: str, encoder: Encoder, folder: Path, progress: Progress = silent) -> None:
        self.name = name
        self._encoder, self._folder, self._progress = encoder, folder, progress

    @property
    def key(self) -> str:
        """That of the encoder behind it."""
        return self._encoder.key

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts; see `preceptor.embed.Encoder.encode`."""
        return encode_texts(self._encoder, texts, self._folder, self._progress).vectors
