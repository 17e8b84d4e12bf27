"""Where the time of something goes."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any


class Watch:
    """Adds up time, the inner part's not counted for the outer one.

    Attributes:
        spent: Seconds by name.
    """

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._inner = [0.0]

    @contextmanager
    def on(self, parts: Iterable[tuple[str, Any, str]]) -> Iterator[None]:
        """Watch verbs, which are as they were afterwards.

        Args:
            parts: Name of the part, the object, and its verb; a name may come more than once.
        """
        watched = list(parts)
        for name, owner, verb in watched:
            setattr(owner, verb, self.timed(name, getattr(owner, verb)))
        try:
            yield
        finally:
            for _, owner, verb in watched:
                delattr(owner, verb)

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """`work`, watched under a name."""

        def run(*given: Any, **options: Any) -> Any:
            self._inner.append(0.0)
            start = time.perf_counter()
            found = work(*given, **options)
            took = time.perf_counter() - start
            self.spent[name] = self.spent.get(name, 0.0) + took - self._inner.pop()
            self._inner[-1] += took
            return found

        return run
