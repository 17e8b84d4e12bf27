"""The contract of every neural network that traces."""

from abc import ABC, abstractmethod
from typing import Any

import torch
from torch import Tensor, nn

from preceptor.domain import QMatrix
from preceptor.trace.sequences import Sequences, Step
from preceptor.trace.state import ArrayState


class TracingNetwork(nn.Module, ABC):
    """Two views of one model: a whole batch at once for training, one answer at a time for use; they must agree.

    Args:
        q_matrix: Questions and concepts.
    """

    concepts: Tensor
    """int64 [questions, slots], the Q-matrix, −1 as padding; not a weight."""

    def __init__(self, q_matrix: QMatrix) -> None:
        super().__init__()
        self.register_buffer("concepts", torch.from_numpy(q_matrix.concepts.astype("int64")), persistent=False)

    @abstractmethod
    def logits(self, batch: Sequences) -> Tensor:
        """Logit of every real answer from the answers before it, [answers] in row-major order of `batch.real`."""

    @abstractmethod
    def start(self, n: int) -> ArrayState:
        """State of n students before their first answer."""

    @abstractmethod
    def step(self, state: Any, answer: Step) -> ArrayState:
        """State after one more answer of each student; constant time; `state` is left as it was."""

    @abstractmethod
    def question_logits(self, state: Any, question: Tensor, at_seconds: Tensor) -> Tensor:
        """Logits [n, m] of `question` int64 [n, m] at `at_seconds` float64 [n]."""

    @abstractmethod
    def concept_logits(self, state: Any, at_seconds: Tensor) -> Tensor:
        """Logits [n, concepts] of an average question on each concept alone."""

    def lightly_penalised(self) -> list[nn.Parameter]:
        """Weights that few answers each would overfit; they are drawn to 0 by the plan's `question_penalty`."""
        return []

    def reset(self) -> None:
        """Draw initial weights anew from the global generator, which the caller has seeded."""
        for module in self.modules():
            redraw = getattr(module, "reset_parameters", None)
            if redraw is not None:
                redraw()

    def concept_mean(self, table: Tensor, question: Tensor) -> Tensor:
        """Mean of `table`'s rows over each question's concepts.

        Args:
            table: [concepts, width].
            question: int64 [...].

        Returns:
            [..., width]; 0 for a question without concepts.
        """
        own = self.concepts[question]
        if own.shape[-1] == 1:  # the common case without a sum over slots
            return table[own[..., 0]] if bool((self.concepts >= 0).all()) else _weighted(table, own)
        return _weighted(table, own)


def _weighted(table: Tensor, own: Tensor) -> Tensor:
    real = own >= 0
    weight = real / real.sum(-1, keepdim=True).clamp(min=1)
    return (table[own.clamp(min=0)] * weight[..., None].to(table.dtype)).sum(-2)
