"""Deep Knowledge Tracing (Piech et al., 2015) with concepts as an axis: a question is one step, never one row a KC."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from preceptor.domain import QMatrix
from preceptor.trace.asked import asked_products
from preceptor.trace.derived import Derived
from preceptor.trace.dropout import QuickDropout
from preceptor.trace.inputs import QuestionVectors
from preceptor.trace.lstm import Packed, lstm_step, packed_lstm
from preceptor.trace.network import TracingNetwork
from preceptor.trace.neural import NeuralTracer
from preceptor.trace.packed_rows import rows_before
from preceptor.trace.q_classes import distinct_concepts
from preceptor.trace.question_terms import QuestionTerms
from preceptor.trace.repeats import Recent, RepeatTerms, repeats_in
from preceptor.trace.rows import Rows
from preceptor.trace.sequences import Sequences, Step
from preceptor.trace.state import ArrayState

HIDDEN = {"small": 48, "base": 128, "large": 256}
"""Hidden units by `--size`."""


@dataclass(frozen=True)
class DktState(ArrayState):
    """What an LSTM knows of n students.

    Args:
        hidden: float32 [n, hidden].
        cell: float32 [n, hidden].
        recent_question: int64 [n, 16], last questions, newest first, −1 where there is none.
        recent_correct: float32 [n, 16], their credit.
    """

    hidden: Tensor
    cell: Tensor
    recent_question: Tensor
    recent_correct: Tensor


class DktTracer(NeuralTracer):
    """LSTM over answers.

    With h the state after the earlier answers, the logit of question q is the mean over its concepts of
    w_c·h + b_c, plus what is known of the question itself, see `QuestionTerms`. The input of an answer is the mean
    over its concepts of r·E⁺_c + (1 − r)·E⁻_c, with r the credit in 0..1, plus the same of the question.

    `size` is 48, 128 or 256 hidden units.
    """

    name: ClassVar[str] = "dkt"
    options: ClassVar[frozenset[str]] = frozenset({"size", "questions", "vectors", "device"})
    uses: ClassVar[frozenset[str]] = frozenset({"question ids", "vectors"})
    by_question: ClassVar[frozenset[str]] = QuestionTerms.by_question("terms")
    by_concept: ClassVar[frozenset[str]] = frozenset({"right", "wrong", "head.weight", "head.bias"})
    by_text: ClassVar[frozenset[str]] = QuestionTerms.by_text("terms")

    def build(self) -> TracingNetwork:
        """The network of this size."""
        return DktNetwork(self.q_matrix, HIDDEN[self.size], self.questions, self.vectors)

    def distinct(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where nothing is known of single questions, those with the same concepts are one class."""
        alike = self.questions == "none" and self.vectors is None
        return distinct_concepts(self.q_matrix) if alike else super().distinct()


