"""Playing episodes: a policy acts, whole episodes come back as one block.

Tianshou's collector takes its environments one by one in Python; here every step is one program over all students.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from preceptor.recommend.environment import StudentEnv
from preceptor.recommend.learned.brain import Brain
from preceptor.recommend.learned.learner import Learner
from preceptor.recommend.learned.networks import on_sphere
from preceptor.recommend.learned.replay import Block

Act = Callable[[Tensor, Tensor | None], Tensor]
"""From observations [n, width] and what may be asked [n, all questions] (None: the bank) to the environment's action:
rows of questions, or vectors."""


@dataclass(frozen=True, slots=True)
class Played:
    """An episode of every student.

    Args:
        block: The transitions, as an algorithm reads them.
        question: int64 [students, horizon], rows asked; −1 where a vector was asked itself.
        improvement: float32 [students], value at the end less at the start.
        reachable: float32 [students], the most it could be.
    """

    block: Block
    question: NDArray[np.int64]
    improvement: NDArray[np.float32]
    reachable: NDArray[np.float32]


def play(env: StudentEnv, act: Act, stored: Callable[[Tensor, Tensor], Tensor] | None, episode: int) -> Played:
    """Play one episode of every student; vectors are stretched to length √d.

    Args:
        env: The students.
        act: What to do.
        stored: From the action and the rows asked to what an algorithm shall read as the action; None for the action.
        episode: Its number, which decides about students and chance.
    """
    obs, info = env.reset(options={"episode": episode})
    seen, acted, rewards, asked = [], [], [], []
    for _ in range(env.horizon):
        action = act(obs, info["mask"])
        seen.append(obs)
        obs, reward, _, _, info = env.step(on_sphere(action) if env.actions == "vector" else action)
        asked.append(info["question"])
        acted.append(stored(action, info["question"]) if stored else action)
        rewards.append(reward)
    block = Block(_flat(seen), _flat(acted), _flat(rewards), env.horizon)
    question = torch.stack(asked, dim=1).cpu().numpy()
    return Played(block, question, info["improvement"].cpu().numpy(), info["reachable"].cpu().numpy())


def _flat(steps: list[Tensor]) -> NDArray[np.float32]:
    """[steps][students, …] → [students · steps, …], whole episodes one after the other."""
    return np.ascontiguousarray(torch.stack(steps, dim=1).flatten(0, 1).cpu().numpy())


class Explorer:
    """How an algorithm acts while it learns: it tries what it would not choose.

    DDPG and TD3 add noise to vectors, DQN and C51 sometimes ask any question, Rainbow's layers are noisy, SAC, PPO and
    TRPO draw vectors and discrete SAC questions. Where real questions are asked, DDPG, TD3 and SAC also ask any
    question now and then: noise in many numbers hardly ever changes which question is nearest.

    Args:
        learner: Whose brain acts.
        env: Where.
    """

    def __init__(self, learner: Learner, env: StudentEnv) -> None:
        self.learner, self.env = learner, env
        self.brain, self.settings = learner.brain, learner.settings

    def collect(self, episode: int, done: float) -> Played:
        """Play one episode of every student, exploring.

        Args:
            episode: Its number.
            done: Share of the training that is over, 0 to 1.
        """
        first, last = self.settings.epsilon
        self.epsilon = 0.0 if self.learner.kind.on_policy else first + done * (last - first)
        self.brain.train()
        try:
            with torch.no_grad():
                act = self._vector if self.brain.form.vectors else self._question
                return play(self.env, act, self._stored(), episode)
        finally:
            self.brain.eval()

    def _stored(self) -> Callable[[Tensor, Tensor], Tensor] | None:
        if not self.brain.form.vectors:
            place = torch.full((self.env.world.questions,), -1, device=self.learner.rows.device)
            place[self.learner.rows] = torch.arange(len(self.learner.rows), device=place.device)
            return lambda action, question: place[question]
        if self.learner.kind.on_policy:  # what was drawn, whose density counts
            return None
        if self.settings.snap:  # the question that was really asked
            return lambda action, question: self.env.world.question_vectors[question]
        return lambda action, question: on_sphere(action)

    def _vector(self, obs: Tensor, mask: Tensor | None) -> Tensor:
        action = self.brain.actions(obs, sampled=True)
        if self.brain.form.kind == "actor":
            action = action + self.settings.noise * torch.randn_like(action)
        any_question = self.brain.bank[torch.randint(len(self.brain.bank), (len(obs),), device=obs.device)]
        return torch.where(self._now_and_then(obs), any_question, action)

    def _question(self, obs: Tensor, mask: Tensor | None) -> Tensor:
        if self.brain.form.rainbow:
            self.brain.draw_noise()
        scores = self.brain.scores(obs, sampled=True)
        if self.brain.form.kind != "logits":
            scores = torch.where(self._now_and_then(obs), torch.rand_like(scores), scores)
        return best_allowed(scores, self.learner.rows, mask)

    def _now_and_then(self, obs: Tensor) -> Tensor:
        return torch.rand(len(obs), 1, device=obs.device) < self.epsilon


def best_allowed(scores: Tensor, rows: Tensor, mask: Tensor | None) -> Tensor:
    """The row of the highest score among what may be asked, int64 [n].

    Args:
        scores: [n, bank].
        rows: int64 [bank].
        mask: bool [n, all questions]; None to allow the bank.
    """
    if mask is not None:
        scores = scores.masked_fill(~mask[:, rows], -torch.inf)
    return rows[scores.argmax(dim=1)]


def served(brain: Brain, rows: Tensor) -> Act:
    """How a trained brain acts: by its mode, or drawing if it is not deterministic; noisy layers are quiet."""

    def act(obs: Tensor, mask: Tensor | None) -> Tensor:
        brain.eval()  # Tianshou leaves it in training mode after an update
        with torch.no_grad():
            return best_allowed(brain.scores(obs, sampled=not brain.form.deterministic), rows, mask)

    return act
