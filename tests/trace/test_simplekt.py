import numpy as np
import pytest
import torch

from preceptor.trace import Answers
from preceptor.trace.attention import WINDOW
from preceptor.trace.simplekt import SimpleKtTracer

AT = np.array([np.nan])


def test_mastery_of_a_concept_is_its_only_question_where_nothing_is_known_of_single_questions(fitted):
    tracer = fitted("simplekt")
    state = tracer.update(tracer.initial(1), Answers.untimed(np.array([4]), np.array([1.0])))
    asked = tracer.predict(state, np.array([[0, 2, 4, 6]]), AT)
    np.testing.assert_allclose(tracer.mastery(state, np.arange(4), AT), asked, atol=1e-6)


def test_mastery_is_the_question_of_average_difficulty(make):
    """Where only difficulties tell questions of a concept apart, the average one lies between them."""
    tracer = make("simplekt", questions="difficulty")
    tracer.network.terms.difficulty.copy_(torch.linspace(-1, 1, 12))
    terms = tracer.network.asked(torch.arange(12)).features.all()[:, 0]
    average = tracer.network.average_asked().features.all()[:, 0]
    of_concept = [[0, 1, 8, 11], [2, 3, 8, 9], [4, 5, 9, 10], [6, 7, 10, 11]]
    expected = torch.stack([terms[questions].mean() for questions in of_concept])
    torch.testing.assert_close(average, expected)


def test_each_block_reaches_one_window_further_back(make, make_log):
    """With two blocks an answer is forgotten only after two windows."""
    tracer = make("simplekt", size="base")
    torch.manual_seed(0)
    tracer.network.reset()
    rng = np.random.default_rng(4)
    tail = [(int(q), float(q % 2)) for q in rng.integers(0, 12, 2 * WINDOW + 1)]
    kept, changed = (tracer.score(make_log([[(3, credit), *tail]])) for credit in (0.0, 1.0))
    different = np.flatnonzero(np.abs(kept - changed) > 0)
    assert different.max() > WINDOW
    np.testing.assert_allclose(kept[2 * WINDOW + 1 :], changed[2 * WINDOW + 1 :], atol=1e-6)


@pytest.mark.parametrize("size", ["base", "large"])
def test_every_size_runs(q_matrix, size):
    tracer = SimpleKtTracer(q_matrix, size=size)
    state = tracer.update(tracer.initial(2), Answers.untimed(np.array([0, 9]), np.array([1, 0])))
    assert tracer.predict(state, np.array([[0, 8], [1, 11]]), np.full(2, np.nan)).shape == (2, 2)
