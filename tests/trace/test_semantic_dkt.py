import copy
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import QMatrix
from preceptor.trace import Answers, QuestionVectors
from preceptor.trace.semantic_dkt import SemanticDktTracer
from preceptor.trace.semantic_dkt_head import FactorisedHead
from preceptor.trace.training import TrainingPlan

AT = np.array([np.nan])


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)


def dense_head(w, h, z):
    """F(h, z) with W₁ in one piece, as the paper writes it."""
    a = relu(w["head.of_state.weight"] @ h + w["head.of_state.bias"])
    b = relu(w["head.of_vector.weight"] @ z + w["head.of_vector.bias"])
    w1 = np.hstack([w["head.lift_state.weight"], w["head.lift_vector.weight"]])
    u = relu(w1 @ np.concatenate([a, b]) + w["head.lift_vector.bias"])
    return w["head.out.weight"][0] @ u + w["head.out.bias"][0]


def by_hand(network, vectors, questions, given):
    """Logits of one student's answers, in doubles."""
    w = {name: value.detach().double().numpy() for name, value in network.state_dict().items()}
    z = vectors.questions / np.linalg.norm(vectors.questions, axis=1, keepdims=True) * np.sqrt(vectors.width)
    h, c = np.zeros(w["recurrent"].shape[1]), np.zeros(w["recurrent"].shape[1])
    logits = []
    for question, credit in zip(questions, given, strict=True):
        logits.append(dense_head(w, h, z[question]))
        x = z[question] + credit * w["answer"][1] + (1 - credit) * w["answer"][0]
        enter, forget, leave, candidate = np.split(w["read.weight"] @ x + w["read.bias"] + w["recurrent"] @ h, 4)
        enter, forget, leave = sigmoid(enter), sigmoid(forget), sigmoid(leave)
        c = forget * c + enter * np.tanh(candidate)
        h = leave * np.tanh(c)
    return np.array(logits)


def test_it_computes_what_the_paper_says(fitted, vectors, make_log):
    tracer = fitted("semantic-dkt")
    questions, given = [0, 9, 9, 3, 11, 0], [1.0, 0.0, 0.4, 1.0, 1.0, 0.0]
    shift, slope = tracer.calibration
    expected = sigmoid(shift + slope * by_hand(tracer.network, vectors, questions, given))
    scores = tracer.score(make_log([list(zip(questions, given, strict=True))]))
    np.testing.assert_allclose(scores, expected, atol=1e-5)
    assert np.ptp(scores) > 0.05


def test_at_the_published_sizes_it_has_the_published_number_of_weights():
    """LSTM 1,284,000, head 1,043,401 and answers 1,536, less torch's second and redundant bias of 1,200."""
    q_matrix = QMatrix(("a",), ("c",), np.array([[0]], np.int32), np.array([np.nan], np.float32))
    network = SemanticDktTracer(q_matrix, size="large", vectors=QuestionVectors.blank(1, 1, 768, False)).network
    assert sum(p.numel() for p in network.head.parameters()) == 1_043_401
    assert sum(p.numel() for p in network.parameters()) == 2_328_937 - 1_200


@settings(deadline=None, derandomize=True, max_examples=25)
@given(n=st.integers(0, 20), m=st.integers(0, 7), seed=st.integers(0, 99))
def test_the_compiled_head_equals_the_dense_one(n, m, seed):
    torch.manual_seed(seed)
    head = FactorisedHead(9, 5, 37)
    hidden, vectors, column = torch.randn(n, 9), torch.randn(6, 5), torch.randint(0, 6, (n, m))
    w = {f"head.{name}": value.double().numpy() for name, value in head.state_dict().items()}
    dense = [[dense_head(w, h, vectors[c].numpy()) for c in row] for h, row in zip(hidden.numpy(), column, strict=True)]
    with torch.inference_mode():
        student, table = head.student(hidden), head.question(vectors)
        compiled, plain = head.logits(student, table, column), head.plain_logits(student, table, column)
    expected = np.array(dense).reshape(n, m)
    np.testing.assert_allclose(compiled, expected, atol=1e-5)
    np.testing.assert_allclose(plain, expected, atol=1e-5)


def test_the_plain_head_works_in_pieces(monkeypatch):
    torch.manual_seed(0)
    head, column = FactorisedHead(9, 5, 37), torch.randint(0, 6, (4, 11))
    student, table = head.student(torch.randn(4, 9)), head.question(torch.randn(6, 5))
    whole = head.plain_logits(student, table, column)
    monkeypatch.setattr("preceptor.trace.semantic_dkt_head.PLAIN_NUMBERS", 500)
    torch.testing.assert_close(head.plain_logits(student, table, column), whole)


def test_gradients_flow_through_the_head(fitted):
    network = copy.deepcopy(fitted("semantic-dkt").network)
    network.question_logits(network.start(2), torch.tensor([[0, 1], [2, 3]]), torch.zeros(2)).sum().backward()
    assert network.head.lift_vector.weight.grad.abs().sum() > 0
    assert network.question_vectors.grad is None


