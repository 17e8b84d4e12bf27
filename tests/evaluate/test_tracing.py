import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from preceptor.domain import Log
from preceptor.evaluate import auc_gain, concept_average


def small_log(bank, questions, correct):
    n = len(questions)
    return Log.of(
        ("s",),
        bank.q_matrix.question_ids,
        student=np.zeros(n),
        question=np.array(questions),
        correct=np.array(correct),
        event_id=np.array([f"e{i}" for i in range(n)]),
        revision=np.full(n, "r"),
    )


def test_the_floor_is_each_concept_s_training_average(bank):
    """With one imagined answer at the overall average: (credit + overall) / (answers + 1)."""
    train = small_log(bank, [0, 1, 3, 3], [1, 1, 0, 1])
    test = small_log(bank, [2, 5, 6], [0, 0, 0])
    np.testing.assert_allclose(concept_average(train, test, bank.q_matrix), [2.75 / 3, 1.75 / 3, 0.75])


def test_the_floor_never_looks_at_the_test_answers(bank):
    train = small_log(bank, [0, 1, 3, 3], [1, 1, 0, 1])
    one, other = (
        concept_average(train, small_log(bank, [2, 5], correct), bank.q_matrix) for correct in ([0, 0], [1, 1])
    )
    np.testing.assert_array_equal(one, other)


def test_the_gain_is_over_the_test_students(bank, course, model):
    log = course.log.of_students(range(35, 60))
    floor = concept_average(course.log.of_students(range(25)), log, bank.q_matrix)
    gain = auc_gain(course.p_correct[course.log.student >= 35], floor, log, seed=0)
    expected = roc_auc_score(log.correct, course.p_correct[course.log.student >= 35])
    assert gain.mean == pytest.approx(expected - roc_auc_score(log.correct, floor))
    assert gain.excludes_zero
