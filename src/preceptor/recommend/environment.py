"""Recommendation as a game: choose a question, the student answers, mastery moves. All students at once."""

from typing import Any, Literal

import gymnasium
import numpy as np
import torch
from gymnasium.vector import AutoresetMode, VectorEnv
from numpy.typing import NDArray
from torch import Tensor

from preceptor.domain import UserError
from preceptor.recommend.aims import Moments, aim_of
from preceptor.recommend.chance import uniforms
from preceptor.recommend.clock import Clock
from preceptor.recommend.layout import Layout
from preceptor.recommend.objectives import Objective
from preceptor.recommend.rules import Rules
from preceptor.recommend.students import Students
from preceptor.recommend.world import World, untimed

HORIZON = 10
CLOSE = 1e-6
"""Cosines within this are equal."""


class StudentEnv(VectorEnv[Tensor, Tensor, Tensor]):
    """Episodes of `num_envs` students of one world, as tensors on the world's device.

    All students step together and end together; `reset` brings new ones. An answer is correct where a uniform number
    that belongs to (seed, episode, student, step) is below P(correct), so that two environments of one seed meet the
    same chance. Rewards are differences of the objective's value, from 0 to 1 at most.

    Observations are rows as `layout` names them. `info` holds "question" (int64 [n], the row executed, −1 for a raw
    vector), "p_correct", "correct" and "value" (float32 [n], the value of what was looked at, after the answer) and
    "mask" (bool [n, questions], what may be asked next; None without rules). With the last step come "improvement"
    and "reachable" (float32 [n]): the value at the end less that at the start and its upper bound 1 − value, means over
    all that was looked at.

    Args:
        world: The students' world.
        objective: A fitted objective.
        students: Who takes part.
        num_envs: Students at once.
        rules: What may be asked.
        reward: "dense": value after less before each answer; "episode_end": their sum with the last answer.
        horizon: Answers of an episode; None for the clock's, or 10.
        clock: When questions are asked; None where time stands still.
        actions: "discrete": rows of questions; "vector": vectors [n, d].
        snap: Whether a vector becomes the nearest question by cosine, the first of equals; otherwise it is answered
            itself.
        candidates: bool [questions], the bank; None for all questions.
        shuffle: Whether students come in random order; otherwise in their own.
        reward_scale: Factor on rewards.
        seed: Seed of all randomness.

    Raises:
        UserError: If the parts do not fit together.
    """

    def __init__(
        self,
        world: World,
        objective: Objective,
        students: Students,
        *,
        num_envs: int,
        rules: Rules | None = None,
        reward: Literal["dense", "episode_end"] = "dense",
        horizon: int | None = None,
        clock: Clock | None = None,
        actions: Literal["discrete", "vector"] = "discrete",
        snap: bool = True,
        candidates: NDArray[np.bool_] | None = None,
        shuffle: bool = True,
        reward_scale: float = 1.0,
        seed: int = 0,
    ) -> None:
        self.world, self.objective, self.students = world, objective, students
        self.num_envs, self.rules, self.reward, self.clock = num_envs, rules or Rules(), reward, clock
        self.horizon = horizon or (clock.steps if clock else HORIZON)
        self.actions, self.snap, self.shuffle = actions, snap, shuffle
        self.reward_scale, self.seed = reward_scale, seed
        every = np.ones(world.questions, dtype=bool) if candidates is None else candidates
        self.candidates = torch.as_tensor(every, device=world.device)
        self._check()
        self.aim = aim_of(objective, world)
        self.layout = Layout(world.width, world.vector_width)
        self._directions = torch.nn.functional.normalize(world.question_vectors, dim=1)
        self._episode, self._step = -1, self.horizon
        self._spaces()

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Tensor, dict[str, Any]]:
        """Begin an episode with the next students.

        Args:
            seed: Begin again with this seed and episode 0; None for the next episode.
            options: "students": int [num_envs], who takes part, instead of the next ones; "episode": its number.
        """
        if seed is not None:
            self.seed, self._episode = seed, -1
        given = options or {}
        self._episode = int(given.get("episode", self._episode + 1))
        own = np.asarray(given.get("students", self._next_students()), dtype=np.int64)
        self._drawn = torch.as_tensor(uniforms(self.seed, self._episode, own, self.horizon + 1))
        self._drawn = self._drawn.to(self.world.device)
        self._begun = torch.as_tensor(self.students.last_seconds[own], device=self.world.device)
        self._step = 0
        self._asked = torch.full((self.num_envs, self.horizon), -1, device=self.world.device)
        with torch.no_grad():
            self._state = self.students.state.take(own)
            when = self._when(0)
            self._sight = self.aim.start(self._state, self.students.recent[own], self._drawn[:, -1], when)
            self._started = self._sight.value
            return self._observed(), {"value": self._sight.value, "mask": self._mask(when)}

    def step(self, action: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, dict[str, Any]]:
        """Ask, answer, look again.

        Args:
            action: int64 [n], or float32 [n, d] where actions are vectors.
        """
        if self._step >= self.horizon:
            raise RuntimeError("The episode is over, or none has begun: call reset.")
        with torch.no_grad():
            question, p_correct, correct = self._answered(action)
            self._step += 1
            when = self._when(self._step)
            before = self._sight.value
            after, self._sight = self.aim.after(self._sight, self._state, when)
            ended = self._step == self.horizon
            info = {"question": question, "p_correct": p_correct, "correct": correct, "value": after}
            info["mask"] = self._mask(when)
            reward = after - before
            done = torch.full_like(reward, ended, dtype=torch.bool)
            return self._observed(), self.reward_scale * reward, done, torch.zeros_like(done), info

    def _answered(self, action: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Questions asked, P(correct) and credit; moves the students."""
        at, world = self._when(self._step).now, self.world
        question = action if self.actions == "discrete" else self._nearest(action)
        p_correct = world.p_correct(self._state, question, at)
        correct = (self._drawn[:, self._step] < p_correct).float()
        self._state = world.answer(self._state, question, correct, at)
        self._asked[:, self._step] = question
        return question, p_correct, correct

    def _nearest(self, action: Tensor) -> Tensor:
        cosine = torch.nn.functional.normalize(action, dim=1) @ self._directions.T
        cosine = cosine.masked_fill(~self.candidates, -torch.inf)
        return (cosine >= cosine.max(dim=1, keepdim=True).values - CLOSE).int().argmax(dim=1)

    def _observed(self) -> Tensor:
        remaining = 1 - self._step / self.horizon
        sight = self._sight
        return self.layout.join(
            self.world.features(self._state), sight.vector, sight.concept, sight.value, remaining
        )

    def _mask(self, when: Moments) -> Tensor | None:
        if not self.rules.any:
            return None
        return self.rules.mask(self.world, self._state, self.candidates, self._asked, when.now)

    def _when(self, step: int) -> Moments:
        if self.clock is None:
            nothing = untimed(self.num_envs, self.world.device)
            return Moments(nothing, nothing)
        offsets = (*self.clock.offsets_seconds, self.clock.judged_seconds)
        return Moments(self._begun + offsets[step], self._begun + self.clock.judged_seconds)

    def _next_students(self) -> NDArray[np.int64]:
        """The next `num_envs` of an endless row of passes over all students."""
        n, first = len(self.students), self._episode * self.num_envs
        places = np.arange(first, first + self.num_envs)
        if not self.shuffle:
            return places % n
        passes = [np.random.default_rng([self.seed, k]).permutation(n) for k in range(first // n, places[-1] // n + 1)]
        return np.asarray(np.concatenate(passes)[places - first // n * n])

    def _check(self) -> None:
        if self.actions == "vector" and not self.world.vector_actions:
            raise UserError("These actions need a tracer that reads vectors.", allowed="semantic-dkt")

    def _spaces(self) -> None:
        box, shape = gymnasium.spaces.Box, (self.layout.width,)
        self.metadata = {"autoreset_mode": AutoresetMode.DISABLED}
        self.single_observation_space = box(-np.inf, np.inf, shape, np.float32)
        self.observation_space = box(-np.inf, np.inf, (self.num_envs, *shape), np.float32)
        if self.actions == "discrete":
            self.single_action_space = gymnasium.spaces.Discrete(self.world.questions)
            self.action_space = gymnasium.spaces.MultiDiscrete([self.world.questions] * self.num_envs)
        else:
            width = self.world.vector_width
            self.single_action_space = box(-np.inf, np.inf, (width,), np.float32)
            self.action_space = box(-np.inf, np.inf, (self.num_envs, width), np.float32)
