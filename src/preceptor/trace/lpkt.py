"""Learning Process-consistent Knowledge Tracing (Shen et al., 2021): what an answer teaches, what time takes away."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn.functional import embedding

from preceptor.domain import QMatrix
from preceptor.trace.derived import Derived
from preceptor.trace.dropout import QuickDropout
from preceptor.trace.lpkt_sweep import ELSEWHERE, Answered, Weights, exercises, faded, gained, read_cells
from preceptor.trace.lstm import Packed
from preceptor.trace.network import TracingNetwork
from preceptor.trace.neural import NeuralTracer
from preceptor.trace.packed_rows import rows_before
from preceptor.trace.sequences import Sequences, Step
from preceptor.trace.state import ArrayState
from preceptor.trace.training import TrainingPlan

WIDTH = {"small": 16, "base": 64, "large": 128}
"""Numbers a concept by `--size`; large is as published."""

INTERVALS, DURATIONS = 42, 26
"""Rows of the tables of intervals and durations; row 0 is for what is unknown."""

REMEMBERED = 1.0
"""Logit of what an interval leaves of a cell before training; nearer 0 forgets too soon to learn long histories,
far above it the tables of intervals learn too slowly."""

_NUMBERS = 8_000_000
"""Most numbers of an intermediate result when many questions are asked about."""


@dataclass(frozen=True)
class LpktState(ArrayState):
    """What n students know, and what the next read needs of the last answer.

    Args:
        cells: float32 [n, concepts, width], after the last answer.
        gain: float32 [n, width], what the last answer taught.
        learning: float32 [n, width], the last answer itself.
        last_seconds: float64 [n], when it was given; −∞ where unknown.
    """

    cells: Tensor
    gain: Tensor
    learning: Tensor
    last_seconds: Tensor


class LpktTracer(NeuralTracer):
    """A cell of knowledge for each concept that answers add to and intervals take from.

    With e_q a question's vector, D and I rows for the answer's duration and for the interval Δ since the answer
    before, both by their logarithm in steps of √2, and q_k = 1 for the question's concepts and γ = 0.03 for all
    others, before an answer the cells fade and are read:

        h_k ← h_k ∘ σ(W_f h_k + G_f g + I_f(Δ)),    ĥ = Σ_k q_k h_k,    P = mean σ(W_p e_q + U_p ĥ + b_p),

    with g the gain of the answer before. The answer with credit r and ℓ′ the answer before then gives

        ℓ = W_l e_q + D + r·A₁ + (1 − r)·A₀,    g = σ(W_g [ℓ′; ℓ; ĥ] + I_g(Δ)) ∘ (tanh(W_t [ℓ′; ℓ; ĥ] + I_t(Δ)) + 1)/2

    and h_k ← h_k + q_k g. The published model fades when it writes; here fading happens between answers, before the
    read, so that a prediction depends on when it is made. The mastery of a concept is that of an average question
    on it. Unknown times and durations have rows of their own.

    `size` is 16, 64 or 128 numbers a concept. Memory and time grow with the number of concepts.

    References:
        Shen et al., Learning process-consistent knowledge tracing, KDD 2021.
    """

    name: ClassVar[str] = "lpkt"
    time_aware: ClassVar[bool] = True
    uses: ClassVar[frozenset[str]] = frozenset({"times", "durations", "question ids"})
    needs: ClassVar[frozenset[str]] = frozenset({"question ids"})
    by_question: ClassVar[frozenset[str]] = frozenset({"question"})
    plan_default: ClassVar[TrainingPlan] = TrainingPlan(answers_per_batch=2_000, window=500)

    def build(self) -> TracingNetwork:
        """The network of this size."""
        return LpktNetwork(self.q_matrix, WIDTH[self.size])


class LpktNetwork(TracingNetwork):
    """Cells, gain and fading.

    Args:
        q_matrix: Questions and concepts.
        width: Numbers of a cell, a question's vector and a gain.
        dropout: Share of a gain dropped while training.
    """

    def __init__(self, q_matrix: QMatrix, width: int, dropout: float = 0.2) -> None:
        super().__init__(q_matrix)
        self.count = len(q_matrix.concept_ids)
        self.question = nn.Parameter(torch.zeros(len(q_matrix.question_ids), width))
        self.cells = nn.Parameter(torch.zeros(self.count, width))
        self.credit = nn.Parameter(torch.zeros(2, width))
        self.duration = nn.Parameter(torch.zeros(DURATIONS, width))
        self.interval = nn.Parameter(torch.zeros(INTERVALS, 3 * width))
        self.of_question = nn.Linear(width, width)
        self.of_learning, self.of_known = nn.Linear(2 * width, 2 * width), nn.Linear(width, 2 * width, bias=False)
        self.fade, self.fade_gain = nn.Linear(width, width), nn.Linear(width, width, bias=False)
        self.asked, self.asked_known = nn.Linear(width, width), nn.Linear(width, width, bias=False)
        self.dropout = QuickDropout(dropout)
        self._of_concepts = Derived()
        self.register_buffer("duration_edges", _edges(DURATIONS), persistent=False)
        self.register_buffer("interval_edges", _edges(INTERVALS), persistent=False)

    duration_edges: Tensor
    interval_edges: Tensor

    def reset(self) -> None:
        """Small vectors and tables, torch's own initial weights for the layers; at first little fades."""
        super().reset()
        nn.init.constant_(self.fade.bias, REMEMBERED)
        for table in (self.question, self.cells, self.credit, self.duration, self.interval):
            nn.init.normal_(table, std=0.1)
        nn.init.normal_(self.credit)

    def lightly_penalised(self) -> list[nn.Parameter]:
        """The vectors of single questions."""
        return [self.question]

    def logits(self, batch: Sequences) -> Tensor:
        """All that does not depend on the cells is computed for the whole batch; the cells are swept through it."""
        packed = Packed.of(batch.real)
        question, correct, duration, interval = (
            column.reshape(-1)[packed.index]
            for column in (batch.question, batch.correct, batch.duration_seconds, self._intervals(batch))
        )
        learning, width = self._learning(question, correct, duration), self.question.shape[1]
        earlier = torch.cat(
            [learning.new_zeros(packed.active[0], width), learning[rows_before(packed.active, question.device)]]
        )
        row = self._of_interval(interval)
        given = self.of_learning(torch.cat([earlier, learning], dim=1)) + row[:, width:]
        kept = self.dropout(torch.ones_like(learning))
        answered = Answered(row[:, :width] + self.fade.bias, given, kept, self.concepts[question])
        logits = self._logit(self._asked(question), read_cells(self._weights(), answered, packed.active))
        return logits[torch.argsort(packed.index)]

    def start(self, n: int) -> LpktState:
        """The learned cells."""
        zeros = self.cells.new_zeros(n, self.cells.shape[1])
        unknown = torch.full((n,), -torch.inf, dtype=torch.float64, device=zeros.device)
        return LpktState(self.cells.repeat(n, 1, 1), zeros, zeros.clone(), unknown)

    def step(self, state: LpktState, answer: Step) -> LpktState:
        """Fade, then add what the answer taught."""
        interval = self._of_interval(answer.time_seconds - state.last_seconds)
        cells = self._faded(state, answer.time_seconds)
        share = self._exercises(answer.question)
        learning = self._learning(answer.question, answer.correct, answer.duration_seconds)
        given = self.of_learning(torch.cat([state.learning, learning], dim=-1)) + interval[:, self.cells.shape[1] :]
        gain = gained(self._weights(), given, (share[:, None] @ cells)[:, 0])
        last_seconds = torch.where(torch.isnan(answer.time_seconds), -torch.inf, answer.time_seconds)
        return LpktState(torch.baddbmm(cells, share[..., None], gain[:, None]), gain, learning, last_seconds)

    def question_logits(self, state: LpktState, question: Tensor, at_seconds: Tensor) -> Tensor:
        """Faded cells, read for every question."""
        cells = self._faded(state, at_seconds)
        pieces = min(max(1, question.shape[1]), 1 + question.numel() * self.count // _NUMBERS)
        return torch.cat(
            [
                self._logit(self._asked(part), self._exercises(part) @ cells)
                for part in question.tensor_split(pieces, dim=1)
            ],
            dim=1,
        )

    def concept_logits(self, state: LpktState, at_seconds: Tensor) -> Tensor:
        """Faded cells, read for an average question on every concept alone."""
        cells = self._faded(state, at_seconds)
        known = (1 - ELSEWHERE) * cells + ELSEWHERE * cells.sum(1, keepdim=True)
        return self._logit(self._of_concepts.get([self.question, *self.asked.parameters()], self._average), known)

    def _average(self) -> Tensor:
        """W_p e + b_p for the mean vector of every concept's questions, [concepts, width]."""
        question, slot = (self.concepts >= 0).nonzero(as_tuple=True)
        own = self.concepts[question, slot]
        total = torch.zeros_like(self.cells).index_add(0, own, self.question[question])
        count = torch.bincount(own, minlength=self.count).clamp(min=1)
        return torch.as_tensor(self.asked(total / count[:, None]))

    def _exercises(self, question: Tensor) -> Tensor:
        """q_k of `question` [...], [..., concepts]."""
        return exercises(self.concepts[question], self.count)

    def _intervals(self, batch: Sequences) -> Tensor:
        """Seconds since the answer before, float64 [students, steps]; not finite where unknown."""
        unknown = batch.time_seconds.new_full((len(batch.time_seconds), 1), -torch.inf)
        return batch.time_seconds - torch.cat([unknown, batch.time_seconds[:, :-1]], dim=1)

    def _of_interval(self, seconds: Tensor) -> Tensor:
        """Rows for fading and gain, [..., 3·width], of float64 [...]; not finite where unknown."""
        return embedding(_half_octave(seconds / 60, self.interval_edges), self.interval)

    def _faded(self, state: LpktState, at_seconds: Tensor) -> Tensor:
        """Cells as they are at `at_seconds` float64 [n]."""
        interval = self._of_interval(at_seconds - state.last_seconds)
        return faded(self._weights(), state.cells, state.gain, interval[:, : self.cells.shape[1]] + self.fade.bias)

    def _weights(self) -> Weights:
        return Weights(self.cells, self.fade.weight, self.fade_gain.weight, self.of_known.weight)

    def _learning(self, question: Tensor, correct: Tensor, duration_seconds: Tensor) -> Tensor:
        answered = torch.lerp(self.credit[0], self.credit[1], correct[..., None])
        took = embedding(_half_octave(duration_seconds, self.duration_edges), self.duration)
        return torch.as_tensor(self.of_question(embedding(question, self.question)) + took + answered)

    def _asked(self, question: Tensor) -> Tensor:
        return torch.as_tensor(self.asked(embedding(question, self.question)))

    def _logit(self, asked: Tensor, known: Tensor) -> Tensor:
        """Logit of the mean of σ(asked + U_p·known), [...], of [..., width] each."""
        return torch.logit(torch.sigmoid(asked + self.asked_known(known)).mean(-1), eps=1e-6)


def _half_octave(amount: Tensor, edges: Tensor) -> Tensor:
    """1 + ⌊2·log₂(1 + amount)⌋, at most the number of edges; 0 where the amount is unknown; a negative amount is 0."""
    found = torch.bucketize(amount.double().clamp(min=0), edges, right=True)
    return torch.where(torch.isfinite(amount), found, 0)


def _edges(rows: int) -> Tensor:
    """Where each of `rows` − 1 half octaves begins, float64: 0, √2 − 1, 1 and so on."""
    return torch.exp2(torch.arange(rows - 1, dtype=torch.float64) / 2) - 1
