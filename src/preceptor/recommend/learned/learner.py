"""A Tianshou algorithm with the brain it teaches."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import gymnasium
import numpy as np
import torch
from tianshou.algorithm.algorithm_base import Algorithm
from tianshou.algorithm.optim import AdamOptimizerFactory, OptimizerFactory
from torch import Tensor, nn

from preceptor.recommend.layout import Layout
from preceptor.recommend.learned.brain import Brain, Form, most_at_once
from preceptor.recommend.learned.networks import StateValue, VectorQ, on_sphere
from preceptor.recommend.learned.replay import EpisodeReplay, PrioritisedEpisodeReplay
from preceptor.recommend.learned.settings import Kind, Settings, kind_of, require_critic
from preceptor.recommend.vector_world import VectorWorld
from preceptor.recommend.world import World


@dataclass(frozen=True)
class Parts:
    """What algorithms are built from.

    Args:
        world: The students' world.
        layout: Of observations.
        rows: int64 [questions], which of the world's questions may be asked.
        weights: float32 [concepts], of an objective that looks at all concepts alike for everybody; None for one
            that looks at one concept of each student.
        settings: Every number.
        critic: "plain" or "mve".
        seed: Seed of initial weights.
    """

    world: World
    layout: Layout
    rows: Tensor
    weights: Tensor | None
    settings: Settings
    critic: str
    seed: int

    @property
    def bank(self) -> Tensor:
        """Vectors of what may be asked, float32 [questions, d]."""
        return self.world.question_vectors[self.rows]

    def brain(self, kind: str, *, rainbow: bool = False) -> Brain:
        """An untrained brain of a kind of `Form`."""
        numbers = self.settings
        form = Form(
            kind,
            self.layout.features_width,
            self.layout.vector_width,
            numbers.hidden,
            numbers.lift,
            numbers.most_sigma if kind == "gaussian" else 0.0,
            numbers.atoms if kind == "atoms" else 0,
            numbers.most_return if kind == "atoms" else 0.0,
            rainbow,
            numbers.deterministic_eval,
            self.nearest if kind == "logits" else 0,
        )
        return Brain(form, self.bank).to(self.world.device)

    @property
    def nearest(self) -> int:
        """How many questions of a state the model-based critic of questions values; 0 for the whole bank."""
        return self.settings.nearest if self.critic == "mve" and len(self.rows) > self.settings.nearest else 0

    def vector_q(self, twin: int | None = None) -> nn.Module:
        """Q(s, a) [n, 1] as Tianshou calls it; twins of different numbers start from different weights."""
        sizes = self.layout, self.settings.hidden, self.settings.lift
        critic = VectorQ(*sizes) if self.critic == "plain" else self._of_tracer("mve:MveCritic", twin=twin)
        return Executed(critic, self.bank if self.settings.snap else None).to(self.world.device)

    def state_value(self) -> nn.Module:
        """V(s) [n]."""
        sizes = self.layout, self.settings.hidden, self.settings.lift
        critic = StateValue(*sizes) if self.critic == "plain" else self._of_tracer("mve:MveValue")
        return Plain(critic).to(self.world.device)

    def question_values(self, twin: int) -> nn.Module:
        """Q of every question of the bank, [n, questions]."""
        if self.critic == "plain":
            return Plain(self.brain("values").network)
        critic = self._of_tracer("mve_questions:MveQuestionValues", twin=twin, candidates=self._candidates())
        return OfRows(critic, self.rows).to(self.world.device)

    def _candidates(self) -> Callable[[Tensor], Tensor] | None:
        if not self.nearest:
            return None
        from preceptor.recommend.learned.mve_questions import NearTarget

        if not isinstance(self.world, VectorWorld):
            raise TypeError("A model-based critic needs a VectorWorld.")
        return NearTarget(self.world, self.layout, self.nearest, self.rows)

    def _of_tracer(self, name: str, **arguments: Any) -> nn.Module:
        """A critic that is a copy of the tracer; its values have the scale of returns."""
        module, _, kind = name.partition(":")
        made = getattr(import_module(f"preceptor.recommend.learned.{module}"), kind)
        critic: nn.Module = made(self.world, self.layout, self.weights, scale=self.settings.reward_scale, **arguments)
        return critic

    def actor_optimiser(self) -> OptimizerFactory:
        """Adam."""
        return AdamOptimizerFactory(lr=self.settings.actor_lr)

    def critic_optimiser(self) -> OptimizerFactory:
        """Adam."""
        return AdamOptimizerFactory(lr=self.settings.critic_lr)

    @property
    def vector_space(self) -> gymnasium.spaces.Box:
        """Of actions that are vectors."""
        return gymnasium.spaces.Box(-np.inf, np.inf, (self.layout.vector_width,), np.float32)

    @property
    def question_space(self) -> gymnasium.spaces.Discrete:
        """Of actions that are questions of the bank."""
        return gymnasium.spaces.Discrete(len(self.bank))


@dataclass(frozen=True)
class Learner:
    """An algorithm while it is trained.

    Args:
        algorithm: Tianshou's.
        brain: What it teaches; what is saved.
        kind: What the algorithm works with.
        settings: Every number.
        rows: int64 [questions], the world's rows of the brain's bank.
    """

    algorithm: Algorithm[Any, Any]
    brain: Brain
    kind: Kind
    settings: Settings
    rows: Tensor

    def follow(self) -> None:
        """Let target networks, where there are any, be what the networks are."""
        lagged = getattr(self.algorithm, "_lagged_networks", None)
        if lagged is not None:
            lagged.full_parameter_update()

    def replay(self, length: int, seed: int) -> EpisodeReplay:
        """An empty memory, in blocks of a length: one for what learns from its present policy alone."""
        blocks = 1 if self.kind.on_policy else max(1, self.settings.replay // length)
        ring = PrioritisedEpisodeReplay if self.brain.form.rainbow else EpisodeReplay
        return ring(blocks, length, seed)


def make_learner(algorithm: str, parts: Parts) -> Learner:
    """Build an algorithm over its networks; initial weights follow from `parts.seed`.

    Raises:
        UserError: If there is none of this name, or it cannot have this critic.
    """
    require_critic(algorithm, parts.critic)
    kind = kind_of(algorithm)
    module, _, function = kind.build.partition(":")
    build: Callable[[Parts], tuple[Algorithm[Any, Any], Brain]] = getattr(import_module(module), function)
    torch.manual_seed(parts.seed)
    built, brain = build(parts)
    settings = parts.settings
    if brain.form.kind == "atoms":
        settings = replace(settings, batch=min(settings.batch, most_at_once(len(parts.rows), brain.form.atoms)))
    return Learner(built, brain, kind, settings, parts.rows)


def tensor_of(values: Any, module: nn.Module) -> Tensor:
    """An array that came from a memory, or a tensor, where the module is."""
    return torch.as_tensor(values, dtype=torch.float32, device=next(module.parameters()).device)


class Stateless(nn.Module):
    """A network as Tianshou's policies call it.

    Args:
        network: From observations to what the policy reads.
    """

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, obs: Any, state: Any = None, info: Any = None) -> tuple[Any, Any]:
        """What the network says, and the state untouched."""
        return self.network(tensor_of(obs, self.network)), state


class Plain(nn.Module):
    """A critic of states, which may come as arrays.

    Args:
        network: From observations.
    """

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, obs: Any) -> Tensor:
        """What the network says."""
        return torch.as_tensor(self.network(tensor_of(obs, self.network)))


class OfRows(nn.Module):
    """A critic of all the world's questions as discrete SAC calls it for a bank.

    Where gradients are recorded, Tianshou trains a critic and gathers what it says of the questions that were asked;
    nothing else is computed then. Elsewhere it wants every question.

    Args:
        network: From observations to values [n, all questions], and `asked`, those of one question a student.
        rows: int64 [questions], the world's rows of the bank.
    """

    def __init__(self, network: nn.Module, rows: Tensor) -> None:
        super().__init__()
        self.network, self.rows = network, rows

    def forward(self, obs: Any) -> Any:
        """[n, questions], or what they can be gathered from."""
        known = tensor_of(obs, self.network)
        if torch.is_grad_enabled():
            return _Asked(self.network, self.rows, known)
        return self.network(known)[:, self.rows]


@dataclass(frozen=True)
class _Asked:
    """Values [n, questions] that are computed when they are gathered."""

    network: Any
    rows: Tensor
    obs: Tensor

    def gather(self, dim: int, question: Tensor) -> Tensor:
        """Values [n, 1] of the bank's questions int64 [n, 1], as `Tensor.gather` over dimension 1."""
        return torch.as_tensor(self.network.asked(self.obs, self.rows[question]))


