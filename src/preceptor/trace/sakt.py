"""SAKT (Pandey & Karypis, 2019) with concepts as an axis and positions that only matter by their difference."""

from typing import ClassVar, cast

from torch import Tensor, nn

from preceptor.domain import QMatrix
from preceptor.trace.attention import AttentionShape, AttentionState
from preceptor.trace.attention_layers import Block
from preceptor.trace.attention_network import AttentionNetwork, AttentionTracer
from preceptor.trace.dropout import QuickDropout
from preceptor.trace.inputs import QuestionVectors
from preceptor.trace.network import TracingNetwork
from preceptor.trace.rows import Rows
from preceptor.trace.sequences import Sequences, Step


class SaktTracer(AttentionTracer):
    """The question to come looks at the answers so far.

    One block: the query is the question x, keys and values are the earlier answers y, which have an embedding of
    their own for every concept, right and wrong; the logit is linear in the block's result. `size` is width 32, 128
    or 256; "large" is the published network.
    """

    name: ClassVar[str] = "sakt"
    shapes: ClassVar[dict[str, AttentionShape]] = {
        "small": AttentionShape(32, 32, heads=2),
        "base": AttentionShape(128, 128, heads=4),
        "large": AttentionShape(256, 256, heads=8),
    }

    def build(self) -> TracingNetwork:
        """The network of this size."""
        return SaktNetwork(self.q_matrix, self.shapes[self.size], self.questions, self.vectors)


class SaktNetwork(AttentionNetwork):
    """One block whose keys and values are answers.

    Args:
        q_matrix: Questions and concepts.
        shape: Widths.
        questions: "none", "difficulty" or "embedding".
        vectors: Text vectors, if any.
    """

    def __init__(
        self,
        q_matrix: QMatrix,
        shape: AttentionShape,
        questions: str = "none",
        vectors: QuestionVectors | None = None,
    ) -> None:
        rows = len(q_matrix.concept_ids)
        super().__init__(q_matrix, shape, questions, vectors, layers=1, answer_rows=rows)
        self.block = Block(shape, shared=False)
        self.drop = QuickDropout(shape.dropout)
        self.logit = nn.Linear(shape.width, 1)

    def logits(self, batch: Sequences) -> Tensor:
        """The block on all positions; the logit of real ones only."""
        asked, answers = self.looked_up(batch)
        hidden = self.block(asked.vectors, answers, answers)
        return self.output(hidden[batch.real], asked.at(batch.real))

    def step(self, state: AttentionState, answer: Step) -> AttentionState:
        """The answer leaves its key and value."""
        answered = self.answered(answer.question, answer.correct)[:, None]
        key, value = self.block.look.left(state, answered, answered)
        return state.pushed(key[:, None], value[:, None])

    def hidden(self, state: AttentionState, vectors: Tensor) -> Tensor:
        """The block on the questions."""
        return self.block.online(state, 0, vectors)

    def head(self, hidden: Tensor, vectors: Rows) -> Tensor:
        """A linear layer."""
        return cast(Tensor, self.logit(self.drop(hidden))[..., 0])
