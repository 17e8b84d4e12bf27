"""The contract of every neural network that traces."""

from abc import ABC, abstractmethod
from functools import cached_property
from typing import Any

import torch
from torch import Tensor, nn

from preceptor.domain import QMatrix
from preceptor.trace.rows import Rows
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
        if self._single:
            return nn.functional.embedding(own[..., 0], table)
        flat = own.reshape(-1, own.shape[-1])
        weight = _shares(flat, table.dtype)
        return _bags(table, flat.clamp(min=0), weight).reshape(*question.shape, table.shape[1])

    def answer_means(self, right: Tensor, wrong: Tensor, question: Tensor, correct: Tensor) -> Rows:
        """Mean over each question's concepts of r·right + (1 − r)·wrong.

        Args:
            right: [concepts, width], rows of right answers.
            wrong: [concepts, width], rows of wrong answers.
            question: int64 [answers].
            correct: float32 [answers], credit r in 0..1.

        Returns:
            As many as there are answers, with [width] each.
        """
        own, table, concepts = self.concepts[question], torch.cat([wrong, right]), len(right)
        whole = bool(((correct == 0) | (correct == 1)).all())
        if self._single and whole:  # one row an answer: no sum
            return Rows(table, own[:, 0] + concepts * correct.long())
        weight, row = _shares(own, table.dtype), own.clamp(min=0)
        if whole:
            return Rows(_bags(table, row + concepts * correct.long()[:, None], weight))
        credit = correct[:, None].to(table.dtype)
        rows, shares = [row, row + concepts], [weight * (1 - credit), weight * credit]
        return Rows(_bags(table, torch.cat(rows, dim=1), torch.cat(shares, dim=1)))

    @cached_property
    def _single(self) -> bool:
        """Whether every question has exactly one concept, so that means are look-ups."""
        return self.concepts.shape[1] == 1 and bool((self.concepts >= 0).all())


def _shares(own: Tensor, dtype: torch.dtype) -> Tensor:
    real = own >= 0
    return real.to(dtype) / real.sum(-1, keepdim=True).clamp(min=1)


def _bags(table: Tensor, rows: Tensor, weight: Tensor) -> Tensor:
    return nn.functional.embedding_bag(rows, table, mode="sum", per_sample_weights=weight)
