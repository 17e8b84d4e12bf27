"""Protocols: who trains, what a tracer sees, which predictions count."""

import numpy as np
import pytest

from preceptor.domain import Bank, Concept, Log, Question, QuestionKind, UserError
from preceptor.evaluate import PROTOCOLS
from preceptor.evaluate.expansion import expand, late_fusion
from preceptor.trace import make_tracer, score_by_replay


@pytest.fixture(scope="module")
def pair_bank():
    """Questions on one KC, on two and on three."""
    concepts = tuple(Concept(name, name) for name in "abc")
    kcs = (("a",), ("b",), ("a", "b"), ("a", "b", "c"))
    return Bank(concepts, tuple(Question(f"q{i}", f"{i}", QuestionKind.UNKNOWN, "", kc) for i, kc in enumerate(kcs)))


def make(bank, histories, folds=None):
    rows = [(s, q, c) for s, answers in enumerate(histories) for q, c in answers]
    student, question, correct = (np.array(column) for column in zip(*rows, strict=True))
    code = np.array([f"{i}" for i in range(len(rows))], dtype="S20")
    return Log.of(
        [f"s{i}" for i in range(len(histories))], bank.q_matrix.question_ids, student=student, question=question,
        correct=correct, event_id=code, revision=code, student_fold=folds,
    )  # fmt: skip


@pytest.fixture(scope="module")
def many(pair_bank):
    rng = np.random.default_rng(0)
    return make(pair_bank, [[(int(q), int(rng.random() < 0.6)) for q in rng.integers(0, 4, 12)] for _ in range(40)])


def test_every_answer_stands_once_for_each_kc(pair_bank):
    log = make(pair_bank, [[(0, 1), (3, 0), (2, 1)], [(1, 0), (1, 1), (1, 1)]])
    found = expand(log, pair_bank.q_matrix, window=200, shortest=3)
    assert found.rows.tolist() == [0, 1, 1, 1, 2, 2, 3, 4, 5]
    assert found.log.correct.tolist() == [1, 0, 0, 0, 1, 1, 0, 1, 1]
    names = [found.q_matrix.concepts[q, 0] for q in found.log.question]
    assert names == [0, 0, 1, 2, 0, 1, 1, 1, 1]
    assert found.origin[found.log.question].tolist() == log.question[found.rows].tolist()


def test_histories_are_cut_and_short_windows_left_out(pair_bank):
    log = make(pair_bank, [[(0, 1)] * 11, [(0, 1)] * 2, [(0, 0)] * 4])
    found = expand(log, pair_bank.q_matrix, window=4, shortest=3)
    assert np.bincount(found.log.student).tolist() == [4, 4, 3, 4]
    assert found.rows.tolist() == [*range(11), *range(13, 17)]


@pytest.mark.parametrize("window", [200, 5])
def test_fused_predictions_see_nothing_of_their_own_answer(pair_bank, many, window):
    found = expand(many, pair_bank.q_matrix, window, 3)
    tracer = make_tracer("history", found.q_matrix)
    tracer.fit(found.log, found.log, seed=0, clock=lambda: 0.0)
    rows, fused = late_fusion(tracer, found.log, found.rows)
    assert len(np.unique(rows)) == len(rows)
    flipped = many.correct.copy()
    victim = rows[len(rows) // 2]
    flipped[victim] = 1 - flipped[victim]
    other = expand(make_like(many, flipped), pair_bank.q_matrix, window, 3)
    _, again = late_fusion(tracer, other.log, other.rows)
    assert again[rows == victim] == fused[rows == victim]
    assert not np.array_equal(again, fused)


def make_like(log, correct):
    from dataclasses import replace

    return replace(log, correct=correct)


def test_fusion_is_the_mean_over_kcs_and_plain_replay_where_there_is_one(pair_bank):
    log = make(pair_bank, [[(0, 1), (3, 0), (0, 1), (1, 1)]])
    found = expand(log, pair_bank.q_matrix, 200, 3)
    tracer = make_tracer("history", found.q_matrix)
    tracer.average = np.array([0.2, 0.5, 0.8], dtype=np.float32)
    rows, fused = late_fusion(tracer, found.log, found.rows)
    assert rows.tolist() == [1, 2, 3]
    w = tracer.weight
    after_one = (w * 0.2 + 1) / (w + 1)
    assert fused[0] == pytest.approx((after_one + 0.5 + 0.8) / 3, abs=1e-6)
    plain = score_by_replay(tracer, found.log)
    assert fused[1:] == pytest.approx(plain[[4, 5]], abs=1e-6)


def test_pykt_trains_on_rows_and_counts_each_question_once(pair_bank, many):
    protocol = PROTOCOLS["pykt"]
    folds = protocol.assign(many, 5, seed=1)
    assert 0.05 < (folds == 0).mean() < 0.4
    split = protocol.split(folds, 2)
    assert set(folds[split.test]) == {0}
    assert set(folds[split.valid]) == {2}
    assert set(folds[split.train]) == {1, 3, 4, 5}
    task = protocol.task(many, pair_bank.q_matrix, split, 2)
    tracer = make_tracer("history", task.q_matrix)
    tracer.fit(task.train, task.valid, seed=0, clock=lambda: 0.0)
    scores = protocol.score(tracer, task)
    firsts = many.position[scores.rows] == 0
    assert not firsts.any()
    assert set(many.student[scores.rows]) == set(split.test.tolist())
    assert len(scores.rows) == 11 * len(split.test)
    assert len(scores.kc_rows) == (task.test.position > 0).sum()
    assert np.isfinite(scores.p_correct).all()


def test_with_one_kc_a_question_both_levels_are_one(pair_bank):
    rng = np.random.default_rng(1)
    log = make(pair_bank, [[(int(q), int(q)) for q in rng.integers(0, 2, 9)] for _ in range(30)])
    protocol = PROTOCOLS["pykt"]
    task = protocol.task(log, pair_bank.q_matrix, protocol.split(protocol.assign(log, 3, 0), 1), 1)
    scores = protocol.score(make_tracer("history", task.q_matrix), task)
    assert len(scores.kc_rows) == 0
    assert len(scores.rows) == 8 * len(np.unique(log.student[scores.rows]))


def test_leak_free_keeps_the_data_set_s_folds_and_every_answer(pair_bank):
    log = make(pair_bank, [[(0, 1), (3, 0)]] * 10, folds=[1, 2, 3, 4, 5] * 2)
    protocol = PROTOCOLS["leak-free"]
    folds = protocol.assign(log, 5, seed=0)
    assert folds.tolist() == [1, 2, 3, 4, 5] * 2
    split = protocol.split(folds, 1)
    assert set(folds[split.valid]) == {5}
    task = protocol.task(log, pair_bank.q_matrix, split, 1)
    scores = protocol.score(make_tracer("history", task.q_matrix), task)
    assert scores.rows.tolist() == np.flatnonzero(np.isin(log.student, split.test)).tolist()
    assert len(scores.p_correct) == len(scores.rows)


def test_every_student_is_tested_once_over_all_folds(many):
    protocol = PROTOCOLS["leak-free"]
    folds = protocol.assign(many, 4, seed=2)
    tested = np.concatenate([protocol.split(folds, k).test for k in range(1, 5)])
    assert sorted(tested.tolist()) == list(range(40))


def test_a_fold_that_does_not_exist_is_told(many):
    protocol = PROTOCOLS["leak-free"]
    with pytest.raises(UserError, match="Test fold 9"):
        protocol.split(protocol.assign(many, 4, 0), 9)
