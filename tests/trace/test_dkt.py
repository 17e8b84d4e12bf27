import numpy as np
import pytest
import torch
from sklearn.metrics import roc_auc_score

from preceptor.domain import QMatrix, UserError
from preceptor.trace import Answers, load_tracer, score_by_replay
from preceptor.trace.answers import mean_log_loss
from preceptor.trace.dkt import DktTracer
from preceptor.trace.training import TrainingPlan

AT = np.array([np.nan])


@pytest.fixture(scope="module")
def difficult(make, train, valid, clock):
    """DKT that has learned a difficulty of every question."""
    plan = TrainingPlan(epochs=30, learning_rate=0.02, answers_per_batch=200)
    tracer = make("dkt", plan=plan, questions="difficulty")
    tracer.fit(train, valid, seed=1, clock=clock)
    return tracer


def test_it_learns_more_than_the_average_of_each_concept(make, train, valid, test_log, fitted, clock):
    tracer = make("dkt", epochs=25)
    report = tracer.fit(train, valid, seed=1, clock=clock)
    history = fitted("history")
    floor = history.predict(history.initial(1), test_log.question[None], AT)[0]
    assert roc_auc_score(test_log.correct, tracer.score(test_log)) > roc_auc_score(test_log.correct, floor) + 0.02
    assert min(report.valid_log_loss) < report.valid_log_loss[0]


def test_of_two_concepts_it_learns_which_the_student_knows(make_log, clock):
    """Students know one of two concepts; after one answer on each the rest is certain."""
    q_matrix = QMatrix(("a", "b"), ("a", "b"), np.array([[0], [1]], np.int32), np.full(2, np.nan, np.float32))
    rng = np.random.default_rng(0)
    known = rng.integers(0, 2, 80)
    log = make_log([[(int(q), float(q == k)) for q in rng.integers(0, 2, 12)] for k in known], question_ids=("a", "b"))
    tracer = DktTracer(q_matrix, size="small", plan=TrainingPlan(epochs=15, answers_per_batch=120))
    tracer.fit(log.of_students(range(60)), log.of_students(range(60, 80)), seed=0, clock=clock)
    state = tracer.update(tracer.initial(2), Answers.untimed(np.array([0, 0]), np.array([1, 0])))
    mastery = tracer.mastery(state, [0, 1], np.full(2, np.nan))
    assert mastery[0, 0] > 0.8 > 0.2 > mastery[0, 1]
    assert mastery[1, 1] > 0.8 > 0.2 > mastery[1, 0]


def test_the_best_epoch_is_kept(make, train, valid, clock):
    tracer = make("dkt", plan=TrainingPlan(epochs=30, patience=2, learning_rate=0.05, answers_per_batch=200))
    report = tracer.fit(train, valid, seed=1, clock=clock)
    best = int(np.argmin(report.valid_log_loss))
    assert report.best_epoch == best + 1
    assert report.epochs == report.best_epoch + 2 < 30
    calibrated = tracer.score(valid)
    tracer.calibration = (0.0, 1.0)
    assert mean_log_loss(calibrated, valid.correct) < mean_log_loss(tracer.score(valid), valid.correct)
    p = np.clip(tracer.score(valid).astype(float), 1e-6, 1 - 1e-6)
    kept = -np.mean(np.where(valid.correct > 0.5, np.log(p), np.log(1 - p)))
    assert kept == pytest.approx(report.valid_log_loss[best], abs=1e-6)
    assert kept < report.valid_log_loss[-1]


def test_without_validation_students_the_user_is_told(make, train, make_log, clock):
    with pytest.raises(UserError, match="validation"):
        make("dkt").fit(train, make_log([]), seed=1, clock=clock)


def test_weights_are_the_same_bit_for_bit(make, fitted, train, valid, clock):
    again = make("dkt")
    again.fit(train, valid, seed=1, clock=clock)
    expected = fitted("dkt").network.state_dict()
    assert all(torch.equal(weights, expected[name]) for name, weights in again.network.state_dict().items())


def test_validation_answers_change_nothing_but_the_epoch_and_the_calibration(make, train, valid, test_log, clock):
    plan = TrainingPlan(epochs=1, answers_per_batch=200)
    one, other = make("dkt", plan=plan), make("dkt", plan=plan)
    one.fit(train, valid, seed=1, clock=clock)
    other.fit(train, test_log, seed=1, clock=clock)
    expected = one.network.state_dict()
    assert all(torch.equal(weights, expected[name]) for name, weights in other.network.state_dict().items())
    assert one.calibration != other.calibration


def test_a_right_answer_raises_its_own_concept_most(make, train, valid, clock):
    tracer = make("dkt", epochs=25)
    tracer.fit(train, valid, seed=1, clock=clock)
    right, wrong = (
        tracer.mastery(tracer.update(tracer.initial(1), Answers.untimed(np.array([4]), np.array([c]))), range(4), AT)
        for c in (1.0, 0.0)
    )
    assert (right > wrong).all()


