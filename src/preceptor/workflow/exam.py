"""The exam of a course, as its settings say."""

from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course
from preceptor.domain import SECONDS_PER_DAY, Log, QMatrix, UserError, unknown_name
from preceptor.recommend import ExamObjective
from preceptor.recommend.clock import Clock

MINUTES_PER_DAY, SECONDS_PER_ANSWER = 24 * 60, 60.0
EXAM_DAYS = 14
SITTING_MINUTES = 20.0


def exam_objective(course: Course, q_matrix: QMatrix) -> ExamObjective:
    """The objective `exam` by the settings `exam_weights` and `exam_day`; all concepts alike where nothing is set.

    Args:
        course: The course. `exam_weights` is a text like "fractions=2, decimals=1": ids of concepts and what they
            weigh, 0 for all others. `exam_day` is a date like "2026-12-18", in UTC.
        q_matrix: The questions and concepts.

    Raises:
        UserError: If a setting is not readable or names an unknown concept.
    """
    weights = course.settings.resolve("exam_weights", "")
    day = course.settings.resolve("exam_day", "")
    return ExamObjective(q_matrix, _weights(weights, q_matrix) if weights else None, _seconds(day) if day else None)


def exam_days(course: Course) -> float | None:
    """How many days after the last question the exam is; None where it has a date, `exam_day`."""
    if course.settings.resolve("exam_day", ""):
        return None
    return float(course.settings.resolve("exam_days", EXAM_DAYS))


def exam_clock(course: Course, log: Log, at_seconds: float) -> Clock:
    """One sitting a day until the exam, for policies that are trained for it.

    The settings `exam_minutes_per_day` (20) and, where no `exam_day` is set, `exam_days` (14) say how much time there
    is; an answer takes the log's median duration, a minute where none is known.

    Args:
        course: The course.
        log: Its log.
        at_seconds: Now, UTC.

    Raises:
        UserError: If a setting is not readable, or the exam is less than two days away.
    """
    minutes = course.settings.resolve("exam_minutes_per_day", SITTING_MINUTES)
    day = course.settings.resolve("exam_day", "")
    judged_days = (
        (_seconds(day) - at_seconds) / SECONDS_PER_DAY if day else course.settings.resolve("exam_days", EXAM_DAYS)
    )
    if judged_days < 2 or not minutes > 0:
        raise UserError(
            f"With {minutes:g} minutes a day there is nothing to plan for an exam {judged_days:.1f} days from now.",
            allowed="an exam at least two days away, and some minutes a day",
            mend="set exam_day or exam_days, and exam_minutes_per_day, in course.toml",
        )
    each = seconds_per_answer(log)
    sittings = int(judged_days - minutes / MINUTES_PER_DAY)  # the first one tomorrow, the last one over by the exam
    return Clock.sittings(minutes_per_day=minutes, days=sittings, seconds_per_answer=each, judged_days=judged_days)


def seconds_per_answer(log: Log) -> float:
    """Median duration of an answer, a minute where none is known."""
    known = log.duration_seconds[log.duration_seconds > 0]
    return float(np.median(known)) if len(known) else SECONDS_PER_ANSWER


def _weights(text: str, q_matrix: QMatrix) -> NDArray[np.float64]:
    weights = np.zeros(len(q_matrix.concept_ids))
    for entry in text.split(","):
        concept, equals, number = (part.strip() for part in entry.rpartition("="))
        if not equals:
            raise _unreadable(entry)
        if concept not in q_matrix.concept_index:
            raise unknown_name("concept of the exam", concept, q_matrix.concept_ids)
        try:
            weights[q_matrix.concept_index[concept]] = float(number)
        except ValueError as error:
            raise _unreadable(entry) from error
    return weights


def _unreadable(entry: str) -> UserError:
    return UserError(f"The setting exam_weights has {entry.strip()!r}.", allowed="CONCEPT=NUMBER, separated by commas")


def _seconds(day: str) -> float:
    try:
        moment = datetime.fromisoformat(day)
    except ValueError as error:
        raise UserError(f"The setting exam_day is {day!r}.", allowed="a date like 2026-12-18") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
