import numpy as np
import pytest

from preceptor.trace.das3h import STRENGTHS
from preceptor.trace.difficulty import fit_difficulties
from preceptor.trace.question_terms import QuestionTerms


@pytest.fixture(scope="module")
def fitted_difficulties(train, valid, q_matrix, clock):
    return fit_difficulties(train, valid, q_matrix, clock)


def test_harder_questions_of_a_concept_are_more_difficult(fitted_difficulties):
    """The second question of each pair is harder by 1.5 logits."""
    assert (fitted_difficulties[1:8:2] > fitted_difficulties[0:8:2] + 0.4).all()


def test_a_question_that_no_training_student_met_is_average(train, valid, q_matrix, clock):
    without = train.take(train.question != 1)
    assert fit_difficulties(without, valid, q_matrix, clock)[1] == pytest.approx(0.0, abs=1e-4)


def test_validation_students_choose_the_penalty_and_nothing_else(train, valid, test_log, q_matrix, clock, monkeypatch):
    monkeypatch.setattr("preceptor.trace.das3h.STRENGTHS", STRENGTHS[:1])
    one, other = (fit_difficulties(train, students, q_matrix, clock) for students in (valid, test_log))
    np.testing.assert_array_equal(one, other)


def test_a_network_takes_them_over_and_training_leaves_them(make, train, valid, clock, fitted_difficulties):
    for name in ("dkt", "simplekt"):
        tracer = make(name, questions="difficulty")
        tracer.fit(train, valid, seed=1, clock=clock)
        (terms,) = (m for m in tracer.network.modules() if isinstance(m, QuestionTerms))
        np.testing.assert_array_equal(terms.difficulty.numpy(), fitted_difficulties)


def test_without_question_inputs_nothing_is_known_of_single_questions(make, train, valid, clock):
    tracer = make("dkt")
    tracer.fit(train, valid, seed=1, clock=clock)
    assert not {name for name in tracer.weights() if name in tracer.by_question}
