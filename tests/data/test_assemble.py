from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.data.assemble import answer_ids, event_ids, positions
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


ANSWERS = st.lists(
    st.tuples(
        st.integers(0, 1),  # student
        st.integers(0, 1),  # question
        st.sampled_from([0.0, 1.0, 1 / 3, 1 / 3 + 1e-8]),
        st.sampled_from([np.nan, 0.0, -0.0, 5.0, -5.0, 0.125, 1_600_000_000.0, 1e15, 1e16, 1e17, 1e300]),
        st.integers(0, 1),  # file
    ),
    max_size=30,
)


@given(ANSWERS)
@settings(deadline=None, derandomize=True)
def test_answers_are_named_by_their_time_or_their_place(answers):
    students, questions = ["ann", "böb"], ["q", "qü"]
    columns = [np.array([row[i] for row in answers], dtype=float) for i in range(5)]
    student, question, file = (columns[i].astype(np.int64) for i in (0, 1, 4))
    place = positions(student * 2 + file)
    rows = {"student": student, "question": question, "file": file, "place": place}
    found = answer_ids("set", students, questions, {**rows, "correct": columns[2], "time": columns[3]})
    seen: Counter[object] = Counter()
    expected = []
    for s, q, correct, time, f, p in zip(student, question, columns[2], columns[3], file, place, strict=True):
        timed, credit = not np.isnan(time), f"{np.float32(correct):g}"
        key = (s, q, credit, repr(float(time)), f if timed else p)
        number = seen[key]
        seen[key] += 1
        asked = questions[q] + (f"@{float(time)!r}" if timed else f"#{number}" if number else "")
        expected.append(event_id("set", students[s], number if timed else int(p), asked, np.float32(correct)))
    assert [value.decode() for value in found] == expected
