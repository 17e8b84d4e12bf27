"""The exam of a course, as its settings say."""

from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from preceptor.course import Course
from preceptor.domain import QMatrix, UserError, unknown_name
from preceptor.recommend import ExamObjective


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
