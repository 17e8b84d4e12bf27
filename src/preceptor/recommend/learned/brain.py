"""What a learned policy is: a network, and how it becomes a question."""

from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn

from preceptor.recommend.layout import Layout
from preceptor.recommend.learned.atoms import QuestionAtoms
from preceptor.recommend.learned.networks import (
    Actor,
    GaussianActor,
    NoisyLinear,
    QuestionScores,
    on_sphere,
)

MOST_NUMBERS = 2**24
"""Most numbers of distributions of returns over a whole bank that a batch of an update stands for: published results
have batches of this size, which hold the distributions of the asked questions alone."""


@dataclass(frozen=True, slots=True)
class Form:
    """Everything that makes an untrained brain, as JSON values.

    Args:
        kind: "actor" (a vector), "gaussian" (a distribution of vectors), "values" (of questions), "logits" (of a
            distribution over questions) or "atoms" (distributions of returns of questions).
        features_width: Of the layout.
        vector_width: Of the layout.
        hidden: Width of the parts' layers.
        lift: Width of the joined layer.
        most_sigma: Of a Gaussian.
        atoms: Of distributions of returns.
        most_return: The atoms lie between minus and plus this.
        rainbow: Whether layers are noisy and value and advantage apart.
        deterministic: Whether it serves by its mode.
        nearest: Only so many questions are ever chosen, the nearest to what is looked at, unless none of them may be
            asked; 0 for all.
    """

    kind: str
    features_width: int
    vector_width: int
    hidden: int
    lift: int
    most_sigma: float = 0.0
    atoms: int = 0
    most_return: float = 0.0
    rainbow: bool = False
    deterministic: bool = True
    nearest: int = 0

    @property
    def layout(self) -> Layout:
        """Of the observations it reads."""
        return Layout(self.features_width, self.vector_width)

    @property
    def vectors(self) -> bool:
        """Whether it names vectors, not questions."""
        return self.kind in ("actor", "gaussian")

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self)


class Brain(nn.Module):
    """A network with its bank, which chooses.

    Args:
        form: What it is.
        bank: float32 [questions, d], the vectors of what may be asked at all, of length √d.
    """

    bank: Tensor
    directions: Tensor
    support: Tensor

    def __init__(self, form: Form, bank: Tensor) -> None:
        super().__init__()
        self.form = form
        self.register_buffer("bank", bank, persistent=False)
        self.register_buffer(
            "support", torch.linspace(-form.most_return, form.most_return, max(form.atoms, 1)), persistent=False
        )
        if form.vectors:
            self.register_buffer("directions", on_sphere(bank), persistent=False)
        self.network = _network(form, bank)

    def use(self, bank: Tensor) -> None:
        """Choose from another bank, float32 [questions, d]."""
        self.bank = bank
        if self.form.vectors:
            self.directions = on_sphere(bank)
        if hasattr(self.network, "bank"):
            self.network.bank = bank

    def settle(self) -> None:
        """Compute once what follows from bank and weights alone, where neither changes until there is another bank."""
        if isinstance(self.network, QuestionAtoms | QuestionScores):
            self.network.settle()

    def actions(self, obs: Tensor, *, sampled: bool) -> Tensor:
        """Action vectors [n, d] of a brain that names vectors; of a Gaussian a draw or the mean."""
        if self.form.kind == "actor":
            return torch.as_tensor(self.network(obs))
        mean, sigma = self.network(obs)
        return torch.as_tensor(mean + sigma * torch.randn_like(mean) if sampled else mean)

    def scores(self, obs: Tensor, *, sampled: bool = False) -> Tensor:
        """A score of every question of the bank, [n, questions]; the highest is chosen.

        Cosines to the action vector, expected returns, or logits; a draw from logits is their highest after Gumbel
        noise.
        """
        if self.form.vectors:
            return nn.functional.normalize(self.actions(obs, sampled=sampled), dim=1) @ self.directions.T
        if isinstance(self.network, QuestionAtoms):
            return self.network.expected(obs, self.support)
        found = self.network(obs)
        if sampled and self.form.kind == "logits":
            return torch.as_tensor(found - torch.log(-torch.log(torch.rand_like(found).clamp(min=1e-20))))
        return torch.as_tensor(found)

    def draw_noise(self) -> None:
        """New noise in noisy layers."""
        for layer in self.modules():
            if isinstance(layer, NoisyLinear):
                layer.draw()


def most_at_once(questions: int, atoms: int) -> int:
    """How many students' distributions [students, questions, atoms] a batch stands for, at least one."""
    return max(1, MOST_NUMBERS // (questions * atoms))


def _network(form: Form, bank: Tensor) -> nn.Module:
    sizes = form.layout, form.hidden, form.lift
    if form.kind == "actor":
        return Actor(*sizes)
    if form.kind == "gaussian":
        return GaussianActor(*sizes, form.most_sigma)
    if form.kind == "atoms":
        layer = NoisyLinear if form.rainbow else nn.Linear
        return QuestionAtoms(*sizes, bank, form.atoms, duelling=form.rainbow, layer=layer)
    return QuestionScores(*sizes, bank, form.nearest)
