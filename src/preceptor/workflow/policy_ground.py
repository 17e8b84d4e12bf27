"""What a policy is trained on: the course's tracer, its students by split, and the questions that may be asked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray

from preceptor.course import Course
from preceptor.data import split_by_student
from preceptor.domain import Bank, UserError, unknown_name
from preceptor.recommend import Objective
from preceptor.recommend.learned.episode import Episode
from preceptor.recommend.students import Students
from preceptor.recommend.world import VectorReader, World
from preceptor.recommend.worlds import world_for
from preceptor.workflow.models import TrainedMind, load_trained
from preceptor.workflow.policy_options import BANKS, PolicyOptions
from preceptor.workflow.policy_terms import terms_of
from preceptor.workflow.tracing import device_named

if TYPE_CHECKING:
    from preceptor.recommend.environment import StudentEnv


@dataclass(frozen=True)
class Ground:
    """What a policy is trained on.

    Args:
        trained: The course's model.
        objective: What is improved; under the preset `paper` as ExRec's released code has it.
        world: Its students.
        rows: int64 [questions], what may be asked.
        students: By split: "train", "validation", "test".
        episode: Length, rules and clock.
    """

    trained: TrainedMind
    objective: Objective
    world: World
    rows: NDArray[np.int64]
    students: dict[str, Students]
    episode: Episode

    def env(self, split: str, **arguments: Any) -> "StudentEnv":
        """Students of a split in an environment."""
        from preceptor.recommend.environment import StudentEnv

        candidates = np.zeros(self.world.questions, dtype=bool)
        candidates[self.rows] = True
        return StudentEnv(
            self.world,
            self.objective,
            self.students[split],
            horizon=self.episode.horizon,
            rules=self.episode.rules,
            clock=self.episode.clock,
            # who answers vectors themselves chooses no question
            candidates=None if candidates.all() or not arguments.get("snap", True) else candidates,
            **arguments,
        )


def lay_ground(course: Course, options: PolicyOptions, at_seconds: float = 0.0) -> Ground:
    """Load what a policy is trained on.

    Args:
        course: The course.
        options: What was asked for.
        at_seconds: Now, UTC, which matters before an exam that has a day.

    Raises:
        UserError: If there is no trained model, objective or bank is unknown, or rules or clock do not fit.
    """
    bank, log = course.load_bank(), course.load_log()
    with torch.device(device_named(options.device) if options.device else torch.get_default_device()):
        trained = load_trained(course, bank)
    if trained.run is None:
        raise UserError("The course has no trained model.", mend=f"preceptor train {course.path} --model semantic-dkt")
    if options.objective not in trained.objectives:
        raise unknown_name("objective", options.objective, trained.objectives)
    kept = trained.metrics["options"]
    split = split_by_student(log, kept["seed"], kept["test_fold"], kept["valid_fold"])
    episode = terms_of(course, bank, log, options, at_seconds)
    world = world_for(trained.model, timed=episode.timed)
    if options.critic == "mve" and not isinstance(world, VectorReader):
        raise UserError(
            f"The critic mve is made of a tracer that reads questions as vectors, and {trained.model.tracer.name} "
            "is none.",
            allowed="--critic mve with the tracer semantic-dkt, --critic plain with any",
            mend=f"preceptor train {course.path} --model semantic-dkt",
        )
    students = {
        name: Students.of(world, log, chosen, history=options.history)
        for name, chosen in (("train", split.train), ("validation", split.valid), ("test", split.test))
    }
    rows = askable_rows(bank, options.bank)
    objective = trained.objectives[options.objective]
    if options.released:
        objective = objective.as_released()
    return Ground(trained, objective, world, rows, students, episode)


def askable_rows(bank: Bank, which: str) -> NDArray[np.int64]:
    """Rows of the questions a policy may ask, see `Bank.askable`.

    Args:
        bank: The bank.
        which: "extended" for all of them, "original" for those that `annotate --extend` did not make.

    Raises:
        UserError: If there are none, or `which` is unknown.
    """
    if which not in BANKS:
        raise unknown_name("bank", which, BANKS)
    allowed = bank.askable.copy()
    if which == "original":
        from preceptor.annotate.varying import variations_among

        made = variations_among(bank.questions)
        allowed &= np.array([question.question_id not in made for question in bank.questions])
    if not allowed.any():
        raise UserError("No question of this bank may be asked.", allowed="at least one", mend="--bank extended")
    return np.flatnonzero(allowed)
