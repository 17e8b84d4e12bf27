"""What a tracer may use of a question beside its concepts."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

QUESTION_INPUTS = ("none", "difficulty", "embedding")
"""Of a question's identity: nothing, one learned number, or that number and a learned vector."""

VECTOR_MODES = ("none", "frozen", "tuned")
"""Of text vectors: unused, used as they are, or trained further from where they are."""


@dataclass(frozen=True)
class QuestionVectors:
    """Vectors of texts in one space.

    Args:
        questions: float32 [questions, width], in the order of the Q-matrix.
        concepts: float32 [concepts, width].
        tuned: Whether training may move them.
    """

    questions: NDArray[np.float32]
    concepts: NDArray[np.float32]
    tuned: bool = False

    @property
    def width(self) -> int:
        """Length of a vector."""
        return int(self.questions.shape[1])

    def settings(self) -> dict[str, Any]:
        """What a saved model needs to know of them; the numbers stand among its weights."""
        return {"width": self.width, "tuned": self.tuned}

    @classmethod
    def blank(cls, questions: int, concepts: int, width: int, tuned: bool) -> "QuestionVectors":
        """Zeros, to be filled from saved weights."""
        zeros = np.zeros((questions, width), dtype=np.float32)
        return cls(zeros, np.zeros((concepts, width), dtype=np.float32), tuned)
