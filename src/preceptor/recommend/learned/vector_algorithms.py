"""DDPG, TD3, SAC, PPO and TRPO: Tianshou's algorithms on actors that name vectors."""

import math
import warnings
from collections.abc import Callable
from typing import Any

import torch
from tianshou.algorithm.modelfree.ddpg import DDPG, ContinuousDeterministicPolicy
from tianshou.algorithm.modelfree.ppo import PPO
from tianshou.algorithm.modelfree.reinforce import ProbabilisticActorPolicy
from tianshou.algorithm.modelfree.sac import SAC, AutoAlpha, SACPolicy
from tianshou.algorithm.modelfree.td3 import TD3
from tianshou.algorithm.modelfree.trpo import TRPO
from tianshou.data import Batch
from torch import Tensor
from torch.distributions import Independent, Normal

from preceptor.recommend.learned.brain import Brain
from preceptor.recommend.learned.learner import Parts, Stateless

ALPHA_LR = 3e-3
FIRST_ALPHA = 0.01


def ddpg(parts: Parts) -> tuple[DDPG, Brain]:
    """Deterministic policy gradient."""
    brain, numbers = parts.brain("actor"), parts.settings
    algorithm = DDPG(
        policy=_deterministic(brain, parts),
        policy_optim=parts.actor_optimiser(),
        critic=parts.vector_q(),
        critic_optim=parts.critic_optimiser(),
        tau=numbers.tau,
        gamma=numbers.gamma,
        n_step_return_horizon=numbers.n_step,
    )
    return algorithm, brain


def td3(parts: Parts) -> tuple[TD3, Brain]:
    """Twin critics, delayed actor, smoothed targets."""
    brain, numbers = parts.brain("actor"), parts.settings
    algorithm = TD3(
        policy=_deterministic(brain, parts),
        policy_optim=parts.actor_optimiser(),
        critic=parts.vector_q(0),
        critic_optim=parts.critic_optimiser(),
        critic2=parts.vector_q(1),
        tau=numbers.tau,
        gamma=numbers.gamma,
        n_step_return_horizon=numbers.n_step,
    )
    return algorithm, brain


def sac(parts: Parts) -> tuple[SAC[Any], Brain]:
    """Soft actor-critic over u ~ N(μ, σ²), of which the environment reads the direction.

    The action is u itself: its density is exactly the Gaussian's, and the critic is the same along a ray. In d numbers
    log π grows like d: with d = 768 and σ ≤ 0.2 it is +146 and more, against rewards of hundredths. So log π is divided
    by d, and the weight of the entropy is learned towards the entropy of a coordinate of `entropy_target` σ.
    """
    brain, numbers = parts.brain("gaussian"), parts.settings
    share = 1 / parts.layout.vector_width if numbers.entropy_per_number else 1.0
    alpha: Any = numbers.alpha
    if alpha is None:
        each = math.log(numbers.entropy_target * math.sqrt(2 * math.pi * math.e))
        alpha = learned_alpha(each * share * parts.layout.vector_width, parts)
    policy = _SphereSacPolicy(
        actor=Stateless(brain.network),
        action_space=parts.vector_space,
        action_scaling=False,
        deterministic_eval=numbers.deterministic_eval,
    )
    policy.share = share
    algorithm: SAC[Any] = SAC(
        policy=policy,
        policy_optim=parts.actor_optimiser(),
        critic=parts.vector_q(0),
        critic_optim=parts.critic_optimiser(),
        critic2=parts.vector_q(1),
        tau=numbers.tau,
        gamma=numbers.gamma,
        alpha=alpha,
        n_step_return_horizon=numbers.n_step,
    )
    return algorithm, brain


def learned_alpha(target: float, parts: Parts) -> AutoAlpha:
    """A weight of the entropy that is learned towards a target, from a hundredth of the reward's scale."""
    first = float(torch.tensor(FIRST_ALPHA * parts.settings.reward_scale).log())
    optimiser = type(parts.actor_optimiser())(lr=ALPHA_LR)  # type: ignore[call-arg]
    return AutoAlpha(target, first, optimiser).to(parts.world.device)


