"""Parts of attention networks: heads that look back, the rest of a block, the output."""

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from preceptor.trace.attention import AttentionShape, AttentionState, attend, rotated, shares, turns
from preceptor.trace.dropout import QuickDropout
from preceptor.trace.rows import Rows


class LookBack(nn.Module):
    """Several heads of attention to earlier answers.

    Where nothing is before, the result is a learned vector.

    Args:
        shape: Widths.
        shared: Whether queries and keys have the same projection (kq_same of pyKT).
        own: Whether a position sees itself too; only what is known before its answer may then be seen.
        decays: Whether distance acts by the decay of monotonic attention instead of rotary embeddings.
    """

    def __init__(self, shape: AttentionShape, *, shared: bool = True, own: bool = False, decays: bool = False) -> None:
        super().__init__()
        self.heads, self.own = shape.heads, own
        self.query = nn.Linear(shape.width, shape.width)
        self.own_key = None if shared else nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)
        self.mix = nn.Linear(shape.width, shape.width)
        self.nothing = None if own else nn.Parameter(torch.zeros(shape.width))
        self.raw_decay = nn.Parameter(torch.zeros(shape.heads)) if decays else None

    @property
    def decay(self) -> Tensor | None:
        """θ ≥ 0 of every head, [heads]."""
        return None if self.raw_decay is None else functional.softplus(self.raw_decay)

    def reset_parameters(self) -> None:
        """Nothing seen is 0; heads begin with decays of their own."""
        if self.nothing is not None:
            nn.init.zeros_(self.nothing)
        if self.raw_decay is not None:
            nn.init.uniform_(self.raw_decay, -1.0, 1.0)

    def forward(self, asked: Rows, keyed: Rows, answered: Rows) -> Tensor:
        """Every position of a batch looks back, [students, steps, width].

        Args:
            asked: What looks, [students, steps, width].
            keyed: What is compared with it; not read where the projection is shared.
            answered: What is seen.
        """
        query = self._split(asked.through(self.query).all())
        position = torch.arange(query.shape[2], device=query.device)
        query = self._placed(query, position)
        key = query
        if self.own_key is not None:
            key = self._placed(self._split(keyed.through(self.own_key).all()), position)
        value = self._split(answered.through(self.value).all())
        mixed = self._mixed(attend(query, key, value, own=self.own, decay=self.decay))
        if self.nothing is None:
            return mixed
        return torch.cat([mixed[:, :1] + self.nothing, mixed[:, 1:]], dim=1)

    def online(
        self, state: AttentionState, layer: int, asked: Tensor, left: tuple[Tensor, Tensor] | None = None
    ) -> Tensor:
        """Questions [n or 1, m, width] look at layer `layer` of each student's window, [n, m, width].

        Args:
            state: The students'.
            layer: Of the window.
            asked: The questions.
            left: What `left` gave for the same single question, which spares a projection.
        """
        if left is not None and self.own_key is None:
            query = left[0][:, :, None]
        else:
            query = self._placed(self._split(self.query(asked)), state.count[:, None, None])
        scaled, window = query / query.shape[-1] ** 0.5, state.keys.shape[3]
        scores = scaled @ state.keys[:, layer].transpose(-1, -2)
        if self.own:
            scores = torch.cat([scores, (scaled * query).sum(-1, keepdim=True).expand(*scores.shape[:-1], 1)], dim=-1)
        share = shares(scores, self.decay, state, own=self.own)
        result = share[..., :window] @ state.values[:, layer]
        if self.own:
            own = left[1][:, :, None] if left is not None else self._split(self.value(asked))
            result = result + share[..., window:] * own
        mixed = self._mixed(result)
        return mixed if self.nothing is None else mixed + (state.count == 0)[:, None, None] * self.nothing

    def left(self, state: AttentionState, keyed: Tensor, answered: Tensor) -> tuple[Tensor, Tensor]:
        """Key and value [n, heads, width a head] that an answer leaves, from vectors [n, 1, width]."""
        project = self.query if self.own_key is None else self.own_key
        key = self._placed(self._split(project(keyed)), state.count[:, None, None])
        return key[:, :, 0], self._split(self.value(answered))[:, :, 0]

    def _split(self, vectors: Tensor) -> Tensor:
        return vectors.view(*vectors.shape[:-1], self.heads, vectors.shape[-1] // self.heads).transpose(1, 2)

    def _mixed(self, seen: Tensor) -> Tensor:
        return cast(Tensor, self.mix(seen.transpose(1, 2).flatten(2)))

    def _placed(self, vectors: Tensor, position: Tensor) -> Tensor:
        return rotated(vectors, turns(position, vectors.shape[-1])) if self.raw_decay is None else vectors


class Rest(nn.Module):
    """What follows attention in a block: residual sum, norm, and the feed-forward part with its own.

    Args:
        shape: Widths.
        feeds: Whether there is a feed-forward part.
    """

    def __init__(self, shape: AttentionShape, *, feeds: bool = True) -> None:
        super().__init__()
        self.drop = QuickDropout(shape.dropout)
        self.norm = nn.LayerNorm(shape.width)
        self.feed: nn.Module | None = None
        if feeds:
            self.feed = nn.Sequential(
                nn.Linear(shape.width, shape.inner),
                nn.ReLU(),
                QuickDropout(shape.dropout),
                nn.Linear(shape.inner, shape.width),
                QuickDropout(shape.dropout),
            )
            self.feed_norm = nn.LayerNorm(shape.width)

    def forward(self, vectors: Tensor, seen: Tensor) -> Tensor:
        """Vectors [..., width] after what attention added."""
        vectors = self.norm(vectors + self.drop(seen))
        return vectors if self.feed is None else cast(Tensor, self.feed_norm(vectors + self.feed(vectors)))


class Block(nn.Module):
    """Attention and what follows it; see `LookBack` and `Rest`."""

    def __init__(
        self,
        shape: AttentionShape,
        *,
        shared: bool = True,
        own: bool = False,
        decays: bool = False,
        feeds: bool = True,
    ) -> None:
        super().__init__()
        self.look = LookBack(shape, shared=shared, own=own, decays=decays)
        self.rest = Rest(shape, feeds=feeds)

    def forward(self, asked: Rows, keyed: Rows, answered: Rows) -> Tensor:
        """The positions of a batch after the block, see `LookBack`."""
        return cast(Tensor, self.rest(asked.all(), self.look(asked, keyed, answered)))

    def online(
        self, state: AttentionState, layer: int, asked: Tensor, left: tuple[Tensor, Tensor] | None = None
    ) -> Tensor:
        """Questions [n, m, width] after the block, see `LookBack.online`."""
        return cast(Tensor, self.rest(asked, self.look.online(state, layer, asked, left)))


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
            nn.ReLU(), QuickDropout(shape.dropout), nn.Linear(wide, narrow), nn.ReLU(), QuickDropout(shape.dropout)
        )
        self.logit = nn.Linear(narrow, 1)

    def forward(self, hidden: Tensor, question: Rows) -> Tensor:
        """Logits [...] from hidden [..., width] and the questions' vectors [..., width]."""
        first = self.from_hidden(hidden) + question.through(self.from_question).all()
        return cast(Tensor, self.logit(self.rest(first))[..., 0])
