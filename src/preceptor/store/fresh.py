"""What was read of a SQLite file, kept until anybody writes to it."""

import sqlite3
import threading
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

MOST_KEPT = 10_000

T = TypeVar("T")


class Fresh:
    """Remembers readings as long as the file stays as it is.

    SQLite tells one connection, by its data version, whether any other has committed since, of this process or of
    another. So a kept reading is always what reading again would give.

    Args:
        path: The file; it exists.
    """

    def __init__(self, path: Path) -> None:
        self._watch = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._lock = threading.Lock()
        self._version = -1
        self._kept: dict[Hashable, Any] = {}

    def read(self, key: Hashable, read: Callable[[], T]) -> T:
        """What `read` gave under this key if nothing was written since, else what it gives now."""
        with self._lock:
            version = self._seen()
            if version == self._version and key in self._kept:
                found: T = self._kept[key]
                return found
            if version != self._version or len(self._kept) > MOST_KEPT:
                self._kept.clear()
                self._version = -1 if version is None else version
        value = read()
        with self._lock:
            if version is not None and version == self._version:
                self._kept[key] = value
        return value

    def close(self) -> None:
        """Release the file."""
        self._watch.close()

    def _seen(self) -> int | None:
        """The file's version; None if it cannot be told, so that nothing counts as known."""
        try:
            return int(self._watch.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:
            return None
