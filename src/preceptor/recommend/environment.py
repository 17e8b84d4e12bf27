"""Recommendation as a game: choose a question, the student answers, mastery moves. All students at once."""

from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import normalize

from preceptor.domain import MissingExtraError
from preceptor.recommend.aims import Moments, Sight, aim_of
from preceptor.recommend.chance import ordered_students, uniforms
from preceptor.recommend.clock import Clock
from preceptor.recommend.environment_checks import check
from preceptor.recommend.objectives import Objective
from preceptor.recommend.observation import layout_of, observe
from preceptor.recommend.rules import Rules
from preceptor.recommend.students import Students
from preceptor.recommend.world import VectorReader, World, untimed

try:
    from gymnasium.spaces import Box, Discrete, MultiDiscrete
    from gymnasium.vector import AutoresetMode, VectorEnv
except ImportError as error:
    raise MissingExtraError("Training a policy", "rl") from error

HORIZON = 10
CLOSE = 1e-6
"""Cosines within this are equal."""


class StudentEnv(VectorEnv[Tensor, Tensor, Tensor]):
    """Episodes of `num_envs` students of one world, as tensors on the world's device.

    All students step together and end together; `reset` brings new ones. An answer is correct where a uniform number
    that belongs to (seed, episode, student, step) is below P(correct), so that two environments of one seed meet the
    same chance. Rewards are differences of the objective's value, which is a probability.

    Observations are rows as `layout` names them. `info` holds "question" (int64 [n], the row asked, −1 for a raw
    vector), "p_correct", "correct" and "value" (float32 [n], of what was looked at, after the answer) and "mask" (bool
    [n, questions], what may be asked next; None where all may). With the last step come "improvement" and "reachable"
    (float32 [n]): value at the end less value at the start, and 1 less value at the start, as means over all that was
    looked at. None of these tensors may be changed in place.

    Args:
        world: The students' world.
        objective: A fitted objective.
        students: Who takes part.
        num_envs: Students at once.
        rules: What may be asked.
        reward: "dense": value after less before each answer; "episode_end": the improvement, with the last answer.
        horizon: Answers of an episode; None for the clock's, or 10.
        clock: When questions are asked and the objective is judged; None where time stands still.
        actions: "discrete": rows of questions; "vector": vectors [n, d].
        snap: Whether a vector becomes the nearest question by cosine, the first of equals; otherwise the student
            answers the vector itself.
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
        check(self)
        self.aim, self.layout = aim_of(objective, world), layout_of(world, timed=clock is not None)
        self._limited = self.rules.any or not bool(self.candidates.all())
        self._directions = normalize(world.question_vectors, dim=1)
        self._episode, self._step = -1, self.horizon
        self._set_spaces()

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Tensor, dict[str, Any]]:
        """Begin an episode with the next students.

        Args:
            seed: Begin again with this seed and episode 0; None for the next episode.
            options: "students": int [num_envs], who takes part, instead of the next ones; "episode": its number.

        Returns:
            Observations and the info of a step that have a meaning before the first one: "value" and "mask".
        """
        super().reset(seed=seed)
        if seed is not None:
            self.seed, self._episode = seed, -1
        given = options or {}
        self._episode, self._step = int(given.get("episode", self._episode + 1)), 0
        own = given.get("students")
        order = (self.seed, self._episode, self.num_envs, len(self.students))
        own = ordered_students(*order, shuffle=self.shuffle) if own is None else np.asarray(own, dtype=np.int64)
        drawn = torch.as_tensor(uniforms(self.seed, self._episode, own, self.horizon + 1), device=self.world.device)
        self._chance, first = drawn[:, :-1], drawn[:, -1]
        self._begun = torch.as_tensor(self.students.last_seconds[own], device=self.world.device)
        self._asked = torch.full((self.num_envs, self.horizon), -1, device=self.world.device)
        with torch.no_grad():
            self._first = self._state = self.students.state.take(own)
            when = self._when()
            self._sight = self.aim.start(self._state, self.students.recent[own], first, when)
            self._seen: list[Sight] = []
            self._mask = self._allowed(when)
            return self._observed(when), {"value": self._sight.value, "mask": self._mask}

    def step(
        self, action: Tensor, correct: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, dict[str, Any]]:
        """Ask, answer, look again.

        Args:
            action: int64 [n], or float32 [n, d] where actions are vectors.
            correct: float32 [n], the credit that students really got, where a log is replayed; None to draw it.

        Returns:
            Observations, rewards, whether the episode is over, whether it was cut off (never), info.

        Raises:
            RuntimeError: If no episode is under way.
            ValueError: If a question may not be asked.
        """
        if self._step >= self.horizon:
            raise RuntimeError("The episode is over, or none has begun: call reset.")
        with torch.no_grad():
            info = self._answer(torch.as_tensor(action, device=self.world.device), correct)
            self._step += 1
            when, before = self._when(), self._sight
            info["value"], self._sight = self.aim.after(before, self._state, when)
            self._seen.append(before)
            self._mask = info["mask"] = self._allowed(when)
            reward, ended = info["value"] - before.value, self._step == self.horizon
            if ended:
                outcome = self.aim.outcome(self._first, self._state, self._seen, info["value"], when)
                info["improvement"], info["reachable"] = outcome
            if self.reward == "episode_end":
                reward = info["improvement"] if ended else torch.zeros_like(reward)
            over = torch.full_like(reward, ended, dtype=torch.bool)
            return self._observed(when), self.reward_scale * reward, over, torch.zeros_like(over), info

    def _answer(self, action: Tensor, known: Tensor | None) -> dict[str, Any]:
        """Ask everybody a question; moves the students."""

        def credit(p_correct: Tensor) -> Tensor:
            drawn = (self._chance[:, self._step] < p_correct).float()
            return drawn if known is None else torch.as_tensor(known, device=self.world.device).float()

        world, at = self.world, self._when().now
        if self.actions == "vector" and not self.snap:
            assert isinstance(world, VectorReader)  # `check` saw to it
            question = torch.full((self.num_envs,), -1, device=world.device)
            p_correct = world.p_correct_at_vector(self._state, action)
            correct = credit(p_correct)
            self._state = world.answer_at_vector(self._state, action, correct)
        else:
            question = self._nearest(action) if self.actions == "vector" else self._permitted(action)
            p_correct = world.p_correct(self._state, question, at)
            correct = credit(p_correct)
            self._state = world.answer(self._state, question, correct, at)
        self._asked[:, self._step] = question
        return {"question": question, "p_correct": p_correct, "correct": correct}

    def _permitted(self, question: Tensor) -> Tensor:
        if self._mask is not None and not bool(self._mask.gather(1, question[:, None]).all()):
            raise ValueError("A question was asked that the mask forbids.")
        return question

    def _nearest(self, action: Tensor) -> Tensor:
        """The allowed question of the highest cosine, int64 [n]."""
        cosine = normalize(action, dim=1) @ self._directions.T
        if self._mask is not None:
            cosine = cosine.masked_fill(~self._mask, -torch.inf)
        return (cosine >= cosine.amax(dim=1, keepdim=True) - CLOSE).view(torch.uint8).argmax(dim=1)

    def _allowed(self, when: Moments) -> Tensor | None:
        if not self._limited:
            return None
        return self.rules.mask(self.world, self._state, self.candidates, self._asked, when.now)

    def _observed(self, when: Moments) -> Tensor:
        remaining, timed = 1 - self._step / self.horizon, self.clock is not None
        return observe(self.world, self._state, self._sight, when, remaining, timed=timed)

    def _when(self) -> Moments:
        """The moment of the step to come, the judged one after the last."""
        if self.clock is None:
            nothing = untimed(self.num_envs, self.world.device)
            return Moments(nothing, nothing)
        judged = self._begun + self.clock.judged_seconds
        return Moments(self._begun + (*self.clock.offsets_seconds, self.clock.judged_seconds)[self._step], judged)

    def _set_spaces(self) -> None:
        self.metadata = {"autoreset_mode": AutoresetMode.DISABLED}
        n, width = self.num_envs, self.world.vector_width
        self.single_observation_space = Box(-np.inf, np.inf, (self.layout.width,), np.float32)
        self.observation_space = Box(-np.inf, np.inf, (n, self.layout.width), np.float32)
        if self.actions == "discrete":
            self.single_action_space = Discrete(self.world.questions)
            self.action_space = MultiDiscrete([self.world.questions] * n)
        else:
            self.single_action_space = Box(-np.inf, np.inf, (width,), np.float32)
            self.action_space = Box(-np.inf, np.inf, (n, width), np.float32)