class Executed(nn.Module):
    """A critic of action vectors that sees what would be asked.

    An action is stretched to length √d. With a bank it becomes the nearest question's vector, as in the environment,
    and the gradient reaches the action as if it had not (straight through): the policy moves where the critic rises
    from the question that is really asked, and nothing is learned of vectors far from any question. A question's own
    vector, which need not be of length √d where training has moved it, stays as it is.

    Args:
        critic: Q(s, a), [n].
        bank: float32 [questions, d]; None to leave actions where they are.
    """

    def __init__(self, critic: nn.Module, bank: Tensor | None) -> None:
        super().__init__()
        self.critic, self.bank = critic, bank
        self.directions = None if bank is None else nn.functional.normalize(bank, dim=1)

    def forward(self, obs: Any, action: Any) -> Tensor:
        """[n, layout.width] and [n, d] → [n, 1]."""
        wanted = tensor_of(action, self.critic)
        # what a memory holds is an array and was asked already: with a bank, a question
        if self.bank is None or isinstance(action, Tensor):
            wanted = on_sphere(wanted)
        if self.bank is not None and self.directions is not None and isinstance(action, Tensor):
            with torch.no_grad():
                nearest = (wanted @ self.directions.T).argmax(dim=1)
                moved = self.bank[nearest] - wanted
            wanted = wanted + moved
        return torch.as_tensor(self.critic(tensor_of(obs, self.critic), wanted).reshape(-1, 1))
