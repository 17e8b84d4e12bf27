"""AKT (Ghosh et al., 2020): context-aware attention whose memory fades with distance; concepts are an axis."""

from typing import ClassVar, cast

import torch
from torch import Tensor, nn

from preceptor.domain import QMatrix
from preceptor.trace.attention import AttentionShape, AttentionState
from preceptor.trace.attention_layers import Block, Output
from preceptor.trace.attention_network import AttentionNetwork, AttentionTracer
from preceptor.trace.attention_step import BlockStep, StudentWindow, Vector, alone
from preceptor.trace.inputs import QuestionVectors
from preceptor.trace.network import TracingNetwork
from preceptor.trace.rows import Rows
from preceptor.trace.sequences import Sequences, Step


class AktTracer(AttentionTracer):
    """Two encoders give context to questions and to answers, a retriever looks up the one's in the other.

    Questions see themselves and earlier questions, answers see themselves and earlier answers, the retriever sees
    only earlier answers; each by monotonic attention, see `decayed_weights`. An output network reads the retrieved
    vector and the question. `size` is width 32, 128 or 256 with one block of each kind; "large" is the published
    network, which has 1 or 4 blocks (`AktNetwork` takes any number).
    """

    name: ClassVar[str] = "akt"
    shapes: ClassVar[dict[str, AttentionShape]] = {
        "small": AttentionShape(32, 32, heads=2, head=(32, 32)),
        "base": AttentionShape(128, 256, heads=4, head=(256, 128)),
        "large": AttentionShape(256, 512, heads=8, head=(512, 256)),
    }

    def build(self) -> TracingNetwork:
        """The network of this size."""
        return AktNetwork(self.q_matrix, self.shapes[self.size], self.questions, self.vectors)


class AktNetwork(AttentionNetwork):
    """Blocks of monotonic attention.

    The window of layer k < blocks holds the answer encoder's keys and values, the layers behind it alternately those
    of question encoder and retriever.

    Args:
        q_matrix: Questions and concepts.
        shape: Widths; `blocks` of each of the three kinds.
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
        super().__init__(q_matrix, shape, questions, vectors, layers=3 * shape.blocks)
        each = range(shape.blocks)
        self.answer_encoder = nn.ModuleList(Block(shape, own=True, decays=True) for _ in each)
        self.question_encoder = nn.ModuleList(Block(shape, own=True, decays=True, feeds=False) for _ in each)
        self.retriever = nn.ModuleList(Block(shape, decays=True) for _ in each)
        self.result = Output(shape)
        self._answering = [BlockStep(block) for block in _blocks(self.answer_encoder)]
        self._asking = [BlockStep(block) for _, block in self._reading()]

    def logits(self, batch: Sequences) -> Tensor:
        """All blocks on all positions; the output network on real ones only."""
        asked, answers = self.looked_up(batch)
        for block in self.answer_encoder:
            answers = Rows(block(answers, answers, answers))
        vectors = asked.vectors
        for encode, retrieve in zip(self.question_encoder, self.retriever, strict=True):
            vectors = Rows(encode(vectors, vectors, vectors))
            vectors = Rows(retrieve(vectors, vectors, answers))
        return self.output(vectors.all()[batch.real], asked.at(batch.real))

    def step(self, state: AttentionState, answer: Step) -> AttentionState:
        """Every block leaves a key and a value."""
        if alone(state):
            return self._step_alone(state, answer)
        answered = self.answered(answer.question, answer.correct)[:, None]
        vectors, left = self.asked(answer.question).vectors.all()[:, None], []
        for layer, block in enumerate(_blocks(self.answer_encoder)):
            left.append(block.look.left(state, answered, answered))
            answered = block.online(state, layer, answered, left[-1])
        for layer, block in self._reading():
            seen = vectors if block.look.own else answered
            left.append(block.look.left(state, vectors, seen))
            if layer + 1 < self.layers:
                vectors = block.online(state, layer, vectors, left[-1])
        keys, values = zip(*left, strict=True)
        return state.pushed(torch.stack(keys, dim=1), torch.stack(values, dim=1))

    def _step_alone(self, state: AttentionState, answer: Step) -> AttentionState:
        answered = self.answered(answer.question, answer.correct)[0].detach().numpy()
        vector = self.asked(answer.question).vectors.all()[0].detach().numpy()
        window, left = StudentWindow(state), list[tuple[Vector, Vector]]()
        for layer, block in enumerate(self._answering):
            left.append(block.left(answered, answered))
            answered = block.seen(window, layer, answered, left[-1])
        for layer, block in enumerate(self._asking, start=self.shape.blocks):
            left.append(block.left(vector, vector if block.own else answered))
            if layer + 1 < self.layers:
                vector = block.seen(window, layer, vector, left[-1])
        return window.pushed(left)

    def hidden(self, state: AttentionState, vectors: Tensor) -> Tensor:
        """Question encoder and retriever on the questions."""
        for layer, block in self._reading():
            vectors = block.online(state, layer, vectors)
        return vectors

    def head(self, hidden: Tensor, vectors: Rows) -> Tensor:
        """The output network."""
        return cast(Tensor, self.result(hidden, vectors))

    def _reading(self) -> list[tuple[int, Block]]:
        """Blocks that questions go through, with their layers."""
        pairs = zip(_blocks(self.question_encoder), _blocks(self.retriever), strict=True)
        return list(enumerate((block for pair in pairs for block in pair), start=self.shape.blocks))


def _blocks(blocks: nn.ModuleList) -> list[Block]:
    return [cast(Block, block) for block in blocks]
