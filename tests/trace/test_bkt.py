"""Chains against enumeration, the fit against planted parameters."""

from dataclasses import fields, replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from preceptor.domain import Log, QMatrix
from preceptor.trace import Answers, make_tracer
from preceptor.trace.bkt_fit import BOUNDS, BktParameters, average_concept, filtered, fitted, maximised, smoothed
from preceptor.trace.strands import Strands

AT = np.array([np.nan])
PLANTED = BktParameters(
    prior=np.array([0.2, 0.6, 0.4]),
    learn=np.array([0.15, 0.3, 0.08]),
    forget=np.array([0.0, 0.05, 0.1]),
    guess=np.array([0.1, 0.3, 0.2]),
    slip=np.array([0.05, 0.1, 0.2]),
)
SHARE = st.floats(0.05, 0.95)


def log_of(correct):
    """Every student answers every concept's only question; `correct` [students, answers, concepts]."""
    students, answers, concepts = correct.shape
    rows = correct.size
    log = Log.of(
        [f"s{i}" for i in range(students)],
        [f"q{i}" for i in range(concepts)],
        student=np.repeat(np.arange(students), answers * concepts),
        question=np.tile(np.arange(concepts), students * answers),
        correct=correct.reshape(-1),
        event_id=np.arange(rows).astype("S20"),
        revision=np.full(rows, b"r"),
    )
    each = np.arange(concepts, dtype=np.int32)[:, None]
    ids = tuple(f"q{i}" for i in range(concepts))
    return log, QMatrix(ids, tuple(f"c{i}" for i in range(concepts)), each, np.full(concepts, np.nan, np.float32))


def simulated(students, answers, seed):
    rng = np.random.default_rng(seed)
    concepts = len(PLANTED.prior)
    known = rng.random((students, concepts)) < PLANTED.prior
    correct = np.empty((students, answers, concepts))
    for now in range(answers):
        correct[:, now] = rng.random(known.shape) < np.where(known, 1 - PLANTED.slip, PLANTED.guess)
        known = rng.random(known.shape) < np.where(known, 1 - PLANTED.forget, PLANTED.learn)
    return log_of(correct)


def prepared(log, q_matrix):
    strands = Strands.of_concepts(log, q_matrix)
    return strands, log.correct[strands.row].astype(float)


def enumerated(correct, prior, learn, forget, guess, slip):
    """P(known), P(learned after), P(forgotten after) of every answer and the log-likelihood, over all paths."""
    n, total = len(correct), 0.0
    known, learned, forgotten = np.zeros(n), np.zeros(n), np.zeros(n)
    for path in product((0, 1), repeat=n):
        p = prior if path[0] else 1 - prior
        for state, right in zip(path, correct, strict=True):
            chance = 1 - slip if state else guess
            p *= chance if right else 1 - chance
        for before, after in pairwise(path):
            moved = forget if before else learn
            p *= moved if before != after else 1 - moved
        steps, following = np.array(path), np.array([*path[1:], path[-1]])
        total += p
        known += p * steps
        learned += p * (following > steps)
        forgotten += p * (following < steps)
    return known / total, learned / total, forgotten / total, np.log(total)


@settings(deadline=None, derandomize=True, max_examples=30)
@given(correct=st.lists(st.booleans(), min_size=1, max_size=6), p=st.tuples(SHARE, SHARE, SHARE, SHARE, SHARE))
def test_smoothing_equals_the_sum_over_all_paths(correct, p):
    log, q_matrix = log_of(np.array(correct, dtype=float)[None, :, None])
    strands, y = prepared(log, q_matrix)
    parameters = BktParameters(*(np.array([value]) for value in p))
    forward = filtered(strands, y, parameters)
    *expected, log_likelihood = enumerated(correct, *p)
    for found, value in zip(smoothed(strands, forward, parameters), expected, strict=True):
        np.testing.assert_allclose(found, value, atol=1e-5)
    right = parameters.right(forward.before)
    assert np.log(np.where(y > 0.5, right, 1 - right)).sum() == pytest.approx(log_likelihood, abs=1e-5)


