"""What is foreseen is near what is then asked, and the most is never exceeded."""

import pytest

from preceptor.annotate.forecasting import forecast
from preceptor.llm import Price, estimated_input
from preceptor.progress import silent


@pytest.fixture
def questions(tools):
    return [tools.question(number, text=f"Add $\\frac{{{number}}}{{7}} + \\frac{{1}}{{3}}$.") for number in range(20)]


def test_the_tokens_to_read_are_foreseen_within_a_quarter(annotator, questions):
    built, model = annotator()
    expected = forecast(questions, built.candidates(questions), [], Price())
    built.annotate(questions, silent)

    read = sum(estimated_input(request) for request in model.requests)
    assert expected.requests == len(model.requests) == 60
    assert expected.input_tokens == pytest.approx(read, rel=0.25)


def test_an_unruly_model_stays_below_the_most(annotator, questions):
    built, model = annotator(steps="x" * 4000, concepts="x" * 4000, links="x" * 4000)
    expected = forecast(questions, built.candidates(questions), [], Price())
    built.annotate(questions, silent)

    assert sum(estimated_input(request) + request.max_tokens for request in model.requests) <= expected.most_tokens


def test_steps_that_are_there_and_nothing_at_all_cost_nothing(tools):
    with_steps = tools.question(steps=(tools.step("Add."),))

    assert forecast([with_steps], [()], [], Price()).requests == 2
    nothing = forecast([], [], [], Price(3, 5))
    assert (nothing.requests, nothing.most_tokens, nothing.money) == (0, 0, 0)


def test_money_follows_the_price(questions):
    offered = [()] * len(questions)
    free = forecast(questions, offered, [], Price())
    paid = forecast(questions, offered, [], Price(2.0, 10.0))

    assert free.money == 0
    assert paid.money == pytest.approx((2 * paid.input_tokens + 10 * paid.output_tokens) / 1e6)
