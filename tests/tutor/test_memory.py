import pytest

from preceptor.tutor import memories, misconception_of
from preceptor.tutor.memory import dated


def test_a_memory_tells_question_answer_outcome_misconception_and_age(bank, event, now):
    remembered = memories([event("e1", "unlike-1", "2/7", days=3)], bank)[0]

    assert dated(remembered, now) == (
        r"3 days ago: Asked “Work out $\frac{1}{3} + \frac{1}{4}$.”, the student gave $\frac{2}{7}$: "
        "wrong (adds the denominators too)."
    )
    assert (remembered.event_id, remembered.misconception_id) == ("e1", "adds-across")
    assert remembered.concept_ids == ("add-unlike",)


def test_thirty_six_hours_are_one_and_a_half_days(bank, event, now):
    remembered = memories([event("e1", "round-1", "4600", 1.0, days=1.5)], bank)[0]

    assert dated(remembered, now).startswith("1.5 days ago: Asked")
    assert "ago" not in remembered.text  # it stays the same, so that its vector does


def test_two_seconds_are_not_two_minutes(bank, event, now):
    remembered = memories([event("e1", "round-1", "1", days=2 / 86_400)], bank)[0]

    assert dated(remembered, now).startswith("2 seconds ago: ")


def test_without_a_time_no_date_is_claimed(bank, event, now):
    remembered = memories([event("e1", "round-1", "4600", 1.0, days=None)], bank)[0]

    assert dated(remembered, now) == remembered.text
    assert "ago" not in remembered.text


def test_not_knowing_and_unkept_answers_are_said_as_they_are(bank, event, now):
    unknown, unkept = memories([event("e1", "round-1", "?"), event("e2", "round-1")], bank)

    assert unknown.text.endswith("the student said “I don't know”.")
    assert unkept.text.endswith("the student gave an answer that was not kept: wrong.")


def test_memories_keep_the_order_and_skip_questions_that_left_the_bank(bank, event, now):
    history = [event("e1", "round-1"), event("e2", "gone"), event("e3", "like-1")]

    assert [memory.event_id for memory in memories(history, bank)] == ["e1", "e3"]


@pytest.mark.parametrize(
    ("question_id", "response", "correct", "found"),
    [
        ("unlike-1", "2/7", 0, "adds-across"),
        ("unlike-1", " 4 / 14", 0, "adds-across"),
        ("unlike-1", "5/7", 0, ""),
        ("unlike-1", "?", 0, ""),
        ("unlike-1", "2/7", 1, ""),
        ("unlike-1", "__import__('os')", 0, ""),
        ("gone", "2/7", 0, ""),
    ],
)
def test_a_misconception_is_recognised_by_the_value_of_a_wrong_answer(
    bank, event, question_id, response, correct, found
):
    assert misconception_of(bank, event("e1", question_id, response, correct)) == found
