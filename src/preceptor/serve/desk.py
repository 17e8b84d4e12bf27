"""What every page and every API call shares: the class, the clock, and how to ask without blocking."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import ParamSpec, TypeVar
from uuid import uuid4

from preceptor.serve.ports import ClassroomPort

P = ParamSpec("P")
T = TypeVar("T")


def random_key() -> str:
    """A fresh idempotency key."""
    return uuid4().hex


@dataclass(frozen=True)
class Desk:
    """The services behind the app.

    Args:
        classroom: The class.
        clock: UTC seconds now.
        new_key: Makes an idempotency key, once per question shown.
    """

    classroom: ClassroomPort
    clock: Callable[[], float]
    new_key: Callable[[], str] = random_key

    async def ask(self, verb: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a verb of the class in a worker thread, so that no page waits for another."""
        return await asyncio.to_thread(verb, *args, **kwargs)

    async def hear(self, verb: Callable[P, Iterator[T]], *args: P.args, **kwargs: P.kwargs) -> AsyncIterator[T]:
        """Call a verb that yields in a worker thread and hand on each piece as it comes.

        The verb is run to its end whoever stops listening: a turn that has begun is stored whole.
        """
        pieces: asyncio.Queue[T | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def run() -> None:
            for piece in verb(*args, **kwargs):
                loop.call_soon_threadsafe(pieces.put_nowait, piece)

        running = asyncio.create_task(asyncio.to_thread(run))
        running.add_done_callback(lambda _: pieces.put_nowait(None))
        while (piece := await pieces.get()) is not None:
            yield piece
        await running  # raises what the verb raised
