"""Behaviour cloning: a network learns to choose as a look-ahead does, thousands of times as fast."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import cosine_similarity, cross_entropy, one_hot

from preceptor.progress import Progress, silent
from preceptor.recommend.environment import StudentEnv
from preceptor.recommend.learned.brain import Brain
from preceptor.recommend.learned.networks import nearest_questions
from preceptor.recommend.look_ahead import LookAhead
from preceptor.recommend.vector_world import VectorWorld
from preceptor.trace.semantic_dkt import SemanticDktState

CLONED = ("actor", "gaussian", "logits", "values")
"""Kinds of brains that can be taught by example; a value then says what is chosen, not what it returns."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """What a teacher chose.

    Args:
        obs: float32 [lessons, width], observations.
        question: int64 [lessons], rows of the Q-matrix.
    """

    obs: Tensor
    question: Tensor

    def __len__(self) -> int:
        return len(self.question)


class Teacher:
    """A look-ahead that reads observations: they hold the whole state of a semantic DKT and what is looked at.

    Args:
        env: Where its pupils play, in a `VectorWorld` without a clock.
        look_ahead: Of the same tracer.

    Raises:
        ValueError: If the world is another.
    """

    def __init__(self, env: StudentEnv, look_ahead: LookAhead) -> None:
        if not isinstance(env.world, VectorWorld) or env.clock is not None:
            raise ValueError("A teacher needs a VectorWorld in which time stands still.")
        self._env, self._look_ahead = env, look_ahead

    def choose(self, obs: Tensor, mask: Tensor | None) -> Tensor:
        """The best question of each student, int64 [n].

        Args:
            obs: float32 [n, width].
            mask: bool [n, questions], what may be asked; None for the environment's bank.
        """
        return torch.as_tensor(self.promised(obs, mask).argmax(axis=1), device=obs.device)

    def promised(self, obs: Tensor, mask: Tensor | None) -> NDArray[np.float64]:
        """What every question promises, float64 [n, questions]; −∞ where it may not be asked or was not looked at."""
        allowed = (self._env.candidates.expand(len(obs), -1) if mask is None else mask).cpu().numpy()
        state = SemanticDktState(*self._env.layout.features(obs).chunk(2, dim=1))
        plan = self._look_ahead.foresee(state, allowed, self._weights(obs), np.full(len(obs), np.nan))
        return np.where(allowed, plan.improvement, -np.inf)

    def _weights(self, obs: Tensor) -> NDArray[np.float64]:
        if not self._env.objective.drawn:
            return np.tile(self._env.objective.shared_weights(), (len(obs), 1))
        concept = self._env.layout.target_id(obs)
        return one_hot(concept, self._env.world.concepts).double().cpu().numpy()


def lessons_of(
    env: StudentEnv, teacher: Teacher, *, episodes: int, astray: float, seed: int, progress: Progress = silent
) -> Lessons:
    """What the teacher would choose in every state of some episodes.

    Args:
        env: Where to play; actions are questions.
        teacher: Who chooses.
        episodes: How many of every student.
        astray: Share of questions that are asked at random instead, so that pupils learn what to do after a mistake.
        seed: Of these.
        progress: Told after every episode.
    """
    generator = torch.Generator().manual_seed(seed)
    seen: list[Tensor] = []
    chosen: list[Tensor] = []
    for episode in range(episodes):
        obs, info = env.reset()
        for _ in range(env.horizon):
            best, mask = teacher.choose(obs, info["mask"]), info["mask"]
            seen.append(obs)
            chosen.append(best)
            allowed = (env.candidates.expand(len(obs), -1) if mask is None else mask).cpu().float()
            drawn = torch.multinomial(allowed, 1, generator=generator)[:, 0].to(best.device)
            lost = (torch.rand(len(obs), generator=generator) < astray).to(best.device)
            obs, _, _, _, info = env.step(torch.where(lost, drawn, best))
        progress("lessons", episode + 1, episodes)
    return Lessons(torch.cat(seen), torch.cat(chosen))


def clone(
    brain: Brain,
    lessons: Lessons,
    rows: Tensor,
    *,
    epochs: int = 20,
    batch: int = 256,
    learning_rate: float = 1e-3,
    seed: int = 0,
    progress: Progress = silent,
) -> tuple[float, ...]:
    """Teach a brain.

    Brains that name vectors lower 1 − cosine to the chosen question's vector; those that score questions lower the
    cross-entropy of the chosen one. The weights after the last epoch stay.

    Args:
        brain: Whom; one of the kinds in `CLONED`.
        lessons: What.
        rows: int64 [bank], the row of the Q-matrix of every question of the brain's bank.
        epochs: Passes over the lessons.
        batch: Lessons a step.
        learning_rate: Of Adam.
        seed: Of their order.
        progress: Told after every epoch.

    Returns:
        Mean loss of every epoch.

    Raises:
        ValueError: If the brain's kind cannot be taught by example.
    """
    if brain.form.kind not in CLONED:
        raise ValueError(f"A brain of kind {brain.form.kind!r} learns from returns, not from examples.")
    place = torch.full((int(rows.max()) + 1,), -1, device=rows.device)
    place[rows] = torch.arange(len(rows), device=rows.device)
    obs, wanted = _able(brain, lessons, place[lessons.question])
    optimizer, generator = torch.optim.Adam(brain.parameters(), learning_rate), torch.Generator().manual_seed(seed)
    losses = []
    brain.train()
    for epoch in range(epochs if len(obs) else 0):
        spent = 0.0
        for part in torch.split(torch.randperm(len(obs), generator=generator), batch):
            loss = _loss(brain, obs[part], wanted[part])
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            optimizer.step()
            spent += float(loss.detach()) * len(part)
        losses.append(spent / len(obs))
        progress("cloning", epoch + 1, epochs)
    brain.eval()
    return tuple(losses)


def _able(brain: Brain, lessons: Lessons, wanted: Tensor) -> tuple[Tensor, Tensor]:
    """Observations and chosen places of the lessons a brain can learn: where it asks only the nearest, of these."""
    if not brain.form.nearest:
        return lessons.obs, wanted
    near = nearest_questions(brain.form.layout.target(lessons.obs), brain.bank, brain.form.nearest)
    able = (near == wanted[:, None]).any(dim=1)
    return lessons.obs[able], wanted[able]


def _loss(brain: Brain, obs: Tensor, wanted: Tensor) -> Tensor:
    if brain.form.vectors:
        named = brain.actions(obs, sampled=False)
        return torch.as_tensor((1 - cosine_similarity(named, brain.bank[wanted], dim=1)).mean())
    return cross_entropy(brain.scores(obs), wanted)
