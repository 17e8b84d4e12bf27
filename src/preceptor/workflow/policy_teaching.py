"""A look-ahead teaches a policy before it learns by itself."""

from typing import TYPE_CHECKING

from preceptor.domain import UserError, unknown_name
from preceptor.progress import Progress
from preceptor.recommend.learned.settings import ALGORITHMS
from preceptor.recommend.world import VectorReader
from preceptor.workflow.policy_ground import Ground
from preceptor.workflow.policy_options import PolicyOptions

if TYPE_CHECKING:
    from preceptor.recommend.learned.learner import Learner

TEACHERS = ("look-ahead", "look-ahead-pruned", "look-ahead-deep")
PUPILS = tuple(name for name, kind in ALGORITHMS.items() if kind.actions == "vector" or name == "discrete-sac")
"""Algorithms with an actor; what scores returns cannot be shown what to choose."""
EPISODES, ASTRAY = 4, 0.3
"""Lessons are episodes of as many students as play at once, this share of whose questions is drawn at random."""


def require_teacher(options: PolicyOptions) -> None:
    """Refuse a teacher that is unknown or has no pupil.

    Raises:
        UserError: Naming what there is.
    """
    if options.teacher and options.teacher not in TEACHERS:
        raise unknown_name("teacher", options.teacher, TEACHERS)
    if options.teacher and options.algorithm not in PUPILS:
        raise UserError(
            f"{options.algorithm} learns what questions return, which no teacher shows.",
            allowed=f"--teacher {options.teacher} with {', '.join(PUPILS)}",
        )


def teach(ground: Ground, learner: "Learner", options: PolicyOptions, progress: Progress) -> None:
    """Teach the brain by what the look-ahead chooses for the training students; target networks follow at once.

    Raises:
        UserError: If the teacher cannot read this world.
    """
    from preceptor.recommend import LookAhead
    from preceptor.recommend.learned.cloning import Teacher, clone, lessons_of
    from preceptor.recommend.registry import make_policy

    if not isinstance(ground.world, VectorReader):
        raise UserError(
            f"The teacher {options.teacher} reads the state of semantic-dkt, without a clock.",
            allowed="--teacher with the tracer semantic-dkt and without a clock",
        )
    env = ground.env("train", num_envs=learner.settings.envs, seed=options.seed)
    chooser = make_policy(options.teacher, ground.trained.model)
    if not isinstance(chooser, LookAhead):
        raise TypeError(f"{options.teacher} is no look-ahead.")
    lessons = lessons_of(
        env, Teacher(env, chooser), episodes=EPISODES, astray=ASTRAY, seed=options.seed, progress=progress
    )
    clone(learner.brain, lessons, learner.rows, seed=options.seed, progress=progress)
    learner.follow()
