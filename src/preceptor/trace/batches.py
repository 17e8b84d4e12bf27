"""Batches without padding to pay for: windows of like length together, a fixed number of answers a batch."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from preceptor.domain import Log


@dataclass(frozen=True, slots=True)
class Window:
    """Rows start:stop of one student's history."""

    start: int
    stop: int

    @property
    def length(self) -> int:
        """Number of answers."""
        return self.stop - self.start


def windows(log: Log, longest: int | None = None) -> list[Window]:
    """Cut every history into windows of at most `longest` answers; None keeps histories whole."""
    found: list[Window] = []
    for start, stop in zip(log.offsets[:-1], log.offsets[1:], strict=True):
        size = longest or int(stop - start) or 1
        found.extend(Window(int(i), int(min(i + size, stop))) for i in range(int(start), int(stop), size))
    return found


def batches(found: list[Window], answers_per_batch: int, rng: np.random.Generator | None) -> Iterator[list[Window]]:
    """Group windows of like length so that a padded batch holds at most `answers_per_batch` positions.

    Args:
        found: The windows.
        answers_per_batch: Most positions of a batch, padding included; a single longer window is its own batch.
        rng: Shuffles windows of equal length and the order of batches; None keeps everything in order of length.
    """
    noise = rng.random(len(found)) if rng is not None else np.zeros(len(found))
    order = sorted(range(len(found)), key=lambda i: (-found[i].length, noise[i]))
    groups: list[list[Window]] = []
    for i in order:
        if not groups or (len(groups[-1]) + 1) * groups[-1][0].length > answers_per_batch:
            groups.append([])
        groups[-1].append(found[i])
    if rng is not None:
        rng.shuffle(groups)
    yield from groups


def padded_rows(group: list[Window]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Log rows of a batch.

    Returns:
        int64 [windows, longest] rows (padding repeats each window's first row) and bool of the same shape, true where
        the position is real.
    """
    longest = max(window.length for window in group)
    steps = np.arange(longest)
    starts = np.array([window.start for window in group])[:, None]
    real = steps < np.array([window.length for window in group])[:, None]
    return np.where(real, starts + steps, starts), real
