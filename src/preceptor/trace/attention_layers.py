"""Parts of attention networks: heads that look back, the rest of a block, the output."""

from typing import cast

import torch
from torch import Tensor, nn

from preceptor.trace.attention import AttentionShape, AttentionState, attend, rotated, turns, weights
from preceptor.trace.attention_network import Rows


class LookBack(nn.Module):
    """Several heads of attention to earlier answers, never to the own one.

    Where nothing is before, the result is a learned vector.

    Args:
        shape: Widths.
        shared: Whether queries and keys have the same projection (kq_same of pyKT).
    """

    def __init__(self, shape: AttentionShape, *, shared: bool) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query = nn.Linear(shape.width, shape.width)
        self.own_key = None if shared else nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)
        self.mix = nn.Linear(shape.width, shape.width)
        self.nothing = nn.Parameter(torch.zeros(shape.width))

    @property
    def key(self) -> nn.Linear:
        """The projection of keys."""
        return self.own_key or self.query

    def reset_parameters(self) -> None:
        """Nothing seen is 0."""
        nn.init.zeros_(self.nothing)

    def forward(self, asked: Rows, keyed: Rows, answered: Rows) -> Tensor:
        """Every position of a batch looks at the positions before it, [students, steps, width].

        Args:
            asked: What looks, [students, steps, width].
            keyed: What is compared with it.
            answered: What is seen.
        """
        query = self._split(asked.through(self.query).all())
        turn = turns(torch.arange(query.shape[2], device=query.device), query.shape[-1])
        query = rotated(query, turn)
        key = query if self.own_key is None else rotated(self._split(keyed.through(self.own_key).all()), turn)
        seen = attend(query, key, self._split(answered.through(self.value).all()))
        mixed = self.mix(seen.transpose(1, 2).flatten(2))
        return torch.cat([mixed[:, :1] + self.nothing, mixed[:, 1:]], dim=1)

    def online(self, state: AttentionState, layer: int, asked: Tensor) -> Tensor:
        """Questions [n, m, width] look at layer `layer` of each student's window, [n, m, width]."""
        query = self._split(self.query(asked))
        query = rotated(query, self._turn(state, query)[:, None, None])
        scores = query @ state.keys[:, layer].transpose(-1, -2) / query.shape[-1] ** 0.5
        seen = weights(scores, state.filled()) @ state.values[:, layer]
        first = (state.count == 0)[:, None, None]
        return cast(Tensor, self.mix(seen.transpose(1, 2).flatten(2)) + first * self.nothing)

    def left(self, state: AttentionState, keyed: Tensor, answered: Tensor) -> tuple[Tensor, Tensor]:
        """Key and value [n, heads, width a head] that an answer leaves, from vectors [n, 1, width]."""
        key, value = self._split(self.key(keyed)), self._split(self.value(answered))
        return rotated(key, self._turn(state, key)[:, None, None])[:, :, 0], value[:, :, 0]

    def _split(self, vectors: Tensor) -> Tensor:
        return vectors.view(*vectors.shape[:-1], self.heads, vectors.shape[-1] // self.heads).transpose(1, 2)

    def _turn(self, state: AttentionState, vectors: Tensor) -> Tensor:
        return turns(state.count, vectors.shape[-1])


class Rest(nn.Module):
    """What follows attention in a block: residual sum, norm, and the feed-forward part with its own.

    Args:
        shape: Widths.
        feeds: Whether there is a feed-forward part.
    """

    def __init__(self, shape: AttentionShape, *, feeds: bool = True) -> None:
        super().__init__()
        self.drop = nn.Dropout(shape.dropout)
        self.norm = nn.LayerNorm(shape.width)
        self.feed: nn.Module | None = None
        if feeds:
            self.feed = nn.Sequential(
                nn.Linear(shape.width, shape.inner),
                nn.ReLU(),
                nn.Dropout(shape.dropout),
                nn.Linear(shape.inner, shape.width),
                nn.Dropout(shape.dropout),
            )
            self.feed_norm = nn.LayerNorm(shape.width)

    def forward(self, vectors: Tensor, seen: Tensor) -> Tensor:
        """Vectors [..., width] after what attention added."""
        vectors = self.norm(vectors + self.drop(seen))
        return vectors if self.feed is None else cast(Tensor, self.feed_norm(vectors + self.feed(vectors)))


class Block(nn.Module):
    """Attention and what follows it.

    Args:
        shape: Widths.
        shared: Whether queries and keys have the same projection.
    """

    def __init__(self, shape: AttentionShape, *, shared: bool) -> None:
        super().__init__()
        self.look = LookBack(shape, shared=shared)
        self.rest = Rest(shape)

    def forward(self, asked: Rows, keyed: Rows, answered: Rows) -> Tensor:
        """The positions of a batch after the block, see `LookBack`."""
        return cast(Tensor, self.rest(asked.all(), self.look(asked, keyed, answered)))

    def online(self, state: AttentionState, layer: int, asked: Tensor) -> Tensor:
        """Questions [n, m, width] after the block, which looks at layer `layer` of each student's window."""
        return cast(Tensor, self.rest(asked, self.look.online(state, layer, asked)))


class Output(nn.Module):
    """Hidden vector and question → two hidden layers → one logit; the question's part of the first is a look-up.

    Args:
        shape: Widths.
    """

    def __init__(self, shape: AttentionShape) -> None:
        super().__init__()
        wide, narrow = shape.head
        self.from_hidden = nn.Linear(shape.width, wide)
        self.from_question = nn.Linear(shape.width, wide, bias=False)
        self.rest = nn.Sequential(
            nn.ReLU(), nn.Dropout(shape.dropout), nn.Linear(wide, narrow), nn.ReLU(), nn.Dropout(shape.dropout)
        )
        self.logit = nn.Linear(narrow, 1)

    def forward(self, hidden: Tensor, question: Rows) -> Tensor:
        """Logits [...] from hidden [..., width] and the questions' vectors [..., width]."""
        first = self.from_hidden(hidden) + question.through(self.from_question).all()
        return cast(Tensor, self.logit(self.rest(first))[..., 0])
