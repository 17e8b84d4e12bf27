"""Where pieces run, by name."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any

from preceptor.domain import UserError
from preceptor.parallel.alone import Task, outcome_of
from preceptor.parallel.outcome import Outcome

BACKENDS = ("here", "workers:N", "ray:local", "ray:ADDRESS")

Run = Callable[[Sequence[Task]], Iterable[tuple[int, Outcome]]]
"""Runs tasks and yields each one's index and outcome as it ends."""
Backend = Callable[[Callable[[Any], Any]], AbstractContextManager[Run]]
"""Holds workers that know the function for as long as the context lasts."""


def require_backend(name: str) -> None:
    """Refuse an unknown backend, before anything else is done.

    Raises:
        UserError: If no backend has this name, or its package is not installed.
    """
    backend_of(name)


def backend_of(name: str) -> Backend:
    """The backend of a name.

    Raises:
        UserError: If no backend has this name, or its package is not installed.
    """
    kind, _, where = name.partition(":")
    if name == "here":
        return _here
    if kind == "workers" and where.isdecimal() and int(where) > 0:
        from preceptor.parallel.workers import workers

        return partial(workers, count=int(where))
    if kind == "ray" and where:
        from preceptor.parallel.cluster import cluster, require_ray

        require_ray()
        return partial(cluster, address=where)
    raise UserError(f"The backend is {name!r}.", allowed=", ".join(BACKENDS), mend="for example workers:2")


@contextmanager
def _here(function: Callable[[Any], Any]) -> Iterator[Run]:
    yield lambda tasks: ((task.index, outcome_of(function, task)) for task in tasks)
