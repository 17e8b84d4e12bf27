"""One student is tutored, one core, everything stored: a script for `preceptor bench tutor`."""

import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import torch

from preceptor.answers import as_typed
from preceptor.course import Course
from preceptor.domain import Interaction, Outcome
from preceptor.llm import Endpoint, LanguageModel
from preceptor.store import SqliteStore
from preceptor.tutor.variants import TUTOR
from preceptor.workflow.built_in import BuiltInOptions, make_built_in_course
from preceptor.workflow.classroom import Classroom
from preceptor.workflow.clock import system_clock
from preceptor.workflow.context import STORE_FILE
from preceptor.workflow.training import train
from preceptor.workflow.training_options import TrainOptions
from preceptor.workflow.tutoring import Tutor

NOW_SECONDS = 1_770_000_000.0
STUDENT = "s0001"
KINDS = ("right answer", "wrong answer", "I don't know", "hint", "free question")
DRAFT = "Look at the size of the parts first. Then they can be counted together. That is all there is to it."


def serve(arguments: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Make a course with a student of a long history.

    Args:
        arguments: `seed`, `history`, and `model`, whether a language model behind a server here drafts the words.

    Returns:
        Answers `turns` with milliseconds by kind of turn: "p50", "p95" and "mean".
    """
    torch.set_num_threads(1)
    stack = ExitStack()
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="preceptor-bench-")))
    course = make_built_in_course(folder / "course", BuiltInOptions(students=50, days=10), NOW_SECONDS)
    train(course, TrainOptions(model="dkt", size="small"), system_clock(), lambda *_: None)
    _remember(course, arguments["history"], arguments["seed"])
    models: dict[str, LanguageModel] = {}
    if arguments["model"]:
        from preceptor.llm.openai_compatible import OpenAICompatibleModel

        models[TUTOR] = OpenAICompatibleModel(Endpoint(stack.enter_context(_fast_server()), "scripted"))
    classroom = stack.enter_context(Classroom.open(course.path, tutor=Tutor(models=models, model_name="scripted")))
    classroom.prepare()
    return lambda request: _measured(classroom, request["turns"], arguments["seed"])


def _remember(course: Course, count: int, seed: int) -> None:
    """Give the student so many live answers to any questions."""
    rng = np.random.default_rng(seed)
    questions = [question for question in course.load_bank().questions if question.servable]
    with SqliteStore(course.path / STORE_FILE) as store:
        for i in range(count):
            question, right = questions[int(rng.integers(len(questions)))], bool(rng.integers(2))
            seconds = NOW_SECONDS + 60.0 * i
            outcome = Outcome.CORRECT if right else Outcome.DONT_KNOW
            store.append(
                Interaction(
                    f"e{i}", STUDENT, question.question_id, question.revision, float(right), i, seconds, outcome=outcome
                )
            )


def _measured(classroom: Classroom, turns: int, seed: int) -> dict[str, dict[str, float]]:
    spent: dict[str, list[float]] = defaultdict(list)
    at = NOW_SECONDS + 10 * 86_400.0
    turn = classroom.tutor_open(STUDENT, at)
    for number in range(turns):
        assert turn.question is not None
        kind = KINDS[number % len(KINDS)]
        message = _message(classroom, turn.question.question_id, kind)
        start = time.perf_counter()
        heard = []
        for piece in classroom.tutor_stream(
            STUDENT, message, idempotency_key=f"{seed} {number}", at_seconds=at + 30.0 * number
        ):
            heard.append(1e3 * (time.perf_counter() - start))
            if not isinstance(piece, str):
                turn = piece
        spent["all"].append(heard[-1])
        spent[kind].append(heard[-1])
        if kind in KINDS[:3]:
            spent["verdict"].append(heard[0])
            spent["first"].append(heard[min(1, len(heard) - 1)])
    return {kind: _summary(values) for kind, values in spent.items()}


def _message(classroom: Classroom, question_id: str, kind: str) -> str:
    question = classroom.bank.question[question_id]
    wrong = question.distractors[0].answer if question.distractors else "987654"
    return {
        "right answer": as_typed(question.key, question),
        "wrong answer": as_typed(wrong, question),
        "hint": "hint",
        "free question": "Can you show me another example?",
    }.get(kind, kind)


def _summary(milliseconds: list[float]) -> dict[str, float]:
    values = np.array(milliseconds)
    return {
        "p50": float(np.median(values)),
        "p95": float(np.quantile(values, 0.95)),
        "mean": float(values.mean()),
    }


@contextmanager
def _fast_server() -> Iterator[str]:
    """A server here that streams one draft, word by word, without waiting."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            for word in DRAFT.split(" "):
                self._send({"content": f"{word} "}, None)
            self._send({}, "stop")
            self.wfile.write(b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n")

        def _send(self, delta: dict[str, str], finish: str | None) -> None:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
            event = f"data: {json.dumps(chunk)}\n\n".encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))

        def log_message(self, *_: object) -> None:
            """Nothing is told."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
