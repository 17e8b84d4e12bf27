"""MathChat computes in a loop, and sees what came out before it speaks."""

import pytest

from preceptor.answers import Worker
from preceptor.llm import FailureKind, Reply, ScriptedModel
from preceptor.tutor.speaker import Counted, Ended
from preceptor.tutor.variants import SessionBudget, named_variant
from preceptor.tutor.variants.mathchat import QUERIES, query_in

from .conftest import DRAFT, AnyValue, FakeClock, asked_of


def loop(situation, replies, kit_of, **more):
    variant, model = named_variant("mathchat"), ScriptedModel(replies)
    return list(variant.strategy(situation, kit_of(variant, model, **more))), model


def query(expression):
    return Reply(f'{{"compute": "{expression}"}}')


def words_in(items):
    return "".join(item for item in items if isinstance(item, str)).strip()


def test_mathchat_sees_results_before_it_speaks(answered, kit_of):
    """In TASA its tags were replaced behind its back: it never saw a value."""
    replies = [query("1/3 + 1/4"), query("4+3"), Reply("It makes $7/12$.")]
    items, model = loop(answered, replies, kit_of)

    assert items == [Counted("query_computed"), Counted("query_computed"), "It makes $7/12$."]
    assert "Computed: 1/3 + 1/4 = 7/12" in model.requests[1].messages[-1].text
    assert "Computed: 4+3 = 7" in model.requests[2].messages[-1].text
    assert [message.role for message in model.requests[2].messages] == ["system", "user", *["assistant", "user"] * 2]


def test_who_asks_for_nothing_speaks_at_once_and_is_heard_while_it_speaks(answered, kit_of):
    items, model = loop(answered, [Reply(DRAFT)], kit_of)

    assert words_in(items) == DRAFT
    assert len(model.requests) == 1


def test_what_is_harder_than_a_fraction_goes_to_the_worker_and_nothing_is_executed(answered, kit_of):
    with Worker() as worker:
        items, model = loop(answered, [query("sqrt(2)*3"), Reply(DRAFT)], kit_of, computer=worker)
    computer = AnyValue()
    code = [query("__import__('os').system('true')"), query("().__class__"), query("exec(1)"), Reply(DRAFT)]
    refused, _ = loop(answered, code, kit_of, computer=computer)

    assert items[0] == Counted("query_computed")
    assert "Computed: sqrt(2)*3 ≈ 4.24264" in asked_of(model)
    assert refused[:2] == [Counted("query_invalid")] * 2
    assert not [node for node in computer.asked if "import" in repr(node)]


@pytest.mark.parametrize(
    "text",
    [
        '{"compute": 3}',
        '{"compute": "1", "then": "2"}',
        '{"eval": "1"}',
        '{"compute": "1"} and so on',
        '["compute"]',
        "{",
        "```python\nprint(1)\n```",
    ],
)
def test_a_query_of_another_form_is_invalid_and_counted(answered, kit_of, text):
    items, model = loop(answered, [Reply(text), Reply(DRAFT)], kit_of)

    if text.startswith("["):
        assert query_in(text) is None
    else:
        assert items[0] == Counted("query_invalid")
        assert words_in(items) == DRAFT
        assert "cannot be computed" in model.requests[1].messages[-1].text


def test_a_query_in_a_code_fence_is_a_query():
    assert query_in('```json\n{"compute": "1+1"}\n```') == query_in('{"compute": "1+1"}') == "1+1"


def test_a_repeated_query_is_refused_and_counted_with_its_value_told_again(answered, kit_of):
    computer = AnyValue()
    replies = [query("sqrt(2)"), query(" sqrt( 2 ) "), Reply(DRAFT)]
    items, model = loop(answered, replies, kit_of, computer=computer)

    assert items[:2] == [Counted("query_computed"), Counted("query_repeated")]
    assert len(computer.asked) == 1
    assert "You had this computed before: sqrt( 2 ) = 42" in model.requests[2].messages[-1].text


def test_after_its_rounds_it_has_to_speak(answered, kit_of):
    items, model = loop(answered, [query(f"{n}+1") for n in range(9)], kit_of)

    assert len(model.requests) == QUERIES + 1
    assert "Nothing more can be computed" in model.requests[-1].messages[-1].text
    assert "Nothing more can be computed" not in model.requests[-2].messages[-1].text
    assert items[-2] == Counted("query_too_many")
    assert items[-1].failure.kind is FailureKind.INVALID


def test_a_budget_of_one_call_leaves_no_round(answered, kit_of):
    _, model = loop(answered, [Reply(DRAFT)], kit_of, budget=SessionBudget(calls_per_turn=1))

    assert "Nothing more can be computed" in model.requests[0].messages[-1].text


def test_the_turn_s_time_is_for_all_calls_together(answered, kit_of):
    clock, variant = FakeClock(), named_variant("mathchat")

    def slow(request):
        clock.seconds += 12.0
        return query(f"{len(waits)}+1") if waits.append(request.timeout_seconds) is None else None

    waits = []
    kit = kit_of(variant, ScriptedModel(slow), monotonic=clock)
    items = list(variant.strategy(answered, kit))

    assert waits == [20.0, 8.0]
    assert isinstance(items[-1], Ended)
    assert items[-1].failure.kind is FailureKind.TIMEOUT


def test_a_value_too_long_to_read_is_invalid(answered, kit_of):
    items, model = loop(answered, [query("9999999^90"), Reply(DRAFT)], kit_of)

    assert items[0] == Counted("query_invalid")
    assert "or takes too long" in model.requests[1].messages[-1].text
