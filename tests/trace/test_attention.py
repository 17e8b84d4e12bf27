"""What all attention tracers promise: a bounded window, exact positions, constant-time steps."""

import numpy as np
import pytest
import torch

from preceptor.trace import Answers, score_by_replay
from preceptor.trace.attention import WINDOW, rotated, turns

every_attention = pytest.mark.parametrize("name", ["sakt", "simplekt", "akt"])
AT = np.array([np.nan])


@pytest.fixture
def long_log(make_log):
    """One history of more than two windows beside a short one."""
    rng = np.random.default_rng(3)
    return make_log([[(int(q), float(rng.random() < 0.6)) for q in rng.integers(0, 12, n)] for n in (450, 30)])


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
