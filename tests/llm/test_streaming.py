"""A model is heard while it speaks; whatever the server does, the stream ends with the whole or with a failure."""

import time

import pytest

from preceptor.llm import (
    Budget,
    Endpoint,
    Failure,
    FailureKind,
    Ledger,
    Message,
    Reply,
    Request,
    ScriptedModel,
    Spending,
    StreamingModel,
    ThriftyModel,
    heard,
)
from preceptor.llm.openai_compatible import OpenAICompatibleModel


def ask(**options) -> Request:
    return Request((Message("user", "hi"),), **{"timeout_seconds": 5.0, "max_tokens": 50, **options})


@pytest.fixture
def listened(scripted):
    """Everything a server's answer yields, and the server."""

    def run(answer, request=None):
        with scripted.ScriptedServer(lambda _: answer) as server:
            model = OpenAICompatibleModel(Endpoint(server.url, "tiny", "sk-hidden"), 100_000)
            try:
                return list(model.stream(request or ask())), server
            finally:
                model.close()

    return run


def test_parts_come_one_by_one_and_the_whole_last(listened, scripted):
    parts, server = listened(scripted.Answer("One half. Two thirds."))

    assert parts == ["One", " half.", " Two", " thirds.", Reply("One half. Two thirds.", 100, 10)]
    assert server.requests[0]["stream"] is True
    assert server.requests[0]["stream_options"] == {"include_usage": True}


def test_the_first_part_is_there_before_the_last_is_written(scripted):
    with scripted.ScriptedServer(lambda _: scripted.Answer("One two three four five", part_seconds=0.3)) as server:
        model = OpenAICompatibleModel(Endpoint(server.url, "tiny"))
        start = time.monotonic()
        stream = model.stream(ask())
        first, waited = next(stream), time.monotonic() - start
        rest = list(stream)
        model.close()

    assert first == "One"
    assert waited < time.monotonic() - start - 0.8
    assert isinstance(rest[-1], Reply)


BROKEN = {
    "broken off": ({"text": "One two three four", "breaks_after": 2}, ["One", " two"], FailureKind.UNAVAILABLE),
    "endless": ({"text": "On and on.", "babbles": True}, None, FailureKind.OVERSIZED),
    "10 MB in one part": ({"text": "x" * 10_000_000}, [], FailureKind.OVERSIZED),
    "slow": ({"text": "One two", "part_seconds": 0.7}, ["One"], FailureKind.TIMEOUT),
    "silent": ({"text": "late", "wait_seconds": 30.0}, [], FailureKind.TIMEOUT),
    "too many requests": ({"status": 429, "body": b"{}"}, [], FailureKind.RATE_LIMITED),
    "broken": ({"status": 500, "body": b"oops"}, [], FailureKind.UNAVAILABLE),
    "wrong key": ({"status": 401, "body": b'{"error": {"message": "sk-hidden"}}'}, [], FailureKind.REFUSED),
    "not a stream": ({"body": b"<html>gateway</html>"}, [], None),
    "garbage": ({"body": b"data: {{{{\n\n", "headers": {"content-type": "text/event-stream"}}, [], None),
    "nothing": ({"body": b"", "headers": {"content-type": "text/event-stream"}}, [], None),
    "no words": ({"text": ""}, [], FailureKind.INVALID),
    "half a surrogate": ({"text": "a\ud800b", "finish_reason": "content_filter"}, ["a?b"], FailureKind.REFUSED),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_stream_that_goes_wrong_ends_with_a_failure_of_its_kind(case, listened, scripted):
    answer, expected, kind = BROKEN[case]
    start = time.monotonic()

    *parts, failure = listened(scripted.Answer(**answer), ask(timeout_seconds=1.0))[0]

    assert isinstance(failure, Failure)
    assert kind is None or failure.kind is kind
    assert expected is None or parts == expected
    assert len("".join(parts)) <= 50 * 20
    assert "sk-hidden" not in failure.detail
    assert time.monotonic() - start < 5


def test_who_stops_listening_ends_the_request(scripted):
    with scripted.ScriptedServer(lambda _: scripted.Answer("on and on", babbles=True, part_seconds=0.02)) as server:
        model = OpenAICompatibleModel(Endpoint(server.url, "tiny"))
        stream = model.stream(ask())
        assert next(stream) == "on"
        stream.close()
        end = time.monotonic() + 3
        while server.open and time.monotonic() < end:
            time.sleep(0.02)
        assert server.open == 0
        model.close()


def test_any_model_can_be_heard(tmp_path):
    class Plain:
        def complete(self, request):
            return Reply("One. Two.", 3, 4)

    assert not isinstance(Plain(), StreamingModel)
    assert list(heard(Plain(), ask())) == ["One. Two.", Reply("One. Two.", 3, 4)]
    assert list(ScriptedModel([Reply("One. Two.")]).stream(ask())) == ["One.", " Two.", Reply("One. Two.")]


@pytest.fixture
def thrifty(tmp_path):
    ledger = Ledger(tmp_path / "answers.sqlite")
    script = ScriptedModel(lambda _: Reply("One. Two.", 5, 3))
    yield lambda budget=None: (ThriftyModel(script, "tiny", ledger, budget or Budget()), script)
    ledger.close()


def test_what_was_heard_once_is_kept_and_not_paid_again(thrifty):
    model, script = thrifty()

    assert list(model.stream(ask()))[-1] == Reply("One. Two.", 5, 3)
    assert list(model.stream(ask())) == ["One. Two.", Reply("One. Two.", 5, 3)]
    assert model.complete(ask()) == Reply("One. Two.", 5, 3)
    assert len(script.requests) == 1
    assert model.paid == Spending(1, 5, 3)


def test_a_stream_beyond_the_budget_is_not_begun(thrifty):
    model, script = thrifty(Budget(tokens=20))

    (failure,) = model.stream(ask())

    assert failure.kind is FailureKind.BUDGET
    assert script.requests == []


def test_a_stream_that_is_left_early_is_paid_for_and_not_kept(thrifty):
    model, _ = thrifty()
    stream = model.stream(ask())
    next(stream)
    stream.close()

    assert model.paid.answers == 1
    assert model.paid.tokens > 0
    assert not model.holds(ask())
