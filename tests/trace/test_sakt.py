import numpy as np
import pytest

from preceptor.trace import Answers
from preceptor.trace.sakt import SaktTracer


def test_an_answer_leaves_one_key_and_value(fitted):
    """They do not depend on earlier answers but through the turn of their position."""
    tracer = fitted("sakt")
    state = tracer.initial(1)
    for question in (0, 5, 0):
        state = tracer.update(state, Answers.untimed(np.array([question]), np.array([1.0])))
    values, keys = state.values[0, 0], state.keys[0, 0]
    np.testing.assert_array_equal(values[:, -1], values[:, -3])
    assert not np.allclose(keys[:, -1], keys[:, -3])
    np.testing.assert_allclose(keys[:, -1].norm(dim=-1), keys[:, -3].norm(dim=-1), rtol=1e-5)


def test_every_concept_has_its_own_right_and_wrong(fitted, q_matrix):
    network = fitted("sakt").network
    assert network.right.shape == network.wrong.shape == (len(q_matrix.concept_ids), 32)


@pytest.mark.parametrize("size", ["base", "large"])
def test_every_size_runs(q_matrix, size):
    tracer = SaktTracer(q_matrix, size=size)
    state = tracer.update(tracer.initial(2), Answers.untimed(np.array([0, 9]), np.array([1, 0])))
    assert tracer.predict(state, np.array([[0, 8], [1, 11]]), np.full(2, np.nan)).shape == (2, 2)
