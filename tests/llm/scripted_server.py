"""A real HTTP server on loopback that speaks the chat API and says what it was told to say."""

import itertools
import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One HTTP answer; `body` None means a chat completion of `text`, streamed word by word where that is asked for.

    A stream waits `part_seconds` before every part, breaks off after `breaks_after` parts, and repeats itself for ever
    if it `babbles`.
    """

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    endless: bool = False
    wait_seconds: float = 0.0
    drip_seconds: float = 0.0
    usage: dict[str, Any] | None = None
    finish_reason: str = "stop"
    part_seconds: float = 0.0
    breaks_after: int | None = None
    babbles: bool = False

    def parts(self) -> Iterator[bytes]:
        """The stream's events."""
        words = re.findall(r"\s*\S+", self.text)
        for part in itertools.cycle(words) if self.babbles else words:
            yield self._event({"role": "assistant", "content": part}, None)
        yield self._event({}, self.finish_reason)
        usage = self.usage or {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
        yield self._event(None, None, usage)
        yield b"data: [DONE]\n\n"

    def _event(self, delta: dict[str, Any] | None, finish: str | None, usage: dict[str, Any] | None = None) -> bytes:
        choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
        chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": choices}
        return f"data: {json.dumps(chunk | ({'usage': usage} if usage else {}))}\n\n".encode()

    def content(self) -> bytes:
        if self.body is not None:
            return self.body
        choice = {
            "index": 0,
            "finish_reason": self.finish_reason,
            "message": {"role": "assistant", "content": self.text},
        }
        usage = self.usage or {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
        completion = {
            "id": "c1",
            "object": "chat.completion",
            "created": 1,
            "model": "scripted",
            "choices": [choice],
            "usage": usage,
        }
        return json.dumps(completion).encode()


class ScriptedServer:
    """Answers POSTs with `respond(request body)`; `answered` counts every answer that was sent whole, by request.

    `open` is the number of streams under way.
    """

    def __init__(self, respond: Callable[[dict[str, Any]], Answer]) -> None:
        self.respond = respond
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.answered: Counter[str] = Counter()
        self.open = 0
        self.lock = threading.Lock()
        self.closed = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                outer.serve(self)

            def log_message(self, *_: object) -> None:
                """Tests read what was recorded."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._http.server_port}/v1"

    def __enter__(self) -> "ScriptedServer":
        return self

    def __exit__(self, *_: object) -> None:
        self.closed.set()
        self._http.shutdown()
        self._http.server_close()

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        raw = handler.rfile.read(int(handler.headers["content-length"]))
        try:
            body = json.loads(raw)
        except ValueError:  # the client went before it had said everything
            handler.close_connection = True
            return
        with self.lock:
            self.requests.append(body)
            self.headers.append({name.lower(): value for name, value in handler.headers.items()})
        answer = self.respond(body)
        self.closed.wait(answer.wait_seconds)
        try:
            streamed = body.get("stream") and answer.body is None and answer.status == 200 and not answer.endless
            (self._stream if streamed and not answer.drip_seconds else self._send)(handler, answer)
        except OSError:  # the client has gone
            handler.close_connection = True
            return
        with self.lock:
            self.answered[raw.decode()] += 1

    def _stream(self, handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.send_header("transfer-encoding", "chunked")
        handler.end_headers()
        self.open += 1
        try:
            for number, part in enumerate(answer.parts()):
                if number == answer.breaks_after or self.closed.wait(answer.part_seconds):
                    raise ConnectionError("broken off")
                handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
                handler.wfile.flush()
            handler.wfile.write(b"0\r\n\r\n")
        finally:
            self.open -= 1

    def _send(self, handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        content = answer.content()
        handler.send_response(answer.status)
        for name, value in ({"content-type": "application/json"} | answer.headers).items():
            handler.send_header(name, value)
        if answer.endless or answer.drip_seconds:
            handler.send_header("transfer-encoding", "chunked")
            handler.end_headers()
            part = b" " if answer.drip_seconds else b" " * 65_536
            while not self.closed.is_set():
                handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
                time.sleep(answer.drip_seconds)
            raise ConnectionError("the test is over")
        handler.send_header("content-length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)


def content_of(body: dict[str, Any]) -> dict[str, Any]:
    """What the first user message of a request says, as annotators write it."""
    return json.loads(next(message["content"] for message in body["messages"] if message["role"] == "user"))


def stage_of(body: dict[str, Any]) -> str:
    """Which answer a request wants: solution, concepts, links, variations or result."""
    wanted = set(body["response_format"]["json_schema"]["schema"]["properties"])
    return {"steps": "solution", "concepts": "concepts", "links": "links", "variations": "variations"}.get(
        min(wanted - {"result"}, default=""), "result"
    )


VARIATIONS = (
    ("Work out $3 + 9$.", "12", ""),
    ("Ann has 3 apples and finds 4 more. How many are there?", "7", "Solving word problems"),
    ("Ben has 30 apples and eats 4. How many are left?", "26", "Subtracting whole numbers"),
)
"""Variations of any question: our algebra confirms the first key, the second solution below the second one alone."""


def varied(question: str, answer: str, added: str) -> dict[str, Any]:
    steps = [f"Look at: {question}", "Work it out."]
    return {"question": question, "answer": answer, "steps": steps, "added_concept": added}


def annotating(body: dict[str, Any]) -> Answer:
    """A model that labels well: two steps that end at the key, the first concept offered, and every link."""
    told, stage = content_of(body), stage_of(body)
    if stage == "solution":
        value = {"steps": [f"Look at: {told['question']}", "Work it out."], "result": told["answer"]}
    elif stage == "concepts":
        known = [entry["code"] or entry["name"] for entry in told["known"][:1]]
        names = [*known, "Reading word problems"]
        value = {"concepts": [{"name": name, "confidence": 0.8, "because": "it is asked"} for name in names]}
    elif stage == "links":
        value = {"links": [{"step": 1, "concept": 2}, {"step": 2, "concept": 1}]}
    elif stage == "variations":
        value = {"variations": [varied(*texts) for texts in VARIATIONS]}
    else:
        value = {"result": "7"}
    return Answer(json.dumps(value))
