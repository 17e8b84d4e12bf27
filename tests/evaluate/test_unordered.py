"""Logs without order: what a shuffle may change and what it may not."""

import numpy as np
import pytest

from preceptor.domain import Bank, Concept, Log, Question, QuestionKind
from preceptor.evaluate import PROTOCOLS, Predicted, mean_measured, measure
from preceptor.evaluate.unordered import shuffled, shuffled_rows
from preceptor.trace import make_tracer


@pytest.fixture(scope="module")
def bank():
    concepts = tuple(Concept(f"c{i}", f"Concept {i}") for i in range(4))
    return Bank(concepts, tuple(Question(f"q{i}", f"{i}", QuestionKind.UNKNOWN, "", (f"c{i % 4}",)) for i in range(8)))


@pytest.fixture(scope="module")
def log(bank):
    rng = np.random.default_rng(4)
    student = np.repeat(np.arange(24), rng.integers(4, 12, 24))
    code = np.arange(len(student)).astype("S20")
    return Log.of(
        [f"s{i}" for i in range(24)], bank.q_matrix.question_ids, student=student,
        question=rng.integers(0, 8, len(student)), correct=rng.integers(0, 2, len(student)), event_id=code,
        revision=code, time_seconds=np.arange(len(student), dtype=float),
    )  # fmt: skip


def scored(bank, log, name, seed=0):
    protocol = PROTOCOLS[name]
    folds = protocol.assign(log, 3, 0)
    protocol = protocol.bound(bank, folds, seed)
    task = protocol.task(log, bank.q_matrix, protocol.split(folds, 1), 1)
    return task, protocol.score(make_tracer("history", bank.q_matrix), task)


def test_a_shuffle_moves_answers_within_their_student_alone(log):
    rows = shuffled_rows(log, 3)
    assert sorted(rows.tolist()) == list(range(len(log)))
    assert rows.tolist() != list(range(len(log)))
    found = shuffled(log, 3)
    assert found.student.tolist() == log.student.tolist()
    assert found.event_id.tolist() == log.event_id[rows].tolist()
    assert np.isnan(found.time_seconds).all()
    assert shuffled_rows(log, 3).tolist() == rows.tolist()
    assert shuffled_rows(log, 4).tolist() != rows.tolist()


@pytest.mark.parametrize("name", ["unordered", "unordered-new-concepts"])
def test_every_answer_that_counts_is_predicted_in_each_of_five_orders(bank, log, name):
    task, scores = scored(bank, log, name)
    assert scores.by_shuffle.shape == (5, len(scores.rows))
    assert len({tuple(row) for row in scores.by_shuffle.tolist()}) == 5
    np.testing.assert_allclose(scores.p_correct, scores.by_shuffle.mean(axis=0))
    counted = np.isin(log.question, task.unseen) if len(task.unseen) else np.ones(len(log), dtype=bool)
    assert scores.rows.tolist() == np.flatnonzero(counted & np.isin(log.student, np.unique(task.test.student))).tolist()


def test_the_first_answer_of_a_shuffle_is_the_one_without_context(bank, log):
    """Smoothed accuracy knows nothing before the first answer, so in each order one answer a student has the prior."""
    _, scores = scored(bank, log, "unordered")
    student = log.student[scores.rows]
    for p_correct in scores.by_shuffle:
        assert all((p_correct[student == own] == 0.5).any() for own in np.unique(student))


def test_the_seed_draws_the_orders(bank, log):
    one, again, other = (scored(bank, log, "unordered", seed)[1].by_shuffle for seed in (0, 0, 1))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_training_students_are_shuffled_too(bank, log):
    task, _ = scored(bank, log, "unordered")
    kept = log.of_students(np.unique(task.train.student))
    assert sorted(task.train.event_id.tolist()) == sorted(kept.event_id.tolist())
    assert task.train.event_id.tolist() != kept.event_id.tolist()


def test_metrics_are_averaged_and_not_predictions():
    rng = np.random.default_rng(1)
    correct, student = rng.integers(0, 2, 200).astype(float), np.repeat(np.arange(20), 10)
    concepts = np.zeros((200, 1), dtype=np.int64)
    parts = [measure([Predicted(rng.random(200), correct, student, concepts)], 20, 0, 50) for _ in range(3)]
    found = mean_measured(parts)
    for name in ("auc", "log_loss", "ece"):
        assert found.overall[name].by_fold[0] == pytest.approx(np.mean([p.overall[name].by_fold[0] for p in parts]))
        assert found.by_concept[name].resampled[7] == pytest.approx(
            np.mean([p.by_concept[name].resampled[7] for p in parts])
        )
    assert found.answers == 200
