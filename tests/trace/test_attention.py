"""What all attention tracers promise: a bounded window, exact positions, constant-time steps."""

import numpy as np
import pytest
import torch

from preceptor.domain import QMatrix
from preceptor.trace import Answers, score_by_replay
from preceptor.trace.attention import WINDOW, attend, decayed_weights, rotated, turns, weights
from preceptor.trace.batches import windows
from preceptor.trace.sequences import LogTensors
from preceptor.trace.training import TrainingPlan

every_attention = pytest.mark.parametrize("name", ["sakt", "simplekt", "akt"])
AT = np.array([np.nan])


@pytest.fixture
def long_log(make_log):
    """One history of more than two windows beside a short one."""
    rng = np.random.default_rng(3)
    return make_log([[(int(q), float(rng.random() < 0.6)) for q in rng.integers(0, 12, n)] for n in (430, 30)])


@every_attention
def test_scores_equal_stepping_beyond_the_window(name, fitted, long_log):
    tracer = fitted(name)
    np.testing.assert_allclose(tracer.score(long_log), score_by_replay(tracer, long_log), atol=1e-5, rtol=0)


@every_attention
def test_of_one_block_what_left_the_window_is_forgotten(name, fitted, make_log):
    rng = np.random.default_rng(4)
    tail = [(int(q), float(q % 2)) for q in rng.integers(0, 12, WINDOW)]
    kept, changed = (fitted(name).score(make_log([[(3, credit), *tail, (0, 1.0)]])) for credit in (0.0, 1.0))
    assert abs(kept[WINDOW] - changed[WINDOW]) > 0
    assert abs(kept[1] - changed[1]) > 1e-3
    if name != "akt":  # its encoders hand older answers on, window by window
        assert kept[WINDOW + 1] == pytest.approx(changed[WINDOW + 1], abs=1e-6)


@every_attention
@pytest.mark.parametrize("options", [{"questions": "difficulty"}, {"questions": "embedding", "size": "base"}])
def test_scores_equal_stepping_with_question_inputs(name, options, make, test_log):
    torch.manual_seed(0)
    tracer = make(name, **options)
    tracer.network.reset()
    for weight in tracer.network.lightly_penalised():
        torch.nn.init.normal_(weight)
    np.testing.assert_allclose(tracer.score(test_log), score_by_replay(tracer, test_log), atol=1e-5, rtol=0)


def test_products_of_rotated_vectors_depend_on_the_distance_alone_at_any_length():
    """Angles are kept in double precision: a million answers later the product is the same."""
    one, other = torch.randn(2, 16, generator=torch.Generator().manual_seed(0))
    position = torch.tensor([0, 1_000, 10_000_000])
    products = (rotated(one, turns(position + 7, 16)) * rotated(other, turns(position, 16))).sum(-1)
    np.testing.assert_allclose(products, products[0].expand(3), atol=1e-5)
    assert abs(float(products[0]) - float((one * other).sum())) > 0.1


@every_attention
def test_a_state_does_not_grow(name, fitted):
    tracer = fitted(name)
    state = tracer.initial(2)
    room = state.keys.shape
    for _ in range(3):
        state = tracer.update(state, Answers.untimed(np.array([1, 2]), np.array([1.0, 0.0])))
    assert state.keys.shape == state.values.shape == room
    assert state.count.tolist() == [3, 3]


def stretch(seed, students=3, heads=2, steps=9, width=4):
    noise = torch.Generator().manual_seed(seed)
    return [torch.randn(students, heads, steps, width, generator=noise, dtype=torch.float64) for _ in range(3)]


def by_hand(query, key, value, own, theta):
    """The published formula, one number at a time, with θ None for plain attention."""
    result = np.zeros_like(value)
    for t in range(len(query)):
        seen = [j for j in range(len(query)) if max(0, t - WINDOW) <= j <= (t if own else t - 1)]
        if not seen:
            continue
        scores = np.array([query[t] @ key[j] for j in seen]) / np.sqrt(query.shape[1])
        if theta is not None:
            near = np.exp(scores) / np.exp(scores).sum()
            distance = [np.sqrt(max(near[i + 1 :].sum(), 0) * (t - j)) for i, j in enumerate(seen)]
            scores = scores * np.maximum(np.exp(-theta * np.array(distance)), 1e-5)
        share = np.exp(scores) / np.exp(scores).sum()
        result[t] = share @ value[seen]
    return result


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("decays", [True, False])
def test_attention_is_the_published_formula(own, decays, dtype):
    """In float32 by the compiled kernels, in float64 by the plain form."""
    parts = stretch(0)
    decay = torch.tensor([0.3, 1.2], dtype=dtype) if decays else None
    seen = attend(*(part.to(dtype) for part in parts), own=own, decay=decay)
    for student in range(3):
        for head in range(2):
            query, key, value = (part[student, head].numpy() for part in parts)
            expected = by_hand(query, key, value, own, float(decay[head]) if decays else None)
            np.testing.assert_allclose(seen[student, head], expected, atol=1e-5)


