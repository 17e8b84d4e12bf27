from dataclasses import replace
from typing import ClassVar

import numpy as np
import torch

from preceptor.trace import Answers, score_by_replay
from preceptor.trace.akt import AktNetwork, AktTracer

AT = np.array([np.nan])


class DeepAkt(AktTracer):
    """Two blocks of each kind."""

    shapes: ClassVar = {**AktTracer.shapes, "small": replace(AktTracer.shapes["small"], blocks=2)}


def test_more_blocks_score_as_they_step(q_matrix, test_log):
    torch.manual_seed(0)
    tracer = DeepAkt(q_matrix, size="small")
    tracer.network.reset()
    assert tracer.initial(1).keys.shape[1] == 6
    np.testing.assert_allclose(tracer.score(test_log), score_by_replay(tracer, test_log), atol=1e-5, rtol=0)


def test_the_published_network_can_be_built_with_four_blocks(q_matrix):
    network = AktNetwork(q_matrix, replace(AktTracer.shapes["large"], blocks=4))
    assert len(network.answer_encoder) == len(network.retriever) == len(network.question_encoder) == 4
    assert network.start(1).values.shape == (1, 12, 8, 200, 32)


def test_heads_learn_their_own_decay(fitted):
    """Decays move from where the seed put them, and stay at least 0."""
    network = fitted("akt").network
    decays = [block.look.decay for block in (*network.answer_encoder, *network.question_encoder, *network.retriever)]
    assert all((decay >= 0).all() for decay in decays)
    again = AktTracer(fitted("akt").q_matrix, size="small").network
    torch.manual_seed(1)
    again.reset()
    assert not torch.allclose(again.retriever[0].look.decay, network.retriever[0].look.decay, atol=1e-4)


def test_the_present_question_changes_how_the_same_answers_count(fitted):
    tracer = fitted("akt")
    state = tracer.initial(1)
    for question, credit in ((0, 1.0), (4, 0.0), (0, 1.0)):
        state = tracer.update(state, Answers.untimed(np.array([question]), np.array([credit])))
    assert np.ptp(tracer.predict(state, np.arange(12)[None], AT)) > 0.05


def test_a_student_alone_steps_as_in_company(q_matrix):
    """Alone by the compiled step, in company by the plain one; across the edge of the window."""
    torch.manual_seed(0)
    tracer = DeepAkt(q_matrix, size="small")
    tracer.network.reset()
    rng = np.random.default_rng(0)
    alone, company = tracer.initial(1), tracer.initial(2)
    for _ in range(205):
        question, credit = rng.integers(12, size=2), rng.random(2).astype(np.float32)
        company = tracer.update(company, Answers.untimed(question, credit))
        alone = tracer.update(alone, Answers.untimed(question[:1], credit[:1]))
    torch.testing.assert_close(alone.keys[0], company.keys[0], atol=1e-5, rtol=0)
    torch.testing.assert_close(alone.values[0], company.values[0], atol=1e-5, rtol=0)
    assert alone.count.tolist() == [205]
