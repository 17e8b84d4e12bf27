"""Processes that answer requests one at a time, so that two of them can take turns on one computer."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, Self

from preceptor.bench.child import MAXRSS_BYTES

_TURNS = Path(__file__).with_name("turns.py")


class Worker:
    """A script in a process of its own, see `turns.py`. Its end is waited for at the end of a `with`.

    Args:
        script: A file with a function `serve`.
        arguments: What `serve` gets; JSON values.
        python: The interpreter; this one where None.
        threads: Threads that numerical libraries may use.

    Attributes:
        peak_bytes: Most memory it held at once; 0 until it has ended.
    """

    def __init__(
        self, script: Path, arguments: Mapping[str, Any], *, python: Path | None = None, threads: int = 1
    ) -> None:
        self.peak_bytes = 0
        self._script = script.name
        self._said = TemporaryFile()  # noqa: SIM115 - closed with the process
        own = {name: str(threads) for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")}
        # Threads that wait by spinning would take the cores from the process whose turn it is.
        own["OMP_WAIT_POLICY"] = "PASSIVE"
        self._process = subprocess.Popen(
            [str(python or sys.executable), "-P", str(_TURNS), str(script), json.dumps(dict(arguments))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env={**os.environ, **own},
            encoding="utf-8",
        )

    def ask(self, **request: Any) -> Any:
        """Send one request and wait for its answer.

        Raises:
            RuntimeError: If the process ends instead; with the end of what it said.
        """
        line = self._line(json.dumps(request)) if self._process.returncode is None else ""
        if not line:
            self._wait()  # its last words come after the end of its answers
            self._said.seek(0)
            raise RuntimeError(f"{self._script} ended: {self._said.read().decode(errors='replace')[-2000:]}")
        return json.loads(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdout is not None
        if error is not None and self._process.returncode is None:
            self._process.kill()
        self._wait()
        self._process.stdout.close()
        self._said.close()

    def _line(self, request: str) -> str:
        """The line that answers a request; empty if the process ends instead."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(f"{request}\n")
            self._process.stdin.flush()
            return self._process.stdout.readline()
        except BrokenPipeError:
            return ""

    def _wait(self) -> None:
        """Let it end and note what it took."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # it died with a request unread
            self._process.stdin.close()
        if self._process.returncode is None:
            _, status, usage = os.wait4(self._process.pid, 0)
            self._process.returncode = os.waitstatus_to_exitcode(status)
            self.peak_bytes = usage.ru_maxrss * MAXRSS_BYTES