class DktNetwork(TracingNetwork):
    """Embedding → LSTM → one logit a concept.

    Args:
        q_matrix: Questions and concepts.
        hidden: Width of embedding and LSTM.
        questions: "none", "difficulty" or "embedding".
        vectors: Text vectors, if any.
        dropout: Share of hidden units dropped before the output while training.
    """

    def __init__(
        self,
        q_matrix: QMatrix,
        hidden: int,
        questions: str = "none",
        vectors: QuestionVectors | None = None,
        dropout: float = 0.3,
    ) -> None:
        super().__init__(q_matrix)
        concepts = len(q_matrix.concept_ids)
        self.right = nn.Parameter(torch.zeros(concepts, hidden))
        self.wrong = nn.Parameter(torch.zeros(concepts, hidden))
        self.read = nn.Linear(hidden, 4 * hidden)
        self.recurrent = nn.Parameter(torch.zeros(4 * hidden, hidden))
        self.start_hidden = nn.Parameter(torch.zeros(hidden))
        self.start_cell = nn.Parameter(torch.zeros(hidden))
        self.dropout = QuickDropout(dropout)
        self.head = nn.Linear(hidden, concepts)
        self.terms = QuestionTerms(q_matrix, hidden, questions, vectors)
        self._answers_read = Derived()
        self.again = RepeatTerms(hidden) if questions != "none" else None

    def reset(self) -> None:
        """Embeddings with deviation 0.3, a start at 0, torch's own initial weights for the rest."""
        super().reset()
        for table in (self.right, self.wrong):
            nn.init.normal_(table, std=0.3)
        bound = self.recurrent.shape[1] ** -0.5
        for weight in (self.recurrent, self.read.weight, self.read.bias):
            nn.init.uniform_(weight, -bound, bound)
        for start in (self.start_hidden, self.start_cell):
            nn.init.zeros_(start)

    def lightly_penalised(self) -> list[nn.Parameter]:
        """What is learned of single questions."""
        return self.terms.of_single_questions()

    def logits(self, batch: Sequences) -> Tensor:
        """One sweep of the LSTM; the head works on real answers only."""
        packed = Packed.of(batch.real)
        question = batch.question.reshape(-1)[packed.index]
        outputs = self._swept(packed, question, batch.correct.reshape(-1)[packed.index])
        outputs = self.dropout(outputs)
        logits = self._head(outputs, question)
        if self.again is not None:
            logits = logits + self.again(outputs, repeats_in(batch).flatten(0, 1)[packed.index])
        return logits[torch.argsort(packed.index)]

    def _swept(self, packed: Packed, question: Tensor, correct: Tensor) -> Tensor:
        """State before every packed answer; the last answer of each student is never read."""
        followed = rows_before(packed.active, question.device)
        inputs = self.inputs(question[followed], correct[followed])
        hidden, cell = (value.expand(packed.active[0], -1) for value in (self.start_hidden, self.start_cell))
        return packed_lstm(inputs, hidden, cell, self.recurrent, packed.active)

    def start(self, n: int) -> DktState:
        """The learned start."""
        recent = Recent.none(n, self.start_hidden.device)
        return DktState(self.start_hidden.repeat(n, 1), self.start_cell.repeat(n, 1), recent.question, recent.correct)

    def step(self, state: DktState, answer: Step) -> DktState:
        """One LSTM step."""
        gates = self.inputs(answer.question, answer.correct).all()
        hidden, cell = lstm_step(gates, state.hidden, state.cell, self.recurrent)
        recent = Recent(state.recent_question, state.recent_correct).after(answer.question, answer.correct)
        return DktState(hidden, cell, recent.question, recent.correct)

    def question_logits(self, state: DktState, question: Tensor, at_seconds: Tensor) -> Tensor:
        """The head on every question."""
        hidden = state.hidden[:, None].expand(-1, question.shape[1], -1)
        logits = self._head(hidden, question)
        if self.again is None:
            return logits
        recent = Recent(state.recent_question, state.recent_correct)
        return torch.as_tensor(logits + self.again(hidden, recent.repeats(question)))

    def concept_logits(self, state: DktState, at_seconds: Tensor) -> Tensor:
        """The head on every concept."""
        return torch.as_tensor(self.head(state.hidden))

    def inputs(self, question: Tensor, correct: Tensor) -> Rows:
        """What answers add to the activations, one row an answer, [4·hidden] each.

        The product of embedding and input weight is made once for every concept, not for every answer.

        Args:
            question: int64 [answers].
            correct: float32 [answers], credit in 0..1.
        """
        sources = (self.right, self.wrong, self.read.weight, self.read.bias)
        right, wrong = self._answers_read.get(sources, self._read_answers)
        of_concepts = self.answer_means(right, wrong, question, correct)
        own = self.terms.inputs(question, correct)
        if own is None:
            return of_concepts
        return Rows(of_concepts.all() + nn.functional.linear(own, self.read.weight))

    def _read_answers(self) -> Tensor:
        """Input part of the activations of a right and of a wrong answer on each concept, [2, concepts, 4·hidden]."""
        return nn.functional.linear(torch.stack([self.right, self.wrong]), self.read.weight, self.read.bias)

    def _head(self, hidden: Tensor, question: Tensor) -> Tensor:
        states, own = hidden.reshape(-1, hidden.shape[-1]), self.concepts[question.reshape(-1)]
        of_concepts = asked_products(states, self.head.weight, own).reshape(question.shape)
        shift = self.concept_mean(self.head.bias[:, None], question)[..., 0]
        return of_concepts + shift + self.terms.logits(hidden, question)
