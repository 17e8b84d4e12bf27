import pytest

from preceptor.answers import check, items_shown, preview
from preceptor.domain import QuestionKind

ORDER = QuestionKind.ORDER
KEY, ITEMS = "-8, -3, 1/2", ("1/2", "-8", "-3")


@pytest.mark.parametrize(
    "response", [KEY, "-8; -3; 1/2", "-8,-3,0.5", "-8 < -3 < 1/2", "-8 <= -3 < 1/2", "{-8, -3, 1/2}", "−8, −3, ½"]
)
def test_the_items_in_order_are_right(response, ask, outcome):
    assert outcome(ask(KEY, ORDER, options=ITEMS), response) == "correct"


def test_another_order_is_wrong_and_names_its_misconception(ask, worker):
    question = ask(KEY, ORDER, options=ITEMS, distractors={"-3, -8, 1/2": "size-without-sign"})
    assert check(question, "-3; -8; 0.5", worker=worker).misconception_id == "size-without-sign"
    assert check(question, "1/2, -3, -8", worker=worker).scored.value == "wrong"


@pytest.mark.parametrize("response", ["-8, -3", "-8, -3, -3, 1/2", "-8, -3, 2", "-8", "a", "1", "-8, -3, 1/2, 0"])
def test_each_item_is_used_once(response, ask, worker):
    verdict = check(ask(KEY, ORDER, options=ITEMS), response, worker=worker)
    assert (verdict.scored, verdict.message) == (None, "Use each number once.")


@pytest.mark.parametrize("response", ["1/2 > -3 > -8", "-8 < -3 > 1/2", "-8 = -3 = 1/2"])
def test_a_chain_that_points_the_other_way_is_handed_back(response, ask, worker):
    assert "in the order asked for" in check(ask(KEY, ORDER, options=ITEMS), response, worker=worker).message


def test_a_falling_chain_where_the_order_falls(ask, outcome):
    question = ask("2.5, 0.3, -1", ORDER, options=("0.3", "-1", "2.5"))
    assert outcome(question, "2.5 > 0.3 > -1") == "correct"
    assert outcome(question, "-1 < 0.3 < 2.5") == "unreadable"


@pytest.mark.parametrize("response", ["2,5; 0,3; -1", "2,5, 0,3, -1", "2,5 > 0,3 > -1", "2.5; 0.3; -1"])
def test_german_orders(response, ask, outcome):
    question = ask("2.5, 0.3, -1", ORDER, options=("0.3", "-1", "2.5"), language="de")
    assert outcome(question, response) == "correct"
    assert preview(response, question) == "2{,}5; 0{,}3; -1"
    assert items_shown(question) == ("$0{,}3$", "$-1$", "$2{,}5$")


def test_german_whole_numbers_need_no_spaces(ask, outcome):
    question = ask("1, 2, 4", ORDER, options=("2", "1", "4"), language="de")
    assert [outcome(question, response) for response in ("1,2,4", "1, 2, 4", "1; 2; 4")] == ["correct"] * 3


def test_items_that_are_no_numbers_are_shown_as_words(ask):
    assert items_shown(ask("a1b2, x^2", ORDER, options=("x^2", "1 2"))) == ("$x^{2}$", r"$\text{1 2}$")