def test_strands_of_many_lengths_do_not_mix():
    """A student's chain is the same alone and among longer and shorter ones."""
    rng = np.random.default_rng(4)
    whole, q_matrix = log_of((rng.random((6, 5, 3)) < 0.5).astype(float))
    ragged = whole.take(rng.random(len(whole)) < 0.6)
    together = make_tracer("bkt", q_matrix)
    together.parameters = PLANTED
    for student in range(6):
        alone = ragged.of_students([student])
        np.testing.assert_array_equal(together.score(alone), together.score(ragged)[ragged.student == student])


def test_golden_update(q_matrix):
    tracer = make_tracer("bkt", q_matrix)
    p = {"prior": 0.4, "learn": 0.2, "forget": 0.1, "guess": 0.25, "slip": 0.1}
    tracer.parameters = BktParameters(**{name: np.full(4, value) for name, value in p.items()})
    state = tracer.update(tracer.initial(1), Answers.untimed(np.array([0]), np.array([1.0])))
    given_right = 0.4 * 0.9 / (0.4 * 0.9 + 0.6 * 0.25)
    known = given_right * 0.9 + (1 - given_right) * 0.2
    np.testing.assert_allclose(state.known, [[known, 0.4, 0.4, 0.4]])
    expected = [0.25 + 0.65 * known, 0.25 + 0.65 * (known + 0.4) / 2]
    np.testing.assert_allclose(tracer.predict(state, np.array([[0, 8]]), AT)[0], expected, rtol=1e-6)
    part = tracer.update(tracer.initial(1), Answers.untimed(np.array([0]), np.array([0.3]))).known[0, 0]
    wrong = tracer.update(tracer.initial(1), Answers.untimed(np.array([0]), np.array([0.0]))).known[0, 0]
    assert part == pytest.approx(0.3 * known + 0.7 * wrong)


def test_planted_parameters_are_recovered():
    log, q_matrix = simulated(3_000, 14, seed=1)
    strands, correct = prepared(log, q_matrix)
    start = average_concept(strands, correct, True, 10).of(np.zeros(3, dtype=np.int64))
    found = fitted(strands, correct, start, start, 1.0, 300, tolerance=1e-5)
    for field in fields(PLANTED):
        np.testing.assert_allclose(getattr(found, field.name), getattr(PLANTED, field.name), atol=0.06, err_msg=field)


def test_the_fit_predicts_as_well_as_the_planted_parameters():
    log, q_matrix = simulated(1_000, 12, seed=2)
    fit, valid, test = (log.of_students(range(*part)) for part in ((0, 700), (700, 850), (850, 1_000)))
    tracer, truth = make_tracer("bkt", q_matrix), make_tracer("bkt", q_matrix)
    truth.parameters = PLANTED
    tracer.fit(fit, valid, seed=0, clock=lambda: 0.0)
    np.testing.assert_allclose(tracer.score(test), truth.score(test), atol=0.12)
    found, best = (roc_auc_score(test.correct, model.score(test)) for model in (tracer, truth))
    assert found > best - 0.005


def test_a_pass_never_lowers_the_likelihood():
    log, q_matrix = simulated(60, 8, seed=3)
    strands, correct = prepared(log, q_matrix)
    parameters, likelihoods = BktParameters.typical(3), []
    for _ in range(12):
        right = parameters.of(strands.concept).right(filtered(strands, correct, parameters).before)
        likelihoods.append(np.log(np.where(correct > 0.5, right, 1 - right)).sum())
        parameters = maximised(strands, correct, parameters, parameters, 1e-9)
    assert (np.diff(likelihoods) > -1e-6).all()
    assert likelihoods[-1] > likelihoods[0] + 1


