"""A Tianshou algorithm with the brain it teaches."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import gymnasium
import numpy as np
import torch
from tianshou.algorithm.algorithm_base import Algorithm
from tianshou.algorithm.optim import AdamOptimizerFactory, OptimizerFactory
from torch import Tensor, nn

from preceptor.recommend.layout import Layout
from preceptor.recommend.learned.brain import Brain, Form
from preceptor.recommend.learned.networks import StateValue, VectorQ, on_sphere
from preceptor.recommend.learned.replay import EpisodeReplay, PrioritisedEpisodeReplay, Replay
from preceptor.recommend.learned.settings import Kind, Settings, kind_of, require_critic
from preceptor.recommend.world import World


@dataclass(frozen=True)
class Parts:
    """What algorithms are built from.

    Args:
        world: The students' world.
        layout: Of observations.
        bank: float32 [questions, d], vectors of what may be asked.
        weights: float32 [concepts], of an objective that looks at all concepts alike for everybody; None for one
            that looks at one concept of each student.
        settings: Every number.
        critic: "plain" or "mve".
        seed: Seed of initial weights.
    """

    world: World
    layout: Layout
    bank: Tensor
    weights: Tensor | None
    settings: Settings
    critic: str
    seed: int

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
        )
        return Brain(form, self.bank).to(self.world.device)

    def vector_q(self, twin: int = 0) -> nn.Module:
        """Q(s, a) [n, 1] as Tianshou calls it; twins start from different weights."""
        sizes = self.layout, self.settings.hidden, self.settings.lift
        critic: nn.Module = VectorQ(*sizes) if self.critic == "plain" else self._mve("MveCritic", twin)
        executed = Executed(self._scaled(critic), self.bank if self.settings.snap else None)
        return executed.to(self.world.device)

    def state_value(self) -> nn.Module:
        """V(s) [n]."""
        sizes = self.layout, self.settings.hidden, self.settings.lift
        critic: nn.Module = StateValue(*sizes) if self.critic == "plain" else self._mve("MveValue", 0)
        return Plain(self._scaled(critic)).to(self.world.device)

    def question_values(self, twin: int) -> nn.Module:
        """Q of every question of the bank, [n, questions]."""
        if self.critic == "plain":
            return Plain(self.brain("values").network)
        return Plain(self._scaled(self._mve("MveQuestionValues", twin))).to(self.world.device)

    def _mve(self, name: str, twin: int) -> nn.Module:
        """A critic of the tracer's, made on first use."""
        module = import_module("preceptor.recommend.learned.mve")
        arguments = {"bank": self.bank} if name == "MveQuestionValues" else {}
        made = getattr(module, name)(self.world, self.layout, weights=self.weights, seed=self.seed + twin, **arguments)
        return made  # type: ignore[no-any-return]

    def _scaled(self, critic: nn.Module) -> nn.Module:
        """A tracer's critic speaks of differences of probabilities; returns are these times the reward's scale."""
        scale = self.settings.reward_scale
        return Scaled(critic, scale) if self.critic == "mve" and scale != 1 else critic

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
    """

    algorithm: Algorithm[Any, Any]
    brain: Brain
    kind: Kind
    settings: Settings

    def replay(self, horizon: int, seed: int) -> Replay:
        """An empty memory: of what the present policy did, or of the last `replay` transitions."""
        episodes = self.settings.envs if self.kind.on_policy else max(self.settings.envs, self.settings.replay // horizon)
        if self.brain.form.rainbow:
            return PrioritisedEpisodeReplay(episodes, horizon, seed)
        return EpisodeReplay(episodes, horizon, seed)


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
    return Learner(built, brain, kind, parts.settings)


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


class Scaled(nn.Module):
    """A critic times a number.

    Args:
        network: The critic.
        scale: The number.
    """

    def __init__(self, network: nn.Module, scale: float) -> None:
        super().__init__()
        self.network, self.scale = network, scale

    def forward(self, *given: Tensor) -> Tensor:
        """Scale · critic."""
        return torch.as_tensor(self.scale * self.network(*given))


class Executed(nn.Module):
    """A critic of action vectors that sees what would be asked.

    An action is stretched to length √d. With a bank it becomes the nearest question's vector, as in the environment,
    and the gradient reaches the action as if it had not (straight through): the policy moves where the critic rises
    from the question that is really asked, and nothing is learned of vectors far from any question.

    Args:
        critic: Q(s, a), [n].
        bank: float32 [questions, d]; None to leave actions where they are.
    """

    def __init__(self, critic: nn.Module, bank: Tensor | None) -> None:
        super().__init__()
        self.critic, self.bank = critic, bank

    def forward(self, obs: Any, action: Any) -> Tensor:
        """[n, layout.width] and [n, d] → [n, 1]."""
        wanted = on_sphere(tensor_of(action, self.critic))
        # what a memory holds is an array and was asked already
        if self.bank is not None and isinstance(action, Tensor):
            wanted = wanted + (nearest(wanted, self.bank) - wanted).detach()
        return torch.as_tensor(self.critic(tensor_of(obs, self.critic), wanted)[:, None])


def nearest(action: Tensor, bank: Tensor) -> Tensor:
    """The vectors of a bank [questions, d] nearest to actions [n, d] by cosine; both of length √d."""
    with torch.no_grad():
        return bank[(action @ bank.T).argmax(dim=1)]
