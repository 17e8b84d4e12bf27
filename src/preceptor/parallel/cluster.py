"""Ray: many computers as one."""

import logging
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from preceptor.domain import MissingExtraError, UserError
from preceptor.parallel.alone import Task, outcome_of
from preceptor.parallel.backends import Run
from preceptor.parallel.outcome import Failure, Outcome

LOCAL_STORE_BYTES = 256 * 2**20
KNOCK_SECONDS = 10.0
AHEAD = 2
"""Tasks that wait at each core: none idles, and a million pieces do not lie in the scheduler at once."""


def require_ray() -> None:
    """Refuse where Ray is not installed.

    Raises:
        MissingExtraError: If it is not.
    """
    if find_spec("ray") is None:
        raise MissingExtraError("The backend ray", "scale")


@contextmanager
def cluster(function: Callable[[Any], Any], address: str) -> Iterator[Run]:
    """Join a Ray cluster, or start one of this computer's cores.

    Args:
        function: What its workers call; it lies in the object store once, and every node fetches it once.
        address: Of the cluster, as Ray spells it, for example "10.0.0.1:6379"; "local" starts one for the while.

    Yields:
        What runs tasks on it.

    Raises:
        UserError: If no cluster answers at the address.
    """
    # Ray would tell its makers what it is used for, and clears a variable of GPUs with a warning.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    import ray

    joined = ray.is_initialized()
    if not joined:
        _join(address)
    try:
        # A piece that takes its worker with it is tried again by `map`, which counts the tries.
        remote = ray.remote(num_cpus=1, max_retries=0)(outcome_of)
        shared = ray.put(function)
        yield lambda tasks: _run(remote, shared, tasks)
    finally:
        if not joined:
            ray.shutdown()


def _join(address: str) -> None:
    import ray

    given: dict[str, Any] = {"address": address, "log_to_driver": False, "logging_level": logging.ERROR}
    if address == "local":
        # Ray's workers yield to every other program unless told not to; on a busy computer they would stand still.
        os.environ.setdefault("RAY_worker_niceness", "0")
        given |= {
            "num_cpus": os.cpu_count(),
            "include_dashboard": False,
            "object_store_memory": LOCAL_STORE_BYTES,
        }
    try:
        _knock(address)
        ray.init(**given)
    except (OSError, ValueError, RuntimeError) as error:
        raise UserError(
            f"No Ray cluster answers at {address!r}: {error}",
            allowed="the address of a running cluster, or local",
            mend="start one with: ray start --head",
        ) from error


def _knock(address: str) -> None:
    """Refuse an address where nobody listens: Ray itself would try for minutes and then end the program."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host, int(port)), timeout=KNOCK_SECONDS).close()


def _run(remote: Any, shared: Any, tasks: Sequence[Task]) -> Iterator[tuple[int, Outcome]]:
    import ray

    running: dict[Any, Task] = {}
    waiting = list(reversed(tasks))
    try:
        while waiting or running:
            cores = ray.cluster_resources().get("CPU", 1)  # type: ignore[no-untyped-call]
            places = AHEAD * max(1, int(cores))
            while waiting and len(running) < places:
                task = waiting.pop()
                running[remote.remote(shared, task)] = task
            for reference in ray.wait(list(running))[0]:
                task = running.pop(reference)
                yield task.index, _fetched(reference, task)
    finally:
        for reference in running:
            ray.cancel(reference, force=True)


def _fetched(reference: Any, task: Task) -> Outcome:
    import ray

    try:
        return ray.get(reference)  # type: ignore[no-any-return]
    except ray.exceptions.RayError as error:
        return Failure(task.key, f"the worker ended: {type(error).__name__}")
