"""Windows against direct sums, the logit against a formula by hand, the regression against scikit-learn."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score

from preceptor.domain import Log, QMatrix
from preceptor.trace import Answers, make_tracer, score_by_replay
from preceptor.trace.das3h_counts import (
    DAY_SECONDS,
    MEMORY_ANSWERS,
    PRIOR_ANSWERS,
    WINDOW_SECONDS,
    Found,
    aged,
    counts_before,
    latest,
)
from preceptor.trace.das3h_fit import Das3hWeights, Design, fit_logistic, penalties
from preceptor.trace.strands import Strands

AT = np.array([np.nan])
ELAPSED = st.floats(0, 90 * DAY_SECONDS)


@pytest.fixture(scope="module")
def fading():
    """A log of one concept where an answer after two months is mostly wrong, whatever was right before."""
    rng = np.random.default_rng(8)
    gaps = rng.choice([600.0, 60 * DAY_SECONDS], (300, 10))
    correct = rng.random(gaps.shape) < np.where(gaps < DAY_SECONDS, 0.9, 0.3)
    log = Log.of(
        [f"s{i}" for i in range(300)],
        ("q",),
        student=np.repeat(np.arange(300), 10),
        question=np.zeros(3_000),
        correct=correct.reshape(-1),
        event_id=np.arange(3_000).astype("S20"),
        revision=np.full(3_000, b"r"),
        time_seconds=gaps.cumsum(axis=1).reshape(-1),
    )
    return log, QMatrix(("q",), ("c",), np.zeros((1, 1), np.int32), np.full(1, np.nan, np.float32))


@pytest.fixture(scope="module")
def fading_tracer(fading):
    log, q_matrix = fading
    tracer = make_tracer("das3h", q_matrix)
    tracer.fit(log.of_students(range(200)), log.of_students(range(200, 230)), seed=0, clock=lambda: 0.0)
    return tracer


def random_weights(q_matrix, seed):
    rng = np.random.default_rng(seed)
    return rng.normal(0, 0.4, len(penalties(q_matrix, 1.0)))


@settings(deadline=None, derandomize=True, max_examples=40)
@given(first=ELAPSED, second=ELAPSED)
def test_ageing_twice_is_ageing_once_by_the_sum(first, second):
    counts = np.full((1, len(WINDOW_SECONDS), 2), 3.0, dtype=np.float32)
    twice = aged(aged(counts, np.array([first])), np.array([second]))
    np.testing.assert_allclose(twice, aged(counts, np.array([first + second])), rtol=1e-5, atol=1e-6)
    assert (twice[0, -1] == 3).all()


def test_no_time_passes_where_it_is_unknown_or_runs_backward():
    counts = np.ones((2, len(WINDOW_SECONDS), 2), dtype=np.float32)
    np.testing.assert_array_equal(aged(counts, np.array([np.nan, -5.0])), counts)
    never, unknown = np.inf, np.nan
    last = latest(np.array([never, never, 7.0, 7.0, 7.0]), np.array([unknown, 3.0, unknown, 3.0, 9.0]))
    np.testing.assert_array_equal(last, [never, 3.0, 7.0, 7.0, 9.0])


def test_windows_equal_the_direct_sums(test_log, q_matrix):
    strands = Strands.of_concepts(test_log, q_matrix)
    correct, times = test_log.correct[strands.row], test_log.time_seconds[strands.row]
    found = counts_before(strands, correct, times)
    for entry in range(0, len(correct), 37):
        row = strands.row[entry]
        same = (strands.concept == strands.concept[entry]) & (test_log.student[strands.row] == test_log.student[row])
        earlier = same & (strands.row < row)
        left = np.exp(-(times[entry] - times[earlier])[:, None] / WINDOW_SECONDS)
        np.testing.assert_allclose(found[entry, :, 0], correct[earlier] @ left, rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(found[entry, :, 1], left.sum(axis=0), rtol=1e-4, atol=1e-5)


def test_golden_logit(q_matrix):
    """Question 8 exercises concepts 0 and 1; two answers on concept 0, a day and no time ago."""
    tracer = make_tracer("das3h", q_matrix)
    weights = tracer.fitted = Das3hWeights.of(random_weights(q_matrix, 1), q_matrix)
    tracer.expected = np.linspace(0.2, 0.8, 12).astype(np.float32)
    state = tracer.initial(1)
    for time, credit in ((0.0, 1.0), (DAY_SECONDS, 0.5)):
        answer = Answers(np.array([0]), np.float32([credit]), np.array([time]), np.float32([np.nan]))
        state = tracer.update(state, answer)
    left = np.exp(-DAY_SECONDS / WINDOW_SECONDS)
    practice = np.log1p(np.stack([left + 0.5, left + 1], axis=1))
    of_first = weights.ease[0] + ((weights.shared + weights.own[0]) * practice).sum()
    kept = np.exp(-1 / MEMORY_ANSWERS)
    ability = (kept * 0.8 + 0.3) / (kept + 1 + PRIOR_ANSWERS)
    of_student = weights.intercept[0] + ability @ weights.ability
    logits = of_student + np.array([of_first, (of_first + weights.ease[1]) / 2]) - weights.difficulty[[0, 8]]
    now = np.array([DAY_SECONDS])
    np.testing.assert_allclose(tracer.predict(state, np.array([[0, 8]]), now)[0], 1 / (1 + np.exp(-logits)), rtol=1e-5)
    expected = 1 / (1 + np.exp(-of_student - of_first))
    assert tracer.mastery(state, np.array([0]), now)[0, 0] == pytest.approx(expected, rel=1e-5)


def test_the_regression_sees_what_the_tracer_predicts_with(q_matrix, test_log):
    tracer, vector = make_tracer("das3h", q_matrix), random_weights(q_matrix, 2)
    tracer.fitted = Das3hWeights.of(vector, q_matrix)
    logits = Design.of(Found.of(test_log, q_matrix, tracer.expected, timed=True), q_matrix).logits(vector)
    np.testing.assert_allclose(tracer.score(test_log), 1 / (1 + np.exp(-logits)), atol=1e-5)


def test_the_regression_finds_the_optimum_that_scikit_learn_finds():
    rng = np.random.default_rng(3)
    x = rng.normal(size=(400, 6)).astype(np.float32)
    correct = (rng.random(400) < 1 / (1 + np.exp(-x @ rng.normal(size=6)))).astype(np.float32)
    design = Design(x[:, :2], csr_array(x[:, 2:]))
    free = fit_logistic(design, correct, np.full(6, 2.0), np.full(6, -np.inf), np.zeros(6), 200)
    reference = LogisticRegression(C=0.5, fit_intercept=False, tol=1e-8).fit(x, correct)
    np.testing.assert_allclose(free, reference.coef_[0], atol=2e-3)
    bounded = fit_logistic(design, correct, np.full(6, 2.0), np.zeros(6), np.zeros(6), 200)
    assert (bounded >= 0).all()
    assert (reference.coef_[0] < -0.1).any()


def test_scores_equal_stepping_where_times_are_partly_unknown_and_out_of_order(fitted, test_log):
    times, rng = test_log.time_seconds.copy(), np.random.default_rng(6)
    times[rng.random(len(times)) < 0.3] = np.nan
    mixed = replace(test_log, time_seconds=times + rng.normal(0, 20_000, len(times)))
    tracer = fitted("das3h")
    np.testing.assert_allclose(tracer.score(mixed), score_by_replay(tracer, mixed), atol=1e-5, rtol=0)


def test_it_learns_that_time_matters(fading, fading_tracer):
    log, q_matrix = fading
    test = log.of_students(range(230, 300))
    untimed = make_tracer("das3h", q_matrix)
    without = replace(log, time_seconds=np.full(len(log), np.nan))
    untimed.fit(without.of_students(range(200)), without.of_students(range(200, 230)), seed=0, clock=lambda: 0.0)
    with_times, without_times = (log_loss(test.correct, model.score(test)) for model in (fading_tracer, untimed))
    assert with_times < without_times - 0.1
    state = fading_tracer.update(
        fading_tracer.initial(1), Answers(np.array([0]), np.float32([1]), np.zeros(1), np.float32([np.nan]))
    )
    soon, late = (fading_tracer.mastery(state, np.array([0]), np.array([t]))[0, 0] for t in (600, 60 * DAY_SECONDS))
    assert soon > late + 0.3


def test_without_times_in_training_predictions_do_not_depend_on_time(make, train, valid, test_log, clock):
    tracer, nowhen = make("das3h"), np.full(len(train), np.nan)
    tracer.fit(replace(train, time_seconds=nowhen), valid, seed=0, clock=clock)
    assert (tracer.fitted.shared[:-1] == 0).all()
    untimed = replace(test_log, time_seconds=np.full(len(test_log), np.nan))
    np.testing.assert_array_equal(tracer.score(test_log), tracer.score(untimed))
    state = tracer.update(tracer.initial(1), Answers(np.array([0]), np.float32([1]), np.zeros(1), np.float32([np.nan])))
    now, later = (tracer.predict(state, np.array([[0]]), np.array([t])) for t in (0.0, 99 * DAY_SECONDS))
    assert now == later


@settings(deadline=None, derandomize=True, max_examples=30)
@given(
    history=st.lists(
        st.tuples(st.integers(0, 11), st.floats(0, 1, width=32), st.floats(0, 1e7)), min_size=1, max_size=8
    ),
    data=st.data(),
)
def test_a_better_answer_never_predicts_a_worse_one(history, data, fitted):
    tracer, changed = fitted("das3h"), data.draw(st.integers(0, len(history) - 1))

    def mastery(credit_of):
        state, now = tracer.initial(1), 0.0
        for (question, _, gap), credit in zip(history, credit_of, strict=True):
            now += gap
            answer = Answers(np.array([question]), np.float32([credit]), np.array([now]), np.float32([np.nan]))
            state = tracer.update(state, answer)
        return tracer.mastery(state, np.arange(4), np.array([now]))

    given_credit = [credit for _, credit, _ in history]
    better = [1.0 if i == changed else credit for i, credit in enumerate(given_credit)]
    assert (mastery(better) >= mastery(given_credit) - 1e-6).all()


def test_difficulties_are_found_and_drawn_to_zero_where_answers_are_few(make, train, valid, clock):
    """Of each pair of questions on one concept the second is harder; one answer alone moves question 1 little."""
    rare = train.take((train.question != 1) | (np.arange(len(train)) == np.flatnonzero(train.question == 1)[0]))
    tracer = make("das3h")
    tracer.fit(rare, valid, seed=0, clock=clock)
    difficulty = tracer.fitted.difficulty
    assert (difficulty[[3, 5, 7]] > difficulty[[2, 4, 6]] + 0.5).all()
    assert abs(difficulty[1]) < 0.6


def test_everything_but_the_penalty_comes_from_the_training_students(make, train, valid, clock, monkeypatch):
    monkeypatch.setattr("preceptor.trace.das3h.STRENGTHS", (1.0,))
    one, other = make("das3h"), make("das3h")
    one.fit(train, valid, seed=0, clock=clock)
    other.fit(train, replace(valid, correct=1 - valid.correct), seed=0, clock=clock)
    assert one.version == other.version


def test_the_penalty_with_the_best_validation_log_loss_is_kept(make, train, valid, clock):
    tracer = make("das3h")
    report = tracer.fit(train, valid, seed=0, clock=clock)
    assert log_loss(valid.correct, tracer.score(valid)) == pytest.approx(min(report.valid_log_loss), abs=1e-5)
    assert np.ptp(report.valid_log_loss) > 1e-4


def test_it_beats_counting(fitted, test_log):
    found, counting = (roc_auc_score(test_log.correct, fitted(name).score(test_log)) for name in ("das3h", "history"))
    assert found > counting + 0.01


def test_without_training_answers_it_predicts_one_half(make, make_log, clock):
    tracer = make("das3h")
    tracer.fit(Log.empty(), Log.empty(), seed=0, clock=clock)
    assert tracer.score(make_log([[(0, 1)]]))[0] == 0.5


def test_a_question_without_concepts_is_predicted_by_ability_and_difficulty(fitted, tmp_path):
    tracer = fitted("das3h")
    bare = QMatrix(("q1", "bare"), tracer.q_matrix.concept_ids, np.array([[0], [-1]], np.int32), np.zeros(2))
    tracer.save(tmp_path)
    loaded = type(tracer).load(tmp_path, bare)
    logit = tracer.fitted.intercept[0] - tracer.fitted.difficulty.mean()
    assert loaded.predict(loaded.initial(1), np.array([[1]]), AT)[0, 0] == pytest.approx(1 / (1 + np.exp(-logit)))
    state = loaded.update(loaded.initial(1), Answers.untimed(np.array([1]), np.array([1.0])))
    assert (state.counts == 0).all()
    assert (state.ability[..., 1] == 1).all()
