"""Runs a command in a process of its own and reads what it took."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

MAXRSS_BYTES = 1024 if sys.platform != "darwin" else 1
"""Bytes of the unit in which a system tells a process's most memory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took.

    Args:
        wall_seconds: Time from start to end, other programs' turns included.
        cpu_seconds: Time on all cores.
        peak_bytes: Most memory it held at once.
    """

    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int


def run_python(arguments: Sequence[str]) -> Cost:
    """Run this Python with arguments and wait for it; its output is dropped.

    The peak counts the memory this process held when it started the other, so callers stay small.

    Args:
        arguments: What follows the interpreter, for example ["-m", "preceptor.cli", "--version"].

    Raises:
        RuntimeError: If it fails; with the end of what it said.
    """
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert child.stderr is not None
    with child.stderr as errors:
        said = errors.read().decode(errors="replace")
    _, status, usage = os.wait4(child.pid, 0)
    wall_seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {child.returncode}: {said[-2000:]}")
    return Cost(wall_seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * MAXRSS_BYTES)
