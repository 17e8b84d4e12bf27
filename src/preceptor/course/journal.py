"""Files that only grow: one entry a line, each on the disk before it counts."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from preceptor.course.files import replace_file, sync


@dataclass(frozen=True, slots=True)
class Journal:
    """What a growing file holds.

    Args:
        lines: Its whole lines, in order.
        torn: What a killed writer left at the end, a line without its end; empty if nothing.
    """

    lines: tuple[str, ...] = ()
    torn: str = ""


def read_journal(path: Path) -> Journal:
    """Read a growing file; one that is not there is empty.

    Raises:
        OSError: If it cannot be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Journal()
    whole, _, torn = content.rpartition(b"\n")
    lines = whole.decode(errors="replace").split("\n") if whole else []
    return Journal(tuple(lines), torn.decode(errors="replace"))


def extend_journal(path: Path, lines: Sequence[str]) -> None:
    """Add lines, all or none, and wait until they are on the disk; a torn end is cut off first.

    One line is appended. Several replace the file by a longer one, because half of an append may survive a crash.

    Args:
        path: The file; made if it is new.
        lines: The entries, without line ends.

    Raises:
        OSError: If they cannot be written; nothing counts then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    content = "".join(f"{line}\n" for line in lines).encode()
    old = path.read_bytes() if path.exists() else b""
    kept = old.rpartition(b"\n")[0] + b"\n" if b"\n" in old else b""
    if len(lines) != 1 or not old:
        replace_file(path, kept + content)
        return
    with path.open("r+b", buffering=0) as file:
        file.seek(len(kept))
        file.truncate()
        try:
            view = memoryview(content)
            while view:
                view = view[file.write(view) or 0 :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(len(kept))
            raise
    sync(path.parent)