def test_tables_follow_the_weights(make, train, valid, clock):
    """Predictions before, between and after two fits, and of a copy that is changed, come from today's weights."""
    tracer = make("semantic-dkt", epochs=1)
    state = tracer.initial(1)

    def fresh(tracer):
        again = make("semantic-dkt")
        again.set_weights(tracer.weights())
        return everything(again, again.initial(1))

    def everything(tracer, state):
        asked, answered = np.arange(12)[None], Answers.untimed(np.array([5]), np.array([1.0]))
        later = tracer.predict(tracer.update(state, answered), asked, AT)
        return tracer.predict(state, asked, AT), tracer.mastery(state, range(4), AT), later

    seen = []
    for seed in (1, 2):
        tracer.fit(train, valid, seed=seed, clock=clock)
        now = everything(tracer, state)
        for mine, expected in zip(now, fresh(tracer), strict=True):
            np.testing.assert_array_equal(mine, expected)
        seen.append(now[0])
    assert np.abs(seen[0] - seen[1]).max() > 1e-3
    copied = copy.deepcopy(tracer)
    with torch.no_grad():
        copied.network.head.out.bias += 1
        copied.network.head.lift_vector.bias += 1
    np.testing.assert_array_equal(copied.mastery(state, range(4), AT), fresh(copied)[1])
    np.testing.assert_array_equal(tracer.mastery(state, range(4), AT), fresh(tracer)[1])


def test_a_question_never_answered_is_predicted_by_its_text(make, bank, train, valid, vectors, clock):
    """Questions of the same text are predicted alike; training saw only one of them."""
    twin = replace(vectors, questions=vectors.questions[[0, 0, *range(2, 12)]])
    tracer = make("semantic-dkt", vectors=twin)
    tracer.fit(train.take(train.question != 1), valid, seed=1, clock=clock)
    state = tracer.update(tracer.initial(1), Answers.untimed(np.array([0]), np.array([1.0])))
    first, second = tracer.predict(state, np.array([[0, 1]]), AT)[0]
    assert first == pytest.approx(second)


def test_the_length_of_the_vectors_given_does_not_matter(make, vectors):
    longer = replace(vectors, questions=7 * vectors.questions, concepts=0.1 * vectors.concepts)
    one, other = make("semantic-dkt").network, make("semantic-dkt", vectors=longer).network
    torch.testing.assert_close(one.question_vectors, other.question_vectors)
    torch.testing.assert_close(one.concept_vectors, other.concept_vectors)
    torch.testing.assert_close(one.question_vectors.norm(dim=1), torch.full((12,), 4.0))


def test_a_text_without_a_vector_stays_without(make, vectors):
    blank = replace(vectors, questions=np.zeros_like(vectors.questions))
    assert (make("semantic-dkt", vectors=blank).network.question_vectors == 0).all()


def test_it_learns_more_than_the_average_of_each_concept(make, train, valid, clock):
    plan = TrainingPlan(epochs=15, learning_rate=0.01, answers_per_batch=200)
    report = make("semantic-dkt", plan=plan).fit(train, valid, seed=1, clock=clock)
    history = make("history")
    history.fit(train, valid, seed=1, clock=clock)
    asked = history.predict(history.initial(1), valid.question[None], AT)[0]
    floor = -np.mean(np.where(valid.correct > 0.5, np.log(asked), np.log(1 - asked)))
    assert min(report.valid_log_loss) < floor - 0.02


def test_frozen_vectors_are_never_trained(make, fitted):
    network = fitted("semantic-dkt").network
    assert network.moved is None
    torch.testing.assert_close(network.question_vectors, make("semantic-dkt").network.question_vectors)


def test_vectors_to_tune_start_where_they_are_given_and_move(make, vectors, train, valid, clock):
    tuned = make("semantic-dkt", vectors=replace(vectors, tuned=True))
    tuned.network.reset()
    assert not tuned.network.moved.any()
    tuned.fit(train, valid, seed=1, clock=clock)
    assert tuned.network.moved.abs().max() > 1e-3
    torch.testing.assert_close(tuned.network.question_vectors, make("semantic-dkt").network.question_vectors)


def test_without_vectors_they_are_learned_from_a_random_start(q_matrix, make, train, valid, clock):
    tracer = make("semantic-dkt", vectors=None)
    tracer.fit(train, valid, seed=1, clock=clock)
    assert not tracer.network.question_vectors.any()
    assert tracer.network.moved.std() > 0.5
    asked = tracer.predict(tracer.initial(1), np.arange(12)[None], AT)[0]
    again = SemanticDktTracer(q_matrix, size="small")
    again.set_weights(tracer.weights())
    np.testing.assert_array_equal(again.predict(again.initial(1), np.arange(12)[None], AT)[0], asked)


@pytest.mark.parametrize("given", ["tuned", "none"])
def test_a_concept_moves_as_its_questions_moved_on_average(make, vectors, bank, given):
    network = make("semantic-dkt", vectors=replace(vectors, tuned=True) if given == "tuned" else None).network
    network.reset()
    with torch.no_grad():
        network.moved.normal_(generator=torch.Generator().manual_seed(3))
        table = network.concept_table()
    dense = torch.from_numpy(bank.q_matrix.dense > 0).float()
    expected = network.concept_vectors + (dense / dense.sum(dim=0)).T @ network.moved
    torch.testing.assert_close(table, expected.detach())
    if given == "none":
        assert not network.concept_vectors.any()


def test_tables_follow_moved_vectors(make, vectors):
    tracer = make("semantic-dkt", vectors=replace(vectors, tuned=True))
    tracer.network.reset()
    state = tracer.initial(1)
    before = tracer.predict(state, np.array([[0]]), AT), tracer.mastery(state, range(4), AT)
    with torch.no_grad():
        tracer.network.moved += 1
    after = tracer.predict(state, np.array([[0]]), AT), tracer.mastery(state, range(4), AT)
    assert all(np.abs(old - new).max() > 1e-4 for old, new in zip(before, after, strict=True))
