"""What attention tracers share: embeddings of questions and answers, windows of keys and values, options."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from preceptor.domain import QMatrix
from preceptor.trace.attention import WINDOW, AttentionShape, AttentionState
from preceptor.trace.inputs import QuestionVectors
from preceptor.trace.network import TracingNetwork
from preceptor.trace.neural import NeuralTracer
from preceptor.trace.q_classes import distinct_concepts
from preceptor.trace.question_terms import QuestionTerms
from preceptor.trace.rows import Rows
from preceptor.trace.sequences import Sequences
from preceptor.trace.training import TrainingPlan


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions as the network reads them.

    Args:
        vectors: [..., width].
        features: What is known of the single question, see `QuestionTerms`: difficulty, learned vector, text vector.
    """

    vectors: Rows
    features: Rows

    def at(self, real: Tensor) -> "Asked":
        """Only the positions where `real` is true."""
        return Asked(self.vectors.at(real), self.features.at(real))


class AttentionNetwork(TracingNetwork):
    """Embeddings in the manner of AKT (Ghosh et al., 2020), with concepts as an axis.

    With ē_q the mean embedding of the question's concepts, μ_q its difficulty, d̄_q the mean over its concepts of
    how difficulty shows, f_q = [μ_q; v_q; z_q] what is known of it alone: the question is x = ē_q + μ_q·d̄_q + A·f_q
    and an answer with credit r is y = x + r·e⁺ + (1 − r)·e⁻ + (2r − 1)·B·f_q, where e± are one row in all or one a
    concept.

    Args:
        q_matrix: Questions and concepts.
        shape: Widths.
        questions: "none", "difficulty" or "embedding".
        vectors: Text vectors, if any.
        layers: How many pairs of keys and values an answer leaves.
        answer_rows: Rows of e⁺ and e⁻: 1, or one a concept.
    """

    def __init__(
        self,
        q_matrix: QMatrix,
        shape: AttentionShape,
        questions: str,
        vectors: QuestionVectors | None,
        *,
        layers: int,
        answer_rows: int = 1,
    ) -> None:
        super().__init__(q_matrix)
        concepts = len(q_matrix.concept_ids)
        self.shape, self.layers = shape, layers
        self.concept = nn.Parameter(torch.zeros(concepts, shape.width))
        self.spread = nn.Parameter(torch.zeros(concepts, shape.width)) if questions != "none" else None
        self.right = nn.Parameter(torch.zeros(answer_rows, shape.width))
        self.wrong = nn.Parameter(torch.zeros(answer_rows, shape.width))
        self.terms = QuestionTerms(q_matrix, shape.width, questions, vectors)
        of_question, slot = np.nonzero(q_matrix.concepts >= 0)
        self.register_buffer("pair_question", torch.from_numpy(of_question), persistent=False)
        of_concept = torch.from_numpy(q_matrix.concepts[of_question, slot].astype(np.int64))
        self.register_buffer("pair_concept", of_concept, persistent=False)

    pair_question: Tensor
    pair_concept: Tensor

    @abstractmethod
    def hidden(self, state: AttentionState, vectors: Tensor) -> Tensor:
        """What the students' answers say about questions with vectors [n or 1, m, width], [n, m, width]."""

    @abstractmethod
    def head(self, hidden: Tensor, vectors: Rows) -> Tensor:
        """Logits [...] from hidden [..., width] and the questions' vectors, without what single questions add."""

    def reset(self) -> None:
        """Embeddings with deviation 0.3; everything else as each part says."""
        super().reset()
        for table in (self.concept, self.spread, self.right, self.wrong):
            if table is not None:
                nn.init.normal_(table, std=0.3)

    def lightly_penalised(self) -> list[nn.Parameter]:
        """What is learned of single questions."""
        return self.terms.of_single_questions()

    def start(self, n: int) -> AttentionState:
        """An empty window."""
        shape = self.shape
        room = self.concept.new_zeros(n, self.layers, shape.heads, WINDOW, shape.width // shape.heads)
        return AttentionState(torch.zeros(n, dtype=torch.int64, device=room.device), room, room.clone())

    def question_logits(self, state: AttentionState, question: Tensor, at_seconds: Tensor) -> Tensor:
        """Every question looks at the window."""
        asked = self.asked(question)
        return self.output(self.hidden(state, asked.vectors.all()), asked)

    def concept_logits(self, state: AttentionState, at_seconds: Tensor) -> Tensor:
        """A question on each concept that is otherwise the mean of the questions that exercise it."""
        asked = self.average_asked()
        return self.output(self.hidden(state, asked.vectors.all()[None]), asked)

    def output(self, hidden: Tensor, asked: Asked) -> Tensor:
        """Logits [...] of questions from hidden [..., width]."""
        logits, features = self.head(hidden, asked.vectors), asked.features
        own = 0 if self.terms.difficulty is None else 1
        if self.terms.asked is not None:
            described = Rows(features.table[..., own:], features.index)
            logits = logits + (hidden * described.through(self.terms.asked).all()).sum(-1)
        return logits - features.all()[..., 0] if own else logits

    def asked(self, question: Tensor) -> Asked:
        """Questions int64 [...] as vectors."""
        spread = None if self.spread is None else self.concept_mean(self.spread, question)
        return self._asked(self.concept_mean(self.concept, question), spread, self._features(question))

    def average_asked(self) -> Asked:
        """The average question on each concept, [concepts, width]."""
        each = self._features(self.pair_question)
        total = each.new_zeros(len(self.concept), each.shape[1]).index_add(0, self.pair_concept, each)
        count = torch.bincount(self.pair_concept, minlength=len(total)).clamp(min=1)
        return self._asked(self.concept, self.spread, total / count[:, None])

    def answered(self, question: Tensor, correct: Tensor) -> Tensor:
        """Answers to `question` int64 [...] with credit `correct` [...] as vectors [..., width]."""
        right, wrong = self.right[0], self.wrong[0]
        if len(self.right) > 1:
            right, wrong = self.concept_mean(self.right, question), self.concept_mean(self.wrong, question)
        credit = correct[..., None]
        vectors = self.asked(question).vectors.all() + credit * right + (1 - credit) * wrong
        if self.terms.seen is None:
            return vectors
        swing = self.terms.seen(self._features(question)).chunk(2, dim=-1)[1]
        return vectors + torch.as_tensor((2 * credit - 1) * swing)

    def looked_up(self, batch: Sequences) -> tuple[Asked, Rows]:
        """Questions and answers of a batch, each different one worked out once."""
        question, of_question = torch.unique(batch.question, return_inverse=True)
        credit, of_credit = torch.unique(batch.correct, return_inverse=True)
        pair, of_answer = torch.unique(of_question * len(credit) + of_credit, return_inverse=True)
        asked = self.asked(question)
        answers = self.answered(question[pair // len(credit)], credit[pair % len(credit)])
        rows = Asked(Rows(asked.vectors.table, of_question), Rows(asked.features.table, of_question))
        return rows, Rows(answers, of_answer)

    def _features(self, question: Tensor) -> Tensor:
        known = self.terms
        parts = [] if known.difficulty is None else [known.difficulty[question][..., None]]
        parts += [table[question] for table in (known.vector, known.text) if table is not None]
        return torch.cat(parts, dim=-1) if parts else self.concept.new_zeros(*question.shape, 0)

    def _asked(self, concept: Tensor, spread: Tensor | None, features: Tensor) -> Asked:
        vectors = concept
        if spread is not None:
            vectors = vectors + features[..., :1] * spread
        if self.terms.seen is not None:
            vectors = vectors + self.terms.seen(features).chunk(2, dim=-1)[0]
        return Asked(Rows(vectors), Rows(features))


class AttentionTracer(NeuralTracer):
    """A tracer whose network looks at the last `WINDOW` answers.

    `shapes` says what the sizes mean; "large" is the published network.
    """

    options: ClassVar[frozenset[str]] = frozenset({"size", "questions", "vectors", "device"})
    uses: ClassVar[frozenset[str]] = frozenset({"question ids", "vectors"})
    by_question: ClassVar[frozenset[str]] = QuestionTerms.by_question("terms")
    by_text: ClassVar[frozenset[str]] = QuestionTerms.by_text("terms")
    window: ClassVar[int] = WINDOW
    plan_default: ClassVar[TrainingPlan] = TrainingPlan(window=WINDOW, learning_rate=1e-3)
    shapes: ClassVar[dict[str, AttentionShape]]

    def distinct(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where nothing is known of single questions, those with the same concepts are one class."""
        alike = self.questions == "none" and self.vectors is None
        return distinct_concepts(self.q_matrix) if alike else super().distinct()
