"""Levels of students alone: nothing fades."""

from dataclasses import replace

import numpy as np
import pytest

from preceptor.forgetting import LevelCurve, PracticeLog
from preceptor.forgetting.fitted import FACTOR


@pytest.fixture
def log():
    """60 students with levels of their own answer 40 times; time plays no part."""
    rng = np.random.default_rng(5)
    students, answers = 60, 40
    n = students * answers
    student = np.repeat(np.arange(students), answers)
    mastery = rng.uniform(0.2, 0.9, n)
    odds = np.log(mastery / (1 - mastery)) + 0.4 + rng.normal(0, 0.7, students)[student]
    counts = np.tile(np.arange(answers), students)[:, None].astype(np.float32)
    return PracticeLog(
        concepts=np.zeros((n, 1), dtype=np.int64),
        elapsed_days=rng.uniform(0, 50, (n, 1)),
        practised=counts > 0,
        attempts=counts,
        credit=counts / 2,
        spaced=counts / 4,
        mastery=mastery.astype(np.float32),
        guess=np.full(n, np.nan, np.float32),
        correct=(rng.random(n) < 1 / (1 + np.exp(-odds))).astype(np.float32),
        student=student,
        memory=np.zeros((n, 1, 0)),
        student_effects=np.zeros((n, 5)),
    )


def test_time_changes_nothing(log):
    fitted = LevelCurve(1).fit(log)
    np.testing.assert_array_equal(fitted.predict(log), fitted.predict(replace(log, elapsed_days=9 * log.elapsed_days)))
    np.testing.assert_array_equal(fitted.followed(log).student_effects[:, FACTOR], 0.0)


def test_it_knows_students_by_their_answers_before(log):
    fitted = LevelCurve(1).fit(log)
    assert fitted.level_sd == pytest.approx(0.7, abs=0.2)
    assert fitted.values["shift"] == pytest.approx(0.4, abs=0.25)
    p = fitted.predict(log)
    late = np.arange(len(p)) % 40 >= 20
    assert p[late].mean() == pytest.approx(log.correct[late].mean(), abs=0.02)
    changed = replace(log, correct=np.where(np.arange(len(p)) == 5, 1 - log.correct, log.correct))
    np.testing.assert_array_equal(fitted.predict(changed)[:6], p[:6])
    assert (fitted.predict(changed)[6:40] != p[6:40]).all()


def test_levels_are_kept_without_times_where_all_answers_are_surely_predicted_better(log):
    untimed = replace(log, elapsed_days=0 * log.elapsed_days)
    assert LevelCurve(1).fit(untimed).level_sd == pytest.approx(0.7, abs=0.2)


def test_no_level_is_kept_where_students_are_alike(log):
    rng = np.random.default_rng(6)
    alike = replace(log, correct=(rng.random(len(log.mastery)) < log.mastery).astype(np.float32))
    assert LevelCurve(1).fit(alike).level_sd == 0.0


def test_nothing_fades(log):
    curve = LevelCurve(1).fit(log)
    np.testing.assert_array_equal(curve.retention(np.array([0.0, 9e9]), np.array([1.0, 1.0])), 1.0)
    np.testing.assert_array_equal(curve.strength_days(log.concepts, log), np.inf)
