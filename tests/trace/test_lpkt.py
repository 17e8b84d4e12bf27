from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import QMatrix
from preceptor.trace import Answers, score_by_replay
from preceptor.trace.lpkt import DURATIONS, INTERVALS, LpktTracer, _edges, _half_octave
from preceptor.trace.lpkt_sweep import Answered, Weights, plain_read_cells, read_cells
from preceptor.trace.training import TrainingPlan

DAY = 86_400.0


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def row(amount, last):
    return min(last, 1 + int(np.floor(2 * np.log2(1 + max(amount, 0.0))))) if np.isfinite(amount) else 0


def by_hand(network, concepts, questions, given, times, durations):
    """P(correct) of one student's answers, concept by concept and in doubles, as the docstring writes them."""
    w = {name: value.detach().double().numpy() for name, value in network.state_dict().items()}
    cells, width = w["cells"].copy(), w["cells"].shape[1]
    gain, before, last, found = np.zeros(width), np.zeros(width), np.nan, []
    for question, credit, time, duration in zip(questions, given, times, durations, strict=True):
        of_interval = w["interval"][row((time - last) / 60, INTERVALS - 1)]
        shift = w["fade.bias"] + w["fade_gain.weight"] @ gain + of_interval[:width]
        cells = np.array([h * sigmoid(w["fade.weight"] @ h + shift) for h in cells])
        q = np.where(np.isin(np.arange(len(cells)), concepts[question]), 1.0, 0.03)
        known, e = q @ cells, w["question"][question]
        read = w["asked.weight"] @ e + w["asked.bias"] + w["asked_known.weight"] @ known
        found.append(sigmoid(read).mean())
        learning = w["of_question.weight"] @ e + w["of_question.bias"] + w["duration"][row(duration, DURATIONS - 1)]
        learning = learning + credit * w["credit"][1] + (1 - credit) * w["credit"][0]
        both = w["of_learning.weight"] @ np.concatenate([before, learning]) + w["of_learning.bias"]
        both = both + w["of_known.weight"] @ known + of_interval[width:]
        gain = sigmoid(both[:width]) * (np.tanh(both[width:]) + 1) / 2
        cells, before, last = cells + q[:, None] * gain, learning, time
    return np.array(found)


@pytest.fixture(scope="module")
def timed(fitted):
    """LPKT whose tables of times and durations matter as much as anything else."""
    tracer, own = fitted("lpkt"), LpktTracer(fitted("lpkt").q_matrix, size="small")
    own.set_weights(tracer.weights())
    torch.manual_seed(0)
    with torch.no_grad():
        for table in (own.network.interval, own.network.duration):
            table.normal_()
    return own


def answers_log(make_log):
    questions, given = [0, 9, 9, 3, 11, 0], [1.0, 0.0, 0.4, 1.0, 1.0, 0.0]
    log = make_log([list(zip(questions, given, strict=True))])
    times = np.array([0.0, 40.0, np.nan, 9 * DAY, 8 * DAY, 5000 * DAY])
    durations = np.array([3.0, np.nan, 60.0, 0.0, 1e9, 7.0], np.float32)
    return replace(log, time_seconds=times, duration_seconds=durations)


def test_it_computes_what_its_documentation_says(timed, q_matrix, make_log):
    log = answers_log(make_log)
    expected = by_hand(
        timed.network, q_matrix.concepts, log.question, log.correct, log.time_seconds, log.duration_seconds
    )
    shift, slope = timed.calibration
    expected = sigmoid(shift + slope * np.log(expected / (1 - expected)))
    np.testing.assert_allclose(timed.score(log), expected, atol=1e-5)
    np.testing.assert_allclose(score_by_replay(timed, log), expected, atol=1e-5)
    assert np.ptp(expected) > 0.05


def test_scores_of_unlike_lengths_equal_stepping(timed, test_log):
    rng = np.random.default_rng(1)
    log = replace(test_log, duration_seconds=rng.exponential(30, len(test_log)).astype(np.float32))
    np.testing.assert_allclose(timed.score(log), score_by_replay(timed, log), atol=1e-5)


@settings(deadline=None, derandomize=True, max_examples=20)
@given(lengths=st.lists(st.integers(1, 7), min_size=1, max_size=5), seed=st.integers(0, 99))
def test_the_compiled_sweep_and_its_gradients_equal_the_plain_one(lengths, seed):
    torch.manual_seed(seed)
    active, rows = tuple(sum(n > step for n in lengths) for step in range(max(lengths))), sum(lengths)
    own = torch.stack([torch.randint(0, 4, (rows,)), torch.randint(4, 7, (rows,))], dim=1)
    own[torch.rand(rows) < 0.3, 1] = -1
    kept, towards = (torch.rand(rows, 5) < 0.8) * 1.25, torch.randn(rows, 5)
    numbers = [torch.randn(7, 5), *(torch.randn(n, 5) / 3 for n in (5, 5, 10)), torch.randn(rows, 5)]
    numbers.append(torch.randn(rows, 10))
    found = []
    for sweep in (read_cells, plain_read_cells):
        inputs = [number.clone().requires_grad_() for number in numbers]
        read = sweep(Weights(*inputs[:4]), Answered(*inputs[4:], kept, own), active)
        loss = (read * towards).sum() + 0 * sum(map(torch.sum, inputs))
        found.append([read, *torch.autograd.grad(loss, inputs)])
    with torch.inference_mode():
        found[0].append(read_cells(Weights(*numbers[:4]), Answered(*numbers[4:], kept, own), active))
    for compiled, plain in zip(found[0], [*found[1], found[1][0]], strict=True):
        torch.testing.assert_close(compiled, plain, atol=1e-5, rtol=1e-5)


