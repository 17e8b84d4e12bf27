import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import QMatrix
from preceptor.trace import Answers
from preceptor.trace.dkvmn import DkvmnNetwork, DkvmnTracer
from preceptor.trace.dkvmn_memory import Writing, memory_reads, plain_memory_reads
from preceptor.trace.training import TrainingPlan

AT = np.array([np.nan])


def softmax(x):
    return np.exp(x - x.max()) / np.exp(x - x.max()).sum()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def by_hand(network, concepts, questions, given):
    """Logits of one student's answers, slot by slot and in doubles, as the paper writes them."""
    w = {name: value.detach().double().numpy() for name, value in network.state_dict().items()}
    memory, logits = w["start_values"].copy(), []
    for question, credit in zip(questions, given, strict=True):
        own = [c for c in concepts[question] if c >= 0]
        key = w["key"][own].mean(axis=0)
        weight = softmax(np.array([key @ slot for slot in w["slot_keys"]]))
        read = sum(share * slot for share, slot in zip(weight, memory, strict=True))
        hidden = np.tanh(w["of_read.weight"] @ read + w["of_read.bias"] + w["of_key.weight"] @ key)
        logits.append(w["head.weight"][0] @ hidden + w["head.bias"][0])
        value = (credit * w["right"][own] + (1 - credit) * w["wrong"][own]).mean(axis=0)
        erase = sigmoid(w["erase.weight"] @ value + w["erase.bias"])
        add = np.tanh(w["add.weight"] @ value + w["add.bias"])
        memory = np.array(
            [slot * (1 - share * erase) + share * add for share, slot in zip(weight, memory, strict=True)]
        )
    return np.array(logits)


def test_it_computes_what_the_paper_says(fitted, q_matrix, make_log):
    tracer = fitted("dkvmn")
    questions, given = [0, 9, 9, 3, 11, 0], [1.0, 0.0, 0.4, 1.0, 1.0, 0.0]
    shift, slope = tracer.calibration
    expected = sigmoid(shift + slope * by_hand(tracer.network, q_matrix.concepts, questions, given))
    scores = tracer.score(make_log([list(zip(questions, given, strict=True))]))
    np.testing.assert_allclose(scores, expected, atol=1e-5)
    assert np.ptp(scores) > 0.05


@settings(deadline=None, derandomize=True, max_examples=20)
@given(lengths=st.lists(st.integers(0, 40), min_size=1, max_size=4), seed=st.integers(0, 99))
def test_the_compiled_sweep_and_its_gradients_equal_the_plain_steps(lengths, seed):
    """Lengths lie on both sides of the segments after which a memory is kept."""
    torch.manual_seed(seed)
    real = torch.arange(max(*lengths, 1)) < torch.tensor(lengths)[:, None]
    answers, towards = int(real.sum()), torch.randn(int(real.sum()), 5)
    key, answer = torch.randint(0, 4, (answers,)), torch.randint(0, 7, (answers,))
    start, weight, erase, add = torch.randn(3, 5), torch.rand(4, 3) / 3, torch.rand(7, 5), torch.randn(7, 5)
    found = []
    for sweep in (memory_reads, plain_memory_reads):
        inputs = [tensor.clone().requires_grad_() for tensor in (start, weight, erase, add)]
        reads = sweep(inputs[0], Writing(*inputs[1:]), key, answer, real)
        found.append([reads, *torch.autograd.grad((reads * towards).sum() + 0 * sum(map(torch.sum, inputs)), inputs)])
    for compiled, plain in zip(*found, strict=True):
        torch.testing.assert_close(compiled, plain, atol=1e-5, rtol=1e-5)


def test_it_remembers_what_a_student_knows_of_each_concept(make_log, clock):
    """Students know one of two concepts; after one answer on a concept the rest of it is certain."""
    q_matrix = QMatrix(("a", "b"), ("a", "b"), np.array([[0], [1]], np.int32), np.full(2, np.nan, np.float32))
    rng = np.random.default_rng(0)
    known = rng.integers(0, 2, 80)
    log = make_log([[(int(q), float(q == k)) for q in rng.integers(0, 2, 12)] for k in known], question_ids=("a", "b"))
    plan = TrainingPlan(epochs=10, learning_rate=0.02, answers_per_batch=120)
    tracer = DkvmnTracer(q_matrix, size="small", plan=plan)
    tracer.fit(log.of_students(range(60)), log.of_students(range(60, 80)), seed=0, clock=clock)
    state = tracer.initial(2)
    for question, credit in ((0, [1.0, 0.0]), (1, [0.0, 1.0])):
        state = tracer.update(state, Answers.untimed(np.full(2, question), np.array(credit)))
    mastery = tracer.mastery(state, [0, 1], np.full(2, np.nan))
    np.testing.assert_allclose(mastery, [[1, 0], [0, 1]], atol=0.1)


def test_an_answer_writes_where_its_question_reads(fitted):
    """A slot moves by at most its weight times (|erased| + |added|), and the weights of all slots sum to 1."""
    network = fitted("dkvmn").network
    before = network.start(1).memory[0]
    state = fitted("dkvmn").update(fitted("dkvmn").initial(1), Answers.untimed(np.array([4]), np.array([1.0])))
    with torch.no_grad():
        weight = network._attention(network.key[2])
    assert float(weight.sum()) == pytest.approx(1)
    moved = (state.memory[0] - before).abs().max(dim=1).values
    assert (moved <= weight * (before.abs().max() + 1) + 1e-6).all()
    assert moved.max() > 0


def test_questions_of_the_same_concepts_are_one_class(fitted):
    assert len(fitted("dkvmn").distinct()[0]) == 8


@pytest.mark.parametrize(("size", "shape"), [("base", (50, 200)), ("large", (100, 256))])
def test_every_size_runs(q_matrix, size, shape):
    tracer = DkvmnTracer(q_matrix, size=size)
    state = tracer.update(tracer.initial(2), Answers.untimed(np.array([0, 9]), np.array([1, 0])))
    assert tracer.predict(state, np.array([[0, 8], [1, 11]]), np.full(2, np.nan)).shape == (2, 2)
    assert state.memory.shape == (2, *shape)


def test_weights_differ_after_a_reset_and_the_start_is_not_zero(q_matrix):
    network = DkvmnNetwork(q_matrix, 8, 4)
    torch.manual_seed(0)
    network.reset()
    first = {name: value.clone() for name, value in network.state_dict().items()}
    network.reset()
    assert all(not torch.equal(value, first[name]) for name, value in network.state_dict().items())
