import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import digest, event_id, question_id

ANSWER = {"source": "assist2015", "student_id": "17", "position": 0, "question": "q1", "correct": 1.0}
CHANGES = {"source": "assist2017", "student_id": "18", "position": 1, "question": "q2", "correct": 0.0}


def test_identities_never_change_because_courses_on_disk_hold_them():
    assert event_id(**ANSWER) == "d8e5c73725201d581b2b"
    assert event_id(**{**ANSWER, "correct": 0.5}) == "d00f68de6bae10fa82e8"
    assert question_id("oatutor", "a1") == "q8ddc2858acb6c807b08b"
    assert digest("ab", "c") == "7cf13c90e69e7c08ece2"


@pytest.mark.parametrize("part", CHANGES)
def test_every_part_of_an_answer_matters(part):
    assert event_id(**{**ANSWER, part: CHANGES[part]}) != event_id(**ANSWER)


def test_an_answer_is_the_same_whether_its_credit_is_read_as_int_or_float():
    assert event_id("s", "1", 3, "q", 1) == event_id("s", "1", 3, "q", 1.0)


def test_ids_fit_the_columns_that_hold_them():
    assert len(event_id(**ANSWER)) == 20
    assert len(question_id("oatutor", "a1")) == 21


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_parts_cannot_run_together(one, other):
    assert (digest(*one) == digest(*other)) == (one == other)
