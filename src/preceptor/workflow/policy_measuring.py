"""What a policy is worth to the tracer it was trained on: students of a split, played once."""

from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.evaluate import estimate_mean
from preceptor.workflow.policy_ground import Ground
from preceptor.workflow.policy_options import Improvement, PolicyOptions

if TYPE_CHECKING:
    from preceptor.recommend.environment import StudentEnv
    from preceptor.recommend.learned.collect import Played
    from preceptor.recommend.learned.learner import Learner

MEASURED_AT_ONCE = 2048
"""Most students of validation and test, as published."""


def measuring_env(ground: Ground, split: str, options: PolicyOptions) -> "StudentEnv":
    """The first students of a split, always the same with the same chance, who are asked real questions."""
    at_once = min(MEASURED_AT_ONCE, len(ground.students[split]))
    return ground.env(split, num_envs=at_once, shuffle=False, seed=options.seed + 1)


def played_by(env: "StudentEnv", learner: "Learner") -> "Played":
    """An episode of every student with a learner's policy as it would serve."""
    from preceptor.recommend.learned.collect import play, served

    return play(env, served(learner.brain, learner.rows), None, 0)


def played_at_random(env: "StudentEnv", rows: NDArray[np.int64], seed: int) -> "Played":
    """An episode of every student with questions drawn uniformly from `rows`."""
    from preceptor.recommend.learned.collect import best_allowed, play

    rng, bank = np.random.default_rng(seed), torch.as_tensor(rows, device=env.world.device)

    def act(obs: Tensor, mask: Tensor | None) -> Tensor:
        drawn = rng.random((len(obs), len(bank)), dtype=np.float32)
        return best_allowed(torch.as_tensor(drawn, device=obs.device), bank, mask)

    return play(env, act, None, 0)


def improvement_of(played: "Played", seed: int) -> Improvement:
    """Mean over the students with its interval, and as a share of the most it could be."""
    estimate = estimate_mean(played.improvement, np.random.default_rng(seed))
    reachable = float(played.reachable.mean(dtype=np.float64))
    return Improvement(estimate, 100 * estimate.mean / reachable if reachable > 0 else float("nan"))
