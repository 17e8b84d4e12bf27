"""The student of a written session is the one who gave the answers of the log."""

import numpy as np
import pytest

from preceptor.course import Course
from preceptor.workflow.acting import NEWCOMERS, Head
from preceptor.workflow.simulating import load_truth


@pytest.fixture(scope="module")
def course(lab_course):
    return Course.open(lab_course.path)


def test_a_mind_has_gone_through_every_answer_of_its_student(course):
    """Defect: a mind drawn anew answered in the name of a student with another history."""
    truth, student_id = load_truth(course), course.load_log().student_ids[3]
    head = Head.of(course, student_id, seed=1)
    asked = [answer.question_id for answer in course.load_log().interactions(student_id)]
    touched = course.load_bank().q_matrix.dense[[head.family.bank.q_matrix.question_index[one] for one in asked]]
    assert truth.holdback > 0
    np.testing.assert_array_equal(head.state.practices[0], touched.sum(axis=0))
    assert head.family.name == truth.family


def test_the_seed_draws_newcomers_alone(course):
    student_id = course.load_log().student_ids[3]
    one, other = (Head.of(course, student_id, seed) for seed in (1, 2))
    np.testing.assert_array_equal(one.state.skill, other.state.skill)
    new, newer = (Head.of(course, "Mia", seed) for seed in (1, 2))
    assert new.family.name == NEWCOMERS
    assert not new.state.practices.any()
    assert (new.state.skill != newer.state.skill).any()


def test_an_answer_teaches_the_mind_that_gave_it(course):
    head = Head.of(course, "Mia", seed=1)
    question_id = course.load_bank().questions[0].question_id
    after = head.after(question_id, right=True, at_seconds=60.0)
    assert after.state.practices.sum() > head.state.practices.sum() == 0
    assert head.respond(question_id, 0.0, np.random.default_rng(0)) == head.respond(
        question_id, 0.0, np.random.default_rng(0)
    )
