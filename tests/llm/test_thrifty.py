"""Answers are paid for once, and never more than the budget allows."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from preceptor.domain import UserError
from preceptor.llm import (
    Budget,
    Failure,
    FailureKind,
    Ledger,
    Message,
    Price,
    Reply,
    Request,
    ScriptedModel,
    Spending,
    ThriftyModel,
    estimated_tokens,
)
from preceptor.llm.ledger import key_of


def ask(text="hi", **options) -> Request:
    return Request((Message("user", text),), **{"max_tokens": 10, **options})


@pytest.fixture
def ledger(tmp_path):
    opened = Ledger(tmp_path / "annotation" / "answers.sqlite")
    yield opened
    opened.close()


FINE = Reply("fine", 5, 3)


def paying(ledger, budget=None, reply=FINE):
    model = ScriptedModel(lambda _: reply)
    return ThriftyModel(model, "tiny", ledger, budget or Budget()), model


def test_an_answer_is_paid_once_and_outlives_the_process(ledger):
    first, script = paying(ledger)
    assert [first.complete(ask()) for _ in range(3)] == [Reply("fine", 5, 3)] * 3
    assert len(script.requests) == 1
    assert (first.paid, first.reused) == (Spending(1, 5, 3), Spending())

    ledger.close()
    second, script = paying(Ledger(ledger.path), reply=Reply("other"))
    assert second.holds(ask())
    assert second.complete(ask()) == Reply("fine", 5, 3)
    assert script.requests == []
    assert (second.paid, second.reused) == (Spending(), Spending(1, 5, 3))


def test_an_answer_is_on_the_disk_before_it_is_used(ledger):
    thrifty, _ = paying(ledger)
    thrifty.complete(ask())

    assert Ledger(ledger.path).find(key_of("tiny", ask())) == Reply("fine", 5, 3)


def test_failures_are_not_kept_and_cost_nothing(ledger):
    answers = iter([Failure(FailureKind.TIMEOUT), Reply("fine", 5, 3)])
    thrifty = ThriftyModel(ScriptedModel(answers), "tiny", ledger)

    assert thrifty.complete(ask()).kind is FailureKind.TIMEOUT
    assert thrifty.complete(ask()) == Reply("fine", 5, 3)
    assert thrifty.paid == Spending(1, 5, 3)


def test_threads_that_ask_the_same_pay_once(ledger):
    both = threading.Barrier(2)
    thrifty, script = paying(ledger)

    def run(_):
        both.wait()
        return thrifty.complete(ask())

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(run, range(2))) == [Reply("fine", 5, 3)] * 2
    assert len(script.requests) == 1


DIFFERENT = [
    ask("other"),
    ask(schema="{}"),
    ask(max_tokens=11),
    ask(temperature=0.5),
    Request((Message("system", "hi"),), 10),
    Request((Message("user", "h"), Message("user", "i")), 10),
]


@pytest.mark.parametrize("other", DIFFERENT)
def test_whatever_shapes_an_answer_identifies_it(other):
    assert key_of("tiny", other) != key_of("tiny", ask())
    assert key_of("large", ask()) != key_of("tiny", ask())
    assert key_of("tiny", ask(timeout_seconds=1.0)) == key_of("tiny", ask())


@settings(deadline=None, derandomize=True, max_examples=40)
@given(
    costs=st.lists(st.tuples(st.integers(1, 40), st.integers(1, 10)), min_size=1, max_size=30),
    tokens=st.integers(1, 400),
)
def test_a_budget_is_never_exceeded_where_a_server_keeps_to_what_is_asked(costs, tokens, tmp_path_factory):
    ledger = Ledger(tmp_path_factory.mktemp("ledger") / "a.sqlite")
    answers = iter(Reply("x", read, written) for read, written in costs)
    thrifty = ThriftyModel(ScriptedModel(answers), "tiny", ledger, Budget(tokens))

    outcomes = [thrifty.complete(ask("y" * 130 + str(i))) for i in range(len(costs))]

    assert thrifty.paid.tokens <= tokens
    stopped = [answer for answer in outcomes if isinstance(answer, Failure)]
    assert {answer.kind for answer in stopped} <= {FailureKind.BUDGET}
    ledger.close()


def test_requests_under_way_together_do_not_exceed_the_budget_either(ledger):
    gate = threading.Event()

    def slow(_):
        gate.wait(5)
        return Reply("x", 5, 10)

    thrifty = ThriftyModel(ScriptedModel(slow), "tiny", ledger, Budget(tokens=40))
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(thrifty.complete, ask(str(i))) for i in range(8)]
        while sum(future.done() for future in waiting) < 6:  # the others were refused at once
            pass
        gate.set()
        kinds = [getattr(future.result(), "kind", "reply") for future in waiting]

    assert kinds.count("reply") == 2
    assert thrifty.paid.tokens == 30


def test_what_an_earlier_run_paid_counts_within_the_budget(ledger):
    first, _ = paying(ledger)
    first.complete(ask("one"))
    second, script = paying(ledger, Budget(tokens=20))

    assert isinstance(second.complete(ask("one")), Reply)
    assert second.complete(ask("two")).kind is FailureKind.BUDGET
    assert script.requests == []


def test_a_kept_answer_is_given_even_when_the_budget_is_used_up(ledger):
    paying(ledger)[0].complete(ask())

    assert isinstance(paying(ledger, Budget(tokens=1))[0].complete(ask()), Reply)


def test_money_is_counted_by_price_and_stops_too(ledger):
    price = Price(read=2.0, written=10.0)
    assert price.of(1_000_000, 500_000) == 7

    thrifty, _ = paying(ledger, Budget(money=0.00025, price=price))
    outcomes = [thrifty.complete(ask(str(i))) for i in range(10)]

    assert price.of(thrifty.paid.input_tokens, thrifty.paid.output_tokens) <= 0.00025
    assert isinstance(outcomes[0], Reply)
    assert outcomes[-1].kind is FailureKind.BUDGET


def test_tokens_are_estimated_where_a_server_does_not_count_them(ledger):
    thrifty, _ = paying(ledger, reply=Reply("a" * 35))
    thrifty.complete(ask("b" * 70))

    assert thrifty.paid.output_tokens == estimated_tokens("a" * 35) == 10
    assert thrifty.paid.input_tokens >= 20


@pytest.mark.parametrize(
    "make",
    [
        lambda: Budget(tokens=0),
        lambda: Budget(money=-1.0, price=Price(1, 1)),
        lambda: Budget(money=float("nan"), price=Price(1, 1)),
        lambda: Budget(money=5.0),
        lambda: Price(-1.0, 0.0),
        lambda: Price(0.0, float("inf")),
    ],
)
def test_budgets_and_prices_that_make_no_sense_are_refused(make):
    with pytest.raises(UserError):
        make()


def test_a_damaged_ledger_is_a_users_message(tmp_path):
    path = tmp_path / "answers.sqlite"
    path.write_bytes(b"not a database, but long enough to look at" * 100)

    with pytest.raises(UserError, match="Cannot keep"):
        Ledger(path)