def test_a_concept_with_few_answers_stays_near_the_average_concept():
    log, q_matrix = simulated(200, 10, seed=5)
    few = log.take((log.question != 0) | (log.student == 0))
    strands, correct = prepared(few, q_matrix)
    centre = average_concept(strands, correct, True, 20).of(np.zeros(3, dtype=np.int64))
    free, drawn = (fitted(strands, correct, centre, centre, weight, 15) for weight in (0.01, 100.0))
    for name in ("guess", "slip", "prior"):
        mean = getattr(centre, name)[0]
        assert abs(getattr(drawn, name)[0] - mean) < 0.1 * abs(getattr(free, name)[0] - mean) + 1e-6
    assert abs(drawn.guess[1] - centre.guess[1]) > 0.01


def test_a_right_answer_always_speaks_for_knowing():
    """Even where wrong answers follow right ones, so that the unbounded fit would call knowing not knowing."""
    log, q_matrix = log_of(np.tile([1.0, 0.0], (40, 5))[:, :, None])
    tracer = make_tracer("bkt", q_matrix)
    tracer.fit(log, log, seed=0, clock=lambda: 0.0)
    p = tracer.parameters
    assert (p.guess + p.slip < 1).all()
    for name, (low, high) in BOUNDS.items():
        assert ((getattr(p, name) >= low) & (getattr(p, name) <= high)).all()
    known = np.array([0.01, 0.5, 0.99])
    assert (p.after(known, np.ones(3)) > p.after(known, np.zeros(3))).all()


def test_the_candidate_with_the_best_validation_log_loss_is_kept(make, train, valid, clock):
    tracer = make("bkt")
    report = tracer.fit(train, valid, seed=0, clock=clock)
    p = tracer.score(valid).astype(float)
    loss = -np.mean(np.log(np.where(valid.correct > 0.5, p, 1 - p)))
    assert loss == pytest.approx(min(report.valid_log_loss), abs=1e-6)
    assert report.best_epoch == 1 + int(np.argmin(report.valid_log_loss))
    assert np.ptp(report.valid_log_loss) > 1e-5


def test_parameters_come_from_the_training_students_only(make, train, valid, clock, monkeypatch):
    monkeypatch.setattr("preceptor.trace.bkt.CANDIDATES", ((True, (10.0,)),))
    one, other = make("bkt"), make("bkt")
    one.fit(train, valid, seed=0, clock=clock)
    other.fit(train, replace(valid, correct=1 - valid.correct), seed=0, clock=clock)
    assert one.version == other.version


def test_without_training_answers_it_predicts_typical_concepts(make, make_log, clock):
    tracer = make("bkt")
    tracer.fit(Log.empty(), Log.empty(), seed=0, clock=clock)
    assert 0.3 < tracer.score(make_log([[(0, 1)]]))[0] < 0.8


def test_a_question_without_concepts_is_predicted_by_the_overall_accuracy(fitted, tmp_path):
    tracer = fitted("bkt")
    bare = QMatrix(("q0", "bare"), tracer.q_matrix.concept_ids, np.array([[0], [-1]], np.int32), np.zeros(2))
    tracer.save(tmp_path)
    loaded = type(tracer).load(tmp_path, bare)
    state = loaded.update(loaded.initial(1), Answers.untimed(np.array([1]), np.array([1.0])))
    np.testing.assert_array_equal(state.known, loaded.initial(1).known)
    assert loaded.predict(state, np.array([[1]]), AT)[0, 0] == pytest.approx(tracer.overall)


def test_concepts_may_change_after_training(fitted, tmp_path):
    tracer = fitted("bkt")
    tracer.save(tmp_path)
    changed = QMatrix(("q0",), ("new", "mul"), np.array([[0]], np.int32), np.array([np.nan], np.float32))
    loaded = type(tracer).load(tmp_path, changed)
    assert loaded.parameters.learn[0] == pytest.approx(tracer.parameters.learn.mean())
    assert loaded.parameters.learn[1] == tracer.parameters.learn[2]
