"""`map`: a function over the pieces of a sweep, on any backend."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from preceptor.domain import UserError
from preceptor.parallel.alone import Task
from preceptor.parallel.backends import backend_of
from preceptor.parallel.outcome import Done, FailedPiecesError, Failure
from preceptor.progress import Progress, silent

Piece = TypeVar("Piece")
Result = TypeVar("Result")


def map(  # noqa: A001 - called as `parallel.map`
    function: Callable[[Piece], Result],
    pieces: Sequence[Piece],
    *,
    backend: str = "here",
    progress: Progress = silent,
    retries: int = 1,
    key: Callable[[Piece], str] = repr,
    what: str = "Pieces",
) -> tuple[Result, ...]:
    """Call a function on every piece.

    Each piece runs on one thread, and the global generators of `random`, numpy and torch are seeded by its key. So
    results do not depend on the backend, on the number of workers or on the order in which pieces end. A piece should
    be a unit of minutes that leaves a file of its own: whoever starts the sweep again passes only those that left none.

    Args:
        function: A function of a module (or `functools.partial` of one) that changes nothing of what it is given; it
            goes to every worker once.
        pieces: What it is called with; plain values, which travel to workers with each call.
        backend: "here": in this process, one by one. "workers:N": N processes of this computer. "ray:local": a Ray
            of this computer's cores for as long as the call lasts. "ray:ADDRESS": a running Ray cluster.
        progress: Told how many pieces have ended; one bar over all.
        retries: How often a piece that failed is tried again, after all others had their turn.
        key: Names a piece in messages, and its randomness follows from it; equal for equal pieces in every process.
        what: What the progress bar says.

    Returns:
        The results, in the order of the pieces.

    Raises:
        FailedPiecesError: If pieces failed in every try; all other pieces have been done by then.
        UserError: If a piece raised one (at once: trying again is no use), or the backend is unknown or not there.
        ValueError: If a key holds the address of an object, which is another one in every process.
    """
    tasks = [Task(index, key(piece), piece) for index, piece in enumerate(pieces)]
    if lost := next((task.key for task in tasks if " at 0x" in task.key), None):
        raise ValueError(f"The key of a piece holds an address: {lost}. Give the pieces a repr, or pass `key`.")
    results: dict[int, Result] = {}
    failures: dict[int, Failure] = {}
    with backend_of(backend)(function) as run:
        progress(what, 0, len(tasks))
        for _ in range(retries + 1):
            waiting = [task for task in tasks if task.index not in results]
            for index, outcome in run(waiting):
                if isinstance(outcome, Done):
                    results[index] = outcome.result
                    failures.pop(index, None)
                    progress(what, len(results), len(tasks))
                    continue
                if outcome.mistake:
                    raise UserError(*outcome.mistake)
                failures[index] = outcome
            if not failures:
                break
    if failures:
        raise FailedPiecesError([failures[index] for index in sorted(failures)], len(tasks), retries + 1)
    return tuple(results[index] for index in range(len(tasks)))
