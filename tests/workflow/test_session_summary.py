"""What a session changed: recall at its start against recall now, and when a concept should come back."""

import numpy as np
import pytest

from preceptor.domain import UserError

STUDENT = "s0002"
DAY = 86_400.0


def test_recall_before_and_now_are_those_of_the_mind(classroom, now, answer_next):
    context, model = classroom._context, classroom._context.trained.model
    before = model.recall(context.minds.record(STUDENT).mind, np.array([now]))[0]
    for number in range(3):
        answer_next(classroom, STUDENT, now + number)

    found = classroom.tutor_summary(STUDENT, now + 60)

    assert (found.sitting.answered, found.sitting.correct) == (3, 3.0)
    after = model.recall(context.minds.record(STUDENT).mind, np.array([now + 60]))[0]
    asked = {c for event in context.store.events(STUDENT) for c in context.question(event.question_id).concepts}
    assert {concept.concept_id for concept in found.concepts} == asked
    place = context.bank.q_matrix.concept_index
    for concept in found.concepts:
        assert concept.recall_before == pytest.approx(before[place[concept.concept_id]])
        assert concept.recall_now == pytest.approx(after[place[concept.concept_id]])
    gains = [concept.recall_now - concept.recall_before for concept in found.concepts]
    assert gains == sorted(gains, reverse=True)


def test_reviews_come_nearer_as_days_pass(classroom, now, answer_next):
    answer_next(classroom, STUDENT, now)
    soon = classroom.tutor_summary(STUDENT, now).concepts[0].review_days
    later = classroom.tutor_summary(STUDENT, now + 3 * DAY).concepts[0].review_days
    if soon is None:
        pytest.skip("this course forgets too slowly")
    assert later == max(0, soon - 3)


def test_before_the_first_answer_nothing_has_changed(classroom, now):
    student = classroom.add_student("Ann", now)
    found = classroom.tutor_summary(student, now)
    assert (found.sitting.answered, found.concepts) == (0, ())


def test_a_session_of_somebody_else_is_refused(classroom, now, answer_next):
    answer_next(classroom, STUDENT, now)
    with pytest.raises(UserError, match="is not a session of"):
        classroom.tutor_summary("s0003", now, 1)
