"""The server is killed in the middle of a sitting; nothing that was answered is lost or counted twice."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

STUDENT = "s0008"
START_LIMIT_SECONDS = 90


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Api:
    """The API of a server on this computer."""

    def __init__(self, port):
        self.base = f"http://127.0.0.1:{port}/api/v1"

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as reply:
            return json.load(reply)

    def answer(self, question_id, key, **fields):
        content = {"student_id": STUDENT, "question_id": question_id, "idempotency_key": key, "dont_know": True}
        return self.ask("/answers", content | fields)

    def wait_until_up(self, process):
        limit = time.monotonic() + START_LIMIT_SECONDS
        while time.monotonic() < limit:
            assert process.poll() is None, "the server ended by itself"
            try:
                return self.ask("/health")
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
        pytest.fail("the server did not come up in time")


@contextmanager
def served(course):
    """A real server in a process of its own, ended by its id."""
    port = free_port()
    command = [sys.executable, "-m", "preceptor.cli", "serve", str(course), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        api = Api(port)
        api.wait_until_up(process)
        yield api, process
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=30)


def without_clock(state):
    """A student's state without what moves with the clock: recall fades while the server is down."""
    moving = {"recall", "forecast", "last_practice_days", "band", "due"}
    concepts = [{name: value for name, value in c.items() if name not in moving} for c in state["concepts"]]
    recent = [{name: value for name, value in e.items() if name != "days_ago"} for e in state["recent"]]
    return {"answers": state["answers"], "concepts": concepts, "recent": recent, "name": state["display_name"]}


@pytest.mark.slow
def test_a_killed_server_forgets_nothing(course_copy, open_classroom):
    with served(course_copy) as (api, process):
        for number in range(3):
            asked = api.ask(f"/students/{STUDENT}/next")["question"]["question_id"]
            last = api.answer(asked, f"key-{number}")
        waiting = api.ask(f"/students/{STUDENT}/next")
        before, at_seconds = api.ask(f"/students/{STUDENT}/state"), time.time()
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=30)
    with open_classroom(course_copy) as classroom:  # what the store holds, by a clock that stands
        record = classroom._context.minds.record(STUDENT)
        page = classroom.student(STUDENT, at_seconds)
    assert [event.event_id for event in record.history[-3:]] == ["key-0", "key-1", "key-2"]
    with served(course_copy) as (api, _):
        after = api.ask(f"/students/{STUDENT}/state")
        assert without_clock(after) == without_clock(before)
        for old, new in zip(before["concepts"], after["concepts"], strict=True):
            assert new["recall"] == pytest.approx(old["recall"], abs=0.01)
        resumed = api.ask(f"/students/{STUDENT}/next")
        assert resumed["resumed"]
        assert (resumed["question"], resumed["sitting"]) == (waiting["question"], waiting["sitting"])
        assert resumed["sitting"]["answered"] == 3
        again = api.answer(asked, "key-2")
        assert (again["event_id"], again["sitting"]) == (last["event_id"], last["sitting"])
        assert api.ask(f"/students/{STUDENT}/state")["answers"] == before["answers"]
        assert api.answer(resumed["question"]["question_id"], "key-3")["sitting"]["answered"] == 4
    with open_classroom(course_copy) as classroom:
        model = classroom._context.trained.model
        replayed = classroom._context.minds.record(STUDENT).history[:-1]
        assert replayed == record.history
        state, old = model.replay(replayed), record.mind
        for part in ("recent", "last_seen", "answered"):
            assert getattr(state, part).tobytes() == getattr(old, part).tobytes()
        for part in ("last_seconds", "attempts", "credit", "spaced"):
            assert getattr(state.practice, part).tobytes() == getattr(old.practice, part).tobytes()
        recalls = [concept.recall for concept in page.concepts]
        assert [r.recall for r in model.concept_recalls(state, at_seconds).values()] == recalls