def ppo(parts: Parts) -> tuple[PPO, Brain]:
    """Clipped policy gradient; one optimiser holds actor and critic.

    In d numbers the ratio of two densities leaves every range of clipping, and that of floats, after a few updates. So
    log π is divided by d: the ratio that is clipped is the geometric mean over the action's numbers. The entropy that
    is weighed is the whole one where `entropy_per_number` is off.
    """
    brain, numbers = parts.brain("gaussian"), parts.settings
    share = 1.0 if numbers.entropy_per_number else float(parts.layout.vector_width)
    algorithm = PPO(
        policy=_gaussian(brain, parts, _per_number),
        max_grad_norm=numbers.most_gradient,
        critic=parts.state_value(),
        optim=parts.actor_optimiser(),
        ent_coef=numbers.entropy_weight * share,
        advantage_normalization=numbers.normalise_advantages,
        gae_lambda=numbers.gae_lambda,
        max_batchsize=numbers.batch,
        gamma=numbers.gamma,
    )
    return algorithm, brain


def trpo(parts: Parts) -> tuple[TRPO, Brain]:
    """Natural gradient within a trust region; an optimiser of its own trains the critic."""
    brain, numbers = parts.brain("gaussian"), parts.settings
    algorithm = _QuietTrpo(
        policy=_gaussian(brain, parts, _independent),
        critic=parts.state_value(),
        optim=parts.critic_optimiser(),
        advantage_normalization=numbers.normalise_advantages,
        gae_lambda=numbers.gae_lambda,
        max_batchsize=numbers.batch,
        gamma=numbers.gamma,
    )
    return algorithm, brain


class _SphereSacPolicy(SACPolicy):
    """SAC's policy without tanh: actions are draws of a Gaussian."""

    share: float = 1.0
    """What log-probabilities are multiplied by."""

    def forward(self, batch: Any, state: Any = None, **_: Any) -> Any:
        """A draw while training, the mode after, with its log-probability [n, 1]."""
        (mean, sigma), hidden = self.actor(batch.obs, state=state, info=batch.info)
        drawn = Independent(Normal(mean, sigma), 1)
        action = drawn.mode if self.deterministic_eval and not self.is_within_training_step else drawn.rsample()
        log_prob: Tensor = self.share * drawn.log_prob(action)[:, None]  # type: ignore[no-untyped-call]
        return Batch(logits=(mean, sigma), act=action, state=hidden, dist=drawn, log_prob=log_prob)


class _QuietTrpo(TRPO):
    """A line search that steps back is no reason to warn: that is what it is for."""

    def _update_with_batch(self, *given: Any, **named: Any) -> Any:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Backtracking to step|Line search failed")
            return super()._update_with_batch(*given, **named)


def _deterministic(brain: Brain, parts: Parts) -> ContinuousDeterministicPolicy:
    return ContinuousDeterministicPolicy(
        actor=Stateless(brain.network),  # type: ignore[arg-type]
        action_space=parts.vector_space,
        action_scaling=False,
        action_bound_method=None,
    )


def _gaussian(
    brain: Brain, parts: Parts, density: Callable[[tuple[Tensor, Tensor]], Independent[Normal]]
) -> ProbabilisticActorPolicy:
    return ProbabilisticActorPolicy(
        actor=Stateless(brain.network),  # type: ignore[arg-type]
        dist_fn=density,
        deterministic_eval=parts.settings.deterministic_eval,
        action_space=parts.vector_space,
        action_scaling=False,
        action_bound_method=None,
    )


class _PerNumber(Independent[Normal]):
    """A Gaussian whose log-density and entropy are means over the numbers of a draw, not sums."""

    def log_prob(self, value: Tensor) -> Tensor:
        """[n], of draws [n, d]."""
        return torch.as_tensor(super().log_prob(value)) / value.shape[-1]  # type: ignore[no-untyped-call]

    def entropy(self) -> Tensor:
        """[n]."""
        return torch.as_tensor(super().entropy()) / self.event_shape[0]  # type: ignore[no-untyped-call]


def _per_number(given: tuple[Tensor, Tensor]) -> Independent[Normal]:
    mean, sigma = given
    return _PerNumber(Normal(mean, sigma), 1)


def _independent(given: tuple[Tensor, Tensor]) -> Independent[Normal]:
    """A Gaussian whose second number is the standard deviation itself, not its logarithm."""
    mean, sigma = given
    return Independent(Normal(mean, sigma), 1)
