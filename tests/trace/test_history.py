from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from preceptor.domain import Log, QMatrix
from preceptor.trace import Answers, make_tracer
from preceptor.trace.history import PRIOR_WEIGHTS

AT = np.array([np.nan])


def test_golden_mastery(q_matrix, make_log, clock):
    """Averages are (credit + overall) / (answers + 1); mastery is (w·a + credit) / (w + attempts)."""
    tracer = make_tracer("history", q_matrix)
    tracer.fit(make_log([[(0, 1), (0, 0), (2, 1), (8, 1)]]), make_log([[(0, 1)]]), seed=0, clock=clock)
    np.testing.assert_allclose(tracer.average, [2.75 / 4, 2.75 / 3, 0.75, 0.75])
    tracer.weight = 2.0
    state = tracer.update(tracer.initial(1), Answers.untimed(np.array([0]), np.array([0.5])))
    expected = (2 * 2.75 / 4 + 0.5) / 3
    assert tracer.mastery(state, [0], AT)[0, 0] == pytest.approx(expected)
    assert tracer.predict(state, np.array([[8]]), AT)[0, 0] == pytest.approx((expected + 2.75 / 3) / 2)


def test_averages_come_from_the_training_students_only(make, train, valid, clock):
    inverted = replace(valid, correct=1 - valid.correct)
    one, other = make("history"), make("history")
    one.fit(train, valid, seed=0, clock=clock)
    other.fit(train, inverted, seed=0, clock=clock)
    np.testing.assert_array_equal(one.average, other.average)


def test_the_weight_with_the_best_validation_log_loss_is_kept(fitted, make, train, valid, clock):
    def loss(weight):
        tracer = make("history")
        tracer.average, tracer.weight = fitted("history").average, weight
        p = tracer.score(valid).astype(float)
        return -np.mean(np.log(np.where(valid.correct > 0.5, p, 1 - p)))

    assert fitted("history").weight == min(PRIOR_WEIGHTS, key=loss)


def test_it_beats_the_average_of_each_concept(fitted, test_log):
    tracer = fitted("history")
    floor = tracer.predict(tracer.initial(1), test_log.question[None], AT)[0]
    assert roc_auc_score(test_log.correct, tracer.score(test_log)) > roc_auc_score(test_log.correct, floor) + 0.02


def test_without_training_answers_it_predicts_one_half(make, make_log, clock):
    tracer = make("history")
    tracer.fit(Log.empty(), Log.empty(), seed=0, clock=clock)
    assert tracer.score(make_log([[(0, 1)]]))[0] == 0.5


def test_concepts_may_change_after_training(fitted, tmp_path):
    tracer = fitted("history")
    tracer.save(tmp_path)
    changed = QMatrix(("q0",), ("new", "mul"), np.array([[0]], np.int32), np.array([np.nan], np.float32))
    loaded = type(tracer).load(tmp_path, changed)
    assert loaded.average[0] == pytest.approx(tracer.average.mean())
    assert loaded.average[1] == tracer.average[2]
    assert loaded.weight == tracer.weight
