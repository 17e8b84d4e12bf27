"""A server that is killed again and again in the middle of a session with the tutor: nothing acknowledged is lost."""

import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from preceptor.store import SqliteStore
from preceptor.workflow.context import STORE_FILE

STUDENT = "s0004"
KILLS = 8
START_LIMIT_SECONDS = 120
LONGEST_DELAY_SECONDS = 0.12
MAKER = Path(__file__).parent / "serving_process.py"
GONE = (urllib.error.URLError, ConnectionError, http.client.HTTPException, TimeoutError)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A real server, in a process of its own."""

    def __init__(self, maker, course):
        self.port = free_port()
        maker.stdin.write(f"{course} {self.port}\n")
        maker.stdin.flush()
        self.process_id = int(maker.stdout.readline())
        limit = time.monotonic() + START_LIMIT_SECONDS
        while True:
            try:
                self.ask("/health")
                return
            except GONE:
                assert time.monotonic() < limit, "the server did not come up in time"
                time.sleep(0.05)

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1{path}", data, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as reply:
            return json.load(reply)

    def kill(self):
        """Once: the number of a process that is gone may be another's."""
        process_id, self.process_id = self.process_id, 0
        if process_id:
            os.kill(process_id, signal.SIGKILL)


@contextmanager
def server_maker():
    """What starts servers; ended with the last of them."""
    with subprocess.Popen([sys.executable, str(MAKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as it:
        assert it.stdout.readline() == "ready\n"
        yield it
        it.stdin.close()


class Client:
    """A student's client: a message is sent until it is acknowledged, or given up by reloading the page.

    Attributes:
        told: What was acknowledged: (message, reply) by key.
        graded: The outcomes that were acknowledged, by key.
        hints: How many hints of a question were acknowledged.
    """

    def __init__(self, maker, course, seed):
        self._maker, self._course, self._dice = maker, course, random.Random(seed)
        self._sent = 0
        self.kills = 0
        self.told, self.graded, self.hints, self.gone = {}, {}, {}, []
        self._start()

    def hold(self, goal=10):
        """Talk until the session is over and the server was killed often enough."""
        turn = self._reload()
        self.sitting_id = turn["sitting"]["sitting_id"]
        while not turn["sitting"]["finished"]:
            behind = turn["sitting"]["answered"] >= min(goal - 1, self.kills + 2) and self.kills < KILLS
            turn = self._say(self._message(turn["question"], answers=not behind), turn["question"]["question_id"])
            assert turn["sitting"]["sitting_id"] == self.sitting_id
        return turn

    def _message(self, question, *, answers):
        """A hint, a question of one's own, or an answer."""
        drawn = self._dice.random()
        if not answers or drawn < 0.3:
            return "hint" if self._dice.random() < 0.5 else "another example?"
        options = question["options"]
        return self._dice.choice(options) if options and drawn < 0.8 else "I don't know"

    def _say(self, message, question_id):
        self._sent += 1
        key = f"key-{self._sent}"
        body = {"message": message, "question_id": question_id, "idempotency_key": key}
        while True:
            try:
                turn = self._ask(f"/students/{STUDENT}/tutor/messages", body)
                break
            except GONE:
                self._restart()
                if self._dice.random() < 0.3:  # the student reloads the page: the key is lost
                    self.gone.append(key)
                    return self._reload()
        said, reply = turn["messages"]
        self.told[key] = (said["text"], reply["text"])
        if reply["event_id"]:
            self.graded[key] = reply["outcome"]
        elif reply["text"].startswith("Hint"):
            self.hints[question_id] = max(self.hints.get(question_id, 0), len(turn["hints_opened"]))
        return turn

    def _reload(self):
        """Open the page: everything acknowledged in this session is there, in order."""
        while True:
            try:
                turn = self._ask(f"/students/{STUDENT}/tutor", {})
            except GONE:
                self._restart()
                continue
            shown = [message["text"] for message in turn["earlier"] if message["role"] == "tutor"]
            replies = iter(shown)
            if turn["sitting"]["sitting_id"] == getattr(self, "sitting_id", 0):
                assert all(reply in replies for _, reply in self.told.values())
                return turn
            if not hasattr(self, "sitting_id"):
                return turn
            # the last answer ended the session before its reply was heard
            return turn | {"sitting": {"sitting_id": self.sitting_id, "finished": True}}

    def _ask(self, path, body):
        if self.kills < KILLS and self._asked == self._spared:
            self._timer = threading.Timer(self._dice.uniform(0, LONGEST_DELAY_SECONDS), self._server.kill)
            self._timer.start()
        self._asked += 1
        return self._server.ask(path, body)

    def _start(self):
        self._timer = None
        self._server, self._asked, self._spared = Server(self._maker, self._course), 0, self._dice.randint(1, 3)

    def _restart(self):
        assert self._timer is not None, "the server ended by itself"
        self._timer.join()
        self.kills += 1
        self._start()

    def end(self):
        if self._timer is not None:
            self._timer.join()
        self._server.kill()


@pytest.mark.slow
def test_a_session_survives_a_server_that_is_killed_at_any_moment(earth_course, tmp_path):
    course = shutil.copytree(earth_course, tmp_path / "course")
    with server_maker() as maker:
        client = Client(maker, course, seed=11)
        try:
            client.hold()
        finally:
            client.end()
    with SqliteStore(course / STORE_FILE) as store:
        events = {event.event_id: event for event in store.events(STUDENT, client.sitting_id)}
        stored = [event.event_id for event in store.events(STUDENT)]
        turns = {turn.turn_key: turn for turn in store.turns(STUDENT, client.sitting_id)}
        sitting = next(found for found in store.sittings(STUDENT) if found.sitting_id == client.sitting_id)
    assert client.kills >= KILLS
    assert len(stored) == len(set(stored))
    assert {key: events[key].outcome for key in client.graded} == client.graded
    assert set(events) <= set(client.graded) | set(client.gone)  # the rest was stored, but never acknowledged
    assert (len(events), sitting.answered, sitting.closed_seconds is not None) == (10, 10, True)
    for key, (message, reply) in client.told.items():
        assert (turns[key].message, turns[key].reply, turns[key].whole) == (message, reply, True)
    for event in events.values():
        assert event.hints_used >= client.hints.get(event.question_id, 0)
