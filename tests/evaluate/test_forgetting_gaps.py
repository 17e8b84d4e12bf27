"""Gaps, sittings and months of answers whose times are known."""

import numpy as np
import pytest

from preceptor.domain import Bank, Concept, Log, Question, QuestionKind
from preceptor.evaluate.forgetting_gaps import BUCKETS, Gaps
from preceptor.forgetting import practice_log
from preceptor.trace import question_rows

HOUR, DAY = 3600.0, 86_400.0
START = 1_735_689_600.0  # 1 January 2025


@pytest.fixture(scope="module")
def gaps_of():
    """Gaps of answers (student, question, seconds after the start); question ab has both concepts."""
    concepts = (Concept("a", "a"), Concept("b", "b"))
    questions = tuple(Question(name, name, QuestionKind.NUMBER, "1", tuple(name)) for name in ("a", "b", "ab"))
    matrix = Bank(concepts, questions).q_matrix

    def of(*answers):
        student, question, seconds = zip(*answers, strict=True)
        ids = np.arange(len(answers)).astype("S20")
        log = Log.of(
            ["x", "y"], ["a", "b", "ab"],
            student=np.array(student), question=np.array([["a", "b", "ab"].index(name) for name in question]),
            correct=np.ones(len(answers)), time_seconds=START + np.array(seconds), event_id=ids, revision=ids,
        )  # fmt: skip
        return Gaps(log, practice_log(log, question_rows(log, matrix), matrix, np.zeros(len(log), np.float32)))

    return of


def test_the_gap_of_several_concepts_is_the_smallest(gaps_of):
    gaps = gaps_of((0, "a", 0), (0, "b", 5 * DAY), (0, "ab", 6 * DAY))
    np.testing.assert_allclose(gaps.days, [np.nan, np.nan, 1.0])


def test_a_concept_that_is_new_does_not_hide_the_gap_of_the_other(gaps_of):
    np.testing.assert_allclose(gaps_of((0, "a", 0), (0, "ab", 3 * DAY)).days, [np.nan, 3.0])


def test_gaps_do_not_cross_students(gaps_of):
    assert np.isnan(gaps_of((0, "a", 0), (1, "a", DAY)).days).all()


@pytest.mark.parametrize(
    ("seconds", "bucket"),
    [(0, 0), (HOUR - 1, 0), (HOUR, 1), (DAY - 1, 1), (DAY, 2), (7 * DAY, 3), (30 * DAY - 1, 3), (30 * DAY, 4)],
)
def test_a_bucket_begins_where_the_one_before_ends(gaps_of, seconds, bucket):
    assert BUCKETS[gaps_of((0, "a", 0), (0, "a", seconds)).bucket[1]] == BUCKETS[bucket]


def test_a_first_encounter_is_in_no_bucket(gaps_of):
    gaps = gaps_of((0, "a", 0), (0, "b", DAY))
    assert gaps.bucket.tolist() == [-1, -1]
    assert not gaps.after(0.0).any()


def test_a_sitting_ends_with_a_pause_or_a_student(gaps_of):
    gaps = gaps_of((0, "a", 0), (0, "a", 60), (0, "b", 60 + HOUR), (0, "b", 62 + 2 * HOUR), (1, "a", 0), (1, "a", 9))
    assert gaps.sitting_position.tolist() == [0, 1, 2, 0, 0, 1]


def test_months_of_the_calendar(gaps_of):
    assert gaps_of((0, "a", 0), (0, "a", 32 * DAY), (0, "a", 365 * DAY)).month.tolist() == [0, 1, 0]
