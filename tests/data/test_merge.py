import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.data import merge_logs
from preceptor.domain import Log, digest


def make(rows, folds=None):
    """A log of (student, question, time) rows; the event id is that of the row's content."""
    students = list(dict.fromkeys(student for student, _, _ in rows))
    questions = list(dict.fromkeys(question for _, question, _ in rows))
    rows = sorted(rows, key=lambda row: students.index(row[0]))
    return Log.of(
        students,
        questions,
        student=[students.index(row[0]) for row in rows],
        question=[questions.index(row[1]) for row in rows],
        correct=np.ones(len(rows)),
        event_id=np.array([digest(*row) for row in rows], dtype="S20"),
        revision=np.array([f"r-{row[1]}" for row in rows], dtype="S21"),
        time_seconds=[np.nan if row[2] is None else row[2] for row in rows],
        student_fold=None if folds is None else [folds.get(student, -1) for student in students],
    )


def questions_of(log, student):
    return [interaction.question_id for interaction in log.interactions(student)]


def test_what_is_new_is_added_and_what_is_known_is_not():
    old = make([("a", "q1", None), ("b", "q1", None)])
    new = make([("b", "q1", None), ("b", "q2", None), ("c", "q3", None)])
    merged, added = merge_logs(old, new)
    assert added == 2
    assert merged.student_ids == ("a", "b", "c")
    assert [questions_of(merged, student) for student in "abc"] == [["q1"], ["q1", "q2"], ["q3"]]
    assert [i.revision for i in merged.interactions("b")] == ["r-q1", "r-q2"]


def test_timed_students_are_merged_by_time_and_others_by_arrival():
    old = make([("a", "q1", 10), ("a", "q3", 30), ("b", "q1", 10), ("b", "q3", None)])
    new = make([("a", "q2", 20), ("b", "q2", 5)])
    merged, _ = merge_logs(old, new)
    assert questions_of(merged, "a") == ["q1", "q2", "q3"]
    assert questions_of(merged, "b") == ["q1", "q3", "q2"]


def test_an_event_that_comes_twice_in_one_log_counts_once():
    log = make([("a", "q1", None), ("a", "q1", None)])
    merged, added = merge_logs(Log.empty(), log)
    assert (len(merged), added) == (1, 1)


def test_known_folds_stay_and_unknown_ones_are_filled():
    old = make([("a", "q", None), ("b", "q", None)], {"a": 1})
    new = make([("a", "q2", None), ("b", "q2", None), ("c", "q2", None)], {"a": 2, "b": 3, "c": 4})
    merged, _ = merge_logs(old, new)
    assert merged.student_fold.tolist() == [1, 3, 4]


def test_two_empty_logs_make_an_empty_log():
    merged, added = merge_logs(Log.empty(), Log.empty())
    assert (len(merged), added) == (0, 0)


ROWS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["q1", "q2", "q3"]), st.none() | st.integers(0, 9)), max_size=12
)


@given(ROWS, ROWS)
@settings(deadline=None, derandomize=True)
def test_merging_again_changes_nothing(old_rows, new_rows):
    old, _ = merge_logs(Log.empty(), make(old_rows))
    once, added = merge_logs(old, make(new_rows))
    assert set(once.event_id.tolist()) == {digest(*row).encode() for row in (*old_rows, *new_rows)}
    assert added == len(once) - len(old)
    assert (np.diff(once.student) >= 0).all()
    for log in (make(new_rows), make(old_rows), once):
        twice, again = merge_logs(once, log)
        assert again == 0
        assert twice.event_id.tolist() == once.event_id.tolist()
        assert np.array_equal(twice.student, once.student)
