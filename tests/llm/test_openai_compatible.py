"""Against a real server on loopback: whatever it does, there is an answer or a failure that says so."""

import json
import socket
import time

import pytest

from preceptor.domain import MissingExtraError, UserError
from preceptor.llm import KEY_VARIABLE, Endpoint, Failure, FailureKind, Message, Reply, Request
from preceptor.llm.openai_compatible import OpenAICompatibleModel

SCHEMA = json.dumps({"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]})


def ask(text="hi", **options) -> Request:
    return Request((Message("system", "Be brief."), Message("user", text)), **{"timeout_seconds": 5.0, **options})


@pytest.fixture
def asked(scripted):
    """Ask a server that gives one answer; what came, and the server."""

    def run(answer, request=None, key="", most_answer_bytes=100_000):
        with scripted.ScriptedServer(lambda _: answer) as server:
            model = OpenAICompatibleModel(Endpoint(server.url, "tiny", key), most_answer_bytes)
            try:
                return model.complete(request or ask()), server
            finally:
                model.close()

    return run


def test_an_answer_comes_with_its_tokens_and_the_request_says_all_that_was_asked(asked, scripted):
    reply, server = asked(scripted.Answer('{"a": 1}'), ask("What is a?", max_tokens=77, schema=SCHEMA))

    assert reply == Reply('{"a": 1}', 100, 10)
    body = server.requests[0]
    assert body["model"] == "tiny"
    assert body["max_tokens"] == 77
    assert body["temperature"] == 0
    assert body["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "What is a?"},
    ]
    assert body["response_format"]["json_schema"]["schema"]["properties"] == {"a": {"type": "integer"}}
    assert "tools" not in body


def test_a_conversation_keeps_its_roles(asked, scripted):
    request = Request((Message("user", "one"), Message("assistant", "two"), Message("user", "three")))
    _, server = asked(scripted.Answer("fine"), request)

    assert [message["role"] for message in server.requests[0]["messages"]] == ["user", "assistant", "user"]
    assert "response_format" not in server.requests[0]


def test_nothing_of_the_environment_goes_along(asked, scripted, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "somebody-elses")
    monkeypatch.setenv("OPENAI_ORG_ID", "acme")
    _, server = asked(scripted.Answer("fine"))

    sent = server.headers[0]
    assert "somebody-elses" not in str(sent)
    assert "acme" not in str(sent)
    assert set(sent) <= {
        *("host", "connection", "authorization", "accept", "content-type", "content-length"),
        *("accept-encoding", "user-agent"),
    }


HOSTILE = {
    "not json": ({"body": b"<html>gateway</html>"}, FailureKind.INVALID),
    "plain text": ({"body": b"hello", "headers": {"content-type": "text/plain"}}, FailureKind.INVALID),
    "json of another shape": ({"body": b'{"hello": [1, 2]}'}, FailureKind.INVALID),
    "a list": ({"body": b"[]"}, FailureKind.INVALID),
    "nothing": ({"body": b""}, FailureKind.INVALID),
    "deeply nested": ({"body": b"[" * 50_000}, FailureKind.INVALID),
    "not utf-8": ({"body": b'{"choices": "\xff\xfe"}'}, FailureKind.INVALID),
    "no words": ({"text": "  "}, FailureKind.INVALID),
    "10 MB": ({"text": "x" * 10_000_000}, FailureKind.OVERSIZED),
    "endless": ({"endless": True}, FailureKind.OVERSIZED),
    "compressed": ({"body": b"\x1f\x8b", "headers": {"content-encoding": "gzip"}}, FailureKind.OVERSIZED),
    "content filter": ({"text": "", "finish_reason": "content_filter"}, FailureKind.REFUSED),
    "bad request": ({"status": 400, "body": b'{"error": {"message": "no"}}'}, FailureKind.REFUSED),
    "wrong key": ({"status": 401, "body": b"{}"}, FailureKind.REFUSED),
    "moved": ({"status": 302, "headers": {"location": "http://127.0.0.1:9/"}, "body": b""}, FailureKind.INVALID),
    "too many requests": ({"status": 429, "body": b"{}"}, FailureKind.RATE_LIMITED),
    "broken": ({"status": 500, "body": b"oops"}, FailureKind.UNAVAILABLE),
    "overloaded": ({"status": 503, "body": b"{}"}, FailureKind.UNAVAILABLE),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_a_hostile_server_does_is_a_failure_of_its_kind(case, asked, scripted):
    answer, kind = HOSTILE[case]

    failure, server = asked(scripted.Answer(**answer))

    assert isinstance(failure, Failure)
    assert failure.kind is kind
    assert failure.detail
    assert len(failure.detail) <= 200
    assert failure.detail.startswith(f"{server.url}: "), "who was asked"
    assert len(server.requests) == 1, "one call sends one request"


@pytest.mark.parametrize("behaviour", [{"wait_seconds": 30.0}, {"drip_seconds": 0.05}], ids=["silent", "drop by drop"])
def test_a_server_that_takes_too_long_is_a_timeout_as_a_whole(behaviour, asked, scripted):
    start = time.monotonic()

    failure, _ = asked(scripted.Answer("late", **behaviour), ask(timeout_seconds=0.5))

    assert failure.kind is FailureKind.TIMEOUT
    assert time.monotonic() - start < 4


def test_nobody_there_is_unavailable():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    model = OpenAICompatibleModel(Endpoint(f"http://127.0.0.1:{port}/v1", "tiny"))

    assert model.complete(ask()).kind is FailureKind.UNAVAILABLE
    model.close()


@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_that_is_asked_for_is_passed_on(status, asked, scripted):
    failure, _ = asked(scripted.Answer(status=status, headers={"retry-after": "7"}, body=b"{}"))

    assert failure.retry_after_seconds == 7


@pytest.mark.parametrize(("status", "shut"), [(400, False), (401, True), (403, True), (404, True), (422, False)])
def test_a_refusal_says_whether_it_holds_for_any_question(status, shut, asked, scripted):
    failure, _ = asked(scripted.Answer(status=status, body=b'{"error": {"message": "no"}}'))

    assert (failure.kind, failure.shut) == (FailureKind.REFUSED, shut)


def test_a_content_filter_refuses_one_question(asked, scripted):
    assert not asked(scripted.Answer("", finish_reason="content_filter"))[0].shut


def test_exhausted_credit_is_not_a_rate_limit(asked, scripted):
    body = b'{"error": {"message": "pay", "code": "insufficient_quota", "type": "insufficient_quota"}}'

    assert asked(scripted.Answer(status=429, body=body))[0].kind is FailureKind.REFUSED


def test_claimed_tokens_stay_within_what_can_be_stored(asked, scripted):
    usage = {"prompt_tokens": -5, "completion_tokens": 10**30, "total_tokens": 1}
    reply, _ = asked(scripted.Answer("fine", usage=usage))

    assert isinstance(reply, Failure) or (reply.input_tokens == 0 and reply.output_tokens == 10**9)


def test_half_a_surrogate_becomes_something_that_can_be_stored(asked, scripted):
    reply, _ = asked(scripted.Answer("a\ud800b"))

    assert reply.text.encode()
    assert reply.text == "a?b"


def test_the_key_is_sent_and_shown_nowhere(asked, scripted):
    error = json.dumps({"error": {"message": "wrong key sk-hidden\n\x1b[31m"}}).encode()
    failure, server = asked(scripted.Answer(status=401, body=error), key="sk-hidden")

    assert server.headers[0]["authorization"] == "Bearer sk-hidden"
    assert "sk-hidden" not in str(failure)
    assert failure.detail.isprintable()
    assert "sk-hidden" not in repr(Endpoint(server.url, "tiny", "sk-hidden"))


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("ftp://example.org", ""),
        ("example.org/v1", ""),
        ("http://", ""),
        ("http://[broken", ""),
        ("http://host:port/v1", ""),
        ("https://user:secret@example.org/v1", ""),
        ("https://example.org/v1?key=secret", ""),
        ("http://example.org/v1", "secret"),
        ("https://example.org/v1", "secret\nx"),
    ],
)
def test_an_address_that_cannot_be_used_or_tells_a_secret_is_refused_without_telling_it(url, key):
    with pytest.raises(UserError) as refused:
        Endpoint(url, "tiny", key)

    assert "secret" not in str(refused.value)


def test_the_key_may_travel_openly_to_this_computer_only():
    assert Endpoint("http://127.0.0.1:1/v1", "m", "k").key == "k"
    assert Endpoint("http://localhost:1/v1", "m", "k").key == "k"
    assert Endpoint("https://example.org/v1", "m", "k").key == "k"
    assert KEY_VARIABLE.startswith("PRECEPTOR_")


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    import builtins
    import sys

    monkeypatch.delitem(sys.modules, "preceptor.llm.connection", raising=False)
    real = builtins.__import__

    def without(name, *rest):
        if name == "pydantic_ai" or name.startswith("pydantic_ai."):
            raise ModuleNotFoundError(name=name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=r"preceptor\[llm\]"):
        OpenAICompatibleModel(Endpoint("http://127.0.0.1:1/v1", "tiny"))
