"""Distributions of returns over atoms, for questions that are asked or, as expected values, for a whole bank."""

from typing import Self

import torch
from torch import Tensor, nn

from preceptor.recommend.layout import Layout
from preceptor.recommend.learned.networks import Layer, StateTrunk

HELD = 2**19
"""Most logits that are held at once where only expected values are wanted: 2 MB, which a core's cache keeps."""


class QuestionAtoms(nn.Module):
    """How the return after each question is distributed over fixed atoms.

    The logit of atom i for question q is u_i(s)·Pz_q/√k + v_i(s), with P a learned projection to k numbers, so that
    a bank of thousands costs k and not d multiplications an atom. Duelling takes the mean over the bank from the
    first term, so that v_i(s) alone is the state's; the term is linear in z_q, so that its mean is that of the mean
    vector.

    Args:
        layout: Of observations.
        hidden: Width of the parts' layers.
        lift: Width of the joined layer.
        bank: float32 [questions, d], rows of length √d.
        atoms: How many.
        duelling: Whether value and advantage are apart.
        layer: What the layers behind the trunk's first are made of.
    """

    bank: Tensor
    PROJECTED = 32

    def __init__(
        self,
        layout: Layout,
        hidden: int,
        lift: int,
        bank: Tensor,
        atoms: int,
        *,
        duelling: bool = False,
        layer: Layer = nn.Linear,
    ) -> None:
        super().__init__()
        self.atoms, self.duelling = atoms, duelling
        self.trunk = StateTrunk(layout, hidden, lift, layer)
        self.projection = nn.Linear(layout.vector_width, self.PROJECTED, bias=False)
        self.query = layer(lift, atoms * self.PROJECTED)
        self.level = layer(lift, atoms)
        self.register_buffer("bank", bank, persistent=False)
        self._settled: tuple[Tensor, Tensor] | None = None

    def settle(self) -> None:
        """Project the bank once for all that is asked of it; whoever changes the bank settles anew."""
        with torch.no_grad():
            self._settled = None
            self._settled = self._table(), self._middle()

    def train(self, mode: bool = True) -> Self:
        """As of every module; weights that are trained make other keys."""
        if mode:
            self._settled = None
        return super().train(mode)

    def forward(self, obs: Tensor) -> Tensor:
        """[n, layout.width] → probabilities [n, questions, atoms]."""
        query, level = self._queries(obs)
        scores = torch.einsum("nak,qk->nqa", query, self._keys(self.bank))
        return torch.softmax(scores + level[:, None], dim=-1)

    def of(self, obs: Tensor, question: Tensor) -> Tensor:
        """Probabilities [n, atoms] of one question of each student, int64 [n], rows of the bank."""
        query, level = self._queries(obs)
        scores = (query @ self._keys(self.bank[question])[:, :, None]).squeeze(-1)
        return torch.softmax(scores + level, dim=-1)

    @torch.no_grad()
    def expected(self, obs: Tensor, support: Tensor) -> Tensor:
        """Means [n, questions] of the distributions over atoms at `support` [atoms], without holding them all."""
        query, level = self._queries(obs)
        keys, sums = self._table(), torch.stack([support, torch.ones_like(support)])
        at_once = max(1, HELD // (self.atoms * len(self.bank)))
        parts = zip(torch.split(query, at_once), torch.split(level, at_once), strict=True)
        return torch.cat([_means(own @ keys, shift, sums) for own, shift in parts])

    def _queries(self, obs: Tensor) -> tuple[Tensor, Tensor]:
        """What a state asks of every atom: u(s) [n, atoms, k], and v(s) [n, atoms] less duelling's mean."""
        lifted = self.trunk(obs)
        query: Tensor = self.query(lifted).unflatten(-1, (self.atoms, self.PROJECTED))
        level: Tensor = self.level(lifted)
        if self.duelling:
            level = level - query @ self._middle()
        return query, level

    def _table(self) -> Tensor:
        """Keys of the bank, [k, questions]."""
        return self._settled[0] if self._settled else self._keys(self.bank).T.contiguous()

    def _middle(self) -> Tensor:
        """Key of the bank's mean vector, [k]."""
        return self._settled[1] if self._settled else self._keys(self.bank.mean(dim=0))

    def _keys(self, vectors: Tensor) -> Tensor:
        return torch.as_tensor(self.projection(vectors) * self.PROJECTED**-0.5)


def _means(scores: Tensor, level: Tensor, sums: Tensor) -> Tensor:
    """Σ z·eˣ / Σ eˣ, [n, questions], of x = scores [n, atoms, questions] + level [n, atoms]; overwrites the scores."""
    scores += level[:, :, None]
    scores -= scores.amax(dim=1, keepdim=True)
    weighted, whole = (sums @ scores.exp_()).unbind(dim=1)
    return weighted / whole
