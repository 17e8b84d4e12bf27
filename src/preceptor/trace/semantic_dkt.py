"""DKT over vectors of question texts, with the head of ExRec: a question is known by what it says, not by a number."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import embedding

from preceptor.domain import QMatrix
from preceptor.trace.answers import Answers
from preceptor.trace.derived import Derived
from preceptor.trace.inputs import QuestionVectors
from preceptor.trace.lstm import Packed, lstm_cell, lstm_step, packed_lstm
from preceptor.trace.network import TracingNetwork
from preceptor.trace.neural import NeuralTracer
from preceptor.trace.packed_rows import rows_before
from preceptor.trace.rows import Rows
from preceptor.trace.semantic_dkt_head import FactorisedHead
from preceptor.trace.sequences import Sequences, Step
from preceptor.trace.state import ArrayState

SIZES = {"small": (32, 64), "base": (128, 512), "large": (300, 1200)}
"""Width of the state and of the head's hidden layer by `--size`; large is as published."""

LEARNED_WIDTH = 128
"""Length of the questions' vectors where they are learned from nothing."""


@dataclass(frozen=True)
class SemanticDktState(ArrayState):
    """Hidden and cell state of n students, float32 [n, hidden] each."""

    hidden: Tensor
    cell: Tensor


class SemanticDktTracer(NeuralTracer):
    """LSTM over vectors of the answered questions' texts.

    With z_q the vector of question q, scaled to length √d, and E two learned rows, an answer with credit r
    is read as x = z_q + r·E₁ + (1 − r)·E₀ by an LSTM that starts at 0. The logit of a question is F(h, z_q), that of a
    concept F(h, z_c), see `FactorisedHead`.

    Frozen vectors stay as they are. Vectors to tune move by learned u_q, drawn to 0 like everything that is learned
    of single questions, and z_c moves by the mean of its questions' u_q. Without vectors all are learned from
    nothing: z_q = u_q from a random start, and z_c is the mean of its questions' z_q.

    `size` is (hidden units, width of the head): (32, 64), (128, 512) or (300, 1200).

    Args:
        q_matrix: The questions and concepts.
        calibrated: Whether concepts have weights of their own in the head, which `KcCalibration` fits.
        options: As `NeuralTracer` takes them.

    References:
        Ozyurt et al., Personalized exercise recommendation with semantically-grounded knowledge tracing, 2025.
    """

    name: ClassVar[str] = "semantic-dkt"
    uses: ClassVar[frozenset[str]] = frozenset({"vectors"})
    needs: ClassVar[frozenset[str]] = frozenset({"vectors"})
    options: ClassVar[frozenset[str]] = NeuralTracer.options | {"vectors"}
    by_question: ClassVar[frozenset[str]] = frozenset({"question_vectors", "moved"})
    by_concept: ClassVar[frozenset[str]] = frozenset({"concept_vectors"})
    # a question that joins starts at its text's vector: nothing has moved it
    by_text: ClassVar[frozenset[str]] = by_question | by_concept

    network: "SemanticDktNetwork"

    def __init__(self, q_matrix: QMatrix, *, calibrated: bool = False, **options: Any) -> None:
        self.calibrated = calibrated
        super().__init__(q_matrix, **options)

    def settings(self) -> dict[str, Any]:
        """Those of every network, and whether it is calibrated."""
        return {**super().settings(), **({"calibrated": True} if self.calibrated else {})}

    def build(self) -> "SemanticDktNetwork":
        """The network of this size."""
        return SemanticDktNetwork(self.q_matrix, self.vectors, *SIZES[self.size], own_concepts=self.calibrated)

    def branches(self, state: Any, student: NDArray[Any], answers: Answers) -> SemanticDktState:
        """What the state alone adds to the gates is computed once a student."""
        with torch.inference_mode():
            who = torch.tensor(student, dtype=torch.int64, device=self.device)
            return self.network.branches(state, who, Step.of(answers, self.device))

    def mastery_of(self, state: Any, concepts: NDArray[Any], at_seconds: NDArray[np.float64]) -> NDArray[np.float32]:
        """The head on these concepts alone."""
        column = torch.tensor(concepts, dtype=torch.int64, device=self.device)
        with torch.inference_mode():
            return self.probability(self.network.some_concept_logits(state.hidden, column))


