import numpy as np
import pytest

from preceptor.domain import Interaction, Log, Outcome

ROWS = {"student": [0, 0, 0, 2, 2], "question": [1, 0, 1, 1, 1], "correct": [1, 0, 0.5, 0, 1]}


def make_log(**columns):
    return Log.of(
        ("ann", "ben", "cid"),
        ("q0", "q1"),
        **{name: np.array(values) for name, values in ROWS.items()},
        event_id=np.array([f"e{i}" for i in range(5)]),
        revision=np.array(["r1"] * 5),
        **columns,
    )


def test_columns_have_their_types_and_what_is_unknown_is_not_invented():
    log = make_log()
    assert log.student.dtype == log.question.dtype == np.int32
    assert log.correct.dtype == log.duration_seconds.dtype == np.float32
    assert np.isnan(log.time_seconds).all()
    assert np.isnan(log.duration_seconds).all()
    assert list(log.response) == [""] * 5
    assert list(log.student_fold) == [-1, -1, -1]
    assert not log.timed


def test_offsets_and_positions_skip_students_without_rows():
    log = make_log()
    assert len(log) == 5
    np.testing.assert_array_equal(log.offsets, [0, 3, 3, 5])
    np.testing.assert_array_equal(log.position, [0, 1, 2, 0, 1])


def test_a_log_is_timed_only_if_every_row_has_a_time():
    assert make_log(time_seconds=np.arange(5)).timed
    assert not make_log(time_seconds=np.array([0, 1, np.nan, 3, 4])).timed
    assert not Log.empty().timed


def test_a_time_today_keeps_its_seconds():
    assert make_log(time_seconds=np.arange(5) + 1_756_684_801).time_seconds[0] == 1_756_684_801


def test_taking_rows_keeps_the_meaning_of_indices():
    log = make_log(response=np.array(list("abcde")), student_fold=np.array([3, 4, 5]))
    taken = log.take(np.array([1, 3]))
    assert taken.student_ids == log.student_ids
    assert list(taken.student) == [0, 2]
    assert list(taken.response) == ["b", "d"]
    assert list(taken.event_id) == [b"e1", b"e3"]
    assert list(taken.student_fold) == [3, 4, 5]
    np.testing.assert_array_equal(taken.offsets, [0, 1, 1, 2])
    assert len(log) == 5


def test_rows_of_some_students():
    log = make_log()
    assert list(log.of_students([2, 1]).event_id) == [b"e3", b"e4"]
    assert len(log.of_students([])) == 0
    assert list(log.of_students(np.array([0])).student) == [0, 0, 0]


def test_interactions_of_a_student():
    log = make_log(time_seconds=np.array([5, np.nan, 7, 8, 9]), duration_seconds=np.array([np.nan, 2, 3, 4, 5]))
    first, second, third = log.interactions("ann")
    assert first == Interaction("e0", "ann", "q1", "r1", 1.0, 0, 5.0, "", None, Outcome.CORRECT)
    assert (second.time_seconds, second.duration_seconds, second.outcome) == (None, 2.0, Outcome.WRONG)
    assert (third.position, third.correct, third.outcome) == (2, 0.5, Outcome.CORRECT)
    assert [one.position for one in log.interactions("cid")] == [0, 1]
    assert list(log.interactions("ben")) == list(log.interactions("nobody")) == []


def test_an_empty_log():
    log = Log.empty()
    assert len(log) == 0
    np.testing.assert_array_equal(log.offsets, [0])
    assert list(log.interactions("ann")) == []


@pytest.mark.parametrize("field", ["student", "correct", "offsets"])
def test_a_log_cannot_be_changed_by_accident(field):
    with pytest.raises(AttributeError):
        setattr(make_log(), field, np.zeros(5))
