"""Work on several cores: each takes a share with one thread of its own, which beats sharing every product."""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import torch

Item = TypeVar("Item")
Result = TypeVar("Result")

_own = threading.local()


class Shards:
    """As many workers as torch has threads; every worker computes with a single thread.

    Attributes:
        count: Number of workers.
    """

    def __init__(self, pool: ThreadPoolExecutor | None, count: int) -> None:
        self._pool = pool
        self.count = count

    @classmethod
    @contextmanager
    def open(cls) -> Iterator["Shards"]:
        """Workers for the length of a `with`; torch's own number of threads stands again afterwards."""
        count = torch.get_num_threads()
        if count == 1:
            yield cls(None, 1)
            return
        torch.set_num_threads(1)
        try:
            with ThreadPoolExecutor(count) as pool:
                yield cls(pool, count)
        finally:
            torch.set_num_threads(count)

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
        """`work` of every item, in the order of the items."""
        return [work(item) for item in items] if self._pool is None else list(self._pool.map(work, items))


@contextmanager
def noise(seed: int, device: torch.device) -> Iterator[None]:
    """Give this thread a source of randomness of its own, so that threads cannot disturb each other's draws."""
    _own.generator = torch.Generator(device).manual_seed(seed)
    try:
        yield
    finally:
        _own.generator = None


def generator() -> torch.Generator | None:
    """This thread's source of randomness; None, which means torch's global one, outside `noise`."""
    return getattr(_own, "generator", None)
