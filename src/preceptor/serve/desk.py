"""What every page and every API call shares: the class, the clock, and how to ask without blocking."""

import asyncio
from collections.abc import Callable
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
