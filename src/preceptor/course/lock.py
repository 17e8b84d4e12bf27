"""One writer at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from preceptor.domain import UserError

LOCK = ".lock"


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Hold a course's writer lock; the system releases it if the process dies.

    Raises:
        UserError: If another process holds it.
        OSError: If the folder cannot be written to.
    """
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UserError(
                f"Another command is writing to the course {folder}.",
                allowed="one writer at a time",
                mend="wait until it has finished and run the command again",
            ) from error
        yield
    finally:
        os.close(descriptor)
