"""The built-in course at its full size."""

import numpy as np
import pytest

from preceptor.store import SqliteStore
from preceptor.workflow.built_in import FIRST_NAMES, BuiltInOptions, make_built_in_course
from preceptor.workflow.context import STORE_FILE
from preceptor.workflow.simulating import _measured, load_truth
from preceptor.workflow.status import status


@pytest.fixture(scope="module")
def course(tmp_path_factory, now, uncovered):
    with uncovered():
        return make_built_in_course(tmp_path_factory.mktemp("full") / "course", BuiltInOptions(), now)


@pytest.mark.slow
def test_the_log_has_the_size_and_the_rhythm_of_a_term(course, now):
    log, measured = course.load_log(), _measured(course.load_log(), course.load_bank())
    assert 250_000 <= len(log) <= 400_000
    assert measured["answers_per_student"]["median"] >= 100
    assert measured["long_gap_share"] >= 0.2
    assert now - 2 * 86_400 < log.time_seconds.max() < now
    new_sitting = (np.diff(log.time_seconds) > 3_600) & (np.diff(log.student) == 0)
    sittings = 1 + np.bincount(log.student[1:][new_sitting], minlength=len(log.student_ids))
    assert np.median(sittings) >= 8


@pytest.mark.slow
def test_every_misconception_is_seen_and_every_concept_asked(course):
    log, bank = course.load_log(), course.load_bank()
    assert _measured(log, bank)["misconceptions"]["least_seen"] >= 200
    first = bank.q_matrix.concepts[:, 0]
    index = bank.q_matrix.question_index
    asked = np.bincount(first[[index[name] for name in log.question_ids]][log.question], minlength=len(bank.concepts))
    assert asked.min() >= 1_000


@pytest.mark.slow
def test_it_is_labelled_simulated_and_greets_somebody(course):
    assert course.simulated
    assert status(course).simulated
    assert "simulated" in course.title
    assert load_truth(course).student_ids == course.load_log().student_ids
    with SqliteStore(course.path / STORE_FILE) as store:
        assert tuple(store.display_names().values()) == FIRST_NAMES
