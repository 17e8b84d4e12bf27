"""An objective in an episode: which concept it looks at, and what that is worth."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import normalize

from preceptor.recommend.objectives import Objective
from preceptor.recommend.world import World


@dataclass(frozen=True, slots=True)
class Sight:
    """What an objective looks at before a step.

    Args:
        concept: int64 [n]; −1 for many concepts.
        vector: float32 [n, d] of length √d.
        value: float32 [n], what it is worth now.
    """

    concept: Tensor
    vector: Tensor
    value: Tensor


@dataclass(frozen=True, slots=True)
class Moments:
    """Two times of each student, float64 [n]; NaN without a clock.

    Args:
        now: When the next question is asked.
        judged: When the objective is judged.
    """

    now: Tensor
    judged: Tensor


class Aim(ABC):
    """An objective over a world.

    Args:
        world: The students' world.
    """

    def __init__(self, world: World) -> None:
        self.world = world

    @abstractmethod
    def start(self, state: Any, recent: NDArray[np.int32], drawn: Tensor, when: Moments) -> Sight:
        """What it looks at first.

        Args:
            state: The students.
            recent: int32 [n, 10], rows of their last questions.
            drawn: float64 [n], uniform in 0..1, to draw by.
            when: The times.
        """

    @abstractmethod
    def after(self, sight: Sight, state: Any, when: Moments) -> tuple[Tensor, Sight]:
        """What was looked at is worth after an answer, float32 [n], and what is looked at next."""

    def outcome(self, first: Any, last: Any, seen: list[Sight], ended: Tensor, when: Moments) -> tuple[Tensor, Tensor]:
        """Improvement over an episode and its upper bound, float32 [n] each: means over all that was looked at.

        Args:
            first: The students at the start.
            last: The students at the end.
            seen: What was looked at before each step.
            ended: float32 [n], what was looked at last is worth now.
            when: The times at the end.
        """
        return ended - seen[0].value, 1 - seen[0].value


class SharedAim(Aim):
    """All concepts, with the same weights for everybody.

    Args:
        world: The students' world.
        weights: float [concepts], summing to 1.
    """

    def __init__(self, world: World, weights: NDArray[np.float64]) -> None:
        super().__init__(world)
        self.weights = torch.tensor(weights, dtype=torch.float32, device=world.device)
        self.vector = normalize(self.weights @ world.concept_vectors, dim=0) * world.vector_width**0.5

    def start(self, state: Any, recent: NDArray[np.int32], drawn: Tensor, when: Moments) -> Sight:
        """The weighted mean of all concepts."""
        value = self._value(state, when)
        many = torch.full((len(value),), -1, device=value.device)
        return Sight(many, self.vector.expand(len(value), -1), value)

    def after(self, sight: Sight, state: Any, when: Moments) -> tuple[Tensor, Sight]:
        """The same again."""
        value = self._value(state, when)
        return value, replace(sight, value=value)

    def _value(self, state: Any, when: Moments) -> Tensor:
        return self.world.mastery(state, when.judged) @ self.weights


class DrawnAim(Aim):
    """One concept of each student for the whole episode, drawn from the objective's weights.

    Args:
        world: The students' world.
        objective: A drawn objective.
    """

    def __init__(self, world: World, objective: Objective) -> None:
        super().__init__(world)
        self.objective = objective

    def start(self, state: Any, recent: NDArray[np.int32], drawn: Tensor, when: Moments) -> Sight:
        """Draw by the inverse of the cumulated weights."""
        cumulated = np.cumsum(self.objective.recent_weights(recent), axis=1)
        threshold = drawn.cpu().numpy()[:, None] * cumulated[:, -1:]
        concept = torch.as_tensor((cumulated <= threshold).sum(axis=1), device=self.world.device)
        return self._sight(concept, self.world.mastery_of(state, concept, when.judged))

    def after(self, sight: Sight, state: Any, when: Moments) -> tuple[Tensor, Sight]:
        """The same concept."""
        value = self.world.mastery_of(state, sight.concept, when.judged)
        return value, replace(sight, value=value)

    def _sight(self, concept: Tensor, value: Tensor) -> Sight:
        return Sight(concept, self.world.concept_vectors[concept], value)


class WeakestAim(DrawnAim):
    """The concept of lowest mastery, chosen anew after every answer; the first of equals."""

    def start(self, state: Any, recent: NDArray[np.int32], drawn: Tensor, when: Moments) -> Sight:
        """The weakest now."""
        return self._weakest(self.world.mastery(state, when.judged))

    def after(self, sight: Sight, state: Any, when: Moments) -> tuple[Tensor, Sight]:
        """What the old one is worth, and the weakest now."""
        mastery = self.world.mastery(state, when.judged)
        return mastery.gather(1, sight.concept[:, None])[:, 0], self._weakest(mastery)

    def outcome(self, first: Any, last: Any, seen: list[Sight], ended: Tensor, when: Moments) -> tuple[Tensor, Tensor]:
        """Each concept from the start of the episode to its end, however late it was chosen; repeats count again."""
        before = torch.stack([self.world.mastery_of(first, one.concept, when.judged) for one in seen]).mean(dim=0)
        after = torch.stack([self.world.mastery_of(last, one.concept, when.judged) for one in seen]).mean(dim=0)
        return after - before, 1 - before

    def _weakest(self, mastery: Tensor) -> Sight:
        value, concept = mastery.min(dim=1)
        return self._sight(concept, value)


def aim_of(objective: Objective, world: World) -> Aim:
    """The objective in an episode.

    Raises:
        UserError: If the objective says nothing of episodes.
    """
    if objective.moving:
        return WeakestAim(world, objective)
    return DrawnAim(world, objective) if objective.drawn else SharedAim(world, objective.shared_weights())
