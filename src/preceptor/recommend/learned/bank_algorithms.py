"""DQN, C51, Rainbow and discrete SAC: Tianshou's algorithms on networks that score a bank."""

import math
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import torch
from numpy.typing import NDArray
from tianshou.algorithm.modelfree.c51 import C51, C51Policy
from tianshou.algorithm.modelfree.discrete_sac import DiscreteSAC, DiscreteSACPolicy
from tianshou.algorithm.modelfree.dqn import DQN, DiscreteQLearningPolicy
from tianshou.algorithm.modelfree.rainbow import RainbowDQN
from torch import Tensor, nn

from preceptor.recommend.learned.brain import Brain
from preceptor.recommend.learned.learner import Parts, Stateless, tensor_of
from preceptor.recommend.learned.networks import NoisyLinear
from preceptor.recommend.learned.vector_algorithms import learned_alpha


def dqn(parts: Parts) -> tuple[DQN[Any], Brain]:
    """Double Q-learning with a target network; values are linear and of any sign."""
    brain, numbers = parts.brain("values"), parts.settings
    policy = DiscreteQLearningPolicy(model=Stateless(brain.network), action_space=parts.question_space)
    algorithm: DQN[Any] = DQN(
        policy=policy,
        optim=parts.critic_optimiser(),
        gamma=numbers.gamma,
        n_step_return_horizon=numbers.n_step,
        target_update_freq=numbers.target_every,
    )
    return algorithm, brain


def c51(parts: Parts) -> tuple[C51, Brain]:
    """Distributions of returns over atoms, with a target network."""
    brain = parts.brain("atoms")
    return C51(policy=_over_atoms(brain, parts), optim=parts.critic_optimiser(), **_lookahead(parts)), brain


def rainbow(parts: Parts) -> tuple[RainbowDQN, Brain]:
    """C51 with noisy and duelling layers, several steps, the double target, and (`Learner.replay`) priorities."""
    brain = parts.brain("atoms", rainbow=True)
    algorithm = _Rainbow(policy=_over_atoms(brain, parts), optim=parts.critic_optimiser(), **_lookahead(parts))
    return algorithm, brain


def discrete_sac(parts: Parts) -> tuple[DiscreteSAC, Brain]:
    """Soft actor-critic over the bank.

    The weight of the entropy is learned towards `entropy_target` of that of drawing uniformly, log N. Where the critic
    values only some of N questions in a state, the actor draws from the same ones.
    """
    brain, numbers = parts.brain("logits"), parts.settings
    alpha: Any = numbers.alpha
    if alpha is None:
        alpha = learned_alpha(numbers.entropy_target * math.log(parts.nearest or len(parts.bank)), parts)
    algorithm = DiscreteSAC(
        policy=DiscreteSACPolicy(
            actor=Stateless(brain.network),
            action_space=parts.question_space,
            deterministic_eval=numbers.deterministic_eval,
        ),
        policy_optim=parts.actor_optimiser(),
        critic=parts.question_values(0),
        critic_optim=parts.critic_optimiser(),
        critic2=parts.question_values(1),
        tau=numbers.tau,
        gamma=numbers.gamma,
        alpha=alpha,
        n_step_return_horizon=numbers.n_step,
    )
    return algorithm, brain


class _Rainbow(RainbowDQN):
    """Tianshou's, with noisy layers that need no Tianshou to serve."""

    @staticmethod
    def _sample_noise(model: nn.Module) -> bool:
        noisy = [layer for layer in model.modules() if isinstance(layer, NoisyLinear)]
        for layer in noisy:
            layer.draw()
        return bool(noisy)


class _AtomsPolicy(C51Policy):
    """Tianshou's, which computes distributions when they are asked for, and of the questions that are."""

    def forward(self, batch: Any, state: Any = None, model: Any = None) -> Any:
        """What Tianshou's algorithms read: `act`, the questions of the highest means, and `logits[n, act, :]`."""
        called = self.model if model is None else model
        stateless: Stateless = getattr(called, "module", called)
        return _Distributions(stateless.network, tensor_of(batch.obs, stateless), self.support)


@dataclass(frozen=True)
class _Distributions:
    """Distributions [n, questions, atoms] of a whole bank, of which an update needs those of one question a state.

    Args:
        network: Whose.
        obs: [n, layout.width].
        support: [atoms].
    """

    network: Any
    obs: Tensor
    support: Tensor

    @property
    def act(self) -> NDArray[np.int64]:
        """The questions of the highest means, [n]."""
        return np.asarray(self.network.expected(self.obs, self.support).argmax(dim=1).cpu().numpy())

    @property
    def logits(self) -> Self:
        """The probabilities, by Tianshou's name."""
        return self

    def __getitem__(self, place: tuple[NDArray[np.int64], NDArray[np.int64], slice]) -> Tensor:
        """[n, atoms], of every state in order and a question of each."""
        _, question, _ = place
        return torch.as_tensor(self.network.of(self.obs, torch.as_tensor(question, device=self.obs.device)))


def _over_atoms(brain: Brain, parts: Parts) -> C51Policy:
    numbers = parts.settings
    return _AtomsPolicy(
        model=Stateless(brain.network),
        action_space=parts.question_space,
        num_atoms=numbers.atoms,
        v_min=-numbers.most_return,
        v_max=numbers.most_return,
    ).to(parts.world.device)


def _lookahead(parts: Parts) -> dict[str, Any]:
    numbers = parts.settings
    return {
        "gamma": numbers.gamma,
        "n_step_return_horizon": numbers.n_step,
        "target_update_freq": numbers.target_every,
    }
