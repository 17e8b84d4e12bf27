"""What learned policies and their plain critics compute, in torch alone."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from preceptor.recommend.layout import Layout

Layer = Callable[[int, int], nn.Module]
"""Makes a linear layer from its widths."""


class NoisyLinear(nn.Module):
    """A linear layer that explores: y = (W + S∘(ε_out ε_inᵀ))x + b + s∘ε_out while it is trained, y = Wx + b after.

    With ε = sign(x)·√|x| of normal x, and S, s learned from 0.5/√inputs.

    Args:
        inputs: Width of the input.
        outputs: Width of the output.

    References:
        Fortunato et al., Noisy networks for exploration, 2018: factorised noise.
    """

    noise_in: Tensor
    noise_out: Tensor

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.mean = nn.Linear(inputs, outputs)
        self.weight_spread = nn.Parameter(torch.full((outputs, inputs), 0.5 * inputs**-0.5))
        self.bias_spread = nn.Parameter(torch.full((outputs,), 0.5 * inputs**-0.5))
        self.register_buffer("noise_in", torch.zeros(inputs))
        self.register_buffer("noise_out", torch.zeros(outputs))
        self.draw()

    def draw(self) -> None:
        """New noise."""
        for noise in (self.noise_in, self.noise_out):
            drawn = torch.randn_like(noise)
            noise.copy_(drawn.sign() * drawn.abs().sqrt())

    def forward(self, x: Tensor) -> Tensor:
        """[..., inputs] → [..., outputs]."""
        steady = self.mean(x)
        if not self.training:
            return torch.as_tensor(steady)
        noisy = nn.functional.linear(x * self.noise_in, self.weight_spread, self.bias_spread) * self.noise_out
        return torch.as_tensor(steady + noisy)


class StateTrunk(nn.Module):
    """ReLU(W [ReLU(W_f features); ReLU(W_z target); value; remaining] + b), of observations.

    Args:
        layout: Where the parts of an observation stand.
        hidden: Width of the parts' layers.
        out: Width of the result.
        layer: What the last layer is made of.
    """

    def __init__(self, layout: Layout, hidden: int, out: int, layer: Layer = nn.Linear) -> None:
        super().__init__()
        self.layout = layout
        self.of_features = nn.Linear(layout.features_width, hidden)
        self.of_target = nn.Linear(layout.vector_width, hidden)
        self.joined = layer(2 * hidden + 2, out)

    def forward(self, obs: Tensor) -> Tensor:
        """[n, layout.width] → [n, out]."""
        parts = [
            torch.relu(self.of_features(self.layout.features(obs))),
            torch.relu(self.of_target(self.layout.target(obs))),
            self.layout.value(obs)[..., None],
            self.layout.remaining(obs)[..., None],
        ]
        joined: Tensor = self.joined(torch.cat(parts, dim=-1))
        return torch.relu(joined)


def on_sphere(vector: Tensor) -> Tensor:
    """Stretched to length √d, as questions' vectors are."""
    return torch.as_tensor(nn.functional.normalize(vector, dim=-1) * vector.shape[-1] ** 0.5)


class Actor(nn.Module):
    """An action vector of length √d.

    Args:
        layout: Of observations.
        hidden: Width of the parts' layers.
        lift: Width of the joined layer.
    """

    def __init__(self, layout: Layout, hidden: int, lift: int) -> None:
        super().__init__()
        self.trunk = StateTrunk(layout, hidden, lift)
        self.out = nn.Linear(lift, layout.vector_width)

    def forward(self, obs: Tensor) -> Tensor:
        """[n, layout.width] → [n, d]."""
        return on_sphere(self.out(self.trunk(obs)))


class GaussianActor(nn.Module):
    """Mean on the sphere of radius √d, and a standard deviation for each coordinate.

    Args:
        layout: Of observations.
        hidden: Width of the parts' layers.
        lift: Width of the joined layer.
        most_sigma: The standard deviations lie between 0 and this.
    """

    def __init__(self, layout: Layout, hidden: int, lift: int, most_sigma: float) -> None:
        super().__init__()
        self.trunk = StateTrunk(layout, hidden, lift)
        self.mean = nn.Linear(lift, layout.vector_width)
        self.spread = nn.Linear(lift, layout.vector_width)
        self.most_sigma = most_sigma

    def forward(self, obs: Tensor) -> tuple[Tensor, Tensor]:
        """[n, layout.width] → mean and standard deviation, [n, d] each."""
        lifted = self.trunk(obs)
        return on_sphere(self.mean(lifted)), self.most_sigma * torch.sigmoid(self.spread(lifted))


