"""Dynamic Key-Value Memory Networks (Zhang et al., 2017): a memory of what a student knows, read and written by key."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from preceptor.domain import QMatrix
from preceptor.trace.dkvmn_memory import Writing, memory_reads
from preceptor.trace.dropout import QuickDropout
from preceptor.trace.network import TracingNetwork
from preceptor.trace.neural import NeuralTracer
from preceptor.trace.q_classes import distinct_concepts
from preceptor.trace.sequences import Sequences, Step
from preceptor.trace.state import ArrayState

SIZES = {"small": (32, 10), "base": (200, 50), "large": (256, 100)}
"""Width of a memory slot and number of slots by `--size`; base is as published."""


@dataclass(frozen=True)
class DkvmnState(ArrayState):
    """Value memory of n students, float32 [n, slots, width]."""

    memory: Tensor


class DkvmnTracer(NeuralTracer):
    """Static keys, a value memory a student.

    A question with key k (the mean of its concepts') attends to slot i with weight w_i = softmax_i(k·K_i). It reads
    r = Σ_i w_i·V_i, and its logit is p·tanh(F [r; k] + f) + b. An answer with value v (the mean over its concepts of
    credit·v⁺ + (1 − credit)·v⁻) writes V_i ← V_i ∘ (1 − w_i·e) + w_i·a with e = σ(E v + e₀) and a = tanh(A v + a₀).

    `size` is 10 slots of 32, 50 of 200 or 100 of 256 numbers.

    References:
        Zhang et al., Dynamic key-value memory networks for knowledge tracing, WWW 2017.
    """

    name: ClassVar[str] = "dkvmn"

    def build(self) -> TracingNetwork:
        """The network of this size."""
        return DkvmnNetwork(self.q_matrix, *SIZES[self.size])

    def distinct(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Questions with the same concepts are one class."""
        return distinct_concepts(self.q_matrix)


class DkvmnNetwork(TracingNetwork):
    """Keys, values and the head.

    Weights of a read depend on the question's concepts alone, and what is erased and added on them and the credit
    alone: a batch computes them once for each that occurs.

    Args:
        q_matrix: Questions and concepts.
        width: Numbers of a slot, a key and a value.
        slots: Slots of the memory.
        dropout: Share of the head's units dropped while training.
    """

    representative: Tensor
    """int64 [classes], a question of each class of questions with the same concepts."""
    class_of: Tensor
    """int64 [questions]."""

    def __init__(self, q_matrix: QMatrix, width: int, slots: int, dropout: float = 0.2) -> None:
        super().__init__(q_matrix)
        concepts = len(q_matrix.concept_ids)
        representative, class_of = distinct_concepts(q_matrix)
        self.register_buffer("representative", torch.from_numpy(representative), persistent=False)
        self.register_buffer("class_of", torch.from_numpy(class_of), persistent=False)
        self.key, self.right, self.wrong = (nn.Parameter(torch.zeros(concepts, width)) for _ in range(3))
        self.slot_keys, self.start_values = (nn.Parameter(torch.zeros(slots, width)) for _ in range(2))
        self.erase, self.add = nn.Linear(width, width), nn.Linear(width, width)
        self.of_read, self.of_key = nn.Linear(width, width), nn.Linear(width, width, bias=False)
        self.dropout = QuickDropout(dropout)
        self.head = nn.Linear(width, 1)

    def reset(self) -> None:
        """Keys of unit length on average and small values; torch's own initial weights for the layers."""
        super().reset()
        width = self.key.shape[1]
        for table in (self.key, self.right, self.wrong):
            nn.init.normal_(table, std=0.3)
        for table in (self.slot_keys, self.start_values):
            nn.init.normal_(table, std=width**-0.5)

    def logits(self, batch: Sequences) -> Tensor:
        """Every student's memory is swept once; the head works on real answers only."""
        classes, own = torch.unique(self.class_of[batch.question[batch.real]], return_inverse=True)
        given, of_credit = torch.unique(batch.correct[batch.real], return_inverse=True)
        written, answer = torch.unique(own * len(given) + of_credit, return_inverse=True)
        key = self.concept_mean(self.key, self.representative[classes])
        value = self._value(self.representative[classes[written // len(given)]], given[written % len(given)])
        writing = Writing(self._attention(key), *self._written(value))
        read = memory_reads(self.start_values, writing, own, answer, batch.real)
        return self._head(self.of_read(read) + nn.functional.embedding(own, self.of_key(key)))

    def start(self, n: int) -> DkvmnState:
        """The learned start."""
        return DkvmnState(self.start_values.repeat(n, 1, 1))

    def step(self, state: DkvmnState, answer: Step) -> DkvmnState:
        """Erase and add once."""
        weight = self._attention(self.concept_mean(self.key, answer.question))[..., None]
        erase, add = self._written(self._value(answer.question, answer.correct))
        return DkvmnState(state.memory * (1 - weight * erase[:, None]) + weight * add[:, None])

    def question_logits(self, state: DkvmnState, question: Tensor, at_seconds: Tensor) -> Tensor:
        """A read and the head for every question."""
        return self._asked(state, self.concept_mean(self.key, question))

    def concept_logits(self, state: DkvmnState, at_seconds: Tensor) -> Tensor:
        """A read and the head for every concept."""
        return self._asked(state, self.key.expand(len(state), -1, -1))

    def _asked(self, state: DkvmnState, key: Tensor) -> Tensor:
        read = self._attention(key) @ state.memory
        return self._head(self.of_read(read) + self.of_key(key))

    def _head(self, hidden: Tensor) -> Tensor:
        return torch.as_tensor(self.head(self.dropout(torch.tanh(hidden))).squeeze(-1))

    def _attention(self, key: Tensor) -> Tensor:
        return torch.softmax(key @ self.slot_keys.T, dim=-1)

    def _value(self, question: Tensor, correct: Tensor) -> Tensor:
        credit = correct[..., None]
        right, wrong = self.concept_mean(self.right, question), self.concept_mean(self.wrong, question)
        return credit * right + (1 - credit) * wrong

    def _written(self, value: Tensor) -> tuple[Tensor, Tensor]:
        return torch.sigmoid(self.erase(value)), torch.tanh(self.add(value))
