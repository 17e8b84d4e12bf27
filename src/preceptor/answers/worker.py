"""A killable process for symbolic algebra, restarted when it hangs."""

import json
import os
import queue
import subprocess
import sys
import threading
from types import TracebackType
from typing import IO, Any

from preceptor.answers.tree import Node, to_data

TIME_LIMIT_SECONDS = 2.0
START_LIMIT_SECONDS = 60.0
_COMMAND = (sys.executable, "-m", "preceptor.answers.child")


class Worker:
    """Asks a child process whether two trees mean the same, or what one comes to.

    The child starts with the first question, lives on, and is killed when it exceeds the time limit. Threads may
    share one worker; their questions are answered one after the other.

    Args:
        time_limit_seconds: For one question, the start of the process not included.
        command: The child's command line.

    Example:
        >>> with Worker() as worker:
        ...     worker.same(parse("(x+1)^2"), parse("x^2+2x+1"))
        True
    """

    def __init__(self, time_limit_seconds: float = TIME_LIMIT_SECONDS, command: tuple[str, ...] = _COMMAND) -> None:
        self._time_limit_seconds = time_limit_seconds
        self._command = command
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._replies: queue.SimpleQueue[str] = queue.SimpleQueue()

    def __enter__(self) -> "Worker":
        """Nothing starts before the first question."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child."""
        self.close()

    def same(self, key: Node, response: Node, *, ordered: bool = False) -> bool | None:
        """Whether a response means the same as a key.

        Args:
            key: The right answer.
            response: What the student typed.
            ordered: Whether the order of a bare list matters.

        Returns:
            The verdict; None if the child could not decide in time or died.
        """
        return self._verdict(key, response, ordered=ordered)

    def second_opinion(self, key: Node, response: Node, *, ordered: bool = False) -> bool | None:
        """As `same`, by exact algebra alone: none of the rules by which answers are graded takes part."""
        return self._verdict(key, response, ordered=ordered, second=True)

    def value(self, node: Node) -> str | None:
        """What an expression comes to, as text, see `algebra.value_text`; None if there is nothing in time."""
        found = self._answer(json.dumps({"value": to_data(node)}), "value")
        return found if isinstance(found, str) else None

    def start(self) -> None:
        """Start the child now, so that the first question does not wait for it."""
        with self._lock:
            self._started()

    def close(self) -> None:
        """End the child; the next question would start a new one."""
        with self._lock:
            self._kill()

    def _verdict(self, key: Node, response: Node, **how: bool) -> bool | None:
        verdict = self._answer(json.dumps({"key": to_data(key), "response": to_data(response), **how}), "same")
        return verdict if isinstance(verdict, bool) else None

    def _answer(self, request: str, field: str) -> Any:
        with self._lock:
            reply = self._ask(request) if self._started() else None
        return None if reply is None else reply.get(field)

    def _started(self) -> bool:
        if self._process is not None and self._process.poll() is None:
            return True
        self._kill()
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        self._replies = queue.SimpleQueue()
        reader = threading.Thread(target=_pump, args=(self._process.stdout, self._replies), daemon=True)
        reader.start()
        return self._receive(START_LIMIT_SECONDS) is not None

    def _ask(self, request: str) -> dict[str, Any] | None:
        if self._process is None or self._process.stdin is None:
            return None
        try:
            self._process.stdin.write(request + "\n")
            self._process.stdin.flush()
        except OSError:
            self._kill()
            return None
        return self._receive(self._time_limit_seconds)

    def _receive(self, limit_seconds: float) -> dict[str, Any] | None:
        try:
            line = self._replies.get(timeout=limit_seconds)
            reply: dict[str, Any] = json.loads(line)
        except (queue.Empty, ValueError):
            self._kill()
            return None
        return reply

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            _close(pipe)


def _pump(lines: IO[str] | None, replies: "queue.SimpleQueue[str]") -> None:
    """Carry lines to the queue; an empty one marks the end, so that nobody waits for a dead child."""
    try:
        for line in lines or ():
            replies.put(line)
    except (OSError, ValueError):
        pass
    replies.put("")


def _close(pipe: IO[str] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except OSError:
        pass
