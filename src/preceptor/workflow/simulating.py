"""Simulated students for a course, and the latent truth that lies beside their log."""

import shutil
from collections import Counter
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from preceptor.answers import as_typed
from preceptor.course import Course, write_run
from preceptor.course.bank_files import read_bank, write_bank
from preceptor.domain import SECONDS_PER_DAY, Bank, Log, UserError
from preceptor.progress import Progress
from preceptor.simulate import DEFAULT_FAMILY, TERM_START_SECONDS, LatentTruth, simulate_log
from preceptor.store import SqliteStore
from preceptor.workflow.clock import Clock
from preceptor.workflow.context import STORE_FILE

LATENT_FOLDER = "latent"
TRUE_BANK = "bank"
"""In that folder, the bank with the concepts that the students know; the course's own may be annotated anew."""
FOLD_CYCLE, TEST_PLACES, VALID_PLACES = 50, 13, 7
LONG_GAP_DAYS = 7.0
MOST_DAYS = 3_650


@dataclass(frozen=True, slots=True)
class SimulateOptions:
    """What to simulate.

    Args:
        students: Number of students.
        days: Length of their course in days.
        seed: Seed of the students and of their timetable.
        family: How they know, learn and forget, a registered family of latent minds.
    """

    students: int = 2_000
    days: int = 60
    seed: int = 7
    family: str = DEFAULT_FAMILY


def simulate(course: Course, options: SimulateOptions, clock: Clock, progress: Progress) -> dict[str, Any]:
    """Let simulated students work through a course, and keep their log and latent truth in it.

    A simulated log that is there already is replaced. Simulated students never join real ones.

    Args:
        course: A course with a bank.
        options: What to simulate.
        clock: The clocks.
        progress: Told how far it is.

    Returns:
        The shape that `--json` prints.

    Raises:
        UserError: If the course has answers of people, or nothing to ask, or the family is unknown, or a number is
            out of range.
    """
    if options.days > MOST_DAYS:
        raise UserError(f"days is {options.days}.", allowed=f"up to {MOST_DAYS:,}")
    start = clock.monotonic()
    with course.writing():
        _require_no_people(course)
        bank = course.load_bank()
        simulate_into(course, bank, options, clock.now(), progress)
    result = {"simulated": True, "family": options.family, **course.counts(), **_measured(course.load_log(), bank)}
    seconds = clock.monotonic() - start
    write_run(
        course, "simulate", asdict(options), course.data_hash, options.seed, result, seconds, at_seconds=clock.now()
    )
    return {**result, "seconds": seconds}


def simulate_into(course: Course, bank: Bank, options: SimulateOptions, at_seconds: float, progress: Progress) -> None:
    """Replace a course's bank and log; the log ends on the day before `at_seconds`."""
    made = simulate_log(bank, options.students, options.days, options.seed, progress=progress, family=options.family)
    shift = _whole_days(at_seconds - options.days * SECONDS_PER_DAY) - TERM_START_SECONDS
    with course.writing():
        new, kept = course.path / f"{LATENT_FOLDER}.new", course.path / LATENT_FOLDER
        shutil.rmtree(new, ignore_errors=True)
        (new / TRUE_BANK).mkdir(parents=True)
        write_bank(new / TRUE_BANK, bank)
        _shifted_truth(made.truth, shift).save(new)
        course.replace(bank, _typed(_shifted_log(made.log, shift), bank), simulated=True)
        shutil.rmtree(kept, ignore_errors=True)
        new.rename(kept)


def load_truth(course: Course) -> LatentTruth:
    """The latent truth beside a simulated log; evaluation alone reads it.

    Raises:
        UserError: If there is none or it is damaged.
    """
    if not course.simulated and not len(course.load_log()):
        raise UserError(
            f"The course {course.name!r} has no answers, and so no students whose knowledge could be known.",
            allowed="a course whose answers were simulated",
            mend=f"preceptor simulate {course.path}",
        )
    if not course.simulated:
        raise UserError(
            f"The answers of the course {course.name!r} are people's: what they truly know, which policies and "
            "tutors are judged by, nobody knows.",
            allowed="a course whose answers were simulated",
            mend="import the bank alone into another folder and `preceptor simulate` there",
        )
    folder = course.path / LATENT_FOLDER
    try:
        return LatentTruth.load(folder)
    except (OSError, ValueError, KeyError, TypeError, BadZipFile) as error:
        raise UserError(
            f"The latent truth in {folder} is damaged: {error!r}.", mend=f"preceptor simulate {course.path}"
        ) from error


