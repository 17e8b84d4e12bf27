import pytest

from preceptor.serve.words import count, days_ago, grade_text, percent, points, student_path


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (None, "at an unknown time"),
        (0.0, "just now"),
        (0.03, "43 minutes ago"),
        (0.5, "12 hours ago"),
        (1.2, "yesterday"),
        (9.4, "9 days ago"),
    ],
)
def test_days_ago(days, told):
    assert days_ago(days) == told


def test_count_knows_one_and_many():
    assert (count(1, "answer"), count(0, "answer"), count(1200, "answer")) == ("1 answer", "0 answers", "1,200 answers")
    assert count(2, "person", "people") == "2 people"


def test_percent_and_points_agree_after_rounding():
    assert percent(0.625) == "62\N{NO-BREAK SPACE}%"
    assert points(0.62, 0.71) == "up 9 points"
    assert points(0.62, 0.61) == "down 1 point"
    assert points(0.62, 0.621) == "unchanged"


def test_the_address_of_a_student_is_one_part_whatever_the_id():
    assert student_path("s1") == "/student/s1"
    assert student_path("a#b?c%d", "map") == "/student/a%23b%3Fc%25d/map"
    assert student_path("a/b é") == "/student/a%2Fb%20%C3%A9"


def test_grade_zero_is_kindergarten():
    assert [grade_text(grade, "none") for grade in (0, 3, None)] == ["Kindergarten", "Grade 3", "none"]
