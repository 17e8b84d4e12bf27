"""The exam of a course's settings."""

import re
from dataclasses import replace

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.domain import SECONDS_PER_DAY, UserError
from preceptor.workflow.exam import exam_clock, exam_objective
from preceptor.workflow.models import load_trained
from preceptor.workflow.recommending import recommend


@pytest.fixture
def course_with(course_copy, monkeypatch):
    """The course under other settings, by way of the environment."""

    def build(**settings):
        for name, value in settings.items():
            monkeypatch.setenv(f"PRECEPTOR_{name.upper()}", value)
        return Course.open(course_copy)

    return build


def exam(course):
    return exam_objective(course, course.load_bank().q_matrix)


def test_without_settings_all_concepts_weigh_alike_and_there_is_no_day(course_with):
    objective = exam(course_with())
    np.testing.assert_allclose(objective.shared_weights(), objective.shared_weights()[0])
    assert objective.day_seconds is None


def test_weights_and_day_come_from_the_settings(course_with):
    ids = course_with().load_bank().q_matrix.concept_ids
    course = course_with(exam_weights=f"{ids[2]}=3, {ids[0]} = 1", exam_day="1970-01-03")
    objective = exam(course)
    assert objective.day_seconds == 2 * SECONDS_PER_DAY
    assert objective.shared_weights()[:3].tolist() == [0.25, 0, 0.75]
    served = load_trained(course, course.load_bank()).objectives["exam"]
    assert served.to_dict() == objective.to_dict()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"exam_weights": "fractions"}, "CONCEPT=NUMBER"),
        ({"exam_weights": "{first}=much"}, "CONCEPT=NUMBER"),
        ({"exam_weights": "{first}=0"}, "above 0"),
        ({"exam_weights": "astrology=1"}, "Unknown concept of the exam 'astrology'"),
        ({"exam_day": "soon"}, "a date like"),
    ],
)
def test_settings_that_cannot_be_read_are_refused(course_with, settings, said):
    first = course_with().load_bank().q_matrix.concept_ids[0]
    course = course_with(**{name: text.format(first=first) for name, text in settings.items()})
    with pytest.raises(UserError, match=re.escape(said)):
        exam(course)


@pytest.fixture
def log_of(small_course):
    """The course's log with these durations, in seconds."""

    def build(durations):
        log = Course.open(small_course).load_log()
        taken = np.resize(np.asarray(durations, dtype=np.float32), len(log))
        return replace(log, duration_seconds=taken)

    return build


def test_the_clock_of_an_exam_has_a_sitting_a_day_until_its_eve(course_with, log_of):
    course = course_with(exam_day="1970-01-05", exam_minutes_per_day="2")
    clock = exam_clock(course, log_of([30, 50, 40, np.nan]), 0.5 * SECONDS_PER_DAY)
    days = np.array(clock.offsets_seconds) // SECONDS_PER_DAY
    assert days.tolist() == [1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert clock.judged_seconds == 3.5 * SECONDS_PER_DAY


def test_the_last_sitting_is_over_by_the_exam(course_with, log_of):
    clock = exam_clock(course_with(exam_day="1970-01-04", exam_minutes_per_day="20"), log_of([60]), -600.0)
    assert clock.steps == 2 * 20
    assert clock.judged_seconds == pytest.approx(3 * SECONDS_PER_DAY + 600)


def test_without_a_day_and_durations_there_are_two_weeks_of_twenty_minutes(course_with, log_of):
    clock = exam_clock(course_with(), log_of([np.nan]), 0.0)
    assert clock.judged_seconds == 14 * SECONDS_PER_DAY
    assert clock.steps == 13 * 20


@pytest.mark.parametrize("settings", [{"exam_day": "1970-01-02"}, {"exam_minutes_per_day": "0"}, {"exam_days": "1"}])
def test_an_exam_without_time_to_practise_is_refused(course_with, log_of, settings):
    with pytest.raises(UserError, match="at least two days away"):
        exam_clock(course_with(**settings), log_of([30]), 0.0)


def test_a_recommendation_says_what_it_is_for_and_when(course_with, still_clock, now):
    course = course_with(exam_day=np.datetime_as_string(np.datetime64(int(now) + 12 * 86_400, "s")))
    found = recommend(
        course, "s0005", objective="exam", k=2, horizon_days=7.0, at_seconds=float(int(now)), clock=still_clock
    )
    assert found.objective == "exam"
    assert "of what the exam asks, 12 days from now" in found.recommendations[0].why


def test_the_app_asks_for_the_exam(classroom, now):
    student = classroom.add_student("Ida", now)
    view = classroom.next(student, now, "exam")
    assert view.question is not None
