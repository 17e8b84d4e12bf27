"""The built-in course: the shipped curriculum and a simulated log, labelled simulated."""

from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course
from preceptor.curriculum import built_in_bank
from preceptor.domain import SECONDS_PER_DAY, Log, UserError
from preceptor.simulate import TERM_START_SECONDS, LatentTruth, simulate_log
from preceptor.store import SqliteStore
from preceptor.workflow.context import STORE_FILE

LATENT_FOLDER = "latent"
FIRST_NAMES = ("Amina", "Ben", "Chloe", "Diego", "Elif", "Finn")
"""Names of the first students, so that the demo greets somebody; names stand apart from the log."""

FOLD_CYCLE, TEST_PLACES, VALID_PLACES = 50, 13, 7


@dataclass(frozen=True, slots=True)
class BuiltInOptions:
    """What the built-in course is made of.

    Args:
        students: Simulated students.
        days: Length of their course.
        questions_per_family: Questions of each generator family.
        bank_seed: Seed of the questions.
        log_seed: Seed of the students.
    """

    students: int = 2_000
    days: int = 60
    questions_per_family: int = 20
    bank_seed: int = 2026
    log_seed: int = 7


def make_built_in_course(path: Path, options: BuiltInOptions, at_seconds: float) -> Course:
    """Make the course whole: bank, log and, beside it, the latent truth.

    The log ends on the day before `at_seconds`, so that the students of the demo have just left their desks; apart
    from this shift it is the same log every time.

    Args:
        path: A folder without a course.
        options: What to make.
        at_seconds: Now, UTC seconds.
    """
    bank = built_in_bank(options.questions_per_family, options.bank_seed)
    simulated = simulate_log(bank, options.students, options.days, options.log_seed)
    shift = _whole_days(at_seconds - options.days * SECONDS_PER_DAY) - TERM_START_SECONDS
    course = Course.create(path, "Mathematics, grades 4–7 (built in, simulated students)")
    _shifted_truth(simulated.truth, shift).save(path / LATENT_FOLDER)
    course.replace(bank, _shifted_log(simulated.log, shift))
    with SqliteStore(course.path / STORE_FILE) as store:
        for student_id, name in zip(simulated.log.student_ids, FIRST_NAMES, strict=False):
            store.set_display_name(student_id, name)
    return course


def load_truth(course: Course) -> LatentTruth:
    """The latent truth beside a simulated log; evaluation alone reads it.

    Raises:
        UserError: If there is none or it is damaged.
    """
    folder = course.path / LATENT_FOLDER
    try:
        return LatentTruth.load(folder)
    except (OSError, ValueError, KeyError, TypeError, BadZipFile) as error:
        raise UserError(
            f"The latent truth in {folder} is damaged: {error!r}.", mend="simulate the log again"
        ) from error


def _shifted_log(log: Log, shift_seconds: float) -> Log:
    return replace(log, time_seconds=log.time_seconds + shift_seconds, student_fold=_folds(len(log.student_ids)))


def _folds(students: int) -> NDArray[np.int16]:
    """Of every 50 students 13 test (fold 5) and 7 validate (fold 4), so that of 2,000 more than 500 test."""
    place = np.arange(students) % FOLD_CYCLE
    return np.select([place < TEST_PLACES, place < TEST_PLACES + VALID_PLACES], [5, 4], default=1).astype(np.int16)


def _shifted_truth(truth: LatentTruth, shift_seconds: float) -> LatentTruth:
    state = truth.state
    moved = np.where(state.practices > 0, state.last_practice_seconds + shift_seconds, state.last_practice_seconds)
    return replace(truth, state=replace(state, last_practice_seconds=moved))


def _whole_days(seconds: float) -> float:
    return seconds // SECONDS_PER_DAY * SECONDS_PER_DAY
