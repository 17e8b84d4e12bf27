import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.data.assemble import event_ids, positions
from preceptor.domain import event_id

ROWS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([0.0, 1.0, 0.5, 0.1, 1 / 3])), max_size=20
)


@given(ROWS)
@settings(deadline=None, derandomize=True)
def test_many_ids_at_once_are_the_domains_ids(rows):
    students, questions = ["ann", "böb", "7"], ["q", "qq", ""]
    student, question = (np.array([row[i] for row in rows], dtype=np.int64) for i in (0, 1))
    correct = np.array([row[2] for row in rows])
    position = positions(student)
    found = event_ids("set", students, questions, student, position, question, correct)
    expected = [
        event_id("set", students[s], int(p), questions[q], c) for (s, q, c), p in zip(rows, position, strict=True)
    ]
    assert [value.decode() for value in found] == expected


def test_positions_count_within_each_student():
    assert positions(np.array([3, 1, 3, 3, 1])).tolist() == [0, 0, 1, 2, 1]
    assert positions(np.array([], dtype=np.int64)).tolist() == []
