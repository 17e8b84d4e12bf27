"""Nothing is fitted to a student that it then predicts."""

from dataclasses import replace

import numpy as np
import pytest

from preceptor.domain import Log, UserError
from preceptor.evaluate.forgetting_controls import question_difficulty
from preceptor.evaluate.forgetting_folds import OutOfFold, fitted_to, left_out, out_of_fold, student_folds
from preceptor.evaluate.forgetting_gaps import Gaps
from preceptor.evaluate.forgetting_mastery import LogisticMastery, last_result
from preceptor.forgetting import practice_log
from preceptor.trace import question_rows


@pytest.fixture(scope="module")
def log(course):
    return course.log


@pytest.fixture(scope="module")
def gaps(log, bank):
    matrix = bank.q_matrix
    return Gaps(log, practice_log(log, question_rows(log, matrix), matrix, np.zeros(len(log), np.float32)))


def test_folds_are_of_equal_size_and_of_whole_students(log):
    folds = student_folds(log, 5, seed=0)
    assert np.bincount(folds).tolist() == [12] * 5
    assert (student_folds(log, 5, seed=1) != folds).any()


def test_folds_do_not_depend_on_the_order_of_the_log(log):
    folds = dict(zip(log.student_ids, student_folds(log, 5, seed=0), strict=True))
    rows = [np.flatnonzero(log.student == i) for i in range(59, -1, -1)]
    order = np.concatenate(rows)
    turned = Log.of(
        log.student_ids[::-1], log.question_ids, student=59 - log.student[order], question=log.question[order],
        correct=log.correct[order], event_id=log.event_id[order], revision=log.revision[order],
    )  # fmt: skip
    assert dict(zip(turned.student_ids, student_folds(turned, 5, seed=0), strict=True)) == folds


def test_fewer_students_than_folds_are_refused(log):
    with pytest.raises(UserError, match="cannot make 61 folds"):
        student_folds(log, 61, seed=0)


def test_neither_the_test_fold_nor_a_rows_own_fold_is_ever_fitted_to(log):
    folds = student_folds(log, 4, seed=0)
    fitted = []

    def spy(students):
        fitted.append({int(fold) for fold in folds[students]})
        return np.full(len(log), len(fitted) - 1, dtype=np.float32)

    fold = folds[log.student]
    predicted = [spy(fitted_to(folds, pair))[np.isin(fold, pair)] for pair in left_out(4)]
    mastery = out_of_fold(fold, 4, predicted)
    assert len(fitted) == 10
    for test_fold in range(4):
        for own in range(4):
            models = np.unique(mastery.by_test_fold[test_fold, mastery.fold == own]).astype(int)
            assert len(models) == 1
            assert fitted[models[0]] == set(range(4)) - {test_fold, own}
    np.testing.assert_array_equal(mastery.test, mastery.by_test_fold[mastery.fold, np.arange(len(log))])


def test_logistic_mastery_reads_neither_the_present_nor_the_future(log, bank, gaps):
    students = np.arange(40)
    before = LogisticMastery(log, bank.q_matrix, gaps)(students)
    row = int(log.offsets[50]) + 3
    changed = log.take(np.arange(len(log)))
    changed.correct[row] = 1 - changed.correct[row]
    matrix = bank.q_matrix
    seen = practice_log(changed, question_rows(changed, matrix), matrix, np.zeros(len(log), np.float32))
    after = LogisticMastery(changed, matrix, Gaps(changed, seen))(students)
    np.testing.assert_array_equal(after[: row + 1], before[: row + 1])
    assert (after[row + 1 : int(log.offsets[51])] != before[row + 1 : int(log.offsets[51])]).any()


def test_logistic_mastery_beats_chance_on_students_it_has_not_seen(log, bank, gaps):
    p = LogisticMastery(log, bank.q_matrix, gaps)(np.arange(40)).astype(float)
    held_out = log.student >= 40
    right = log.correct[held_out] > 0.5
    assert p[held_out][right].mean() > p[held_out][~right].mean() + 0.1
    assert abs(p[held_out].mean() - log.correct[held_out].mean()) < 0.05


def test_the_last_result_of_the_same_question_of_the_same_student():
    student, question = np.array([0, 0, 0, 0, 1]), np.array([3, 5, 3, 3, 3])
    correct = np.array([1, 0, 0, 1, 1], dtype=np.float32)
    assert last_result(student, question, correct).tolist() == [0, 0, 1, -1, 0]


def test_a_questions_difficulty_rests_on_the_other_folds_alone(log, bank, gaps):
    folds, asked = student_folds(log, 4, seed=0), question_rows(log, bank.q_matrix)
    fold = folds[log.student]
    mastery = OutOfFold(fold, np.zeros((4, len(log)), np.float32))
    changed = np.where(np.isin(fold, (1, 2)), 1 - log.correct, log.correct).astype(np.float32)
    turned = Gaps(replace(log, correct=changed), gaps.seen)
    before, after = (question_difficulty(part, mastery, asked) for part in (gaps, turned))
    np.testing.assert_array_equal(after[1, fold == 2], before[1, fold == 2])
    np.testing.assert_array_equal(after[2, fold == 1], before[2, fold == 1])
    assert (after[3, fold == 0] != before[3, fold == 0]).any()
