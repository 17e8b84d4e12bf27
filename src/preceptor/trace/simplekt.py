"""simpleKT (Liu et al., 2023) with concepts as an axis and positions that only matter by their difference."""

from typing import ClassVar, cast

import torch
from torch import Tensor, nn

from preceptor.domain import QMatrix
from preceptor.trace.attention import AttentionShape, AttentionState
from preceptor.trace.attention_layers import Block, Output
from preceptor.trace.attention_network import AttentionNetwork, AttentionTracer
from preceptor.trace.inputs import QuestionVectors
from preceptor.trace.network import TracingNetwork
from preceptor.trace.rows import Rows
from preceptor.trace.sequences import Sequences, Step


class SimpleKtTracer(AttentionTracer):
    """Questions look at earlier questions and take from their answers; an output network reads both.

    In every block the query and keys are the question vectors x, the values the answers y, strictly before the own
    position; the logit is an MLP of the last block's result and x. `size` is width 32, 128 or 256 with 1 or 2 blocks;
    "large" is the published network.
    """

    name: ClassVar[str] = "simplekt"
    shapes: ClassVar[dict[str, AttentionShape]] = {
        "small": AttentionShape(32, 32, heads=2, blocks=1, head=(32, 32)),
        "base": AttentionShape(128, 128, heads=4, blocks=2, head=(256, 128)),
        "large": AttentionShape(256, 256, heads=4, blocks=2, head=(512, 256)),
    }

    def build(self) -> TracingNetwork:
        """The network of this size."""
        return SimpleKtNetwork(self.q_matrix, self.shapes[self.size], self.questions, self.vectors)


class SimpleKtNetwork(AttentionNetwork):
    """Blocks of attention with one projection for queries and keys.

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
        super().__init__(q_matrix, shape, questions, vectors, layers=shape.blocks)
        self.blocks = nn.ModuleList(Block(shape, shared=True) for _ in range(shape.blocks))
        self.result = Output(shape)

    def logits(self, batch: Sequences) -> Tensor:
        """All blocks on all positions; the output network on real ones only."""
        asked, answers = self.looked_up(batch)
        vectors = asked.vectors
        for block in self.blocks:
            vectors = Rows(block(vectors, vectors, answers))
        return self.output(vectors.all()[batch.real], asked.at(batch.real))

    def step(self, state: AttentionState, answer: Step) -> AttentionState:
        """Every block leaves a key of what the question was there and a value of the answer."""
        vectors = self.asked(answer.question).vectors.all()[:, None]
        answered = self.answered(answer.question, answer.correct)[:, None]
        left = []
        for layer, block in enumerate(self._blocks):
            left.append(block.look.left(state, vectors, answered))
            if layer + 1 < self.layers:
                vectors = block.online(state, layer, vectors, left[-1])
        keys, values = zip(*left, strict=True)
        return state.pushed(torch.stack(keys, dim=1), torch.stack(values, dim=1))

    def hidden(self, state: AttentionState, vectors: Tensor) -> Tensor:
        """All blocks on the questions."""
        for layer, block in enumerate(self._blocks):
            vectors = block.online(state, layer, vectors)
        return vectors

    def head(self, hidden: Tensor, vectors: Rows) -> Tensor:
        """The output network."""
        return cast(Tensor, self.result(hidden, vectors))

    @property
    def _blocks(self) -> list[Block]:
        return [cast(Block, block) for block in self.blocks]
