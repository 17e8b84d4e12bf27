"""What a policy observes of students: the same in training and in use."""

from typing import Any

import torch
from torch import Tensor

from preceptor.recommend.aims import Moments, Sight
from preceptor.recommend.layout import Layout
from preceptor.recommend.world import World


def layout_of(world: World, *, timed: bool = False) -> Layout:
    """Layout of the observations of a world; with a clock features end with the logit of recall when it is judged."""
    return Layout(world.width + (world.concepts if timed else 0), world.vector_width)


def observe(
    world: World, state: Any, sight: Sight, when: Moments, remaining: float | Tensor, *, timed: bool = False
) -> Tensor:
    """Observations, float32 [n, width].

    Args:
        world: The students' world.
        state: The students.
        sight: What the objective looks at.
        when: Now, and when it is judged.
        remaining: Steps left as a share of the horizon, of all students or of each [n].
        timed: Whether there is a clock.
    """
    features = world.features(state)
    if timed:
        features = torch.cat([features, torch.logit(world.mastery(state, when.judged), eps=1e-4)], dim=1)
    return layout_of(world, timed=timed).join(features, sight.vector, sight.concept, sight.value, remaining)