@pytest.mark.parametrize("steps", [1, 2, 70, WINDOW + 60])
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("decays", [True, False])
def test_compiled_gradients_equal_those_of_the_plain_form(own, decays, steps):
    gradients = []
    for dtype in (torch.float32, torch.float64):
        inputs = [(2 * part).to(dtype).requires_grad_() for part in stretch(1, steps=steps)]
        decay = torch.tensor([0.3, 1.2], dtype=dtype, requires_grad=True) if decays else None
        seen = attend(*inputs, own=own, decay=decay)
        (seen * torch.linspace(-1, 1, steps)[:, None].to(dtype)).sum().backward()
        gradients.append([each.grad for each in (*inputs, decay) if each is not None])
    for fast, exact in zip(*gradients, strict=True):
        np.testing.assert_allclose(fast, exact, atol=2e-5 * max(1.0, float(exact.abs().max())))


def test_the_same_student_counts_more_what_is_near_in_context():
    """With equal scores the weights of monotonic attention fall with distance; plain ones are equal."""
    scores, seen = torch.ones(1, 1, 1, 6), torch.ones(6, dtype=torch.bool)
    ago = torch.arange(6, 0, -1)
    assert torch.allclose(weights(scores, seen), torch.full((1, 1, 1, 6), 1 / 6))
    falling = decayed_weights(scores, seen, ago, torch.tensor([1.0]))[0, 0, 0]
    assert (falling.diff() > 0).all()


@every_attention
def test_of_two_concepts_it_learns_which_the_student_knows(name, make, make_log, clock):
    """Students know one of two concepts; after three answers the rest is certain."""
    q_matrix = QMatrix(("a", "b"), ("a", "b"), np.array([[0], [1]], np.int32), np.full(2, np.nan, np.float32))
    rng = np.random.default_rng(0)
    known = rng.integers(0, 2, 80)
    log = make_log([[(int(q), float(q == k)) for q in rng.integers(0, 2, 12)] for k in known], question_ids=("a", "b"))
    tracer = make(name, q_matrix, plan=TrainingPlan(epochs=20, answers_per_batch=120, learning_rate=0.01))
    tracer.fit(log.of_students(range(60)), log.of_students(range(60, 80)), seed=0, clock=clock)
    state = tracer.initial(2)
    for question in (0, 1, 0):
        state = tracer.update(state, Answers.untimed(np.full(2, question), np.array([question == 0, question == 1])))
    mastery = tracer.mastery(state, [0, 1], np.full(2, np.nan))
    assert mastery[0, 0] > 0.8 > 0.2 > mastery[0, 1]
    assert mastery[1, 1] > 0.8 > 0.2 > mastery[1, 0]


@every_attention
def test_text_vectors_tell_questions_of_a_concept_apart(name, make, vectors):
    asked = np.arange(12)[None]
    for options in ({}, {"vectors": vectors}):
        tracer = make(name, **options)
        state = tracer.update(tracer.initial(1), Answers.untimed(np.array([4]), np.array([1.0])))
        predicted = tracer.predict(state, asked, AT)[0]
        assert (predicted[0] == predicted[1]) == (not options)
        assert len(tracer.distinct()[0]) == (12 if options else 8)


@every_attention
def test_a_batch_works_each_different_answer_out_once(name, fitted, test_log):
    """Twelve questions, right or wrong, are at most 24 rows of a table, whatever the number of answers."""
    network = fitted(name).network
    batch, _ = LogTensors.of(test_log, test_log.question).batch(windows(test_log), torch.empty(0).device)
    asked, answers = network.looked_up(batch)
    assert asked.vectors.table.shape[0] == 12
    assert answers.table.shape[0] == 24
    torch.testing.assert_close(asked.vectors.all(), network.asked(batch.question).vectors.all())
    torch.testing.assert_close(answers.all(), network.answered(batch.question, batch.correct))


@every_attention
def test_an_answer_is_the_mean_of_right_and_wrong_by_credit(name, fitted):
    network = fitted(name).network
    wrong, part, right = (network.answered(torch.tensor([8]), torch.tensor([c]))[0] for c in (0.0, 0.25, 1.0))
    torch.testing.assert_close(part, 0.25 * right + 0.75 * wrong)
    assert (right - wrong).abs().max() > 0.1


@every_attention
def test_without_the_compiled_kernels_it_is_the_same(name, fitted, test_log, monkeypatch):
    tracer = fitted(name)
    scores = tracer.score(test_log)
    state = tracer.update(tracer.initial(2), Answers.untimed(np.array([4, 8]), np.array([1.0, 0.0])))
    mastery = tracer.mastery(state, np.arange(4), np.full(2, np.nan))
    monkeypatch.setattr("preceptor.trace.attention.can_compile", lambda like: False)
    np.testing.assert_allclose(tracer.score(test_log), scores, atol=1e-5)
    np.testing.assert_allclose(tracer.mastery(state, np.arange(4), np.full(2, np.nan)), mastery, atol=1e-5)
