"""Some students at the moment before their session: what is true of them, what is known, and their chance numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY, Bank, Interaction, Log
from preceptor.evaluate.tutoring.design import FORMS, LabDesign, chance
from preceptor.evaluate.tutoring.forms import Forms, draw_forms
from preceptor.simulate import LatentStudents, TaughtFamily

PAUSE, SESSION, TESTS = 3, 4, 5
"""What randomness is drawn for."""
LEAST_PAUSE_DAYS = 2.0


@dataclass(frozen=True)
class Cohort:
    """New students of a family with their histories.

    Args:
        family: The latent minds; its bank is the course's.
        log: What they answered so far.
        state: What is truly in their heads after it.
    """

    family: TaughtFamily[Any, Any]
    log: Log
    state: LatentStudents

    def __len__(self) -> int:
        return len(self.log.student_ids)

    @property
    def bank(self) -> Bank:
        """What they are asked."""
        return self.family.bank

    @cached_property
    def seen(self) -> NDArray[np.bool_]:
        """Which questions each has answered, bool [students, questions]."""
        rows = np.array([self.bank.q_matrix.question_index[name] for name in self.log.question_ids])
        seen = np.zeros((len(self), len(self.bank.questions)), dtype=bool)
        seen[self.log.student, rows[self.log.question]] = True
        return seen

    @cached_property
    def practised(self) -> NDArray[np.bool_]:
        """Which concepts each has practised, bool [students, concepts]."""
        return np.asarray(self.seen @ (self.bank.q_matrix.dense > 0))

    @property
    def last_seconds(self) -> NDArray[np.float64]:
        """When each answered last."""
        return np.asarray(self.log.time_seconds[self.log.offsets[1:] - 1])


@dataclass(frozen=True)
class Block:
    """Students who go through an arm in step.

    Args:
        cohort: All students.
        students: int64 [n], who of them.
        design: How arms are compared.
        seed: The replicate.
        forms: Scopes and tests.
        start_seconds: float64 [n], when each session begins.
        session_chance: float64 [n, turns, 2], the chance numbers of the session's answers.
        test_chance: float64 [n, forms, items, 2], those of the tests' answers.
    """

    cohort: Cohort
    students: NDArray[np.int64]
    design: LabDesign
    seed: int
    forms: Forms
    start_seconds: NDArray[np.float64]
    session_chance: NDArray[np.float64]
    test_chance: NDArray[np.float64]

    @classmethod
    def of(cls, cohort: Cohort, students: NDArray[np.int64], design: LabDesign, seed: int) -> "Block":
        """Draw everything that is drawn for these students; an arm has no say in it."""
        forms = draw_forms(cohort.bank, cohort.seen[students], cohort.practised[students], students, design, seed)
        items = forms.items.shape[2]
        pause = np.array([LEAST_PAUSE_DAYS + chance(seed, int(who), PAUSE).random() for who in students])
        return cls(
            cohort,
            students,
            design,
            seed,
            forms,
            np.floor(cohort.last_seconds[students] + SECONDS_PER_DAY * pause),
            np.stack([chance(seed, int(who), SESSION).random((design.turns, 2)) for who in students]),
            np.stack([chance(seed, int(who), TESTS).random((len(FORMS), items, 2)) for who in students]),
        )

    def __len__(self) -> int:
        return len(self.students)

    @property
    def bank(self) -> Bank:
        """What is asked."""
        return self.cohort.bank

    @property
    def end_seconds(self) -> NDArray[np.float64]:
        """When the sessions end, float64 [n]."""
        return np.asarray(self.start_seconds + self.design.turns * self.design.turn_seconds)

    @cached_property
    def histories(self) -> Sequence[tuple[Interaction, ...]]:
        """What each answered before the session."""
        log = self.cohort.log
        return [tuple(log.interactions(log.student_ids[who])) for who in self.students]
