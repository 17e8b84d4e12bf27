import threading
import time

import pytest

from preceptor.domain import UserError
from preceptor.llm import Failure, FailureKind, Message, Patience, PatientModel, Reply, Request, ScriptedModel

ASK = Request((Message("user", "hi"),))
BUSY = Failure(FailureKind.RATE_LIMITED, "busy")


class StillTime:
    """Time that passes only while somebody sleeps."""

    def __init__(self):
        self.now = 1000.0
        self.slept = []

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


def patient(script, uniform=1.0, **options):
    still = StillTime()
    model = ScriptedModel(script)
    wrapped = PatientModel(
        model, Patience(**options), monotonic=still.monotonic, sleep=still.sleep, uniform=lambda: uniform
    )
    return wrapped, model, still


def test_waits_double_up_to_the_longest_and_jitter_shortens_them_by_half_at_most():
    full, _, still = patient([BUSY] * 6, uniform=1.0, tries=6, longest_wait_seconds=5)
    full.complete(ASK)
    assert still.slept == [1, 2, 4, 5, 5]

    half, _, still = patient([BUSY] * 6, uniform=0.0, tries=6, longest_wait_seconds=5)
    half.complete(ASK)
    assert still.slept == [0.5, 1, 2, 2.5, 2.5]


@pytest.mark.parametrize("kind", [FailureKind.RATE_LIMITED, FailureKind.TIMEOUT, FailureKind.UNAVAILABLE])
def test_what_passes_is_asked_again_and_counted(kind):
    model, script, _ = patient([Failure(kind), Failure(kind), Reply("fine")])

    assert model.complete(ASK) == Reply("fine")
    assert model.sent == len(script.requests) == 3
    assert model.passing == {kind.value: 2}


@pytest.mark.parametrize("kind", [FailureKind.REFUSED, FailureKind.INVALID, FailureKind.OVERSIZED, FailureKind.BUDGET])
def test_what_does_not_pass_is_asked_once(kind):
    model, script, still = patient([Failure(kind, "no"), Reply("never")])

    assert model.complete(ASK) == Failure(kind, "no")
    assert len(script.requests) == 1
    assert still.slept == []


def test_patience_ends_with_the_last_failure_and_says_how_often():
    model, script, _ = patient([BUSY] * 9, tries=3)

    failure = model.complete(ASK)

    assert (failure.kind, failure.detail) == (FailureKind.RATE_LIMITED, "busy (asked 3 times)")
    assert len(script.requests) == 3


def test_the_servers_own_wait_is_honoured():
    told = Failure(FailureKind.RATE_LIMITED, retry_after_seconds=17.0)
    model, _, still = patient([told, Reply("fine")])

    assert model.complete(ASK) == Reply("fine")
    assert still.slept == [17]


def test_the_servers_wait_holds_back_every_thread_not_only_the_one_that_was_told():
    model, _, still = patient([Failure(FailureKind.RATE_LIMITED, retry_after_seconds=17.0), Reply("a"), Reply("b")])
    model._sleep = lambda seconds: still.slept.append(seconds)  # the told thread has not woken up yet
    model._wait_seconds(1, Failure(FailureKind.RATE_LIMITED, retry_after_seconds=17.0))
    model._wait_for_turn()

    assert still.slept == [17]


@pytest.mark.parametrize("asked", [float("nan"), -3.0, 0.0])
def test_a_wait_that_makes_no_sense_is_not_honoured(asked):
    model, _, still = patient([Failure(FailureKind.RATE_LIMITED, retry_after_seconds=asked), Reply("fine")])

    assert model.complete(ASK) == Reply("fine")
    assert still.slept == [1]


def test_a_server_that_asks_for_too_long_a_wait_is_not_waited_for():
    model, script, still = patient([Failure(FailureKind.RATE_LIMITED, retry_after_seconds=86_400.0), Reply("fine")])

    assert model.complete(ASK).kind is FailureKind.RATE_LIMITED
    assert len(script.requests) == 1
    assert still.slept == []


def test_requests_begin_no_faster_than_the_rate():
    model, _, still = patient([Reply("fine")] * 4, requests_per_minute=30)

    starts = []
    for _ in range(4):
        model.complete(ASK)
        starts.append(still.now)

    assert starts == [1000, 1002, 1004, 1006]


def test_no_more_requests_are_under_way_than_allowed():
    lock, at_once, most = threading.Lock(), 0, 0

    def slow(_):
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.02)
        with lock:
            at_once -= 1
        return Reply("fine")

    model, _, _ = patient(slow, concurrency=2)
    threads = [threading.Thread(target=model.complete, args=(ASK,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == 2


def test_a_model_that_is_gone_is_not_asked_for_every_question():
    model, script, _ = patient(lambda _: Failure(FailureKind.UNAVAILABLE, "refused"), tries=2, gives_up_after=3)

    failures = [model.complete(ASK) for _ in range(50)]

    assert len(script.requests) == 6
    assert {failure.kind for failure in failures} == {FailureKind.UNAVAILABLE}
    assert "not asked" in failures[-1].detail


def test_answers_that_cannot_be_used_come_from_a_model_that_is_there():
    model, script, _ = patient(lambda _: Failure(FailureKind.INVALID), gives_up_after=3)

    for _ in range(10):
        model.complete(ASK)

    assert len(script.requests) == 10


@pytest.mark.parametrize(("shut", "sent"), [(True, 3), (False, 10)])
def test_refusals_of_single_questions_end_no_run_and_a_shut_door_does(shut, sent):
    model, script, _ = patient(lambda _: Failure(FailureKind.REFUSED, "no", shut=shut), gives_up_after=3)

    for _ in range(10):
        model.complete(ASK)

    assert len(script.requests) == sent


@pytest.mark.parametrize("options", [{"concurrency": 0}, {"requests_per_minute": 0.0}, {"requests_per_minute": -1.0}])
def test_patience_that_asks_nothing_is_refused(options):
    with pytest.raises(UserError):
        Patience(**options)