class VectorQ(nn.Module):
    """Q(s, a) of an action vector; only its direction counts, as for the environment that snaps it.

    Args:
        layout: Of observations.
        hidden: Width of the parts' layers.
        lift: Width of the joined layer.
    """

    def __init__(self, layout: Layout, hidden: int, lift: int) -> None:
        super().__init__()
        self.trunk = StateTrunk(layout, hidden, hidden)
        self.of_action = nn.Linear(layout.vector_width, hidden)
        self.joined = nn.Linear(2 * hidden, lift)
        self.out = nn.Linear(lift, 1)

    def forward(self, obs: Tensor, action: Tensor) -> Tensor:
        """[n, layout.width] and [n, d] → [n]."""
        action = torch.relu(self.of_action(on_sphere(action)))
        lifted = torch.relu(self.joined(torch.cat([self.trunk(obs), action], dim=-1)))
        return torch.as_tensor(self.out(lifted).squeeze(-1))


class StateValue(nn.Module):
    """V(s).

    Args:
        layout: Of observations.
        hidden: Width of the parts' layers.
        lift: Width of the joined layer.
    """

    def __init__(self, layout: Layout, hidden: int, lift: int) -> None:
        super().__init__()
        self.trunk = StateTrunk(layout, hidden, lift)
        self.out = nn.Linear(lift, 1)

    def forward(self, obs: Tensor) -> Tensor:
        """[n, layout.width] → [n]."""
        return torch.as_tensor(self.out(self.trunk(obs)).squeeze(-1))


def nearest_questions(target: Tensor, bank: Tensor, most: int) -> Tensor:
    """The questions of a bank [questions, d] nearest to vectors [n, d] by cosine, int64 [n, most], nearest first."""
    return _nearest(target, nn.functional.normalize(bank, dim=1), most)


def _nearest(target: Tensor, directions: Tensor, most: int) -> Tensor:
    return (target @ directions.T).topk(min(most, len(directions)), dim=1).indices


class QuestionScores(nn.Module):
    """A score of every question of a bank: u(s)·z_q / √d + b(s), linear, of any sign, for a bank of any size.

    Args:
        layout: Of observations.
        hidden: Width of the parts' layers.
        lift: Width of the joined layer.
        bank: float32 [questions, d], rows of length √d.
        nearest: Only so many questions count, the nearest to what is looked at: the others are `FAR` lower, which
            leaves them no chance in a softmax, and their order where nothing else may be asked; 0 for all.
    """

    bank: Tensor
    FAR = 1e4

    def __init__(self, layout: Layout, hidden: int, lift: int, bank: Tensor, nearest: int = 0) -> None:
        super().__init__()
        self.layout, self.nearest = layout, nearest
        self.trunk = StateTrunk(layout, hidden, lift)
        self.query = nn.Linear(lift, layout.vector_width)
        self.level = nn.Linear(lift, 1)
        self.register_buffer("bank", bank, persistent=False)
        self._settled: Tensor | None = None

    def settle(self) -> None:
        """Normalise the bank once for all that is asked of it; whoever changes the bank settles anew."""
        self._settled = nn.functional.normalize(self.bank, dim=1) if self.nearest else None

    def _directions(self) -> Tensor:
        return nn.functional.normalize(self.bank, dim=1) if self._settled is None else self._settled

    def forward(self, obs: Tensor) -> Tensor:
        """[n, layout.width] → [n, questions]."""
        lifted = self.trunk(obs)
        scores = self.query(lifted) @ self.bank.T / self.bank.shape[1] ** 0.5 + self.level(lifted)
        if 0 < self.nearest < len(self.bank):
            near = _nearest(self.layout.target(obs), self._directions(), self.nearest)
            scores = scores - torch.full_like(scores, self.FAR).scatter(1, near, 0.0)
        return torch.as_tensor(scores)
