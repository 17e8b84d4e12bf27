import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.answers import Unreadable, check, preview
from preceptor.domain import QuestionKind

FRACTION = QuestionKind.FRACTION
LOWEST = "Give the fraction in lowest terms."
A_FRACTION = "Give a fraction, for example 3/4."


@pytest.mark.parametrize(
    ("key", "response"),
    [
        ("7/12", "7/12"), ("7/12", "x = 7/12"), ("7/12", "7/12 = x"), ("7/12", "\\frac{7}{12}"), ("5/4", "1 1/4"),
        ("5/4", "1¼"), ("1 1/4", "5/4"), ("2", "2"), ("2", "2/1"), ("-1/2", "-1/2"), ("-1/2", "1/-2"),
        ("-5/4", "-1 1/4"), ("0", "0"), ("3/4", "3/4 cup"),
    ],
)  # fmt: skip
def test_an_equal_value_in_lowest_terms_is_right(key, response, ask, outcome):
    assert outcome(ask(key, FRACTION, text="How many cups?"), response) == "correct"


@pytest.mark.parametrize("response", ["5/12", "7", "-7/12", "1 7/12", "12/7"])
def test_another_value_is_wrong(response, ask, outcome):
    assert outcome(ask("7/12", FRACTION), response) == "wrong"


@pytest.mark.parametrize(
    ("key", "response"), [("7/12", "14/24"), ("-7/12", "-14/24"), ("3", "6/2"), ("3/2", "1 2/4"), ("9/4", "1 5/4"),
                          ("0", "0/3"), ("1", "1 0/4")],
)  # fmt: skip
def test_the_right_value_is_handed_back_where_it_can_be_reduced(key, response, ask, worker):
    verdict = check(ask(key, FRACTION), response, worker=worker)
    assert (verdict.scored, verdict.message) == (None, LOWEST)


@pytest.mark.parametrize("response", ["0.5", "50%", "1/4 + 1/4"])
def test_the_right_value_is_handed_back_where_it_is_no_fraction(response, ask, worker):
    verdict = check(ask("1/2", FRACTION), response, worker=worker)
    assert (verdict.scored, verdict.message) == (None, A_FRACTION)


@pytest.mark.parametrize("response", ["14/24", "2/4", "6/2", "1 2/4", "1 5/4", "0/3", "0.25", "2.0", "25%"])
def test_another_value_is_wrong_in_any_form_of_one_number(response, ask, outcome):
    assert outcome(ask("5/12", FRACTION), response) == "wrong"


@pytest.mark.parametrize("response", ["sqrt(2)", "x", "1, 2", "1<2", "1/4 + 1/8"])
def test_what_is_no_number_is_handed_back(response, ask, worker):
    verdict = check(ask("1/2", FRACTION), response, worker=worker)
    assert (verdict.scored, verdict.message) == (None, A_FRACTION)


@pytest.mark.parametrize("response", ["14/24", "10/24", "0.5"])
def test_the_preview_tells_nothing_of_the_value(response, ask):
    shown = {key: preview(response, ask(key, FRACTION)) for key in ("7/12", "5/12", "1/2")}
    assert len({str(text) for text in shown.values()}) == 1
    assert all(isinstance(text, Unreadable) for text in shown.values())


def test_nothing_can_be_divided_by_0(ask, worker):
    assert "divided by 0" in check(ask("1/2", FRACTION), "3/0", worker=worker).message


def test_a_wrong_fraction_names_its_misconception(ask, worker):
    question = ask("7/12", FRACTION, distractors={"2/7": "adds-tops", "3": "whole"})
    assert check(question, "2/7", worker=worker).misconception_id == "adds-tops"
    assert check(question, "3", worker=worker).misconception_id == "whole"


def test_german_fractions(ask, outcome, worker):
    question = ask("5/4", FRACTION, language="de")
    assert [outcome(question, response) for response in ("5/4", "5:4", "1 1/4")] == ["correct"] * 3
    assert check(question, "1,25", worker=worker).message == "Gib einen Bruch an, zum Beispiel 3/4."
    assert check(question, "10/8", worker=worker).message == "Gib den Bruch vollständig gekürzt an."


def test_the_preview_shows_the_fraction_as_written(ask):
    assert preview("1 1/4", ask("5/4", FRACTION)) == r"1\frac{1}{4}"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.fractions(max_denominator=60).filter(lambda value: abs(value) < 100), st.integers(2, 9))
def test_every_fraction_is_right_reduced_and_handed_back_expanded(ask, outcome, value, factor):
    question = ask(str(value), FRACTION)
    assert outcome(question, str(value)) == "correct"
    assert outcome(question, str(value + 1)) == "wrong"
    for other, told in ((value, "unreadable"), (value + 1, "wrong")):
        assert outcome(question, f"{other.numerator * factor}/{other.denominator * factor}") == told