class SemanticDktNetwork(TracingNetwork):
    """Vectors → LSTM → factorised head.

    Args:
        q_matrix: Questions and concepts.
        vectors: Vectors of both, frozen or to tune; their length does not matter. None to learn them from nothing.
        hidden: Width of the state.
        lift: Width of the head's hidden layer.
        own_concepts: Whether the head has weights for concepts alone.
    """

    question_vectors: Tensor
    """float32 [questions, width] of length √width, zeros where learned from nothing; a weight that is never trained."""
    concept_vectors: Tensor
    """float32 [concepts, width], likewise."""
    moved: nn.Parameter | None
    """float32 [questions, width], how far training has moved the vectors; None where they are frozen."""

    def __init__(
        self, q_matrix: QMatrix, vectors: QuestionVectors | None, hidden: int, lift: int, *, own_concepts: bool = False
    ) -> None:
        super().__init__(q_matrix)
        self._from_nothing = vectors is None
        shape = len(q_matrix.question_ids), len(q_matrix.concept_ids)
        vectors = vectors or QuestionVectors.blank(*shape, LEARNED_WIDTH, tuned=True)
        self.register_buffer("question_vectors", _scaled(vectors.questions))
        self.register_buffer("concept_vectors", _scaled(vectors.concepts))
        self.moved = nn.Parameter(torch.zeros(shape[0], vectors.width)) if vectors.tuned else None
        self.answer = nn.Parameter(torch.zeros(2, vectors.width))
        self.read = nn.Linear(vectors.width, 4 * hidden)
        self.recurrent = nn.Parameter(torch.zeros(4 * hidden, hidden))
        self.head = FactorisedHead(hidden, vectors.width, lift, own_concepts=own_concepts)
        self._asked, self._asked_concepts, self._answered, self._outcomes = (Derived() for _ in range(4))

    def reset(self) -> None:
        """The two answers' rows and learned vectors of the vectors' scale, the usual uniform weights for the rest."""
        super().reset()
        nn.init.normal_(self.answer)
        if self.moved is not None:
            nn.init.normal_(self.moved, std=1.0 if self._from_nothing else 0.0)
        bound = self.recurrent.shape[1] ** -0.5
        for weight in (self.recurrent, self.read.weight, self.read.bias):
            nn.init.uniform_(weight, -bound, bound)

    def lightly_penalised(self) -> list[nn.Parameter]:
        """How far vectors have moved."""
        return [] if self.moved is None else [self.moved]

    def logits(self, batch: Sequences) -> Tensor:
        """One sweep of the LSTM; input and question parts are computed once for each question of the batch."""
        packed, vectors, own, hidden = self._read(batch)
        logits = self.head.logit(self.head.student(hidden), embedding(own, self.head.question(vectors)))
        return logits[torch.argsort(packed.index)]

    def states(self, batch: Sequences) -> Tensor:
        """State before every real answer, [answers, hidden] in row-major order of `batch.real`."""
        packed, _, _, hidden = self._read(batch)
        return hidden[torch.argsort(packed.index)]

    def start(self, n: int) -> SemanticDktState:
        """Zeros."""
        zeros = self.recurrent.new_zeros(n, self.recurrent.shape[1])
        return SemanticDktState(zeros, zeros.clone())

    def step(self, state: SemanticDktState, answer: Step) -> SemanticDktState:
        """One LSTM step."""
        return SemanticDktState(*lstm_step(self._gates(answer), state.hidden, state.cell, self.recurrent))

    def branches(self, state: SemanticDktState, student: Tensor, answer: Step) -> SemanticDktState:
        """States after each of m answers, by which of n students they are, int64 [m]."""
        of_state = state.hidden @ self.recurrent.T
        return SemanticDktState(*lstm_cell(self._gates(answer) + of_state[student], state.cell[student]))

    def question_logits(self, state: SemanticDktState, question: Tensor, at_seconds: Tensor) -> Tensor:
        """The head on every question."""
        table = self.question_table()
        return self.head.logits(self.head.student(state.hidden), table, question)

    def concept_logits(self, state: SemanticDktState, at_seconds: Tensor) -> Tensor:
        """The head on the vector of every concept."""
        return self.every_concept_logits(state.hidden)

    def every_question_logits(self, hidden: Tensor) -> Tensor:
        """Logits [n, questions] of all questions for states [n, hidden]."""
        return self.head.pairs(self.head.student(hidden), self.question_table())

    def every_concept_logits(self, hidden: Tensor) -> Tensor:
        """Logits [n, concepts] of all concepts for states [n, hidden]."""
        return self.head.pairs(self.head.student(hidden), self.concept_parts())

    def some_concept_logits(self, hidden: Tensor, concept: Tensor) -> Tensor:
        """Logits [n, m] of concepts int64 [n, m] for states [n, hidden]."""
        return self.head.logits(self.head.student(hidden), self.concept_parts(), concept)

    def concept_parts(self) -> Tensor:
        """The head's part K of every concept, [concepts, lift]; computed once for a set of weights."""
        kept = [self.concept_vectors, *self.lightly_penalised(), *self.head.concept_weights()]
        return self._asked_concepts.get(kept, lambda: self.head.concept(self.concept_table()))

    def vectors_of(self, question: Tensor) -> Tensor:
        """Vectors of questions int64 [...], [..., width]."""
        start = self.question_vectors[question]
        return start if self.moved is None else start + embedding(question, self.moved)

    def concept_table(self) -> Tensor:
        """Vectors that concepts are read by, [concepts, width].

        Each is moved by the mean of its questions' moves, unless calibration has given concepts vectors of their own.
        """
        if self.moved is None or self.head.own_concepts:
            return self.concept_vectors
        question, slot = torch.nonzero(self.concepts >= 0, as_tuple=True)
        concept = self.concepts[question, slot]
        total = torch.zeros_like(self.concept_vectors).index_add(0, concept, self.moved[question])
        count = torch.bincount(concept, minlength=len(total)).clamp(min=1)
        return self.concept_vectors + total / count[:, None]

    def question_table(self) -> Tensor:
        """The head's part K of every question, [questions, lift]; computed once for a set of weights."""
        kept = [self.question_vectors, *self.lightly_penalised(), *self.head.question_weights()]
        return self._asked.get(kept, lambda: self.head.question(self._every_vector()))

    def read_table(self) -> Tensor:
        """What every question adds to the gates, [questions, 4·hidden]; computed once for a set of weights."""
        kept = [self.question_vectors, *self.lightly_penalised(), *self.read.parameters()]
        return self._answered.get(kept, lambda: torch.as_tensor(self.read(self._every_vector())))

    def _every_vector(self) -> Tensor:
        return self.question_vectors if self.moved is None else self.question_vectors + self.moved

    def _gates(self, answer: Step) -> Tensor:
        """What answers add to the gates, [n, 4·hidden]."""
        if torch.is_grad_enabled():  # no table is kept then
            return torch.as_tensor(self.read(self.vectors_of(answer.question)) + self._of_answer(answer.correct))
        wrong, right = self._outcomes.get([self.answer, self.read.weight], self._both_answers)
        return self.read_table()[answer.question] + torch.lerp(wrong, right, answer.correct[:, None])

    def _of_answer(self, correct: Tensor) -> Tensor:
        """What credit [...] adds to the activations, [..., 4·hidden]."""
        wrong, right = self._both_answers()
        return torch.lerp(wrong, right, correct[..., None])

    def _both_answers(self) -> Tensor:
        """What a wrong and a right answer add to the activations, [2, 4·hidden]."""
        return nn.functional.linear(self.answer, self.read.weight)

    def _read(self, batch: Sequences) -> tuple[Packed, Tensor, Tensor, Tensor]:
        """Answers step by step, vectors of the different questions, which is whose, and the state before each."""
        packed = Packed.of(batch.real)
        questions, own = torch.unique(batch.question.reshape(-1)[packed.index], return_inverse=True)
        vectors = self.vectors_of(questions)
        return packed, vectors, own, self._swept(packed, vectors, own, batch.correct.reshape(-1)[packed.index])

    def _swept(self, packed: Packed, vectors: Tensor, own: Tensor, correct: Tensor) -> Tensor:
        """State before every packed answer, of which question `vectors[own]` was answered."""
        start = self.start(packed.active[0])
        followed = rows_before(packed.active, own.device)  # the last answer of each student is never read
        gates = embedding(own[followed], self.read(vectors)) + self._of_answer(correct[followed])
        return packed_lstm(Rows(gates), start.hidden, start.cell, self.recurrent, packed.active)


def _scaled(vectors: NDArray[np.float32]) -> Tensor:
    """Vectors stretched to length √width; one without length stays zero."""
    table = torch.tensor(vectors)
    return torch.as_tensor(nn.functional.normalize(table, dim=1) * table.shape[1] ** 0.5)
