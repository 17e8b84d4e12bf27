"""Model-based value estimation: critics that are the tracer itself, moved one answer ahead and then trained.

With p = F_θ(s, z) and ŷ = F_θ(s, target) by the frozen tracer, and v_y the mastery of the target after answer y to z by
a trainable copy ω of the tracer, the value of asking z in state s is

    Q_ω(s, z) = p·v₁ + (1 − p)·v₀ − ŷ.

Before training this is the expected reward of one step, exactly. Dense rewards telescope, so that the value of the
best policy is the expected final mastery less today's: the same form, and v_y learns to be the first.

References:
    Ozyurt et al., Personalized exercise recommendation with semantically-grounded knowledge tracing, 2025.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from preceptor.recommend.layout import Layout
from preceptor.recommend.learned.mve_sight import Seen, Sights
from preceptor.recommend.learned.tracer_copy import HeadCopy, TracerCopy
from preceptor.recommend.vector_world import VectorWorld
from preceptor.trace.semantic_dkt import SemanticDktState


class MveCritic(nn.Module):
    """Q(s, z) of action vectors, for DDPG, TD3 and SAC.

    p and ŷ belong to the state and action that are evaluated, ŷ as it was observed there. Where actions carry
    gradients, an actor is trained: they flow through p and both outcomes, and the critic's own weights get none,
    which saves half of the work. A state without steps left is worth 0.

    Args:
        world: The calibrated tracer's world.
        layout: Where the parts of an observation stand.
        weights: [concepts], of an objective that looks at many concepts; None for one concept a student.
        twin: Seeds slight noise on the copy's last layer; None for none. Twins of equal weights would always agree.
        scale: What rewards are multiplied by.
    """

    def __init__(
        self,
        world: VectorWorld,
        layout: Layout,
        weights: Tensor | None = None,
        *,
        twin: int | None = None,
        scale: float = 1.0,
    ) -> None:
        super().__init__()
        self._sights, self._scale = Sights(world, layout, weights), scale
        self.copy = TracerCopy(self._sights, twin)

    def forward(self, obs: Any, act: Any, info: Any = None) -> Tensor:
        """Values [n, 1] of actions [n, d] in observations [n, layout.width]."""
        seen, vector = self._sights.seen(obs), self._sights.tensor(act)
        p = self._sights.world.p_correct_at_vector(SemanticDktState(seen.hidden, seen.cell), vector)
        with _held(self.copy, vector.requires_grad):
            after = self.copy.outcomes(seen, self.copy.read(vector)[:, None], self.copy.parts(seen))
        return gain(seen, p[:, None], after, self._scale)


class MveValue(nn.Module):
    """V(s) = v − ŷ of states, for PPO and TRPO: final mastery as a trainable copy of the head sees it, less today's.

    Before training it is 0; it has the scale of returns.

    Args:
        world: As `MveCritic` takes it.
        layout: Likewise.
        weights: Likewise.
        scale: Likewise.
    """

    def __init__(
        self, world: VectorWorld, layout: Layout, weights: Tensor | None = None, *, scale: float = 1.0
    ) -> None:
        super().__init__()
        self._sights, self._scale = Sights(world, layout, weights), scale
        self.copy = HeadCopy(self._sights, None)

    def forward(self, obs: Any, state: Any = None, info: Any = None) -> Tensor:
        """Values [n, 1] of observations [n, layout.width]."""
        seen = self._sights.seen(obs)
        return _left(seen, self.copy.mastery(seen.hidden[:, None], self.copy.parts(seen)), self._scale)


def gain(seen: Seen, p: Tensor, after: Tensor, scale: float) -> Tensor:
    """Q [n, m] from P(correct) [n, m] and mastery after both outcomes [n, m, 2]."""
    return _left(seen, torch.lerp(after[..., 0], after[..., 1], p), scale)


def least(seen: Seen, scale: float) -> Tensor:
    """The least Q there can be, [n, 1]: nothing is mastered afterwards."""
    return _left(seen, torch.zeros_like(seen.value)[:, None], scale)


def _left(seen: Seen, mastery: Tensor, scale: float) -> Tensor:
    """What is gained until mastery [n, m], where steps are left."""
    return torch.where(seen.going[:, None], scale * (mastery - seen.value[:, None]), 0.0)


@contextmanager
def _held(module: nn.Module, hold: bool) -> Iterator[None]:
    """No gradients to a module's weights from what is computed inside, if `hold`."""
    own = [weight for weight in module.parameters() if hold and weight.requires_grad]
    for weight in own:
        weight.requires_grad = False
    try:
        yield
    finally:
        for weight in own:
            weight.requires_grad = True