def test_a_prediction_depends_on_when_it_is_made_and_on_nothing_after_it(timed, make_log):
    log = answers_log(make_log)
    later = replace(log, time_seconds=log.time_seconds + np.array([0, 0, 0, 0, 2 * DAY, 0]))
    moved = np.abs(timed.score(later) - timed.score(log)) > 1e-6
    np.testing.assert_array_equal(moved, [False, False, False, False, True, True])
    longer = replace(log, duration_seconds=log.duration_seconds + np.float32([0, 0, 0, 50, 0, 0]))
    moved = np.abs(timed.score(longer) - timed.score(log)) > 1e-6
    np.testing.assert_array_equal(moved, [False, False, False, False, True, True])


def test_students_forget(make_log, clock):
    """Whoever answers within the hour is right, and wrong after a week: the time alone tells."""
    q_matrix = QMatrix(("a", "b"), ("c",), np.array([[0], [0]], np.int32), np.full(2, np.nan, np.float32))
    rng = np.random.default_rng(0)
    gaps = rng.choice([600.0, 7 * DAY], (60, 10))
    right = gaps < 3_600
    log = make_log([[(int(rng.integers(2)), float(r)) for r in row] for row in right], question_ids=("a", "b"))
    log = replace(log, time_seconds=np.cumsum(gaps, axis=1).reshape(-1))
    plan = TrainingPlan(epochs=14, learning_rate=0.03, answers_per_batch=100)
    tracer = LpktTracer(q_matrix, size="small", plan=plan)
    tracer.fit(log.of_students(range(45)), log.of_students(range(45, 60)), seed=0, clock=clock)
    state = tracer.update(
        tracer.initial(1), Answers(np.array([0]), np.ones(1, np.float32), np.zeros(1), np.full(1, np.nan, np.float32))
    )
    soon, late = (tracer.mastery(state, [0], np.array([seconds]))[0, 0] for seconds in (600.0, 7 * DAY))
    assert soon > 0.8 > 0.2 > late


def test_amounts_are_told_apart_by_half_octaves():
    amounts = torch.tensor([float("nan"), float("inf"), -5.0, 0.0, 0.5, 1.0, 3.0, 1e9], dtype=torch.float64)
    assert _half_octave(amounts, _edges(26)).tolist() == [0, 0, 1, 1, 2, 3, 5, 25]


def test_the_mastery_of_a_concept_is_that_of_an_average_question_on_it(timed, q_matrix):
    """Concept 3 has questions 6, 7, 10 and 11; with one vector for all of them it is what question 6 alone gets."""
    alike = LpktTracer(q_matrix, size="small")
    alike.set_weights(timed.weights())
    with torch.no_grad():
        alike.network.question[[6, 7, 10, 11]] = alike.network.question[[6, 7, 10, 11]].mean(0)
    state = alike.update(alike.initial(1), Answers.untimed(np.array([6]), np.array([1.0])))
    at = np.array([np.nan])
    expected = alike.predict(state, np.array([[6]]), at)[0, 0]
    assert alike.mastery(state, [3], at)[0, 0] == pytest.approx(expected, abs=1e-6)
    assert alike.mastery(state, [0], at)[0, 0] != pytest.approx(expected, abs=1e-3)


def test_many_questions_are_asked_about_in_pieces(timed, monkeypatch):
    state, at = timed.initial(3), np.full(3, np.nan)
    questions = np.tile(np.arange(12), (3, 1))
    whole = timed.predict(state, questions, at)
    monkeypatch.setattr("preceptor.trace.lpkt._NUMBERS", 30)
    np.testing.assert_allclose(timed.predict(state, questions, at), whole, atol=1e-6)
    assert timed.predict(state, questions[:, :0], at).shape == (3, 0)


@pytest.mark.parametrize(("size", "width"), [("base", 64), ("large", 128)])
def test_every_size_runs(q_matrix, size, width):
    tracer = LpktTracer(q_matrix, size=size)
    state = tracer.update(tracer.initial(2), Answers.untimed(np.array([0, 9]), np.array([1, 0])))
    assert tracer.predict(state, np.array([[0, 8], [1, 11]]), np.full(2, np.nan)).shape == (2, 2)
    assert state.cells.shape == (2, 4, width)
