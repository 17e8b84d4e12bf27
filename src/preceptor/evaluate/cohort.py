"""Students at the moment from which policies ask, with the last logged answers withheld from everybody."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import SECONDS_PER_DAY, Bank, Log, UserError
from preceptor.simulate import TERM_START_SECONDS, LatentTruth, simulate_log

WITHHELD = 20
"""How many last answers of people are withheld; of simulated students as many as their truth says."""
DAYS = 60
"""How long fresh students work where the log they are to be like has no times."""


@dataclass(frozen=True)
class Cohort:
    """Who is asked, and when.

    Args:
        log: Their answers.
        students: int64 [n], indices into the log's students.
        withheld: How many last answers of each are withheld; their times are the times of the questions.
        truth: What they really know before these; None for people.
        truth_rows: int64 [n], their rows of the truth; empty for people.
    """

    log: Log
    students: NDArray[np.int64]
    withheld: int
    truth: LatentTruth | None
    truth_rows: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.students)

    @property
    def first(self) -> NDArray[np.int64]:
        """The log row of each student's first withheld answer, int64 [n]."""
        return np.asarray(self.log.offsets[self.students + 1] - self.withheld)

    @property
    def rows(self) -> NDArray[np.int64]:
        """Log rows of the withheld answers, int64 [n, withheld]."""
        return self.first[:, None] + np.arange(self.withheld)

    @property
    def student_ids(self) -> tuple[str, ...]:
        """The students' names."""
        return tuple(self.log.student_ids[i] for i in self.students)


def comparable_students(log: Log, test_students: NDArray[np.int64], truth: LatentTruth | None) -> NDArray[np.int64]:
    """Test students who have answers before the withheld ones, and are simulated if there is a truth.

    Args:
        log: The log; other logs may have been imported beside the simulated one.
        test_students: Students not used in training, by index into the log's.
        truth: The latent truth; None for a log of people.
    """
    lengths, withheld = np.diff(log.offsets), WITHHELD if truth is None else truth.holdback
    known = set(log.student_ids if truth is None else truth.student_ids)
    able = [i for i in test_students if lengths[i] > withheld and log.student_ids[i] in known]
    return np.array(able, dtype=np.int64)


def logged_cohort(
    log: Log,
    test_students: NDArray[np.int64],
    truth: LatentTruth | None,
    students: int,
    seed: int,
    other_than_seed: int | None = None,
) -> Cohort:
    """Students of a course's own log, drawn from those not used in training.

    Args:
        log: The answers.
        test_students: Students not used in training, by index into the log's.
        truth: The latent truth; None for a log of people.
        students: At most how many.
        seed: Draws them.
        other_than_seed: Leaves out those whom this seed draws; None for nobody.

    Raises:
        UserError: If no test student has enough answers, or none is left.
    """
    able, withheld = comparable_students(log, test_students, truth), WITHHELD if truth is None else truth.holdback
    if not len(able):
        raise UserError(
            f"No {'' if truth is None else 'simulated '}student outside training has more than {withheld} answers.",
            mend="import more answers" if truth is None else "simulate more students or more days",
        )
    if other_than_seed is not None:
        able = np.setdiff1d(able, _drawn(able, students, other_than_seed))
        if not len(able):
            raise UserError(
                f"Seed {other_than_seed} draws every student there is.", mend="--students with a smaller number"
            )
    chosen = np.sort(_drawn(able, students, seed))
    if truth is None:
        return Cohort(log, chosen, withheld, None, np.empty(0, dtype=np.int64))
    index = {student_id: i for i, student_id in enumerate(truth.student_ids)}
    return Cohort(log, chosen, withheld, truth, np.array([index[log.student_ids[i]] for i in chosen]))


def _drawn(able: NDArray[np.int64], students: int, seed: int) -> NDArray[np.int64]:
    return np.random.default_rng([seed, 0]).permutation(able)[:students]


def fresh_cohort(bank: Bank, like: Log, family: str, students: int, seed: int) -> Cohort:
    """New students of a family of latent minds, taught by the same teacher over the same days as a log.

    Args:
        bank: What they are asked, with the concepts they know.
        like: The log whose days and length of course they share; without times their course has `DAYS`.
        family: A registered family.
        students: At most how many.
        seed: Draws them and their histories.

    Raises:
        UserError: If none of them has enough answers.
    """
    times = like.time_seconds[np.isfinite(like.time_seconds)]
    begin, end = (
        (times.min(), times.max()) if len(times) else (TERM_START_SECONDS, TERM_START_SECONDS + DAYS * SECONDS_PER_DAY)
    )
    days = max(int(np.ceil((end - begin) / SECONDS_PER_DAY)), 1)
    made = simulate_log(bank, students, days, seed, holdback=WITHHELD, family=family, asked=bank.askable)
    if (np.diff(made.log.offsets) <= WITHHELD).all():
        raise UserError(
            f"In the {days} days of this log no fresh student of the family {family!r} gives more than {WITHHELD} "
            "answers.",
            allowed="a log of more days",
            mend="take tracers for judges, for example --judges own",
        )
    shift = (begin - TERM_START_SECONDS) // SECONDS_PER_DAY * SECONDS_PER_DAY
    log = replace(made.log, time_seconds=made.log.time_seconds + shift)
    truth = replace(made.truth, state=made.truth.state.later(shift))
    return logged_cohort(log, np.arange(students), truth, students, seed)
