"""Students of semantic DKT: the fast world, and the one that answers vectors, with gradients."""

from copy import deepcopy

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.domain import Log
from preceptor.mind import Minds
from preceptor.recommend.world import VectorReader
from preceptor.trace import question_rows
from preceptor.trace.lstm import lstm_step
from preceptor.trace.semantic_dkt import SemanticDktState, SemanticDktTracer

REPLAYED_AT_ONCE = 4_096
"""Most students replayed together; bounds memory, changes no result."""


class VectorWorld(VectorReader):
    """A frozen semantic DKT.

    What depends on questions and concepts alone is computed once: the input part W·z_q + b of the LSTM and the
    head's part of every question and concept. A student's part of the head is computed once a state and serves
    P(correct), mastery and the next step's P(correct).

    Gradients flow to states and action vectors where they are recorded, never to the tracer.

    Args:
        tracer: A fitted tracer.
    """

    def __init__(self, tracer: SemanticDktTracer) -> None:
        network = tracer.network
        with torch.no_grad():
            vectors = network.question_vectors if network.moved is None else network.question_vectors + network.moved
            vectors, concepts = vectors.clone(), network.concept_table().clone()
            self.head = deepcopy(network.head).requires_grad_(requires_grad=False)
            self.recurrent = network.recurrent.detach().clone()
            self.read_weight = network.read.weight.detach().clone()
            self.read_bias = network.read.bias.detach().clone()
            self.of_answer = network.answer.detach() @ self.read_weight.T  # [2, 4·hidden]: wrong, right
            self.of_question = vectors @ self.read_weight.T + self.read_bias  # [questions, 4·hidden]
            self.question_parts = self.head.question(vectors)  # [questions, lift]
            self.concept_parts = self.head.concept(concepts)  # [concepts, lift]
        self.shift, self.slope = tracer.calibration
        self.hidden = int(self.recurrent.shape[1])
        self._lifted: tuple[Tensor, Tensor] | None = None
        super().__init__(tracer.q_matrix, vectors, concepts, 2 * self.hidden)

    def start(self, minds: Minds) -> SemanticDktState:
        """The tracer's own state, as tensors that gradients may start from."""
        state: SemanticDktState = minds.tracer_state
        return SemanticDktState(state.hidden.clone(), state.cell.clone())

    def initial(self, n: int) -> SemanticDktState:
        """Students who have answered nothing."""
        zeros = self.recurrent.new_zeros(n, self.hidden)
        return SemanticDktState(zeros, zeros.clone())

    def replay(self, log: Log, students: NDArray[np.int64], stop: NDArray[np.int64]) -> SemanticDktState:
        """One LSTM step an answer for all students at once; input parts are looked up."""
        rows = torch.from_numpy(question_rows(log, self.q_matrix)).to(self.device)
        correct = torch.from_numpy(log.correct).to(self.device)
        begin = torch.from_numpy(log.offsets[students]).to(self.device)
        lengths = torch.from_numpy(np.asarray(stop)).to(self.device) - begin
        order = torch.argsort(lengths, descending=True, stable=True)
        at_once = torch.split(order, REPLAYED_AT_ONCE)
        parts = [self._replayed(rows, correct, begin[own], lengths[own]) for own in at_once]
        if not parts:
            return self.initial(0)
        return SemanticDktState.joined(parts).take(torch.argsort(order).cpu().numpy())

    @torch.no_grad()
    def _replayed(self, rows: Tensor, correct: Tensor, begin: Tensor, lengths: Tensor) -> SemanticDktState:
        """States of students by falling length."""
        state = self.initial(len(begin))
        for position in range(int(lengths.max())):
            alive = int((lengths > position).sum())
            row = begin[:alive] + position
            gates = self._gates(self.of_question[rows[row]], correct[row])
            moved = lstm_step(gates, state.hidden[:alive], state.cell[:alive], self.recurrent)
            state.hidden[:alive], state.cell[:alive] = moved
        return state

    def features(self, state: SemanticDktState) -> Tensor:
        """Hidden and cell state."""
        return torch.cat([state.hidden, state.cell], dim=1)

    def p_correct(self, state: SemanticDktState, question: Tensor, at: Tensor) -> Tensor:
        """The head on the question."""
        return self._probability(self.head.logit(self.student_part(state.hidden), self.question_parts[question]))

    def p_correct_at_vector(self, state: SemanticDktState, action: Tensor) -> Tensor:
        """P(correct), float32 [n], on an action vector [n, d] of each student."""
        return self._probability(self.head.logit(self.student_part(state.hidden), self.head.question(action)))

    def every_p_correct(self, state: SemanticDktState, at: Tensor) -> Tensor:
        """The fused head on all questions."""
        return self._probability(self.head.pairs(self.student_part(state.hidden), self.question_parts))

    def answer(self, state: SemanticDktState, question: Tensor, correct: Tensor, at: Tensor) -> SemanticDktState:
        """One LSTM step; the question's input part is looked up."""
        return self._moved(state, self.of_question[question], correct)

    def answer_at_vector(self, state: SemanticDktState, action: Tensor, correct: Tensor) -> SemanticDktState:
        """State after an answer to an action vector [n, d] of each student."""
        return self._moved(state, action @ self.read_weight.T + self.read_bias, correct)

    def mastery(self, state: SemanticDktState, at: Tensor) -> Tensor:
        """The fused head on all concepts."""
        return self._probability(self.head.pairs(self.student_part(state.hidden), self.concept_parts))

    def mastery_of(self, state: SemanticDktState, concept: Tensor, at: Tensor) -> Tensor:
        """The head on one concept."""
        return self._probability(self.head.logit(self.student_part(state.hidden), self.concept_parts[concept]))

    def student_part(self, hidden: Tensor) -> Tensor:
        """A, [n, lift], of states [n, hidden]; kept for the last state while no gradients are recorded."""
        if torch.is_grad_enabled():
            return self.head.student(hidden)
        kept = self._lifted  # read once: another thread may put its own there
        if kept is None or kept[0] is not hidden:
            kept = self._lifted = hidden, self.head.student(hidden)
        return kept[1]

    def _gates(self, of_question: Tensor, correct: Tensor) -> Tensor:
        return of_question + torch.lerp(self.of_answer[0], self.of_answer[1], correct[:, None])

    def _moved(self, state: SemanticDktState, of_question: Tensor, correct: Tensor) -> SemanticDktState:
        gates = self._gates(of_question, correct)
        return SemanticDktState(*lstm_step(gates, state.hidden, state.cell, self.recurrent))

    def _probability(self, logits: Tensor) -> Tensor:
        return torch.sigmoid(self.shift + self.slope * logits)
