"""A piece as if it were alone: one thread, its own randomness, and no trace of either afterwards."""

import hashlib
import os
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from preceptor.parallel.outcome import Done, Failure, Outcome

THREADS = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")}


@dataclass(frozen=True, slots=True)
class Task:
    """A piece on its way to a worker.

    Args:
        index: Its place among the pieces.
        key: Names it in messages, and its randomness follows from it.
        piece: What the function is called with.
    """

    index: int
    key: str
    piece: Any


def outcome_of(function: Callable[[Any], Any], task: Task) -> Outcome:
    """Call the function on one thread with the global generators seeded by the task's key."""
    try:
        with _single_threaded(), _seeded(task.key):
            return Done(function(task.piece))
    except Exception as error:
        return Failure.of(task.key, error)


def seed_of(key: str) -> int:
    """The seed of a key: 63 bits of its SHA-256, the same in every process and on every computer."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") >> 1


@contextmanager
def _single_threaded() -> Iterator[None]:
    """Sums of floats depend on how threads share them, so every library gets one.

    The environment speaks to libraries that are loaded inside, the limits to those that are loaded already.
    """
    import numba
    import torch
    from threadpoolctl import threadpool_limits

    threads, parallel = torch.get_num_threads(), numba.get_num_threads()
    with _environment(THREADS), threadpool_limits(1):
        torch.set_num_threads(1)
        numba.set_num_threads(1)
        try:
            yield
        finally:
            torch.set_num_threads(threads)
            numba.set_num_threads(parallel)


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set variables, and put them back as they were."""
    kept = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _seeded(key: str) -> Iterator[None]:
    """Seed the global generators, which libraries may draw from, and put them back as they were."""
    import numpy as np
    import torch

    seed = seed_of(key)
    # numpy's old global generator is what some libraries still draw from.
    kept = random.getstate(), np.random.get_state(), torch.get_rng_state()
    random.seed(seed)
    np.random.seed(seed % 2**32)
    torch.manual_seed(seed)
    try:
        yield
    finally:
        random.setstate(kept[0])
        np.random.set_state(kept[1])
        torch.set_rng_state(kept[2])