def load_true_bank(course: Course, truth: LatentTruth) -> Bank:
    """The bank with the true concepts, as it was when its students were simulated.

    Raises:
        UserError: If it was not kept and the course's own bank has other concepts by now.
    """
    kept = course.path / LATENT_FOLDER / TRUE_BANK
    bank = read_bank(kept) if kept.is_dir() else course.load_bank()
    if set(truth.concept_ids) <= set(bank.concept):
        return bank
    raise UserError(
        f"The course {course.name!r} has other concepts than its students were simulated with.",
        allowed="a course simulated by this version",
        mend=f"preceptor simulate {course.path}",
    )


def _require_no_people(course: Course) -> None:
    if course.counts()["interactions"] and not course.simulated:
        raise UserError(
            f"The course {course.name!r} has a log of people, and simulated students never join them.",
            allowed="a course with a bank and no log, or with a simulated one",
            mend="import the bank into another folder and simulate there",
        )
    if course.simulated and load_truth(course).student_ids != course.load_log().student_ids:
        raise UserError(
            f"The log of the course {course.name!r} holds other students than the simulated ones.",
            mend="import the bank into another folder and simulate there",
        )
    answers = live_answers(course.path)
    if answers:
        raise UserError(
            f"In the course {course.name!r} people have given {answers} answers, and simulated students never join "
            "them.",
            mend="import the bank into another folder and simulate there",
        )


def live_answers(folder: Path) -> int:
    """How many answers people have given in the app of a course."""
    if not (folder / STORE_FILE).is_file():
        return 0
    with SqliteStore(folder / STORE_FILE) as store:
        return sum(store.event_count(student_id) for student_id in store.students())


def _measured(log: Log, bank: Bank) -> dict[str, Any]:
    """What a reader of the log wants to know first."""
    answers = np.bincount(log.student, minlength=len(log.student_ids))
    seen = _misconceptions_seen(log, bank)
    return {
        "correct": float(log.correct.mean()),
        "answers_per_student": {"median": float(np.median(answers)), "least": int(answers.min())},
        "long_gap_share": _long_gap_share(log, bank),
        "misconceptions": {
            "named": len(bank.misconceptions),
            "least_seen": min(seen.values(), default=0),
            "seen": sum(seen.values()),
        },
    }


def _misconceptions_seen(log: Log, bank: Bank) -> Counter[str]:
    """How often an answer was one that a misconception leads to."""
    cause = {(q.question_id, as_typed(d.answer, q)): d.misconception_id for q in bank.questions for d in q.distractors}
    asked = [log.question_ids[i] for i in log.question.tolist()]
    pairs = Counter(zip(asked, log.response.tolist(), strict=True))
    seen = Counter({misconception.misconception_id: 0 for misconception in bank.misconceptions})
    for pair, times in pairs.items():
        if cause.get(pair):
            seen[cause[pair]] += times
    return seen


def _long_gap_share(log: Log, bank: Bank) -> float:
    """Share of the gaps between two answers on one first concept that are longer than a week."""
    index = bank.q_matrix.question_index
    rows = np.array([index[name] for name in log.question_ids], dtype=np.int64)[log.question]
    concept = bank.q_matrix.concepts[rows, 0]
    order = np.lexsort((log.time_seconds, concept, log.student))
    same = (np.diff(log.student[order]) == 0) & (np.diff(concept[order]) == 0)
    gaps_days = np.diff(log.time_seconds[order])[same] / SECONDS_PER_DAY
    return float((gaps_days > LONG_GAP_DAYS).mean()) if gaps_days.size else 0.0


def _typed(log: Log, bank: Bank) -> Log:
    """The log with responses as students of each question's language type them; minds answer in answer syntax."""
    if all(question.language == "en" for question in bank.questions):
        return log
    asked = [bank.question[log.question_ids[i]] for i in log.question.tolist()]
    typed = [
        as_typed(response, question) if response else ""
        for question, response in zip(asked, log.response.tolist(), strict=True)
    ]
    return replace(log, response=np.array(typed, dtype=object))


def _shifted_log(log: Log, shift_seconds: float) -> Log:
    return replace(log, time_seconds=log.time_seconds + shift_seconds, student_fold=_folds(len(log.student_ids)))


def _folds(students: int) -> NDArray[np.int16]:
    """Of every 50 students 13 test (fold 5) and 7 validate (fold 4), so that of 2,000 more than 500 test."""
    place = np.arange(students) % FOLD_CYCLE
    return np.select([place < TEST_PLACES, place < TEST_PLACES + VALID_PLACES], [5, 4], default=1).astype(np.int16)


def _shifted_truth(truth: LatentTruth, shift_seconds: float) -> LatentTruth:
    return replace(truth, state=truth.state.later(shift_seconds))


def _whole_days(seconds: float) -> float:
    return seconds // SECONDS_PER_DAY * SECONDS_PER_DAY
