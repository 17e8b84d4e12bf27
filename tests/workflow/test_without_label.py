"""Questions that nobody labelled are traced, and never served, shown or due as practice of "Unlabelled"."""

from dataclasses import replace

import numpy as np
import pytest

from preceptor.annotate import UNLABELLED, hidden
from preceptor.course import Course
from preceptor.domain import UserError, claims_nothing
from preceptor.workflow.models import load_trained
from preceptor.workflow.recommending import recommend

STUDENT = "s0006"
OBJECTIVES = ("global", "practiced", "upcoming", "weakest")


@pytest.fixture
def half_labelled(course_copy):
    """Every second question has no label, and no model was trained."""
    course = Course.open(course_copy)
    bank = course.load_bank()
    questions = tuple(
        q if i % 2 else replace(q, concepts=(UNLABELLED.concept_id,), steps=()) for i, q in enumerate(bank.questions)
    )
    course.replace(replace(bank, concepts=(*bank.concepts, UNLABELLED), questions=questions))
    course.clear_default("models")
    return course


def test_placeholders_of_annotations_and_of_imports_are_known():
    assert claims_nothing("unlabelled")
    assert claims_nothing("oatutor:Unlabelled")
    assert not claims_nothing("course:Unlabelled data")


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_question_without_a_label_is_never_recommended(half_labelled, still_clock, objective):
    found = recommend(
        half_labelled, STUDENT, objective=objective, k=50, horizon_days=7, at_seconds=None, clock=still_clock
    )
    assert found.recommendations
    assert not any(claims_nothing(c.concept_id) for one in found.recommendations for c in one.concepts)
    bank = half_labelled.load_bank()
    trained = load_trained(half_labelled, bank)
    mind = trained.model.replay(half_labelled.load_log().interactions(STUDENT))
    weights = trained.objectives[objective].weights(mind, trained.model.recall(mind, np.array([still_clock.now()])))
    assert weights.sum() == pytest.approx(1)
    assert weights[:, ~bank.q_matrix.named] == 0, "an objective that aims at nothing improves nothing"


def test_in_the_app_nothing_without_a_label_is_asked_shown_or_due(half_labelled, open_classroom, answer_next, now):
    with open_classroom(half_labelled.path) as classroom:
        for objective in OBJECTIVES:
            assert not any(
                claims_nothing(c.concept_id) for c in classroom.next(STUDENT, now, objective).question.concepts
            )
        answer_next(classroom, STUDENT, now)
        page = classroom.student(STUDENT, now)
        assert not any(claims_nothing(concept.concept_id) for concept in page.concepts)
        assert not any(claims_nothing(concept.concept_id) for concept in classroom.class_map(now))
        row = next(row for row in classroom.roster(now) if row.student_id == STUDENT)
        assert row.due == sum(concept.due for concept in page.concepts)
        assert row.mean_recall == pytest.approx(page.mean_recall, abs=1e-5)
        assert all(row.weakest != UNLABELLED.name for row in classroom.roster(now))


def test_without_any_label_nothing_is_chosen_and_the_way_out_is_named(course_copy, still_clock, open_classroom):
    course = Course.open(course_copy)
    course.replace(hidden(course.load_bank()))
    course.clear_default("models")
    with pytest.raises(UserError, match="has a label") as refused:
        recommend(course, STUDENT, objective="weakest", k=1, horizon_days=7, at_seconds=None, clock=still_clock)
    assert "preceptor annotate" in refused.value.mend
    with pytest.raises(UserError, match="no question that can be asked") as refused:
        open_classroom(course.path).__enter__()
    assert "preceptor annotate" in refused.value.mend


def test_labelled_questions_are_those_with_a_concept_that_says_something(half_labelled):
    q_matrix = half_labelled.load_bank().q_matrix
    assert q_matrix.labelled.tolist() == [bool(i % 2) for i in range(len(q_matrix.question_ids))]
    assert np.flatnonzero(~q_matrix.named).tolist() == [q_matrix.concept_index[UNLABELLED.concept_id]]
