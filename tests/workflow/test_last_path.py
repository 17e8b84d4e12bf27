"""The last sitting, replayed: the same recall as the student's page showed at the time."""

import pytest

from preceptor.domain import UserError

STUDENT = "s0004"


def recall_of(classroom, student, at_seconds):
    return {concept.concept_id: concept.recall for concept in classroom.student(student, at_seconds).concepts}


def test_the_path_is_what_the_page_showed_at_every_step(classroom, now, answer_next, wrong_answer):
    seen, asked = [], []
    for number in range(4):
        at = now + 90 * number
        question = classroom.next(STUDENT, at).question
        seen.append(recall_of(classroom, STUDENT, at))
        asked.append(question)
        answer_next(classroom, STUDENT, at, wrong_answer(classroom, question.question_id) if number % 2 else None)
    seen.append(recall_of(classroom, STUDENT, at))
    path = classroom.last_path(STUDENT, now + 5000)
    assert path.sitting
    assert [step.question_id for step in path.steps] == [question.question_id for question in asked]
    assert [step.correct for step in path.steps] == [1.0, 0.0, 1.0, 0.0]
    own = list(dict.fromkeys(concept.concept_id for question in asked for concept in question.concepts))
    assert [concept.concept_id for concept in path.concepts] == own
    for concept in path.concepts:
        assert concept.recall == pytest.approx([moment[concept.concept_id] for moment in seen], abs=1e-6)


def test_only_the_last_sitting_with_an_answer_counts(classroom, now, answer_next):
    for number in range(2):
        answer_next(classroom, STUDENT, now + number)
    classroom.end_sitting(STUDENT, now + 10)
    answer_next(classroom, STUDENT, now + 20)
    assert len(classroom.last_path(STUDENT, now + 30).steps) == 1
    classroom.end_sitting(STUDENT, now + 40)
    classroom.next(STUDENT, now + 50)
    assert len(classroom.last_path(STUDENT, now + 60).steps) == 1


def test_imported_students_have_their_last_answers_and_new_ones_none(classroom, now):
    path = classroom.last_path(STUDENT, now)
    history = list(classroom._context.log.interactions(STUDENT))
    assert not path.sitting
    assert [step.question_id for step in path.steps] == [event.question_id for event in history[-10:]]
    assert all(len(concept.recall) == 11 for concept in path.concepts)
    new = classroom.add_student("New", now)
    assert classroom.last_path(new, now).steps == classroom.last_path(new, now).concepts == ()
    with pytest.raises(UserError, match="Unknown student"):
        classroom.last_path("nobody", now)
