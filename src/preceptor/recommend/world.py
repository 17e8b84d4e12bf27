"""Students of one tracer as tensors that an answer moves."""

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.domain import Log, QMatrix
from preceptor.mind import Minds


class World(ABC):
    """What an answer does to n students, all at once.

    No verb changes the state it is given, and none loops over students. A state has `take(index)` and `joined(parts)`,
    as tracer states have. Times are UTC seconds, NaN where there is no clock.

    Args:
        q_matrix: The questions and concepts.
        question_vectors: float32 [questions, d], rows of length √d (about √d where training has moved them): what a
            policy knows a question by.
        concept_vectors: float32 [concepts, d], likewise.
        width: Numbers in `features`.
    """

    knows_time: bool = False
    """Whether mastery can change while nobody answers."""

    def __init__(self, q_matrix: QMatrix, question_vectors: Tensor, concept_vectors: Tensor, width: int) -> None:
        self.q_matrix = q_matrix
        self.question_vectors, self.concept_vectors = question_vectors, concept_vectors
        self.width = width
        self.device = question_vectors.device

    @property
    def questions(self) -> int:
        """How many questions there are."""
        return len(self.q_matrix.question_ids)

    @property
    def concepts(self) -> int:
        """How many concepts there are."""
        return len(self.q_matrix.concept_ids)

    @property
    def vector_width(self) -> int:
        """D, the length of the vectors."""
        return int(self.question_vectors.shape[1])

    @abstractmethod
    def start(self, minds: Minds) -> Any:
        """State of students whose histories were replayed."""

    @abstractmethod
    def replay(self, log: Log, students: NDArray[np.int64], stop: NDArray[np.int64]) -> Any:
        """State of students after their rows of a log.

        Args:
            log: The answers.
            students: int64 [n], indices into the log's students.
            stop: int64 [n], the log row before which each replay ends.
        """

    @abstractmethod
    def features(self, state: Any) -> Tensor:
        """What a policy sees of the students, float32 [n, width]."""

    @abstractmethod
    def p_correct(self, state: Any, question: Tensor, at: Tensor) -> Tensor:
        """P(correct), float32 [n], on one question of each student, int64 [n], at float64 [n]."""

    @abstractmethod
    def every_p_correct(self, state: Any, at: Tensor) -> Tensor:
        """P(correct) on every question, float32 [n, questions]."""

    @abstractmethod
    def answer(self, state: Any, question: Tensor, correct: Tensor, at: Tensor) -> Any:
        """State after an answer of each student to `question`, int64 [n], with credit `correct`, float32 [n]."""

    @abstractmethod
    def mastery(self, state: Any, at: Tensor) -> Tensor:
        """P(correct) on every concept, float32 [n, concepts]: recall, where there is a clock."""

    @abstractmethod
    def mastery_of(self, state: Any, concept: Tensor, at: Tensor) -> Tensor:
        """P(correct), float32 [n], on one concept of each student, int64 [n]."""


class VectorReader(World):
    """A world whose tracer reads a question as a vector, so that any vector can be answered, with gradients."""

    @abstractmethod
    def p_correct_at_vector(self, state: Any, action: Tensor) -> Tensor:
        """P(correct), float32 [n], on a vector [n, d] of each student."""

    @abstractmethod
    def answer_at_vector(self, state: Any, action: Tensor, correct: Tensor) -> Any:
        """State after an answer to a vector [n, d] of each student, with credit `correct`, float32 [n]."""


def untimed(n: int, device: torch.device) -> Tensor:
    """The moments of n students without a clock: NaN, float64 [n]."""
    return torch.full((n,), torch.nan, dtype=torch.float64, device=device)
