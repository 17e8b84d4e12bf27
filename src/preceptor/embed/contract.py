"""What an encoder promises."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns texts into vectors whose dot product is their cosine similarity."""

    @property
    def key(self) -> str:
        """What a text's vector depends on beside the text, as a hash; equal keys give equal vectors.

        Empty for an encoder that was fitted on a corpus: its vectors belong to that corpus and are never kept.
        """
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts.

        Args:
            texts: Any texts, the empty one included.

        Returns:
            float32 [texts, dimensions]. Every row has length 1, except that a text of which the encoder knows
            nothing is all zeros: similar to no other. Never NaN; equal texts have equal rows.
        """
        ...
