import json

from pydantic import BaseModel, ConfigDict

from preceptor.llm import Failure, FailureKind, Message, Reply, ScriptedModel
from preceptor.llm.typed import Problem, Typed, ask, request_for


class Sum(BaseModel):
    model_config = ConfigDict(extra="forbid")
    total: int


def asked(script, check=lambda _: None, **options):
    model = ScriptedModel(Reply(text) if isinstance(text, str) else text for text in script)
    return ask(model, [Message("user", "1 + 1?")], Sum, check, max_tokens=50, **options), model


def odd(value):
    return Problem("the total is odd") if value.total % 2 else None


def untidy(value):
    return Problem("the total is large", mendable=True) if value.total > 9 else None


def test_a_right_answer_is_typed_and_the_schema_goes_along():
    answer, model = asked(['{"total": 2}'])

    assert answer == Typed(Sum(total=2), 1)
    assert json.loads(model.requests[0].schema) == Sum.model_json_schema()


def test_a_fence_around_the_json_is_taken_off():
    assert asked(['```json\n{"total": 2}\n```'])[0] == Typed(Sum(total=2), 1)


def test_what_was_wrong_is_told_when_it_is_asked_again():
    answer, model = asked(["two", '{"total": "x", "more": 1}', '{"total": 3}'], odd, tries=4)

    assert isinstance(answer, Failure)  # the script has ended before there was an even total
    assert model.requests[1].messages[1] == Message("assistant", "two")
    assert "Invalid JSON" in model.requests[1].messages[-1].text
    assert "total: Input should be a valid integer" in model.requests[2].messages[-1].text
    assert "more: Extra inputs are not permitted" in model.requests[2].messages[-1].text
    assert "the total is odd" in model.requests[3].messages[-1].text


def test_it_gives_up_after_three_tries_with_the_last_problem():
    answer, model = asked(['{"total": 1}'] * 9, odd)

    assert answer == Failure(FailureKind.INVALID, "after 3 tries: the total is odd")
    assert len(model.requests) == 3


def test_a_mendable_problem_is_asked_about_and_taken_in_the_end():
    answer, model = asked(['{"total": 11}', '{"total": 12}', '{"total": 13}'], untidy)
    assert answer == Typed(Sum(total=13), 3, Problem("the total is large", mendable=True))
    assert len(model.requests) == 3

    answer, _ = asked(['{"total": 11}', '{"total": 2}'], untidy)
    assert answer == Typed(Sum(total=2), 2)


def test_an_answer_that_will_do_is_better_than_a_failure_to_get_a_better_one():
    answer, _ = asked(['{"total": 11}', Failure(FailureKind.BUDGET, "used up")], untidy)
    assert answer.value == Sum(total=11)

    answer, _ = asked(['{"total": 11}', "nonsense", "nonsense"], untidy)
    assert answer.value == Sum(total=11)


def test_a_models_failure_is_handed_on_and_not_asked_again():
    refused = Failure(FailureKind.REFUSED, "policy")
    answer, model = asked([refused, '{"total": 2}'])

    assert answer == refused
    assert len(model.requests) == 1


def test_hostile_json_is_a_failure():
    hostile = ["[" * 100_000, '{"total": ' + "9" * 5000 + "}", '{"total": 1e400}']
    answer, _ = asked(hostile)

    assert answer.kind is FailureKind.INVALID
    assert len(answer.detail) <= 600


def test_a_long_answer_is_repeated_in_part_only():
    _, model = asked(["x" * 100_000, '{"total": 2}'])

    assert len(model.requests[1].messages[1].text) == 2000


def test_the_schema_keeps_the_order_of_the_fields_for_models_write_in_it():
    class Reasoned(BaseModel):
        why: str
        answer: int

    request = request_for([Message("user", "?")], Reasoned, 50)
    assert list(json.loads(request.schema)["properties"]) == ["why", "answer"]
