import pytest

from preceptor.domain import points_text, score_text


@pytest.mark.parametrize(
    ("credit", "told"),
    [(0, "0"), (3.0, "3"), (0.666667, "0.7"), (4.6667, "4.7"), (1.96, "2"), (1234567.5, "1234567.5")],
)
def test_points_have_at_most_one_decimal(credit, told):
    assert points_text(credit) == told


@pytest.mark.parametrize(
    ("credit", "answers", "told"),
    [
        (2.0, 3, "2 of 3 right"),
        (0, 1, "0 of 1 right"),
        (0.666667, 3, "0.7 of 3 points"),
        (0.333333, 1, "0.3 of 1 point"),
        (1 / 3 + 2 / 3, 2, "1 of 2 right"),
        (0.999999999, 2, "1 of 2 right"),
    ],
)
def test_partial_credit_is_told_in_points(credit, answers, told):
    assert score_text(credit, answers) == told
