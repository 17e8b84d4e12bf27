"""The mind is always a replay of the history: live, after a restart, and whatever was imported meanwhile."""

from dataclasses import fields

import numpy as np
import pytest

from preceptor.domain import UserError

STUDENT = "s0003"


def arrays(value):
    """Every array inside a mind, by path."""
    if hasattr(value, "__dataclass_fields__"):
        return {f"{f.name}.{k}": v for f in fields(value) for k, v in arrays(getattr(value, f.name)).items()}
    return {"": np.asarray(value)}


def assert_same_mind(one, other):
    left, right = arrays(one), arrays(other)
    assert left.keys() == right.keys()
    for name, array in left.items():
        assert array.dtype == right[name].dtype, name
        assert array.tobytes() == right[name].tobytes(), name


def test_live_answers_advance_to_what_a_replay_gives(classroom, now, answer_next):
    for number in range(4):
        answer_next(classroom, STUDENT, now + 3600 * number, "I don't know" if number == 2 else None, hints_used=number)
    record = classroom._context.minds.record(STUDENT)
    assert [event.position for event in record.history] == list(range(len(record.history)))
    assert_same_mind(record.mind, classroom._context.trained.model.replay(record.history))


def test_a_restart_changes_nothing(course_copy, open_classroom, now, answer_next):
    with open_classroom(course_copy) as classroom:
        new = classroom.add_student("Grace", now)
        for number in range(3):
            answer_next(classroom, STUDENT, now + 3600 * number)
            answer_next(classroom, new, now + 3600 * number)
        waiting = classroom.next(STUDENT, now + 9000)
        before = {s: classroom._context.minds.record(s) for s in (STUDENT, new)}
        views = {s: classroom.student(s, now + 9000) for s in (STUDENT, new)}
    with open_classroom(course_copy) as classroom:
        for student_id, record in before.items():
            after = classroom._context.minds.record(student_id)
            assert after.history == record.history
            assert_same_mind(after.mind, record.mind)
            assert classroom.student(student_id, now + 9000) == views[student_id]
        resumed = classroom.next(STUDENT, now + 9000)
        assert resumed.resumed
        assert (resumed.question, resumed.recommendation, resumed.sitting) == (
            waiting.question,
            waiting.recommendation,
            waiting.sitting,
        )


def test_a_mind_without_news_is_the_same_object(classroom, now, answer_next):
    answer_next(classroom, STUDENT, now)
    record = classroom._context.minds.record(STUDENT)
    assert classroom._context.minds.record(STUDENT) is record


def test_what_another_process_stored_is_taken_in(course_copy, open_classroom, now, answer_next):
    with open_classroom(course_copy) as one, open_classroom(course_copy) as other:
        for number, classroom in enumerate((one, other, one, other)):
            one.student(STUDENT, now), other.student(STUDENT, now)
            answer_next(classroom, STUDENT, now + number)
        assert one.student(STUDENT, now + 9) == other.student(STUDENT, now + 9)
    with open_classroom(course_copy) as fresh:
        assert fresh.student(STUDENT, now + 9).answers == len(fresh._context.minds.record(STUDENT).history)


def test_students_are_the_imported_and_the_live(classroom, now):
    new = classroom.add_student("Grace", now)
    students = classroom._context.minds.students()
    assert students[:2] == ("s0001", "s0002")
    assert (len(students), students[-1]) == (61, new)
    with pytest.raises(UserError, match="Unknown student"):
        classroom._context.minds.record("nobody")


def test_one_students_answers_touch_no_other_mind(classroom, now, answer_next):
    before = classroom._context.minds.record("s0004").mind
    answer_next(classroom, STUDENT, now)
    assert_same_mind(classroom._context.minds.record("s0004").mind, before)