def test_harder_questions_are_predicted_lower(difficult):
    """The second question of each pair is harder by 1.5 logits."""
    p = difficult.predict(difficult.initial(1), np.arange(8)[None], AT)[0]
    assert (p[0::2] > p[1::2] + 0.05).all()


def test_questions_with_own_difficulties_are_classes_of_their_own(difficult, fitted):
    assert len(difficult.distinct()[0]) == 12
    assert len(fitted("dkt").distinct()[0]) == 8


def test_difficulties_follow_their_questions_and_a_new_question_is_average(difficult, q_matrix, tmp_path):
    difficult.save(tmp_path)
    order = [11, 3, 0, 7, 5, 1, 2, 4, 6, 8, 9, 10]
    shuffled = QMatrix(
        (*(q_matrix.question_ids[i] for i in order), "new"),
        q_matrix.concept_ids,
        np.vstack([q_matrix.concepts[order], [[1, -1]]]).astype(np.int32),
        np.full(13, np.nan, np.float32),
    )
    loaded = load_tracer(tmp_path, shuffled)
    old = difficult.network.terms.difficulty.detach().numpy()
    new = loaded.network.terms.difficulty.detach().numpy()
    np.testing.assert_array_equal(new[:12], old[order])
    assert new[12] == pytest.approx(old.mean(axis=0))
    at_start = loaded.predict(loaded.initial(1), np.arange(13)[None], AT)[0]
    np.testing.assert_allclose(at_start[:12], difficult.predict(difficult.initial(1), np.array([order]), AT)[0])
    easy, hard = at_start[order.index(2)], at_start[order.index(3)]
    assert hard < at_start[12] < easy


def test_scores_with_difficulties_equal_stepping_too(difficult, test_log):
    np.testing.assert_allclose(difficult.score(test_log), score_by_replay(difficult, test_log), atol=1e-5)


def test_scores_do_not_depend_on_how_students_are_batched(fitted, test_log, monkeypatch):
    expected = fitted("dkt").score(test_log)
    monkeypatch.setattr("preceptor.trace.neural.SCORE_POSITIONS", 60)
    np.testing.assert_allclose(fitted("dkt").score(test_log), expected, atol=1e-6)


def test_a_model_without_a_place_for_other_concepts_refuses_them(fitted, tmp_path):
    fitted("sakt").save(tmp_path)
    other = QMatrix(("q0",), ("add", "geo"), np.array([[0]], np.int32), np.array([np.nan], np.float32))
    with pytest.raises(UserError, match="other concepts") as caught:
        load_tracer(tmp_path, other)
    assert "preceptor train" in caught.value.mend


def test_an_unknown_size_is_refused(q_matrix):
    with pytest.raises(UserError, match="small, base, large"):
        DktTracer(q_matrix, size="huge")


@pytest.mark.parametrize("size", ["base", "large"])
def test_every_size_runs(q_matrix, size):
    tracer = DktTracer(q_matrix, size=size)
    state = tracer.update(tracer.initial(2), Answers.untimed(np.array([0, 9]), np.array([1, 0])))
    assert tracer.predict(state, np.array([[0, 8], [1, 11]]), np.full(2, np.nan)).shape == (2, 2)


def test_an_answer_is_the_mean_of_its_concepts_and_of_right_and_wrong_by_credit(fitted):
    network = fitted("dkt").network

    def inputs(question, credit):
        return network.inputs(torch.tensor([question]), torch.tensor([credit])).all().detach().numpy()[0]

    np.testing.assert_allclose(inputs(8, 1.0), (inputs(0, 1.0) + inputs(2, 1.0)) / 2, atol=1e-6)
    np.testing.assert_allclose(inputs(8, 0.25), 0.25 * inputs(8, 1.0) + 0.75 * inputs(8, 0.0), atol=1e-6)
    assert np.abs(inputs(8, 1.0) - inputs(8, 0.0)).max() > 0.1


def test_the_reported_time_includes_the_fit_of_difficulties(make, train, valid, monkeypatch):
    now = [0.0]

    def slow(train, valid, q_matrix, clock):
        now[0] += 7.0
        return np.zeros(len(q_matrix.question_ids), np.float32)

    monkeypatch.setattr("preceptor.trace.neural.fit_difficulties", slow)
    report = make("dkt", questions="difficulty", epochs=1).fit(train, valid, seed=1, clock=lambda: now[0])
    assert report.seconds == 7.0


@pytest.mark.parametrize(("passes", "stays"), [(1e9, True), (1e-9, False)])
def test_what_is_kept_is_the_mean_of_recent_weights(make, train, valid, clock, monkeypatch, passes, stays):
    """A mean over endless passes stays at the start; one over no time at all is the last weights."""
    monkeypatch.setattr("preceptor.trace.training.AVERAGED_PASSES", passes)
    tracer, start = make("dkt", epochs=1), make("dkt").network
    with torch.random.fork_rng():
        torch.manual_seed(1)
        start.reset()
    tracer.fit(train, valid, seed=1, clock=clock)
    assert torch.allclose(tracer.network.recurrent, start.recurrent, atol=1e-6) is stays
