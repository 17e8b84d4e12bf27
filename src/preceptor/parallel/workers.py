"""Local workers: processes that are started anew, not forked, and killed when nobody waits for them."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from signal import SIG_IGN, SIGINT, signal
from threading import Thread, current_thread, main_thread
from typing import Any

from preceptor.parallel.alone import Task, outcome_of
from preceptor.parallel.backends import Run
from preceptor.parallel.outcome import Failure, Outcome

GRACE_SECONDS = 5.0
"""Between the end of a worker's line and that of its process, which then has an exit code to tell."""


@contextmanager
def workers(function: Callable[[Any], Any], count: int) -> Iterator[Run]:
    """Hold up to `count` processes.

    Args:
        function: What they call.
        count: How many at most; no more are started than there are pieces.

    Yields:
        What runs tasks on them. Each has a line of its own, so the death of one is the failure of its piece alone.
    """
    idle: list[_Worker] = []
    busy: dict[Connection, tuple[_Worker, Task]] = {}

    def run(tasks: Sequence[Task]) -> Iterator[tuple[int, Outcome]]:
        waiting = list(reversed(tasks))
        while waiting or busy:
            while waiting and len(busy) < count:
                worker, task = idle.pop() if idle else _Worker(function), waiting.pop()
                busy[worker.line] = worker, task
                worker.give(task)
            for line in wait(list(busy)):
                worker, task = busy.pop(line)  # type: ignore[call-overload]
                outcome = worker.outcome(task)
                if worker.alive:
                    idle.append(worker)
                yield task.index, outcome

    try:
        yield run
    finally:
        for worker in [*idle, *(worker for worker, _ in busy.values())]:
            worker.kill()


class _Worker:
    """One process and the line to it.

    Args:
        function: What it calls.
    """

    def __init__(self, function: Callable[[Any], Any]) -> None:
        context = get_context("spawn")
        self.line, its_end = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_work, args=(its_end, function), daemon=True)
        with _interrupts_ignored():
            self.process.start()
        its_end.close()  # the worker alone holds it now: when it ends, the line does
        self.alive = True

    def give(self, task: Task) -> None:
        """Hand a task over."""
        with suppress(OSError):  # it ended before: `outcome` says so
            self.line.send(task)

    def outcome(self, task: Task) -> Outcome:
        """What came of the task, or that the process ended under it."""
        try:
            return self.line.recv()  # type: ignore[no-any-return]
        except (EOFError, OSError):
            self.process.join(GRACE_SECONDS)
            self.kill()
            return Failure(task.key, f"the worker ended with exit code {self.process.exitcode}")

    def kill(self) -> None:
        """End the process and the line."""
        self.line.close()
        self.process.kill()
        self.process.join()
        self.alive = False


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """What is started inside ignores Ctrl-C from its first moment: whoever started it is asked, and kills it.

    Only the main thread may say what an interrupt does; a worker that another one starts tells of it in its own words.
    """
    if current_thread() is not main_thread():
        yield
        return
    before = signal(SIGINT, SIG_IGN)
    try:
        yield
    finally:
        signal(SIGINT, before)


def _end_with_parent() -> None:
    """End at once when the process that started this one has ended: nobody waits for the piece any more."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(line: Connection, function: Callable[[Any], Any]) -> None:
    """Do tasks until the line ends."""
    Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            task: Task = line.recv()
        except EOFError:
            return
        outcome = outcome_of(function, task)
        try:
            line.send(outcome)
        except Exception as error:  # what cannot be pickled raises what it likes
            line.send(Failure.of(task.key, error))
