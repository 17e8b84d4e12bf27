"""Overviews: the same numbers in the roster, the class map and a student's own page."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.domain import ConceptRecall
from preceptor.forgetting import DEFAULT_CURVE
from preceptor.workflow.overview import band
from preceptor.workflow.status import status
from preceptor.workflow.training import train
from preceptor.workflow.training_options import TrainOptions

STUDENT = "s0006"


def test_the_roster_agrees_with_each_students_page(classroom, now):
    rows = {row.student_id: row for row in classroom.roster(now)}
    assert len(rows) == 60
    log = classroom._context.log
    for student_id in ("s0001", STUDENT, "s0060"):
        row, page = rows[student_id], classroom.student(student_id, now)
        assert row.answers == page.answers == sum(1 for _ in log.interactions(student_id))
        assert row.mean_recall == pytest.approx(page.mean_recall, abs=1e-5)
        assert row.due == sum(concept.due for concept in page.concepts)
        assert row.weakest == min(page.concepts, key=lambda concept: concept.recall).name
        last = max(event.time_seconds for event in log.interactions(student_id))
        assert row.last_active_days == pytest.approx((now - last) / 86_400)
        assert row.display_name == page.display_name


def test_a_students_page_counts_what_the_log_holds(classroom, now):
    page = classroom.student(STUDENT, now)
    history = list(classroom._context.log.interactions(STUDENT))
    bank = classroom._context.bank
    attempts = Counter(c for event in history for c in bank.question[event.question_id].concepts)
    credit = Counter()
    for event in history:
        credit.update(dict.fromkeys(bank.question[event.question_id].concepts, event.correct))
    assert (page.time_model, page.knows_time, page.timed) == (DEFAULT_CURVE, True, True)
    assert page.mean_recall == pytest.approx(np.mean([concept.recall for concept in page.concepts]))
    for concept in page.concepts:
        assert concept.attempts == attempts[concept.concept_id]
        assert concept.correct == pytest.approx(credit[concept.concept_id])
        assert (concept.last_practice_days is None) == (concept.attempts == 0)
        assert concept.recall <= concept.mastery + 1e-9
    assert [event.event_id for event in page.recent] == [event.event_id for event in reversed(history[-5:])]


def test_without_practice_recall_only_falls(classroom, now):
    for concept in classroom.student(STUDENT, now).concepts:
        days, values = zip(*concept.forecast, strict=True)
        assert days == (0.0, 1.0, 3.0, 7.0, 14.0, 30.0)
        assert values[0] == pytest.approx(concept.recall)
        assert all(later <= sooner + 1e-9 for sooner, later in pairwise(values))
        if not concept.attempts:
            assert values[0] == values[-1]


def test_the_forecast_comes_true(classroom, now):
    forecast = {c.concept_id: dict(c.forecast)[7.0] for c in classroom.student(STUDENT, now).concepts}
    for concept in classroom.student(STUDENT, now + 7 * 86_400).concepts:
        assert concept.recall == pytest.approx(forecast[concept.concept_id])


@pytest.mark.parametrize("timed", [True, False])
def test_a_tracer_that_knows_time_forecasts_without_a_curve_where_the_log_has_times(
    course_copy, open_classroom, still_clock, quiet, now, timed
):
    course = Course.open(course_copy)
    log = course.load_log().of_students(range(24))
    course.replace(log=log if timed else replace(log, time_seconds=np.full(len(log), np.nan)))
    train(course, TrainOptions(model="das3h"), still_clock, quiet)
    with open_classroom(course_copy) as found:
        page = found.student(STUDENT, now)
    assert (page.time_model, page.knows_time, page.timed) == ("none", timed, timed)
    moves = any(concept.forecast[0][1] != concept.forecast[-1][1] for concept in page.concepts)
    assert moves == timed


def test_a_model_without_a_curve_leaves_times_out(course_copy, open_classroom, still_clock, quiet, now):
    course = Course.open(course_copy)
    train(course, TrainOptions(model="history", forgetting="none"), still_clock, quiet)
    with open_classroom(course_copy) as found:
        page = found.student(STUDENT, now)
    assert (page.time_model, page.knows_time, page.timed) == ("none", False, True)


def test_what_is_due_grows_while_nobody_practises(classroom, now):
    soon, late = (sum(row.due for row in classroom.roster(now + days * 86_400)) for days in (0, 60))
    assert late > soon
    practised = {c.concept_id for c in classroom.student(STUDENT, now).concepts if c.attempts}
    due = {c.concept_id for c in classroom.student(STUDENT, now + 10 * 365 * 86_400).concepts if c.due}
    assert due
    assert due <= practised


@pytest.fixture
def small_class(course_copy, open_classroom):
    """Twelve students only: each page replays the answers of its student one by one."""
    course = Course.open(course_copy)
    log = course.load_log()
    few = replace(log.of_students(range(12)), student_ids=log.student_ids[:12], student_fold=log.student_fold[:12])
    course.replace(log=few)
    with open_classroom(course_copy) as found:
        yield found


def test_the_class_map_is_the_mean_of_the_pages(small_class, now):
    found = {concept.concept_id: concept for concept in small_class.class_map(now)}
    pages = [small_class.student(row.student_id, now) for row in small_class.roster(now)]
    for i, concept in enumerate(pages[0].concepts):
        recalls = np.array([page.concepts[i].recall for page in pages])
        assert found[concept.concept_id].mean_recall == pytest.approx(recalls.mean(), abs=1e-5)
        assert found[concept.concept_id].students == 12
        unsure = int((np.abs(recalls - 0.5) < 1e-5).sum())
        assert abs(found[concept.concept_id].below_half - (recalls < 0.5).sum()) <= unsure


def test_live_students_and_answers_appear_at_once(classroom, now, answer_next):
    new = classroom.add_student("Sofia", now)
    before = {row.student_id: row for row in classroom.roster(now)}
    assert (before[new].answers, before[new].last_active_days, before[new].due) == (0, None, 0)
    answer_next(classroom, new, now)
    answer_next(classroom, STUDENT, now)
    after = {row.student_id: row for row in classroom.roster(now)}
    assert (after[new].display_name, after[new].answers, after[new].last_active_days) == ("Sofia", 1, 0.0)
    assert after[STUDENT].answers == before[STUDENT].answers + 1
    assert after[STUDENT].mean_recall == pytest.approx(classroom.student(STUDENT, now).mean_recall)
    assert after["s0001"] == before["s0001"]
    assert classroom.class_map(now)[0].students == 61


@pytest.mark.parametrize(
    ("attempts", "mastery", "recall", "word"),
    [
        (0, 0.9, 0.9, "new"),
        (3, 0.9, 0.85, "strong"),
        (3, 0.7, 0.6, "fading"),
        (3, 0.7, 0.3, "fading"),
        (3, 0.6, 0.55, "steady"),
        (3, 0.45, 0.3, "weak"),
        (3, 0.5, 0.45, "weak"),
    ],
)
def test_bands(attempts, mastery, recall, word):
    assert band(ConceptRecall("c", mastery, recall, 0.9, 5.0, 1.0, attempts, 1.0)) == word


def test_status_counts(course_copy):
    found = status(Course.open(course_copy))
    log, bank = Course.open(course_copy).load_log(), Course.open(course_copy).load_bank()
    assert (found.students, found.questions) == (60, len(bank.questions))
    assert (found.concepts, found.interactions) == (len(bank.concepts), len(log))
    assert [model.split("/")[0] for model in found.models] == ["dkt"]
    assert set(found.example_students) <= set(log.student_ids)
    assert any("simulated" in note for note in found.notes)


def test_status_of_an_empty_course(tmp_path):
    found = status(Course.create(tmp_path / "c", "Empty"))
    assert (found.students, found.interactions, found.models, found.example_students) == (0, 0, (), ())
    assert any("No model" in note for note in found.notes)
