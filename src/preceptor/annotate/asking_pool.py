"""Several questions to a model at once."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from preceptor.progress import Progress

Given = TypeVar("Given")
Found = TypeVar("Found")


def at_once(
    work: Callable[[Given], Found], items: Sequence[Given], workers: int, what: str, progress: Progress
) -> Iterator[Found]:
    """Do the same with every item, several at a time; results come in the items' order.

    Interrupted, nothing new is begun, and what is under way ends by itself.
    """
    with ThreadPoolExecutor(workers) as pool:
        waiting = [pool.submit(work, item) for item in items]
        try:
            for done, future in enumerate(waiting, 1):
                yield future.result()
                progress(what, done, len(items))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
